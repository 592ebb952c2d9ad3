// How a person finds a place of a re-read PDF: 第3页的“桥”. Every sentence of the proof names places this way.
import type { ReadPdf } from "./reader.ts";

/** A character, or a word, on a page (index). */
export interface Place {
  readonly page: number;
  readonly text: string;
}

/** A sentence names at most this many places, or pages, of one sort; the rest are counted. */
export const mostNamed = 5;

/** 第3页, 封面, 目1: how a person finds the page. */
export function pageName(pdf: ReadPdf, page: number): string {
  const label = pdf.pages[page]?.label ?? "";
  return /^\d+$/.test(label) ? `第${label}页` : label || `PDF第${page + 1}面`;
}

/** One sentence for all places of a sort, what is wrong with them at its end; none when there are none. */
export function sentenceOf(pdf: ReadPdf, places: readonly Place[], trouble: string): string[] {
  const named = places.slice(0, mostNamed).map(({ page, text }) => `${pageName(pdf, page)}的“${text}”`);
  const more = places.length > mostNamed ? `等${places.length}处` : "";
  return named.length === 0 ? [] : [`${named.join("、")}${more}${trouble}`];
}

export function commonLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
}

/** Some characters before and after a place of a text, not reaching back before `from`. */
export function around(text: string, at: number, from: number): string {
  return text.slice(Math.max(from, at - 8), at + 12);
}
