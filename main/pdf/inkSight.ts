// Whether a page leaves ink where its text says that it does: PDFium draws the page, and the pixels in the box of each
// character are looked at, roughly at first and finely where a small mark has left too little.
import type { Pdfium } from "./pdfium.ts";
import type { Box } from "./reader.ts";

/** Pixels per pt of the raster that ink is looked for in, and of the finer one that is asked when a small mark has left
 *  too little in the first. */
const rasterScale = 1;
const fineScale = 4;
/** Where more marks than these are pale on a page, the whole of it is rastered finely, else a tile around each. */
const mostTiles = 40;
/** Darkness of 255 that counts as ink. */
const inkThreshold = 24;
/** FPDFBitmap_Gray; FPDF_GRAYSCALE */
const grayBitmap = 1;
const renderGray = 0x08;

/** A page as a reader shows it, before it is turned: its handle, its clockwise turn in quarters, its sides in pt. */
export interface Shown {
  readonly page: number;
  readonly rotation: number;
  readonly width: number;
  readonly height: number;
}

/** For each box (pt from the top left of what is shown), whether something dark stands in it. */
export function inkedIn(engine: Pdfium, shown: Shown, boxes: readonly Box[]): boolean[] {
  const whole = { left: 0, top: 0, right: shown.width, bottom: shown.height };
  const look = (wanted: readonly Box[], part: Box, scale: number): boolean[] =>
    rastered(engine, shown, part, scale, (raster) => wanted.map((box) => hasInk(raster, box)));
  const found = look(boxes, whole, rasterScale);
  const pale = boxes.filter((box, i) => !found[i] && isOutlined(box));
  if (pale.length === 0) return found;
  const fine =
    pale.length > mostTiles
      ? look(pale, whole, fineScale)
      : pale.flatMap((box) => look([box], tileOf(box, shown), fineScale));
  const inked = new Set(pale.filter((_, i) => fine[i]));
  return boxes.map((box, i) => found[i] === true || inked.has(box));
}

/** What `look` sees in the raster of a part of the page, `scale` pixels a pt. */
function rastered<T>(engine: Pdfium, shown: Shown, part: Box, scale: number, look: (raster: Raster) => T): T {
  const { m } = engine;
  const pixels = (length: number) => Math.max(1, Math.ceil(length * scale));
  const [width, height] = [pixels(part.right - part.left), pixels(part.bottom - part.top)];
  const bitmap = m.FPDFBitmap_CreateEx(width, height, grayBitmap, 0, 0);
  try {
    m.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xffffffff);
    // Turned back, so that boxes stand where they do on the page.
    const back = (4 - shown.rotation) % 4;
    const [x, y] = [part.left * scale, part.top * scale];
    const sides = [pixels(shown.width), pixels(shown.height)] as const;
    m.FPDF_RenderPageBitmap(bitmap, shown.page, -x, -y, ...sides, back, renderGray);
    const stride = m.FPDFBitmap_GetStride(bitmap);
    const start = m.FPDFBitmap_GetBuffer(bitmap);
    return look({
      pixels: engine.heap().subarray(start, start + stride * height),
      stride,
      width,
      height,
      scale,
      x,
      y,
    });
  } finally {
    m.FPDFBitmap_Destroy(bitmap);
  }
}

interface Raster {
  /** A byte each, row by row. */
  readonly pixels: Uint8Array;
  readonly stride: number;
  readonly width: number;
  readonly height: number;
  /** Pixels per pt; where its top left corner stands on the page, pixels. */
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

/** A glyph without outline has a box without height, whose pixels would be its neighbours'; the thinnest dash is 0.3 pt
 *  high, and is looked at as one pixel. */
function isOutlined({ left, top, right, bottom }: Box): boolean {
  return bottom - top >= 0.05 && right - left >= 0.05;
}

/** Whole pt around a box, on the page. */
function tileOf({ left, top, right, bottom }: Box, { width, height }: Shown): Box {
  const within = (at: number, most: number) => Math.min(Math.max(at, 0), most);
  return {
    left: within(Math.floor(left), Math.ceil(width) - 1),
    top: within(Math.floor(top), Math.ceil(height) - 1),
    right: within(Math.ceil(right), Math.ceil(width)),
    bottom: within(Math.ceil(bottom), Math.ceil(height)),
  };
}

/** Whether some pixel of the box is dark. */
function hasInk({ pixels, stride, width, height, scale, x, y }: Raster, box: Box): boolean {
  if (!isOutlined(box)) return false;
  const x1 = Math.max(0, Math.floor(box.left * scale) - x);
  const y1 = Math.max(0, Math.floor(box.top * scale) - y);
  const x2 = Math.min(width, Math.max(x1 + 1, Math.ceil(box.right * scale) - x));
  const y2 = Math.min(height, Math.max(y1 + 1, Math.ceil(box.bottom * scale) - y));
  for (let row = y1; row < y2; row++)
    for (let at = row * stride + x1; at < row * stride + x2; at++)
      if ((pixels[at] ?? 255) < 255 - inkThreshold) return true;
  return false;
}
