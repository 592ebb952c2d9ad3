// Word documents as lines for recognition: documents made with the docx package, and such as no program would write.
import {
  AlignmentType,
  DeletedTextRun,
  Document,
  FootnoteReferenceRun,
  ImageRun,
  InsertedTextRun,
  LevelFormat,
  Packer,
  PageBreak,
  Paragraph,
  type ParagraphChild,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalMergeType,
} from "docx";
import { strToU8, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { type DocxOptions, readDocx } from "../../main/import/office/docx.ts";
import { openPackage } from "../../main/import/office/package.ts";
import { noteMark } from "../../shared/model/block.ts";
import type { SourceFile } from "../../shared/read/source.ts";

const picture: DocxOptions["picture"] = (bytes) =>
  bytes[0] === 0x89 ? { image: "a".repeat(64), width: 1, height: 1, share: 1, alt: "" } : null;

async function read(bytes: Uint8Array, revisions: DocxOptions["revisions"] = "accept"): Promise<SourceFile> {
  return readDocx(await openPackage(bytes, "来文.docx"), "来文.docx", { revisions, picture });
}

async function made(children: (Paragraph | Table)[], more: object = {}): Promise<Uint8Array> {
  return new Uint8Array(await Packer.toBuffer(new Document({ sections: [{ children }], ...more })));
}

/** A document of which only the body is given. */
function raw(body: string, parts: Record<string, string> = {}): Uint8Array {
  const word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
  return zipSync(
    Object.fromEntries(
      Object.entries({
        "word/document.xml": `<w:document xmlns:w="${word}"><w:body>${body}</w:body></w:document>`,
        ...parts,
      }).map(([name, text]) => [name, strToU8(text)]),
    ),
  );
}

const p = (text: string) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`;
const texts = ({ lines }: SourceFile) => lines.map(({ text }) => text);

test("numbers of lists are literal, each list by its own format, restarted where Word restarts them", async () => {
  const levels = [
    { level: 0, format: LevelFormat.CHINESE_COUNTING, text: "%1、", alignment: AlignmentType.LEFT },
    { level: 1, format: LevelFormat.CHINESE_COUNTING, text: "（%2）", alignment: AlignmentType.LEFT },
    { level: 2, format: LevelFormat.DECIMAL, text: "%3.", alignment: AlignmentType.LEFT },
  ];
  const articles = [
    { level: 0, format: LevelFormat.CHINESE_COUNTING_THOUSAND, text: "第%1条", alignment: AlignmentType.LEFT },
  ];
  const at = (text: string, level: number, reference = "levels") =>
    new Paragraph({ children: [new TextRun(text)], numbering: { reference, level } });
  const bytes = await made(
    [
      at("总体要求", 0),
      at("指导思想", 1),
      at("基本原则", 1),
      at("一项", 2),
      at("又一项", 2),
      at("主要任务", 0),
      at("第一项任务", 1),
      at("为了规范", 0, "articles"),
      ...Array.from({ length: 11 }, () => at("略", 0, "articles")),
    ],
    {
      numbering: {
        config: [
          { reference: "levels", levels },
          { reference: "articles", levels: articles },
        ],
      },
    },
  );
  expect(texts(await read(bytes)).slice(0, 8)).toEqual([
    "一、总体要求",
    "（一）指导思想",
    "（二）基本原则",
    "1.一项",
    "2.又一项",
    "二、主要任务",
    "（一）第一项任务",
    "第一条 为了规范",
  ]);
  expect(texts(await read(bytes)).at(-1)).toBe("第十二条 略");
});

test("a 落款 is known by its alignment, a title by its middle", async () => {
  const bytes = await made([
    new Paragraph({ text: "关于某事的通知", alignment: AlignmentType.CENTER }),
    new Paragraph({ text: "示例县人民政府", alignment: AlignmentType.RIGHT }),
    new Paragraph({ text: "2026年3月5日", indent: { left: 5000 } }),
    new Paragraph("正文"),
  ]);
  expect((await read(bytes)).lines.map(({ align }) => align)).toEqual(["center", "right", "right", undefined]);
});

test("merged cells are spans, rows are filled up, the head is known", async () => {
  const cell = (text: string, more: object = {}) => new TableCell({ children: [new Paragraph(text)], ...more });
  const bytes = await made([
    new Table({
      rows: [
        new TableRow({ tableHeader: true, children: [cell("单位", { columnSpan: 2 }), cell("人数")] }),
        new TableRow({
          children: [cell("甲镇", { verticalMerge: VerticalMergeType.RESTART }), cell("东村"), cell("3")],
        }),
        new TableRow({ children: [cell("", { verticalMerge: VerticalMergeType.CONTINUE }), cell("西村"), cell("4")] }),
        new TableRow({ children: [cell("合计")] }),
      ],
    }),
  ]);
  const [line] = (await read(bytes)).lines;
  const table = line?.block;
  if (table?.type !== "table") throw new Error("no table");
  const shape = table.content.map((row) =>
    row.content.map(({ type, attrs, content }) => {
      const words = content
        .flatMap((each) => each.content ?? [])
        .map((each) => (each.type === "text" ? each.text : ""));
      return `${type === "table_header" ? "#" : ""}${words.join("")} ${attrs.colspan}x${attrs.rowspan}`;
    }),
  );
  expect(shape).toEqual([
    ["#单位 2x1", "#人数 1x1"],
    ["甲镇 1x2", "东村 1x1", "3 1x1"],
    ["西村 1x1", "4 1x1"],
    ["合计 1x1", " 1x1", " 1x1"],
  ]);
});

test("footnotes, pictures, forced pages and line breaks", async () => {
  const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const bytes = await made(
    [
      new Paragraph({ children: [new TextRun("据统计"), new FootnoteReferenceRun(1), new TextRun("，增长3%。")] }),
      new Paragraph({
        children: [new ImageRun({ type: "png", data: png, transformation: { width: 10, height: 10 } })],
      }),
      new Paragraph({
        children: [new TextRun({ text: "第一行", break: 0 }), new TextRun({ text: "第二行", break: 1 })],
      }),
      new Paragraph({ children: [new PageBreak(), new TextRun("新的一页")] }),
      new Paragraph({ text: "再一页", pageBreakBefore: true }),
    ],
    { footnotes: { 1: { children: [new Paragraph("市统计局数据。")] } } },
  );
  const { lines } = await read(bytes);
  expect(lines[0]).toEqual({ text: `据统计${noteMark}，增长3%。`, notes: ["市统计局数据。"] });
  expect(lines[1]?.block?.type).toBe("figure");
  expect(lines[2]?.text).toBe("第一行\n第二行");
  expect(lines.slice(3).map(({ text, begins }) => [text, begins])).toEqual([
    ["新的一页", "page"],
    ["再一页", "page"],
  ]);
});

describe("revisions", () => {
  const change = { author: "李审核", date: "2026-03-01T08:00:00Z" };
  const children: ParagraphChild[] = [
    new TextRun("拨款"),
    new DeletedTextRun({ text: "五", id: 1, ...change }),
    new InsertedTextRun({ text: "六", id: 2, ...change }),
    new TextRun("万元。"),
  ];
  test.each([
    ["accept", "拨款六万元。"],
    ["reject", "拨款五万元。"],
  ] as const)("%s: %s, and both are told", async (revisions, text) => {
    const file = await read(await made([new Paragraph({ children })]), revisions);
    expect(texts(file)).toEqual([text]);
    expect(file.revisions.map(({ kind, author, text: words, line }) => [kind, author, words, line])).toEqual([
      ["deleted", "李审核", "五", 1],
      ["inserted", "李审核", "六", 1],
    ]);
  });
});

describe("what stands in the document and how it is read", () => {
  test.each([
    [
      "the code of a field is no text, its result is",
      '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>3</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
      ["3"],
    ],
    [
      "content controls and links are passed through",
      `<w:sdt><w:sdtContent><w:p><w:hyperlink><w:r><w:t>甲</w:t></w:r></w:hyperlink></w:p></w:sdtContent></w:sdt>`,
      ["甲"],
    ],
    ["a symbol of Wingdings", '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>是</w:t></w:r></w:p>', ["☑是"]],
    [
      "readings above words are left out",
      "<w:p><w:r><w:ruby><w:rt><w:r><w:t>yī</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>一</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>",
      ["一"],
    ],
    [
      "a list of which nothing is known",
      '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="9"/></w:numPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>',
      ["甲"],
    ],
  ])("%s", async (_, body, expected) => expect(texts(await read(raw(body)))).toEqual(expected));

  test.each([
    ["hidden text", "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r></w:p>", "import.hidden-text"],
    ["a formula", "<w:p><m:oMath xmlns:m='m'><m:r><m:t>x</m:t></m:r></m:oMath></w:p>", "import.formula"],
    ["an unknown symbol", '<w:p><w:r><w:sym w:font="某字体" w:char="F021"/></w:r></w:p>', "import.symbol"],
    ["a foreign part", "<w:altChunk/>", "import.foreign-part"],
  ])("%s is told", async (_, body, rule) =>
    expect((await read(raw(body))).findings.map((finding) => finding.rule)).toEqual([rule]),
  );
});

describe("refused with a sentence", () => {
  const zip = (parts: Record<string, Uint8Array>) => zipSync(parts);
  test.each<[string, () => Uint8Array, RegExp]>([
    [
      "a document type",
      () => zip({ "word/document.xml": strToU8('<!DOCTYPE a [<!ENTITY x "y">]><w:document/>') }),
      /不安全/,
    ],
    ["broken XML", () => zip({ "word/document.xml": strToU8("<w:document><w:body>") }), /已损坏/],
    ["no document", () => zip({ "a.xml": strToU8("<a/>") }), /没有正文/],
    ["a macro", () => raw(p("甲"), { "word/vbaProject.bin": "x" }), /带有宏/],
    ["a bomb", () => raw(p("甲"), { "word/media/a.xml": "0".repeat(40_000_000) }), /太大/],
    ["depth", () => raw("<w:sdt>".repeat(300) + "</w:sdt>".repeat(300)), /不安全/],
    ["half a file", () => raw(p("甲")).subarray(0, 150), /已损坏/],
    [
      "too many parts",
      () => zip(Object.fromEntries(Array.from({ length: 2100 }, (_, i) => [`p${i}`, new Uint8Array(1)]))),
      /部件太多/,
    ],
  ])("%s", async (_, make, words) => {
    await expect(read(make())).rejects.toMatchObject({ code: "badFile", message: expect.stringMatching(words) });
    await expect(read(make())).rejects.toMatchObject({ message: expect.stringMatching(/^“来文\.docx”.*。$/) });
  });
});
