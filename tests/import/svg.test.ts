// A drawing is made a picture once, when it is inserted: what is in it is painted in the office's typefaces, what could not
// be printed as it was meant is refused with a sentence that names the file.
import { expect, test } from "vitest";
import { openFaces } from "../../main/fonts/faces.ts";
import type { DrawingMeans } from "../../main/import/drawing.ts";
import { takeImage } from "../../main/import/image.ts";
import { isSvg, readSvg } from "../../main/import/svg.ts";
import { pngPixels } from "../../main/pdf/raster.ts";
import { readImageFile } from "../../shared/model/imageFile.ts";
import { png } from "../pdf/pictures.ts";

const spaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"';
const svg = (inside: string, root = 'width="60" height="40"') => Buffer.from(`<svg ${spaces} ${root}>${inside}</svg>`);
const read = (bytes: Uint8Array) => readSvg(bytes, "图.svg", (role) => `face of ${role}`);

const faces = openFaces({ installed: [] });
const means: DrawingMeans = {
  face: (role) => faces.bytes(faces.plan[role].chain[0] ?? ""),
  hasGlyph: (role, letter) => faces.fonts.face(faces.plan[role].chain[0] ?? "").glyph(letter.codePointAt(0) ?? 0) !== 0,
  worker: new URL("../../main/import/drawingWorker.ts", import.meta.url),
};

test.each<[string, Uint8Array, boolean]>([
  ["a plain one", svg(""), true],
  [
    "behind a mark, a declaration, a comment and a document type",
    Buffer.from(
      `\ufeff<?xml version="1.0"?>\n<!-- a > b -->\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x">\n<svg/>`,
    ),
    true,
  ],
  ["UTF-16", Buffer.from(`\ufeff<svg ${spaces}/>`, "utf16le"), true],
  ["a page of the web", Buffer.from("<!DOCTYPE html><html><body><svg/></body></html>"), false],
  ["text that speaks of it", Buffer.from("关于<svg>的说明"), false],
  ["a PNG", png({ colour: 2 }), false],
])("an SVG is known by its content: %s", (_name, bytes, is) => {
  expect(isSvg(bytes)).toBe(is);
});

test.each<[string, Uint8Array, RegExp]>([
  ["a script", svg("<script>alert(1)</script>"), /带有脚本/],
  ["a handler of events", svg('<rect width="1" height="1" onclick="x()"/>'), /带有脚本/],
  [
    "a page of the web inside",
    svg('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">字</p></foreignObject>'),
    /夹有网页内容/,
  ],
  ["what moves", svg('<rect><animate attributeName="x" to="9"/></rect>'), /会动的图片/],
  ["a shadow", svg('<filter id="f"><feGaussianBlur/></filter>'), /阴影、模糊/],
  ["a blur by style", svg('<rect style="fill:red;filter:blur(2px)"/>'), /阴影、模糊/],
  ["a picture elsewhere", svg('<image href="http://example.com/a.png"/>'), /图片不在文件中，请在绘图软件里把它“嵌入”/],
  ["a picture on the disk", svg('<image xlink:href="file:///etc/passwd"/>'), /图片不在文件中/],
  ["a drawing in the drawing", svg('<image href="data:image/svg+xml;base64,PHN2Zy8+"/>'), /图片不在文件中/],
  ["a broken picture inside", svg('<image href="data:image/png;base64,AAAA"/>'), /“图\.svg里的图片”不是PNG/],
  ["a shape of another file", svg('<use href="other.svg#a"/>'), /引用了别的文件/],
  ["a fill of another file", svg('<rect fill="url(http://example.com/a#b)"/>'), /引用了别的文件/],
  ["a style of another file", svg("<style>@import 'a.css';</style>"), /引用了别的文件/],
  ["a typeface of another file", svg("<style>@font-face{src:url(a.woff)}</style>"), /引用了别的文件/],
  ["a word hidden from such checks", svg("<style>@\\69mport 'a.css';</style>"), /样式里用了转义符/],
  [
    "a style sheet",
    Buffer.from(`<?xml version="1.0"?><?xml-stylesheet href="a.css"?><svg ${spaces}/>`),
    /引用了别的文件/,
  ],
  ["entities of its own", Buffer.from(`<!DOCTYPE svg [<!ENTITY a "b">]><svg ${spaces}>&a;</svg>`), /自己定义的实体/],
  ["what is not known here", svg("<hatch/>"), /画不出的成分“hatch”/],
  ["no end", Buffer.from(`<svg ${spaces}><rect`), /不完整或已损坏/],
  ["no name space", Buffer.from("<svg><rect/></svg>"), /不是完整的SVG/],
  ["too many levels", svg(`${"<g>".repeat(300)}${"</g>".repeat(300)}`), /太复杂/],
])("a drawing with %s is refused", (_name, bytes, says) => {
  expect(() => read(bytes)).toThrow(
    expect.objectContaining({ code: "badFile", message: expect.stringMatching(/^“图\.svg/) }),
  );
  expect(() => read(bytes)).toThrow(says);
});

test("what is about a drawing is left out, typefaces become the office's, its letters are told", () => {
  const { svg: kept, letters } = read(
    svg(
      '<title>示例</title><metadata><a:b xmlns:a="x">c</a:b></metadata><a:b xmlns:a="x"><rect/></a:b>' +
        "<style>.a{font-family:SimSun,serif;fill:red}</style><a href='http://example.com'><text class='a'>甲 &amp;乙</text></a>" +
        "<text font-family='&quot;Microsoft YaHei&quot;' style='font-family: KaiTi_GB2312'>甲</text>",
      'width="60" height="40" data-x="1" xmlns:i="y" i:z="1"',
    ),
  );
  expect(letters).toEqual(["甲", "&", "乙"]);
  expect(kept).toBe(
    `<svg ${spaces} width="60" height="40" data-x="1"><style>.a{font-family:'face of song';fill:red}</style>` +
      `<a><text class="a">甲 &amp;乙</text></a><text font-family="face of hei" style="font-family: 'face of kai'">甲</text></svg>`,
  );
});

test("a drawing is painted on white, 600 pixels to the inch of the widest column, letters in the typeface that is meant", async () => {
  const inner = Buffer.from(png({ colour: 2 })).toString("base64");
  const line = (y: number, family: string) =>
    `<text x="62" y="${y}" font-size="12" font-family="${family}">示例</text>`;
  const drawing = svg(
    '<defs><g id="a"><rect width="10" height="10"/></g></defs><rect width="20" height="20" fill="#0000ff"/>' +
      '<use xlink:href="#a" x="40" fill="#c00000"/>' +
      `<image href="data:image/png;base64,${inner}" y="20" width="32" height="16"/>` +
      line(12, "黑体") +
      line(26, "KaiTi") +
      line(40, "Unheard Of"),
    'width="100" height="42"',
  );
  const { bytes, width, height, mime } = await takeImage(drawing, "图.svg", means);
  expect([width, height, mime]).toEqual([3685, 1548, "image/png"]);
  const file = readImageFile(bytes, "图.svg");
  if (file.mime !== "image/png") throw new RangeError("no PNG");
  expect(file.drawn).toBe(true);
  const { samples } = pngPixels(file);
  const at = (x: number, y: number) => (Math.floor(y * 36.85) * width + Math.floor(x * 36.85)) * 3;
  const colours = [at(5, 5), at(45, 5), at(30, 5), at(4, 22), at(20, 22)].map((from) =>
    Buffer.from(samples.subarray(from, from + 3)).toString("hex"),
  );
  expect(colours).toEqual(["0000ff", "c00000", "ffffff", "ff0000", "00ff00"]);

  /** Which pixels of the rows of a line of letters are dark. */
  const letters = (top: number) => {
    const dark: boolean[] = [];
    for (let y = 0; y < 12; y += 0.1)
      for (let x = 62; x < 88; x += 0.1) dark.push((samples[at(x, top + y)] ?? 255) < 128);
    return dark;
  };
  const [hei, kai, unknown] = [letters(1.5), letters(15.5), letters(29.5)];
  const share = (other: boolean[]) => hei.filter((dark, i) => dark === other[i]).length / hei.length;
  expect(hei.filter(Boolean).length / hei.length).toBeGreaterThan(0.1);
  expect(share(unknown)).toBeGreaterThan(0.99);
  expect(share(kai)).toBeLessThan(0.97);
}, 60_000);

const laughs = Array.from({ length: 8 }, (_, i) => `<g id="a${i + 1}">${`<use href="#a${i}"/>`.repeat(12)}</g>`).join(
  "",
);

test.each<[string, Uint8Array, RegExp]>([
  ["that shows nothing", svg("<defs><rect width='9' height='9'/></defs>"), /“图\.svg”里没有画东西/],
  ["that multiplies itself", svg(`<g id="a0"><rect width="1" height="1"/></g>${laughs}`), /“图\.svg”画不出来/],
  [
    "with a letter that no typeface has",
    svg("<text>\u{10ffff}</text>"),
    /“\u{10ffff}”没有字体能够印出，请在绘图软件里把文字转成轮廓/u,
  ],
])("a drawing %s is refused", async (_name, bytes, says) => {
  await expect(takeImage(bytes, "图.svg", means)).rejects.toThrow(says);
});
