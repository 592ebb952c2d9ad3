// The objects of a finished file as its checkers ask for them: a value of a dictionary when it is of the wanted kind, else
// what stands for none. A damaged file gives wrong answers here, never an error.
import {
  decodePDFRawStream,
  PDFArray,
  PDFDict,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
  PDFString,
} from "pdf-lib";
import type { PageUse } from "./operators.ts";

/** A page of the file and what its content does. */
export interface RulePage {
  readonly index: number;
  readonly dict: PDFDict;
  readonly use: PageUse;
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

export const streamBytes = (stream: PDFObject | undefined): Uint8Array | null =>
  stream instanceof PDFRawStream ? decodePDFRawStream(stream).decode() : null;

export function annotationsOf(page: PDFDict): PDFDict[] {
  const list = page.lookup(key("Annots"));
  if (!(list instanceof PDFArray)) return [];
  return list.asArray().flatMap((_, i) => {
    const one = list.lookup(i);
    return one instanceof PDFDict ? [one] : [];
  });
}

/** A sentence names at most this many pages. */
const mostNamed = 5;

/** One sentence for all pages with a fault; none when there are none. */
export function onPages(pages: readonly RulePage[], isFault: (page: RulePage) => boolean, trouble: string): string[] {
  const found = pages.filter(isFault).map(({ index }) => index + 1);
  if (found.length === 0) return [];
  const more = found.length > mostNamed ? `等${found.length}面` : "";
  return [`PDF第${found.slice(0, mostNamed).join("、")}面${more}${trouble}`];
}
