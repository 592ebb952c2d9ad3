// Pictures in the PDF, looked at as another program paints them: each kind of file shows its four quarters where they
// belong, turned upright, and transparent where it is.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openFonts } from "../../main/fonts/faces.ts";
import { type Expectation, verifyPdf } from "../../main/pdf/verify.ts";
import { writePdf } from "../../main/pdf/write.ts";
import type { Item, Layout, Picture } from "../../shared/layout/display.ts";
import { type Colour, jpeg, png, turnedJpeg, white } from "./pictures.ts";

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
