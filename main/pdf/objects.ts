// The few PDF objects that every part of the writer needs, on top of pdf-lib's.
import { deflateSync } from "node:zlib";
import { type PDFContext, PDFHexString, type PDFRawStream } from "pdf-lib";

/** A Flate stream made by zlib, which is several times faster than pdf-lib's own deflate. */
export function deflated(
  context: PDFContext,
  contents: string | Uint8Array,
  dict: Readonly<Record<string, number>> = {},
): PDFRawStream {
  return context.stream(deflateSync(contents), { ...dict, Filter: "FlateDecode" });
}

/** A text string: UTF-16 with its mark, which every reader understands. */
export function textString(text: string): PDFHexString {
  return PDFHexString.fromText(text);
}
