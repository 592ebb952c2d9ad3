// The message of the window: what is told in which tone, and that each is a new one.
import { expect, test, vi } from "vitest";
import { messages, type Toast } from "../../renderer/toast.ts";
import { GazetteError } from "../../shared/api.ts";

function subject() {
  const shown: (Toast | null)[] = [];
  return { shown, ...messages((toast) => void shown.push(toast)) };
}

const undo = { label: "撤销", run: () => {} };

test("what was done, what could not be done, and a refusal are told in their words", () => {
  const { shown, say, warn, complain, dismissToast } = subject();
  say("已保存", undo);
  say("已保存");
  warn("还有改动没有保存");
  complain(new GazetteError("stale", "这一期在别处改过。"));
  dismissToast();
  expect(shown).toEqual([
    { key: 1, text: "已保存", tone: "done", action: undo },
    { key: 2, text: "已保存", tone: "done" },
    { key: 3, text: "还有改动没有保存", tone: "trouble" },
    { key: 4, text: "这一期在别处改过。", tone: "trouble" },
    null,
  ]);
});

test("a fault of the program is told without its English, which goes to the console", () => {
  const error = vi.spyOn(console, "error").mockImplementation(() => {});
  const { shown, complain } = subject();
  const fault = new RangeError("notice n is not open");
  complain(fault);
  expect(shown[0]).toMatchObject({ tone: "trouble", text: expect.not.stringContaining("notice") });
  expect(error).toHaveBeenCalledWith(fault);
});
