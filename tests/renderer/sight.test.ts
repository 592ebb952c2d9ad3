// What the window looks at, and what goes with it.
import { expect, test } from "vitest";
import { type Sight, sight } from "../../renderer/sight.ts";

/** The state after some actions. */
function after(act: (look: Sight) => void) {
  let state: Sight;
  const look = sight(
    (change) => {
      state = { ...state, ...change };
    },
    () => state,
  );
  state = look;
  act(look);
  const { selected, caret, caretOrigin } = state;
  return [selected, caret?.from ?? null, caretOrigin];
}
const at = (notice: string, from: number) => ({ notice, block: 0, from });

test.each<[string, (look: Sight) => void, ReturnType<typeof after>]>([
  ["another notice has no caret yet", (on) => [on.setCaret(at("a", 3), "page"), on.select("b")], ["b", null, "page"]],
  ["the same notice keeps its caret", (on) => [on.setCaret(at("a", 3), "page"), on.select("a")], ["a", 3, "page"]],
  ["a click in print chooses its notice", (on) => [on.select("a"), on.setCaret(at("b", 1), "page")], ["b", 1, "page"]],
  ["a caret of the editor does not", (on) => [on.select("a"), on.setCaret(at("b", 1), "editor")], ["a", 1, "editor"]],
])("%s", (_, act, expected) => expect(after(act)).toEqual(expected));
