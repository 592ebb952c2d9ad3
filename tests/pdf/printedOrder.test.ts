// Where approved text stands in print: notices in short runs, "n1" approved as title, paragraphs and notes.
import { expect, test } from "vitest";
import { printedPieces } from "../../main/pdf/printedOrder.ts";
import type { Layout, Page, Source, TextRun } from "../../shared/layout/display.ts";

function run(text: string, source: Source, extra: Partial<TextRun> = {}): TextRun {
  const base = {
    kind: "text",
    face: "song",
    size: 10,
    ink: "black",
    x: 0,
    y: 0,
    gids: [],
    xs: [],
    starts: [],
  } as const;
  return { ...base, text, source, ...extra };
}
const title = (notice: string, text: string) => run(text, { in: "title", notice, from: 0 });
const body = (notice: string, block: number, text: string, from = 0) => run(text, { in: "body", notice, block, from });
const note = (notice: string, block: number, note: number, text: string, from = 0) =>
  run(text, { in: "body", notice, block, note, from });
const cell = (row: number, column: number, text: string, from = 0) =>
  run(text, { in: "body", notice: "n1", block: 0, cell: [row, column, 0], from });

function layout(pages: readonly (readonly TextRun[])[], warnings: Layout["warnings"] = []): Layout {
  const plan = { pages: pages.length, fillers: 0, lacking: 0 };
  const made = pages.map((items): Page => ({ width: 1, height: 1, kind: "body", label: "1", items }));
  return { plan, pages: made, contents: [], outline: [], warnings, faces: [] };
}

const n1 = { part: "n1", lines: ["题一", "甲①乙②丙", "①注甲", "②注乙", "丁"] };
const n2 = { part: "n2", lines: ["题二", "戊"] };
const first = [title("n1", "题一"), body("n1", 0, "甲①乙②", 0), body("n1", 0, "丙", 4)];
const notes = [note("n1", 0, 0, "①注甲"), note("n1", 0, 1, "②"), note("n1", 0, 1, "注乙")];
const second = [title("n2", "题二"), body("n2", 0, "戊")];

const cases: [string, Layout, string[]][] = [
  ["without footnotes the order of the text", layout([second]), ["n1 题一甲①乙②丙①注甲②注乙丁", "n2 题二戊"]],
  [
    "at the foot of a page that goes on with the notice",
    layout([[...first, body("n1", 1, "丁"), ...notes], second]),
    ["n1 题一甲①乙②丙丁①注甲②注乙", "n2 题二戊"],
  ],
  [
    "at the foot of a page on which the next notice begins",
    layout([[...first, body("n1", 1, "丁"), ...second, ...notes]]),
    ["n1 题一甲①乙②丙丁", "n2 题二戊", "n1 ①注甲②注乙"],
  ],
  [
    "carried over to the next page",
    layout([
      [...first, body("n1", 1, "丁"), title("n2", "题二"), ...notes.slice(0, 2)],
      [body("n2", 0, "戊"), ...notes.slice(2)],
    ]),
    ["n1 题一甲①乙②丙丁", "n2 题二", "n1 ①注甲②", "n2 戊", "n1 注乙"],
  ],
  [
    "runs that are no approved text between them do not count",
    layout([
      [...first, run("—1—", { in: "front", part: "contents" }), body("n1", 1, "丁")],
      [run("续", { in: "body", notice: "n2", block: 0, from: 0 }, { artifact: "repeat" }), ...notes, ...second],
    ]),
    ["n1 题一甲①乙②丙丁①注甲②注乙", "n2 题二戊"],
  ],
  [
    "a footnote that the layout has lost: the approved order, which the print will not have",
    layout([[...first, body("n1", 1, "丁"), ...notes.slice(1)], second]),
    ["n1 题一甲①乙②丙①注甲②注乙丁", "n2 题二戊"],
  ],
  [
    "paragraphs in the wrong order are not taken for the print's",
    layout([[title("n1", "题一"), body("n1", 1, "丁"), ...first.slice(1), ...notes], second]),
    ["n1 题一甲①乙②丙①注甲②注乙丁", "n2 题二戊"],
  ],
  [
    "lines of a footnote in the wrong order neither",
    layout([
      [...first, body("n1", 1, "丁"), notes[0], notes[2], notes[1]].filter((each) => each !== undefined),
      second,
    ]),
    ["n1 题一甲①乙②丙①注甲②注乙丁", "n2 题二戊"],
  ],
];
test.each(cases)("footnotes: %s", (_name, printed, expected) => {
  expect(printedPieces([n1, n2], printed).map(({ part, text }) => `${part} ${text}`)).toEqual(expected);
});

test("every piece can be found by its head", () => {
  const printed = layout([[...first, body("n1", 1, "丁"), ...second, ...notes]]);
  expect(printedPieces([n1, n2], printed).map(({ head }) => head)).toEqual(["题一", "题二", "①注甲②注乙"]);
});

const tall = { part: "n1", lines: ["甲甲", "乙乙"] };
const halves = [
  [cell(0, 0, "甲"), cell(0, 1, "乙")],
  [cell(0, 0, "甲", 1), cell(0, 1, "乙", 1)],
];
test.each<[string, Layout["warnings"], string]>([
  ["a row split over pages, as the layout tells", [splitRow("n1")], "甲乙甲乙"],
  ["a row that is out of order without a word of it", [], "甲甲乙乙"],
  ["a row split in another notice", [splitRow("n2")], "甲甲乙乙"],
])("%s", (_name, warnings, expected) => {
  expect(printedPieces([tall], layout(halves, warnings)).map(({ text }) => text)).toEqual([expected]);
});

function splitRow(notice: string): Layout["warnings"][number] {
  return { code: "splitRow", message: "", source: { in: "body", notice, block: 0, from: 0 } };
}
