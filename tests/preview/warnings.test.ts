// The warnings on their pages: in which order they are walked, and the box of what each is about.
import { describe, expect, test } from "vitest";
import { planInWords } from "../../renderer/preview/pagePlan.ts";
import { boxOf, sameWarning, walkOf } from "../../renderer/preview/warnings.ts";
import type { LayoutWarning, Page, Source, TextRun } from "../../shared/layout/display.ts";

type Cell = readonly [number, number, number];
const inBody = (block: number, from: number, cell?: Cell): Source => ({
  in: "body",
  notice: "n",
  block,
  from,
  ...(cell && { cell }),
});

/** Five characters of 10 pt beginning at x, on baseline y. */
function run(x: number, y: number, source: Source, rest: Partial<TextRun> = {}): TextRun {
  const xs = [0, 10, 20, 30, 40];
  return {
    kind: "text",
    face: "f",
    size: 10,
    ink: "black",
    x,
    y,
    gids: [1, 1, 1, 1, 1],
    xs,
    text: "一二三四五",
    starts: [0, 1, 2, 3, 4],
    source,
    ...rest,
  };
}

const page: Page = {
  width: 200,
  height: 300,
  kind: "body",
  label: "1",
  items: [
    run(20, 30, { in: "title", notice: "n", from: 0 }),
    run(20, 50, inBody(0, 0)),
    run(20, 70, inBody(0, 5)),
    run(20, 90, inBody(1, 0, [0, 0, 0])),
    run(90, 90, inBody(1, 0, [0, 1, 0])),
    run(20, 110, inBody(1, 0, [1, 0, 0])),
    run(20, 130, { in: "front", part: "imprint" }),
    run(150, 200, inBody(2, 0), { turn: 90 }),
    {
      kind: "picture",
      image: "i",
      x: 30,
      y: 210,
      width: 100,
      height: 50,
      alt: "",
      source: { in: "body", notice: "n", block: 3 },
    },
  ],
};

const warning = (code: LayoutWarning["code"], source?: Source, y = 0): LayoutWarning => ({
  code,
  message: code,
  page: 0,
  y,
  ...(source && { source }),
});

/** Left, top, right, bottom in whole pt. */
function box(one: LayoutWarning): number[] | null {
  const found = boxOf(page, one);
  return found && [found.left, found.top, found.right, found.bottom].map(Math.round);
}

describe("the box of a warning", () => {
  test.each([
    ["a character without a face is its own", warning("missingGlyph", inBody(0, 7)), [40, 61, 50, 71]],
    ["one that is in no run leaves a gap behind the last", warning("missingGlyph", inBody(0, 10)), [70, 61, 80, 71]],
    ["one in a cell", warning("missingGlyph", inBody(1, 2, [0, 1, 0])), [110, 81, 120, 91]],
    ["one in a title", warning("missingGlyph", { in: "title", notice: "n", from: 4 }), [60, 21, 70, 31]],
    ["one in the imprint is its line", warning("missingGlyph", { in: "front", part: "imprint" }), [20, 121, 70, 131]],
    ["one in turned text stands upright", warning("missingGlyph", inBody(2, 1)), [149, 210, 159, 220]],
    ["an overfull line is that line", warning("overfullLine", inBody(0, 5), 60), [20, 61, 70, 71]],
    ["an overfull line of a cell", warning("overfullLine", inBody(1, 0, [1, 0, 0]), 80), [20, 101, 70, 111]],
    ["a shrunk table is all of it on the page", warning("shrunkTable", inBody(1, 0)), [20, 81, 140, 111]],
    ["a row that was split", warning("splitRow", inBody(1, 0)), [20, 81, 140, 111]],
    ["a coarse picture", warning("coarsePicture", inBody(3, 0)), [30, 210, 130, 260]],
    ["what is not on the page has none", warning("shrunkTable", inBody(9, 0)), null],
    ["what has no source has none", warning("shrunkTable"), null],
  ] as const)("%s", (_, one, expected) => expect(box(one)).toEqual(expected));
});

describe("the walk", () => {
  const at = (code: LayoutWarning["code"], page: number | undefined, y: number): LayoutWarning => ({
    code,
    message: code,
    y,
    ...(page !== undefined && { page }),
  });
  test("goes by pages and down each page, past what has no place", () => {
    const warnings = [at("splitRow", 4, 10), at("overfullLine", 2, 90), at("shrunkTable", 2, 20)];
    const layout = {
      plan: { pages: 5, fillers: 0, lacking: 3 },
      pages: 5,
      labels: [],
      contents: [],
      outline: [],
      warnings: [...warnings, at("substitutedFace", undefined, 0)],
    };
    expect(walkOf(layout).map((one) => one.code)).toEqual(["shrunkTable", "overfullLine", "splitRow"]);
    expect(walkOf(null)).toEqual([]);
  });
  test("a warning is known again in the next layout", () => {
    const one = at("splitRow", 4, 10);
    expect([sameWarning(one, { ...one }), sameWarning(one, { ...one, y: 11 }), sameWarning(one, null)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe("the plan of the pages", () => {
  test.each([
    [{ pages: 58, fillers: 0, lacking: 2 }, "共58页，骑马钉须为4的倍数，尚缺2页"],
    [{ pages: 60, fillers: 2, lacking: 0 }, "共60页（含补白2页），合骑马钉"],
    [{ pages: 4, fillers: 0, lacking: 0 }, "共4页，合骑马钉"],
  ])("%j", (plan, words) => expect(planInWords(plan)).toBe(words));
});
