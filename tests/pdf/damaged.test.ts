// Files that were damaged after they were proved, and prints that went wrong in ways the text alone does not show: each
// must be found, and named by its sentence. What changes texts, contents, links and bookmarks is in verify.test.ts,
// pictures are in picture.test.ts.
import {
  decodePDFRawStream,
  degrees,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFName,
  PDFNumber,
  type PDFPage,
  PDFRawStream,
  rgb,
} from "pdf-lib";
import { expect, test } from "vitest";
import { verifyPdf } from "../../main/pdf/verify.ts";
import type { Item, Layout, TextRun } from "../../shared/layout/display.ts";
import { damaged, expectation, firstBody, fonts, layout, once, withRuns, write } from "./subject.ts";

const right = await write(layout);

/** The right file with `change` made to it as another program would. */
async function reworked(change: (document: PDFDocument) => void | Promise<void>): Promise<Uint8Array> {
  const document = await PDFDocument.load(right, { updateMetadata: false });
  await change(document);
  return document.save();
}

function pageOf(document: PDFDocument, index = firstBody): PDFPage {
  return document.getPages()[index] ?? document.getPage(0);
}

/** The content of a page with `change` made to its operators. */
function withContent(document: PDFDocument, change: (operators: string) => string): void {
  const { node } = pageOf(document);
  const stream = node.lookup(PDFName.of("Contents"));
  if (!(stream instanceof PDFRawStream)) throw new RangeError("the page has no content");
  const operators = Buffer.from(decodePDFRawStream(stream).decode()).toString("latin1");
  const next = change(operators);
  if (next === operators) throw new RangeError("nothing was changed");
  node.set(PDFName.of("Contents"), document.context.register(document.context.flateStream(next)));
}

const added = (operators: string) => (document: PDFDocument) =>
  withContent(document, (content) => `${content}\n${operators}`);
const replacing = (from: RegExp, to: string) => (document: PDFDocument) =>
  withContent(document, (content) => content.replace(from, to));

/** The items of the first page of the text, changed. */
function withItems(change: (items: readonly Item[]) => Item[]): Layout {
  const pages = layout.pages.map((page, i) => (i === firstBody ? { ...page, items: change(page.items) } : page));
  return { ...layout, pages };
}

const isLine = (item: Item): item is TextRun =>
  item.kind === "text" && item.source?.in === "body" && item.text.length > 20;
const page = layout.pages[firstBody];
const lines = (page?.items ?? []).filter(isLine);
const [first, second] = lines;
if (!page || !first || !second) throw new RangeError("the subject has no two lines on its first page");

/** The run with the glyph of one character drawn by that of another. */
function disguised(run: TextRun, character: string, as: string): TextRun {
  const glyph = run.starts.indexOf(run.text.indexOf(character));
  if (!run.text.includes(character) || glyph < 0) return run;
  const gid = fonts.face(run.face).glyph(as.codePointAt(0) ?? 0);
  return { ...run, gids: run.gids.map((own, i) => (i === glyph ? gid : own)) };
}

/** The run with one glyph in the middle moved. */
function nudged(run: TextRun, by: number): TextRun {
  return { ...run, xs: run.xs.map((x, i) => (i === 10 ? x + by : x)) };
}

const onFirst = (change: (run: TextRun) => TextRun) =>
  write(withRuns(firstBody, (run) => (run.text === first.text && run.y === first.y ? change(run) : run)));

/** Two characters that their boxes do not tell apart. */
const sameBox = ["保", "秋"] as const;

const descendant = (font: PDFDict) => font.lookup(PDFName.of("DescendantFonts"), PDFArray).lookup(0, PDFDict);

const cases: readonly (readonly [name: string, file: () => Promise<Uint8Array>, says: RegExp])[] = [
  // glyphs
  [
    "a glyph of another character under the right text",
    () =>
      write(
        withRuns(
          firstBody,
          once((run) => disguised(run, "养", "修")),
        ),
      ),
    /第1页的“养”印出的字形不是这个字/,
  ],
  [
    "a glyph whose outline fills the same box",
    () =>
      write(
        withRuns(
          firstBody,
          once((run) => disguised(run, sameBox[0], sameBox[1])),
        ),
      ),
    new RegExp(`第1页的“${sameBox[0]}”印出的字形不是这个字`),
  ],
  ["glyphs pressed together to nine tenths", () => reworked(replacing(/ Tf /, " Tf 90 Tz ")), /印出的字形不是这个字/],
  [
    "a glyph map that draws every character by its neighbour",
    () =>
      damaged(right, (font) => {
        const own = descendant(font);
        const stream = own.lookup(PDFName.of("CIDToGIDMap"));
        if (!(stream instanceof PDFRawStream)) throw new RangeError("no glyph map");
        const map = decodePDFRawStream(stream).decode();
        const moved = Uint8Array.from([...map.slice(0, 2), ...map.slice(4), ...map.slice(2, 4)]);
        own.set(PDFName.of("CIDToGIDMap"), font.context.register(font.context.flateStream(moved)));
      }),
    /印出的字形不是这个字/,
  ],
  ["slanted type", () => reworked(replacing(/ 1 0 0 -1 /, " 1 0 0.3 -1 ")), /印出的字形不是这个字|字体、字号、方向/],
  [
    "a line in smaller type",
    () => onFirst((run) => ({ ...run, size: run.size * 0.9 })),
    /的字体、字号、方向或颜色与版面不同/,
  ],
  [
    "a line in another face",
    () =>
      onFirst((run) => ({
        ...run,
        face: "NotoSansSC-400",
        gids: Array.from(run.text, (c) => fonts.face("NotoSansSC-400").glyph(c.codePointAt(0) ?? 0)).slice(
          0,
          run.gids.length,
        ),
      })),
    /的字体、字号、方向或颜色与版面不同/,
  ],
  ["a line in red", () => onFirst((run) => ({ ...run, ink: "red" })), /的字体、字号、方向或颜色与版面不同/],
  [
    "two faces that changed places",
    () =>
      reworked((document) => {
        const named = pageOf(document).node.Resources()?.lookup(PDFName.of("Font"), PDFDict);
        const [one, other] = named?.keys() ?? [];
        if (!named || !one || !other) throw new RangeError("no two fonts");
        const [first, second] = [named.get(one), named.get(other)];
        if (first && second) {
          named.set(one, second);
          named.set(other, first);
        }
      }),
    /与定稿不符|印出的字形不是这个字|的字体、字号/,
  ],
  // places
  ["a glyph moved by a tenth of its size", () => onFirst((run) => nudged(run, run.size / 10)), /“.”不在版面上的位置/],
  ["a line moved by a point", () => onFirst((run) => ({ ...run, y: run.y + 1 })), /不在版面上的位置/],
  [
    "widths that are not those of the glyphs",
    () =>
      damaged(right, (font) => {
        const own = descendant(font);
        const widths = own.lookup(PDFName.of("W"), PDFArray).lookup(1, PDFArray);
        own.set(
          PDFName.of("W"),
          font.context.obj([
            1,
            widths.asArray().map((width) => (width instanceof PDFNumber ? width.asNumber() * 0.98 : 0)),
          ]),
        );
      }),
    /不在版面上的位置/,
  ],
  ["text outside the page", () => onFirst((run) => ({ ...run, x: run.x + page.width })), /在页面以外/],
  [
    "two lines that changed places",
    () =>
      write(
        withItems((items) =>
          items.map((item) =>
            item === first ? { ...first, y: second.y } : item === second ? { ...second, y: first.y } : item,
          ),
        ),
      ),
    /不在版面上的位置/,
  ],
  [
    "a line printed over another",
    () => onFirst((run) => ({ ...run, y: run.y + (second.y - first.y) * 0.7 })),
    /与别的文字或图片印得重叠/,
  ],
  [
    "a line printed twice in one place",
    () => write(withItems((items) => items.flatMap((item) => (item === first ? [first, first] : [item])))),
    /重复印在同一个位置|与定稿不符|印得重叠/,
  ],
  // what can be seen
  ["white text", () => onFirst((run) => ({ ...run, ink: "white" })), /没有印迹/],
  ["invisible text", () => reworked(replacing(/BT /, "BT 3 Tr ")), /没有印迹/],
  [
    "text under a black area",
    () => reworked(added(`0 g ${first.x} ${first.y - first.size} 200 ${first.size + 4} re f`)),
    /第1页的“.”.*被色块或图片盖住/,
  ],
  [
    "text under a white area",
    () => reworked(added(`1 g ${first.x} ${first.y - first.size} 200 ${first.size + 4} re f`)),
    /被色块或图片盖住/,
  ],
  [
    "black text on a black area",
    () =>
      reworked((document) =>
        withContent(document, (content) =>
          content.replace("cm\n", `cm\n0 g ${first.x} ${first.y - first.size} 200 ${first.size + 4} re f\n`),
        ),
      ),
    /与底色分不清/,
  ],
  [
    "text struck through",
    () => reworked(added(`0 G 0.5 w ${first.x} ${first.y - 5} m ${first.x + 200} ${first.y - 5} l S`)),
    /第1页多出版面以外的1处线条、色块或图形/,
  ],
  [
    "a stamp on the page",
    () =>
      reworked((document) =>
        pageOf(document).drawEllipse({
          x: 300,
          y: 400,
          xScale: 60,
          yScale: 60,
          borderColor: rgb(1, 0, 0),
          borderWidth: 4,
        }),
      ),
    /第1页多出版面以外的/,
  ],
  [
    "a comment on the page",
    () =>
      reworked((document) => {
        const note = { Type: "Annot", Subtype: "FreeText", Rect: [100, 600, 300, 640], F: 4, DA: "/Helv 12 Tf" };
        const annotations = document.context.obj([document.context.register(document.context.obj(note))]);
        pageOf(document).node.set(PDFName.of("Annots"), annotations);
      }),
    /第1页有1处批注、图章或表单/,
  ],
  // what is no approved text
  [
    "a running head that the layout has not",
    () => write(withItems((items) => [...items, { ...first, artifact: "runningHead", y: 40 }])),
    /第1页的页码、页眉、续表表头等与版面不符：版面为“.*”，PDF中为“/,
  ],
  [
    "a rule of a table is missing",
    () =>
      write({
        ...layout,
        pages: layout.pages.map((one) => ({
          ...one,
          items: one.items.filter(
            (item, i, all) => item.kind !== "rule" || all.findIndex(({ kind }) => kind === "rule") !== i,
          ),
        })),
      }),
    /少了版面上的1处线条或色块/,
  ],
  [
    "a cell of a table is empty",
    () => {
      const at = layout.pages.findIndex(({ items }) =>
        items.some((item) => item.kind === "text" && item.source?.in === "body" && item.source.cell),
      );
      return write(
        withRuns(
          at,
          once((run) =>
            run.source?.in === "body" && run.source.cell && run.text === "3路" ? { ...run, artifact: "filler" } : run,
          ),
        ),
      );
    },
    /与定稿不符/,
  ],
  // pages
  [
    "two pages that changed places",
    () => reworked((document) => swapPages(document, firstBody, firstBody + 1)),
    /印出的页码是“2”，应为“1”/,
  ],
  [
    "a page that stands twice",
    () =>
      reworked(async (document) => {
        const [copy] = await document.copyPages(document, [firstBody]);
        if (copy) document.insertPage(firstBody, copy);
      }),
    /PDF有\d+面，版面有\d+面/,
  ],
  ["a page taken out", () => reworked((document) => document.removePage(firstBody)), /PDF有\d+面，版面有\d+面/],
  ["a page that is turned", () => reworked((document) => pageOf(document).setRotation(degrees(90))), /第1页被转了90度/],
  [
    "a page that is cut smaller",
    () => reworked((document) => pageOf(document).setCropBox(20, 20, 400, 600)),
    /第1页的大小是.*毫米，版面是.*毫米/,
  ],
  [
    "a page that shows less than its trim",
    () =>
      reworked((document) => {
        const one = pageOf(document);
        one.setTrimBox(0, 0, page.width, page.height);
        one.setCropBox(20, 20, 400, 600);
      }),
    /第1页被裁小了/,
  ],
  [
    "a page on larger paper",
    () => reworked((document) => pageOf(document).setMediaBox(0, 0, page.width + 40, page.height)),
    /第1页的大小是/,
  ],
  [
    "page labels that count from another number",
    () =>
      reworked((document) => {
        const labels = { Nums: [0, { S: "D", St: 5 }] };
        document.catalog.set(PDFName.of("PageLabels"), document.context.obj(labels));
      }),
    /的页标签是“.*”，应为“/,
  ],
  [
    "links that were moved away from their entries",
    () =>
      reworked((document) => {
        for (const one of document.getPages())
          for (const annotation of one.node.Annots()?.asArray() ?? []) {
            const link = document.context.lookup(annotation, PDFDict);
            link.set(PDFName.of("Rect"), document.context.obj([0, 0, 10, 10]));
          }
      }),
    /在PDF中没有链接/,
  ],
  [
    "a link that no entry has",
    () =>
      reworked((document) => {
        const link = { Type: "Annot", Subtype: "Link", Rect: [100, 600, 300, 640], F: 4, Border: [0, 0, 0] };
        const dest = [pageOf(document, 0).ref, "Fit"];
        const annotations = [document.context.register(document.context.obj({ ...link, Dest: dest }))];
        pageOf(document).node.set(PDFName.of("Annots"), document.context.obj(annotations));
      }),
    /第1页有1处链接，应有0处/,
  ],
  [
    "bookmarks that were taken out",
    () =>
      reworked((document) => {
        document.catalog.delete(PDFName.of("Outlines"));
      }),
    /PDF有0个书签，应有\d+个/,
  ],
];

function swapPages(document: PDFDocument, a: number, b: number): void {
  const kids = document.catalog.Pages().Kids();
  const [one, other] = [kids.get(a), kids.get(b)];
  kids.set(a, other);
  kids.set(b, one);
}

test("what the cases begin with is right", async () => {
  expect((await verifyPdf(right, expectation, fonts)).mismatches).toEqual([]);
  expect((await verifyPdf(await reworked(() => {}), expectation, fonts)).mismatches).toEqual([]);
});

test.each(cases)("%s: the proof says so", async (_, file, says) => {
  const { mismatches } = await verifyPdf(await file(), expectation, fonts);
  expect(mismatches.join("\n")).toMatch(says);
});
