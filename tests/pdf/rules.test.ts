// The checker of the rules finds each thing that breaks one. Every case is a right file with one fault put into it, and
// names the sentence that must be told.
import {
  PDFArray,
  PDFBool,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  PDFRawStream,
  PDFRef,
  PDFString,
} from "pdf-lib";
import { describe, expect, test } from "vitest";
import { exportProfile } from "../../main/export/profiles.ts";
import { streamBytes } from "../../main/pdf/readObjects.ts";
import { checkRules } from "../../main/pdf/rules.ts";
import { type Images, writePdf } from "../../main/pdf/write.ts";
import type { Layout } from "../../shared/layout/display.ts";
import { jpeg, png } from "./pictures.ts";
import { byId, fonts, layout, notices } from "./subject.ts";

const assets = new URL("../../assets", import.meta.url).pathname;
const meta = { title: "示例政报", author: "示例市", subject: "", published: "2026-03-20", key: "i" };

/** The subject with a picture on its first page of text, which must be the figure of some notice. */
const figure = { type: "figure", attrs: { image: "a", width: 2, height: 2, share: 0.5, alt: "" } } as const;
const [first] = notices;
if (!first) throw new RangeError("the subject is empty");
const known = new Map([...byId, [first.id, { ...first, body: [...first.body, figure] }]]);
const source = { in: "body", notice: first.id, block: first.body.length } as const;
const picture = { kind: "picture", image: "a", x: 200, y: 700, width: 50, height: 50, alt: "", source } as const;
const pictured: Layout = {
  ...layout,
  pages: layout.pages.map((page, i) =>
    i === layout.contents[0]?.page ? { ...page, items: [...page.items, picture] } : page,
  ),
};
const images = (file: Uint8Array): Images => new Map([["a", file]]);
const grey = png({ colour: 0 });

const archive = (file = grey) =>
  writePdf(pictured, fonts, meta, undefined, images(file), { name: "archive", notices: known });
const press = (file = grey, changed = meta) => {
  const profile = exportProfile(assets, "press");
  if (profile.name !== "press") throw new RangeError("press is another profile");
  return writePdf(pictured, fonts, changed, undefined, images(file), profile);
};
const right = { archive: await archive(), press: await press() };

type Damage = (document: PDFDocument) => void;

const key = (name: string) => PDFName.of(name);

async function faultsOf(file: Uint8Array, rules: "PDF/A-2u" | "PDF/X-4", damage: Damage): Promise<string> {
  const document = await PDFDocument.load(file, { updateMetadata: false });
  damage(document);
  return (await checkRules(await document.save({ useObjectStreams: false }), rules)).join("\n");
}

/** The first dictionary of the file, or that of a stream, for which `is` holds. */
function find(document: PDFDocument, is: (dict: PDFDict) => boolean): PDFDict {
  for (const [, object] of document.context.enumerateIndirectObjects()) {
    const dict = object instanceof PDFRawStream ? object.dict : object;
    if (dict instanceof PDFDict && is(dict)) return dict;
  }
  throw new RangeError("the file has nothing of the kind");
}

const has = (name: string, value: string) => (dict: PDFDict) => dict.lookup(key(name)) === key(value);
const element = (document: PDFDocument, type: string) => find(document, has("S", type));
const without =
  (is: (document: PDFDocument) => PDFDict, name: string): Damage =>
  (document) =>
    void is(document).delete(key(name));
const catalog = (document: PDFDocument) => document.catalog;
const info = (document: PDFDocument) => document.context.lookup(document.context.trailerInfo.Info, PDFDict);

/** Puts a stream in the place of one, made of its text. */
function rewritten(document: PDFDocument, holder: PDFDict, name: string, change: (text: string) => string): void {
  const text = Buffer.from(streamBytes(holder.lookup(key(name))) ?? []).toString("latin1");
  const changed = change(text);
  if (changed === text) throw new RangeError(`nothing to change in /${name}`);
  holder.set(key(name), document.context.register(document.context.stream(Buffer.from(changed, "latin1"))));
}

const contents =
  (change: (text: string) => string, page = 0): Damage =>
  (document) =>
    rewritten(document, document.getPage(page).node, "Contents", change);

/** Of the XMP packet, whose Chinese stays as it is. */
const xmp =
  (from: string, to: string): Damage =>
  (document) => {
    const stream = document.catalog.lookup(key("Metadata"));
    if (!(stream instanceof PDFRawStream)) throw new RangeError("no XMP");
    const text = Buffer.from(stream.contents).toString("utf8");
    if (!text.includes(from)) throw new RangeError(`no ${from}`);
    const dict = { Type: "Metadata", Subtype: "XML" };
    const changed = document.context.stream(new TextEncoder().encode(text.replace(from, to)), dict);
    document.catalog.set(key("Metadata"), document.context.register(changed));
  };

const descendant = (document: PDFDocument) => find(document, has("Subtype", "CIDFontType2"));
const composite = (document: PDFDocument) => find(document, has("Subtype", "Type0"));
const link = (document: PDFDocument) => find(document, has("Subtype", "Link"));

const shared: readonly (readonly [string, Damage, string])[] = [
  ["no identifier", ({ context }) => void Reflect.deleteProperty(context.trailerInfo, "ID"), "文件没有标识"],
  [
    "a script",
    ({ catalog, context }) => catalog.set(key("OpenAction"), context.obj({ S: "JavaScript" })),
    "/OpenAction",
  ],
  [
    "an action that starts a program",
    ({ context }) => void context.register(context.obj({ S: "Launch", F: PDFString.of("x") })),
    "动作 Launch",
  ],
  ["no XMP", without(catalog, "Metadata"), "没有XMP说明"],
  ["another title in XMP", xmp("示例政报</rdf:li>", "示例公报</rdf:li>"), "Title 不同"],
  ["another date in XMP", xmp("<xmp:CreateDate>2026-03", "<xmp:CreateDate>2026-04"), "CreationDate 不同"],
  ["no output intent", without(catalog, "OutputIntents"), "没有输出意图"],
  [
    "a second output intent",
    ({ catalog, context }) => {
      const other = { Type: "OutputIntent", S: "GTS_PDFX", OutputConditionIdentifier: PDFString.of("X") };
      catalog.lookup(key("OutputIntents"), PDFArray).push(context.register(context.obj(other)));
    },
    "输出意图不止一个",
  ],
  [
    "a profile of other colours",
    (document) => {
      const intent = find(document, has("Type", "OutputIntent"));
      rewritten(document, intent, "DestOutputProfile", (text) => `${text.slice(0, 16)}GRAY${text.slice(20)}`);
    },
    "颜色特性文件与分量数不符",
  ],
  [
    "a font that is not embedded",
    (document) => void find(document, has("Type", "FontDescriptor")).delete(key("FontFile2")),
    "没有嵌入",
  ],
  [
    "a font program that is cut off",
    (document) =>
      rewritten(document, find(document, has("Type", "FontDescriptor")), "FontFile2", (text) => text.slice(0, 300)),
    "字体文件读不出",
  ],
  [
    "a glyph map that cannot be read",
    (document) => {
      const broken = document.context.stream("x", { Filter: "FlateDecode" });
      descendant(document).set(key("CIDToGIDMap"), document.context.register(broken));
    },
    "的字形表读不出",
  ],
  [
    "texts counted beyond the last character",
    (document) =>
      rewritten(document, composite(document), "ToUnicode", (text) =>
        text.replace("endcmap", "1 beginbfrange\n<0001> <0009> <DBFFDFFF>\nendbfrange\nendcmap"),
      ),
    "没有对应的文字编码",
  ],
  ["a font without subset tag", (document) => composite(document).set(key("BaseFont"), key("Song")), "没有子集标记"],
  ["no ToUnicode", (document) => void composite(document).delete(key("ToUnicode")), "没有对应的文字编码"],
  [
    "a character mapped to nothing",
    (document) =>
      rewritten(document, composite(document), "ToUnicode", (text) => text.replace(/<0001> <\w+>/u, "<0001> <0000>")),
    "没有对应的文字编码",
  ],
  [
    "a width that is not the font's",
    (document) => {
      const widths = descendant(document).lookup(key("W"), PDFArray).lookup(1, PDFArray);
      widths.set(0, PDFNumber.of(widths.lookup(0, PDFNumber).asNumber() - 100));
    },
    "宽度与字体文件不符",
  ],
  [
    "a missing glyph",
    (document) => rewritten(document, descendant(document), "CIDToGIDMap", (text) => `\0\0\0\0${text.slice(4)}`),
    "缺字符号",
  ],
  ["no title", (document) => info(document).set(key("Title"), PDFHexString.fromText("")), "文件没有题名"],
];

describe.each([
  ["PDF/A-2u", right.archive],
  ["PDF/X-4", right.press],
] as const)("%s", (rules, file) => {
  test("a right file breaks none", async () => {
    expect(await checkRules(file, rules)).toEqual([]);
  });
  test("what is no PDF breaks the first", async () => {
    expect(await checkRules(new TextEncoder().encode("公报"), rules)).toEqual(["文件不是完整的PDF"]);
  });
  test.each(shared)("%s", async (_, damage, sentence) => {
    expect(await faultsOf(file, rules, damage)).toContain(sentence);
  });
});

test.each<[string, Damage, string]>([
  ["black of four inks", contents((text) => text.replace("0 g", "0 0 0 1 k"), 1), "用了DeviceCMYK"],
  ["another part", xmp("<pdfaid:part>2<", "<pdfaid:part>3<"), "pdfaid:part 2"],
  ["no claim of PDF/UA", xmp("<pdfuaid:part>1<", "<pdfuaid:part>0<"), "pdfuaid:part 1"],
  ["a link that is not printed", (document) => link(document).set(key("F"), PDFNumber.of(0)), "不能打印"],
  ["a hidden link", (document) => link(document).set(key("F"), PDFNumber.of(6)), "不能打印"],
  ["a link without words", without(link, "Contents"), "没有说明"],
  ["a link outside the structure", without(link, "StructParent"), "不在结构中"],
  [
    "no order of links",
    (document) => void find(document, (dict) => dict.has(key("Tabs"))).delete(key("Tabs")),
    "跳转次序",
  ],
  ["not marked", without(catalog, "MarkInfo"), "/MarkInfo"],
  ["no language", without(catalog, "Lang"), "/Lang"],
  ["the file name as title", without(catalog, "ViewerPreferences"), "没有要求显示题名"],
  ["no tree", without(catalog, "StructTreeRoot"), "没有结构树"],
  [
    "text outside the structure",
    contents((text) => text.replace(/\/P << \/MCID 0 >> BDC\n([\s\S]*?)\nEMC/u, "$1")),
    "不在结构中",
  ],
  ["a mark that is not closed", contents((text) => text.replace(/\nEMC/u, "")), "标记套叠有误"],
  ["an artifact in a paragraph", contents((text) => text.replace("BDC\n", "BDC\n/Artifact BMC EMC\n")), "标记套叠有误"],
  ["content that is not in the tree", contents((text) => text.replace("/MCID 0", "/MCID 99")), "在结构树中没有"],
  ["content with one number twice", contents((text) => text.replace("/MCID 1", "/MCID 0")), "重复的内容编号"],
  [
    "a parent tree of another page",
    (document) => {
      const tree = document.catalog.lookup(key("StructTreeRoot"), PDFDict).lookup(key("ParentTree"), PDFDict);
      const numbers = tree.lookup(key("Nums"), PDFArray);
      numbers.set(1, numbers.get(3));
    },
    "互不相认",
  ],
  [
    "an element under the wrong one",
    (document) => element(document, "TR").set(key("S"), key("TD")),
    "不能在 Table 之下",
  ],
  [
    "an element nobody knows",
    (document) => element(document, "Note").set(key("S"), key("Footnote")),
    "不认识的 Footnote",
  ],
  [
    "an element whose parent is another",
    (document) => element(document, "TOCI").set(key("P"), document.catalog.get(key("StructTreeRoot")) ?? PDFRef.of(1)),
    "上下级互不相认",
  ],
  ["a picture without words", (document) => void element(document, "Figure").delete(key("Alt")), "没有文字说明"],
  ["a head that heads nothing", (document) => element(document, "TD").set(key("S"), key("TH")), "没有写明管哪一栏"],
  ["a note without identifier", (document) => void element(document, "Note").delete(key("ID")), "没有自己的标识"],
  [
    "a tree that goes round",
    (document) => {
      const part = element(document, "Sect");
      part.set(key("K"), document.context.getObjectRef(part) ?? PDFRef.of(1));
    },
    "接在两处之下",
  ],
  [
    "other words that are read aloud",
    (document) => element(document, "P").set(key("ActualText"), PDFHexString.fromText("另外的话")),
    "另写了读给人听的文字",
  ],
  [
    "paragraphs that are read in another order",
    (document) => {
      const part = find(document, (dict) => {
        const kids = dict.lookup(key("K"));
        return dict.lookup(key("S")) === key("Sect") && kids instanceof PDFArray && kids.size() > 20;
      });
      const kids = part.lookup(key("K"), PDFArray);
      const [one, other] = [kids.get(5), kids.get(6)];
      kids.set(5, other);
      kids.set(6, one);
    },
    "结构树的次序与印出的次序不同",
  ],
  ["a heading too deep", (document) => element(document, "H1").set(key("S"), key("H3")), "跳级"],
])("PDF/A-2u: %s", async (_, damage, sentence) => {
  expect(await faultsOf(right.archive, "PDF/A-2u", damage)).toContain(sentence);
});

test.each<[string, Damage, string]>([
  [
    "a colour space that stands in itself",
    (document) => {
      const spaces = document.getPage(0).node.Resources()?.lookup(key("ColorSpace"), PDFDict);
      const own = document.context.nextRef();
      document.context.assign(own, document.context.obj(["Indexed", own, 1, PDFHexString.of("00")]));
      spaces?.set(key("All"), own);
    },
    "不认识的颜色空间",
  ],
  ["red of a screen", contents((text) => text.replace("0 0.8 0.8 0 k", "0.8 0.1 0.1 rg")), "用了DeviceRGB"],
  ["no claim", xmp("GTS_PDFXVersion>PDF/X-4", "GTS_PDFXVersion>PDF/X-3"), "GTS_PDFXVersion PDF/X-4"],
  ["whether it is trapped is not said", without(info, "Trapped"), "/Trapped"],
  ["no trim", without((document) => document.getPage(0).node, "TrimBox"), "不相套"],
  [
    "a bleed beyond the paper",
    (document) => document.getPage(0).node.set(key("BleedBox"), document.context.obj([-5, 0, 700, 900])),
    "不相套",
  ],
  [
    "a note on the page",
    (document) => {
      const { context } = document;
      const note = context.obj({ Type: "Annot", Subtype: "Text", Rect: [0, 0, 9, 9] });
      document.getPage(0).node.set(key("Annots"), context.obj([context.register(note)]));
    },
    "有批注或链接",
  ],
  [
    "a picture that is to be smoothed",
    (document) => find(document, has("Subtype", "Image")).set(key("Interpolate"), PDFBool.True),
    "要求插值",
  ],
  [
    "a picture of a screen",
    (document) => find(document, has("Subtype", "Image")).set(key("ColorSpace"), key("DeviceRGB")),
    "有图片用了DeviceRGB",
  ],
])("PDF/X-4: %s", async (_, damage, sentence) => {
  expect(await faultsOf(right.press, "PDF/X-4", damage)).toContain(sentence);
});

test("a file whose pages are no tree is no whole PDF", async () => {
  const text = Buffer.from(right.press).toString("latin1");
  expect(text).toContain("/Type /Pages");
  const file = Buffer.from(text.replace("/Type /Pages", "/Type /Sheep"), "latin1");
  expect(await checkRules(file, "PDF/X-4")).toEqual(["文件不是完整的PDF"]);
});

test("a press file without a date breaks the rule about dates", async () => {
  expect((await checkRules(await press(grey, { ...meta, published: "" }), "PDF/X-4")).join()).toContain("没有写明日期");
});

test.each([
  ["an RGB JPEG", jpeg("colour"), "PDF/X-4"],
  ["a CMYK JPEG", jpeg("cmyk"), "PDF/X-4"],
  ["a CMYK JPEG", jpeg("cmyk"), "PDF/A-2u"],
  ["a PNG with a palette", png({ colour: 3 }), "PDF/X-4"],
  ["a PNG with alpha", png({ colour: 6 }), "PDF/X-4"],
  ["a grey PNG with alpha", png({ colour: 4 }), "PDF/X-4"],
] as const)("%s is brought into the colours of %s", async (_, file, rules) => {
  const bytes = await (rules === "PDF/X-4" ? press(file) : archive(file));
  expect(await checkRules(bytes, rules)).toEqual([]);
});
