// A picture that a person inserts: taken when it is a whole PNG or JPEG, refused with one sentence otherwise.
import { inflateSync } from "node:zlib";
import { GazetteError } from "../../shared/api.ts";
import {
  brokenImage,
  type ImageFile,
  type PngFile,
  readImageFile,
  seenSize,
  unpackedLength,
} from "../../shared/model/imageFile.ts";

/** 20 MiB */
export const largestImage = 20 * 1024 * 1024;

/** Throws GazetteError badFile, naming the file. Width and height in pixels, as the picture is seen. */
export function checkImage(
  bytes: Uint8Array,
  fileName: string,
): { mime: ImageFile["mime"]; width: number; height: number } {
  if (bytes.length > largestImage)
    throw new GazetteError("badFile", `“${fileName}”超过${largestImage / 1024 / 1024}兆字节，请缩小后再插入。`);
  const file = readImageFile(bytes, fileName);
  if (file.mime === "image/png" && !unpacks(file)) throw brokenImage(fileName);
  return { mime: file.mime, ...seenSize(file) };
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
