// One page of the display list -> its content stream, item by item in the same order, so that the text of the PDF
// comes out in reading order. Whatever is not approved text is marked as an artifact, and the contents as TOC.
import {
  type Artifact,
  type Ink,
  type Item,
  inkColours,
  type Page,
  type TextRun,
} from "../../shared/layout/display.ts";
import { hex4, type PdfFont } from "./font.ts";

/** A font of the document and its name in the resources of every page. */
export interface NamedFont {
  readonly name: string;
  readonly font: PdfFont;
}

/** `fontOf` throws RangeError for a face the document has not. */
export function pageContent(page: Page, fontOf: (face: string) => NamedFont): string {
  const lines = [`1 0 0 -1 0 ${number(page.height)} cm`];
  let open: string | null = null;
  const mark = (next: string | null) => {
    if (next === open) return;
    if (open !== null) lines.push("EMC");
    if (next !== null) lines.push(next);
    open = next;
  };
  for (const item of page.items) {
    if (item.kind === "link") continue;
    mark(markOf(item));
    if (item.kind === "text") lines.push(textOperators(item, fontOf(item.face)));
    else if (item.kind === "rule")
      lines.push(
        `${colour(item.ink, "stroke")} ${number(item.width)} w ${number(item.x1)} ${number(item.y1)} m ${number(item.x2)} ${number(item.y2)} l S`,
      );
    else
      lines.push(
        `${colour(item.ink, "fill")} ${number(item.x)} ${number(item.y)} ${number(item.width)} ${number(item.height)} re f`,
      );
  }
  mark(null);
  return lines.join("\n");
}

/** Names and types of ISO 32000-1, 14.8.2.2. */
const artifactMarks: Readonly<Record<Artifact, string>> = {
  folio: "/Artifact << /Type /Pagination /Subtype /Footer >> BDC",
  runningHead: "/Artifact << /Type /Pagination /Subtype /Header >> BDC",
  repeat: "/Artifact << /Type /Pagination >> BDC",
  leader: "/Artifact << /Type /Layout >> BDC",
  filler: "/Artifact << /Type /Page >> BDC",
};

function markOf(item: Exclude<Item, { kind: "link" }>): string | null {
  if (item.kind !== "text") return "/Artifact << /Type /Layout >> BDC";
  if (item.artifact) return artifactMarks[item.artifact];
  return item.source?.in === "front" && item.source.part === "contents" ? "/TOC BMC" : null;
}

/** One Tm and one TJ: the pen goes by the widths of the font, and each difference to the wanted place is an adjustment
 *  in 1/1000 em. What rounding leaves is carried along, so that it never adds up to more than 0.05/1000 em. */
function textOperators(run: TextRun, { name, font }: NamedFont): string {
  const cuts = new Map((run.cuts ?? []).map((cut) => [cut.at, cut]));
  let parts = "";
  let string = "";
  let pen = 0;
  for (const [i, gid] of run.gids.entries()) {
    const wanted = ((run.xs[i] ?? Number.NaN) / run.size) * 1000;
    const move = Math.round((pen - wanted) * 10) / 10;
    if (Number.isNaN(move)) throw new RangeError(`no place for glyph ${i} of “${run.text}”`);
    if (move !== 0) {
      if (string) parts += `<${string}>`;
      parts += number(move);
      string = "";
      pen -= move;
    }
    const { left, right } = cuts.get(i) ?? { left: 0, right: 0 };
    string += hex4(font.code(gid, run.text.slice(run.starts[i], run.starts[i + 1]), left, right));
    pen += font.advance(gid, left, right);
  }
  if (string) parts += `<${string}>`;
  // The page is y down; glyphs are y up. A clockwise quarter turn sends the pen down the page.
  const matrix = run.turn === 90 ? "0 1 1 0" : "1 0 0 -1";
  return `BT ${colour(run.ink, "fill")} /${name} ${number(run.size)} Tf ${matrix} ${number(run.x)} ${number(run.y)} Tm [${parts}] TJ ET`;
}

/** Black and grey are grey levels, so that they stay K in print; only red is a colour. */
function colour(ink: Ink, use: "fill" | "stroke"): string {
  const [r, g, b] = inkColours[ink];
  if (r === g && g === b) return `${number(r)} ${use === "fill" ? "g" : "G"}`;
  return `${number(r)} ${number(g)} ${number(b)} ${use === "fill" ? "rg" : "RG"}`;
}

/** At most three decimals (0.001 pt), never in exponent form. */
export function number(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is no coordinate`);
  const rounded = Math.round(value * 1000) / 1000;
  return rounded === 0 ? "0" : String(rounded);
}
