// What a press needs around and in the pages: trim, bleed and marks, inks instead of screen colours, and the printing
// condition they are meant for (ISO 15930-7).
import { type PDFContext, PDFName, type PDFRef } from "pdf-lib";
import { greyLevels } from "../../shared/layout/display.ts";
import { mm } from "../../shared/layout/millimetre.ts";
import type { RedInk } from "../../shared/layout/redInk.ts";
import type { Sheet } from "./booklet.ts";
import { type Colours, type Corner, number } from "./content.ts";
import { deflated, textString } from "./objects.ts";

/** What touches the edge goes on so far beyond it. */
const bleed = 3 * mm;
/** Paper around the trimmed page, for the marks. */
const margin = 10 * mm;
/** Marks begin and end so far from the edge. */
const marks = { from: 4 * mm, to: 9 * mm, width: 0.25 };

/** A printing condition and the ICC profile that describes it. */
export interface PrintCondition {
  /** Its name in the registry of the ICC, e.g. FOGRA39; null: it is the printer's own. */
  readonly registered: string | null;
  /** How a person knows it. */
  readonly name: string;
  readonly profile: Uint8Array;
}

/** The intent of ISO 15930-7, 6.2.2: what is in the registry is named, what is not is described. */
export function printIntent(context: PDFContext, { registered, name, profile }: PrintCondition): PDFRef {
  return context.register(
    context.obj({
      Type: "OutputIntent",
      S: "GTS_PDFX",
      OutputConditionIdentifier: textString(registered ?? "Custom"),
      ...(registered === null
        ? { OutputCondition: textString(name) }
        : { RegistryName: textString("http://www.color.org") }),
      Info: textString(name),
      DestOutputProfile: context.register(deflated(context, profile, { N: 4 })),
    }),
  );
}

/** Names of the plates in the resources of every page: that of red, where it has its own, and all of them. */
const redSpace = "Red";
const everyPlate = "All";

/** The colour spaces that the content names. */
export function plateSpaces(context: PDFContext, red: RedInk): Readonly<Record<string, PDFRef>> {
  const { plate, magenta, yellow } = red;
  const all = separation(context, everyPlate, [1, 1, 1, 1]);
  if (plate === "") return { [everyPlate]: all };
  return { [everyPlate]: all, [redSpace]: separation(context, plate, [0, magenta / 100, yellow / 100, 0]) };
}

/** A plate, and the process inks that stand for it where there is none of its name (ISO 32000-1, 8.6.6.4). */
function separation(context: PDFContext, plate: string, inks: readonly number[]): PDFRef {
  const tint = context.register(
    context.obj({ FunctionType: 2, Domain: [0, 1], C0: [0, 0, 0, 0], C1: [...inks], N: 1 }),
  );
  // A name is bytes, of UTF-8 when they are to be read; pdf-lib escapes a letter for each.
  const bytes = Buffer.from(plate, "utf8").toString("latin1").replaceAll("#", "#23");
  return context.register(context.obj(["Separation", PDFName.of(bytes), "DeviceCMYK", tint]));
}

/** DeviceGray goes on the black plate alone; red on its own, or on those of magenta and yellow. */
export const pressColours =
  ({ plate, magenta, yellow }: RedInk): Colours =>
  (ink, use) => {
    const isFill = use === "fill";
    if (ink !== "red") return `${number(greyLevels[ink])} ${isFill ? "g" : "G"}`;
    if (plate === "") return `0 ${number(magenta / 100)} ${number(yellow / 100)} 0 ${isFill ? "k" : "K"}`;
    return isFill ? `/${redSpace} cs 1 scn` : `/${redSpace} CS 1 SCN`;
  };

/** What is meant for every plate, whatever its ink. */
const registrationColours: Colours = (_, use) =>
  use === "fill" ? `/${everyPlate} cs 1 scn` : `/${everyPlate} CS 1 SCN`;

/** The boxes of a sheet, pt from the lower left corner of the paper. */
export function sheetBoxes({ width, height }: Sheet): Readonly<Record<"MediaBox" | "BleedBox" | "TrimBox", number[]>> {
  const around = (reach: number) =>
    [margin - reach, margin - reach, margin + width + reach, margin + height + reach].map(
      (side) => Math.round(side * 1000) / 1000,
    );
  return { MediaBox: around(margin).map((side) => Math.max(0, side)), BleedBox: around(bleed), TrimBox: around(0) };
}

/** The content of a sheet: marks, its pages, each cut off where its bleed ends or the fold is, and the words beside it.
 *  `contentOf` writes a page whose top left corner stands at a place of the paper; `slugOf` the words, which reach
 *  from the lower left corner of the trim as far as the fold. */
export function sheetContent(
  sheet: Sheet,
  contentOf: (page: number, corner: Corner) => string,
  slugOf: (corner: Corner, room: number) => string,
): string {
  const { width, height, placed, fold } = sheet;
  const parts = [sheetMarks(sheet)];
  for (const { page, left, side } of placed) {
    const from = side === "right" && fold !== null ? margin + fold : margin - bleed;
    const to = side === "left" && fold !== null ? margin + fold : margin + width + bleed;
    const box = [from, margin - bleed, to - from, height + 2 * bleed].map(number).join(" ");
    const content = contentOf(page, { left: margin + left, top: margin + height });
    parts.push(`q ${box} re W n\n${content}\nQ`);
  }
  const words = slugOf({ left: margin, top: margin }, fold ?? width);
  parts.push(`${sheetTag}\nq ${registrationColours("black", "fill")}\n${words}\nQ\nEMC`);
  return parts.join("\n");
}

/** What is the printer's and no part of the page. */
const sheetTag = "/Artifact << /Type /Page >> BDC";

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
    sheetTag,
    `q ${registrationColours("black", "stroke")} ${marks.width} w`,
    ...lines.map(drawn),
    ...(foldLines.length > 0 ? ["[3 2] 0 d", ...foldLines.map(drawn)] : []),
    "Q",
    "EMC",
  ].join("\n");
}
