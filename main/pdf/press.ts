// What a press needs around and in the pages: trim, bleed and marks, inks instead of screen colours, and the printing
// condition they are meant for (ISO 15930-7).
import type { PDFContext, PDFRef } from "pdf-lib";
import type { Ink } from "../../shared/layout/display.ts";
import type { Sheet } from "./booklet.ts";
import { type Colours, type Corner, number } from "./content.ts";
import { deflated, textString } from "./objects.ts";

const mm = 72 / 25.4;
/** What touches the edge goes on so far beyond it. */
const bleed = 3 * mm;
/** Paper around the trimmed page, for the marks. */
const margin = 10 * mm;
/** Marks begin and end so far from the edge. */
const marks = { from: 4 * mm, to: 9 * mm, width: 0.25 };

/** A printing condition and the ICC profile that describes it. */
export interface PrintCondition {
  /** Its name in the registry of the ICC, e.g. FOGRA39. */
  readonly identifier: string;
  readonly profile: Uint8Array;
}

export function printIntent(context: PDFContext, { identifier, profile }: PrintCondition): PDFRef {
  return context.register(
    context.obj({
      Type: "OutputIntent",
      S: "GTS_PDFX",
      OutputConditionIdentifier: textString(identifier),
      RegistryName: textString("http://www.color.org"),
      Info: textString(identifier),
      DestOutputProfile: context.register(deflated(context, profile, { N: 4 })),
    }),
  );
}

/** C, M, Y, K of the red of 公文 (layout-facts, Press); all other inks are levels of black. */
const red = "0 0.8 0.8 0";
const greys: Readonly<Record<Exclude<Ink, "red">, number>> = { black: 0, grey: 0.6, white: 1 };

/** DeviceGray goes on the black plate alone. */
export const pressColours: Colours = (ink, use) => {
  if (ink === "red") return `${red} ${use === "fill" ? "k" : "K"}`;
  return `${greys[ink]} ${use === "fill" ? "g" : "G"}`;
};

/** The boxes of a sheet, pt from the lower left corner of the paper. */
export function sheetBoxes({ width, height }: Sheet): Readonly<Record<"MediaBox" | "BleedBox" | "TrimBox", number[]>> {
  const around = (reach: number) =>
    [margin - reach, margin - reach, margin + width + reach, margin + height + reach].map(
      (side) => Math.round(side * 1000) / 1000,
    );
  return { MediaBox: around(margin).map((side) => Math.max(0, side)), BleedBox: around(bleed), TrimBox: around(0) };
}

/** The content of a sheet: marks, then its pages, each cut off where its bleed ends or the fold is. `contentOf` writes a
 *  page whose top left corner stands at a place of the paper. */
export function sheetContent(sheet: Sheet, contentOf: (page: number, corner: Corner) => string): string {
  const { width, height, placed, fold } = sheet;
  const parts = [sheetMarks(sheet)];
  for (const { page, left, side } of placed) {
    const from = side === "right" && fold !== null ? margin + fold : margin - bleed;
    const to = side === "left" && fold !== null ? margin + fold : margin + width + bleed;
    const box = [from, margin - bleed, to - from, height + 2 * bleed].map(number).join(" ");
    const content = contentOf(page, { left: margin + left, top: margin + height });
    parts.push(`q ${box} re W n\n${content}\nQ`);
  }
  return parts.join("\n");
}

/** 裁切线 at the corners and 折线 at the fold, on every plate, clear of the bleed. */
function sheetMarks({ width, height, fold }: Sheet): string {
  const lines: number[][] = [];
  for (const [edge, away] of [
    [margin, -1],
    [margin + height, 1],
  ] as const) {
    const [near, far] = [edge + away * marks.from, edge + away * marks.to];
    for (const x of [margin, margin + width]) lines.push([x, near, x, far]);
    for (const [side, out] of [
      [margin, -1],
      [margin + width, 1],
    ] as const)
      lines.push([side + out * marks.from, edge, side + out * marks.to, edge]);
  }
  const folds = fold === null ? [] : [margin - marks.from, margin + height + marks.from];
  const foldLines = folds.map((near, i) => {
    const far = near + (i === 0 ? -1 : 1) * (marks.to - marks.from);
    return [margin + (fold ?? 0), near, margin + (fold ?? 0), far];
  });
  const drawn = (ends: readonly number[]) => {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = ends;
    return `${number(x1)} ${number(y1)} m ${number(x2)} ${number(y2)} l S`;
  };
  return [
    "/Artifact << /Type /Page >> BDC",
    `q 1 1 1 1 K ${marks.width} w`,
    ...lines.map(drawn),
    ...(foldLines.length > 0 ? ["[3 2] 0 d", ...foldLines.map(drawn)] : []),
    "Q",
    "EMC",
  ].join("\n");
}
