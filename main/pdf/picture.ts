// A picture file -> an image of the PDF. What already is as it must be printed goes in as it is stored, byte for byte; the
// rest is unpacked, laid on white, brought down to the pixels that can be seen and turned into the colours of the file.
import { inflateSync } from "node:zlib";
import {
  PDFContext,
  type PDFDict,
  PDFHexString,
  PDFName,
  type PDFObject,
  PDFRawStream,
  type PDFRef,
  PDFWriter,
} from "pdf-lib";
import {
  type ImageFile,
  type JpegFile,
  type Orientation,
  type PngFile,
  readImageFile,
  seenSize,
} from "../../shared/model/imageFile.ts";
import type { Inks } from "./inks.ts";
import { writeJpeg } from "./jpegWriter.ts";
import { deflated } from "./objects.ts";
import { rasterFirstPage } from "./pdfium.ts";
import {
  bilevelRows,
  filteredRows,
  greyed,
  isBilevel,
  pngPixels,
  type Raster,
  resampled,
  withoutEmptyColours,
} from "./raster.ts";

/** An image of the document, its name in the resources of every page, and how it is turned to stand upright. */
export interface NamedPicture {
  readonly name: string;
  readonly ref: PDFRef;
  readonly orientation: Orientation;
}

/** Colours that a file may have in its pictures: those of a screen (red, green and blue, or grey), grey alone, or the inks
 *  of a press; `inks` is asked for when the first picture needs them. */
export type Palette = "screen" | "grey" | { inks(): Inks };

/** Pixels to an inch beyond which more are not seen in print: of photographs, of drawings, of black and white alone. */
const finest = { photograph: 300, drawing: 600, bilevel: 1200 } as const;
/** What is finer by no more than this stays as it is: fewer pixels would cost sharpness and save nothing. */
const spare = 1.25;

/** `image` names the bytes in errors; `width`: of the picture where it is printed widest, pt. Throws GazetteError badFile for
 *  bytes that are no whole PNG or JPEG. */
export async function embedPicture(
  context: PDFContext,
  image: string,
  bytes: Uint8Array,
  palette: Palette,
  width: number,
): Promise<Omit<NamedPicture, "name">> {
  const file = readImageFile(bytes, image);
  const { orientation } = file;
  const resolution = (72 * seenSize(file).width) / width;
  const packed = isWithin(file, palette, resolution) ? packedImage(context, file, bytes, palette) : null;
  if (packed) return { ref: packed, orientation };
  const whole = withoutEmptyColours(await pixelsOf(file, bytes));
  const most = isBilevel(whole) ? finest.bilevel : limitOf(file);
  const share = resolution > most * spare ? most / resolution : 1;
  const pixels = (length: number) => Math.max(1, Math.floor(length * share + 1e-6));
  const fewer = share < 1 ? resampled(whole, pixels(whole.width), pixels(whole.height)) : whole;
  const isPhotograph = file.mime === "image/jpeg";
  const coloured = inColours(fewer, palette, isPhotograph);
  return { ref: embedRaster(context, coloured, isPhotograph && coloured.channels !== 4), orientation };
}

function limitOf(file: ImageFile): number {
  if (file.mime === "image/jpeg") return finest.photograph;
  if (file.colour === 0 && file.depth === 1) return finest.bilevel;
  return file.drawn ? finest.drawing : finest.photograph;
}

/** Whether a file may stay as it is stored. The inks of a picture that was made for a press are not touched in a file for
 *  one, however many pixels it has: only the screen's colours can be read. */
function isWithin(file: ImageFile, palette: Palette, resolution: number): boolean {
  const isPress = typeof palette === "object";
  if (file.mime === "image/jpeg" && file.components === 4) return isPress;
  const isGrey = file.mime === "image/jpeg" ? file.components === 1 : file.colour === 0;
  return resolution <= limitOf(file) * spare && (isGrey || palette === "screen");
}

/** A picture of inks as a screen shows it in the finished PDF, for programs that would mix the inks otherwise: upright, a
 *  JPEG of red, green and blue. Null for a picture that every program shows alike. */
export async function shownOnScreen(bytes: Uint8Array, image: string): Promise<Uint8Array | null> {
  const file = readImageFile(bytes, image);
  if (file.mime !== "image/jpeg" || file.components !== 4) return null;
  const { width, height } = seenSize(file);
  return writeJpeg(await painted(width, height, 3, (context) => embedJpeg(context, file, bytes), file.orientation));
}

/** From the unit square of the stored picture, y up, to that of the picture as it is seen. */
const uprights: Readonly<Record<Orientation, string | null>> = {
  1: null,
  2: "-1 0 0 1 1 0",
  3: "-1 0 0 -1 1 1",
  4: "1 0 0 -1 0 1",
  5: "0 -1 -1 0 1 1",
  6: "0 -1 1 0 0 1",
  7: "0 1 1 0 0 0",
  8: "0 1 -1 0 1 0",
};

/** The operator that turns a picture upright in its box. */
export function upright(orientation: Orientation): string {
  const matrix = uprights[orientation];
  return matrix ? ` ${matrix} cm` : "";
}

// ---------------------------------------------------------------- pixels

/** As stored, not turned; of grey, or of red, green and blue as a screen shows them. */
async function pixelsOf(file: ImageFile, bytes: Uint8Array): Promise<Raster> {
  if (file.mime === "image/jpeg")
    return painted(file.width, file.height, file.components === 1 ? 1 : 3, (context) =>
      embedJpeg(context, file, bytes),
    );
  const raster = pngPixels(file);
  const profile = raster.channels === 3 ? pngProfile(file) : null;
  if (!profile) return raster;
  return painted(file.width, file.height, 3, (context) => {
    const entries = {
      Width: file.width,
      Height: file.height,
      ColorSpace: profiled(context, profile, 3),
      BitsPerComponent: 8,
    };
    return register(context, deflated(context, raster.samples), entries);
  });
}

/** An image as PDFium paints it on white, a pixel for a pixel; `width` and `height` as it is seen. */
export async function painted(
  width: number,
  height: number,
  channels: 1 | 3,
  embed: (context: PDFContext) => PDFRef,
  orientation: Orientation = 1,
): Promise<Raster> {
  const context = PDFContext.create();
  const tree = context.nextRef();
  const page = context.obj({
    Type: "Page",
    Parent: tree,
    MediaBox: [0, 0, width, height],
    Resources: { XObject: { Im: embed(context) } },
    Contents: context.register(deflated(context, `${width} 0 0 ${height} 0 0 cm${upright(orientation)} /Im Do`)),
  });
  context.assign(tree, context.obj({ Type: "Pages", Kids: [context.register(page)], Count: 1 }));
  context.trailerInfo.Root = context.register(context.obj({ Type: "Catalog", Pages: tree }));
  const file = await PDFWriter.forContext(context, Number.POSITIVE_INFINITY).serializeToBuffer();
  return { width, height, channels, samples: await rasterFirstPage(file, width, height, channels) };
}

/** `isPhotograph`: in drawings what has no colour goes on black ink alone. */
function inColours(raster: Raster, palette: Palette, isPhotograph: boolean): Raster {
  if (raster.channels !== 3 || palette === "screen") return raster;
  return palette === "grey" ? greyed(raster) : inked(raster, palette.inks(), !isPhotograph);
}

function inked({ width, height, samples }: Raster, inks: Inks, onBlack: boolean): Raster {
  const out = new Uint8Array(width * height * 4);
  for (let from = 0, at = 0; from < samples.length; from += 3, at += 4) {
    const red = samples[from] ?? 0;
    if (onBlack && red === samples[from + 1] && red === samples[from + 2]) out[at + 3] = inks.blackOf[red] ?? 0;
    else inks.convert(samples, from, out, at);
  }
  return { width, height, channels: 4, samples: out };
}

// ---------------------------------------------------------------- images of the PDF

const spaces = { 1: "DeviceGray", 3: "DeviceRGB", 4: "DeviceCMYK" } as const;

type Entries = Readonly<Record<string, PDFObject | string | number>>;

function dictionary(context: PDFContext, entries: Entries): PDFDict {
  return context.obj({ Type: "XObject", Subtype: "Image", ...entries });
}

function register(context: PDFContext, stream: PDFRawStream, entries: Entries): PDFRef {
  for (const [key, value] of dictionary(context, entries).entries()) stream.dict.set(key, value);
  return context.register(stream);
}

/** The file as it is stored; null for a PNG that PDF has no image for: one in seven passes, with transparent parts, or of
 *  16 bits, which no press shows. */
function packedImage(context: PDFContext, file: ImageFile, bytes: Uint8Array, palette: Palette): PDFRef | null {
  // Inks go to the press as they are, and are not mixed anew for another one's profile.
  if (file.mime === "image/jpeg")
    return embedJpeg(context, typeof palette === "object" ? { ...file, profile: null } : file, bytes);
  const { width, height, depth, colour, interlaced, transparency } = file;
  if (interlaced || transparency || depth > 8 || colour === 4 || colour === 6) return null;
  const entries = {
    Width: width,
    Height: height,
    ColorSpace: colourSpace(context, file),
    BitsPerComponent: depth,
    Filter: PDFName.of("FlateDecode"),
    DecodeParms: context.obj({ Predictor: 15, Colors: colour === 2 ? 3 : 1, BitsPerComponent: depth, Columns: width }),
  };
  return context.register(PDFRawStream.of(dictionary(context, entries), Buffer.concat(file.data)));
}

function embedJpeg(context: PDFContext, file: JpegFile, bytes: Uint8Array): PDFRef {
  const { width, height, components, adobe, profile } = file;
  if (components !== 1 && components !== 3 && components !== 4)
    throw new RangeError(`a JPEG of ${components} components`);
  const inverted = components === 4 && adobe;
  const entries = {
    Width: width,
    Height: height,
    ColorSpace: profiled(context, profile, components),
    BitsPerComponent: 8,
    Filter: PDFName.of("DCTDecode"),
    ...(inverted ? { Decode: context.obj([1, 0, 1, 0, 1, 0, 1, 0]) } : {}),
  };
  return context.register(PDFRawStream.of(dictionary(context, entries), bytes));
}

function colourSpace(context: PDFContext, file: PngFile): PDFObject {
  if (file.colour === 0) return PDFName.of("DeviceGray");
  const base = profiled(context, pngProfile(file), 3);
  if (file.colour !== 3 || !file.palette) return base;
  const colours = PDFHexString.of(Buffer.from(file.palette).toString("hex"));
  return context.obj(["Indexed", base, file.palette.length / 3 - 1, colours]);
}

function embedRaster(context: PDFContext, raster: Raster, isPhotograph: boolean): PDFRef {
  const { width, height, channels } = raster;
  const common = { Width: width, Height: height, ColorSpace: PDFName.of(spaces[channels]) };
  if (isBilevel(raster))
    return register(context, deflated(context, bilevelRows(raster)), { ...common, BitsPerComponent: 1 });
  if (isPhotograph) {
    const entries = { ...common, BitsPerComponent: 8, Filter: PDFName.of("DCTDecode") };
    return context.register(PDFRawStream.of(dictionary(context, entries), writeJpeg(raster)));
  }
  const rows = { Predictor: 15, Colors: channels, BitsPerComponent: 8, Columns: width };
  const entries = { ...common, BitsPerComponent: 8, DecodeParms: context.obj(rows) };
  return register(context, deflated(context, filteredRows(raster)), entries);
}

// ---------------------------------------------------------------- profiles

/** Profiles of pictures are some hundred kilobytes; what is larger is none. */
const largestProfile = 4 * 1024 * 1024;
const dataSpaces: Readonly<Record<number, string>> = { 3: "RGB ", 4: "CMYK" };

/** Unpacked; null when there is none. */
export function pngProfile({ packedProfile }: PngFile): Uint8Array | null {
  if (!packedProfile) return null;
  try {
    return inflateSync(packedProfile, { maxOutputLength: largestProfile });
  } catch (error) {
    // As every program that shows the picture does, a profile that cannot be read is passed over.
    if (error instanceof Error && "code" in error) return null;
    throw error;
  }
}

/** The colours that a profile says, where it says others than those that are meant without one: sRGB, or plain inks. Grey
 *  stays on the black ink, whatever is said of it. */
export function profiled(context: PDFContext, profile: Uint8Array | null, components: 1 | 3 | 4): PDFObject {
  const plain = PDFName.of(spaces[components]);
  if (!profile || profile.length < 132 || profile.length > largestProfile) return plain;
  const text = Buffer.from(profile.buffer, profile.byteOffset, profile.byteLength).toString("latin1");
  if (text.slice(36, 40) !== "acsp" || text.slice(16, 20) !== dataSpaces[components]) return plain;
  if (/s\0?R\0?G\0?B/u.test(text)) return plain;
  const stream = deflated(context, profile, { N: components });
  stream.dict.set(PDFName.of("Alternate"), plain);
  return context.obj(["ICCBased", context.register(stream)]);
}
