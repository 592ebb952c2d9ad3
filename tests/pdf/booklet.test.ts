// Where the pages of a booklet stand on its sheets: as they lie on the press, so that the folded pile reads 1, 2, 3.
import { expect, test } from "vitest";
import { bookletOrder, bookletSheets } from "../../main/pdf/booklet.ts";
import type { Layout, Page } from "../../shared/layout/display.ts";

function layoutOf(...kinds: Page["kind"][]): Layout {
  const pages = kinds.map((kind): Page => ({ width: 100, height: 150, kind, label: "", items: [] }));
  const plan = { pages: pages.length, fillers: 0, lacking: 0 };
  return { plan, pages, contents: [], outline: [], warnings: [], faces: [] };
}

const bodies = (count: number): Page["kind"][] => new Array(count).fill("body");

/** Pages from the left of each side, from 1; a dot for a blank. */
const sides = (layout: Layout) =>
  bookletSheets(layout, 0).map(({ placed }) =>
    (["left", "right"] as const)
      .map((side) => placed.find((one) => one.side === side)?.page)
      .map((page) => (page === undefined ? "." : page + 1))
      .join(" "),
  );

test.each<[string, Layout, string]>([
  ["one sheet", layoutOf(...bodies(4)), "4 1|2 3"],
  ["two sheets", layoutOf(...bodies(8)), "8 1|2 7|6 3|4 5"],
  ["a page too few ends blank", layoutOf(...bodies(3)), ". 1|2 3"],
  ["a page too many begins a sheet", layoutOf(...bodies(5)), ". 1|2 .|. 3|4 5"],
  ["blanks stand before the back cover", layoutOf("cover", ...bodies(4), "imprint"), "6 1|2 .|. 3|4 5"],
  ["a lone cover is no back cover", layoutOf("cover"), ". 1|. ."],
  ["nothing", layoutOf(), ""],
])("the sides of a booklet: %s", (_, layout, expected) => {
  expect(sides(layout).join("|")).toBe(expected);
});

test.each([1, 2, 3, 4, 5, 57, 58, 59, 60])("a booklet of %i pages holds each page once, four to a sheet", (count) => {
  const order = bookletOrder(layoutOf(...bodies(count)));
  expect(order.length % 4).toBe(0);
  expect(order.length).toBeLessThan(count + 4);
  expect(order.filter((page) => page !== null)).toEqual(Array.from({ length: count }, (_, i) => i));
});

test("inner sheets are moved towards the fold, by the same on both sides of each", () => {
  const places = bookletSheets(layoutOf(...bodies(12)), 0.5).map(({ placed }) => placed.map(({ left }) => left));
  expect(places).toEqual([
    [0, 100],
    [0, 100],
    [0.5, 99.5],
    [0.5, 99.5],
    [1, 99],
    [1, 99],
  ]);
});

test("pages of two sizes make no booklet", () => {
  const [first, ...others] = layoutOf(...bodies(4)).pages;
  const odd = { ...layoutOf(), pages: first ? [{ ...first, width: 90 }, ...others] : [] };
  expect(() => bookletSheets(odd, 0)).toThrow(RangeError);
});
