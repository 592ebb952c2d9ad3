// A picture that a person inserts: taken when it is a whole PNG or JPEG, or a drawing that can be made one; refused with one
// sentence otherwise. What the header claims is held against the limits before anything is unpacked.
import { crc32, inflateSync } from "node:zlib";
import { GazetteError } from "../../shared/api.ts";
import {
  brokenImage,
  type ImageFile,
  type PngFile,
  pngChunks,
  readImageFile,
  seenSize,
  unpackedLength,
} from "../../shared/model/imageFile.ts";
import { isWholeJpeg } from "../../shared/model/jpegSketch.ts";
import { type DrawingMeans, drawSvg } from "./drawing.ts";
import { isSvg } from "./svg.ts";

/** 20 MiB */
export const largestImage = 20 * 1024 * 1024;

/** Width and height in pixels, as the picture is seen. */
export interface ImageFacts {
  readonly mime: ImageFile["mime"];
  readonly width: number;
  readonly height: number;
}

/** The picture as it is to be stored. Throws GazetteError badFile, naming the file. */
export async function takeImage(
  bytes: Uint8Array,
  fileName: string,
  means: DrawingMeans,
): Promise<ImageFacts & { readonly bytes: Uint8Array }> {
  refuseLarge(bytes, fileName);
  const file = isSvg(bytes) ? await drawSvg(bytes, fileName, means) : bytes;
  return { bytes: file, ...checkImage(file, fileName) };
}

function refuseLarge(bytes: Uint8Array, fileName: string): void {
  if (bytes.length > largestImage)
    throw new GazetteError("badFile", `“${fileName}”超过${largestImage / 1024 / 1024}兆字节，请缩小后再插入。`);
}

/** Throws GazetteError badFile, naming the file, for what is no whole PNG or JPEG. */
export function checkImage(bytes: Uint8Array, fileName: string): ImageFacts {
  refuseLarge(bytes, fileName);
  const file = readImageFile(bytes, fileName);
  const isWhole = file.mime === "image/png" ? isSound(bytes) && unpacks(file) : isWholeJpeg(bytes);
  if (!isWhole) throw brokenImage(fileName);
  return { mime: file.mime, ...seenSize(file) };
}

/** Whether each chunk of a PNG has the CRC that it says (ISO/IEC 15948, 5.3). */
function isSound(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return (pngChunks(bytes) ?? []).every(({ content, check }) => {
    const end = check + 4 + content.length;
    return crc32(bytes.subarray(check, end)) === view.getUint32(end);
  });
}

/** Whether the data are a sound zlib stream of just as many bytes as the picture has. */
function unpacks(file: PngFile): boolean {
  const wanted = unpackedLength(file);
  try {
    return inflateSync(Buffer.concat(file.data), { maxOutputLength: wanted }).length === wanted;
  } catch (error) {
    if (error instanceof Error && "code" in error) return false;
    throw error;
  }
}
