// What the file says about itself: Info and XMP that agree, and an identifier made from the issue. Nothing here reads
// the clock, so that the same issue gives the same bytes.
import { createHash } from "node:crypto";
import { type PDFArray, type PDFContext, PDFHexString, type PDFRawStream, type PDFRef, PDFString } from "pdf-lib";
import type { Profile } from "../../shared/model/profile.ts";
import { textString } from "./objects.ts";

export interface PdfMeta {
  readonly title: string;
  readonly author: string;
  readonly subject: string;
  /** What it should be found by, such as 文号; absent: nothing. */
  readonly keywords?: readonly string[];
  /** 出版日期 yyyy-mm-dd; "" when not set: then the file carries no date. */
  readonly published: string;
  /** Names the issue for good (its id); the file identifier is made from it. */
  readonly key: string;
}

const producer = "政报工坊";

/** Which rules a file may be written to, and says so: PDF/A-2u with PDF/UA-1, or PDF/X-4. */
export type RuleSet = "PDF/A-2u" | "PDF/X-4";

/** The rules of each profile; null: none. */
export const rulesOf: Readonly<Record<Profile, RuleSet | null>> = {
  screen: null,
  archive: "PDF/A-2u",
  press: "PDF/X-4",
  booklet: "PDF/X-4",
};

export function infoDictionary(context: PDFContext, meta: PdfMeta, claim: RuleSet | null): PDFRef {
  const date = meta.published ? PDFString.of(`D:${meta.published.replaceAll("-", "")}000000+08'00'`) : null;
  return context.register(
    context.obj({
      Title: textString(meta.title),
      Author: textString(meta.author),
      Subject: textString(meta.subject),
      ...(meta.keywords?.length ? { Keywords: textString(keywordLine(meta.keywords)) } : {}),
      Creator: textString(producer),
      Producer: textString(producer),
      ...(date ? { CreationDate: date, ModDate: date } : {}),
      ...(claim === "PDF/X-4" ? { Trapped: "False", GTS_PDFXVersion: PDFString.of("PDF/X-4") } : {}),
    }),
  );
}

/** Both ways of telling them hold this line (ISO 19005-2, 6.6.2.3). */
const keywordLine = (keywords: readonly string[]): string => keywords.join("；");

/** The XMP packet, not compressed, so that archives can read it without a PDF library. */
export function xmpStream(context: PDFContext, meta: PdfMeta, claim: RuleSet | null): PDFRawStream {
  const date = meta.published ? `${meta.published}T00:00:00+08:00` : "";
  const alternative = (text: string) => `<rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(text)}</rdf:li></rdf:Alt>`;
  const { keywords: words = [] } = meta;
  const items = words.map((word) => `<rdf:li>${escapeXml(word)}</rdf:li>`).join("");
  const keywords = words.length > 0 ? `<dc:subject><rdf:Bag>${items}</rdf:Bag></dc:subject>\n` : "";
  const keywordsLine = words.length > 0 ? `<pdf:Keywords>${escapeXml(keywordLine(words))}</pdf:Keywords>\n` : "";
  const packet = `<?xpacket begin="\u{feff}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:format>application/pdf</dc:format>
<dc:title>${alternative(meta.title)}</dc:title>
<dc:creator><rdf:Seq><rdf:li>${escapeXml(meta.author)}</rdf:li></rdf:Seq></dc:creator>
<dc:description>${alternative(meta.subject)}</dc:description>
${keywords}<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>${producer}</xmp:CreatorTool>
${date ? `<xmp:CreateDate>${date}</xmp:CreateDate>\n<xmp:ModifyDate>${date}</xmp:ModifyDate>\n` : ""}${keywordsLine}<pdf:Producer>${producer}</pdf:Producer>
</rdf:Description>
${claim === "PDF/A-2u" ? archiveClaim : claim === "PDF/X-4" ? pressClaim(meta, date) : ""}</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>`;
  return context.stream(new TextEncoder().encode(packet), { Type: "Metadata", Subtype: "XML" });
}

/** The parts of PDF/A and PDF/UA, and, since PDF/A-2 does not know the latter's, what that property is (ISO 19005-2,
 *  6.6.2.3 and 6.6.4; ISO 14289-1, 5). */
const archiveClaim = `<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>U</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of PDF/UA</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
`;

/** ISO 15930-7, 6.9: the version, whether it is trapped, and names of the document and of this state of it. */
function pressClaim(meta: PdfMeta, date: string): string {
  return `<rdf:Description rdf:about="" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
<pdf:Trapped>False</pdf:Trapped>
${date ? `<xmp:MetadataDate>${date}</xmp:MetadataDate>\n` : ""}<xmpMM:DocumentID>uuid:${uuid([meta.key])}</xmpMM:DocumentID>
<xmpMM:VersionID>1</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
</rdf:Description>
`;
}

/** A UUID of version 8, which leaves its digits to whoever makes it. */
function uuid(parts: readonly string[]): string {
  const digits = digest(parts);
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `8${digits.slice(13, 16)}`,
    `8${digits.slice(17, 20)}`,
    digits.slice(20),
  ].join("-");
}

function digest(parts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part).update("\0");
  return hash.digest("hex").slice(0, 32);
}

/** First half: the issue, whatever its state; second half: this state of it (`contents`, the page streams). */
export function fileIdentifier(context: PDFContext, meta: PdfMeta, contents: readonly string[]): PDFArray {
  const named = (parts: readonly string[]) => PDFHexString.of(digest(parts));
  return context.obj([named([meta.key]), named([JSON.stringify(meta), ...contents])]);
}

function escapeXml(text: string): string {
  return text.replace(/[&<>]/g, (char) => (char === "&" ? "&amp;" : char === "<" ? "&lt;" : "&gt;"));
}
