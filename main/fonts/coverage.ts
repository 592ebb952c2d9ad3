// Which characters a face has, of the sets by which Chinese offices judge a typeface.
import { Face } from "../../shared/layout/face.ts";
import { type FaceCoverage, sampleMarks } from "../../shared/layout/fonts.ts";
import { firstLevel, secondLevel, thirdLevel } from "./standardCharacters.ts";

const standard = codePoints(firstLevel + secondLevel + thirdLevel);
const latin = codePoints("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");
let gb2312: readonly number[] | null = null;

/** Throws RangeError when the bytes are no face that can be set. */
export function coverageOf(id: string, bytes: Uint8Array): FaceCoverage {
  const face = new Face(id, bytes);
  if (face.unitsPerEm < 16 || face.glyphCount < 2) throw new RangeError(`face ${id} has no glyphs`);
  gb2312 ??= codePoints(gb2312Characters());
  const has = (code: number) => face.glyph(code) !== 0;
  let uro = 0;
  for (let code = 0x4e00; code <= 0x9fa5; code++) if (has(code)) uro++;
  return {
    gb2312: gb2312.filter(has).length,
    standard: standard.filter(has).length,
    uro,
    latin: latin.filter(has).length,
    lacking: Array.from(sampleMarks)
      .filter((char) => !has(char.codePointAt(0) ?? 0))
      .join(""),
  };
}

function codePoints(text: string): number[] {
  return Array.from(text, (char) => char.codePointAt(0) ?? 0);
}

/** The 6,763 汉字 of GB 2312: rows 16 to 87, of which row 55 lacks the last five. */
export function gb2312Characters(): string {
  const bytes: number[] = [];
  for (let row = 0xb0; row <= 0xf7; row++)
    for (let cell = 0xa1; cell <= (row === 0xd7 ? 0xf9 : 0xfe); cell++) bytes.push(row, cell);
  return new TextDecoder("gbk").decode(Uint8Array.from(bytes));
}
