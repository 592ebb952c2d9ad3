// The list of findings: what is shown of it, in which order, and where the walk goes on when one is put right.
import { describe, expect, test } from "vitest";
import { allOpen, groupsOf, rowsOf, ruleCounts, shownRows, stepRow, successor } from "../../renderer/proof/walk.ts";
import type { Severity } from "../../shared/proof/proof.ts";
import type { StoredFinding } from "../../shared/proof/stored.ts";

function finding(id: string, notice: string | null, more: Partial<StoredFinding> = {}): StoredFinding {
  return {
    id,
    rule: "word.typo",
    severity: "error",
    message: "",
    quote: "",
    excerpt: "",
    place: notice === null ? { in: "issue", field: "number" } : { in: "field", notice, field: "title", from: 0, to: 1 },
    evidence: [],
    ignored: null,
    ...more,
  };
}
const keys = (rows: readonly { key: string }[]) => rows.map(({ key }) => key);

const rows = rowsOf([
  finding("i", null),
  finding("a", "n2"),
  finding("a", "n2"),
  finding("b", "n1", { severity: "hint", rule: "docno.year" }),
  finding("c", "n1", { ignored: "x" }),
]);

test("two alike have keys of their own", () => expect(keys(rows)).toEqual(["i", "a", "a 2", "b", "c"]));

describe("what is shown", () => {
  test.each([
    ["all open ones", allOpen, ["i", "a", "a 2", "b"]],
    ["one severity", { ...allOpen, severities: ["hint"] as Severity[] }, ["b"]],
    ["one notice", { ...allOpen, notice: "n2" }, ["a", "a 2"]],
    ["one rule", { ...allOpen, rule: "docno.year" }, ["b"]],
    ["the ignored ones", { ...allOpen, ignored: true }, ["c"]],
  ])("%s", (_, filter, shown) => expect(keys(shownRows(rows, filter))).toEqual(shown));
});

test("groups stand in printed order, the issue's first", () => {
  const groups = groupsOf(shownRows(rows, allOpen), ["n1", "n2", "n3"]);
  expect(groups.map((group) => [group.notice, keys(group.rows)])).toEqual([
    [null, ["i"]],
    ["n1", ["b"]],
    ["n2", ["a", "a 2"]],
  ]);
});

describe("the walk", () => {
  test.each([
    [null, 1, "i"],
    [null, -1, "c"],
    ["a", 1, "a 2"],
    ["a", -1, "i"],
    ["c", 1, "i"],
    ["gone", 1, "i"],
  ] as const)("from %s by %i", (from, by, to) => expect(stepRow(rows, from, by)?.key).toBe(to));

  test("an empty list has no next", () => expect(stepRow([], null, 1)).toBeNull());

  test.each([
    ["a", ["i", "a 2", "b", "c"], "a 2"],
    ["a", ["i", "b", "c"], "b"],
    ["c", ["i", "b"], "b"],
    ["c", [] as string[], undefined],
  ])("%s put right, %j left", (key, left, next) => {
    const now = rows.filter((row) => (left as readonly string[]).includes(row.key));
    expect(successor(rows, key, now)?.key).toBe(next);
  });
});

test("rules by how often they found something", () =>
  expect(ruleCounts(rows)).toEqual([
    { rule: "word.typo", count: 4 },
    { rule: "docno.year", count: 1 },
  ]));
