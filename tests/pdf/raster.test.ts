// Pixels before they are printed: unpacked, brought together, packed again.
import { expect, test } from "vitest";
import { writeJpeg } from "../../main/pdf/jpegWriter.ts";
import {
  bilevelRows,
  filteredRows,
  greyed,
  pngPixels,
  type Raster,
  resampled,
  withoutEmptyColours,
} from "../../main/pdf/raster.ts";
import { readImageFile } from "../../shared/model/imageFile.ts";
import { sketchJpeg } from "../../shared/model/jpegSketch.ts";
import { rgbPng } from "./pictures.ts";

function raster(
  width: number,
  height: number,
  channels: 1 | 3,
  at: (x: number, y: number, k: number) => number,
): Raster {
  const samples = new Uint8Array(width * height * channels);
  for (let i = 0; i < samples.length; i++) {
    const pixel = Math.floor(i / channels);
    samples[i] = at(pixel % width, Math.floor(pixel / width), i % channels);
  }
  return { width, height, channels, samples };
}

test.each<[string, Raster, number, number, (x: number, y: number) => number]>([
  ["an even area stays even", raster(50, 40, 1, () => 77), 13, 11, () => 77],
  [
    "the edges of an area stay where they are",
    raster(60, 60, 1, (x) => (x < 30 ? 0 : 200)),
    6,
    6,
    (x) => (x < 3 ? 0 : 200),
  ],
  ["a slope stays one", raster(100, 100, 1, (x) => 2 * x), 10, 10, (x) => 20 * x + 9],
])("fewer pixels: %s", (_name, whole, width, height, expected) => {
  const { samples } = resampled(whole, width, height);
  // The cubic goes a little beyond an edge and at the border.
  for (const [i, value] of samples.entries())
    expect(Math.abs(value - expected(i % width, Math.floor(i / width)))).toBeLessThanOrEqual(20);
});

test("fewer pixels: as many give the same, more are a mistake", () => {
  const colours = raster(9, 7, 3, (x, y, k) => (x * 31 + y * 17 + k * 71) % 256);
  expect(resampled(colours, 9, 7).samples).toEqual(colours.samples);
  expect(() => resampled(colours, 10, 7)).toThrow(RangeError);
});

test("fine lines of black and white do not vanish with the pixels", () => {
  const lines = raster(60, 60, 1, (x) => (x % 6 === 0 ? 0 : 255));
  const { samples } = resampled(lines, 20, 20);
  expect(Math.abs(samples.reduce((sum, value) => sum + value, 0) / 400 - 255 * (5 / 6))).toBeLessThan(4);
  expect(Math.min(...samples)).toBeLessThan(200);
});

test("what is packed for a PNG is unpacked the same", () => {
  const colours = raster(23, 11, 3, (x, y, k) => (x * x + y * 40 * k) % 256);
  const file = readImageFile(rgbPng(23, 11, filteredRows(colours)), "a");
  expect(file.mime === "image/png" && pngPixels(file)).toEqual(colours);
});

test("black and white are eight pixels to a byte", () => {
  const bars = raster(10, 2, 1, (x, y) => (x === 0 || x === 9 || y === 1 ? 255 : 0));
  expect([...bilevelRows(bars)]).toEqual([0b10000000, 0b01000000, 0b11111111, 0b11000000]);
});

test("colours that are none become grey, others stay; grey is as light as its colour", () => {
  const grey = raster(4, 4, 3, (x) => x * 50);
  expect(withoutEmptyColours(grey)).toEqual(raster(4, 4, 1, (x) => x * 50));
  const tinted = raster(4, 4, 3, (x, y, k) => (x === 3 && y === 3 && k === 2 ? 151 : x * 50));
  expect(withoutEmptyColours(tinted)).toBe(tinted);
  expect([...greyed(raster(3, 1, 3, (x, _, k) => (x === k ? 255 : 0))).samples]).toEqual([76, 150, 29]);
});

test.each([1, 3] as const)("a JPEG of %d channels shows its pixels, edges included", (channels) => {
  const whole = raster(43, 29, channels, (x, y, k) => (k === 0 ? 4 * x + 2 * y : k === 1 ? 200 - 3 * x : 90));
  const sketch = sketchJpeg(writeJpeg(whole), 4, 3);
  const expected = resampled(whole, 4, 3);
  expect(sketch?.channels).toBe(channels);
  for (const [i, value] of (sketch?.values ?? []).entries())
    expect(Math.abs(value - (expected.samples[i] ?? 0))).toBeLessThan(8);
});
