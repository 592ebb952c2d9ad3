// Paints a page of the display list on a canvas, glyph by glyph at the exact places the PDF puts them. Each face comes
// rebuilt (paintFace.ts) with glyph g at U+F0000+g and without any feature, so the browser can neither shape nor space.
import { type FaceId, type Ink, inkColours, type Page, type TextRun } from "../../shared/layout/display.ts";

/** First code point of the rebuilt faces: plane 15, private use. */
const firstGlyph = 0xf0000;

function colour(ink: Ink): string {
  return `rgb(${inkColours[ink].map((share) => Math.round(share * 255)).join(" ")})`;
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

/** `scale`: canvas pixels to a pt. The canvas has the size of the page. */
export function paintPage(context: CanvasRenderingContext2D, page: Page, scale: number): void {
  context.resetTransform();
  context.fillStyle = "#ffffff";
  // The canvas ends on a whole pixel, the page need not.
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.textBaseline = "alphabetic";
  context.fontKerning = "none";
  context.textRendering = "geometricPrecision";
  for (const item of page.items) {
    if (item.kind === "link") continue;
    if (item.kind === "text") paintRun(context, item);
    else if (item.kind === "fill") {
      context.fillStyle = colour(item.ink);
      context.fillRect(item.x, item.y, item.width, item.height);
    } else {
      context.strokeStyle = colour(item.ink);
      context.lineWidth = item.width;
      context.beginPath();
      context.moveTo(item.x1, item.y1);
      context.lineTo(item.x2, item.y2);
      context.stroke();
    }
  }
}

function paintRun(context: CanvasRenderingContext2D, run: TextRun): void {
  context.font = `${run.size}px "${familyOf(run.face)}"`;
  context.fillStyle = colour(run.ink);
  const cuts = new Map(run.cuts?.map((cut) => [cut.at, (cut.left / 1000) * run.size]));
  const turned = run.turn === 90;
  if (turned) {
    context.save();
    context.translate(run.x, run.y);
    context.rotate(Math.PI / 2);
  }
  const [x, y] = turned ? [0, 0] : [run.x, run.y];
  for (const [i, gid] of run.gids.entries())
    context.fillText(String.fromCodePoint(firstGlyph + gid), x + (run.xs[i] ?? 0) - (cuts.get(i) ?? 0), y);
  if (turned) context.restore();
}
