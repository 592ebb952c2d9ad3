// A text compared with a file without its layout: paragraphs in order, footnotes at the foot, rows that were split, what
// is missing and what is too much; and texts found again by their fingerprints.
import { expect, test } from "vitest";
import type { Mark, ReadCharacter, ReadPdf } from "../../main/pdf/reader.ts";
import { compareLines, extract, findTexts } from "../../main/pdf/textProof.ts";

const run = { face: "F", size: 10, turn: 0, colour: [0, 0, 0], painted: true, order: 0 } as const;

/** A file of pages that hold these texts; a part in brackets is an artifact. `y` grows with each part. */
function pdfOf(...pages: readonly string[]): ReadPdf {
  const made = pages.map((text, i) => {
    const parts = text.split(/(?=\[)|(?<=\])/u);
    const characters = parts.flatMap((part, y): ReadCharacter[] => {
      const mark: Mark = part.startsWith("[") ? "artifact" : "text";
      const place = { mark, x: 0, y, left: 0, top: 0, right: 1, bottom: 1, inked: true, run };
      return Array.from(part.replace(/[[\]|]/gu, ""), (character) => ({ character, ...place }));
    });
    const empty = { pictures: [], shapes: [], repeated: [], links: [], annotations: 0 };
    return { ...empty, width: 100, height: 100, rotation: 0, cropped: false, label: String(i + 1), characters };
  });
  return { pages: made, bookmarks: [], faces: [] };
}

test.each<[name: string, pages: string[], lines: string[], says: string[]]>([
  ["all in order", ["甲甲乙乙[1]", "丙丙[2]"], ["甲甲", "乙 乙", "", "丙丙"], []],
  ["a paragraph over two pages", ["甲甲乙[1]", "乙丙[2]"], ["甲甲", "乙乙丙"], []],
  ["a footnote at the foot of its page", ["甲①甲乙乙①注[1]"], ["甲①甲", "①注", "乙乙"], []],
  ["a footnote in the middle of the next paragraph", ["甲①甲乙①注[1]", "乙[2]"], ["甲①甲", "①注", "乙乙"], []],
  ["a footnote where its own paragraph goes over two pages", ["甲①甲①注[1]", "甲乙[2]"], ["甲①甲甲", "①注", "乙"], []],
  ["only one of two", ["甲①甲①注[1]", "②甲②注乙[2]"], ["甲①甲②甲", "①注", "②注", "乙"], []],
  ["and one that is lost", ["甲①甲①注[1]", "②甲乙[2]"], ["甲①甲②甲", "①注", "②注", "乙"], ["脚注“②注”没有照此印出"]],
  ["a row in two pieces", ["头甲甲乙[1]", "甲乙乙尾[2]"], ["头", "甲甲甲", "乙乙乙", "尾"], []],
  ["a row of which one cell has no rest", ["头甲甲乙丙[1]", "甲丙尾[2]"], ["头", "甲甲甲", "乙", "丙丙", "尾"], []],
  [
    "a row whose rests changed places",
    ["头甲甲乙[1]", "乙乙甲尾[2]"],
    ["头", "甲甲甲", "乙乙乙", "尾"],
    ["与定稿不符", "第2页"],
  ],
  ["another character", ["甲甲乙丁[1]"], ["甲甲", "乙乙"], ["第2段在第1页与定稿不符：定稿为“乙乙”，PDF中为“乙丁”"]],
  ["a text too much", ["甲甲丁丁乙乙[1]"], ["甲甲", "乙乙"], ["第1页多出“丁丁”，定稿中没有"]],
  ["a text too much at the end", ["甲甲[1]", "丁[2]"], ["甲甲"], ["第2页多出“丁”，定稿中没有"]],
  ["a footnote that is not printed", ["甲①甲[1]"], ["甲①甲", "①注"], ["脚注“①注”没有照此印出"]],
  ["a wrong paragraph, and right ones behind it", ["甲甲丁丁丙丙[1]"], ["甲甲", "乙乙", "丙丙"], ["第2段"]],
])("%s", (_, pages, lines, says) => {
  const pdf = pdfOf(...pages);
  const { mismatches } = compareLines(pdf, extract(pdf), lines);
  expect(mismatches).toHaveLength(says.length);
  for (const [i, words] of says.entries()) expect(mismatches[i]).toContain(words);
});

test("a file without marks: folios are left out, what stands between paragraphs is counted", () => {
  const pdf = pdfOf("目录甲1乙2", "甲甲乙乙");
  const { mismatches, passedOver } = compareLines(pdf, extract(pdf), ["甲甲", "乙乙"]);
  expect({ mismatches, passedOver }).toEqual({ mismatches: [], passedOver: 1 });
});

test("texts are found by their titles where what stands before them has changed", () => {
  const text = (words: string, ...pieces: [number, number][]) => ({
    title: words.slice(0, 2),
    pieces: pieces.map(([at, length]) => ({ at, length })),
    isRight: (found: string) => found === words,
  });
  const known = [text("甲题一二", [0, 4]), text("乙题三四", [4, 4]), text("丙题五六注", [8, 4], [12, 1])];
  const find = (...pages: string[]) => findTexts(extract(pdfOf(...pages)), known);
  const at = (first: number, last: number) => ({ first, last });
  expect(find("甲题一二[1]", "乙题三四丙题[2]", "五六注[3]")).toEqual([at(0, 0), at(1, 1), at(1, 2)]);
  expect(find("甲题一[1]", "乙题三四丙题[2]", "五六注[3]")).toEqual([null, at(1, 1), at(1, 2)]);
  expect(find("甲题一二[1]", "乙题三三四丙题[2]", "五六注[3]")).toEqual([at(0, 0), null, at(1, 2)]);
});
