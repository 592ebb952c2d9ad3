import { describe, expect, it } from "vitest";
import {
  neighbour,
  placeEntry,
  placeSection,
  putBack,
  removeEntry,
  renameSection,
  stepEntry,
  stepSection,
} from "../../renderer/issue/arrangement.ts";
import type { Section } from "../../shared/model/notice.ts";

/** "A:1 2|B:|C:3" and back. */
function read(text: string): Section[] {
  return text.split("|").map((part) => {
    const [id = "", entries = ""] = part.split(":");
    return { id, title: `栏目${id}`, entries: entries.split(" ").filter(Boolean) };
  });
}
function show(sections: readonly Section[]): string {
  return sections.map(({ id, entries }) => `${id}:${entries.join(" ")}`).join("|");
}

const start = "A:1 2 3|B:|C:4 5";

describe("placeEntry", () => {
  it.each([
    ["before an earlier one", "3", "A", 0, "A:3 1 2|B:|C:4 5"],
    ["before a later one", "1", "A", 2, "A:2 1 3|B:|C:4 5"],
    ["at the end of its section", "1", "A", 3, "A:2 3 1|B:|C:4 5"],
    ["into an empty section", "2", "B", 0, "A:1 3|B:2|C:4 5"],
    ["into the middle of another section", "2", "C", 1, "A:1 3|B:|C:4 2 5"],
    ["from outside the issue", "9", "C", 2, "A:1 2 3|B:|C:4 5 9"],
  ])("puts a notice %s", (_, notice, to, index, after) => {
    expect(show(placeEntry(read(start), notice, to, index))).toBe(after);
  });

  it.each([1, 2])("gives the same sections when the notice already stands there (index %i)", (index) => {
    const sections = read(start);
    expect(placeEntry(sections, "2", "A", index)).toBe(sections);
  });

  it("keeps the identity of sections that do not change", () => {
    const sections = read(start);
    expect(placeEntry(sections, "1", "A", 3)[2]).toBe(sections[2]);
  });
});

describe("stepEntry", () => {
  it.each([
    ["1", 1, "A:2 1 3|B:|C:4 5"],
    ["2", -1, "A:2 1 3|B:|C:4 5"],
    ["3", 1, "A:1 2|B:3|C:4 5"],
    ["4", -1, "A:1 2 3|B:4|C:5"],
    ["1", -1, start],
    ["5", 1, start],
    ["9", 1, start],
  ] as const)("moves %s by %i", (notice, by, after) => {
    expect(show(stepEntry(read(start), notice, by))).toBe(after);
  });

  it("walks through the whole issue and back without losing a notice", () => {
    let sections: readonly Section[] = read(start);
    for (let i = 0; i < 10; i++) sections = stepEntry(sections, "1", 1);
    expect(show(sections)).toBe("A:2 3|B:|C:4 5 1");
    for (let i = 0; i < 10; i++) sections = stepEntry(sections, "1", -1);
    expect(show(sections)).toBe(start);
  });
});

describe("sections", () => {
  it.each([
    ["A", 1, "B:|A:1 2 3|C:4 5"],
    ["C", -1, "A:1 2 3|C:4 5|B:"],
    ["A", -1, start],
    ["C", 1, start],
  ] as const)("moves section %s by %i", (id, by, after) => {
    expect(show(stepSection(read(start), id, by))).toBe(after);
  });

  it("puts the last section first", () => {
    expect(show(placeSection(read(start), "C", 0))).toBe("C:4 5|A:1 2 3|B:");
  });

  it("renames one section only", () => {
    expect(renameSection(read(start), "B", "人事任免").map(({ title }) => title)).toEqual([
      "栏目A",
      "人事任免",
      "栏目C",
    ]);
  });

  it("takes a notice out", () => {
    expect(show(removeEntry(read(start), "2"))).toBe("A:1 3|B:|C:4 5");
  });
});

describe("a deletion taken back", () => {
  it.each([
    ["puts the notice back in its place", "A:1 3|B:4", "A:1 2 3|B:4", ["2"], "A:1 2 3|B:4"],
    ["keeps what was rearranged meanwhile", "A:3|B:4 1", "A:1 2 3|B:4", ["2"], "A:2 3|B:4 1"],
    ["puts several back in their order", "A:|B:4", "A:1 2 3|B:4", ["1", "2", "3"], "A:1 2 3|B:4"],
    ["puts the first back at the head", "A:2 3", "A:1 2 3", ["1"], "A:1 2 3"],
    ["leaves outside what has no section any more", "B:4", "A:1 2|B:4", ["2"], "B:4"],
    ["leaves alone what was not deleted", "A:1", "A:1 2 3", ["3"], "A:1 3"],
  ])("%s", (_, now, before, notices, expected) => {
    expect(show(putBack(read(now), read(before), notices))).toBe(expected);
  });
});

describe("what is chosen when the chosen notice leaves", () => {
  it.each([
    ["the next one", "abcd", "b", "acd", "c"],
    ["the next one that is still there", "abcd", "b", "ad", "d"],
    ["of the last one the one before", "abcd", "d", "abc", "c"],
    ["the nearest one before", "abcd", "c", "a", "a"],
    ["none of none", "abcd", "c", "", null],
  ])("%s", (_, before, gone, left, chosen) => expect(neighbour([...before], gone, [...left])).toBe(chosen));
});
