// Rules on a whole notice and on an issue: tables of a wrong and a right notice. All text is invented (示例市).
import { describe, expect, test } from "vitest";
import { readSample } from "../../main/compose.ts";
import { type Block, type Cell, type ParagraphKind, paragraph } from "../../shared/model/block.ts";
import type { NoticeFields } from "../../shared/model/notice.ts";
import { issueRules, noticeRules } from "../../shared/proof/catalogue.ts";
import { checkIssue } from "../../shared/proof/checkIssue.ts";
import type { Finding } from "../../shared/proof/proof.ts";
import { type ProofNotice, proofNotice, storedIssue } from "../../shared/proof/subject.ts";
import { assets, lexicon } from "./lexicon.ts";

const base: NoticeFields = {
  title: "示例市人民政府关于做好公园管理工作的通知",
  issuers: ["示例市人民政府"],
  docNumber: "示政发〔2026〕12号",
  uniformNumber: "",
  kind: "通知",
  dated: "2026-06-18",
  section: "",
};

/** "level1:一、总则" or a table as rows of cells. */
type Line = string | readonly (readonly string[])[];

function block(line: Line): Block {
  if (typeof line === "string") {
    const [, kind = "body", text = ""] = /^([a-zA-Z0-9]+):(.*)$/su.exec(line) ?? [undefined, "body", line];
    return paragraph(kind as ParagraphKind, text);
  }
  const cell = (type: Cell["type"], text: string): Cell => ({
    type,
    attrs: { colspan: 1, rowspan: 1, colwidth: null },
    content: [paragraph("cell", text)],
  });
  const content = line.map((row, r) => ({
    type: "table_row" as const,
    content: row.map((text) => cell(r === 0 ? "table_header" : "table_cell", text)),
  }));
  return { type: "table", content };
}

type Part = Partial<NoticeFields> & { readonly body?: readonly Line[]; readonly typed?: readonly string[] };

function notices(parts: readonly Part[]): ProofNotice[] {
  return parts.map(({ body = [], typed = [], ...fields }, i) =>
    proofNotice(
      { ...base, ...fields, id: `n${i + 1}` },
      body.map(block),
      [],
      typed.map((text, at) => ({ line: at + 1, text })),
    ),
  );
}

const issueFields = {
  ...{ gazetteTitle: "示例政报", officialTitle: "", englishTitle: "", year: 2026, number: 3, serial: null },
  ...{ organ: "", statement: [], slogans: [], imprint: [] },
};
const check = (parts: readonly Part[], published = ""): Finding[] =>
  checkIssue(
    {
      id: null,
      fields: published ? { ...issueFields, published } : null,
      published,
      notices: notices(parts),
      frame: [],
    },
    lexicon,
  );
const office = { issuers: ["示例市人民政府办公室"], title: "示例市人民政府办公室关于做好公园管理工作的通知" };
const item = ["level1:一、要求", "level1:二、任务"];

interface Case {
  readonly rule: string;
  readonly wrong: readonly Part[];
  readonly right: readonly Part[];
  readonly published?: string;
  /** The day of publication of the right one, when it is another. */
  readonly rightly?: string;
}
const one = (rule: string, wrong: Part, right: Part): Case => ({ rule, wrong: [wrong], right: [right] });
const lines = (rule: string, wrong: readonly Line[], right: readonly Line[]): Case =>
  one(rule, { body: wrong }, { body: right });

const cases: readonly Case[] = [
  one("docno.year-date", { docNumber: "示政发〔2025〕12号" }, { docNumber: "示政发〔2026〕12号" }),
  one("docno.issuer", { docNumber: "示政办发〔2026〕12号" }, { ...office, docNumber: "示政办发〔2026〕12号" }),
  one(
    "docno.issuer",
    { docNumber: "示政人〔2026〕1号" },
    { docNumber: "示政人〔2026〕1号", title: "示例市人民政府关于李明任职的通知" },
  ),
  lines(
    "signer.title",
    ["做好工作。", "signature:示例县人民政府", "date:2026年6月18日"],
    ["做好工作。", "signature:示例市人民政府", "date:2026年6月18日"],
  ),
  lines("date.deadline-before-sign", ["2026年4月19日前完成摸底。"], ["2026年7月19日前完成摸底。"]),
  lines(
    "date.stages",
    ["level2:（一）动员阶段（2026年7月—9月）", "level2:（二）总结阶段（2026年8月—10月）"],
    ["level2:（一）动员阶段（2026年6月—9月）", "level2:（二）总结阶段（2026年9月—2027年1月）"],
  ),
  lines("date.stages", ["level2:（一）动员阶段（2026年2月—4月）"], ["level2:（一）动员阶段（2026年5月—7月）"]),
  lines("cite.later", ["根据示政发〔2027〕3号文件要求。"], ["根据示政发〔2025〕3号文件要求。"]),
  lines("date.force-before-sign", ["本通知自2026年5月1日起施行。"], ["本通知自2026年7月1日起施行。"]),
  lines(
    "annex.beyond",
    ["分工见附件3。", "annexNote:附件：1.名录", "annexNote:2.任务表"],
    ["分工见附件2。", "annexNote:附件：1.名录", "annexNote:2.任务表"],
  ),
  lines("annex.none", ["分工见附件1。"], ["分工见附件1。", "annexNote:附件：1.名录", "annexLabel:附件1"]),
  lines(
    "annex.gap",
    ["annexLabel:附件1", "annexTitle:名录", "annexLabel:附件3", "annexTitle:任务表"],
    ["annexLabel:附件1", "annexTitle:名录", "annexLabel:附件2", "annexTitle:任务表"],
  ),
  lines(
    "annex.count",
    ["annexNote:附件：1.名录", "annexNote:2.任务表", "annexLabel:附件1", "annexTitle:名录"],
    [
      "annexNote:附件：1.名录",
      "annexNote:2.任务表",
      "annexLabel:附件1",
      "annexTitle:名录",
      "annexLabel:附件2",
      "annexTitle:任务表",
    ],
  ),
  lines(
    "annex.title-mismatch",
    ["annexNote:附件：1.公园名录", "annexNote:2.任务分配表", "annexLabel:附件2", "annexTitle:任务分解表"],
    [
      "annexNote:附件：1.公园名录",
      "annexNote:2.任务分解表",
      "annexLabel:附件2",
      "annexTitle:示例市公园任务",
      "annexTitle:分解表",
    ],
  ),
  lines("annex.note-form", ["annexNote:附件：公园名录。"], ["annexNote:附件：公园名录"]),
  lines("annex.note-form", ["annexNote:附件一：公园名录"], ["annexNote:附件：1.公园名录"]),
  lines("recipient.colon", ["addressee:各县人民政府，市政府各部门，"], ["addressee:各县人民政府，市政府各部门："]),
  lines(
    "term.inconsistent",
    ["市州、县市区报送。", "市州、县市区审核。", "市州、县市区汇总。", "奖励市州、县市，给予支持。"],
    ["市州、县市区报送。", "市州、县市区审核。", "市州、县市区汇总。", "奖励市州、县市区，给予支持。"],
  ),
  lines(
    "term.inconsistent",
    ["公园绿地行政主管部门负责。", "公园绿地行政主管部门审核。", "报公园绿地主管部门。"],
    ["公园绿地行政主管部门负责。", "公园绿地行政主管部门审核。", "报公园绿地行政主管部门。"],
  ),
  lines(
    "term.inconsistent",
    ["level1:一、宣传阶段", "level1:二、摸底阶段", "严格按照启动、摸底两个阶段安排。"],
    ["level1:一、宣传阶段", "level1:二、摸底阶段", "严格按照宣传、摸底两个阶段安排。"],
  ),
  lines(
    "term.short-name",
    ["公园管理中心（以下简称中心）负责管理。"],
    ["公园管理站（以下简称管理方）负责。管理方应当建立台账。"],
  ),
  lines(
    "organ.two-names",
    ["市人力资源和社会保障局负责。", "市人社局配合。"],
    ["市人力资源和社会保障局（以下简称市人社局）负责。", "市人社局配合。"],
  ),
  lines("date.two-styles", ["2026年6月18日起，至二〇二六年七月一日止。"], ["2026年6月18日起，至2026年7月1日止。"]),
  one(
    "force.none",
    { title: "示例市公园管理办法", body: [1, 2, 3, 4, 5].map((n) => `article:第${"一二三四五"[n - 1]}条　保护公园。`) },
    {
      title: "示例市公园管理办法",
      body: ["一", "二", "三", "四", "五"].map((n) => `article:第${n}条　本办法自2026年7月1日起施行。`),
    },
  ),
  lines(
    "law.short-name",
    ["依据《行政处罚法》办理。"],
    ["依据《中华人民共和国行政处罚法》办理。《行政处罚法》另有规定的除外。"],
  ),
  one(
    "title.no-kind",
    { title: "示例市人民政府关于做好防汛工作的安排" },
    { title: "示例市人民政府关于做好防汛工作的通知" },
  ),
  one(
    "title.no-de",
    { title: "示例市人民政府关于做好防汛工作通知" },
    { title: "示例市人民政府关于做好防汛工作的通知" },
  ),
  lines("numbering.gap", [...item, "level1:四、保障"], [...item, "level1:三、保障"]),
  lines("numbering.gap", [...item, "level1:二、保障"], [...item, "level1:三、保障"]),
  lines(
    "numbering.gap",
    ["article:第一条　为了管理。", "article:第二条　本办法。", "article:第四条　适用。"],
    ["chapter:第一章　总则", "article:第一条　为了管理。", "chapter:第二章　管理", "article:第二条　适用。"],
  ),
  lines("numbering.inline-gap", ["一是宣传。二是摸底。四是总结。"], ["一是宣传。二是摸底。三是总结。"]),
  lines(
    "numbering.order",
    ["level1:一、要求", "level3:1.措施", "level2:（一）领导"],
    ["level1:一、要求", "level2:（一）领导", "level3:1.措施"],
  ),
  lines(
    "list.count",
    ["以下三种情形：", "item:（一）损坏", "item:（二）占用", "item:（三）污染", "item:（四）其他"],
    ["以下四种情形：", "item:（一）损坏", "item:（二）占用", "item:（三）污染", "item:（四）其他"],
  ),
  lines("list.count", ["第一组（4个）：甲局、乙局、丙局。"], ["第一组（3个）：甲局、乙局（含分局、所）、丙局。"]),
  lines(
    "list.count",
    ["3个示范村：李明同志包东村、西村，王芳同志包南村、北村。"],
    ["3个示范村：李明同志包东村、西村，王芳同志包南村。"],
  ),
  lines("list.count", ["东小学、西小学、南小学、北小学等3所学校参加。"], ["东小学、西小学、南小学等7所学校参加。"]),
  lines("list.named-count", ["抓好“宣传、摸底、总结”四个环节。"], ["抓好“宣传、摸底、总结”三个环节。"]),
  lines(
    "heading.parallelism",
    ["level2:（一）宣传发动", "level2:（二）摸底阶段", "level2:（三）总结阶段"],
    ["level2:（一）宣传阶段", "level2:（二）摸底阶段", "level2:（三）总结阶段"],
  ),
  lines(
    "article.beyond",
    ["article:第一条　为了管理。", "article:第二条　依照本办法第九条处理。"],
    ["article:第一条　为了管理。", "article:第二条　依照本办法第一条处理。"],
  ),
  lines(
    "table.sum",
    [
      [
        ["单位", "人数"],
        ["甲镇", "100"],
        ["乙镇", "200"],
        ["合计", "310"],
      ],
    ],
    [
      [
        ["单位", "人数"],
        ["甲镇", "100"],
        ["乙镇", "200"],
        ["合计", "300"],
      ],
    ],
  ),
  lines(
    "table.subtotal",
    [
      [
        ["片区", "乡镇", "人数"],
        ["东片", "甲镇", "100"],
        ["东片", "乙镇", "200"],
        ["小计", "", "300"],
        ["西片", "丙镇", "100"],
        ["西片", "丁镇", "50"],
        ["小计", "", "150"],
        ["南片", "戊镇", "10"],
        ["南片", "己镇", "20"],
        ["小计", "", "40"],
      ],
    ],
    [
      [
        ["片区", "乡镇", "人数"],
        ["小计", "", "300"],
        ["东片", "甲镇", "100"],
        ["东片", "乙镇", "200"],
        ["小计", "", "150"],
        ["西片", "丙镇", "100"],
        ["西片", "丁镇", "50"],
        ["小计", "", "30"],
        ["南片", "戊镇", "10"],
        ["南片", "己镇", "20"],
      ],
    ],
  ),
  lines(
    "figure.parts",
    ["全市共10个名额，其中甲镇4个、乙镇3个、丙镇4个。"],
    ["全市共10个名额，其中甲镇4个、乙镇3个、丙镇3个。总投资5亿元，其中财政资金2亿元。"],
  ),
  lines(
    "table.ratio",
    [
      [
        ["乡镇", "人数", "按人数15%测算"],
        ["甲镇", "400", "112"],
      ],
    ],
    [
      [
        ["乡镇", "人数", "按人数15%测算"],
        ["甲镇", "400", "60"],
      ],
    ],
  ),
  lines(
    "table.phone",
    [
      [
        ["姓名", "联系电话"],
        ["甲", "13800000001"],
        ["乙", "13800000002"],
        ["丙", "13800000003"],
        ["丁", "1380000004"],
      ],
    ],
    [
      [
        ["姓名", "联系电话"],
        ["甲", "13800000001"],
        ["乙", "13800000002"],
        ["丙", "13800000003"],
        ["丁", "0000-1234567"],
      ],
    ],
  ),
  lines(
    "table.total-position",
    [
      [
        ["序号", "单位", "人数"],
        ["1", "甲镇", "100"],
        ["", "合计", "100"],
      ],
      [
        ["序号", "单位", "人数"],
        ["1", "甲镇", "100"],
        ["合计", "", "100"],
      ],
    ],
    [
      [
        ["序号", "单位", "人数"],
        ["1", "甲镇", "100"],
        ["合计", "", "100"],
      ],
      [
        ["序号", "单位", "人数"],
        ["1", "甲镇", "100"],
        ["合计", "", "100"],
      ],
    ],
  ),
  one("punct.halfwidth", { typed: ["巩固成果, 保护岸线。"] }, { typed: ["巩固成果，保护岸线。"] }),
  one(
    "punct.paren-width-inconsistent",
    { typed: ["（一）宣传", "(二) 摸底"] },
    { typed: ["（一）宣传", "（二）摸底"] },
  ),
  one("figure.fullwidth", { typed: ["９月1日"] }, { typed: ["9月1日"] }),
  one(
    "numbering.spacing",
    { typed: ["1. 目标", "2. 原则", "3.任务", "4.保障"] },
    { typed: ["1.目标", "2.原则", "3.任务", "1. 5倍"] },
  ),
  one("name.inner-space", { typed: ["甲镇\t李明达、陈 明、王立本"] }, { typed: ["合 计\t单 位\t李明达、陈明"] }),
  one(
    "name.inner-space",
    { typed: ["1\t李 明\t甲局", "2\t李明\t乙局"] },
    { typed: ["1\t李明\t甲局", "2\t李明\t乙局"] },
  ),
  {
    rule: "section.kind",
    wrong: [{ section: "市政府办公室文件" }],
    right: [{ section: "市政府文件" }, { ...office, docNumber: "示政办发〔2026〕1号", section: "市政府办公室文件" }],
  },
  {
    rule: "section.kind",
    wrong: [{ section: "人事任免" }],
    right: [{ section: "人事任免", title: "示例市人民政府关于李明任职的通知", docNumber: "示政人〔2026〕1号" }],
  },
  {
    rule: "docno.uniform",
    wrong: [{ uniformNumber: "SLDR—2025—00001" }],
    right: [{ uniformNumber: "SLDR—2026—00001" }],
  },
  { rule: "docno.uniform", wrong: [{ uniformNumber: "2026第1号" }], right: [{ uniformNumber: "" }] },
  { rule: "issue.year", wrong: [{}], right: [{}], published: "2027-08-22", rightly: "2026-08-22" },
  {
    rule: "typo.dup-paragraph",
    wrong: [{ body: ["各单位要在月底前完成排查。", "各单位要在月底前完成排查。"] }],
    right: [{ body: ["各单位要在月底前完成排查。", "责任单位：市林业局", "各单位要在月底前完成排查。"] }],
  },
  {
    rule: "docno.duplicate",
    wrong: [{}, { title: "示例市人民政府关于绿地管理的通告" }],
    right: [{}, { title: "示例市人民政府关于绿地管理的通告", docNumber: "示政发〔2026〕13号" }],
  },
  { rule: "notice.duplicate", wrong: [{}, { docNumber: "示政发〔2026〕13号" }], right: [{}] },
  {
    rule: "docno.date-order",
    wrong: [{}, { docNumber: "示政发〔2026〕13号", dated: "2026-05-01" }],
    right: [{}, { docNumber: "示政发〔2026〕13号", dated: "2026-06-20" }],
  },
  { rule: "date.after-publication", wrong: [{ dated: "2026-09-01" }], right: [{}], published: "2026-08-22" },
  {
    rule: "recipient.inconsistent",
    wrong: ["、", "、", "，"].map((mark, n) => ({
      docNumber: `示政发〔2026〕${n}号`,
      body: [`addressee:各镇人民政府${mark}街道办事处：`],
    })),
    right: ["、", "、", "、"].map((mark, n) => ({
      docNumber: `示政发〔2026〕${n}号`,
      body: [`addressee:各镇人民政府${mark}街道办事处：`],
    })),
  },
  {
    rule: "punct.paren-width-inconsistent",
    wrong: [{ typed: ["(示政发〔2026〕1号)"] }, { typed: ["（示政发〔2026〕2号）"] }],
    right: [{ typed: ["（示政发〔2026〕1号）"] }, { typed: ["（示政发〔2026〕2号）"] }],
  },
  {
    rule: "organ.two-names",
    wrong: [{ body: ["市发改局负责。", "由市发改局审核。", "报市发改委。"] }],
    right: [{ body: ["市发改局负责。", "由市发改局审核。", "报省发改委。"] }],
  },
  {
    rule: "organ.two-names",
    wrong: [{ body: ["县交通局牵头。", "县交通运输局负责。"] }],
    right: [{ body: ["县交通运输局牵头。", "县交通运输局负责。"] }],
  },
  {
    rule: "name.lookalike",
    wrong: [{ body: ["王韬同志任局长。", "免去王滔同志的职务。"] }],
    right: [{ body: ["王韬同志任局长。", "免去王韬同志的职务。"] }],
  },
  {
    rule: "name.lookalike",
    wrong: [{ body: ["任命王建国为市林业局局长。", "王建囯同志任组长。"] }],
    right: [{ body: ["任命王建国为市林业局局长。", "王建国同志任组长。"] }],
  },
  {
    rule: "cite.form-inconsistent",
    wrong: [
      {
        body: [
          "《示例省林业局关于保护绿地的通知》（示林发〔2026〕2号）",
          "《示例省林业局〈关于保护绿地的通知〉》（示林发〔2026〕2号）",
        ],
      },
    ],
    right: [
      {
        body: [
          "《示例省林业局关于保护绿地的通知》（示林发〔2026〕2号）",
          "《关于保护绿地的通知》（示林发〔2026〕2号）",
        ],
      },
    ],
  },
  {
    rule: "cite.form-inconsistent",
    wrong: [{ body: ["《示例市人民政府关于健康示例行动的实施方案》", "《示例市人民政府健康示例行动实施方案》"] }],
    right: [{ body: ["《示例市人民政府健康示例行动实施方案》", "《示例市人民政府健康示例行动实施方案》"] }],
  },
  {
    rule: "post.differs",
    wrong: [{ body: ["成员：何平 县发改局局长", "副组长：吴倩 县发改局局长"] }],
    right: [{ body: ["成员：何平 县发改局局长", "副组长：吴倩 县财政局局长"] }],
  },
  {
    rule: "post.differs",
    wrong: [{ body: ["成员：何平 县发改局局长", "成员：何平 县发改局党组书记"] }],
    right: [{ body: ["成员：何平 县发改局局长", "成员：何平 县发改局局长"] }],
  },
  {
    rule: "cite.title-incomplete",
    wrong: [{ body: ["《示例省人民政府关于印发全省公园绿地管理的通知》"] }],
    right: [{ body: ["《示例省人民政府关于印发全省公园绿地管理办法的通知》"] }],
  },
  {
    rule: "cite.joint-issuer-spacing",
    wrong: [{ body: ["《国家林业局财政部国家税务总局关于绿地的通知》"] }],
    right: [{ body: ["《国家林业局 财政部 国家税务总局关于绿地的通知》"] }],
  },
  {
    rule: "typo.slip",
    wrong: [{ body: ["逐一列出整改措施、责任单位和完成时限。", "逐一系出整改措施、责任单位和完成时限。"] }],
    right: [{ body: ["逐一列出整改措施、责任单位和完成时限。", "逐一列出整改措施、责任单位和完成时限。"] }],
  },
];

describe("a wrong notice is found, a right one passes in silence", () => {
  for (const { rule, wrong, right, published, rightly = published } of cases)
    test(`${rule}: ${JSON.stringify(wrong).slice(0, 50)}`, () => {
      expect(check(wrong, published).map((finding) => finding.rule)).toContain(rule);
      expect(check(right, rightly).map((finding) => finding.rule)).not.toContain(rule);
    });

  test("each rule of a notice and of an issue has a case", () => {
    const covered = new Set(cases.map(({ rule }) => rule));
    const all = [...noticeRules, ...issueRules].map(({ rule }) => rule);
    expect(all.filter((rule) => !covered.has(rule))).toEqual([]);
  });
});

test("numbers begin again in the second document that a notice carries", () => {
  const articles = ["article:第一条　为了管理。", "article:第二条　本办法。", "article:第三条　施行。"];
  const found = check([{ body: ["documentTitle:甲办法", ...articles, "documentTitle:乙办法", ...articles] }]);
  expect(found.filter(({ rule }) => rule === "numbering.gap")).toEqual([]);
});

test("a quotation of two paragraphs is closed", () => {
  const quoted = ["将第五条修改为：“第五条　保护公园。", "损坏公园的，责令改正。”"];
  expect(check([{ body: quoted }])).toEqual([]);
  expect(check([{ body: [...quoted, "清理“三乱现象。"] }]).map(({ rule, block }) => [rule, block])).toEqual([
    ["punct.unpaired", 2],
  ]);
});

test("a quotation whose paragraphs each begin with a mark, and a note in brackets of two paragraphs, are closed", () => {
  const body = ["将第五条修改为：", "“第五条　保护公园。", "“损坏公园的，责令改正。”"];
  const note = [
    "subtitle:（2020年3月1日示例市人民政府令第1号公布",
    "subtitle:根据2024年5月1日《关于修改的决定》修正）",
  ];
  expect(check([{ body: [...note, ...body] }])).toEqual([]);
  const open = ["保护公园（含绿地。", "损坏公园的）责令改正。"];
  expect(check([{ body: open }]).map(({ rule }) => rule)).toEqual(["punct.unpaired", "punct.unpaired"]);
});

test("a total over subtotals is no wrong sum", () => {
  const rows = [
    ["单位", "人数"],
    ["甲镇", "100"],
    ["小计", "100"],
    ["乙镇", "200"],
    ["小计", "200"],
    ["合计", "300"],
  ];
  expect(check([{ body: [rows] }]).map(({ rule }) => rule)).not.toContain("table.sum");
});

test("a finding says where: block and offsets of a stored notice", () => {
  const [found] = check([{ body: ["做好工作。", "截止2026年6月底完成。"] }]);
  expect(found).toMatchObject({ rule: "typo.until", notice: "n1", block: 1, from: 0, to: 2, fix: "截至" });
});

test("the sample issue that is shipped is clean", () => {
  const { issue, notices } = readSample(assets);
  const stored = notices.map((notice, i) => proofNotice({ ...notice, id: `n${i + 1}` }, notice.body));
  const whole = { ...issue, id: "sample", version: 1, sections: [] };
  expect(checkIssue(storedIssue(whole, stored), lexicon).map(({ rule, message }) => `${rule} ${message}`)).toEqual([]);
});

test("findings come in the same order whatever the order of the notices' rules", () => {
  const parts: Part[] = [{ body: ["截止2026年6月底，登陆系统。", "1、加强领导。"] }];
  expect(check(parts)).toEqual(check(parts));
  expect(check(parts).map(({ block, from }) => [block, from])).toEqual([
    [0, 0],
    [0, 11],
    [1, 0],
  ]);
});
