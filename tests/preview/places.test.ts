import { expect, test } from "vitest";
import { bandOf, locate, placeAt } from "../../renderer/preview/places.ts";
import { inBody, layout, page, run } from "./pages.ts";

const pictured = (block: number) => ({ in: "body", notice: "n1", block }) as const;
const first = page([
  run("通知", 80, 40, { in: "title", notice: "n1", from: 0 }),
  run("各单位：", 20, 60, inBody(0, 0)),
  run("为进一步加", 40, 80, inBody(1, 0)),
  run("强𠮷管理。", 20, 100, inBody(1, 5)),
  run("甲", 20, 140, inBody(3, 0, [0, 0, 0])),
  run("乙丙", 100, 140, inBody(3, 0, [0, 1, 0])),
  run("— 1 —", 90, 290, undefined, { artifact: "folio" }),
]);
const second = page([
  run("甲", 20, 20, inBody(3, 0, [0, 0, 0]), { artifact: "repeat" }),
  run("丁", 20, 40, inBody(3, 0, [1, 0, 0])),
  run("次篇", 80, 100, { in: "title", notice: "n2", from: 0 }),
  run("竖排", 150, 150, inBody(0, 0, undefined, "n2"), { turn: 90 }),
]);
const footed = page([
  run("甲①乙", 20, 60, inBody(0, 0)),
  { kind: "picture", image: "a", x: 20, y: 80, width: 100, height: 60, alt: "", source: pictured(1) },
  run("丙", 20, 160, inBody(2, 0)),
  run("①", 20, 280, { in: "body", notice: "n1", block: 0, note: 0, from: 0 }),
  run("注文", 30, 280, { in: "body", notice: "n1", block: 0, note: 0, from: 0 }),
]);
const landscape = page([run("表头", 150, 150, inBody(0, 0, [0, 0, 0]), { turn: 270 })]);
const contents = page([
  run("通知", 20, 40, { in: "front", part: "contents" }),
  { kind: "link", x: 20, y: 30, width: 160, height: 12, notice: "n1" },
]);

const hits: [string, typeof first, number, number, ReturnType<typeof placeAt>][] = [
  ["left half of a glyph", first, 52, 78, { notice: "n1", place: { block: 1, from: 1 } }],
  ["right half of a glyph", first, 57, 78, { notice: "n1", place: { block: 1, from: 2 } }],
  ["a surrogate pair counts two", first, 41, 98, { notice: "n1", place: { block: 1, from: 8 } }],
  ["past the end of a line", first, 190, 98, { notice: "n1", place: { block: 1, from: 11 } }],
  ["before the indent", first, 5, 78, { notice: "n1", place: { block: 1, from: 0 } }],
  ["between two lines, nearer the upper", first, 45, 84, { notice: "n1", place: { block: 1, from: 1 } }],
  ["a cell", first, 104, 138, { notice: "n1", place: { block: 3, cell: [0, 1, 0], from: 0 } }],
  ["the title stands for the notice", first, 85, 38, { notice: "n1", place: null }],
  [
    "the foot of the page finds the last line",
    first,
    28,
    295,
    { notice: "n1", place: { block: 3, cell: [0, 0, 0], from: 1 } },
  ],
  ["a turned line runs down the page", second, 152, 168, { notice: "n2", place: { block: 0, from: 2 } }],
  ["a footnote's text", footed, 45, 278, { notice: "n1", place: { block: 0, note: 0, from: 0 } }],
  ["a picture", footed, 60, 100, { notice: "n1", place: { block: 1, from: 0 } }],
  [
    "a line turned the other way runs up",
    landscape,
    148,
    138,
    { notice: "n1", place: { block: 0, cell: [0, 0, 0], from: 1 } },
  ],
  ["a line of the contents", contents, 100, 35, { notice: "n1", place: null }],
  ["nothing to click", page([]), 10, 10, null],
];
test.each(hits)("a click on %s", (_name, where, x, y, expected) => {
  expect(placeAt(where, x, y)).toEqual(expected);
});

const all = layout(first, second);
const spots: [string, Parameters<typeof locate>[1], ReturnType<typeof locate>][] = [
  ["in the first line", { notice: "n1", block: 1, from: 2 }, { page: 0, x: 60, y: 71.2, height: 10 }],
  [
    "at a line's break: the next line's start",
    { notice: "n1", block: 1, from: 5 },
    { page: 0, x: 20, y: 91.2, height: 10 },
  ],
  ["at a paragraph's end", { notice: "n1", block: 1, from: 11 }, { page: 0, x: 70, y: 91.2, height: 10 }],
  [
    "in an empty paragraph: the end of the text before",
    { notice: "n1", block: 2, from: 0 },
    { page: 0, x: 70, y: 91.2, height: 10 },
  ],
  ["in a cell", { notice: "n1", block: 3, cell: [0, 1, 0], from: 1 }, { page: 0, x: 110, y: 131.2, height: 10 }],
  [
    "in a cell after the page break",
    { notice: "n1", block: 3, cell: [1, 0, 0], from: 0 },
    { page: 1, x: 20, y: 31.2, height: 10 },
  ],
  [
    "a repeated head is not the cell",
    { notice: "n1", block: 3, cell: [0, 0, 0], from: 0 },
    { page: 0, x: 20, y: 131.2, height: 10 },
  ],
  ["in a turned line", { notice: "n2", block: 0, from: 1 }, { page: 1, x: 150, y: 160, height: 10 }],
  ["in a notice that is not there", { notice: "n3", block: 0, from: 0 }, null],
];
test.each(spots)("the caret %s", (_name, caret, expected) => {
  const spot = locate(all, caret);
  expect(spot && { ...spot, y: Math.round(spot.y * 10) / 10 }).toEqual(expected);
});

test.each<[string, Parameters<typeof locate>[1], ReturnType<typeof locate>]>([
  ["at a picture", { notice: "n1", block: 1, from: 0 }, { page: 0, x: 20, y: 80, height: 60 }],
  ["behind a footnote's mark", { notice: "n1", block: 0, from: 2 }, { page: 0, x: 40, y: 51.2, height: 10 }],
  ["below a picture", { notice: "n1", block: 2, from: 1 }, { page: 0, x: 30, y: 151.2, height: 10 }],
])("the caret %s", (_name, caret, expected) => {
  const spot = locate(layout(footed), caret);
  expect(spot && { ...spot, y: Math.round(spot.y * 10) / 10 }).toEqual(expected);
});

test("the caret in a line that runs up the page", () => {
  const caret = { notice: "n1", block: 0, cell: [0, 0, 0], from: 1 } as const;
  expect(locate(layout(landscape), caret)).toMatchObject({ page: 0, x: 150, y: 140 });
});

test("a click and the caret it sets agree", () => {
  const hit = placeAt(first, 62, 78);
  const spot = hit?.place && locate(all, { notice: hit.notice, ...hit.place });
  expect(spot?.x).toBe(60);
});

test("the band of a notice covers its pictures and footnotes, and lines that run up", () => {
  const band = (where: typeof first) => [bandOf(where, "n1")?.top.toFixed(1), bandOf(where, "n1")?.bottom.toFixed(1)];
  expect(band(footed)).toEqual(["51.2", "281.2"]);
  expect(band(page(footed.items.filter((item) => item.kind === "picture")))).toEqual(["80.0", "140.0"]);
  expect(band(landscape)).toEqual(["130.0", "150.0"]);
});

test("the band of a notice covers its lines, without folio", () => {
  const band = bandOf(first, "n1");
  expect([band?.top.toFixed(1), band?.bottom.toFixed(1)]).toEqual(["31.2", "141.2"]);
  expect(bandOf(first, "n2")).toBeNull();
});
