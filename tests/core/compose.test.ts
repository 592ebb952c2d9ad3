// How drafts become an issue.
import { expect, test } from "vitest";
import { groupSections, looseIssue, recognise } from "../../main/compose.ts";
import { GazetteError } from "../../shared/api.ts";

const ids = () => {
  let count = 0;
  return () => `s${++count}`;
};

test.each<[string, [string, string][], [string, string[]][]]>([
  ["nothing", [], []],
  [
    "one section",
    [
      ["a", "甲"],
      ["b", "甲"],
    ],
    [["甲", ["a", "b"]]],
  ],
  [
    "sections in the order first named",
    [
      ["a", "乙"],
      ["b", "甲"],
      ["c", "乙"],
    ],
    [
      ["乙", ["a", "c"]],
      ["甲", ["b"]],
    ],
  ],
  [
    "notices without a section",
    [
      ["a", ""],
      ["b", "甲"],
      ["c", " "],
    ],
    [
      ["未分栏目", ["a", "c"]],
      ["甲", ["b"]],
    ],
  ],
])("%s", (_, given, expected) => {
  const sections = groupSections(
    given.map(([notice, section]) => ({ notice, section })),
    ids(),
  );
  expect(sections.map(({ title, entries }) => [title, entries])).toEqual(expected);
  expect(new Set(sections.map((section) => section.id)).size).toBe(sections.length);
});

test.each([
  [["2026-03-01", "2026-05-09", ""], 2026, "2026-05-09"],
  [["", ""], 2031, "2031-01-02"],
  [[], 2031, "2031-01-02"],
])("loose notices dated %j are an issue of %i", (dates, year, published) => {
  expect(looseIssue(dates, "2031-01-02")).toMatchObject({ year, published, number: 1, serial: null });
});

test("a text that is no gazette is refused with the name of its file", () => {
  const poem = "床前明月光，疑是地上霜。\n".repeat(20);
  expect(() => recognise(poem, "诗.txt")).toThrow(GazetteError);
  expect(() => recognise(poem, "诗.txt")).toThrow(/^“诗\.txt”不能导入：.*。$/u);
});
