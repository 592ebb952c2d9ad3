// The cells of a JPEG, read without decoding it, show what the whole picture shows; and a JPEG with a hole is known.
import { expect, test } from "vitest";
import { writeJpeg } from "../../main/pdf/jpegWriter.ts";
import { isWholeJpeg, sketchJpeg } from "../../shared/model/jpegSketch.ts";
import { jpeg } from "../pdf/pictures.ts";

/** The means of each cell, to the nearest 32. */
const cells = (bytes: Uint8Array, columns: number, rows: number) => {
  const sketch = sketchJpeg(bytes, columns, rows);
  const values = Array.from(sketch?.values ?? [], (value) => Math.round(value / 32) * 32);
  return Array.from({ length: columns * rows }, (_, i) =>
    values.slice(i * (sketch?.channels ?? 1), (i + 1) * (sketch?.channels ?? 1)).join(" "),
  );
};

test.each<[string, Uint8Array, string[]]>([
  // The fixtures are 8 pixels high, so that red over blue, and green over white, are one block each.
  ["colour", jpeg("colour"), ["128 0 128", "128 256 128"]],
  ["progressive", jpeg("progressive"), ["128 0 128", "128 256 128"]],
  ["inks, counted from white", jpeg("cmyk"), ["128 256 128 0", "128 0 128 0"]],
  ["grey", jpeg("grey"), ["32", "224"]],
])("%s", (_name, bytes, expected) => {
  expect(cells(bytes, 2, 1)).toEqual(expected);
});

test("blocks at the edges count for what is seen of them", () => {
  const samples = new Uint8Array(20 * 12).fill(40);
  for (let y = 0; y < 12; y++) samples.fill(200, y * 20 + 16, (y + 1) * 20);
  const bytes = writeJpeg({ width: 20, height: 12, channels: 1, samples });
  const found = sketchJpeg(bytes, 5, 3)?.values ?? [];
  for (const [i, value] of found.entries()) expect(value).toBeCloseTo(i % 5 === 4 ? 200 : 40, -0.6);
});

const large = writeJpeg({
  width: 64,
  height: 64,
  channels: 3,
  samples: Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => (i * 7919) % 251),
});

test.each<[string, Uint8Array, boolean]>([
  ["as it was written", large, true],
  ["with bytes behind its end", Buffer.concat([large, Buffer.alloc(20)]), true],
  ["without its second half", Buffer.concat([large.subarray(0, large.length >> 1), large.subarray(-2)]), false],
  ["without its last bytes", large.subarray(0, -20), false],
  ["without its scan", large.subarray(0, 600), false],
])("a JPEG %s", (_name, bytes, whole) => {
  expect(isWholeJpeg(bytes)).toBe(whole);
});
