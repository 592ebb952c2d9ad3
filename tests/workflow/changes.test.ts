import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { changesBetween, differenceOf } from "../../shared/workflow/changes.ts";
import { entryLine } from "../../shared/workflow/text.ts";

const record = (words: string) =>
  Array.from(words, (word) =>
    JSON.stringify(word >= "1" && word <= "9" ? [entryLine, word, "hash"] : ["body", word]),
  ).join("\n");
const changes = (before: string, after: string) =>
  changesBetween(record(before), record(after), (id) => `《${id}》`)
    .map((one) => `${one.before ?? ""}>${one.after ?? ""}`)
    .join(" ");

describe("the changes of a text, paragraph by paragraph", () => {
  it.each([
    ["nothing", "甲乙丙", "甲乙丙", ""],
    ["one paragraph", "甲乙丙", "甲丁丙", "乙>丁"],
    ["one more", "甲丙", "甲乙丙", ">乙"],
    ["one less", "甲乙丙", "甲丙", "乙>"],
    ["two places apart", "甲乙丙丁戊", "甲子丙丑戊", "乙>子 丁>丑"],
    ["a paragraph moved", "甲乙丙丁", "乙丙甲丁", "甲> >甲"],
    ["all of it", "甲乙", "子丑", "甲>子 乙>丑"],
    ["a notice of an issue, by its name", "甲1乙", "甲2乙", "《1》>《2》"],
  ])("%s", (_, before, after, expected) => {
    expect(changes(before, after)).toBe(expected);
  });
});

it.each([
  ["甲乙丙", "甲丁丙", "甲|乙|丁|丙"],
  ["甲乙", "甲乙丙", "甲乙||丙|"],
  ["哈哈", "哈哈哈", "哈哈||哈|"],
  ["", "甲", "||甲|"],
  // Two characters beyond the BMP that share half of their code units.
  ["𠮷阳", "𠮶阳", "|𠮷|𠮶|阳"],
])("%s and %s differ as %s", (before, after, expected) => {
  const { head, gone, come, tail } = differenceOf(before, after);
  expect([head, gone, come, tail].join("|")).toBe(expected);
});

test("a line that is otherwise in what is not its words is a change too", () => {
  const [before, after] = [JSON.stringify([entryLine, "n1", "a"]), JSON.stringify([entryLine, "n1", "b"])];
  expect(changesBetween(before, after, () => "《题》")).toEqual([{ before: "《题》", after: "《题》" }]);
});

test("whatever was changed, what stayed and what came make the new text, what stayed and what went the old one", () => {
  const text = fc.string({ unit: fc.constantFrom("甲", "乙", "丙", "丁"), minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(text, text, (before, after) => {
      const found = changesBetween(record(before), record(after), (id) => id);
      const gone = found.flatMap((one) => one.before ?? []);
      const come = found.flatMap((one) => one.after ?? []);
      const rest = (whole: string, taken: readonly string[]) => {
        const left = [...whole];
        for (const word of taken) left.splice(left.indexOf(word), 1);
        return left.sort().join("");
      };
      expect(rest(before, gone)).toBe(rest(after, come));
      expect(found.length === 0).toBe(before === after);
    }),
    { numRuns: 2000, seed: 20261122 },
  );
});
