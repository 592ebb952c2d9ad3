// Distribution over pages, with pieces of plain heights on a page of 10 lines: which pieces stand on which page.
import { describe, expect, test } from "vitest";
import { type Piece, type PieceText, paginate, type Slab } from "../../shared/layout/flow.ts";
import { plainPiece } from "../../shared/layout/workshop.ts";

const piece = (changes: Partial<Piece> = {}): Piece => ({
  ...plainPiece,
  origin: { in: "body", notice: "n", block: 0 },
  height: 1,
  ...changes,
});
const many = (count: number, changes: Partial<Piece> = {}) => Array.from({ length: count }, () => piece(changes));
const sizes = (pieces: readonly Piece[]) => paginate(pieces, 10, 1).map((page) => page.length);
const tops = (pieces: readonly Piece[]) => paginate(pieces, 10, 1).map((page) => page.map((placing) => placing.y));

describe("pages", () => {
  test.each<[name: string, pieces: readonly Piece[], want: readonly number[]]>([
    ["no pieces, no pages", [], []],
    ["full pages", many(25), [10, 10, 5]],
    ["a new page", [...many(3), piece({ newPage: true }), ...many(2)], [3, 3]],
    ["a new page at the very start makes no empty one", [piece({ newPage: true })], [1]],
    ["a head goes with what follows", [...many(9), piece({ keep: true }), ...many(3)], [9, 4]],
    ["two heads go together", [...many(8), ...many(2, { keep: true }), ...many(3)], [8, 5]],
    ["a chain longer than a page is cut at its foot", many(15, { keep: true }), [10, 5]],
    ["what is higher than a page stands alone", [piece(), piece({ height: 14 }), piece()], [1, 1, 1]],
  ])("%s", (_, pieces, want) => {
    expect(sizes(pieces)).toEqual(want);
  });

  test("room above counts within a page and is dropped at its head", () => {
    expect(tops([...many(9), piece({ before: 2 }), piece({ before: 2 })])).toEqual([
      [0, 1, 2, 3, 4, 5, 6, 7, 8],
      [0, 3],
    ]);
  });
  test("text returns to the grid below a table, rows do not", () => {
    expect(tops([piece({ height: 1.4 }), piece({ height: 1.2, onGrid: false }), piece()])).toEqual([[0, 1.4, 3]]);
  });
  test("what spans pieces stands in the middle of those on its page, and is said again on the next", () => {
    const text = (name: string) => ({ run: { from: 0, text: name }, x: 0, y: 0 }) as unknown as PieceText;
    const spans = (reach: number, name: string) => [{ reach, height: 1, texts: [text(name)] }];
    const cut = (reach: number) => ({ head: null, opening: [], closing: [], spans: spans(reach, "续") });
    const rows = [piece({ spans: spans(4, "甲") }), ...[3, 2, 1, 0].map((reach) => piece({ cut: cut(reach) }))];
    const shown = (before: number) =>
      paginate([...many(before), ...rows], 10, 1).map((page) =>
        page.flatMap(({ y, spanning }) => spanning.map((one) => `${one.run.text}${y + one.y}`)),
      );
    expect(shown(2)).toEqual([["甲4"]]);
    expect(shown(7)).toEqual([["甲8"], ["续0.5"]]);
  });
  test("a table cut by a page is closed, and opened again under its head", () => {
    const rule = { kind: "rule", x1: 0, y1: 0, x2: 5, y2: 0, width: 1, ink: "black" } as const;
    const head: Slab = { height: 2, texts: [], rules: [] };
    const rows = many(12, { onGrid: false, cut: { head, opening: [rule], closing: [{ ...rule, x2: 1 }] } });
    const [first, second] = paginate([piece(), ...rows], 10, 1);
    expect(first?.map((placing) => placing.edges.length)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    expect(first?.at(-1)?.edges[0]).toMatchObject({ x2: 1, y1: 1 });
    expect(second?.map((placing) => [placing.y, placing.head, placing.edges.length])).toEqual([
      [2, head, 1],
      [3, null, 0],
      [4, null, 0],
    ]);
  });
});
