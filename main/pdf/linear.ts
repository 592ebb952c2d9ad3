// A file in the order in which it is needed over a slow line 快速网页视图 (linearized, ISO 32000-1, Annex F): the first page
// and the bookmarks with all they need, then page by page what each has for itself, then what pages share. Tables of
// hints at the front say where each page is. Which objects belong where follows qpdf, which checks such files.
import { PDFArray, type PDFContext, PDFDict, PDFName, type PDFObject, PDFRef, PDFStream } from "pdf-lib";

/** Writes the document of `context`, whose pages are `pages` and whose trailer names Root. The context is used up: its
 *  objects are numbered anew. Throws RangeError for a document without pages or catalog, or with a reference to nothing. */
export function linearized(context: PDFContext, pages: readonly PDFRef[]): Uint8Array {
  const parts = sort(context, pages);
  const { catalog, first } = parts;
  const rest = [...parts.pages.flat(), ...parts.shared, ...parts.others];
  // 1 to n are what stands behind the first page; then come the parameters, the catalog, the hints, the first page.
  const [parameters, hints, opening] = [rest.length + 1, rest.length + 3, rest.length + 4];
  const numbers = new Map<PDFRef, number>([[catalog, parameters + 1]]);
  for (const [i, ref] of rest.entries()) numbers.set(ref, i + 1);
  for (const [i, ref] of first.entries()) numbers.set(ref, opening + i);
  const { Info, ID } = context.trailerInfo;
  const told = context.obj({ Root: catalog, ...(Info ? { Info } : {}), ...(ID ? { ID } : {}) });
  const renumbering = { numbers, done: new Set<PDFObject>() };
  const trailer = renumbered(told, renumbering).toString().slice(2, -2).trim();
  const objects = new Map([catalog, ...first, ...rest].map((ref) => [ref, serialized(context, ref, renumbering)]));
  const objectsOf = (refs: readonly PDFRef[]) => refs.flatMap((ref) => objects.get(ref) ?? []);
  const lengthOf = (refs: readonly PDFRef[]) => objectsOf(refs).reduce((sum, { length }) => sum + length, 0);

  const head = header(context);
  const dictionary = (L: number, H: readonly [number, number], E: number, T: number) =>
    encoded(
      `${parameters} 0 obj\n<< /Linearized 1 /L ${padded(L)} /H [ ${H.map(padded).join(" ")} ] /O ${opening} /E ${padded(E)} /N ${pages.length} /T ${padded(T)} >>\nendobj\n`,
    );
  const firstTable = (places: readonly number[], main: number) =>
    encoded(
      `xref\n${parameters} ${places.length}\n${places.map(xrefEntry).join("")}trailer\n<< /Size ${opening + first.length} /Prev ${padded(main)} ${trailer} >>\nstartxref\n0\n%%EOF\n`,
    );

  // Places as if there were no hints, which is how the hints count (Annex F.4.1).
  const tableAt = head.length + dictionary(0, [0, 0], 0, 0).length;
  const catalogAt = tableAt + firstTable(new Array(first.length + 3).fill(0), 0).length;
  const hintsAt = catalogAt + lengthOf([catalog]);
  const places = new Map<PDFRef, number>();
  let end = hintsAt;
  for (const ref of [...first, ...rest]) {
    places.set(ref, end);
    end += lengthOf([ref]);
  }
  const about = (ref: PDFRef | undefined) => ({
    number: (ref && numbers.get(ref)) ?? 0,
    at: (ref && places.get(ref)) ?? 0,
  });
  const { bytes, shared, outline } = hintTables(parts, lengthOf, about);
  const hintStream = objectBytes(hints, context.stream(bytes, { S: shared, ...(outline ? { O: outline } : {}) }));

  const placeOf = (ref: PDFRef) => about(ref).at + hintStream.length;
  const mainAt = end + hintStream.length;
  const mainHead = `xref\n0 ${rest.length + 1}`;
  const mainEntries = `0000000000 65535 f \n${rest.map((ref) => xrefEntry(placeOf(ref))).join("")}`;
  const mainTable = encoded(
    `${mainHead}\n${mainEntries}trailer\n<< /Size ${rest.length + 1} >>\nstartxref\n${tableAt}\n%%EOF\n`,
  );
  const firstEnd = hintsAt + hintStream.length + lengthOf(first);
  return joined([
    head,
    dictionary(mainAt + mainTable.length, [hintsAt, hintStream.length], firstEnd, mainAt + mainHead.length),
    firstTable([head.length, catalogAt, hintsAt, ...first.map(placeOf)], mainAt),
    ...objectsOf([catalog]),
    hintStream,
    ...objectsOf([...first, ...rest]),
    mainTable,
  ]);
}

// ---------------------------------------------------------------- parts

interface Parts {
  readonly catalog: PDFRef;
  /** The first page, what it needs, and the outline. */
  readonly first: readonly PDFRef[];
  /** Of `first`; its root first. */
  readonly outline: readonly PDFRef[];
  /** Each further page, followed by what it has for itself. */
  readonly pages: readonly (readonly PDFRef[])[];
  /** What several of them need. */
  readonly shared: readonly PDFRef[];
  readonly others: readonly PDFRef[];
  /** By further page: what it needs of `first` and `shared`. */
  readonly borrowed: readonly (readonly PDFRef[])[];
}

function sort(context: PDFContext, pages: readonly PDFRef[]): Parts {
  const [opening] = pages;
  const catalog = context.trailerInfo.Root;
  if (!opening || !(catalog instanceof PDFRef)) throw new RangeError("a document without pages or catalog");
  const root = context.lookup(catalog, PDFDict);
  const known = new Set<PDFObject>(pages);
  const reach = (from: PDFObject | undefined, found = new Set<PDFRef>()): Set<PDFRef> => {
    if (from instanceof PDFRef && !known.has(from) && !found.has(from)) {
      found.add(from);
      reach(context.lookup(from), found);
    }
    for (const one of partsOf(from)) reach(one, found);
    return found;
  };
  const needs = pages.map((page) => {
    const entries = context.lookup(page, PDFDict).entries();
    const found = new Set<PDFRef>();
    for (const [key, value] of entries) if (key !== PDFName.of("Parent")) reach(value, found);
    return found;
  });
  const outline = reach(root.get(PDFName.of("Outlines")));
  const elsewhere = new Set<PDFRef>();
  for (const [key, value] of root.entries()) if (key !== PDFName.of("Outlines")) reach(value, elsewhere);
  for (const value of Object.values(context.trailerInfo)) if (value !== catalog) reach(value, elsewhere);
  const users = new Map<PDFRef, number>();
  for (const ref of needs.slice(1).flatMap((set) => [...set])) users.set(ref, (users.get(ref) ?? 0) + 1);

  const first = [opening, ...[...(needs[0] ?? [])].filter((ref) => !outline.has(ref)), ...outline];
  const placed = new Set<PDFRef>([catalog, ...first, ...pages]);
  const isOwn = (ref: PDFRef) => !placed.has(ref) && users.get(ref) === 1 && !elsewhere.has(ref);
  const own = pages.slice(1).map((page, i) => [page, ...[...(needs[i + 1] ?? [])].filter(isOwn)]);
  for (const ref of own.flat()) placed.add(ref);
  const shared = [...users].flatMap(([ref, count]) =>
    count > 1 && !elsewhere.has(ref) && !placed.has(ref) ? [ref] : [],
  );
  for (const ref of shared) placed.add(ref);
  const lent = new Set([...first, ...shared]);
  return {
    catalog,
    first,
    outline: [...outline],
    pages: own,
    shared,
    others: context.enumerateIndirectObjects().flatMap(([ref]) => (placed.has(ref) ? [] : [ref])),
    borrowed: needs.slice(1).map((set) => [...set].filter((ref) => lent.has(ref))),
  };
}

/** The objects that stand directly in one. */
function partsOf(object: PDFObject | undefined): readonly PDFObject[] {
  if (object instanceof PDFArray) return object.asArray();
  if (object instanceof PDFDict) return object.values();
  return object instanceof PDFStream ? object.dict.values() : [];
}

// ---------------------------------------------------------------- hints

/** The tables of Annex F.4.2 to F.4.4: bytes, and where those of shared objects and of the outline begin; 0: there is no
 *  outline. */
function hintTables(
  { first, outline, pages, shared, borrowed }: Parts,
  lengthOf: (refs: readonly PDFRef[]) => number,
  about: (ref: PDFRef | undefined) => { readonly number: number; readonly at: number },
): { readonly bytes: Uint8Array; readonly shared: number; readonly outline: number } {
  const bits = new Bits();
  const groups = [...first, ...shared];
  const indexOf = new Map(groups.map((ref, i) => [ref, i]));
  const counts = range([first.length, ...pages.map((refs) => refs.length)]);
  const lengths = range([lengthOf(first), ...pages.map(lengthOf)]);
  const lent = [[], ...borrowed.map((refs) => refs.map((ref) => indexOf.get(ref) ?? 0))];
  const lentBits = width(Math.max(...lent.map((refs) => refs.length)));
  const indexBits = width(groups.length);
  bits.put(32, counts.least, about(first[0]).at);
  bits.put(16, counts.bits).put(32, lengths.least).put(16, lengths.bits);
  // Where the content of a page stands within it is told as the whole of the page.
  bits.put(32, 0).put(16, 0).put(32, lengths.least).put(16, lengths.bits);
  bits.put(16, lentBits, indexBits, 0, 4);
  bits.put(counts.bits, ...counts.over).align();
  bits.put(lengths.bits, ...lengths.over).align();
  bits.put(lentBits, ...lent.map((refs) => refs.length)).align();
  bits.put(indexBits, ...lent.flat()).align();
  bits.put(lengths.bits, ...lengths.over).align();

  const sharedAt = bits.length;
  const sizes = range(groups.map((ref) => lengthOf([ref])));
  bits.put(32, about(shared[0]).number, about(shared[0]).at, first.length, groups.length);
  bits.put(16, 0).put(32, sizes.least).put(16, sizes.bits);
  bits.put(sizes.bits, ...sizes.over).align();
  bits.put(1, ...groups.map(() => 0)).align();

  const outlineAt = outline.length > 0 ? bits.length : 0;
  const { number, at } = about(outline[0]);
  if (outline.length > 0) bits.put(32, number, at, outline.length, lengthOf(outline));
  return { bytes: bits.bytes(), shared: sharedAt, outline: outlineAt };
}

/** The least of some numbers, what each is more, and the bits that takes. */
function range(values: readonly number[]): { readonly least: number; readonly over: number[]; readonly bits: number } {
  const least = values.reduce((a, b) => Math.min(a, b), values[0] ?? 0);
  const over = values.map((value) => value - least);
  return { least, over, bits: width(over.reduce((a, b) => Math.max(a, b), 0)) };
}

/** Bits that a number takes; none for 0. */
const width = (value: number): number => (value === 0 ? 0 : Math.floor(Math.log2(value)) + 1);

/** Numbers of any width, the highest bit first. */
class Bits {
  private readonly done: number[] = [];
  private byte = 0;
  private filled = 0;

  put(bits: number, ...values: readonly number[]): this {
    for (const value of values)
      for (let bit = bits - 1; bit >= 0; bit--) {
        this.byte = this.byte * 2 + (Math.floor(value / 2 ** bit) % 2);
        if (++this.filled === 8) this.flush();
      }
    return this;
  }

  /** Each list of numbers begins with a whole byte. */
  align(): void {
    while (this.filled > 0) this.put(1, 0);
  }

  get length(): number {
    return this.done.length;
  }

  bytes(): Uint8Array {
    return Uint8Array.from(this.done);
  }

  private flush(): void {
    this.done.push(this.byte);
    this.byte = 0;
    this.filled = 0;
  }
}

// ---------------------------------------------------------------- bytes

const encoded = (text: string): Uint8Array => Buffer.from(text, "latin1");
const padded = (place: number): string => String(place).padEnd(10);
const xrefEntry = (place: number): string => `${String(place).padStart(10, "0")} 00000 n \n`;

function header({ header: version }: PDFContext): Uint8Array {
  const bytes = new Uint8Array(version.sizeInBytes() + 1).fill(0x0a);
  version.copyBytesInto(bytes, 0);
  return bytes;
}

interface Renumbering {
  readonly numbers: ReadonlyMap<PDFRef, number>;
  /** What has its new numbers already; two may hold one. */
  readonly done: Set<PDFObject>;
}

function serialized(context: PDFContext, ref: PDFRef, renumbering: Renumbering): Uint8Array {
  const object = context.lookup(ref);
  if (!object) throw new RangeError(`object ${ref} is not written`);
  return objectBytes(numberIn(renumbering, ref), renumbered(object, renumbering));
}

function objectBytes(number: number, object: PDFObject): Uint8Array {
  const [begin, end] = [encoded(`${number} 0 obj\n`), encoded("\nendobj\n")];
  const bytes = new Uint8Array(begin.length + object.sizeInBytes() + end.length);
  bytes.set(begin);
  object.copyBytesInto(bytes, begin.length);
  bytes.set(end, bytes.length - end.length);
  return bytes;
}

function numberIn({ numbers }: Renumbering, ref: PDFRef): number {
  const number = numbers.get(ref);
  if (number === undefined) throw new RangeError(`a reference to ${ref}, which is not in the document`);
  return number;
}

/** The object with its references to the new numbers, changed in its place. */
function renumbered<T extends PDFObject>(object: T, renumbering: Renumbering): T {
  if (renumbering.done.has(object)) return object;
  renumbering.done.add(object);
  const next = (value: PDFObject) =>
    value instanceof PDFRef ? PDFRef.of(numberIn(renumbering, value)) : renumbered(value, renumbering);
  if (object instanceof PDFArray) for (const [i, value] of object.asArray().entries()) object.set(i, next(value));
  else if (object instanceof PDFDict) for (const [key, value] of object.entries()) object.set(key, next(value));
  else if (object instanceof PDFStream) renumbered(object.dict, renumbering);
  return object;
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(chunks));
}
