// The subject of the proof's tests in each profile, what an export would say of a file of it, and ways to damage one.
import {
  decodePDFRawStream,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFName,
  PDFNumber,
  type PDFPage,
  PDFRawStream,
} from "pdf-lib";
import { rulesBroken } from "../../main/export/printing.ts";
import { exportProfile } from "../../main/export/profiles.ts";
import { verifyPdf } from "../../main/pdf/verify.ts";
import { type PdfProfile, sheetsOf, writePdf } from "../../main/pdf/write.ts";
import type { Layout } from "../../shared/layout/display.ts";
import type { Profile } from "../../shared/model/profile.ts";
import { byId, expectation, fonts, layout } from "./subject.ts";

export const assets = new URL("../../assets", import.meta.url).pathname;
export const meta = { title: "示例政报", author: "示例市", subject: "", published: "2026-03-20", key: "i" };

export function profileOf(name: Profile): PdfProfile {
  const profile = exportProfile(assets, name);
  return profile.name === "archive" ? { ...profile, notices: byId } : profile;
}

export const writeAs = (name: Profile, made: Layout = layout): Promise<Uint8Array> =>
  writePdf(made, fonts, meta, undefined, undefined, profileOf(name));

/** The sentences with which an export of `made` would refuse a file. */
export async function told(bytes: Uint8Array, name: Profile, made: Layout = layout): Promise<string> {
  const sheets = sheetsOf(made, profileOf(name), meta.title);
  const { mismatches } = await verifyPdf(bytes, { ...expectation, layout: made, sheets }, fonts);
  return [...mismatches, ...(await rulesBroken(bytes, name))].join("\n");
}

export type Damage = (document: PDFDocument) => void | Promise<void>;

/** A file with `damage` done to it as another program would. */
export async function reworked(bytes: Uint8Array, damage: Damage): Promise<Uint8Array> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false });
  await damage(document);
  return document.save({ useObjectStreams: false });
}

export const key = (name: string): PDFName => PDFName.of(name);

/** The text of a stream, with `change` made to it. Throws RangeError when that changes nothing. */
export function rewritten(
  document: PDFDocument,
  holder: PDFDict,
  name: string,
  change: (text: string) => string,
): void {
  const stream = holder.lookup(key(name));
  if (!(stream instanceof PDFRawStream)) throw new RangeError(`no stream /${name}`);
  const text = Buffer.from(decodePDFRawStream(stream).decode()).toString("latin1");
  const next = change(text);
  if (next === text) throw new RangeError(`nothing to change in /${name}`);
  holder.set(key(name), document.context.register(document.context.flateStream(Buffer.from(next, "latin1"))));
}

/** The content of a page, changed. */
export const contents =
  (page: number, change: (text: string) => string): Damage =>
  (document) =>
    rewritten(document, document.getPage(page).node, "Contents", change);

/** The first dictionary of the file, or that of a stream, for which `is` holds. */
export function find(document: PDFDocument, is: (dict: PDFDict) => boolean): PDFDict {
  for (const [, object] of document.context.enumerateIndirectObjects()) {
    const dict = object instanceof PDFRawStream ? object.dict : object;
    if (dict instanceof PDFDict && is(dict)) return dict;
  }
  throw new RangeError("the file has nothing of the kind");
}

export const has =
  (name: string, value: string) =>
  (dict: PDFDict): boolean =>
    dict.lookup(key(name)) === key(value);

export function descendant(document: PDFDocument): PDFDict {
  return find(document, has("Subtype", "CIDFontType2"));
}

/** The widths of the first font, each times `by`. */
export const widened =
  (by: number): Damage =>
  (document) => {
    const widths = descendant(document).lookup(key("W"), PDFArray).lookup(1, PDFArray);
    for (let i = 0; i < widths.size(); i++) widths.set(i, PDFNumber.of(widths.lookup(i, PDFNumber).asNumber() * by));
  };

export const swapped =
  (a: number, b: number): Damage =>
  (document) => {
    const kids = document.catalog.Pages().Kids();
    const [one, other] = [kids.get(a), kids.get(b)];
    kids.set(a, other);
    kids.set(b, one);
  };

export const onPage =
  (page: number, damage: (page: PDFPage, document: PDFDocument) => void): Damage =>
  (document) =>
    damage(document.getPage(page), document);
