// Pictures in the PDF, looked at as another program paints them: each kind of file shows its four quarters where they
// belong, turned upright, and transparent where it is.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { openFonts } from "../../main/fonts/faces.ts";
import { writeJpeg } from "../../main/pdf/jpegWriter.ts";
import { srgbProfile } from "../../main/pdf/outputIntent.ts";
import { shownOnScreen } from "../../main/pdf/picture.ts";
import { pngPixels } from "../../main/pdf/raster.ts";
import { type Expectation, verifyPdf } from "../../main/pdf/verify.ts";
import { type PdfProfile, writePdf } from "../../main/pdf/write.ts";
import type { Item, Layout, Picture } from "../../shared/layout/display.ts";
import { readImageFile } from "../../shared/model/imageFile.ts";
import { type Colour, jpeg, paintedPng, png, turnedJpeg, white } from "./pictures.ts";

const fonts = openFonts();
const folder = mkdtempSync(join(tmpdir(), "zhengbao-picture-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const meta = { title: "示例政报", author: "", subject: "", published: "2026-03-20", key: "i" };

function picture(extra: Partial<Picture> = {}): Picture {
  const source = { in: "body", notice: "n", block: 0 } as const;
  return { kind: "picture", image: "a", x: 100, y: 200, width: 160, height: 80, alt: "", source, ...extra };
}

function layoutOf(...items: Item[]): Layout {
  const plan = { pages: 1, fillers: 0, lacking: 0 };
  const pages = [{ width: 595, height: 842, kind: "blank" as const, label: "", items }];
  return { plan, pages, contents: [], outline: [], warnings: [], faces: [] };
}

const write = (layout: Layout, file: Uint8Array) => writePdf(layout, fonts, meta, undefined, new Map([["a", file]]));

/** The colours that poppler paints at places of the page, pt. */
async function painted(file: Uint8Array, items: Item[], places: readonly (readonly [number, number])[]) {
  const path = join(folder, "out.pdf");
  writeFileSync(path, await write(layoutOf(...items), file));
  const ppm = execFileSync("pdftoppm", ["-r", "72", path], { maxBuffer: 16 * 1024 * 1024 });
  const [header = "", width = ""] = /^P6\n(\d+) \d+\n255\n/.exec(ppm.toString("latin1", 0, 40)) ?? [];
  return places.map(([x, y]) => {
    const at = header.length + (Math.floor(y) * Number(width) + Math.floor(x)) * 3;
    return nameOf([ppm[at] ?? 0, ppm[at + 1] ?? 0, ppm[at + 2] ?? 0]);
  });
}

/** r, g, b, w, and k for black; a grey as its level, to the nearest 20. */
function nameOf([r, g, b]: readonly [number, number, number]): string {
  if (Math.max(r, g, b) - Math.min(r, g, b) < 30) return r > 240 ? "w" : r < 15 ? "k" : String(Math.round(r / 20) * 20);
  return r > Math.max(g, b) ? "r" : g > b ? "g" : "b";
}

const quarters = [
  [140, 220],
  [220, 220],
  [140, 260],
  [220, 260],
] as const;
const greys: Colour[] = [0, 80, 160, 255].map((level) => [level, level, level, 255]);
const clear: readonly Colour[] = [[255, 0, 0, 255], [0, 255, 0, 0], [0, 0, 255, 128], white];

test.each<[string, Uint8Array, string]>([
  ["PNG, RGB, every filter", png({ colour: 2, filters: [0, 1, 2, 3, 4] }), "r g b w"],
  ["PNG, RGB of 16 bits", png({ colour: 2, depth: 16 }), "r g b w"],
  ["PNG, a colour that is transparent", png({ colour: 2, transparency: [0, 0, 0, 255, 0, 0] }), "r w b w"],
  ["PNG, palette of 8 bits", png({ colour: 3 }), "r g b w"],
  ["PNG, palette of 2 bits", png({ colour: 3, depth: 2 }), "r g b w"],
  ["PNG, palette with alphas", png({ colour: 3, depth: 2, transparency: [255, 0, 255] }), "r w b w"],
  ["PNG, grey", png({ colour: 0, quarters: greys }), "k 80 160 w"],
  ["PNG, black and white of 1 bit", png({ colour: 0, depth: 1, quarters: greys }), "k k w w"],
  ["PNG, grey with alpha", png({ colour: 4, quarters: [...greys.slice(0, 3), [0, 0, 0, 0]] }), "k 80 160 w"],
  ["PNG, RGB with alpha, every filter", png({ colour: 6, quarters: clear, filters: [4, 3, 2, 1] }), "r w b w"],
  ["PNG, RGB with alpha of 16 bits", png({ colour: 6, depth: 16, quarters: clear }), "r w b w"],
  ["PNG, interlaced", png({ colour: 2, interlaced: true }), "r g b w"],
  ["JPEG", jpeg("colour"), "r g b w"],
  ["JPEG, progressive", jpeg("progressive"), "r g b w"],
  ["JPEG, CMYK", jpeg("cmyk"), "r g b w"],
  ["JPEG, grey", jpeg("grey"), "60 180 20 w"],
  ["JPEG of a camera held upright", turnedJpeg(1), "r g b w"],
  ["JPEG, mirrored", turnedJpeg(2), "g r w b"],
  ["JPEG, upside down", turnedJpeg(3), "w b g r"],
  ["JPEG, mirrored upside down", turnedJpeg(4), "b w r g"],
  ["JPEG, mirrored on its side", turnedJpeg(5), "r b g w"],
  ["JPEG of a camera turned left", turnedJpeg(6), "b r w g"],
  ["JPEG, mirrored on its other side", turnedJpeg(7), "w g b r"],
  ["JPEG of a camera turned right, Motorola's byte order", turnedJpeg(8, false), "g w r b"],
])("%s", async (_name, file, expected) => {
  expect((await painted(file, [picture()], quarters)).join(" ")).toBe(expected);
});

test("a picture fills its box and nothing beside it", async () => {
  const black = png({ colour: 0, quarters: Array.from({ length: 4 }, () => [0, 0, 0, 255] as const) });
  const edges = [
    [101, 201],
    [258, 278],
    [98, 240],
    [262, 240],
    [180, 198],
    [180, 282],
  ] as const;
  expect((await painted(black, [picture()], edges)).join(" ")).toBe("k k w w w w");
});

test("a grey picture stays on the black ink: no RGB in the file", async () => {
  const path = join(folder, "grey.pdf");
  writeFileSync(path, await write(layoutOf(picture()), png({ colour: 0, quarters: greys })));
  expect(execFileSync("pdfimages", ["-list", path], { encoding: "utf8" })).toMatch(/image\s+16\s+8\s+gray\s+1\s+8/);
});

const condition = {
  registered: "FOGRA39",
  name: "FOGRA39",
  profile: readFileSync(join(import.meta.dirname, "../../assets/press/FOGRA39L.icc")),
};
const press: PdfProfile = { name: "press", condition };
const screen: PdfProfile = { name: "screen" };
/** A rule in red, with which a press has more plates than black. */
const red = { kind: "rule", x1: 50, y1: 50, x2: 90, y2: 50, width: 1, ink: "red" } as const;

const tint = (x: number, y: number) => [x & 255, (x * y) & 255, 90] as const;
const painting = paintedPng(160, 80, tint);
const grey = paintedPng(160, 80, (x) => [x, x, x]);
const drawing = paintedPng(160, 80, tint, [["tEXt", Buffer.from("Source\0SVG", "latin1")]]);
const photograph = (file: Uint8Array) => {
  const png = readImageFile(file, "a");
  if (png.mime !== "image/png") throw new RangeError("no PNG");
  return writeJpeg(pngPixels(png));
};
const mono = png({ colour: 0, depth: 1 });

// 160 pixels on 38.4 pt are 300 to the inch, on 19.2 pt they are 600.
test.each<[string, Uint8Array, number, PdfProfile, "red" | "black", string]>([
  ["fine enough, as it is", painting, 38.4, screen, "red", "160x80 rgb 3 8 image"],
  ["finer by a quarter, as it is", painting, 30.8, screen, "red", "160x80 rgb 3 8 image"],
  ["finer than is seen", painting, 19.2, screen, "red", "80x40 rgb 3 8 image"],
  ["finer, of grey in three colours", grey, 19.2, screen, "red", "80x40 gray 1 8 image"],
  ["a photograph", photograph(painting), 19.2, screen, "red", "80x40 rgb 3 8 jpeg"],
  ["a drawing, as it is", drawing, 19.2, screen, "red", "160x80 rgb 3 8 image"],
  ["a drawing finer than is seen", drawing, 9.6, screen, "red", "80x40 rgb 3 8 image"],
  ["black and white, as it is", mono, 1, screen, "red", "16x8 gray 1 1 image"],
  ["black and white finer than is seen", mono, 0.5, screen, "red", "8x4 gray 1 8 image"],
  ["CMYK on a screen", jpeg("cmyk"), 160, screen, "red", "16x8 rgb 3 8 jpeg"],
  ["CMYK on a press, as it is", jpeg("cmyk"), 1, press, "red", "16x8 cmyk 4 8 jpeg"],
  ["CMYK on a press in black", jpeg("cmyk"), 160, press, "black", "16x8 gray 1 8 jpeg"],
  ["colours on a press", painting, 38.4, press, "red", "160x80 cmyk 4 8 image"],
  ["a photograph on a press", photograph(painting), 19.2, press, "red", "80x40 cmyk 4 8 image"],
  ["colours on a press in black", painting, 38.4, press, "black", "160x80 gray 1 8 image"],
  ["grey on a press", grey, 38.4, press, "red", "160x80 gray 1 8 image"],
  ["a grey JPEG on a press, as it is", jpeg("grey"), 160, press, "red", "16x8 gray 1 8 jpeg"],
])("pixels and inks: %s", async (_name, file, width, profile, ink, expected) => {
  const layout = layoutOf({ ...red, ink }, picture({ width, height: width / 2 }));
  const path = join(folder, "pixels.pdf");
  writeFileSync(path, await writePdf(layout, fonts, meta, undefined, new Map([["a", file]]), profile));
  const rows = execFileSync("pdfimages", ["-list", path], { encoding: "utf8" }).trim().split("\n").slice(2);
  const told = rows.map((row) => row.trim().split(/\s+/u));
  expect(
    told.map(([, , , w, h, space, parts, bits, packed]) => `${w}x${h} ${space} ${parts} ${bits} ${packed}`),
  ).toEqual([expected]);
});

test.each([
  ["a red of magenta and yellow", "", "colour", "cmyk"],
  ["a plate of its own for red", "专红", "colour", "gray"],
  ["a house style with grey pictures", "", "grey", "gray"],
] as const)("a press with %s", async (_name, plate, pictures, expected) => {
  const layout = { ...layoutOf(red, picture()), red: { plate, magenta: 80, yellow: 80 }, pictures };
  const path = join(folder, "plates.pdf");
  writeFileSync(path, await writePdf(layout, fonts, meta, undefined, new Map([["a", painting]]), press));
  expect(execFileSync("pdfimages", ["-list", path], { encoding: "utf8" })).toMatch(new RegExp(`image .* ${expected} `));
});

test("a JPEG that is fine enough stands in the file byte for byte", async () => {
  for (const [file, profile] of [
    [photograph(painting), screen],
    [jpeg("cmyk"), press],
  ] as const) {
    const layout = layoutOf(red, picture({ width: 38.4, height: 19.2 }));
    const bytes = await writePdf(layout, fonts, meta, undefined, new Map([["a", file]]), profile);
    expect(Buffer.from(bytes).includes(Buffer.from(file))).toBe(true);
  }
});

test("black lines of a drawing in colours go on the black plate alone", async () => {
  const lines = paintedPng(64, 32, (x, y) => (x % 8 === 0 ? [0, 0, 0] : y < 16 ? [255, 255, 255] : [255, 0, 0]));
  const layout = layoutOf(red, picture({ width: 32, height: 16 }));
  const path = join(folder, "lines.pdf");
  writeFileSync(path, await writePdf(layout, fonts, meta, undefined, new Map([["a", lines]]), press));
  const tiff = execFileSync("pdfimages", ["-tiff", path, join(folder, "lines")]);
  expect(tiff).toHaveLength(0);
  const inks = readFileSync(join(folder, "lines-000.tif")).subarray(8, 8 + 64 * 32 * 4);
  expect([...inks.subarray(0, 4), ...inks.subarray(4, 8)]).toEqual([0, 0, 0, 255, 0, 0, 0, 0]);
});

test("colours of a profile of their own keep it on a screen, and are turned by it for a press", async () => {
  // Red and blue of sRGB changed for one another: what says red is shown blue.
  const profile = Buffer.from(srgbProfile());
  const tags = { r: profile.indexOf("rXYZ"), b: profile.indexOf("bXYZ") };
  for (const [at, name] of [
    [tags.r, "bXYZ"],
    [tags.b, "rXYZ"],
  ] as const)
    profile.write(name, at, "latin1");
  const named = Buffer.from(profile.toString("latin1").replaceAll("sRGB", "BRGs"), "latin1");
  const chunk = Buffer.concat([Buffer.from("a\0\0", "latin1"), deflateSync(named)]);
  const file = paintedPng(16, 8, () => [255, 0, 0], [["iCCP", chunk]]);
  expect((await painted(file, [picture()], quarters)).join(" ")).toBe("b b b b");
  const layout = layoutOf(red, picture());
  const path = join(folder, "profile.pdf");
  writeFileSync(path, await writePdf(layout, fonts, meta, undefined, new Map([["a", file]]), press));
  execFileSync("pdfimages", ["-tiff", path, join(folder, "profile")]);
  const [cyan = 0, , yellow = 0] = readFileSync(join(folder, "profile-000.tif")).subarray(8, 12);
  expect(cyan).toBeGreaterThan(200);
  expect(yellow).toBeLessThan(20);
});

test("a picture is a figure with its words, outside of the text and of artifacts, and stands in the file once", async () => {
  const path = join(folder, "twice.pdf");
  const shown = [picture({ alt: "新桥通车（示意）" }), picture({ y: 400 }), picture({ y: 600 })];
  writeFileSync(path, await write(layoutOf(...shown), jpeg("colour")));
  const plain = execFileSync("qpdf", ["--qdf", "--object-streams=disable", path, "-"], { encoding: "latin1" });
  const words = Buffer.from("\ufeff新桥通车（示意）", "utf16le").swap16().toString("hex");
  expect(plain).toContain(`/Figure << /Alt <${words}> >> BDC\nq `);
  expect(plain.match(/\/Figure BMC\nq /g)).toHaveLength(2);
  expect(plain.match(/\/Subtype \/Image/g)).toHaveLength(1);
  expect(plain.match(/Do Q/g)).toHaveLength(3);
  expect(execFileSync("qpdf", ["--check", path], { encoding: "utf8" })).toMatch(/No syntax or stream encoding errors/);
});

test("the same pictures give the same bytes, another one another file identifier", async () => {
  const identifier = (bytes: Uint8Array) =>
    /\/ID \[ ?(<[^>]+>) (<[^>]+>)/.exec(Buffer.from(bytes).toString("latin1"))?.[2];
  const layout = layoutOf(picture());
  const first = await write(layout, jpeg("colour"));
  expect(Buffer.from(await write(layout, jpeg("colour"))).equals(first)).toBe(true);
  const shrunk = layoutOf(red, picture({ width: 19.2, height: 9.6 }));
  for (const [file, profile] of [
    [painting, press],
    [photograph(painting), screen],
  ] as const) {
    const [once, twice] = await Promise.all(
      [1, 2].map(() => writePdf(shrunk, fonts, meta, undefined, new Map([["a", file]]), profile)),
    );
    expect(Buffer.compare(once ?? new Uint8Array(), twice ?? new Uint8Array(1))).toBe(0);
  }
  const other = layoutOf(picture({ image: "b" }));
  const second = await writePdf(other, fonts, meta, undefined, new Map([["b", jpeg("colour")]]));
  expect(identifier(first)).toBeTruthy();
  expect(identifier(second)).not.toBe(identifier(first));
});

test("a picture that is not given is a programmer's mistake", async () => {
  await expect(writePdf(layoutOf(picture()), fonts, meta)).rejects.toThrow(RangeError);
});

test.each<[string, Item[], RegExp | null]>([
  ["all in their places", [picture()], null],
  ["one is missing", [], /有0张图片，应有1张/],
  ["one is too many", [picture(), picture({ y: 400 })], /有2张图片，应有1张/],
  ["one stands elsewhere", [picture({ x: 120 })], /图片不在版面上的位置/],
  ["one is smaller", [picture({ width: 150 })], /图片不在版面上的位置/],
])("the proof of pictures: %s", async (_name, items, says) => {
  const expectation: Expectation = { layout: layoutOf(picture()), approved: [], contents: null, notices: [] };
  const { mismatches } = await verifyPdf(await write(layoutOf(...items), jpeg("colour")), expectation, fonts);
  if (says) expect(mismatches.join("\n")).toMatch(says);
  else expect(mismatches).toEqual([]);
});

test.each<[string, Uint8Array, string | null]>([
  ["inks", jpeg("cmyk"), "r g b w"],
  ["inks of a camera turned left", turnedJpeg(6, true, "cmyk"), "b r w g"],
  ["colours", jpeg("colour"), null],
  ["a PNG", png({ colour: 2 }), null],
])("the window is given what the PDF shows: %s", async (_name, file, expected) => {
  const shown = await shownOnScreen(file, "a");
  if (!shown) expect(expected).toBe(null);
  else expect((await painted(shown, [picture()], quarters)).join(" ")).toBe(expected);
});
