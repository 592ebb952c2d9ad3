// The container of a TrueType face: tables by tag, put together into a valid file. Preview faces, faces taken out of a
// collection or a woff, and the subsets embedded in a PDF are all assembled here.

/** `version` is the sfnt version of TrueType outlines; tables are padded, checksummed and sorted by tag as OpenType
 *  asks. head.checkSumAdjustment is set. Throws RangeError when there is no head table. */
export function assembleSfnt(tables: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const tags = [...tables.keys()].sort();
  const directory = 12 + tags.length * 16;
  let end = directory;
  const places = tags.map((tag) => {
    const table = tables.get(tag) ?? new Uint8Array();
    const place = { tag, table, offset: end };
    end += padded(table.length);
    return place;
  });
  const bytes = new Uint8Array(end);
  const view = new DataView(bytes.buffer);
  const power = Math.floor(Math.log2(tags.length));
  view.setUint32(0, 0x00010000);
  view.setUint16(4, tags.length);
  view.setUint16(6, 16 << power);
  view.setUint16(8, power);
  view.setUint16(10, (tags.length - (1 << power)) * 16);
  let head = -1;
  let sum = 0;
  for (const [i, { tag, table, offset }] of places.entries()) {
    bytes.set(table, offset);
    if (tag === "head") {
      head = offset;
      view.setUint32(offset + 8, 0);
    }
    const record = 12 + i * 16;
    for (let c = 0; c < 4; c++) bytes[record + c] = tag.charCodeAt(c);
    const tableSum = checksum(view, offset, padded(table.length));
    sum += tableSum;
    view.setUint32(record + 4, tableSum);
    view.setUint32(record + 8, offset);
    view.setUint32(record + 12, table.length);
  }
  if (head < 0) throw new RangeError("a face without a head table cannot be assembled");
  view.setUint32(head + 8, (0xb1b0afba - sum - checksum(view, 0, directory)) >>> 0);
  return bytes;
}

/** Tables of the sfnt that begins at `start` of a file (0, or the offset of one face of a collection). */
export function sfntTables(file: Uint8Array, start = 0): Map<string, Uint8Array> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const tables = new Map<string, Uint8Array>();
  for (let i = 0, at = start + 12; i < view.getUint16(start + 4); i++, at += 16) {
    const offset = view.getUint32(at + 8);
    tables.set(tagAt(file, at), file.subarray(offset, offset + view.getUint32(at + 12)));
  }
  return tables;
}

export function tagAt(file: Uint8Array, at: number): string {
  return String.fromCharCode(...file.subarray(at, at + 4));
}

function padded(length: number): number {
  return (length + 3) & ~3;
}

function checksum(view: DataView, offset: number, length: number): number {
  let sum = 0;
  for (let at = offset; at < offset + length; at += 4) sum = (sum + view.getUint32(at)) | 0;
  return sum >>> 0;
}
