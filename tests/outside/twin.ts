// The A-1b twin of an archive file, for PDFBox, whose preflight knows PDF/A-1b alone: the finished file rewritten with the
// same pages, contents, font programs, pictures, colours, tags and marks, byte for byte. What differs is what the two parts
// of the standard ask for otherwise: a table of references and no object streams (header 1.4), part 1 conformance B in the
// metadata, and for each font the list of its characters (CIDSet).
import { createHash } from "node:crypto";
import { decodePDFRawStream, PDFDict, PDFDocument, PDFHeader, PDFName, PDFRawStream, PDFWriter } from "pdf-lib";

/** `damage` is done to the twin before it is written. */
export async function twinOf(
  archive: Uint8Array,
  damage: (document: PDFDocument) => void = () => {},
): Promise<Uint8Array> {
  const document = await PDFDocument.load(archive, { updateMetadata: false });
  const { context } = document;
  claimFirstPart(document);
  for (const font of cidFonts(document)) {
    const set = context.register(context.flateStream(cidSet(charactersOf(font))));
    font.lookup(PDFName.of("FontDescriptor"), PDFDict).set(PDFName.of("CIDSet"), set);
  }
  damage(document);
  context.header = PDFHeader.forVersion(1, 4);
  return PDFWriter.forContext(context, Number.POSITIVE_INFINITY).serializeToBuffer();
}

function claimFirstPart(document: PDFDocument): void {
  changeMetadata(document, (packet) =>
    packet
      .replace("<pdfaid:part>2</pdfaid:part>", "<pdfaid:part>1</pdfaid:part>")
      .replace("<pdfaid:conformance>U</pdfaid:conformance>", "<pdfaid:conformance>B</pdfaid:conformance>"),
  );
}

/** Changes the XMP packet. Throws RangeError when nothing is changed. */
export function changeMetadata(document: PDFDocument, change: (packet: string) => string): void {
  const { catalog, context } = document;
  const packet = Buffer.from(streamOf(catalog, "Metadata").getContents()).toString("utf8");
  const changed = change(packet);
  if (changed === packet) throw new RangeError("the metadata are not what they were");
  const made = context.stream(Buffer.from(changed), { Type: "Metadata", Subtype: "XML" });
  catalog.set(PDFName.of("Metadata"), context.register(made));
}

/** The fonts below those that the pages name, in the order of the file. */
export function cidFonts({ context }: PDFDocument): PDFDict[] {
  return context
    .enumerateIndirectObjects()
    .flatMap(([, object]) =>
      object instanceof PDFDict && object.get(PDFName.of("Subtype")) === PDFName.of("CIDFontType2") ? [object] : [],
    );
}

/** How many characters a font has: two bytes each in the map to its glyphs; 0 is .notdef. */
const charactersOf = (font: PDFDict): number => decodePDFRawStream(streamOf(font, "CIDToGIDMap")).decode().length / 2;

/** The stream that an entry of a dictionary names. Throws RangeError when it names none. */
export function streamOf(dict: PDFDict, entry: string): PDFRawStream {
  const stream = dict.lookup(PDFName.of(entry));
  if (!(stream instanceof PDFRawStream)) throw new RangeError(`${entry} is no stream`);
  return stream;
}

/** ISO 32000-1, table 124: a bit for each character, the highest of a byte first. */
function cidSet(count: number): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(count / 8));
  for (let cid = 0; cid < count; cid++) bytes[cid >> 3] = (bytes[cid >> 3] ?? 0) | (0x80 >> (cid & 7));
  return bytes;
}

/** Fingerprints of what a file draws and what it draws with, decoded: contents of pages, font programs, maps, pictures,
 *  colour profiles; but not metadata and CIDSets, in which the twins differ. */
export async function substance(bytes: Uint8Array): Promise<string[]> {
  const { context } = await PDFDocument.load(bytes, { updateMetadata: false });
  const objects = context.enumerateIndirectObjects();
  const sets = new Set(
    objects.map(([, object]) => (object instanceof PDFDict ? object.get(PDFName.of("CIDSet")) : undefined)),
  );
  return objects
    .flatMap(([ref, object]) => {
      if (!(object instanceof PDFRawStream) || sets.has(ref)) return [];
      if (asides.has(String(object.dict.get(PDFName.of("Type"))))) return [];
      return [createHash("sha256").update(decodePDFRawStream(object).decode()).digest("hex")];
    })
    .sort();
}

const asides = new Set(["/Metadata", "/ObjStm", "/XRef"]);
