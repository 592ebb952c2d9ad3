// Font files as they come -> one plain TrueType face: woff is inflated, a face of a collection (TTC) is taken out.
import { inflateSync } from "node:zlib";
import { assembleSfnt, sfntTables, tagAt } from "../../shared/layout/sfnt.ts";

/** `face` is the index in a collection, 0 for a single face. Throws RangeError when the file is damaged or is no such
 *  container. */
export function unpackFace(file: Uint8Array, face = 0): Uint8Array {
  const tag = tagAt(file, 0);
  if (tag === "wOFF") return assembleSfnt(woffTables(file));
  if (tag === "ttcf") return assembleSfnt(sfntTables(file, collectedAt(file, face)));
  return file;
}

/** Where a face of a collection begins. */
function collectedAt(file: Uint8Array, face: number): number {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const count = view.getUint32(8);
  if (face >= count) throw new RangeError(`face ${face} of a collection of ${count}`);
  return view.getUint32(12 + face * 4);
}

function woffTables(file: Uint8Array): Map<string, Uint8Array> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const tables = new Map<string, Uint8Array>();
  for (let i = 0, at = 44; i < view.getUint16(12); i++, at += 20) {
    const offset = view.getUint32(at + 4);
    const packed = file.subarray(offset, offset + view.getUint32(at + 8));
    const length = view.getUint32(at + 12);
    const table = packed.length < length ? inflateSync(packed) : packed;
    if (table.length !== length) throw new RangeError(`woff table ${tagAt(file, at)} is damaged`);
    tables.set(tagAt(file, at), table);
  }
  return tables;
}
