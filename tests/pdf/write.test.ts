// The PDF as other programs see it: structure by qpdf, fonts and text by poppler, and PDFium for what poppler does not
// tell. Lines are authored here and laid out by hand, so that each rule of the writer has its own small file.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { degrees, PDFDocument } from "pdf-lib";
import { afterAll, expect, test } from "vitest";
import { openFonts } from "../../main/fonts/faces.ts";
import { readPdf, readPdfText } from "../../main/pdf/reader.ts";
import { checkSight } from "../../main/pdf/sightProof.ts";
import { type PdfMeta, writePdf } from "../../main/pdf/write.ts";
import type { Cut, Item, Layout, Page, TextRun } from "../../shared/layout/display.ts";

const fonts = openFonts();
const folder = mkdtempSync(join(tmpdir(), "zhengbao-pdf-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const meta: PdfMeta = {
  title: "示例政报2026年第1期",
  author: "示例市人民政府公报",
  subject: "",
  published: "2026-03-20",
  key: "issue",
};

/** Characters set one after the other at 12 pt; `cuts` by index of the character, in 1/1000 em. */
function run(
  text: string,
  options: { face?: string; y?: number; cuts?: readonly Cut[] } & Partial<TextRun> = {},
): TextRun {
  const { face = "NotoSerifSC-400", y = 100, cuts = [], ...rest } = options;
  const metrics = fonts.face(face);
  const characters = Array.from(text);
  const gids = characters.map((character) => metrics.glyph(character.codePointAt(0) ?? 0));
  const xs: number[] = [];
  const starts: number[] = [];
  let [pen, at] = [0, 0];
  for (const [i, character] of characters.entries()) {
    xs.push(pen);
    starts.push(at);
    at += character.length;
    const cut = cuts.find((candidate) => candidate.at === i);
    pen += 12 * (metrics.advance(gids[i] ?? 0) - ((cut?.left ?? 0) + (cut?.right ?? 0)) / 1000);
  }
  return { kind: "text", face, size: 12, ink: "black", x: 72, y, gids, xs, text, starts, cuts, ...rest };
}

function page(items: readonly Item[], label = "1"): Page {
  return { width: 595, height: 842, kind: "body", label, items };
}

function layoutOf(...pages: Page[]): Layout {
  const faces = new Set(pages.flatMap((p) => p.items.flatMap((item) => (item.kind === "text" ? [item.face] : []))));
  const plan = { pages: pages.length, fillers: 0, lacking: 0 };
  return { plan, pages, contents: [], outline: [], warnings: [], faces: [...faces].sort() };
}

let files = 0;
async function written(layout: Layout, changes: Partial<PdfMeta> = {}): Promise<string> {
  const path = join(folder, `${++files}.pdf`);
  writeFileSync(path, await writePdf(layout, fonts, { ...meta, ...changes }));
  return path;
}

/** Output of a program of Debian's qpdf or poppler-utils; a missing one fails the test with its name. */
function output(program: string, ...args: string[]): string {
  return execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

const lines: readonly { name: string; text: string; face?: string }[] = [
  { name: "official prose", text: "关于印发《示例市城市停车设施建设和管理办法》的通知" },
  { name: "a number line", text: "（SLDR—2026—00001 示政发〔2026〕3号）" },
  { name: "quotes within quotes", text: "要求“‘小事不出村’是目标”，做到5.2%、10℃、3㎡" },
  { name: "characters beyond the BMP", text: "㵘䶮𬸚𬭎𨱇䴘㸆堃喆旻" },
  { name: "a Kangxi radical beside its character", text: "⽂件与文件，⼀月与一月" },
  { name: "circled numbers and units", text: "①②③④⑤⑥⑦⑧⑨⑩№￥" },
  { name: "楷体 from a woff", text: "（一）加强组织领导。", face: "LXGWWenKai-500" },
  { name: "小标宋", text: "示例市人民政府办公室", face: "NotoSerifSC-700" },
  { name: "黑体 with Latin", text: "一、推广5G和APP应用 Wi-Fi", face: "NotoSansSC-400" },
];

test.each(lines)("$name is extracted exactly by poppler and PDFium", async ({ text, ...options }) => {
  const path = await written(layoutOf(page([run(text, options)])));
  expect(output("pdftotext", "-raw", path, "-").replace(/\s+/gu, "")).toBe(text.replace(/\s+/gu, ""));
  const [read] = await readPdfText(await writePdf(layoutOf(page([run(text, options)])), fonts, meta));
  expect(read).toBe(text.replace(/\s+/gu, ""));
});

test("squeezed marks stay on one line in poppler, and leave their ink", async () => {
  const text = "通知如下：《办法》（“十五五”）";
  // 1.5 em for adjacent marks: the colon loses its right half, the opening 《 its left.
  const cuts = [
    { at: 4, left: 0, right: 500 },
    { at: 5, left: 500, right: 0 },
    { at: 8, left: 0, right: 500 },
    { at: 9, left: 300, right: 0 },
  ];
  const layout = layoutOf(page([run(text, { cuts })]));
  expect(output("pdftotext", "-raw", await written(layout), "-").split("\n")[0]).toBe(text);
  const pdf = await readPdf(await writePdf(layout, fonts, meta));
  expect(pdf?.pages[0]?.characters.filter((character) => !character.inked)).toEqual([]);
});

test("the file is sound, and every font embedded, subset and with Unicode", async () => {
  const path = await written(
    layoutOf(
      page([
        run("示例市人民政府", { face: "NotoSerifSC-700" }),
        run("第一条", { face: "NotoSansSC-400", y: 130 }),
        { kind: "rule", x1: 72, y1: 140, x2: 500, y2: 140, width: 0.5, ink: "red" },
        { kind: "fill", x: 72, y: 150, width: 20, height: 5, ink: "grey" },
        run("竖排", { y: 300, turn: 90 }),
      ]),
    ),
  );
  expect(output("qpdf", "--check", path)).toMatch(/No syntax or stream encoding errors/);
  const rows = output("pdffonts", path).trim().split("\n").slice(2);
  expect(rows).toHaveLength(3);
  for (const row of rows) expect(row).toMatch(/^[A-Z]{6}\+.*CID TrueType\s+Identity-H\s+yes yes yes/);
});

test("the same issue gives the same bytes, another state of it another identifier", async () => {
  const layout = layoutOf(page([run("同一期")]));
  const first = Buffer.from(await writePdf(layout, fonts, meta));
  expect(first.equals(Buffer.from(await writePdf(layout, fonts, meta)))).toBe(true);
  const identifier = (path: string) =>
    output("qpdf", "--show-object=trailer", path).match(/\/ID \[ (<[^>]+>) (<[^>]+>)/);
  const [, issue, state] = identifier(await written(layout)) ?? [];
  const [, sameIssue, otherState] = identifier(await written(layoutOf(page([run("改过的一期")])))) ?? [];
  expect(issue).toBeTruthy();
  expect(sameIssue).toBe(issue);
  expect(otherState).not.toBe(state);
});

test("title, author, dates and language are those of the issue", async () => {
  const info = output("pdfinfo", await written(layoutOf(page([run("文")]))));
  expect(info).toMatch(/Title:\s+示例政报2026年第1期/);
  expect(info).toMatch(/Author:\s+示例市人民政府公报/);
  expect(info).toMatch(/CreationDate:\s+\w+ Mar (19|20) /);
  expect(output("qpdf", "--json", "--json-key=qpdf", await written(layoutOf(page([run("文")]))))).toContain("u:zh-CN");
});

test("a hostile title stays a title", async () => {
  const hostile = ")>>/OpenAction<</S/JavaScript/JS(app.alert(1))>>]]><script>&amp;";
  const path = await written(layoutOf(page([run("文")])), { title: hostile, author: hostile, subject: hostile });
  expect(output("qpdf", "--json", "--json-key=qpdf", path)).not.toMatch(/"\/(?:OpenAction|JavaScript|JS)"/);
  expect(output("qpdf", "--check", path)).toMatch(/No syntax or stream encoding errors/);
  expect(output("pdfinfo", path)).toContain(hostile);
});

test("pages are labelled as they are printed", async () => {
  const labels = ["封面", "目1", "目2", "版权页", "1", "2", "3", "插页", "4"];
  const bytes = await writePdf(layoutOf(...labels.map((label) => page([run("文")], label))), fonts, meta);
  expect((await readPdf(bytes))?.pages.map((p) => p.label)).toEqual(labels);
});

test("a landscape page is turned for a screen, and told when it is turned the other way", async () => {
  const lying = { ...page([run("横排的表", { y: 500, turn: 270 })]), shown: 90 } as const;
  const path = await written(layoutOf(page([run("正文")]), lying));
  expect(output("pdfinfo", "-f", "1", "-l", "2", path).match(/(?<=rot: +)\d+/gu)).toEqual(["0", "90"]);
  const document = await PDFDocument.load(readFileSync(path), { updateMetadata: false });
  const told = async (angle: number) => {
    document.getPage(1).setRotation(degrees(angle));
    const pdf = await readPdf(await document.save());
    return pdf && checkSight(pdf).filter((sentence) => sentence.includes("转"));
  };
  expect([await told(90), await told(0), await told(270)]).toEqual([[], [], ["第1页被转了270度"]]);
});

test("folios, repeated heads and leaders are artifacts, and no approved text", async () => {
  const items = [
    run("正文"),
    run("— 1 —", { y: 800, artifact: "folio" }),
    run("序号", { y: 130, artifact: "repeat" }),
    run("……", { y: 160, artifact: "leader" }),
  ];
  expect(await readPdfText(await writePdf(layoutOf(page(items)), fonts, meta))).toEqual(["正文"]);
});

test("text stays black on one ink: no colour operator but for red", async () => {
  const path = await written(layoutOf(page([run("黑字"), run("红字", { y: 130, ink: "red" })])));
  const content = output("qpdf", "--qdf", "--object-streams=disable", path, "-");
  expect(content).toMatch(/^BT 0 g /m);
  expect(content.match(/\brg\b/g)).toHaveLength(1);
});

test.each([
  ["glyph 0", { ...run("文"), gids: [0] }],
  ["a glyph the face has not", { ...run("文"), gids: [65_000] }],
  ["a glyph without a place", { ...run("文"), xs: [] }],
  ["a cut wider than the glyph", run("文", { cuts: [{ at: 0, left: 700, right: 700 }] })],
  ["a face that is not there", { ...run("文"), face: "NoSuchFace" }],
])("%s is a programmer's mistake", async (_, item) => {
  await expect(writePdf(layoutOf(page([item])), fonts, meta)).rejects.toThrow(RangeError);
});
