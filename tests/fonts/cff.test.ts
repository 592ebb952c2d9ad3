// PostScript outlines: what each operator of a charstring draws, and that a face redrawn in TrueType outlines is the same
// to the eye, by an engine that had no part in it, and all the way into a proved PDF.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as harfbuzz from "harfbuzzjs";
import { describe, expect, test } from "vitest";
import { composeSample, readSample } from "../../main/compose.ts";
import { exportIssue } from "../../main/export/export.ts";
import { loadStyle } from "../../main/export/styles.ts";
import { CffFont, type Pen } from "../../main/fonts/cff.ts";
import { unpackFace, unpackFaceInTurns } from "../../main/fonts/container.ts";
import { openFaces } from "../../main/fonts/faces.ts";
import { testFolder } from "../store/folder.ts";
import { type Code, cffTable, latinFace, postScriptFace } from "./cffFaces.ts";

/** What a glyph tells the pen: m, l and c with absolute points. */
function drawn(code: Code, locals: readonly Code[] = [], globals: readonly Code[] = []): string {
  const told: string[] = [];
  const pen: Pen = {
    moveTo: (...at) => told.push(`m ${at.join(" ")}`),
    lineTo: (...at) => told.push(`l ${at.join(" ")}`),
    curveTo: (...at) => told.push(`c ${at.join(" ")}`),
  };
  new CffFont(cffTable([["endchar"], code], locals, globals)).draw(1, pen);
  return told.join(", ");
}

describe("a charstring", () => {
  test.each<[string, Code, string]>([
    ["moves, with the width before", [55, 10, 20, "rmoveto", 5, 6, "rlineto", "endchar"], "m 10 20, l 15 26"],
    ["moves along an axis", [10, "hmoveto", -300, "vmoveto", "endchar"], "m 10 0, m 10 -300"],
    [
      "lines in turn",
      [0, "hmoveto", 5, 6, 7, "hlineto", 8, 9, "vlineto", "endchar"],
      "m 0 0, l 5 0, l 5 6, l 12 6, l 12 14, l 21 14",
    ],
    ["curves", [0, "hmoveto", 1, 2, 3, 4, 5, 6, "rrcurveto", "endchar"], "m 0 0, c 1 2 4 6 9 12"],
    [
      "a line behind curves",
      [0, "hmoveto", 1, 2, 3, 4, 5, 6, 7, 8, "rcurveline", "endchar"],
      "m 0 0, c 1 2 4 6 9 12, l 16 20",
    ],
    [
      "a curve behind lines",
      [0, "hmoveto", 7, 8, 1, 2, 3, 4, 5, 6, "rlinecurve", "endchar"],
      "m 0 0, l 7 8, c 8 10 11 14 16 20",
    ],
    [
      "upright curves, the first aside",
      [0, "hmoveto", 9, 1, 2, 3, 4, "vvcurveto", "endchar"],
      "m 0 0, c 9 1 11 4 11 8",
    ],
    ["level curves, the first aside", [0, "hmoveto", 9, 1, 2, 3, 4, "hhcurveto", "endchar"], "m 0 0, c 1 9 3 12 7 12"],
    [
      "curves in turn, the last askew",
      [0, "hmoveto", 1, 2, 3, 4, 5, 6, 7, 8, 9, "hvcurveto", "endchar"],
      "m 0 0, c 1 0 3 3 3 7, c 3 12 9 19 17 28",
    ],
    ["the same, upright first", [0, "hmoveto", 1, 2, 3, 4, 5, "vhcurveto", "endchar"], "m 0 0, c 0 1 2 4 6 9"],
    ["hflex", [0, "hmoveto", 1, 2, 3, 4, 5, 6, 7, "hflex", "endchar"], "m 0 0, c 1 0 3 3 7 3, c 12 3 18 0 25 0"],
    [
      "flex",
      [0, "hmoveto", 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 50, "flex", "endchar"],
      "m 0 0, c 1 1 3 3 6 6, c 10 10 15 15 21 21",
    ],
    [
      "hflex1",
      [0, "hmoveto", 1, 2, 3, 4, 5, 6, 7, 8, 9, "hflex1", "endchar"],
      "m 0 0, c 1 2 4 6 9 6, c 15 6 22 14 31 0",
    ],
    [
      "flex1 that goes across",
      [0, "hmoveto", 9, 1, 9, 1, 9, 1, 9, 1, 9, 1, 7, "flex1", "endchar"],
      "m 0 0, c 9 1 18 2 27 3, c 36 4 45 5 52 0",
    ],
    [
      "hints and their mask",
      [55, 1, 2, "hstemhm", 3, 4, "hintmask", Uint8Array.of(0xc0), 5, "hmoveto", "endchar"],
      "m 5 0",
    ],
    ["a number with a fraction", [Uint8Array.of(255, 0, 1, 0x80, 0), "hmoveto", "endchar"], "m 1.5 0"],
  ])("%s", (_, code, want) => {
    expect(drawn(code)).toBe(want);
  });

  test("calls subroutines of its own and of all", () => {
    const locals: Code[] = [[5, "hmoveto", -107, "callgsubr", "return"]];
    expect(drawn([-107, "callsubr", "endchar"], locals, [[1, 2, "rlineto", "endchar"]])).toBe("m 5 0, l 6 2");
  });

  test.each<[string, Code]>([
    ["an operator that OpenType has not", [1, 2, "dotsection"]],
    ["a glyph that is put together of others", [1, 2, 65, 66, "endchar"]],
    ["a subroutine that is not there", [5, "callsubr"]],
    ["a subroutine that calls itself", [-107, "callsubr"]],
    ["a move without its arguments", ["rmoveto"]],
    ["an end in the middle of a number", [Uint8Array.of(28, 1)]],
  ])("with %s is refused", (_, code) => {
    expect(() => drawn(code, [[-107, "callsubr"]])).toThrow(RangeError);
  });
});

test("a face that is no CFF, or ends early, is refused", () => {
  const table = cffTable([["endchar"], [5, "hmoveto", "endchar"]]);
  for (const length of [0, 3, 20, table.length - 20])
    expect(() => unpackFace(postScriptFace(table.subarray(0, length), 2))).toThrow(RangeError);
});

describe("a redrawn face", () => {
  const face = latinFace();
  const plain = unpackFace(face);

  test("has the outlines it had, to a thousandth of an em", () => {
    const [before, after] = [face, plain].map(
      (bytes) => new harfbuzz.Font(new harfbuzz.Face(new harfbuzz.Blob(bytes), 0)),
    );
    if (!before || !after) throw new RangeError("two fonts are made");
    for (const character of "AaBbgQRS&@%0123456789") {
      const gid = (character.codePointAt(0) ?? 0) - 0x1f;
      const [old, now] = [before.glyphToPath(gid), after.glyphToPath(gid)].map(pointsOf);
      expect(old?.length).toBeGreaterThan(20);
      expect(Math.max(farthest(old ?? [], now ?? []), farthest(now ?? [], old ?? []))).toBeLessThan(1.1);
    }
  });

  test("is the same when it is made in turns with other work", async () => {
    expect(Buffer.from(await unpackFaceInTurns(face, 0)).equals(Buffer.from(plain))).toBe(true);
  });

  test("is printed and proved, here as the typeface of letters and digits", async () => {
    const [folder, assets] = [testFolder(), fileURLToPath(new URL("../../assets", import.meta.url))];
    writeFileSync(join(folder, "serif.otf"), face);
    const choices = { latin: { id: "TestFangSong", family: "仿宋" } };
    const { fonts, plan } = openFaces({ installed: [folder], choices });
    expect(plan.latin).toEqual({ chain: expect.arrayContaining(["TestFangSong"]), substitute: null });
    const style = loadStyle(assets, "gbt9704");
    const sheet = { ...style, latin: { ...style.latin, fangsong: "latin" as const } };
    const out = join(folder, "out.pdf");
    const report = await exportIssue({ ...composeSample(readSample(assets), "gbt9704"), style: sheet, fonts, out });
    expect(report.mismatches).toEqual([]);
    expect(report.faces).toContainEqual({ name: "TestFangSong", embedded: true });
  });
});

/** Points along an SVG path of M, L, Q, C and Z, close enough to each other to take them for the path. */
function pointsOf(path: string): [number, number][] {
  const points: [number, number][] = [];
  let [x, y, startX, startY] = [0, 0, 0, 0];
  const along = (ends: readonly (readonly [number, number])[]) => {
    const all = [[x, y] as const, ...ends];
    for (let k = 0; k <= 40; k++) {
      let level: (readonly [number, number])[] = all;
      // De Casteljau: whatever the degree.
      while (level.length > 1)
        level = level.slice(1).map(([a, b], i): [number, number] => {
          const [p, q] = level[i] ?? [0, 0];
          return [p + ((a - p) * k) / 40, q + ((b - q) * k) / 40];
        });
      const [px, py] = level[0] ?? [0, 0];
      points.push([px, py]);
    }
    [x, y] = ends.at(-1) ?? [x, y];
  };
  for (const [, command, rest = ""] of path.matchAll(/([MLQCZ])([^MLQCZ]*)/gu)) {
    const numbers = rest.split(/[ ,]+/u).filter(Boolean).map(Number);
    const ends = Array.from(
      { length: numbers.length / 2 },
      (_, i) => [numbers[i * 2] ?? 0, numbers[i * 2 + 1] ?? 0] as const,
    );
    if (command === "M") [x, y] = [startX, startY] = ends[0] ?? [0, 0];
    else along(command === "Z" ? [[startX, startY]] : ends);
  }
  return points;
}

/** The longest way from a point of one path to the other, which is taken for short lines between its points. */
function farthest(from: readonly [number, number][], to: readonly [number, number][]): number {
  const distance = ([x, y]: readonly [number, number]) => {
    let best = Number.POSITIVE_INFINITY;
    for (let i = 0; i + 1 < to.length; i++) {
      const [[u, v], [p, q]] = [to[i] ?? [0, 0], to[i + 1] ?? [0, 0]];
      const length = (p - u) ** 2 + (q - v) ** 2;
      // From one contour to the next there is no line.
      if (length > 100 ** 2) continue;
      const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - u) * (p - u) + (y - v) * (q - v)) / length));
      best = Math.min(best, Math.hypot(x - u - t * (p - u), y - v - t * (q - v)));
    }
    return best;
  };
  return Math.max(...from.map(distance));
}
