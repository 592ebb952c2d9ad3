// A face that is read piece by piece gives what the whole face gives, also by way of a cache that somebody damaged.
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { unpackFace } from "../../main/fonts/container.ts";
import { openFace } from "../../main/fonts/partialFace.ts";
import { Face } from "../../shared/layout/face.ts";
import { sfntTables } from "../../shared/layout/sfnt.ts";

const { resolve } = createRequire(import.meta.url);
const plain = resolve("@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf");
const packed = resolve("@fontsource/lxgw-wenkai/files/lxgw-wenkai-latin-500-normal.woff");
const text = "示例市人民政府〔2026〕15号，—“”。Aé㵘";

let cache: string;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), "zhengbao-faces-"));
});
afterEach(() => rmSync(cache, { recursive: true }));

/** What layout, print and proof ask of a face. */
function told(face: Face): unknown {
  return Array.from(text, (character) => {
    const gid = face.glyph(character.codePointAt(0) ?? 0);
    return [
      gid,
      face.advance(gid),
      face.metrics(gid),
      face.inkBox(gid),
      Buffer.from(face.outline(gid)).toString("hex"),
    ];
  });
}

const whole = (path: string) => new Face("Test", unpackFace(readFileSync(path)));
const open = (path: string) => new Face("Test", openFace(path, 0, cache));
const kept = () => readdirSync(join(cache, "faces")).map((name) => join(cache, "faces", name));

test.each([plain, packed])("the whole face: %s", (path) => {
  expect(told(open(path))).toEqual(told(whole(path)));
  // From the cache, where there is one.
  expect(told(open(path))).toEqual(told(whole(path)));
});

test("outlines that nobody asked for are not read", () => {
  const source = openFace(plain, 0, cache);
  told(new Face("Test", source));
  const read = sfntTables(source.bytes).get("glyf") ?? new Uint8Array();
  const blocks = Array.from({ length: Math.floor(read.length / 4096) }, (_, i) =>
    read.subarray(i * 4096, i * 4096 + 4096),
  );
  const empty = blocks.filter((block) => Buffer.compare(block, Buffer.alloc(4096)) === 0);
  expect(empty.length).toBeGreaterThan(blocks.length * 0.95);
});

test("whoever asks for the whole face gets all of it", () => {
  expect(Buffer.compare(open(plain).bytes, readFileSync(plain))).toBe(0);
});

describe("a cache of unpacked faces", () => {
  test("holds one file for a face, and none for a face that needs no unpacking", () => {
    open(packed);
    open(packed);
    open(plain);
    expect(kept().length).toBe(1);
  });

  test.each([
    ["changed in its outlines", (bytes: Buffer) => bytes.fill(0x5a, 2_000_000, 15_000_000)],
    ["changed in its tables", (bytes: Buffer) => bytes.fill(0x5a, 16, 400_000)],
    ["changed in its sums", (bytes: Buffer) => bytes.fill(0x5a, bytes.length - 400, bytes.length - 300)],
    ["changed in its length", (bytes: Buffer) => bytes.writeUInt32BE(99, bytes.length - 8)],
  ])("%s gives the face all the same", (_, damage) => {
    open(packed);
    const [file = ""] = kept();
    const bytes = readFileSync(file);
    damage(bytes);
    writeFileSync(file, bytes);
    expect(told(open(packed))).toEqual(told(whole(packed)));
  });

  test.each([0, 5, 4096, 10_000_000])("cut to %d bytes gives the face all the same", (length) => {
    open(packed);
    truncateSync(kept()[0] ?? "", length);
    expect(told(open(packed))).toEqual(told(whole(packed)));
  });

  test("that cannot be written is done without", () => {
    writeFileSync(join(cache, "faces"), "");
    expect(told(open(packed))).toEqual(told(whole(packed)));
  });
});

test.each([
  ["nothing", Buffer.alloc(0)],
  ["something else", Buffer.from("%PDF-1.7 and so on")],
  ["a face that breaks off", readFileSync(plain).subarray(0, 2000)],
])("a file that holds %s is refused", (_, bytes) => {
  const path = join(cache, "broken.ttf");
  writeFileSync(path, bytes);
  expect(() => open(path).glyph(0x4e00)).toThrow(RangeError);
});
