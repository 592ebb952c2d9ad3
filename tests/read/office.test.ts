// Office files as notices: tables, pictures and footnotes are taken as they are, alignment tells a 落款, the parts of a 公文
// that a gazette does not print are kept apart.
import { describe, expect, test } from "vitest";
import { type Block, noteMark, paragraph, paragraphText, type Table } from "../../shared/model/block.ts";
import { readOffice } from "../../shared/read/read.ts";
import type { SourceLine } from "../../shared/read/source.ts";

const line = (text: string, more: Partial<SourceLine> = {}): SourceLine => ({ text, ...more });
const right = (text: string) => line(text, { align: "right" });
const middle = (text: string) => line(text, { align: "center" });

const table: Table = {
  type: "table",
  content: [
    ["乡 镇", "里程"],
    ["东镇", "35.2"],
  ].map((row) => ({
    type: "table_row",
    content: row.map((text) => ({
      type: "table_cell",
      attrs: { colspan: 1, rowspan: 1, colwidth: null },
      content: [paragraph("cell", text)],
    })),
  })),
};
const picture = { type: "figure", attrs: { image: "a".repeat(64), width: 9, height: 9, share: 1, alt: "" } } as const;

const head = [
  middle("示例县人民政府办公室文件"),
  middle("示政办发〔2026〕12号"),
  middle("示例县人民政府办公室"),
  middle("关于印发《示例县农村公路养护办法》的通知"),
  line("各乡镇人民政府，县直各单位："),
];

function kinds(blocks: readonly Block[]): string[] {
  return blocks.map((block) =>
    block.type === "paragraph" ? `${block.attrs.kind} ${paragraphText(block)}` : block.type,
  );
}

test("a letter is one notice, its table with its title, its picture, what follows the date in order", () => {
  const { drafts } = readOffice([
    ...head,
    line("现印发给你们，请认真贯彻执行。"),
    right("示例县人民政府办公室"),
    right("2026年3月5日"),
    line("（此件公开发布）"),
    middle("示例县农村公路养护办法"),
    line("一、总体要求"),
    line("养护工作按下列规定进行"),
    line("（一）东镇负责"),
    line("", { block: picture }),
    line("附件"),
    middle("养护任务分解表"),
    line("", { block: table }),
    line("抄送：县委各部门。"),
    line("示例县人民政府办公室　　2026年3月5日印发"),
  ]);
  expect(drafts).toHaveLength(1);
  expect(drafts[0]).toMatchObject({
    title: "示例县人民政府办公室关于印发《示例县农村公路养护办法》的通知",
    docNumber: "示政办发〔2026〕12号",
    dated: "2026-03-05",
    kind: "通知",
    counts: { tables: [{ title: "养护任务分解表", columns: ["乡镇", "里程"], dataRows: 1 }] },
  });
  expect(kinds(drafts[0]?.blocks ?? [])).toEqual([
    "addressee 各乡镇人民政府，县直各单位：",
    "body 现印发给你们，请认真贯彻执行。",
    "signature 示例县人民政府办公室",
    "date 2026年3月5日",
    "body （此件公开发布）",
    "documentTitle 示例县农村公路养护办法",
    "level1 一、总体要求",
    "body 养护工作按下列规定进行",
    "level2 （一）东镇负责",
    "figure",
    "annexLabel 附件",
    "annexTitle 养护任务分解表",
    "table",
  ]);
});

test("footnotes stand where their marks stood; a kind that takes none has them in parentheses", () => {
  const { drafts } = readOffice(
    [
      ...head,
      line(`全县${noteMark}公路里程${noteMark}达到1000公里。`, { notes: ["含县级市。", "截至上年底。"] }),
      right(`示例县人民政府办公室${noteMark}`),
      right("2026年3月5日"),
    ].map((each, i) => (i === head.length + 1 ? { ...each, notes: ["代章"] } : each)),
  );
  const [, body, signature] = drafts[0]?.blocks ?? [];
  expect(body).toEqual({
    type: "paragraph",
    attrs: { kind: "body" },
    content: [
      { type: "text", text: "全县" },
      { type: "footnote", attrs: { text: "含县级市。" } },
      { type: "text", text: "公路里程" },
      { type: "footnote", attrs: { text: "截至上年底。" } },
      { type: "text", text: "达到1000公里。" },
    ],
  });
  expect(kinds(signature ? [signature] : [])).toEqual(["signature 示例县人民政府办公室（代章）"]);
});

test("who signs stands at the right, whatever the name", () => {
  const { drafts } = readOffice([...head, line("现印发给你们。"), right("县公路养护专班"), right("2026年3月5日")]);
  expect(drafts[0]?.signers).toEqual(["县公路养护专班"]);
});

describe("what a gazette does not print", () => {
  test.each([
    ["000012", "份号"],
    ["特急", "紧急程度"],
    ["签发人：王示例", "签发人"],
  ])("above the title: %s", (text, name) => {
    const { findings, drafts } = readOffice([line(text), ...head, line("现印发给你们。")]);
    expect(findings.filter(({ rule }) => rule === "import.letterhead").map(({ message }) => message)).toContainEqual(
      expect.stringContaining(name),
    );
    expect(JSON.stringify(drafts)).not.toContain(text);
  });
  test.each(["抄送：县委各部门。", "示例县人民政府办公室 2026年3月5日印发", "（共印50份）"])(
    "below the text: %s",
    (text) => {
      const { findings, drafts } = readOffice([...head, line("现印发给你们。"), line(text)]);
      expect(findings.map(({ rule }) => rule)).toContain("import.letterhead");
      expect(kinds(drafts[0]?.blocks ?? []).at(-1)).toBe("body 现印发给你们。");
    },
  );
  test.each(["机密", "秘密★1年", "内部文件，注意保存"])("a marking of secrecy is an error: %s", (text) => {
    const { findings } = readOffice([line(text), ...head, line("现印发给你们。")]);
    expect(findings.find(({ rule }) => rule === "import.secret")).toMatchObject({ severity: "error", line: 1 });
  });
  test("the same words in the text are text", () => {
    const { findings } = readOffice([...head, line("现印发给你们。"), line("机密文件的管理按有关规定执行。")]);
    expect(findings.map(({ rule }) => rule)).not.toContain("import.secret");
  });
});
