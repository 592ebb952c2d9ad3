// The pictures of a re-read PDF against the files that were inserted: each in its box, and showing what its file shows. The
// file is looked at by another way than the one the PDF was made and is shown by: of a JPEG the first coefficients, of a PNG
// its own rows; only the colours of profiles and inks are PDFium's on both sides.
import { PDFName } from "pdf-lib";
import type { Layout } from "../../shared/layout/display.ts";
import { type Orientation, type PngFile, readImageFile } from "../../shared/model/imageFile.ts";
import { cellMeans, type Sketch, sketchJpeg } from "../../shared/model/jpegSketch.ts";
import { deflated } from "./objects.ts";
import { type Palette, painted, pngProfile, profiled } from "./picture.ts";
import { seenCells } from "./pictureSight.ts";
import { pageName } from "./places.ts";
import { pngPixels } from "./raster.ts";
import type { ReadPdf } from "./reader.ts";

/** The files of the pictures by the names that the layout has for them, and the colours they are printed in. */
export interface ApprovedPictures {
  readonly images: ReadonlyMap<string, Uint8Array>;
  readonly palette: Palette;
}

/** Every picture stands in its box and shows its file, and no other does. Without `approved` only the boxes are compared. */
export async function checkPictures(
  pdf: ReadPdf,
  layout: Layout,
  approved: ApprovedPictures | null,
): Promise<string[]> {
  const told: string[] = [];
  const known = new Map<string, Shown | null>();
  for (const [i, page] of layout.pages.entries()) {
    const wanted = page.items.filter((item) => item.kind === "picture");
    const found = pdf.pages[i]?.pictures ?? [];
    if (wanted.length !== found.length) {
      told.push(`${pageName(pdf, i)}有${found.length}张图片，应有${wanted.length}张`);
      continue;
    }
    for (const [k, { x, y, width, height, image }] of wanted.entries()) {
      const box = found[k];
      const name = `${pageName(pdf, i)}${wanted.length > 1 ? `的第${k + 1}张图片` : "的图片"}`;
      const edges = [x, y, x + width, y + height];
      if (!box || [box.left, box.top, box.right, box.bottom].some((at, e) => Math.abs(at - (edges[e] ?? 0)) > 0.5)) {
        told.push(`${name}不在版面上的位置`);
        continue;
      }
      const bytes = approved?.images.get(image);
      if (!approved || !bytes) continue;
      const shows = known.has(image) ? known.get(image) : await shownBy(bytes, image, approved.palette);
      known.set(image, shows ?? null);
      if (!shows) told.push(`${name}的原图已损坏，请重新插入这张图片后再导出`);
      else if (!isAlike(expectedIn(shows, width, height), box.seen))
        told.push(`${name}与插入的原图不符，可能被换过、翻转、裁切、遮盖或变了颜色`);
    }
  }
  return told;
}

// ---------------------------------------------------------------- what must be seen

/** What a file shows, in cells so fine that colours can be told in them. */
interface Shown {
  readonly file: ReturnType<typeof readImageFile>;
  readonly fine: Float32Array;
  readonly fineColumns: number;
  readonly fineRows: number;
  readonly tolerance: number;
}

/** Means of red, green and blue of `columns` by `rows` cells of the upright picture. */
interface Expected {
  readonly columns: number;
  readonly rows: number;
  readonly values: Float32Array;
  /** How far a cell may be from it, of 255. */
  readonly tolerance: number;
}

/** Cells in which colours are turned into others, before they are brought together to those that are compared: means of
 *  colours that were turned are not the turned means. */
const fineCells = 192;
/** Of 255. Codings, edges of pixels and fine lines leave up to 16 on a screen and 23 in the inks of a press (measured with
 *  photographs, halftones and four hundred crossing lines); a refused file costs more than a faint spot. */
const tolerances = { screen: 32, press: 48 } as const;
/** A cell of fewer pixels along a side says more of the rounding than of the picture. */
const leastPixels = 8;
/** No picture is brought down to fewer pixels to the inch. */
const leastPpi = 300;

/** Null for a picture that was stored before its data were looked at, and is cut off. */
async function shownBy(bytes: Uint8Array, image: string, palette: Palette): Promise<Shown | null> {
  const file = readImageFile(bytes, image);
  const sides = [file.width, file.height] as const;
  const [fineColumns = 1, fineRows = 1] = sides.map((side) => Math.min(side, fineCells));
  const sketch =
    file.mime === "image/jpeg" ? sketchJpeg(bytes, fineColumns, fineRows) : sketchPng(file, fineColumns, fineRows);
  if (!sketch) return null;
  const profile = file.mime === "image/jpeg" ? file.profile : pngProfile(file);
  const fine = await shown(sketch, profile, palette);
  const tolerance = palette === "screen" ? tolerances.screen : tolerances.press;
  return { file, fine, fineColumns, fineRows, tolerance };
}

/** The cells of a picture that is printed in a box of so many pt. What is printed small has few pixels, and so few cells. */
function expectedIn({ file, fine, fineColumns, fineRows, tolerance }: Shown, width: number, height: number): Expected {
  const isOnSide = file.orientation >= 5;
  const printed = [isOnSide ? height : width, isOnSide ? width : height].map((side) => (side / 72) * leastPpi);
  const [columns = 1, rows = 1] = [file.width, file.height].map((side, i) =>
    cellsOf(Math.min(side, printed[i] ?? side)),
  );
  const upright = turned(columns, rows, file.orientation);
  const values = new Float32Array(columns * rows * 3);
  for (let k = 0; k < 3; k++) {
    const means = fine.filter((_, i) => i % 3 === k);
    const plane = { means, stride: fineColumns, across: 1, down: 1 };
    const cells = cellMeans(plane, fineColumns, fineRows, columns, rows);
    for (const [i, cell] of upright.places.entries()) values[i * 3 + k] = cells[cell] ?? 0;
  }
  return { columns: upright.columns, rows: upright.rows, values, tolerance };
}

/** The most cells of a side that are wide enough and divide those that are seen. */
function cellsOf(pixels: number): number {
  const most = Math.max(1, Math.floor(pixels / leastPixels));
  return [24, 16, 12, 8, 6, 4, 3, 2, 1].find((count) => count <= most) ?? 1;
}

/** Each pixel counts for the cell that its middle lies in. */
function sketchPng(file: PngFile, columns: number, rows: number): Sketch {
  const { width, height, channels, samples } = pngPixels(file);
  const values = new Float32Array(columns * rows * channels);
  const counts = new Float32Array(columns * rows);
  for (let y = 0, at = 0; y < height; y++) {
    const row = Math.floor(((y + 0.5) * rows) / height) * columns;
    for (let x = 0; x < width; x++) {
      const cell = row + Math.floor(((x + 0.5) * columns) / width);
      counts[cell] = (counts[cell] ?? 0) + 1;
      for (let k = cell * channels; k < (cell + 1) * channels; k++) values[k] = (values[k] ?? 0) + (samples[at++] ?? 0);
    }
  }
  for (let i = 0; i < values.length; i++) values[i] = (values[i] ?? 0) / (counts[Math.floor(i / channels)] ?? 1);
  return { columns, rows, channels: channels === 1 ? 1 : 3, values };
}

/** Red, green and blue of each cell as PDFium shows them in the colours of a file. */
async function shown(sketch: Sketch, profile: Uint8Array | null, palette: Palette): Promise<Float32Array> {
  const { columns, rows, channels } = sketch;
  if (channels === 1) return tripled(sketch.values);
  // The inks of a picture that was made for a press go there as they are.
  const isInked = channels === 4 && typeof palette === "object";
  const colours = await painting(sketch.values, columns, rows, channels, isInked ? null : profile);
  if (palette === "screen" || isInked) return colours;
  if (palette === "grey" || !hasColour(colours)) return tripled(greys(colours));
  const inks = palette.inks();
  const rgb = Uint8Array.from(colours, Math.round);
  const amounts = new Uint8Array(columns * rows * 4);
  for (let cell = 0; cell < columns * rows; cell++) inks.convert(rgb, cell * 3, amounts, cell * 4);
  return painting(amounts, columns, rows, 4, null);
}

async function painting(
  values: ArrayLike<number>,
  columns: number,
  rows: number,
  channels: 3 | 4,
  profile: Uint8Array | null,
): Promise<Float32Array> {
  const { samples } = await painted(columns, rows, 3, (context) => {
    const stream = deflated(context, Uint8Array.from(values, Math.round), {});
    const entries = { Type: "XObject", Subtype: "Image", Width: columns, Height: rows, BitsPerComponent: 8 };
    for (const [key, value] of context.obj(entries).entries()) stream.dict.set(key, value);
    stream.dict.set(PDFName.of("ColorSpace"), profiled(context, profile, channels));
    return context.register(stream);
  });
  return Float32Array.from(samples);
}

const tripled = (grey: Float32Array): Float32Array =>
  Float32Array.from({ length: grey.length * 3 }, (_, i) => grey[Math.floor(i / 3)] ?? 0);

function greys(rgb: Float32Array): Float32Array {
  return Float32Array.from(
    { length: rgb.length / 3 },
    (_, i) => 0.299 * (rgb[i * 3] ?? 0) + 0.587 * (rgb[i * 3 + 1] ?? 0) + 0.114 * (rgb[i * 3 + 2] ?? 0),
  );
}

/** Whether some cell is more than roundings away from grey. */
function hasColour(rgb: Float32Array): boolean {
  for (let i = 0; i < rgb.length; i += 3) {
    const [r = 0, g = 0, b = 0] = rgb.subarray(i, i + 3);
    if (Math.max(r, g, b) - Math.min(r, g, b) > 2) return true;
  }
  return false;
}

/** For each cell of the upright picture, which of the stored one it is (Exif 2.3, tag 0x0112). */
function turned(
  columns: number,
  rows: number,
  orientation: Orientation,
): { readonly columns: number; readonly rows: number; readonly places: readonly number[] } {
  const isOnSide = orientation >= 5;
  const [across, down] = isOnSide ? [rows, columns] : [columns, rows];
  const places = Array.from({ length: across * down }, (_, i) => {
    const [x, y] = [i % across, Math.floor(i / across)];
    const column = isOnSide ? y : x;
    const row = isOnSide ? x : y;
    // Which ends of the stored columns and rows are the upright picture's last.
    const fromRight = [2, 3, 7, 8].includes(orientation);
    const fromBottom = [3, 4, 6, 7].includes(orientation);
    return (fromBottom ? rows - 1 - row : row) * columns + (fromRight ? columns - 1 - column : column);
  });
  return { columns: across, rows: down, places };
}

// ---------------------------------------------------------------- what is seen

function isAlike({ columns, rows, values, tolerance }: Expected, seen: Float32Array): boolean {
  for (let k = 0; k < 3; k++) {
    const means = seen.filter((_, i) => i % 3 === k);
    const cells = cellMeans({ means, stride: seenCells, across: 1, down: 1 }, seenCells, seenCells, columns, rows);
    if (cells.some((mean, i) => Math.abs(mean - (values[i * 3 + k] ?? 0)) > tolerance)) return false;
  }
  return true;
}
