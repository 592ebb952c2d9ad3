// Whether a finished file keeps the rules that it says it is written to: PDF/A-2u (ISO 19005-2) with PDF/UA-1
// (ISO 14289-1), or PDF/X-4 (ISO 15930-7), and those of every file (fileRules.ts). The rules that a gazette can break are
// checked, not all there are; passing is no certificate. Reads the bytes alone.
import { PDFArray, PDFDict, type PDFDocument, PDFNumber, PDFRawStream } from "pdf-lib";
import { colourFaults } from "./colourRules.ts";
import { fileFaults } from "./fileRules.ts";
import { fontFaults } from "./fontRules.ts";
import type { RuleSet } from "./metadata.ts";
import {
  annotationsOf,
  documentOf,
  key,
  nameIn,
  numbersIn,
  onPages,
  pagesOf,
  type RulePage,
  streamBytes,
  textIn,
} from "./readObjects.ts";
import { structureFaults } from "./structureRules.ts";

/** A sentence for each rule that is broken; empty when none is. Bytes that are no PDF break the first. `rules` null: of
 *  a file that is written to none, but for those of every file. */
export async function checkRules(bytes: Uint8Array, rules: RuleSet | null): Promise<string[]> {
  const document = await documentOf(bytes);
  if (!document) return ["文件不是完整的PDF"];
  const pages = pagesOf(document);
  if (rules === null) return fileFaults(document, pages);
  const faults = [
    ...trailerFaults(document),
    ...fileFaults(document, pages),
    ...metadataFaults(document, rules),
    ...intentFaults(document, rules),
    ...colourFaults(document, pages, rules),
    ...fontFaults(pages),
    ...(rules === "PDF/A-2u"
      ? [...annotationFaults(pages), ...structureFaults(document, pages)]
      : pressFaults(bytes, pages)),
  ];
  return [...new Set(faults)];
}

// ---------------------------------------------------------------- the file

function trailerFaults(document: PDFDocument): string[] {
  const { ID, Encrypt } = document.context.trailerInfo;
  const id = ID && document.context.lookup(ID);
  const isNamed = id instanceof PDFArray && id.size() === 2;
  return [...(isNamed ? [] : ["文件没有标识（/ID）"]), ...(Encrypt ? ["文件加了密"] : [])];
}

// ---------------------------------------------------------------- metadata

const told: readonly (readonly [info: string, pattern: RegExp])[] = [
  ["Title", /<dc:title><rdf:Alt><rdf:li xml:lang="x-default">([\s\S]*?)<\/rdf:li>/u],
  ["Author", /<dc:creator><rdf:Seq><rdf:li>([\s\S]*?)<\/rdf:li>/u],
  ["Subject", /<dc:description><rdf:Alt><rdf:li xml:lang="x-default">([\s\S]*?)<\/rdf:li>/u],
  ["Keywords", /<pdf:Keywords>([\s\S]*?)<\/pdf:Keywords>/u],
  ["Creator", /<xmp:CreatorTool>([\s\S]*?)<\/xmp:CreatorTool>/u],
  ["Producer", /<pdf:Producer>([\s\S]*?)<\/pdf:Producer>/u],
];

function metadataFaults(document: PDFDocument, rules: RuleSet): string[] {
  const stream = document.catalog.lookup(key("Metadata"));
  if (!(stream instanceof PDFRawStream)) return ["没有XMP说明"];
  const faults: string[] = [];
  if (stream.dict.has(key("Filter"))) faults.push("XMP说明被压缩了");
  const xmp = Buffer.from(stream.contents).toString("utf8");
  const found = document.context.lookup(document.context.trailerInfo.Info);
  const info = found instanceof PDFDict ? found : undefined;
  for (const [name, pattern] of told) {
    const said = (pattern.exec(xmp)?.[1] ?? "")
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&amp;", "&");
    if (said !== textIn(info, name)) faults.push(`XMP说明与文件说明的 ${name} 不同`);
  }
  for (const [name, element] of [
    ["CreationDate", "CreateDate"],
    ["ModDate", "ModifyDate"],
  ] as const) {
    const digits = (text: string) => text.replace(/\D/gu, "");
    const said = new RegExp(`<xmp:${element}>(.*?)</`, "u").exec(xmp)?.[1] ?? "";
    if (digits(said) !== digits(textIn(info, name))) faults.push(`XMP说明与文件说明的 ${name} 不同`);
    if (rules === "PDF/X-4" && said === "") faults.push(`没有写明日期（${element}）`);
  }
  const needed =
    rules === "PDF/A-2u"
      ? ["<pdfaid:part>2<", "<pdfaid:conformance>U<", "<pdfuaid:part>1<", "<pdfaSchema:prefix>pdfuaid<"]
      : ["<pdfxid:GTS_PDFXVersion>PDF/X-4<", "<pdf:Trapped>False<", "<xmpMM:DocumentID>", "<xmpMM:VersionID>"];
  for (const element of needed)
    if (!xmp.includes(element)) faults.push(`XMP说明里没有 ${element.replace(/[<>]/gu, " ").trim()}`);
  if (textIn(info, "Title") === "") faults.push("文件没有题名");
  if (rules === "PDF/X-4" && nameIn(info, "Trapped") !== "False") faults.push("没有写明未做陷印（/Trapped）");
  return faults;
}

// ---------------------------------------------------------------- the output intent

function intentFaults({ catalog }: PDFDocument, rules: RuleSet): string[] {
  const list = catalog.lookup(key("OutputIntents"));
  const intents = list instanceof PDFArray ? list.asArray().map((_, i) => list.lookup(i)) : [];
  const kind = rules === "PDF/A-2u" ? "GTS_PDFA1" : "GTS_PDFX";
  const intent = intents.find((one): one is PDFDict => one instanceof PDFDict && nameIn(one, "S") === kind);
  if (!intent) return ["没有输出意图（/OutputIntents）"];
  if (intents.length > 1) return ["输出意图不止一个"];
  const profile = intent.lookup(key("DestOutputProfile"));
  const bytes = streamBytes(profile);
  if (!(profile instanceof PDFRawStream) || !bytes) return ["输出意图没有附颜色特性文件"];
  const [space, components] = rules === "PDF/A-2u" ? ["RGB ", 3] : ["CMYK", 4];
  const isRight = Buffer.from(bytes.subarray(16, 20)).toString("latin1") === space;
  const said = profile.dict.lookup(key("N"));
  const isCounted = said instanceof PDFNumber && said.asNumber() === components;
  return [
    ...(isRight && isCounted ? [] : ["输出意图的颜色特性文件与分量数不符"]),
    ...(Buffer.from(bytes.subarray(36, 40)).toString("latin1") === "acsp" ? [] : ["颜色特性文件不完整"]),
    ...(textIn(intent, "OutputConditionIdentifier") ? [] : ["输出意图没有名称"]),
  ];
}

// ---------------------------------------------------------------- annotations and boxes

const flags = { hidden: 0b10, print: 0b100, noView: 0b100000 };

function annotationFaults(pages: readonly RulePage[]): string[] {
  const some = (isFault: (annotation: PDFDict) => boolean) => (page: RulePage) =>
    annotationsOf(page.dict).some(isFault);
  const isUnprinted = (annotation: PDFDict) => {
    const value = annotation.lookup(key("F"));
    const set = value instanceof PDFNumber ? value.asNumber() : 0;
    return (set & flags.print) === 0 || (set & (flags.hidden | flags.noView)) !== 0;
  };
  const isUnordered = ({ dict }: RulePage) => annotationsOf(dict).length > 0 && nameIn(dict, "Tabs") !== "S";
  return [
    ...onPages(pages, some(isUnprinted), "有不能打印的批注或链接"),
    ...onPages(
      pages,
      some((one) => textIn(one, "Contents") === ""),
      "有没有说明的批注或链接",
    ),
    ...onPages(
      pages,
      some((one) => !one.has(key("StructParent"))),
      "有不在结构中的批注或链接",
    ),
    ...onPages(pages, isUnordered, "的跳转次序没有按结构"),
  ];
}

function pressFaults(bytes: Uint8Array, pages: readonly RulePage[]): string[] {
  const version = Number(/%PDF-1\.(\d)/u.exec(Buffer.from(bytes.subarray(0, 32)).toString("latin1"))?.[1] ?? 9);
  const isAstray = ({ dict }: RulePage) => {
    const [media, bleed, trim] = ["MediaBox", "BleedBox", "TrimBox"].map((name) => numbersIn(dict, name));
    return !holds(media, bleed) || !holds(bleed, trim);
  };
  return [
    ...(version > 6 ? ["PDF版本高于1.6"] : []),
    ...onPages(pages, isAstray, "的纸面、出血和成品尺寸不相套"),
    ...onPages(pages, ({ dict }) => annotationsOf(dict).length > 0, "有批注或链接"),
  ];
}

function holds(outer: readonly number[] | undefined, inner: readonly number[] | undefined): boolean {
  if (outer?.length !== 4 || inner?.length !== 4) return false;
  const [left = 0, bottom = 0, right = 0, top = 0] = outer;
  const [l = -1, b = -1, r = 0, t = 0] = inner;
  return left <= l && bottom <= b && right >= r && top >= t;
}
