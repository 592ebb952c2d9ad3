// Reference cases of the strict grid. A line is printed as its squares, "|" between them; a square that is empty, or
// that a word reaches into, is "_".
import { describe, expect, test } from "vitest";
import { type SetLine, type Shape, setParagraph } from "../../shared/layout/paragraph.ts";
import { TypeCase } from "../../shared/layout/typecase.ts";
import type { Align } from "../../shared/model/block.ts";
import { fonts, smallStyle } from "./workshop.ts";

const typeCase = new TypeCase(fonts, smallStyle().latin);

function set(
  text: string,
  squares: number,
  indent = 0,
  align: Align = "justify",
  more: Partial<Shape> = {},
): SetLine[] {
  const copy = { text, roles: [{ to: Math.max(1, text.length), role: "song" as const }], latinGap: 0.125 };
  const indents = (_: string, index: number) => [index === 0 ? indent : 0, 0] as const;
  const shape = { size: 10, measure: squares * 10, align, composition: "grid" as const, indents, right: 0, ...more };
  return setParagraph(copy, shape, typeCase);
}

function showSquares(line: SetLine): string {
  const squares: string[] = [];
  for (const run of line.runs)
    for (const [i, start] of run.starts.entries()) {
      const text = run.text.slice(start, run.starts[i + 1]);
      const x = (run.x + (run.xs[i] ?? 0)) / 10 + 1e-6;
      // A letter belongs to the square in which its word begins.
      const inWord = /[\w./%:\- ]/u.test(text) && /[\w./%:\- ]$/u.test(squares.at(-1) ?? "");
      const square = inWord ? squares.length - 1 : Math.floor(x);
      while (squares.length <= square) squares.push("");
      squares[square] += text;
    }
  return squares.map((square) => square || "_").join("|");
}

describe("squares", () => {
  const cases: readonly (readonly [name: string, squares: number, text: string, want: readonly string[]])[] = [
    ["a character a square", 4, "一二三四五六", ["一|二|三|四", "五|六"]],
    ["a mark takes a square", 6, "一，二。三四五六", ["一|，|二|。|三|四", "五|六"]],
    ["marks that meet share one", 6, "他说：“好。”甲乙丙", ["他|说|：“|好|。”|甲", "乙|丙"]],
    ["two by two", 6, "（见《甲》））。乙", ["（|见|《|甲|》）|）。", "乙"]],
    ["opening marks share one", 6, "“《甲》乙丙”丁戊", ["“《|甲|》|乙|丙|”", "丁|戊"]],
    ["opening and closing do not", 6, "一（）二三四", ["一|（|）|二|三|四"]],
    ["an opening mark keeps its square at the start", 4, "一二三四《甲》", ["一|二|三|四", "《|甲|》"]],
    ["a dash takes two", 6, "一二——三四五六", ["一|二|——|_|三|四", "五|六"]],
    ["a dash is not torn, and begins no line", 4, "一二三——四", ["一|二", "三|——|_|四"]],
    ["an ellipsis takes two", 6, "一二……三四五六", ["一|二|…|…|三|四", "五|六"]],
    ["digits are rounded up", 8, "共2026年12月办", ["共|2026|_|_|年|12|_|月", "办"]],
    ["a word and its spaces", 10, "用NEW WORD办", ["用|NEW WORD|_|_|_|_|_|_|办"]],
    ["an em space is a square", 6, "第一条　总则", ["第|一|条|　|总|则"]],
    ["a mark that would begin a line is pushed out", 6, "一二三四五六，七八九", ["一|二|三|四|五", "六|，|七|八|九"]],
    ["but not if it shares the last square", 6, "一“三四五”，七八九", ["一|“|三|四|五|”，", "七|八|九"]],
    ["an opening mark is pushed out", 6, "一二三四五（七）八", ["一|二|三|四|五", "（|七|）|八"]],
    ["a number is pushed out whole", 8, "一二三四五六2026年", ["一|二|三|四|五|六", "2026|_|_|年"]],
    ["a date is kept if it can be", 10, "一二三6月25日以前", ["一|二|三|6|月|25|_|日|以|前"]],
    [
      "no single character with its stop on the last line",
      4,
      "一二三四五六七八。",
      ["一|二|三", "四|五|六", "七|八|。"],
    ],
    ["a long number breaks", 4, "甲0123456789乙丙", ["甲|0123", "456789", "乙|丙"]],
    ["empty", 4, "", [""]],
  ];
  test.each(cases)("%s", (_, squares, text, want) => {
    expect(set(text, squares).map(showSquares)).toEqual(want);
  });
});

test("indents count in whole squares", () => {
  expect(set("一二三四五六七", 5, 2).map(showSquares)).toEqual(["_|_|一|二|三", "四|五|六|七"]);
  const hanging = set("一二三四五六七", 5, 0, "left", { indents: () => [0, 1.3] as const });
  expect(hanging.map(showSquares)).toEqual(["一|二|三|四|五", "_|_|六|七"]);
});

test("a measure that is no whole number of squares keeps the rest free at its right", () => {
  expect(set("一二三四五六", 4, 0, "justify", { measure: 47 }).map(showSquares)).toEqual(["一|二|三|四", "五|六"]);
});

test("room that print adds to a name is whole squares", () => {
  const copy = { text: "刘辉等", roles: [{ to: 3, role: "song" as const }], latinGap: 0, spread: new Map([[0, 1]]) };
  const shape = {
    size: 10,
    measure: 80,
    align: "left" as const,
    composition: "grid" as const,
    indents: () => [0, 0] as const,
    right: 0,
  };
  expect(setParagraph(copy, shape, typeCase).map(showSquares)).toEqual(["刘|_|辉|等"]);
});

test("a word stands in the middle of its squares", () => {
  const [line] = set("甲12乙", 8);
  const [, one = 0, , last = 0] = line?.runs.flatMap((run) => run.xs.map((x) => run.x + x)) ?? [];
  const serif = fonts.face("serif");
  const width = 10 * (serif.advance(serif.glyph(0x31)) + serif.advance(serif.glyph(0x32)));
  expect(one - 10).toBeCloseTo((20 - width) / 2, 1);
  expect(last).toBe(30);
});

test("marks that share a square are cut by half and do not touch", () => {
  const [line] = set("甲”。乙", 8);
  expect(line?.runs[0]?.cuts).toEqual([
    { at: 1, left: 0, right: 500 },
    { at: 2, left: 0, right: 500 },
  ]);
  expect(line?.runs[0]?.xs).toEqual([0, 10, 15, 20]);
});

test("what is centred or ends at the right edge is placed by its width", () => {
  expect(set("一二三", 6, 0, "center")[0]?.x).toBe(15);
  expect(set("一二三", 6.5, 0, "right")[0]?.x).toBe(35);
});
