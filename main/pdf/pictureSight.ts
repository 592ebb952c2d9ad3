// What a reader of a finished file sees where a picture stands: that part of the page alone, painted by PDFium with whatever
// lies over it, in few cells.
import type { Pdfium } from "./pdfium.ts";
import type { Box } from "./reader.ts";

/** Cells along each side of what is seen, and pixels along each side of a cell. Many numbers divide 48. */
export const seenCells = 48;
const cellPixels = 16;

/** FPDFBitmap_BGR; FPDF_REVERSE_BYTE_ORDER */
const rgbBitmap = 2;
const reversed = 0x10;

/** Means of red, green and blue, 0 … 255, of `seenCells` by `seenCells` cells. `box`: pt from the top left of what is shown
 *  of the page. `scratch`: 64 bytes of PDFium's memory. */
export function seenIn(engine: Pdfium, page: number, box: Box, scratch: number): Float32Array {
  const { m } = engine;
  const side = seenCells * cellPixels;
  const means = new Float32Array(seenCells * seenCells * 3);
  const [across, down] = [box.right - box.left, box.bottom - box.top];
  if (!(across > 0 && down > 0)) return means;
  const [a, d] = [side / across, side / down];
  new Float32Array(engine.heap().buffer, scratch, 10).set([
    ...[a, 0, 0, d, -box.left * a, -box.top * d],
    ...[0, 0, side, side],
  ]);
  const bitmap = m.FPDFBitmap_CreateEx(side, side, rgbBitmap, 0, 0);
  try {
    m.FPDFBitmap_FillRect(bitmap, 0, 0, side, side, 0xffffffff);
    m.FPDF_RenderPageBitmapWithMatrix(bitmap, page, scratch, scratch + 24, reversed);
    const stride = m.FPDFBitmap_GetStride(bitmap);
    const start = m.FPDFBitmap_GetBuffer(bitmap);
    const pixels = engine.heap().subarray(start, start + stride * side);
    for (let y = 0; y < side; y++)
      for (let x = 0; x < side; x++) {
        const cell = (Math.floor(y / cellPixels) * seenCells + Math.floor(x / cellPixels)) * 3;
        for (let k = 0; k < 3; k++) means[cell + k] = (means[cell + k] ?? 0) + (pixels[y * stride + x * 3 + k] ?? 0);
      }
    return means.map((sum) => sum / cellPixels ** 2);
  } finally {
    m.FPDFBitmap_Destroy(bitmap);
  }
}
