import { expect, test } from "vitest";
import {
  fitScale,
  fullScale,
  offsetOf,
  placeAt,
  rowsInView,
  scrollFor,
  scrollForTitle,
  sheetRows,
  spreads,
  zoomStep,
} from "../../renderer/preview/sheetRows.ts";

const sheets = Array.from({ length: 5 }, (_, i) => ({
  width: 200,
  height: 300,
  kind: "body" as const,
  label: String(i + 1),
}));

test.each([
  [0, []],
  [1, [[null, 0]]],
  [2, [[null, 0], [1]]],
  [
    5,
    [
      [null, 0],
      [1, 2],
      [3, 4],
    ],
  ],
])("spreads of %i pages begin with a right-hand page", (count, expected) => {
  expect(spreads(count, "spread")).toEqual(expected);
});

test("single pages stand one to a row", () => {
  expect(spreads(3, "single")).toEqual([[0], [1], [2]]);
});

test("rows follow each other with room for the labels", () => {
  const rows = sheetRows(sheets, "spread", 2);
  expect(rows.map((row) => [row.top, row.height, row.width])).toEqual([
    [16, 624, 800],
    [660, 624, 800],
    [1304, 624, 800],
  ]);
});

test.each([
  [0, 100, [0]],
  [600, 100, [0, 1]],
  [645, 10, []],
  [-500, 400, []],
  [0, 5000, [0, 1, 2]],
])("rows in view at %i, %i high", (top, height, expected) => {
  const rows = sheetRows(sheets, "spread", 2);
  expect(rowsInView(rows, top, height).map((row) => rows.indexOf(row))).toEqual(expected);
});

test.each([
  ["in view", 150, 20, null],
  ["below", 900, 20, 700],
  ["half below", 690, 20, 490],
  ["above", 50, 20, 0],
])("the caret's line %s", (_name, y, height, expected) => {
  expect(scrollFor(y, height, 100, 600)).toBe(expected);
});

test.each([
  ["in view", 200, 400, null],
  ["near the head of its page: with the head", 200, 2000, 650],
  ["far down its page", 900, 0, 1360],
])("a title %s", (_name, below, top, expected) => {
  expect(scrollForTitle({ pages: [1, 2], top: 660, height: 1200, width: 800 }, below, top, 600)).toBe(expected);
});

test.each([
  ["spread", 832, 2],
  ["single", 432, 2],
  ["single", 10, 0.1],
] as const)("%s fitted to %i px", (arrangement, width, expected) => {
  expect(fitScale(sheets, arrangement, width)).toBeCloseTo(expected);
});

test.each([
  [100, 1, 125],
  [100, -1, 90],
  [83, 1, 90],
  [83, -1, 75],
  [400, 1, 400],
  [50, -1, 50],
] as const)("from %i %% a step of %i gives %i %%", (from, direction, to) => {
  expect((zoomStep((from / 100) * fullScale, direction) / fullScale) * 100).toBeCloseTo(to);
});

test("changing the arrangement keeps the page at the top, and changing back brings it where it was", () => {
  const single = sheetRows(sheets, "single", 1);
  const spread = sheetRows(sheets, "spread", 0.5);
  for (const row of single) {
    const place = placeAt(single, row.top + row.height / 4);
    if (!place) throw new RangeError("there are rows");
    expect(row.pages).toContain(place.page);
    const top = offsetOf(spread, place);
    expect(rowsInView(spread, top, 1)[0]?.pages).toContain(place.page);
    expect(offsetOf(single, place)).toBeCloseTo(row.top + row.height / 4, 6);
  }
  expect(placeAt([], 100)).toBeNull();
});
