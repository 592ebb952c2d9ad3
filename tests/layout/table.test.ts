// Tables, printed row by row: the texts of a piece, cells in reading order, lines of a cell parted by "/".
import { describe, expect, test } from "vitest";
import { emAscent, emDescent } from "../../shared/layout/face.ts";
import { paginate } from "../../shared/layout/flow.ts";
import { measureOf } from "../../shared/layout/style.ts";
import { type TablePiece, tablePieces } from "../../shared/layout/table.ts";
import { TypeCase } from "../../shared/layout/typecase.ts";
import { blockText, type Table } from "../../shared/model/block.ts";
import { fonts, smallStyle, table } from "./workshop.ts";

const style = smallStyle();
const typeCase = new TypeCase(fonts, style.latin);
const pieces = (made: Table, changes?: object) => {
  const changed = changes ? smallStyle(changes) : style;
  return tablePieces(made, measureOf(changed), changed.grid.pitch * changed.grid.lines, changed, typeCase);
};

function show(piece: TablePiece): string {
  const cells = new Map<string, string[]>();
  for (const { run, y, cell } of piece.texts) {
    const lines = cells.get(String(cell?.slice(0, 2))) ?? [];
    lines.push(`${y}:${run.text}`);
    cells.set(String(cell?.slice(0, 2)), lines);
  }
  const joined = (lines: readonly string[]) => {
    const rows = new Map<string, string>();
    for (const line of lines) {
      const [y = "", text = ""] = line.split(/:(.*)/su);
      rows.set(y, (rows.get(y) ?? "") + text);
    }
    return [...rows.values()].join("/");
  };
  return [...cells.values()].map(joined).join("|");
}
const rows = (made: Table) => pieces(made).map(show);
const lefts = (piece: TablePiece | undefined) => piece?.texts.map(({ run, x }) => Math.round(x + run.x));

describe("rows", () => {
  test("head rows are one piece, then a piece a row", () => {
    expect(rows(table("#序号|#单位|#人数", "1|甲街道|31873", "2|乙街道|56175"))).toEqual([
      "序号|单位|人数",
      "1|甲街道|31873",
      "2|乙街道|56175",
    ]);
  });
  test("a head of two rows with merged cells", () => {
    expect(rows(table("#1x2 单位|#2x1 支出|#1x2 合计", "#上年|#本年", "甲|1|2|3"))).toEqual([
      "单位|支出|合计|上年|本年",
      "甲|1|2|3",
    ]);
  });
  test("a spanning cell is set once, in its first row", () => {
    const made = pieces(table("#号|#事项|#单位", "1x2 1|甲事|甲局", "乙事|乙局", "2|丙事|丙局"));
    expect(made.map(show)).toEqual(["号|事项|单位", "1|甲事|甲局", "乙事|乙局", "2|丙事|丙局"]);
    // No rule under the spanning cell in its first row.
    const under = (piece: TablePiece | undefined) => piece?.rules.filter((rule) => rule.y1 === rule.y2).length;
    expect([under(made[1]), under(made[2])]).toEqual([2, 3]);
  });
  test("a spanning cell stays with as many rows as its text needs", () => {
    const made = pieces(table("#号|#事", "1x3 一\n二\n三\n四|甲", "乙", "丙", "2|丁"));
    expect(made.map((piece) => piece.keep)).toEqual([true, true, true, true, false]);
  });
  test("the name of a group is read before its rows, and spans them", () => {
    const made = table("#序号|#街道|#小区", "1|1x3 甲街道|甲小区", "2|乙小区", "3|丙小区", "4|乙街道|丁小区");
    const [, first, second] = pieces(made);
    const name = (piece: TablePiece | undefined) =>
      piece?.spans?.flatMap(({ texts }) => texts.map((one) => one.run.text));
    expect([name(first), first?.spans?.[0]?.reach, first && show(first)]).toEqual([["甲街道"], 2, "1|甲小区"]);
    expect([second?.spans, second?.cut?.spans?.[0]?.reach]).toEqual([undefined, 1]);
    expect(second?.cut?.spans?.[0]?.texts[0]?.artifact).toBe("repeat");
    expect(blockText(made).slice(3, 7)).toEqual(["甲街道", "1", "甲小区", "2"]);
  });
  test("cells stand in the middle of their row", () => {
    const [row] = pieces(table("甲\n乙\n丙|丁|戊\n己"));
    const steps = (row?.texts ?? []).map(({ y }) => Math.round((y - (row?.texts[0]?.y ?? 0)) * 2) / 30);
    expect(steps).toEqual([0, 1, 2, 1, 0.5, 1.5]);
  });
  test.each<[name: string, row: string, want: number]>([
    ["level with a text of one line", "1|甲|乙\n丙\n丁", 1],
    ["on the first line of the text read after it", "1|甲\n乙|丙\n丁\n戊", 0.5],
    ["on the last line of the text read before it", "甲\n乙\n丙|1", 2],
    ["in the middle when it has more than four digits, and is no folio", "12345|甲\n乙\n丙", 1],
  ])("a bare number stands %s", (_, cells, want) => {
    const [row] = pieces(table(cells));
    const number = row?.texts.find(({ run }) => /\d/u.test(run.text));
    const top = 2.5 + 7.5 + ((emAscent - emDescent) / 2) * 10;
    expect(((number?.y ?? 0) - top) / 15).toBeCloseTo(want, 6);
  });
  test("lines of long text, and a row as high as its highest cell", () => {
    const [, row] = pieces(table("#号|#事项", "1|对示例工作成效明显的示例镇，给予奖励，并在项目上支持。"));
    expect(row && show(row)).toBe("1|对示例工作成效明显的示例镇，给予/奖励，并在项目上支持。");
    expect(row?.height).toBe(2 * 15 + 2 * 2.5);
  });
  test("an empty table has no pieces", () => {
    expect(pieces({ type: "table", content: [] })).toEqual([]);
  });
});

describe("columns", () => {
  test("widths drawn in the editor are kept in proportion", () => {
    const made = table("甲|乙");
    const wide = made.content[0]?.content.map((cell, i) => ({
      ...cell,
      attrs: { ...cell.attrs, colwidth: [i === 0 ? 300 : 100] },
    }));
    const [piece] = pieces({ type: "table", content: [{ type: "table_row", content: wide ?? [] }] });
    expect(lefts(piece)).toEqual([70, 170]);
  });
  test("short entries are centred, sentences begin at the left", () => {
    const [, row] = pieces(table("#号|#事项", "1|对示例工作成效明显的，给予奖励，给予支持。"));
    const [number = 0, text = 0] = lefts(row) ?? [];
    const ruleAt = row?.rules.filter((rule) => rule.x1 === rule.x2).map((rule) => rule.x1) ?? [];
    expect(number).toBeGreaterThan(5);
    expect(text).toBe(Math.round((ruleAt[1] ?? 0) + 5));
  });
  test("names of two characters are spaced to three in a column of persons", () => {
    const [, row] = pieces(table("#责任人|#单位", "示例\n示例某|某局"));
    const name = row?.texts[0]?.run;
    expect([name?.text, name?.xs]).toEqual(["示例", [0, 20]]);
  });
  test("type is made smaller until words fit, with a warning", () => {
    const words = ["ABCDEFGHIJKL", "ABCDEFGHIJKL", "ABCDEFGHIJKL"].join("|");
    expect(pieces(table(words), { grid: { em: 10, characters: 24, pitch: 20, lines: 10 } })[0]?.warnings).toEqual([
      { code: "shrunkTable", from: 0 },
    ]);
    expect(pieces(table("甲|乙|丙"))[0]?.warnings).toEqual([]);
  });
  test("a character no face has is reported with its cell", () => {
    expect(pieces(table("甲|乙\u{10FFFD}"))[0]?.warnings).toEqual([
      { code: "missingGlyph", text: "\u{10FFFD}", from: 1, cell: [0, 1, 0] },
    ]);
  });
});

describe("pages", () => {
  const long = table("#序号|#单位", ...Array.from({ length: 20 }, (_, i) => `${i + 1}|示例街道`));
  const placed = (made: Table) =>
    paginate(
      pieces(made).map((piece) => ({ ...piece, origin: { in: "body", notice: "n", block: 0 } as const })),
      200,
      20,
    );
  test("a table is cut between rows, and its head repeated", () => {
    const pages = placed(long);
    expect(pages.map((page) => page.length)).toEqual([10, 9, 2]);
    expect(pages.map((page) => page[0]?.head !== null)).toEqual([false, true, true]);
  });
  test("the last row is not alone on a page", () => {
    const made = table("#序号|#单位", ...Array.from({ length: 10 }, (_, i) => `${i + 1}|示例街道`));
    expect(placed(made).map((page) => page.length)).toEqual([9, 2]);
  });
  test("a row higher than a page is cut at a line, with a warning", () => {
    const made = pieces(table("#号|#事项", `1|${"示例工作。".repeat(60)}`));
    expect(made.length).toBeGreaterThan(2);
    expect(made.every((piece) => piece.height <= 200)).toBe(true);
    expect(made.at(-1)?.warnings).toContainEqual({ code: "splitRow", from: 0 });
    const text = made.slice(1).flatMap((piece) => piece.texts.map(({ run }) => run.text));
    expect(text.join("")).toBe(`1${"示例工作。".repeat(60)}`);
  });
});
