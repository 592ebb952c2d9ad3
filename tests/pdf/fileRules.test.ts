// What no file of a gazette may hold, whatever it is for: each is put into a right file of each profile, as another
// program would, and must be told. PDFium shows such a page as it was, so that the proof of what is seen finds nothing.
import { PDFArray, PDFDict, type PDFDocument, PDFNumber, type PDFRef, PDFString } from "pdf-lib";
import { describe, expect, test } from "vitest";
import { rulesBroken } from "../../main/export/printing.ts";
import { profiles } from "../../shared/model/profile.ts";
import { contents, type Damage, key, onPage, reworked, rewritten, writeAs } from "./profiled.ts";
import { firstBody } from "./subject.ts";

/** What pdf-lib makes a dictionary of. */
type Entries = NonNullable<Parameters<PDFDocument["context"]["flateStream"]>[1]>;

const resources = (document: PDFDocument) => {
  const found = document.getPage(firstBody).node.Resources();
  if (!found) throw new RangeError("the page has no resources");
  return found;
};
const restated = (document: PDFDocument, change: (text: string) => string) =>
  rewritten(document, document.getPage(firstBody).node, "Contents", change);

/** In the catalog; in its dictionary of names. */
const inCatalog =
  (name: string, value: Entries): Damage =>
  ({ catalog, context }) =>
    catalog.set(key(name), context.obj(value));
const inNames =
  (name: string, value: Entries): Damage =>
  ({ catalog, context }) => {
    const names = catalog.lookupMaybe(key("Names"), PDFDict) ?? context.obj({});
    names.set(key(name), context.obj(value));
    catalog.set(key("Names"), names);
  };

/** All text of a page in a graphics state. */
const stated =
  (state: Entries): Damage =>
  (document) => {
    resources(document).set(key("ExtGState"), document.context.obj({ Odd: state }));
    restated(document, (text) => text.replaceAll("BT ", "/Odd gs BT "));
  };

/** Another link on a page. */
const linked = (entries: (register: (stream: string) => PDFRef) => Entries): Damage =>
  onPage(firstBody, ({ node }, { context }) => {
    const form = { Type: "XObject", Subtype: "Form", BBox: [0, 0, 400, 600] };
    const own = entries((stream) => context.register(context.flateStream(stream, form)));
    const link = { Type: "Annot", Subtype: "Link", Rect: [100, 100, 500, 700], F: 4, Border: [0, 0, 0], ...own };
    const list = node.lookupMaybe(key("Annots"), PDFArray) ?? context.obj([]);
    list.push(context.register(context.obj(link)));
    node.set(key("Annots"), list);
  });

/** A layer that is shown on a screen and not printed. */
const layered: Damage = (document) => {
  const { context } = document;
  const usage = { Print: { PrintState: "OFF" }, View: { ViewState: "ON" } };
  const layer = context.register(context.obj({ Type: "OCG", Name: PDFString.of("L"), Usage: usage }));
  const printed = { Event: "Print", Category: ["Print"], OCGs: [layer] };
  document.catalog.set(key("OCProperties"), context.obj({ OCGs: [layer], D: { ON: [layer], AS: [printed] } }));
  resources(document).set(key("Properties"), context.obj({ L: layer }));
  restated(document, (text) => text.replace(/(BT [\s\S]*?ET)/u, "/OC /L BDC $1 EMC"));
};

/** Grey that is printed on a plate nobody asked for. */
const replated: Damage = (document) => {
  const tint = { FunctionType: 2, Domain: [0, 1], C0: [0], C1: [1], N: 1 };
  const spaces = document.context.obj({ DefaultGray: ["Separation", "Extra", "DeviceGray", tint] });
  resources(document).set(key("ColorSpace"), spaces);
};

const paleMask: Damage = (document) => {
  const { context } = document;
  const form = { Type: "XObject", Subtype: "Form", BBox: [-2000, -2000, 4000, 4000] };
  const group = { ...form, Group: { S: "Transparency", CS: "DeviceGray" } };
  const mask = context.register(context.flateStream("0.3 g -2000 -2000 6000 6000 re f", group));
  return stated({ SMask: { S: "Luminosity", G: mask } })(document);
};

const cases: readonly (readonly [name: string, damage: Damage, says: RegExp])[] = [
  [
    "a script among the names",
    inNames("JavaScript", { Names: [PDFString.of("a"), { S: "JavaScript", JS: PDFString.of("1") }] }),
    /脚本（\/JavaScript）/u,
  ],
  ["an action when it is opened", inCatalog("OpenAction", { S: "URI", URI: PDFString.of("x") }), /打开时的动作/u],
  ["an embedded file", inNames("EmbeddedFiles", { Names: [PDFString.of("a"), { Type: "Filespec" }] }), /附件/u],
  ["a form without fields", inCatalog("AcroForm", { Fields: [] }), /表单/u],
  ["text on a layer that is not printed", layered, /可以隐去的图层/u],
  ["text that a mask makes paler", paleMask, /用了透明、叠印一类的效果/u],
  ["text that shines through", stated({ ca: 0.9 }), /用了透明、叠印一类的效果/u],
  ["text that turns light on dark", stated({ BM: "Difference" }), /用了透明、叠印一类的效果/u],
  ["text that does not knock out what is below", stated({ OP: true, op: true }), /用了透明、叠印一类的效果/u],
  [
    "letters with a thick outline",
    contents(firstBody, (text) => text.replaceAll("BT ", "BT 2 Tr 3 w ")),
    /有描了边或不填色的文字/u,
  ],
  [
    "a page twice as large",
    onPage(firstBody, ({ node }) => node.set(key("UserUnit"), PDFNumber.of(2))),
    /改换了的尺寸单位/u,
  ],
  ["grey that is another plate", replated, /改换了的颜色/u],
  [
    "a link to a site",
    linked(() => ({ A: { S: "URI", URI: PDFString.of("https://example.org") } })),
    /第3面有通到文件以外的链接/u,
  ],
  [
    "a white patch that is the looks of a link",
    linked((stream) => ({ AP: { N: stream("1 g 0 0 400 600 re f") } })),
    /第3面有画出框线或图样的链接/u,
  ],
  ["a frame around a link", linked(() => ({ Border: [0, 0, 8] })), /第3面有画出框线或图样的链接/u],
];

describe.each(profiles)("%s", (name) => {
  const right = writeAs(name);
  test("a right file holds none of it", async () => {
    expect(await rulesBroken(await right, name)).toEqual([]);
  });
  test("a graphics state that changes nothing is none of it", async () => {
    const usual = stated({ Type: "ExtGState", ca: 1, CA: 1, BM: "Normal", SMask: "None", op: false, SA: true });
    expect(await rulesBroken(await reworked(await right, usual), name)).toEqual([]);
  });
  test.each(cases)("%s", async (_, damage, says) => {
    expect((await rulesBroken(await reworked(await right, damage), name)).join("\n")).toMatch(says);
  });
});
