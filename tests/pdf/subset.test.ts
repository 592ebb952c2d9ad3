// The font program that a PDF embeds, made from a face of five glyphs: what it keeps, renumbers, cuts and leaves out.
import { describe, expect, test } from "vitest";
import { subsetFace } from "../../main/pdf/subset.ts";
import { Face } from "../../shared/layout/face.ts";
import { assembleSfnt, sfntTables } from "../../shared/layout/sfnt.ts";

const words = (...values: number[]): number[] => values.flatMap((value) => [(value >> 8) & 0xff, value & 0xff]);

/** A contour of one point at 0, 0, with two bytes of hints. */
const hinted = [...words(1, 0, 0, 100, 200), ...words(0), ...words(2), 0xaa, 0xbb, 0x31];
/** The same as the subset has it: no hints, even length. */
const plain = [...words(1, 0, 0, 100, 200), ...words(0), ...words(0), 0x31, 0];
const composite = (gid: number, flags: number, hints: readonly number[]): number[] => [
  ...words(-1, 0, 0, 100, 200),
  ...words(flags, gid),
  ...[5, 0],
  ...hints,
];

/** Glyphs: 0 .notdef, 1 blank, 2 simple, 3 composed of 2, 4 simple and wider. */
const outlines = [hinted, [], hinted, composite(2, 0x0102, [0, 1, 0xcc, 0]), hinted].map((one) =>
  one.length % 2 === 1 ? [...one, 0] : one,
);
const advances = [1000, 500, 600, 700, 800];
const places = [0];
for (const { length } of outlines) places.push((places.at(-1) ?? 0) + length);
const maxp = words(1, 0, 5, 7, 1, 7, 1, 2, 9, 9, 9, 9, 9, 9, 1, 1);

function face(glyf: readonly number[][] = outlines): Face {
  const head = new DataView(new ArrayBuffer(54));
  head.setUint16(18, 1000);
  const hhea = new DataView(new ArrayBuffer(36));
  hhea.setUint16(34, 4);
  // The last glyph has the advance of the one before it, and a bearing of its own.
  const hmtx = words(...advances.slice(0, 4).flatMap((advance, i) => [advance, 10 + i]), 99);
  const cmap = [...words(0, 1, 3, 10), ...words(0, 12), ...words(12, 0, 0, 16, 0, 0, 0, 0)];
  const tables = { cmap, glyf: glyf.flat(), hmtx, loca: words(...places.map((place) => place / 2)), maxp };
  return new Face(
    "Small",
    assembleSfnt(
      new Map([
        ...Object.entries(tables).map(([tag, bytes]): [string, Uint8Array] => [tag, Uint8Array.from(bytes)]),
        ["head", new Uint8Array(head.buffer)],
        ["hhea", new Uint8Array(hhea.buffer)],
      ]),
    ),
  );
}

/** Outlines and metrics of a program by its own tables. */
function read(program: Uint8Array) {
  const tables = sfntTables(program);
  const view = (tag: string) => {
    const { buffer, byteOffset, byteLength } = tables.get(tag) ?? new Uint8Array();
    return new DataView(buffer, byteOffset, byteLength);
  };
  const count = view("maxp").getUint16(4);
  const glyphs = Array.from({ length: count }, (_, gid) => ({
    outline: [
      ...(tables.get("glyf")?.subarray(view("loca").getUint32(gid * 4), view("loca").getUint32(gid * 4 + 4)) ?? []),
    ],
    advance: view("hmtx").getUint16(gid * 4),
    bearing: view("hmtx").getInt16(gid * 4 + 2),
  }));
  return { tags: [...tables.keys()].sort(), count, glyphs, maxp: view("maxp") };
}

describe("a subset", () => {
  test("holds .notdef and the glyphs asked for, without hints, under new numbers in the order of the face", () => {
    const { program, gids, advance } = subsetFace(face(), [4, 1], []);
    const { tags, glyphs } = read(program);
    expect(tags).toEqual(["glyf", "head", "hhea", "hmtx", "loca", "maxp"]);
    expect(gids).toEqual([2, 1]);
    expect(glyphs).toEqual([
      { outline: plain, advance: 1000, bearing: 10 },
      { outline: [], advance: 500, bearing: 11 },
      { outline: plain, advance: 700, bearing: 99 },
    ]);
    expect(advance(1)).toBe(500);
  });

  test("brings the parts of a composed glyph, and points to them where they stand now", () => {
    const { program, gids } = subsetFace(face(), [3], []);
    const { glyphs, count } = read(program);
    expect([gids, count]).toEqual([[2], 3]);
    expect(glyphs[1]?.outline).toEqual(plain);
    expect(glyphs[2]?.outline).toEqual(composite(1, 0x0002, []));
  });

  test("has a cut glyph as a part that is moved left under a smaller advance", () => {
    const { program, cutGids } = subsetFace(
      face(),
      [1, 2],
      [
        { gid: 2, left: 300, right: 0 },
        { gid: 1, left: 0, right: 200 },
      ],
    );
    const { glyphs, maxp } = read(program);
    expect(cutGids).toEqual([3, 4]);
    expect(glyphs[3]).toEqual({
      outline: words(-1, -300, 0, -200, 200, 0x0003, 2, -300, 0),
      advance: 300,
      bearing: 12 - 300,
    });
    expect(glyphs[4]).toEqual({ outline: [], advance: 300, bearing: 11 });
    expect([maxp.getUint16(10), maxp.getUint16(12), maxp.getUint16(30)]).toEqual([7, 1, 2]);
  });

  test("claims nothing for hints that it does not have", () => {
    const { maxp } = read(subsetFace(face(), [2], []).program);
    expect([14, 16, 18, 20, 22, 24, 26].map((at) => maxp.getUint16(at))).toEqual([1, 0, 0, 0, 0, 0, 0]);
  });

  test("leaves the face as it was, and comes out the same again", () => {
    const one = face();
    const before = one.bytes.slice();
    const first = subsetFace(one, [2, 3], [{ gid: 2, left: 100, right: 0 }]).program;
    expect(one.bytes).toEqual(before);
    expect(subsetFace(one, [2, 3], [{ gid: 2, left: 100, right: 0 }]).program).toEqual(first);
  });
});

test.each([
  ["an outline beyond the table", face(outlines.slice(0, 3)), [4], []],
  ["a composed glyph that breaks off", face([hinted, [], hinted, composite(2, 0x0022, []), []]), [3], []],
  ["a cut of a glyph that is not asked for", face(), [1], [{ gid: 2, left: 0, right: 100 }]],
  [
    "more glyphs than a program holds",
    face(),
    [1],
    Array.from({ length: 0xffff }, () => ({ gid: 1, left: 0, right: 0 })),
  ],
])("a subset with %s is refused", (_, own, gids, cuts) => {
  expect(() => subsetFace(own, gids, cuts)).toThrow(RangeError);
});
