// Pages as grey pixels, to compare the preview with the print: PDFium's raster of a PDF page, which knows no system
// fonts, at exactly the scale of the preview; how far two rasters differ; and the difference as a picture.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { init } from "@embedpdf/pdfium";
import { rgbPng } from "../pdf/pictures.ts";

/** A byte each, row by row; 0 is black. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** Grey levels of 255 by which two pixels differ for the eye, not by the ways of two rasterisers at an edge. */
const threshold = 96;

/** Every page of a PDF at `scale` px to the pt; a page is as many whole pixels as the preview's canvas. A landscape page is
 *  rastered as a screen shows it, and turned back. */
export async function rasterPdf(bytes: Uint8Array, scale: number): Promise<Raster[]> {
  const file = readFileSync(createRequire(import.meta.url).resolve("@embedpdf/pdfium/pdfium.wasm"));
  const m = await init({ wasmBinary: Uint8Array.from(file).buffer });
  m.PDFiumExt_Init();
  const { malloc } = m.pdfium.wasmExports;
  const heap = (): Uint8Array => {
    const found: unknown = Reflect.get(m.pdfium, "HEAPU8");
    if (!(found instanceof Uint8Array)) throw new RangeError("PDFium gives no access to its memory");
    return found;
  };
  const floats = (values: readonly number[]): number => {
    const at = malloc(values.length * 4);
    for (const [i, value] of values.entries()) m.pdfium.setValue(at + i * 4, value, "float");
    return at;
  };
  const at = malloc(bytes.length);
  heap().set(bytes, at);
  const document = m.FPDF_LoadMemDocument(at, bytes.length, "");
  if (document === 0) throw new RangeError("PDFium does not open the file");

  /** `matrix`: from pt, y down, to the pixels of the bitmap. In colour: only there are glyphs put on thirds. */
  const render = (page: number, width: number, height: number, matrix: readonly number[]): Raster => {
    const [bgrx, bytesOfPixel] = [3, 4];
    const bitmap = m.FPDFBitmap_CreateEx(width, height, bgrx, 0, 0);
    m.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xffffffff);
    m.FPDF_RenderPageBitmapWithMatrix(bitmap, page, floats(matrix), floats([0, 0, width, height]), 0);
    const start = m.FPDFBitmap_GetBuffer(bitmap);
    const colours = heap().subarray(start, start + width * height * bytesOfPixel);
    const pixels = new Uint8Array(width * height);
    for (let i = 0, from = 0; i < pixels.length; i++, from += bytesOfPixel)
      pixels[i] = grey(colours[from + 2] ?? 0, colours[from + 1] ?? 0, colours[from] ?? 0);
    m.FPDFBitmap_Destroy(bitmap);
    return { width, height, pixels };
  };

  return Array.from({ length: m.FPDF_GetPageCount(document) }, (_, index) => {
    const page = m.FPDF_LoadPage(document, index);
    const exact = m.FPDF_GetPageWidthF(page) * scale;
    const width = Math.round(exact);
    const height = Math.round(m.FPDF_GetPageHeightF(page) * scale);
    const isTurned = m.FPDFPage_GetRotation(page) === 1;
    // The right edge is the head of the page, where the preview begins.
    const raster = render(page, width, height, [scale, 0, 0, scale, isTurned ? width - exact : 0, 0]);
    m.FPDF_ClosePage(page);
    return isTurned ? turnedBack(raster) : raster;
  });
}

/** A colour as grey, 0 … 255 each. */
export function grey(red: number, green: number, blue: number): number {
  return Math.round(red * 0.3 + green * 0.59 + blue * 0.11);
}

/** A quarter to the left. */
function turnedBack({ width, height, pixels }: Raster): Raster {
  const turned = new Uint8Array(pixels.length);
  for (let y = 0; y < width; y++)
    for (let x = 0; x < height; x++) turned[y * height + x] = pixels[x * width + (width - 1 - y)] ?? 0;
  return { width: height, height: width, pixels: turned };
}

/** The share of pixels, 0 … 1, by which the two differ for the eye. Throws RangeError for rasters of two sizes. */
export function difference(one: Raster, other: Raster): number {
  if (one.width !== other.width || one.height !== other.height)
    throw new RangeError(`${one.width} × ${one.height} against ${other.width} × ${other.height} pixels`);
  let differing = 0;
  for (const [i, level] of one.pixels.entries()) if (Math.abs(level - (other.pixels[i] ?? 0)) > threshold) differing++;
  return differing / one.pixels.length;
}

/** The largest share of pixels, 0 … 1, by which the two differ in a square of `side` pixels: a few words that only
 *  one of them has are lost in a page, not in their squares. */
export function localDifference(one: Raster, other: Raster, side: number): number {
  const { width, height } = one;
  const across = Math.ceil(width / side);
  const counts = new Uint32Array(across * Math.ceil(height / side));
  for (const [i, level] of one.pixels.entries()) {
    if (Math.abs(level - (other.pixels[i] ?? 0)) <= threshold) continue;
    const square = Math.floor(Math.floor(i / width) / side) * across + Math.floor((i % width) / side);
    counts[square] = (counts[square] ?? 0) + 1;
  }
  return Math.max(...counts) / side ** 2;
}

/** The raster `rows` pixels further down. */
export function shifted({ width, height, pixels }: Raster, rows: number): Raster {
  const moved = new Uint8Array(pixels.length).fill(255);
  moved.set(pixels.subarray(0, (height - rows) * width), rows * width);
  return { width, height, pixels: moved };
}

/** The raster with a white square on it; pixels. */
export function blotted({ width, height, pixels }: Raster, left: number, top: number, side: number): Raster {
  const blank = pixels.slice();
  for (let y = top; y < top + side; y++) blank.fill(255, y * width + left, y * width + left + side);
  return { width, height, pixels: blank };
}

/** Share of pixels that are dark, 0 … 1. */
export function inkOf({ pixels }: Raster): number {
  let dark = 0;
  for (const level of pixels) if (level < 128) dark++;
  return dark / pixels.length;
}

/** A PNG: what only `one` has is red, what only `other` has is blue, what both have is pale. */
export function differencePicture(one: Raster, other: Raster): Uint8Array {
  const { width, height } = one;
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0, at = 0; y < height; y++) {
    at++;
    for (let x = 0; x < width; x++, at += 3) {
      const [a = 0, b = 0] = [one.pixels[y * width + x], other.pixels[y * width + x]];
      if (a < b - threshold) rows.set([220, 0, 0], at);
      else if (b < a - threshold) rows.set([0, 0, 220], at);
      else rows.fill(160 + Math.round((a + b) * 0.18), at, at + 3);
    }
  }
  return rgbPng(width, height, rows);
}
