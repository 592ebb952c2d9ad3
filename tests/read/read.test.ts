// The authored issue read whole, with its frame in front and behind; nothing of it is lost.
import { describe, expect, test } from "vitest";
import { answerKey } from "../../shared/read/answer.ts";
import { readGazette } from "../../shared/read/read.ts";

import { issue, issueBackwards, list, rules } from "./issue.ts";
import { accepted, differences } from "./properties.ts";

const lineOf = (text: string, part: string) => text.slice(0, text.indexOf(part)).split("\n").length;

describe.each([
  ["contents in front", issue],
  ["contents behind", issueBackwards],
])("%s", (_name, text) => {
  const reading = readGazette(text);

  test("the frame", () => {
    expect(reading.issue).toEqual({
      gazetteTitle: "示例政报",
      officialTitle: "示例市人民政府公报",
      englishTitle: "GAZETTE OF THE PEOPLE'S GOVERNMENT OF SHILI CITY",
      year: 2024,
      number: 2,
      serial: 18,
      published: "2024-06-28",
      organ: "示例市人民政府机关刊物",
      statement: ["本刊登载的文件是标准文本", "与正式公文具有同等效力"],
      slogans: ["政务公开 服务群众"],
      imprint: [
        { label: "主管", value: "示例市人民政府" },
        { label: "主办", value: "示例市人民政府办公室" },
        { label: "责任编辑", value: "王强" },
        { label: "联系电话", value: "0000-1234567" },
      ],
    });
  });

  test("the notices", () => {
    const rows = reading.drafts.map(({ docNumber, kind, dated, section, issuers, counts }) => {
      return [docNumber, kind, dated, section, issuers.length, counts.paragraphs, counts.tables.length];
    });
    expect(rows).toEqual([
      ["示政发〔2024〕3号", "通知", "2024-05-20", "市政府文件", 1, 14, 0],
      ["示政办发〔2024〕9号", "通知", "2024-05-08", "市政府办文件", 2, 16, 1],
      ["示政办函〔2024〕12号", "通知", "2024-04-02", "市政府办文件", 1, 7, 1],
      ["示政人〔2024〕4号", "任免", "2024-06-03", "人事任免", 1, 6, 0],
    ]);
    expect(reading.drafts[0]?.startLine).toBe(lineOf(text, rules));
    expect(reading.drafts[2]?.endLine).toBe(lineOf(text, list) + list.split("\n").length - 1);
  });

  test("the errors of the typed contents", () => {
    const errors = reading.findings.filter((finding) => finding.severity === "error");
    expect(errors.map(({ rule, line, excerpt }) => [rule, line, excerpt])).toEqual([
      ["toc.docno-mismatch", lineOf(text, "(示政人〔2023〕4号)"), "示政人〔2023〕4号"],
      ["toc.page-order", lineOf(text, "(示政办函〔2024〕12号) (20)") - 1, "20"],
    ]);
  });

  test("the store takes it as it is", () => {
    expect(() => accepted(reading)).not.toThrow();
  });

  test("nothing is lost", () => {
    expect(reading.drafts.flatMap((draft) => differences(text, draft))).toEqual([]);
    expect(reading.findings.filter((finding) => finding.rule === "import.unclaimed")).toEqual([]);
  });
});

test("what is normalised is reported once for the file", () => {
  const hints = readGazette(issue).findings.filter((finding) => finding.rule.startsWith("import."));
  expect(hints.map(({ rule, severity }) => [rule, severity])).toEqual([
    ["import.width", "hint"],
    ["import.spaces", "hint"],
    ["import.residue", "hint"],
  ]);
});

test("the answer key has the agreed shape", () => {
  const key = answerKey(readGazette(issue));
  expect(key).toMatchObject({
    issue: {
      title: "示例政报",
      year: 2024,
      issueNo: 2,
      totalNo: 18,
      publishDate: "2024-06-28",
      masthead: { 主管: "示例市人民政府", 责任编辑: ["王强"] },
    },
    tocEntries: [{ page: 1 }, { page: 7 }, { page: 20, uniformNumber: null }, { section: "人事任免" }],
    notices: [
      { recipients: "各镇人民政府、街道办事处，市直各单位：", embeddedDocuments: [{ title: "示例市公园管理办法" }] },
      { attachments: [{ no: 1 }, { no: 2, title: "防汛值班人员名单", omitted: true }], tableCount: 1 },
      { headings: { level_yi: 0 }, lastChars: expect.stringContaining("市交通 运输局") },
      { signers: ["示例市人民政府"], section: "人事任免" },
    ],
  });
});

test("a section's name above a notice is that notice's, not the end of the one before", () => {
  const text = `${list}\n\n【人事任免】\n\n示例市人民政府关于李明同志任职的通知\n示政人〔2024〕1号\n\n各镇：\n\n李明同志任市水利局局长。`;
  const { drafts } = readGazette(text);
  expect(drafts.map((draft) => draft.section)).toEqual(["", "人事任免"]);
  expect(drafts[0]?.endLine).toBe(list.split("\n").length);
});

test("annexes without a notice are one draft that says so", () => {
  const { drafts, issue: frame } = readGazette(
    "附件1\n\n甲任务表\n\n序号\t单位\n1\t市财政局\n\n附件2\n\n乙任务表\n\n序号\t单位\n1\t市教育局",
  );
  expect(frame).toBeNull();
  expect(drafts).toMatchObject([
    {
      title: "甲任务表",
      docNumber: "",
      annexes: [{ number: 1 }, { number: 2 }],
      findings: [{ rule: "notice.no-head" }],
    },
  ]);
});

test("text before the first notice that is no frame is reported, not dropped in silence", () => {
  const { findings } = readGazette(`网站导航\n\n${list}`);
  expect(findings).toContainEqual(expect.objectContaining({ rule: "import.unclaimed", line: 1, excerpt: "网站导航" }));
});

describe("page furniture", () => {
  const [a, b] = ["第二条 市城管局负责公园的规划、建设和管理，", "并会同有关部门做好相关工作。"];
  test.each([
    ["a page number", "— 12 —"],
    ["a page of pages", "第 12 页 共 30 页"],
    ["a picture", "![图](a.png)"],
  ])("%s does not cut a paragraph", (_name, furniture) => {
    const { drafts, findings } = readGazette(
      `${list.split("\n\n").slice(0, 2).join("\n\n")}\n\n${a}\n\n${furniture}\n\n${b}`,
    );
    expect(drafts[0]?.counts.paragraphs).toBe(2);
    expect(findings).toContainEqual(expect.objectContaining({ rule: "import.furniture" }));
  });
  test("running heads and rising numbers go, the name on the cover stays", () => {
    const page = (n: number) => `${"各单位要认真做好有关工作。\n\n".repeat(6)}示例政报 2024年第2期\n\n${n}\n\n`;
    const text = `示例政报 2024年第2期\n\n${list}\n\n${page(1)}${page(2)}${page(3)}`;
    const { issue: frame, drafts, findings } = readGazette(text);
    expect(frame).toMatchObject({ year: 2024, number: 2 });
    expect(findings.find((finding) => finding.rule === "import.furniture")?.message).toMatch(/^页码、书眉等6行/u);
    expect(drafts[0]?.blocks.at(-1)).toMatchObject({ content: [{ text: "各单位要认真做好有关工作。" }] });
  });
});

test("a piece that only the contents name begins where its title stands", () => {
  const text = `目录\n市政府文件\n关于公布2024年民生实事项目的通知(示政办函〔2024〕12号)(1)\n大事记\n2024年4月大事记(9)\n\n${list}\n\n2024年4月大事记\n\n2日，市人民政府召开常务会议。`;
  expect(readGazette(text).drafts.map(({ title, section }) => [title, section])).toEqual([
    ["示例市人民政府办公室关于公布2024年民生实事项目的通知", "市政府文件"],
    ["2024年4月大事记", "大事记"],
  ]);
});

test("a cover that tells only the name is completed, and says so", () => {
  const reading = readGazette(`示例政报\n\n目录\n关于公布2024年民生实事项目的通知(示政办函〔2024〕12号)(1)\n\n${list}`);
  expect(reading.issue).toMatchObject({ gazetteTitle: "示例政报", year: 2024, number: 1 });
  expect(reading.findings[0]).toMatchObject({
    rule: "issue.incomplete",
    message: "封面上没有认出年份（暂填2024）、期号（暂填第1期），请补填",
  });
  accepted(reading);
});

test("a day that does not exist stays as printed and is no date", () => {
  const { drafts } = readGazette(list.replace("2024 年 4 月 2 日", "2024年4月31日"));
  expect(drafts[0]).toMatchObject({ dated: "", signers: ["示例市人民政府办公室"] });
  expect(drafts[0]?.findings.map((finding) => finding.rule)).toContain("notice.no-date");
});

test("form feeds of page breaks do no harm", () => {
  const reading = readGazette(`\f${list.replace("附件\n", "\f附件\n")}`);
  expect(reading.drafts[0]?.annexes).toEqual([{ number: null, title: "2024年民生实事项目表", omitted: false }]);
  accepted(reading);
});
