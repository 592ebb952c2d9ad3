// A picture file -> an image of the PDF, without touching its pixels where that can be: JPEG goes in as it is, and so do
// the packed rows of an opaque PNG, so that grey stays grey and black stays on one ink. Alpha becomes a soft mask.
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
  PngEmbedder,
} from "pdf-lib";
import {
  type JpegFile,
  type Orientation,
  type PngFile,
  pixelBits,
  readImageFile,
} from "../../shared/model/imageFile.ts";
import { deflated } from "./objects.ts";
import { rasterFirstPage } from "./pdfium.ts";

/** An image of the document, its name in the resources of every page, and how it is turned to stand upright. */
export interface NamedPicture {
  readonly name: string;
  readonly ref: PDFRef;
  readonly orientation: Orientation;
}

/** Colours that a file may have in its pictures: any; those of a screen, red, green and blue or grey; grey alone. */
export type Palette = "any" | "screen" | "grey";

/** `image` names the bytes in errors. A picture of other colours than those of `palette` is turned into them. Throws
 *  GazetteError badFile for bytes that are no whole PNG or JPEG. */
export async function embedPicture(
  context: PDFContext,
  image: string,
  bytes: Uint8Array,
  palette: Palette = "any",
): Promise<Omit<NamedPicture, "name">> {
  const file = readImageFile(bytes, image);
  const components = file.mime === "image/jpeg" ? file.components : file.colour === 0 || file.colour === 4 ? 1 : 3;
  const isWithin = palette === "any" || components === 1 || (palette === "screen" && components === 3);
  if (!isWithin) {
    const { samples, width, height } = await repaint(bytes, file, palette);
    const entries = { Width: width, Height: height, ColorSpace: palette === "grey" ? "DeviceGray" : "DeviceRGB" };
    return { ref: register(context, samples, { ...entries, BitsPerComponent: 8 }), orientation: file.orientation };
  }
  const ref = file.mime === "image/jpeg" ? embedJpeg(context, file, bytes) : await embedPng(context, file, bytes);
  return { ref, orientation: file.orientation };
}

/** The picture as PDFium paints it on white, a pixel for a pixel and not turned: a byte of grey, or three of red, green
 *  and blue, each. */
async function repaint(
  bytes: Uint8Array,
  { width, height }: JpegFile | PngFile,
  palette: "screen" | "grey",
): Promise<{ readonly samples: Buffer; readonly width: number; readonly height: number }> {
  const context = PDFContext.create();
  const { ref } = await embedPicture(context, "", bytes);
  const tree = context.nextRef();
  const page = context.obj({
    Type: "Page",
    Parent: tree,
    MediaBox: [0, 0, width, height],
    Resources: { XObject: { Im: ref } },
    Contents: context.register(deflated(context, `${width} 0 0 ${height} 0 0 cm /Im Do`)),
  });
  context.assign(tree, context.obj({ Type: "Pages", Kids: [context.register(page)], Count: 1 }));
  context.trailerInfo.Root = context.register(context.obj({ Type: "Catalog", Pages: tree }));
  const file = await PDFWriter.forContext(context, Number.POSITIVE_INFINITY).serializeToBuffer();
  const samples = await rasterFirstPage(file, width, height, palette === "grey" ? 1 : 3);
  return { samples, width, height };
}

function dictionary(context: PDFContext, entries: Readonly<Record<string, PDFObject | string | number>>): PDFDict {
  return context.obj({ Type: "XObject", Subtype: "Image", ...entries });
}

function embedJpeg(context: PDFContext, { width, height, components, adobe }: JpegFile, bytes: Uint8Array): PDFRef {
  const space = components === 1 ? "DeviceGray" : components === 3 ? "DeviceRGB" : "DeviceCMYK";
  const inverted = components === 4 && adobe;
  const entries = {
    Width: width,
    Height: height,
    ColorSpace: PDFName.of(space),
    BitsPerComponent: 8,
    Filter: PDFName.of("DCTDecode"),
    ...(inverted ? { Decode: context.obj([1, 0, 1, 0, 1, 0, 1, 0]) } : {}),
  };
  return context.register(PDFRawStream.of(dictionary(context, entries), bytes));
}

async function embedPng(context: PDFContext, file: PngFile, bytes: Uint8Array): Promise<PDFRef> {
  // Its rows stand in seven passes, which PDF does not know.
  if (file.interlaced) return (await PngEmbedder.for(bytes)).embedIntoContext(context);
  if (file.colour === 4 || file.colour === 6) return embedWithAlpha(context, file);
  const { width, height, depth, colour } = file;
  const mask = file.transparency && maskOf(context, file, file.transparency);
  const entries = {
    Width: width,
    Height: height,
    ColorSpace: colourSpace(context, file),
    BitsPerComponent: depth,
    Filter: PDFName.of("FlateDecode"),
    DecodeParms: context.obj({ Predictor: 15, Colors: colour === 2 ? 3 : 1, BitsPerComponent: depth, Columns: width }),
    ...mask,
  };
  return context.register(PDFRawStream.of(dictionary(context, entries), Buffer.concat(file.data)));
}

function colourSpace(context: PDFContext, { colour, palette }: PngFile): PDFObject {
  if (colour !== 3 || !palette) return PDFName.of(colour === 0 || colour === 4 ? "DeviceGray" : "DeviceRGB");
  const colours = PDFHexString.of(Buffer.from(palette).toString("hex"));
  return context.obj(["Indexed", "DeviceRGB", palette.length / 3 - 1, colours]);
}

/** Of one transparent colour: a colour key (ISO 32000-1, 8.9.6.4). Of a palette: a soft mask of its alphas. */
function maskOf(
  context: PDFContext,
  file: PngFile,
  transparency: Uint8Array,
): { Mask: PDFObject } | { SMask: PDFObject } {
  if (file.colour !== 3) {
    const view = new DataView(transparency.buffer, transparency.byteOffset, transparency.byteLength);
    const samples = Array.from({ length: Math.floor(transparency.length / 2) }, (_, i) => view.getUint16(i * 2));
    return { Mask: context.obj(samples.flatMap((sample) => [sample, sample])) };
  }
  const { width, height, depth } = file;
  const rows = unfiltered(file);
  const stride = Math.ceil((width * depth) / 8);
  const alpha = Buffer.alloc(width * height, 255);
  const most = (1 << depth) - 1;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const bit = x * depth;
      const byte = rows[y * stride + (bit >> 3)] ?? 0;
      alpha[y * width + x] = transparency[(byte >> (8 - depth - (bit & 7))) & most] ?? 255;
    }
  return { SMask: softMask(context, file, alpha, 8) };
}

function softMask(context: PDFContext, { width, height }: PngFile, alpha: Buffer, depth: number): PDFRef {
  return register(context, alpha, { Width: width, Height: height, ColorSpace: "DeviceGray", BitsPerComponent: depth });
}

function register(
  context: PDFContext,
  samples: Buffer,
  entries: Readonly<Record<string, PDFObject | string | number>>,
): PDFRef {
  const stream = deflated(context, samples);
  for (const [key, value] of dictionary(context, entries).entries()) stream.dict.set(key, value);
  return context.register(stream);
}

function embedWithAlpha(context: PDFContext, file: PngFile): PDFRef {
  const { width, height, depth, colour } = file;
  const rows = unfiltered(file);
  const pixel = pixelBits(file) / 8;
  const sample = depth / 8;
  const inks = Buffer.alloc(width * height * (pixel - sample));
  const alpha = Buffer.alloc(width * height * sample);
  for (let from = 0, ink = 0, at = 0; from < rows.length; from += pixel) {
    ink += rows.copy(inks, ink, from, from + pixel - sample);
    at += rows.copy(alpha, at, from + pixel - sample, from + pixel);
  }
  return register(context, inks, {
    Width: width,
    Height: height,
    ColorSpace: colour === 4 ? "DeviceGray" : "DeviceRGB",
    BitsPerComponent: depth,
    SMask: softMask(context, file, alpha, depth),
  });
}

/** The rows of a PNG without interlace, their filters undone (ISO/IEC 15948, 9). */
function unfiltered(file: PngFile): Buffer {
  const packed = inflateSync(Buffer.concat(file.data));
  const stride = Math.ceil((file.width * pixelBits(file)) / 8);
  const step = Math.max(1, pixelBits(file) / 8);
  const rows = Buffer.alloc(stride * file.height);
  for (let y = 0; y < file.height; y++) {
    const from = y * (stride + 1);
    const filter = packed[from] ?? 0;
    const row = y * stride;
    for (let x = 0; x < stride; x++) {
      const left = x >= step ? (rows[row + x - step] ?? 0) : 0;
      const up = y > 0 ? (rows[row + x - stride] ?? 0) : 0;
      const corner = x >= step && y > 0 ? (rows[row + x - stride - step] ?? 0) : 0;
      rows[row + x] = (packed[from + 1 + x] ?? 0) + predicted(filter, left, up, corner);
    }
  }
  return rows;
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4: {
      const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
      return a <= b && a <= c ? left : b <= c ? up : corner;
    }
    default:
      return 0;
  }
}
