// The proof looks at what pictures show, in every colour that a file may have them in: whatever the writer did with a file,
// the finished PDF must show it, upright, whole and in its colours.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openFonts } from "../../main/fonts/faces.ts";
import { writeJpeg } from "../../main/pdf/jpegWriter.ts";
import { pngPixels } from "../../main/pdf/raster.ts";
import { verifyPdf } from "../../main/pdf/verify.ts";
import { type PdfProfile, paletteOf, sheetsOf, writePdf } from "../../main/pdf/write.ts";
import type { Item, Layout } from "../../shared/layout/display.ts";
import { readImageFile } from "../../shared/model/imageFile.ts";
import { jpeg, paintedPng, png, turnedJpeg } from "./pictures.ts";

const fonts = openFonts();
const meta = { title: "示例政报", author: "", subject: "", published: "2026-03-20", key: "i" };
const condition = {
  registered: "FOGRA39",
  name: "FOGRA39",
  profile: readFileSync(join(import.meta.dirname, "../../assets/press/FOGRA39L.icc")),
};
const profiles: readonly (readonly [string, PdfProfile, ink: "black" | "red"])[] = [
  ["on a screen", { name: "screen" }, "red"],
  ["on a press with colours", { name: "press", condition }, "red"],
  ["on a press in black", { name: "press", condition }, "black"],
];

const source = { in: "body", notice: "n", block: 0 } as const;
const box = { kind: "picture", width: 160, height: 120, alt: "", source } as const;

function layoutOf(ink: "black" | "red", ...items: Item[]): Layout {
  const rule = { kind: "rule", x1: 50, y1: 50, x2: 100, y2: 50, width: 1, ink } as const;
  const pages = [{ width: 595, height: 842, kind: "blank" as const, label: "", items: [rule, ...items] }];
  return { plan: { pages: 1, fillers: 0, lacking: 0 }, pages, contents: [], outline: [], warnings: [], faces: [] };
}

/** What the proof says of a file that was written with `used` where `approved` was meant. */
async function proof(
  layout: Layout,
  profile: PdfProfile,
  used: Record<string, Uint8Array>,
  approved: Record<string, Uint8Array> = used,
) {
  const images = (files: Record<string, Uint8Array>) => new Map(Object.entries(files));
  const bytes = await writePdf(layout, fonts, meta, undefined, images(used), profile);
  const sheets = sheetsOf(layout, profile, meta.title);
  const pictures = { images: images(approved), palette: paletteOf(layout, profile) };
  const { mismatches } = await verifyPdf(
    bytes,
    { layout, approved: [], contents: null, notices: [], sheets, pictures },
    fonts,
  );
  return mismatches.filter((sentence) => sentence.includes("图片"));
}

type Pixel = readonly [red: number, green: number, blue: number];
const [width, height] = [240, 180];
/** Sky, a sun at one side, a field and a dark house: nothing in it is like its mirror image. */
function scene(x: number, y: number): Pixel {
  if ((x - 190) ** 2 + (y - 35) ** 2 < 600) return [240, 200, 40];
  if (x > 30 && x < 110 && y > 70 && y < 150) return x > 60 && x < 80 && y > 100 ? [150, 60, 40] : [60, 55, 65];
  return y < 110 ? [120, 170, 230 - y] : [70, 140 - Math.round(x / 6), 60];
}
const painting = paintedPng(width, height, scene);
const photograph = (at: (x: number, y: number) => Pixel) => {
  const file = readImageFile(paintedPng(width, height, at), "a");
  if (file.mime !== "image/png") throw new RangeError("no PNG");
  return writeJpeg(pngPixels(file));
};

describe.each(profiles)("%s", (_name, profile, ink) => {
  const layout = layoutOf(ink, { ...box, image: "a", x: 100, y: 200 });

  test.each<[string, Uint8Array]>([
    ["a painting", painting],
    ["a photograph", photograph(scene)],
    [
      "a picture with transparent parts",
      png({
        colour: 6,
        quarters: [
          [255, 0, 0, 255],
          [0, 0, 0, 0],
          [0, 0, 255, 128],
          [9, 9, 9, 255],
        ],
      }),
    ],
    ["an interlaced palette", png({ colour: 3, depth: 2, interlaced: true })],
    ["black and white", png({ colour: 0, depth: 1 })],
    ["16 bits", png({ colour: 2, depth: 16 })],
    ["CMYK of Adobe", jpeg("cmyk")],
    ["a progressive JPEG", jpeg("progressive")],
    ["a grey JPEG", jpeg("grey")],
    ...[1, 2, 3, 4, 5, 6, 7, 8].map((turn): [string, Uint8Array] => [`a JPEG turned ${turn}`, turnedJpeg(turn)]),
  ])("%s is shown as it is", async (_kind, file) => {
    expect(await proof(layout, profile, { a: file })).toEqual([]);
  });

  test("one that is printed with fewer pixels is shown as it is", async () => {
    const small = layoutOf(ink, { ...box, image: "a", x: 100, y: 200, width: 32, height: 24 });
    expect(await proof(small, profile, { a: painting })).toEqual([]);
    expect(await proof(small, profile, { a: photograph(scene) })).toEqual([]);
  });

  test.each<[string, (x: number, y: number) => Pixel]>([
    ["mirrored", (x, y) => scene(width - 1 - x, y)],
    ["upside down", (x, y) => scene(x, height - 1 - y)],
    ["cropped by an eighth", (x, y) => scene(Math.floor(x * 0.875) + 30, y)],
    ["moved by a twentieth", (x, y) => scene(Math.min(width - 1, x + 12), y)],
    ["blackened", () => [0, 0, 0]],
    ["whitened", () => [255, 255, 255]],
    ["a negative", (x, y) => scene(x, y).map((part) => 255 - part) as unknown as Pixel],
    ["half as light", (x, y) => scene(x, y).map((part) => Math.round(part / 2)) as unknown as Pixel],
    ["with a spot on it", (x, y) => ((x - 60) ** 2 + (y - 30) ** 2 < 200 ? [20, 20, 20] : scene(x, y))],
  ])("one that is %s is found", async (_kind, at) => {
    const wrongs = [paintedPng(width, height, at), ...(profile.name === "screen" ? [photograph(at)] : [])];
    for (const wrong of wrongs)
      expect(await proof(layout, profile, { a: wrong }, { a: painting })).toEqual([
        expect.stringContaining("与插入的原图不符"),
      ]);
  });

  test("one turned upright by mistake is found", async () => {
    expect(await proof(layout, profile, { a: turnedJpeg(6) }, { a: turnedJpeg(8) })).toHaveLength(1);
    expect(await proof(layout, profile, { a: turnedJpeg(5) }, { a: turnedJpeg(7) })).toHaveLength(1);
  });

  test("two that changed places are both found", async () => {
    const two = layoutOf(ink, { ...box, image: "a", x: 100, y: 200 }, { ...box, image: "b", x: 100, y: 500 });
    const files = { a: painting, b: photograph((x, y) => scene(y, x)) };
    expect(await proof(two, profile, files)).toEqual([]);
    const found = await proof(two, profile, { a: files.b, b: files.a }, files);
    expect(found).toEqual([expect.stringContaining("的第1张图片"), expect.stringContaining("的第2张图片")]);
  });
});

test("on a screen and on a press with colours, other colours of the same lightness are found", async () => {
  // Red and green that are equally light, so that nothing but the colour tells.
  const red = paintedPng(64, 48, () => [200, 60, 60]);
  const green = paintedPng(64, 48, () => [41, 150, 41]);
  for (const [, profile, ink] of profiles.slice(0, 2)) {
    const layout = layoutOf(ink, { ...box, image: "a", x: 100, y: 200 });
    expect(await proof(layout, profile, { a: green }, { a: red })).toHaveLength(1);
  }
});

test("greys with a trace of colour, printed in four inks, are taken for the greys they look like", async () => {
  const grey = (x: number, y: number): Pixel => (x === 3 && y === 3 ? [200, 190, 180] : [x, x, x]);
  const layout = layoutOf("red", { ...box, image: "a", x: 100, y: 200 });
  for (const file of [paintedPng(width, height, grey), photograph(grey)])
    expect(await proof(layout, { name: "press", condition }, { a: file })).toEqual([]);
});

test("an area laid over a picture is found on it", async () => {
  const layout = layoutOf("red", { ...box, image: "a", x: 100, y: 200 });
  const cover = { kind: "fill", x: 110, y: 210, width: 30, height: 20, ink: "white" } as const;
  const covered = layoutOf("red", { ...box, image: "a", x: 100, y: 200 }, cover);
  const images = new Map([["a", painting]]);
  const bytes = await writePdf(covered, fonts, meta, undefined, images);
  const pictures = { images, palette: "screen" as const };
  const { mismatches } = await verifyPdf(bytes, { layout, approved: [], contents: null, notices: [], pictures }, fonts);
  expect(mismatches).toContainEqual(expect.stringContaining("与插入的原图不符"));
});

test("a picture that was taken when nobody looked at its data, and is cut off, is told", async () => {
  const whole = photograph(scene);
  const cut = Buffer.concat([whole.subarray(0, whole.length >> 1), whole.subarray(-2)]);
  const layout = layoutOf("red", { ...box, image: "a", x: 100, y: 200 });
  expect(await proof(layout, { name: "screen" }, { a: cut })).toEqual([expect.stringContaining("的原图已损坏")]);
});
