// Tables, printed row by row: the texts of a piece, cells in reading order, lines of a cell parted by "/".
import { describe, expect, test } from "vitest";
import { LayoutCache } from "../../shared/layout/cache.ts";
import { emAscent, emDescent } from "../../shared/layout/face.ts";
import { paginate } from "../../shared/layout/flow.ts";
import { measureOf } from "../../shared/layout/style.ts";
import { type TablePiece, tablePieces, withOrigin } from "../../shared/layout/table.ts";
import { blockText, type Table } from "../../shared/model/block.ts";
import { fonts, smallStyle, table } from "./workshop.ts";

const style = smallStyle();
const pieces = (made: Table, changes?: object) => {
  const changed = changes ? smallStyle(changes) : style;
  const cache = new LayoutCache();
  const shop = { style: changed, typeCase: cache.begin(changed, fonts), cache };
  return tablePieces(made, measureOf(changed), changed.grid.pitch * changed.grid.lines, shop);
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

const origin = { in: "body", notice: "n", block: 0 } as const;
const placed = (made: Table) =>
  paginate(
    pieces(made).map((piece) => withOrigin(piece, origin)),
    200,
    20,
  );

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
  const tall = (lines: number) => Array.from({ length: lines }, (_, i) => `第${i + 1}行`).join("\n");
  const long = table("#序号|#单位", ...Array.from({ length: 20 }, (_, i) => `${i + 1}|示例街道`));
  test("a table is cut between rows, and its head repeated", () => {
    const pages = placed(long);
    expect(pages.map((page) => page.length)).toEqual([10, 9, 2]);
    expect(pages.map((page) => page[0]?.head !== null)).toEqual([false, true, true]);
  });
  test.each([1, 2, 3, 4])("the name of a group was not said again above one row, under a head of %i lines", (lines) => {
    const group = ["1|1x3 甲街道|甲小区", "2|甲小区", "3|甲小区"];
    const made = table(`#序号|#街道|#${tall(lines)}`, ...group, "4|乙街道|乙小区", "5|乙街道|乙小区");
    const changes = { table: { ...style.table, sizes: [10.5], leading: 1.35, padding: { across: 0.35, down: 0.35 } } };
    const set = pieces(made, changes).map((piece) => withOrigin(piece, origin));
    const [, next] = paginate(
      set,
      set.slice(0, 3).reduce((sum, { height }) => sum + height, 1),
      20,
    );
    expect(next?.[0] && show(next[0].piece)).toBe("3|甲小区");
    expect(next?.[0]?.spanning.map(({ run }) => run.text)).toEqual(["甲街道"]);
  });
  test("the last row is not alone on a page", () => {
    const made = table("#序号|#单位", ...Array.from({ length: 10 }, (_, i) => `${i + 1}|示例街道`));
    expect(placed(made).map((page) => page.length)).toEqual([9, 2]);
  });
  const shown = (made: Table) => placed(made).map((page) => page.map(({ piece }) => show(piece)));
  test("a row higher than a page is cut between lines, with a warning", () => {
    const pages = placed(table("#号|#事项", `1|${"示例工作。".repeat(160)}`));
    expect(pages.length).toBeGreaterThan(1);
    for (const page of pages) for (const { piece, y } of page) expect(y + piece.height).toBeLessThanOrEqual(200.02);
    expect(pages.at(-1)?.[0]?.piece.warnings).toContainEqual({ code: "splitRow", from: 0 });
    const text = pages.flat().flatMap(({ piece }) => piece.texts.map(({ run }) => run.text));
    expect(text.slice(2).join("")).toBe(`1${"示例工作。".repeat(160)}`);
  });
  test.each<[name: string, rows: readonly string[], want: readonly (readonly string[])[]]>([
    [
      "a tall row fills the foot of the page",
      [...Array.from({ length: 6 }, () => "甲|乙"), `1|${tall(8)}`],
      [
        ["甲|乙", "甲|乙", "甲|乙", "甲|乙", "甲|乙", "甲|乙", "1|第1行/第2行/第3行/第4行/第5行"],
        ["第6行/第7行/第8行"],
      ],
    ],
    [
      "two lines of each cell stay together on either side",
      [...Array.from({ length: 6 }, () => "甲|乙"), `${tall(6)}|${tall(8)}`],
      [
        ["甲|乙", "甲|乙", "甲|乙", "甲|乙", "甲|乙", "甲|乙", "第1行/第2行/第3行/第4行|第1行/第2行/第3行/第4行/第5行"],
        ["第5行/第6行|第6行/第7行/第8行"],
      ],
    ],
    [
      "and goes to the next page whole when less than a third of this one stays empty",
      [...Array.from({ length: 7 }, () => "甲|乙"), `1|${tall(8)}`],
      [Array.from({ length: 7 }, () => "甲|乙"), ["1|第1行/第2行/第3行/第4行/第5行/第6行/第7行/第8行"]],
    ],
    [
      "a row that is not tall goes to the next page whole",
      [...Array.from({ length: 8 }, () => "甲|乙"), `1|${tall(2)}`, `2|${tall(2)}`],
      [[...Array.from({ length: 8 }, () => "甲|乙"), "1|第1行/第2行"], ["2|第1行/第2行"]],
    ],
  ])("%s", (_, given, want) => {
    expect(shown(table(...given))).toEqual(want);
  });
  test.each<[name: string, height: number, lines: number, size: number, divided: boolean]>([
    ["on a page that is wider than high the type is made smaller until no row is divided", 150, 5, 8, false],
    ["and stays as it is where that does not help", 150, 8, 10, true],
    ["on an upright page a tall row is divided", 300, 12, 10, true],
  ])("%s", (_, height, lines, size, divided) => {
    const cache = new LayoutCache();
    const shop = { style, typeCase: cache.begin(style, fonts), cache };
    const made = tablePieces(table("甲|乙", `1|${tall(lines)}`), measureOf(style), height, shop);
    expect(new Set(made.flatMap((piece) => piece.texts.map(({ run }) => run.size)))).toEqual(new Set([size]));
    expect(made.some((piece) => piece.divide !== undefined)).toBe(divided);
  });
  test("整行不拆: a tall row goes to the next page whole", () => {
    const made = table(...Array.from({ length: 6 }, () => "甲|乙"), `1|${tall(8)}`);
    const whole: Table = { ...made, attrs: { landscape: false, wholeRows: true } };
    expect(shown(whole).map((page) => page.length)).toEqual([6, 1]);
  });
  test("a total stays with the row above it", () => {
    const rows = [...Array.from({ length: 9 }, (_, i) => `${i + 1}|示例`), "合计|9", "注|示例", "注|示例"];
    expect(placed(table("#序号|#单位", ...rows)).map((page) => page.length)).toEqual([9, 4]);
  });
});

describe("content", () => {
  test("a total is set like a head", () => {
    const made = pieces(table("#单位|#人数", "甲街道|12", "合计|12"));
    expect(made.map((piece) => piece.texts[0]?.run.face)).toEqual(["sans", "serif", "sans"]);
  });
  test.each<[name: string, rows: readonly string[], ends: readonly number[]]>([
    ["amounts of different length are aligned on the right", ["甲|5", "乙|12345", "丙|678"], [0, 0, 0]],
    ["and on the decimal point", ["甲|5.5", "乙|12.25", "丙|678"], [0, 1, -1]],
  ])("%s", (_, given, ends) => {
    const right = (piece: TablePiece) => {
      const last = piece.texts.at(-1);
      const x = (last?.x ?? 0) + (last?.run.x ?? 0) + (last?.run.xs.at(-1) ?? 0);
      return Math.round(x);
    };
    const [, ...body] = pieces(table("#单位|#金额", ...given)).map(right);
    const least = Math.min(...body);
    const shifted = body.map((x) => x - (body[0] ?? least));
    expect(shifted.map((x) => Math.sign(x))).toEqual(ends.map(Math.sign));
  });
  test("ordinals are centred", () => {
    const given = Array.from({ length: 12 }, (_, i) => `${i + 1}|甲`);
    const [, first, , , , , , , , , tenth] = pieces(table("#序号|#单位", ...given));
    const middle = (piece: TablePiece | undefined) => {
      const { x = 0, run } = piece?.texts[0] ?? {};
      return x + (run?.x ?? 0) + ((run?.xs.at(-1) ?? 0) + 5) / 2;
    };
    expect(middle(first)).toBeCloseTo(middle(tenth), 0);
  });
  test("a row that was not touched is the same piece", () => {
    const cache = new LayoutCache();
    const shop = { style, typeCase: cache.begin(style, fonts), cache };
    const before = table("#号|#事", "1|甲事", "2|乙事", "3|丙事");
    const lay = (made: Table) => tablePieces(made, measureOf(style), 200, shop);
    const first = lay(before);
    const after = lay({ ...before, content: before.content.toSpliced(2, 1, ...table("2|改事").content) });
    expect(after.map((piece, i) => piece === first[i])).toEqual([false, true, false, true]);
  });
  describe("an edit gives the rows that a new layout gives", () => {
    const drawn = (made: Table): Table => ({
      ...made,
      content: made.content.map((row) => ({
        ...row,
        content: row.content.map((one, i) => ({ ...one, attrs: { ...one.attrs, colwidth: [i === 0 ? 100 : 200] } })),
      })),
    });
    const given = drawn(table("#单位|#说明", "甲|某事项", "乙|某事项", "丙|某事项"));
    const amounts = drawn(table("#单位|#金额", "甲|1", "乙|22", "丙|333"));
    const tall = table("#单位|#说明", "甲|某事", `乙|${"说明".repeat(50)}`, "丁|某事");
    const last = (made: Table, row: string): Table => ({
      ...made,
      content: made.content.with(-1, drawn(table(row)).content[0] ?? { type: "table_row", content: [] }),
    });
    test.each<[name: string, before: Table, after: Table]>([
      ["a sentence makes its column one of text", given, last(given, "丙|已办。")],
      ["a longer amount moves the others", amounts, last(amounts, "丙|333333")],
      ["rows are not divided any more", tall, { ...tall, attrs: { landscape: false, wholeRows: true } }],
    ])("%s", (_, before, after) => {
      const cache = new LayoutCache();
      const shop = { style, typeCase: cache.begin(style, fonts), cache };
      const shown = (made: Table) =>
        tablePieces(made, measureOf(style), 200, shop).map(({ divide, ...piece }) => ({ ...piece, tall: !!divide }));
      shown(before);
      const fresh = pieces(after).map(({ divide, ...piece }) => ({ ...piece, tall: !!divide }));
      expect(shown(after)).toEqual(fresh);
    });
  });
  test("no text is lost or moved to another cell, however the table is cut", () => {
    let seed = 11;
    const random = (most: number) => {
      seed = (seed * 1103515245 + 12345) & 0x7fffffff;
      return seed % most;
    };
    for (let round = 0; round < 60; round++) {
      const columns = 1 + random(6);
      const made = table(
        ...Array.from({ length: 1 + random(14) }, (_, row) =>
          Array.from({ length: columns }, (_, column) => {
            const words = "示例事项内容。".repeat(random(8) === 0 ? 12 + random(40) : random(3));
            return `${row === 0 && round % 2 === 0 ? "#" : ""}${row},${column}${words}`;
          }).join("|"),
        ),
      );
      const cells = new Map<string, string>();
      for (const { piece, y } of placed(made).flat()) {
        expect(y + piece.height).toBeLessThanOrEqual(200.02);
        for (const { run, cell } of piece.texts) cells.set(String(cell), (cells.get(String(cell)) ?? "") + run.text);
      }
      expect([...cells.values()].sort()).toEqual(blockText(made).sort());
    }
  });
});
