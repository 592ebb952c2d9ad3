// What the file says about itself: Info and XMP that agree, and an identifier made from the issue. Nothing here reads
// the clock, so that the same issue gives the same bytes.
import { createHash } from "node:crypto";
import { type PDFArray, type PDFContext, PDFHexString, type PDFRawStream, type PDFRef, PDFString } from "pdf-lib";
import { textString } from "./objects.ts";

export interface PdfMeta {
  readonly title: string;
  readonly author: string;
  readonly subject: string;
  /** 出版日期 yyyy-mm-dd; "" when not set: then the file carries no date. */
  readonly published: string;
  /** Names the issue for good (its id); the file identifier is made from it. */
  readonly key: string;
}

const producer = "政报工坊";

export function infoDictionary(context: PDFContext, meta: PdfMeta): PDFRef {
  const date = meta.published ? PDFString.of(`D:${meta.published.replaceAll("-", "")}000000+08'00'`) : null;
  return context.register(
    context.obj({
      Title: textString(meta.title),
      Author: textString(meta.author),
      Subject: textString(meta.subject),
      Creator: textString(producer),
      Producer: textString(producer),
      ...(date ? { CreationDate: date, ModDate: date } : {}),
    }),
  );
}

/** The XMP packet, not compressed, so that archives can read it without a PDF library. */
export function xmpStream(context: PDFContext, meta: PdfMeta): PDFRawStream {
  const date = meta.published ? `${meta.published}T00:00:00+08:00` : "";
  const alternative = (text: string) => `<rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(text)}</rdf:li></rdf:Alt>`;
  const packet = `<?xpacket begin="\u{feff}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:format>application/pdf</dc:format>
<dc:title>${alternative(meta.title)}</dc:title>
<dc:creator><rdf:Seq><rdf:li>${escapeXml(meta.author)}</rdf:li></rdf:Seq></dc:creator>
<dc:description>${alternative(meta.subject)}</dc:description>
<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>${producer}</xmp:CreatorTool>
${date ? `<xmp:CreateDate>${date}</xmp:CreateDate>\n<xmp:ModifyDate>${date}</xmp:ModifyDate>\n` : ""}<pdf:Producer>${producer}</pdf:Producer>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>`;
  return context.stream(new TextEncoder().encode(packet), { Type: "Metadata", Subtype: "XML" });
}

/** First half: the issue, whatever its state; second half: this state of it (`contents`, the page streams). */
export function fileIdentifier(context: PDFContext, meta: PdfMeta, contents: readonly string[]): PDFArray {
  const digest = (parts: readonly string[]) => {
    const hash = createHash("sha256");
    for (const part of parts) hash.update(part).update("\0");
    return PDFHexString.of(hash.digest("hex").slice(0, 32));
  };
  return context.obj([digest([meta.key]), digest([JSON.stringify(meta), ...contents])]);
}

function escapeXml(text: string): string {
  return text.replace(/[&<>]/g, (char) => (char === "&" ? "&amp;" : char === "<" ? "&lt;" : "&gt;"));
}
