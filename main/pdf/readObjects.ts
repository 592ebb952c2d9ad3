// The objects of a finished file as its checkers ask for them: a value of a dictionary when it is of the wanted kind, else
// what stands for none. A damaged file gives wrong answers here, never an error.
import { inflateSync } from "node:zlib";
import {
  decodePDFRawStream,
  ParseSpeeds,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
  PDFString,
} from "pdf-lib";
import { type PageUse, readUse } from "./operators.ts";
import { mostNamed } from "./places.ts";

/** A page of the file and what its content does. */
export interface RulePage {
  readonly index: number;
  readonly dict: PDFDict;
  readonly use: PageUse;
}

/** Fastest: without a pause after every hundred objects, which a window would need. */
const options = { updateMetadata: false, ignoreEncryption: true, parseSpeed: ParseSpeeds.Fastest };

const opened = new WeakMap<Uint8Array, Promise<PDFDocument | null>>();

/** The objects of a file; null when it is no whole PDF. Several checkers ask for one file, which is parsed once. */
export function documentOf(bytes: Uint8Array): Promise<PDFDocument | null> {
  let document = opened.get(bytes);
  if (!document) {
    document = whole(bytes).catch(() => null);
    opened.set(bytes, document);
  }
  return document;
}

/** Whether something may be done with the file only by who knows its password, though it opens without. */
export async function isLocked(bytes: Uint8Array): Promise<boolean> {
  return (await documentOf(bytes))?.isEncrypted ?? false;
}

/** Rejects for a file without pages, too. */
async function whole(bytes: Uint8Array): Promise<PDFDocument> {
  const document = await PDFDocument.load(bytes, options);
  document.getPages();
  return document;
}

/** The pages with what their contents do, read once. */
export function pagesOf(document: PDFDocument): readonly RulePage[] {
  let pages = read.get(document);
  if (!pages) {
    pages = document.getPages().map(({ node }, index) => ({ index, dict: node, use: readUse(contentOf(node)) }));
    read.set(document, pages);
  }
  return pages;
}

const read = new WeakMap<PDFDocument, readonly RulePage[]>();

function contentOf(page: PDFDict): string {
  const contents = page.lookup(key("Contents"));
  const streams = contents instanceof PDFArray ? contents.asArray().map((_, i) => contents.lookup(i)) : [contents];
  return streams.map((stream) => Buffer.from(streamBytes(stream) ?? []).toString("latin1")).join("\n");
}

/** Forms and the appearances of annotations: content that stands in no page's own. */
export function formsOf(document: PDFDocument): Pick<RulePage, "dict" | "use">[] {
  return document.context.enumerateIndirectObjects().flatMap(([, object]) => {
    if (!(object instanceof PDFRawStream) || nameIn(object.dict, "Subtype") !== "Form") return [];
    const content = Buffer.from(streamBytes(object) ?? []).toString("latin1");
    return [{ dict: object.dict, use: readUse(content) }];
  });
}

export const key = (name: string): PDFName => PDFName.of(name);

export function nameIn(dict: PDFDict | undefined, name: string): string {
  const value = dict?.lookup(key(name));
  return value instanceof PDFName ? value.decodeText() : "";
}

export function dictIn(dict: PDFDict | undefined, name: string): PDFDict | undefined {
  const value = dict?.lookup(key(name));
  return value instanceof PDFRawStream ? value.dict : value instanceof PDFDict ? value : undefined;
}

export function numbersIn(dict: PDFDict, name: string): number[] {
  const value = dict.lookup(key(name));
  return value instanceof PDFArray
    ? value.asArray().map((one) => (one instanceof PDFNumber ? one.asNumber() : Number.NaN))
    : [];
}

export function textIn(dict: PDFDict | undefined, name: string): string {
  const value = dict?.lookup(key(name));
  return value instanceof PDFString || value instanceof PDFHexString ? value.decodeText() : "";
}

export function streamBytes(stream: PDFObject | undefined): Uint8Array | null {
  if (!(stream instanceof PDFRawStream)) return null;
  const isPlainFlate = nameIn(stream.dict, "Filter") === "FlateDecode" && !stream.dict.has(key("DecodeParms"));
  try {
    // zlib's is several times faster than pdf-lib's own.
    return isPlainFlate ? inflateSync(stream.contents) : decodePDFRawStream(stream).decode();
  } catch {
    return null;
  }
}

export function annotationsOf(page: PDFDict): PDFDict[] {
  const list = page.lookup(key("Annots"));
  if (!(list instanceof PDFArray)) return [];
  return list.asArray().flatMap((_, i) => {
    const one = list.lookup(i);
    return one instanceof PDFDict ? [one] : [];
  });
}

/** One sentence for all pages with a fault; none when there are none. */
export function onPages(pages: readonly RulePage[], isFault: (page: RulePage) => boolean, trouble: string): string[] {
  const found = pages.filter(isFault).map(({ index }) => index + 1);
  if (found.length === 0) return [];
  const more = found.length > mostNamed ? `等${found.length}面` : "";
  return [`PDF第${found.slice(0, mostNamed).join("、")}面${more}${trouble}`];
}
