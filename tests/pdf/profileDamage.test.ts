// Damaged files for the archive, for the press and of a booklet: whatever was done to one before or after it was proved,
// its export would be refused with a sentence. What the screen profile alone has is in damaged.test.ts and
// verify.test.ts; rules one by one are in rules.test.ts, inks in inks.test.ts.
import { degrees, PDFArray, PDFDict, PDFName, PDFNumber, PDFString, rgb } from "pdf-lib";
import { describe, expect, test } from "vitest";
import type { Layout } from "../../shared/layout/display.ts";
import {
  contents,
  type Damage,
  descendant,
  find,
  has,
  key,
  onPage,
  reworked,
  rewritten,
  swapped,
  told,
  widened,
  writeAs,
} from "./profiled.ts";
import {
  blanked,
  contentsPage,
  firstBody,
  isContents,
  once,
  replaced,
  withoutGlyph,
  withRuns,
  withText,
} from "./subject.ts";

const right = { archive: await writeAs("archive"), press: await writeAs("press"), booklet: await writeAs("booklet") };
const profiles = ["archive", "press", "booklet"] as const;

test.each(profiles)("%s: what the cases begin with is right", async (name) => {
  expect(await told(right[name], name)).toBe("");
  expect(await told(await reworked(right[name], () => {}), name)).toBe("");
});

// ---------------------------------------------------------------- written wrong

const printed: readonly (readonly [name: string, made: Layout, says: RegExp])[] = [
  [
    "a swapped page number in the contents",
    withRuns(contentsPage, (run) =>
      isContents(run) && /^\(?1\)?$/u.test(run.text) ? withText(run, run.text.replace("1", "9")) : run,
    ),
    /目录第1条.*写第9页，正文在第1页/u,
  ],
  [
    "a wrong folio",
    withRuns(firstBody, (run) => (run.artifact === "folio" ? withText(run, run.text.replace("1", "7")) : run)),
    /印出的页码是“7”，应为“1”/u,
  ],
  [
    "a dropped glyph",
    withRuns(
      firstBody,
      once((run) => withoutGlyph(run, "养")),
    ),
    /文字与定稿不符/u,
  ],
  [
    "a glyph without ink",
    withRuns(
      firstBody,
      once((run) => blanked(run, "养")),
    ),
    /没有印迹/u,
  ],
  [
    "another character",
    withRuns(
      firstBody,
      once((run) => replaced(run, "安全", "完全")),
    ),
    /文字与定稿不符/u,
  ],
  [
    "a title with another word",
    withRuns(firstBody, (run) => replaced(run, "桥梁", "道路")),
    /文字与定稿不符|题名不同/u,
  ],
  [
    "a line left out",
    withRuns(
      firstBody,
      once((run) => (run.source?.in === "body" ? { ...run, artifact: "filler" } : run)),
    ),
    /文字与定稿不符/u,
  ],
  [
    "a line in red",
    withRuns(
      firstBody,
      once((run) => ({ ...run, ink: "red" })),
    ),
    /的字体、字号、方向或颜色与版面不同/u,
  ],
  [
    "white text",
    withRuns(
      firstBody,
      once((run) => ({ ...run, ink: "white" })),
    ),
    /没有印迹/u,
  ],
  [
    "a line moved by two points",
    withRuns(
      firstBody,
      once((run) => ({ ...run, x: run.x + 2 })),
    ),
    /不在版面上的位置/u,
  ],
];

describe.each(profiles)("%s, written wrong", (name) => {
  test.each(printed)("%s", async (_, made, says) => {
    expect(await told(await writeAs(name, made), name)).toMatch(says);
  });
});

// ---------------------------------------------------------------- damaged afterwards

const composite = has("Subtype", "Type0");

const damages: readonly (readonly [name: string, damage: Damage, says: RegExp])[] = [
  ["two pages that changed places", swapped(firstBody, firstBody + 1), /印出的页码是|文字与定稿不符/u],
  ["a page taken out", (document) => document.removePage(firstBody), /PDF有\d+面，版面有\d+面/u],
  [
    "a page that stands twice",
    async (document) => {
      const [copy] = await document.copyPages(document, [firstBody]);
      if (copy) document.insertPage(firstBody, copy);
    },
    /PDF有\d+面，版面有\d+面/u,
  ],
  ["a wrong width", widened(0.97), /宽度与字体文件不符/u],
  ["a missing ToUnicode", (document) => void find(document, composite).delete(key("ToUnicode")), /没有对应的文字编码/u],
  [
    "two characters that changed their meaning",
    (document) =>
      rewritten(document, find(document, composite), "ToUnicode", (text) =>
        text.replace(/<0001> <(\w+)>\n<0002> <(\w+)>/u, "<0001> <$2>\n<0002> <$1>"),
      ),
    /文字与定稿不符|没有照此印在目录页上|印出的字形不是这个字/u,
  ],
  [
    "every glyph drawn by its neighbour",
    (document) =>
      rewritten(
        document,
        descendant(document),
        "CIDToGIDMap",
        (text) => text.slice(0, 2) + text.slice(4) + text.slice(2, 4),
      ),
    /印出的字形不是这个字/u,
  ],
  [
    "a font that is not embedded",
    (document) => void find(document, has("Type", "FontDescriptor")).delete(key("FontFile2")),
    /没有嵌入/u,
  ],
  [
    "text under a white area",
    contents(firstBody, (text) => `${text}\n/Artifact BMC q 1 0 0 1 0 0 cm 1 g 0 0 900 1200 re f Q EMC`),
    /被色块或图片盖住/u,
  ],
  ["invisible text", contents(firstBody, (text) => text.replaceAll("BT ", "BT 3 Tr ")), /没有印迹/u],
  [
    "glyphs pressed together",
    contents(firstBody, (text) => text.replaceAll(" Tf ", " Tf 90 Tz ")),
    /印出的字形不是这个字/u,
  ],
  [
    "a stamp",
    onPage(firstBody, (page) =>
      page.drawEllipse({ x: 300, y: 400, xScale: 60, yScale: 60, borderColor: rgb(1, 0, 0), borderWidth: 4 }),
    ),
    /多出版面以外的|有版面上没有的油墨/u,
  ],
  [
    "a comment",
    onPage(firstBody, ({ node }, { context }) => {
      const note = context.obj({ Type: "Annot", Subtype: "FreeText", Rect: [100, 600, 300, 640], F: 4 });
      node.set(key("Annots"), context.obj([context.register(note)]));
    }),
    /有1处批注、图章或表单|有批注或链接/u,
  ],
  ["a page turned", onPage(firstBody, (page) => page.setRotation(degrees(180))), /被转了180度/u],
  ["a page cut smaller", onPage(firstBody, (page) => page.setCropBox(60, 60, 300, 400)), /被裁小了|的大小是/u],
  [
    "a script",
    ({ catalog, context }) => catalog.set(key("OpenAction"), context.obj({ S: "JavaScript", JS: PDFString.of("1") })),
    /不许有的/u,
  ],
  ["no output intent", ({ catalog }) => void catalog.delete(key("OutputIntents")), /没有输出意图/u],
  ["no XMP", ({ catalog }) => void catalog.delete(key("Metadata")), /没有XMP说明/u],
];

describe.each(["archive", "press"] as const)("%s, damaged afterwards", (name) => {
  test.each(damages)("%s", async (_, damage, says) => {
    expect(await told(await reworked(right[name], damage), name)).toMatch(says);
  });
});

const links = (document: Parameters<Damage>[0]): PDFDict[] =>
  document
    .getPages()
    .flatMap(({ node }) => node.Annots()?.asArray() ?? [])
    .map((annotation) => document.context.lookup(annotation, PDFDict));

test.each<[string, Damage, RegExp]>([
  [
    "a link to the wrong page",
    (document) => {
      const [one, other] = links(document);
      const target = other?.get(key("Dest")) ?? other?.get(key("A"));
      if (one && target) one.set(other?.has(key("Dest")) ? key("Dest") : key("A"), target);
    },
    /目录第1条.*的链接通到第3页，正文在第1页/u,
  ],
  [
    "no links",
    (document) => {
      for (const { node } of document.getPages()) node.delete(key("Annots"));
    },
    /在PDF中没有链接/u,
  ],
  ["no bookmarks", ({ catalog }) => void catalog.delete(key("Outlines")), /PDF有0个书签/u],
  [
    "page labels that count from another number",
    ({ catalog, context }) => catalog.set(key("PageLabels"), context.obj({ Nums: [0, { S: "D", St: 5 }] })),
    /的页标签是/u,
  ],
  ["no structure", ({ catalog }) => void catalog.delete(key("StructTreeRoot")), /没有结构树/u],
  [
    "a title that is a paragraph of its table",
    (document) => void find(document, has("S", "H1")).set(key("S"), key("TD")),
    /不能在/u,
  ],
  [
    "a paragraph that nobody reads aloud",
    contents(firstBody, (text) => text.replace(/\/P << \/MCID \d+ >> BDC/u, "/Artifact BMC")),
    /与定稿不符|在结构树中没有|结构树指到没有的内容/u,
  ],
])("archive: %s", async (_, damage, says) => {
  expect(await told(await reworked(right.archive, damage), "archive")).toMatch(says);
});

const boxed = (page: number, name: string, change: (sides: number[]) => number[]) =>
  onPage(page, ({ node }, { context }) => {
    const box = node.lookup(key(name), PDFArray);
    const sides = box.asArray().map((side) => (side instanceof PDFNumber ? side.asNumber() : 0));
    node.set(key(name), context.obj(change(sides)));
  });

test.each<[string, Damage, RegExp]>([
  ["no trim", onPage(firstBody, ({ node }) => void node.delete(key("TrimBox"))), /不相套|的大小是/u],
  [
    "a trim moved by three millimetres",
    boxed(firstBody, "TrimBox", (box) => box.map((side) => side + 8.5)),
    /不在版面上的位置/u,
  ],
  [
    "a trim as large as the bleed",
    boxed(firstBody, "TrimBox", ([l = 0, b = 0, r = 0, t = 0]) => [l - 8.5, b - 8.5, r + 8.5, t + 8.5]),
    /的大小是/u,
  ],
  [
    "a bleed inside the trim",
    boxed(firstBody, "BleedBox", ([l = 0, b = 0, r = 0, t = 0]) => [l + 20, b + 20, r - 20, t - 20]),
    /不相套/u,
  ],
  [
    "a page made a hundredth smaller",
    contents(firstBody, (text) => `0.99 0 0 0.99 0 0 cm\n${text}`),
    /不在版面上的位置|与版面不同/u,
  ],
  [
    "text in the bleed",
    contents(firstBody, (text) => text.replace(/ Tm /u, " Tm -200 0 Td ")),
    /在页面以外|不在版面上的位置/u,
  ],
  [
    "a link",
    onPage(contentsPage, ({ node }, { context }) => {
      const link = context.obj({ Type: "Annot", Subtype: "Link", Rect: [100, 100, 500, 700], F: 4, Dest: [0, "Fit"] });
      node.set(key("Annots"), context.obj([context.register(link)]));
    }),
    /有批注或链接/u,
  ],
  [
    "no marks",
    contents(firstBody, (text) => text.replace(/q \/All CS[\s\S]*?Q\n/u, "")),
    /没有用版面上的油墨：线条专色 All/u,
  ],
  [
    "a form in colours of a screen",
    (document) => {
      const form = document.context.flateStream("1 0 0 rg 0 0 9 9 re f", {
        Type: "XObject",
        Subtype: "Form",
        BBox: [0, 0, 9, 9],
      });
      document.context.register(form);
    },
    /嵌套的内容用了DeviceRGB的颜色/u,
  ],
  [
    "a group of transparency in colours of a screen",
    onPage(firstBody, ({ node }, { context }) =>
      node.set(key("Group"), context.obj({ S: "Transparency", CS: "DeviceRGB" })),
    ),
    /有透明组用了DeviceRGB的颜色/u,
  ],
  [
    "a shading in colours of a screen",
    ({ context }) => void context.register(context.obj({ ShadingType: 2, ColorSpace: "DeviceRGB" })),
    /有渐变用了DeviceRGB的颜色/u,
  ],
  [
    "the profile of a display",
    (document) =>
      rewritten(
        document,
        find(document, has("S", "GTS_PDFX")),
        "DestOutputProfile",
        (text) => `${text.slice(0, 16)}RGB ${text.slice(20)}`,
      ),
    /颜色特性文件与分量数不符/u,
  ],
])("press: %s", async (_, damage, says) => {
  expect(await told(await reworked(right.press, damage), "press")).toMatch(says);
});

/** A side of a sheet drawn again, moved. */
const shifted = (page: number, by: string): Damage => contents(page, (text) => `${by} cm\n${text}`);

test.each<[string, Damage, RegExp]>([
  ["two sheets that changed places", swapped(0, 2), /文字与定稿不符/u],
  ["front and back that changed places", swapped(0, 1), /文字与定稿不符/u],
  ["a back printed head to foot", onPage(1, (page) => page.setRotation(degrees(180))), /被转了180度/u],
  ["a side that is lost", (document) => document.removePage(1), /PDF有\d+面，版面有\d+面/u],
  ["a side moved towards the fold", shifted(2, "1 0 0 1 3 0"), /不在版面上的位置/u],
  [
    "a plate that has the name of black",
    (document) => {
      const resources = find(document, (dict) => dict.has(key("ColorSpace")) && dict.has(key("Font")));
      const all = resources.lookup(key("ColorSpace"), PDFDict).lookup(key("All"), PDFArray);
      all.set(1, PDFName.of("Black"));
    },
    /专色借用了四色版的名称 Black/u,
  ],
])("booklet: %s", async (_, damage, says) => {
  expect(await told(await reworked(right.booklet, damage), "booklet")).toMatch(says);
});
