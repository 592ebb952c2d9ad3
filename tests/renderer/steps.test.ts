import { describe, expect, it } from "vitest";
import { Steps } from "../../renderer/steps.ts";

/** A value whose changes are steps. */
function setUp() {
  const steps = new Steps();
  const state = { value: "" };
  const change = (to: string, merge = "") => {
    const before = state.value;
    const set = (value: string) => () => {
      state.value = value;
    };
    steps.take({ merge, undo: set(before), redo: set(to) });
  };
  return { steps, state, change };
}

describe("Steps", () => {
  it("takes back and repeats in order", () => {
    const { steps, state, change } = setUp();
    change("一");
    change("二");
    const seen = [state.value];
    for (const go of ["undo", "undo", "redo", "redo"] as const) {
      expect(steps[go]()).toBe(true);
      seen.push(state.value);
    }
    expect(seen).toEqual(["二", "一", "", "一", "二"]);
  });

  it("makes one step of typing into one field", () => {
    const { steps, state, change } = setUp();
    change("示", "title");
    change("示例", "title");
    steps.undo();
    expect(state.value).toBe("");
    steps.redo();
    expect(state.value).toBe("示例");
  });

  it("keeps typing into two fields, and two moves, apart", () => {
    const { steps, state, change } = setUp();
    for (const [to, merge] of [
      ["甲", "title"],
      ["乙", "number"],
      ["丙", ""],
      ["丁", ""],
    ] as const)
      change(to, merge);
    const seen: string[] = [];
    while (steps.undo()) seen.push(state.value);
    expect(seen).toEqual(["丙", "乙", "甲", ""]);
  });

  it("cannot repeat what a new change has overtaken, nor take back what is forgotten", () => {
    const { steps, change } = setUp();
    change("一");
    steps.undo();
    change("二");
    expect(steps.redo()).toBe(false);
    steps.forget();
    expect(steps.undo()).toBe(false);
  });
});
