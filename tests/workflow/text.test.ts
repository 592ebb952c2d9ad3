import { describe, expect, it, test } from "vitest";
import { type Block, paragraph, type Table } from "../../shared/model/block.ts";
import type { Issue, Notice } from "../../shared/model/notice.ts";
import { issueRecord, noticeRecord } from "../../shared/workflow/text.ts";

const table: Table = {
  type: "table",
  content: [
    {
      type: "table_row",
      content: ["单位", "数量"].map((text) => ({
        type: "table_header",
        attrs: { colspan: 1, rowspan: 1, colwidth: [100] },
        content: [paragraph("cell", text)],
      })),
    },
  ],
};
const figure: Block = {
  type: "figure",
  attrs: { image: "a".repeat(64), width: 100, height: 50, share: 0.5, alt: "示意图" },
};
const notice: Notice = {
  ...{ id: "n1", version: 3, title: "示例市人民政府关于植树的通知", issuers: ["示例市人民政府"], kind: "通知" },
  ...{ docNumber: "示政发〔2026〕1号", uniformNumber: "", dated: "2026-03-01", section: "市政府文件" },
  body: [paragraph("addressee", "各镇人民政府："), paragraph("body", "现将有关事项通知如下。"), table, figure],
};
function withBlock(index: number, block: Block): Notice {
  return { ...notice, body: notice.body.with(index, block) };
}
const words = (text: string) => ({ type: "text" as const, text });

describe("a notice is another text", () => {
  it.each<[string, Notice]>([
    ["when its title changes", { ...notice, title: `${notice.title}（修订）` }],
    ["when its number changes", { ...notice, docNumber: "示政发〔2026〕2号" }],
    ["when one character changes", withBlock(1, paragraph("body", "现将有关事项通知如下："))],
    ["when a paragraph is parted", withBlock(1, paragraph("body", "现将有关\n事项通知如下。"))],
    ["when a paragraph becomes a heading", withBlock(1, paragraph("level1", "现将有关事项通知如下。"))],
    [
      "when a word is emphasised",
      withBlock(1, {
        ...paragraph("body", ""),
        content: [{ ...words("现将有关事项通知如下。"), marks: [{ type: "strong" }] }],
      }),
    ],
    [
      "when a footnote is added",
      withBlock(1, {
        ...paragraph("body", ""),
        content: [words("现将有关事项通知如下。"), { type: "footnote", attrs: { text: "另附。" } }],
      }),
    ],
    ["when another picture is put in", withBlock(3, { ...figure, attrs: { ...figure.attrs, image: "b".repeat(64) } })],
    [
      "when the cells of a table change places",
      withBlock(2, { ...table, content: table.content.map((row) => ({ ...row, content: row.content.toReversed() })) }),
    ],
    [
      "when paragraphs change places",
      { ...notice, body: [...notice.body.slice(0, 2).toReversed(), ...notice.body.slice(2)] },
    ],
  ])("%s", (_, changed) => {
    expect(noticeRecord(changed)).not.toBe(noticeRecord(notice));
  });
});

describe("a notice is the same text", () => {
  it.each<[string, Notice]>([
    ["in another version", { ...notice, version: 9 }],
    [
      "when a field changes that is not printed with it",
      { ...notice, kind: "公告", dated: "2026-03-02", section: "别的栏目" },
    ],
    ["when a paragraph is set otherwise", withBlock(1, paragraph("body", "现将有关事项通知如下。", "center"))],
    ["when a column of a table is made wider", withBlock(2, widened())],
    ["when a picture is made smaller", withBlock(3, { ...figure, attrs: { ...figure.attrs, share: 0.3 } })],
    ["when a page is broken", { ...notice, body: [...notice.body, { type: "forced_break", attrs: { to: "page" } }] }],
    [
      "when the editor parted a run of text",
      withBlock(1, { ...paragraph("body", ""), content: [words("现将有关"), words("事项通知如下。")] }),
    ],
  ])("%s", (_, changed) => {
    expect(noticeRecord(changed)).toBe(noticeRecord(notice));
  });
});

function widened(): Table {
  const content = table.content.map((row) => ({
    ...row,
    content: row.content.map((cell) => ({ ...cell, attrs: { ...cell.attrs, colwidth: [180] } })),
  }));
  return { ...table, attrs: { landscape: true, wholeRows: false }, content };
}

test("an issue is another text when its arrangement or a text in it changes, not when its style does", () => {
  const issue: Issue = {
    ...{ id: "i1", version: 1, gazetteTitle: "示例政报", officialTitle: "", englishTitle: "", year: 2026, number: 1 },
    ...{ serial: 1, published: "2026-03-31", organ: "", statement: [], slogans: [], style: "gbt9704" },
    imprint: [{ label: "主管：", value: "示例市人民政府" }],
    sections: [{ id: "s", title: "市政府文件", entries: ["n1", "n2"] }],
  };
  const texts: Readonly<Record<string, string>> = { n1: "a", n2: "b" };
  const textOf = (id: string) => texts[id] ?? "";
  const same = issueRecord(issue, textOf);
  expect(issueRecord({ ...issue, style: "luxi", version: 7 }, textOf)).toBe(same);
  const others: Issue[] = [
    { ...issue, number: 2 },
    { ...issue, published: "2026-04-01" },
    { ...issue, imprint: [] },
    { ...issue, sections: [{ id: "s", title: "市政府文件", entries: ["n2", "n1"] }] },
    { ...issue, sections: [{ id: "s", title: "市政府办公室文件", entries: ["n1", "n2"] }] },
  ];
  for (const other of others) expect(issueRecord(other, textOf)).not.toBe(same);
  expect(issueRecord(issue, (id) => (id === "n2" ? "c" : "a"))).not.toBe(same);
});
