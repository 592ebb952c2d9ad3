// Paints a page of the display list on a canvas, glyph by glyph at the exact places the PDF puts them. Each face comes
// rebuilt (paintFace.ts) with glyph g at U+F0000+g and without any feature, so the browser can neither shape nor space.
import {
  type FaceId,
  type Ink,
  inkColour,
  type Page,
  type Picture,
  type Rule,
  type TextRun,
} from "../../shared/layout/display.ts";
import type { RedInk } from "../../shared/layout/redInk.ts";

/** First code point of the rebuilt faces: plane 15, private use. */
const firstGlyph = 0xf0000;

function colour(ink: Ink, red: RedInk | undefined): string {
  return `rgb(${inkColour(ink, red)
    .map((share) => Math.round(share * 255))
    .join(" ")})`;
}

export function familyOf(face: FaceId): string {
  return `gazette-paint-${face}`;
}

/** Faces that a page needs before it can be painted. */
export function facesOf(page: Page): Set<FaceId> {
  const faces = new Set<FaceId>();
  for (const item of page.items) if (item.kind === "text") faces.add(item.face);
  return faces;
}

/** The pictures of a page, as the display list names them. */
export function picturesOf(page: Page): Set<string> {
  const pictures = new Set<string>();
  for (const item of page.items) if (item.kind === "picture") pictures.add(item.image);
  return pictures;
}

/** Decoded pictures by their names; one that is not there yet leaves its box grey. */
export type Decoded = ReadonlyMap<string, CanvasImageSource | null>;

/** `scale`: canvas pixels to a pt. The canvas has the size of the page. `red`: the style's; absent: the usual. */
export function paintPage(
  context: CanvasRenderingContext2D,
  page: Page,
  scale: number,
  pictures: Decoded,
  red?: RedInk,
): void {
  context.resetTransform();
  context.fillStyle = "#ffffff";
  // The canvas ends on a whole pixel, the page need not.
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.textBaseline = "alphabetic";
  context.fontKerning = "none";
  context.textRendering = "geometricPrecision";
  context.imageSmoothingQuality = "high";
  for (const item of page.items) {
    if (item.kind === "link") continue;
    if (item.kind === "text") paintRun(context, item, colour(item.ink, red));
    else if (item.kind === "rule") paintRule(context, item, colour(item.ink, red));
    else if (item.kind === "picture") paintPicture(context, item, pictures.get(item.image) ?? null);
    else {
      context.fillStyle = colour(item.ink, red);
      context.fillRect(item.x, item.y, item.width, item.height);
    }
  }
}

function paintRule(context: CanvasRenderingContext2D, rule: Rule, style: string): void {
  context.strokeStyle = style;
  context.lineWidth = rule.width;
  context.beginPath();
  context.moveTo(rule.x1, rule.y1);
  context.lineTo(rule.x2, rule.y2);
  context.stroke();
}

function paintPicture(
  context: CanvasRenderingContext2D,
  { x, y, width, height }: Picture,
  picture: CanvasImageSource | null,
): void {
  context.fillStyle = "#eceef1";
  if (picture) context.drawImage(picture, x, y, width, height);
  else context.fillRect(x, y, width, height);
}

function paintRun(context: CanvasRenderingContext2D, run: TextRun, style: string): void {
  context.font = `${run.size}px "${familyOf(run.face)}"`;
  context.fillStyle = style;
  const cuts = new Map(run.cuts?.map((cut) => [cut.at, (cut.left / 1000) * run.size]));
  const turned = run.turn !== undefined;
  if (turned) {
    context.save();
    context.translate(run.x, run.y);
    context.rotate((run.turn * Math.PI) / 180);
  }
  const [x, y] = turned ? [0, 0] : [run.x, run.y];
  for (const [i, gid] of run.gids.entries())
    context.fillText(String.fromCodePoint(firstGlyph + gid), x + (run.xs[i] ?? 0) - (cuts.get(i) ?? 0), y);
  if (turned) context.restore();
}
