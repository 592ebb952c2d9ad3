// In which inks a file is written: what looks alike and prints otherwise must be found, and a red on a plate of its own
// must be there by its name. Where Ghostscript is installed, its plates are looked at.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PDFDict, PDFName } from "pdf-lib";
import { afterAll, describe, expect, test } from "vitest";
import type { Layout } from "../../shared/layout/display.ts";
import { type RedInk, redLook, redName, usualRed } from "../../shared/layout/redInk.ts";
import { parseStyle } from "../../shared/layout/style.ts";
import { contents, type Damage, find, key, reworked, rewritten, told, writeAs } from "./profiled.ts";
import { firstBody, layout, style } from "./subject.ts";

const pantone: RedInk = { plate: "PANTONE 485 C", magenta: 95, yellow: 100 };
const own: RedInk = { plate: "专红", magenta: 100, yellow: 90 };
const mixed: RedInk = { plate: "", magenta: 100, yellow: 60 };

const inRed = (red: RedInk): Layout => ({ ...layout, red });
const recoloured = (bytes: Uint8Array, page: number, change: (content: string) => string) =>
  reworked(bytes, contents(page, change));

const files = {
  screen: await writeAs("screen"),
  archive: await writeAs("archive"),
  press: await writeAs("press"),
};
const spot = inRed(pantone);
const spotPress = await writeAs("press", spot);

test.each([
  ["the usual red", layout],
  ["another mix", inRed(mixed)],
  ["a plate of its own", spot],
  ["a plate with a Chinese name", inRed(own)],
] as const)("%s is proved in every profile", async (_, made) => {
  for (const name of ["screen", "archive", "press", "booklet"] as const)
    expect(await told(await writeAs(name, made), name, made)).toBe("");
});

const text = (content: string) => content.replace(/BT 0 g/u, "BT 0 0 0 rg");

test.each<[string, "screen" | "archive" | "press", number, (content: string) => string, RegExp]>([
  ["black of red, green and blue", "screen", firstBody, text, /PDF第3面有版面上没有的油墨：文字RGB 0 0 0/],
  ["black of red, green and blue", "archive", firstBody, text, /PDF第3面有用RGB写的黑色或灰色，应为单色黑/],
  ["black of red, green and blue", "press", firstBody, text, /PDF第3面用了DeviceRGB的颜色/],
  [
    "grey of red, green and blue",
    "archive",
    firstBody,
    (content) => content.replace("BT 0 g", "BT 0.02 0.02 0.02 rg"),
    /有用RGB写的黑色或灰色/,
  ],
  [
    "black of a grey that is not black",
    "screen",
    firstBody,
    (content) => content.replace("BT 0 g", "BT 0.05 g"),
    /有版面上没有的油墨：文字单色黑 0\.05/,
  ],
  [
    "black of four inks",
    "press",
    firstBody,
    (content) => content.replace("BT 0 g", "BT 0.6 0.4 0.4 1 k"),
    /PDF第3面有文字不是只印在黑版或红色的版上/,
  ],
  [
    "black on the black plate, written as four inks",
    "press",
    firstBody,
    (content) => content.replace("BT 0 g", "BT 0 0 0 1 k"),
    /有版面上没有的油墨：文字CMYK 0 0 0 1/,
  ],
  [
    "a red with black in it",
    "press",
    0,
    (content) => content.replace("0 0.8 0.8 0 k", "0 0.8 0.8 0.1 k"),
    /不是只印在黑版或红色的版上/,
  ],
  [
    "another red",
    "press",
    0,
    (content) => content.replaceAll("0 0.8 0.8 0 k", "0 0.9 0.9 0 k"),
    /PDF第1面有版面上没有的油墨：文字CMYK 0 0\.9 0\.9 0[\s\S]*没有用版面上的油墨：文字CMYK 0 0\.8 0\.8 0/,
  ],
  [
    "text on every plate",
    "press",
    firstBody,
    (content) => content.replace("BT 0 g", "BT /All cs 1 scn"),
    /PDF第3面有文字不是只印在黑版或红色的版上/,
  ],
  [
    "marks on the black plate alone",
    "press",
    firstBody,
    (content) => content.replace("/All CS 1 SCN", "0 G"),
    /没有用版面上的油墨：线条专色 All 1/,
  ],
  [
    "a picture in the content",
    "press",
    firstBody,
    (content) => `${content}\nq 9 0 0 9 0 0 cm BI /W 1 /H 1 /CS /RGB /BPC 8 ID xxx EI Q`,
    /写在内容里的图片/,
  ],
])("%s (%s)", async (_, name, page, change, sentence) => {
  expect(await told(await recoloured(files[name], page, change), name)).toMatch(sentence);
});

test.each<[string, (content: string) => string, RegExp]>([
  [
    "red of two inks where a plate was asked for",
    (content) => content.replaceAll("/Red cs 1 scn", "0 0.95 1 0 k"),
    /没有用版面上的油墨：文字专色 PANTONE 485 C 1/,
  ],
  [
    "a tint of the plate",
    (content) => content.replace("/Red cs 1 scn", "/Red cs 0.5 scn"),
    /文字专色 PANTONE 485 C 0\.5/,
  ],
  ["a colour space nobody has", (content) => content.replace("/Red cs", "/Rot cs"), /用了不认识的颜色空间/],
])("a plate of its own: %s", async (_, change, sentence) => {
  expect(await told(await recoloured(spotPress, 0, change), "press", spot)).toMatch(sentence);
});

test.each<[string, RedInk, RegExp]>([
  ["another name", own, /没有用版面上的油墨：文字专色 专红 1/],
  ["another substitute", { ...pantone, yellow: 90 }, /没有用版面上的油墨：文字专色 PANTONE 485 C 1/],
  ["no plate", mixed, /没有用版面上的油墨：文字CMYK 0 1 0\.6 0/],
])("a file of one red is not taken for one of %s", async (_, red, sentence) => {
  expect(await told(spotPress, "press", inRed(red))).toMatch(sentence);
});

/** A rule in a second plate, which is described by `plate` and `inks`. */
const secondPlate =
  (plate: string, inks: readonly number[]): Damage =>
  (document) => {
    const { context } = document;
    const tint = context.obj({ FunctionType: 2, Domain: [0, 1], C0: [0, 0, 0, 0], C1: [...inks], N: 1 });
    const space = context.obj(["Separation", PDFName.of(plate), "DeviceCMYK", tint]);
    const resources = find(document, (dict) => dict.has(key("ColorSpace")) && dict.has(key("Font")));
    resources.lookup(key("ColorSpace"), PDFDict).set(key("Second"), space);
    const page = document.getPage(firstBody).node;
    rewritten(document, page, "Contents", (content) => `${content}\n/Artifact BMC /Second CS 1 SCN 0 0 m 9 9 l S EMC`);
  };

test.each<[string, string, readonly number[], RegExp]>([
  ["another one", "Gold", [0, 0.2, 0.9, 0.1], /专色不止一种：PANTONE 485 C、Gold/],
  ["the same with another substitute", "PANTONE#20485#20C", [0, 0.9, 0.9, 0], /专色 PANTONE 485 C 的近似色前后不一/],
  ["one with the name of an ink of the process", "Magenta", [0, 1, 0, 0], /专色借用了四色版的名称 Magenta/],
])("beside the plate of red, %s", async (_, plate, inks, sentence) => {
  expect(await told(await reworked(spotPress, secondPlate(plate, inks)), "press", spot)).toMatch(sentence);
});

describe("red as it looks and is called", () => {
  // What the profile of FOGRA39 gives for these (relative colorimetric, sRGB), by another engine.
  test.each<[magenta: number, yellow: number, rgb: readonly number[]]>([
    [80, 80, [234, 85, 63]],
    [100, 100, [228, 29, 37]],
    [95, 100, [229, 46, 36]],
    [50, 50, [244, 155, 126]],
    [100, 80, [229, 28, 56]],
    [80, 100, [234, 83, 34]],
    [60, 0, [240, 137, 183]],
    [20, 20, [253, 218, 204]],
  ])("M%i Y%i", (magenta, yellow, rgb) => {
    for (const [i, part] of redLook({ plate: "", magenta, yellow }).entries())
      expect(Math.abs(part * 255 - (rgb[i] ?? 0))).toBeLessThanOrEqual(10);
  });

  test.each([
    [usualRed, "M80 Y80"],
    [pantone, "专色 PANTONE 485 C（M95 Y100）"],
  ])("%o", (red, name) => {
    expect(redName(red)).toBe(name);
  });
});

describe("the plate of a style", () => {
  const styled = (red: object) => parseStyle({ extends: style.name, name: "mine", label: "自定", red }, style).red;
  test.each(["", "专红", "PANTONE 485 C", "PANTONE Red 032 U", "DIC-156", "红(1号)", "印厂红+"])(
    "%j may be",
    (plate) => {
      expect(styled({ plate })).toEqual({ ...usualRed, plate });
    },
  );
  test.each(["Black", "Cyan", "All", "None", " 红", "红 ", "a/b", "#41", "红\n黑", "红".repeat(31)])(
    "%j may not",
    (plate) => {
      expect(() => styled({ plate })).toThrow(/“红色·专色名”（red\.plate）.*应为专色名/u);
    },
  );
  test("a style of before there was a red has the usual one", () => {
    const { red: _, ...old } = style;
    expect(parseStyle(old).red).toEqual(usualRed);
  });
  test.each([{ magenta: 19 }, { magenta: 101 }, { yellow: -1 }, { yellow: 0.5 }])("%o is refused", (red) => {
    expect(() => styled(red)).toThrow(/red\./u);
  });
});

// ---------------------------------------------------------------- plates

/** Ghostscript makes the plates, ImageMagick reads them; a machine may have neither. */
const hasPlates = (() => {
  try {
    for (const program of ["gs", "convert"]) execFileSync(program, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

describe.runIf(hasPlates)("the plates that Ghostscript makes", () => {
  const folder = mkdtempSync(join(tmpdir(), "zhengbao-plates-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Share of each plate of a page that has ink: on the trimmed page, and around it. */
  function plates(name: string, bytes: Uint8Array, page: number): Map<string, { inside: number; outside: number }> {
    writeFileSync(join(folder, `${name}.pdf`), bytes);
    const args = ["-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", "-r36", `-dFirstPage=${page + 1}`];
    execFileSync("gs", [...args, `-dLastPage=${page + 1}`, `-sOutputFile=${name}-%d.tif`, `${name}.pdf`], {
      cwd: folder,
    });
    const found = new Map<string, { inside: number; outside: number }>();
    for (const file of readdirSync(folder)) {
      const plate = new RegExp(`^${name}-1\\((.*)\\)\\.tif$`, "u").exec(file)?.[1];
      if (plate !== undefined) found.set(decodeURIComponent(plate), inkOf(readFileSync(join(folder, file))));
    }
    return found;
  }

  /** Of an uncompressed or LZW grey TIFF, through ImageMagick's plain format. */
  function inkOf(tiff: Uint8Array): { inside: number; outside: number } {
    const pgm = execFileSync("convert", ["tif:-", "-depth", "8", "pgm:-"], { input: tiff, maxBuffer: 1 << 26 });
    const [head = "", width = "0", height = "0"] =
      /^P5\s+(\d+)\s+(\d+)\s+255\s/u.exec(pgm.toString("latin1", 0, 40)) ?? [];
    const [w, h] = [Number(width), Number(height)];
    const margin = Math.ceil((10 / 25.4) * 36);
    const ink = { inside: 0, outside: 0 };
    for (let y = 0; y < h; y++)
      for (let x = 0; x < w; x++) {
        if ((pgm[head.length + y * w + x] ?? 255) > 200) continue;
        const isInside = x >= margin && y >= margin && x < w - margin && y < h - margin;
        ink[isInside ? "inside" : "outside"]++;
      }
    return ink;
  }

  test("text is on the black plate alone, red on two, marks on all", () => {
    const cover = plates("cover", files.press, 0);
    for (const plate of ["Magenta", "Yellow"]) expect(cover.get(plate)?.inside).toBeGreaterThan(0);
    expect(cover.get("Cyan")?.inside).toBe(0);
    const body = plates("body", files.press, firstBody);
    expect(body.get("Black")?.inside).toBeGreaterThan(100);
    for (const plate of ["Cyan", "Magenta", "Yellow"]) expect(body.get(plate)?.inside).toBe(0);
    for (const page of [cover, body])
      for (const plate of ["Cyan", "Magenta", "Yellow", "Black"]) expect(page.get(plate)?.outside).toBeGreaterThan(0);
  });

  test.each([
    ["spot", pantone],
    ["red", own],
  ])("%s: a plate of that name has the red and nothing else, marks aside", async (name, red) => {
    const cover = plates(name, await writeAs("press", inRed(red)), 0);
    expect([...cover.keys()].sort()).toEqual(["Black", "Cyan", "Magenta", "Yellow", red.plate].sort());
    expect(cover.get(red.plate)?.inside).toBeGreaterThan(0);
    for (const plate of ["Cyan", "Magenta", "Yellow"]) expect(cover.get(plate)?.inside).toBe(0);
    for (const plate of cover.values()) expect(plate.outside).toBeGreaterThan(0);
  });
});
