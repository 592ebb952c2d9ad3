// Pages of several columns, printed as text: a page is its columns side by side, "|" between them, "=" before what
// stands across. Pieces have plain heights on a page of 10 lines; a piece is named by a letter.
import { describe, expect, test } from "vitest";
import {
  type FlowMemory,
  type FlowPage,
  flow,
  type PageShape,
  type Piece,
  type PieceText,
} from "../../shared/layout/flow.ts";
import { plainPiece } from "../../shared/layout/workshop.ts";

const shape = (changes: Partial<PageShape> = {}): PageShape => ({
  height: 10,
  pitch: 1,
  columns: 2,
  step: 30,
  balance: false,
  landscape: 7,
  noteGap: 0.5,
  noteRule: { kind: "rule", x1: 0, y1: 0, x2: 5, y2: 0, width: 1, ink: "black" },
  ...changes,
});

const named = (name: string): PieceText => ({ run: { from: 0, text: name }, x: 0, y: 0 }) as unknown as PieceText;
const piece = (name: string, changes: Partial<Piece> = {}): Piece => ({
  ...plainPiece,
  origin: { in: "body", notice: "n", block: 0 },
  height: 1,
  texts: [named(name)],
  ...changes,
});
const lines = (count: number, name = "a", changes: Partial<Piece> = {}) =>
  Array.from({ length: count }, () => piece(name, changes));

/** aaaaaaaaaa|aaaa: a letter a line of the grid, · where nothing stands. */
function show(page: FlowPage, height = 10): string {
  const rows = (x: number) => {
    const marks: string[] = new Array(height).fill("·");
    for (const placing of page.placings)
      if (placing.x === x && !placing.piece.span)
        for (let k = 0; k < placing.piece.height; k++)
          marks[Math.floor(placing.y + k)] = placing.piece.texts[0]?.run.text ?? "?";
    return marks.join("");
  };
  const across = page.placings.filter(({ piece: one }) => one.span);
  const columns = [...new Set(page.placings.filter(({ piece: one }) => !one.span).map(({ x }) => x))].map(rows);
  return [...across.map(({ piece: one, y }) => `${one.texts[0]?.run.text}=${y}`), ...columns].join("|");
}
const pages = (pieces: readonly Piece[], changes: Partial<PageShape> = {}) =>
  flow(pieces, shape(changes), new WeakMap()).map((page) => show(page));

describe("columns", () => {
  test.each<[name: string, pieces: readonly Piece[], changes: Partial<PageShape>, want: readonly string[]]>([
    ["are filled one after the other", lines(14), {}, ["aaaaaaaaaa|aaaa······"]],
    ["then pages", lines(23), {}, ["aaaaaaaaaa|aaaaaaaaaa", "aaa·······"]],
    ["three of them", lines(25), { columns: 3 }, ["aaaaaaaaaa|aaaaaaaaaa|aaaaa·····"]],
    ["end at one height when balanced", lines(13), { balance: true }, ["aaaaaaa···|aaaaaa····"]],
    [
      "balanced, a head is not parted from its text",
      [...lines(6), piece("h", { keep: true }), ...lines(5, "b")],
      { balance: true },
      ["aaaaaa····|hbbbbb····"],
    ],
    [
      "a title across the page is not left alone at its foot, its number on the next",
      [...lines(18), piece("t", { span: true, keep: true }), piece("n", { span: true, keep: true }), ...lines(2, "b")],
      {},
      ["aaaaaaaaa·|aaaaaaaaa·", "t=0|n=1|··bb······"],
    ],
    ["a forced break begins a column", [...lines(3), piece("b", { newColumn: true })], {}, ["aaa·······|b·········"]],
    ["a forced break begins a page", [...lines(3), piece("b", { newPage: true })], {}, ["aaa·······", "b·········"]],
    [
      "a new page ends both columns",
      [...lines(13), piece("b", { newPage: true })],
      {},
      ["aaaaaaaaaa|aaa·······", "b·········"],
    ],
    [
      "a head at the foot goes to the next column",
      [...lines(9), piece("h", { keep: true }), ...lines(2, "b")],
      {},
      ["aaaaaaaaa·|hbb·······"],
    ],
    [
      "room above is dropped at the head of a column",
      [...lines(10), piece("b", { before: 2 })],
      {},
      ["aaaaaaaaaa|b·········"],
    ],
  ])("%s", (_, given, changes, want) => {
    expect(pages(given, changes)).toEqual(want);
  });
});

describe("what stands across", () => {
  test.each<[name: string, pieces: readonly Piece[], want: readonly string[]]>([
    [
      "a title stands above its columns",
      [piece("T", { span: true, height: 2, keep: true }), ...lines(5)],
      ["T=0|··aaaaa···"],
    ],
    [
      "the columns above it end at one height",
      [...lines(5), piece("T", { span: true }), ...lines(9, "b")],
      ["T=3|aaa·bbbbbb|aa··bbb···"],
    ],
    ["room above it", [...lines(4), piece("T", { span: true, before: 2 })], ["T=4|aa········|aa········"]],
    [
      "with too little room below, it goes to the next page with its text",
      [...lines(18), piece("T", { span: true, keep: true }), ...lines(2, "b")],
      ["aaaaaaaaa·|aaaaaaaaa·", "T=0|·bb·······"],
    ],
    [
      "what fills more than its page goes on",
      [piece("T", { span: true, height: 8 }), piece("U", { span: true, height: 6 }), ...lines(1)],
      ["T=0", "U=0|······a···"],
    ],
  ])("%s", (_, given, want) => {
    expect(pages(given)).toEqual(want);
  });
  test("in one column nothing stands across", () => {
    expect(
      flow([piece("T", { span: true }), ...lines(2)], shape({ columns: 1 }), new WeakMap()).map((page) =>
        page.placings.map(({ y }) => y),
      ),
    ).toEqual([[0, 1, 2]]);
  });
  test("bands of columns are named, for the rule between them", () => {
    const [page] = flow([...lines(5), piece("T", { span: true }), ...lines(2)], shape(), new WeakMap());
    expect(page?.bands).toEqual([
      [0, 3],
      [4, 6],
    ]);
  });
});

test("with a footnote in the band above, what is kept with a title is not lost", () => {
  const note = lines(1, "n", { onGrid: false });
  const given = [
    piece("a", { notes: note }),
    piece("b"),
    piece("c"),
    piece("d", { keep: true }),
    piece("X", { span: true, height: 8.5 }),
    piece("z"),
  ];
  const made = flow(given, shape(), new WeakMap());
  const names = made.flatMap((page) => page.placings.map((one) => one.piece.texts[0]?.run.text));
  expect(names.filter((name) => name !== "n")).toEqual(["a", "b", "c", "d", "X", "z"]);
});

describe("landscape pages", () => {
  test("a landscape table has pages of its own", () => {
    const made = flow(
      [...lines(3), ...lines(9, "t", { landscape: true, onGrid: false }), ...lines(2, "b")],
      shape(),
      new WeakMap(),
    );
    expect(made.map(({ isLandscape, placings }) => [isLandscape, placings.length])).toEqual([
      [false, 3],
      [true, 7],
      [true, 2],
      [false, 2],
    ]);
  });
});

describe("footnotes", () => {
  const note = (count: number) => lines(count, "n", { onGrid: false });
  const places = (given: readonly Piece[], changes: Partial<PageShape> = { columns: 1 }) =>
    flow(given, shape(changes), new WeakMap()).map((page) =>
      page.placings.map(({ piece: one, y }) => `${one.texts[0]?.run.text}${y}`).join(" "),
    );
  test.each<[name: string, pieces: readonly Piece[], want: readonly string[]]>([
    ["stand at the foot of the page of their mark", [piece("a", { notes: note(1) }), piece("b")], ["a0 b1 n9"]],
    [
      "take room from the text",
      [piece("a", { notes: note(2) }), ...lines(9, "b")],
      ["a0 b1 b2 b3 b4 b5 b6 n8 n9", "b0 b1 b2"],
    ],
    [
      "a line whose note has no room goes on with it",
      [...lines(9), piece("b", { notes: note(3) })],
      ["a0 a1 a2 a3 a4 a5 a6 a7 a8", "b0 n7 n8 n9"],
    ],
    [
      "a note longer than a page goes on at the foot of the next",
      [piece("a", { notes: note(12) }), piece("b")],
      ["a0 n2 n3 n4 n5 n6 n7 n8 n9", "b0 n6 n7 n8 n9"],
    ],
    [
      "a note that is left over has a page of its own",
      [piece("a", { notes: note(9) })],
      ["a0 n2 n3 n4 n5 n6 n7 n8 n9", "n9"],
    ],
  ])("%s", (_, given, want) => {
    expect(places(given)).toEqual(want);
  });
  test("those of what stands across and those of the columns below it were set over each other", () => {
    const across = [piece("t", { span: true, notes: note(2) }), piece("u", { span: true })];
    expect(places([...across, piece("a", { notes: note(1) }), piece("b")], {})).toEqual(["t0 u1 n2.5 n3.5 a5 b6 n9"]);
  });
  test("a rule stands above the first", () => {
    const [page] = flow([piece("a", { notes: note(2) })], shape({ columns: 1 }), new WeakMap());
    expect(page?.placings.map(({ edges }) => edges.length)).toEqual([0, 1, 0]);
  });
});

describe("tall rows", () => {
  const tall = (height: number): Piece =>
    piece("t", {
      height,
      onGrid: false,
      divide: (room) =>
        room >= 2 && height - Math.floor(room) >= 1 ? [tall(Math.floor(room)), tall(height - Math.floor(room))] : null,
    });
  test.each<[name: string, pieces: readonly Piece[], want: readonly (readonly number[])[]]>([
    ["stay whole where they fit", [...lines(4), tall(6)], [[1, 1, 1, 1, 6]]],
    ["are divided at the foot of the page", [...lines(4), tall(9)], [[1, 1, 1, 1, 6], [3]]],
    ["over several pages", [tall(24)], [[10], [10], [4]]],
    ["not for a room that is of no use", [...lines(9), tall(3)], [[1, 1, 1, 1, 1, 1, 1, 1, 1], [3]]],
  ])("%s", (_, given, want) => {
    expect(
      flow(given, shape({ columns: 1 }), new WeakMap()).map((page) => page.placings.map((one) => one.piece.height)),
    ).toEqual(want);
  });
});

describe("pages that are remembered", () => {
  test("a page whose pieces are the same is the same, also when it moved", () => {
    const memory: FlowMemory = new WeakMap();
    const first = lines(20);
    const rest = [piece("b", { newPage: true }), ...lines(24, "b")];
    const before = flow([...first, ...rest], shape({ columns: 1 }), memory);
    const after = flow([...lines(5, "c"), ...first.slice(5), ...rest], shape({ columns: 1 }), memory);
    expect(after.map((page) => before.findIndex((one) => one.placings === page.placings))).toEqual([-1, 1, 2, 3, 4]);
    const fewer = flow([...first.slice(10), ...rest], shape({ columns: 1 }), memory);
    expect(fewer.map((page) => before.findIndex((one) => one.placings === page.placings))).toEqual([1, 2, 3, 4]);
  });
  test("a page ends otherwise when what follows it changed", () => {
    const memory: FlowMemory = new WeakMap();
    const first = [...lines(9), piece("h")];
    flow([...first, piece("b")], shape({ columns: 1 }), memory);
    const kept = [...first.slice(0, 9), piece("h", { keep: true })];
    expect(flow([...kept, piece("b")], shape({ columns: 1 }), memory).map((page) => page.placings.length)).toEqual([
      9, 2,
    ]);
    expect(flow(first, shape({ columns: 1 }), memory).map((page) => page.placings.length)).toEqual([10]);
  });
});

test("no piece is lost or doubled, and none leaves its column, whatever the pieces ask for", () => {
  let seed = 7;
  const random = () => {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    return seed / 0x7fffffff;
  };
  for (let round = 0; round < 400; round++) {
    const columns = 1 + Math.floor(random() * 3);
    const given = Array.from({ length: 5 + Math.floor(random() * 60) }, (_, i) =>
      piece(String(i), {
        height: random() < 0.8 ? 1 : Math.ceil(random() * 9),
        before: random() < 0.1 ? 1 : 0,
        keep: random() < 0.15,
        newPage: random() < 0.03,
        ...(random() < 0.03 ? { newColumn: true } : {}),
        ...(random() < 0.1 ? { span: true } : {}),
        ...(random() < 0.04 ? { landscape: true, height: 1 } : {}),
        ...(random() < 0.1 ? { notes: lines(Math.ceil(random() * 3), `n${i}`, { onGrid: false }) } : {}),
      }),
    );
    const made = flow(given, shape({ columns, balance: random() < 0.5 }), new WeakMap());
    const names = made.flatMap((page) => page.placings.map((one) => one.piece.texts[0]?.run.text ?? ""));
    expect(names.filter((name) => !name.startsWith("n"))).toEqual(given.map((one) => one.texts[0]?.run.text));
    const notes = given.flatMap((one) => (one.notes ?? []).map((line) => line.texts[0]?.run.text ?? ""));
    expect(names.filter((name) => name.startsWith("n")).sort()).toEqual(notes.sort());
    for (const page of made)
      for (const { piece: one, y } of page.placings) {
        expect(y).toBeGreaterThanOrEqual(0);
        expect(y + one.height).toBeLessThanOrEqual((page.isLandscape ? 7 : 10) + 0.02);
      }
  }
});
