// Rules across the store: tables of a wrong and a right one. All text is invented (示例市).
import { describe, expect, test } from "vitest";
import { paragraph } from "../../shared/model/block.ts";
import type { Notice } from "../../shared/model/notice.ts";
import {
  findInStore,
  type Relation,
  relationsOf,
  type StoreIssue,
  type StoreNotice,
  storeRules,
} from "../../shared/proof/storeRules.ts";
import { type ProofIssue, proofNotice } from "../../shared/proof/subject.ts";

const fields = {
  title: "示例市人民政府关于做好公园管理工作的通知",
  issuers: ["示例市人民政府"],
  docNumber: "示政发〔2026〕12号",
  uniformNumber: "",
  kind: "通知",
  dated: "2026-06-18",
  section: "",
} as const;

const made = (text: string, change: Partial<Notice> = {}): Notice => ({
  ...{ ...fields, id: "n1", version: 1, body: text.split("\n").map((line) => paragraph("body", line)) },
  ...change,
});
const stored = (id: string, title: string, docNumber: string, dated = "2024-01-05", issue = true): StoreNotice => ({
  ...{ id, title, docNumber, dated, uniformNumber: "" },
  issue: issue ? { id: "i0", name: "示例政报2024年第1期" } : null,
});
const gazette = (year: number, number: number, serial: number | null = null, published = ""): StoreIssue => ({
  ...{ id: `i${year}-${number}`, name: `示例政报${year}年第${number}期`, gazetteTitle: "示例政报" },
  ...{ year, number, serial, published },
});

interface Case {
  readonly rule: string;
  readonly notices?: readonly Notice[];
  readonly store?: readonly StoreNotice[];
  readonly issues?: readonly StoreIssue[];
  readonly relations?: readonly Relation[];
  readonly issue?: Partial<NonNullable<ProofIssue["fields"]>>;
}

function check({ notices = [made("做好工作。")], store = [], issues = [], relations = [], issue = {} }: Case) {
  const about: NonNullable<ProofIssue["fields"]> = {
    ...{ gazetteTitle: "示例政报", officialTitle: "", englishTitle: "", year: 2026, number: 3, serial: 33 },
    ...{ published: "2026-07-01", organ: "", statement: [], slogans: [], imprint: [], ...issue },
  };
  const subject = notices.map((notice) => proofNotice(notice, notice.body));
  const whole = { id: "i1", fields: about, published: about.published, notices: subject, frame: [] };
  const view = { notices: [...notices.map((one) => ({ ...one, issue: null })), ...store], issues, relations };
  return findInStore(whole, view).map(({ rule, hit }) => ({ rule: rule.rule, message: hit.message }));
}

const ways = stored("s1", "示例市人民政府关于印发《示例市公园管理办法》的通知", "示政发〔2024〕3号");
const near = [1, 5, 9].map((n) => stored(`k${n}`, `示例市人民政府关于第${n}件事的通知`, `示政发〔2024〕${n}号`));
const repeal: Relation = { kind: "repeals", by: "s2", title: "示例市公园管理暂行办法", number: "示政发〔2015〕7号" };
const repealer = stored("s2", "示例市人民政府关于废止部分文件的决定", "示政发〔2023〕1号", "2023-02-01");

const cases: readonly (readonly [wrong: Case, right: Case])[] = [
  [
    { rule: "store.printed-before", store: [stored("s3", fields.title, fields.docNumber, fields.dated)] },
    { rule: "store.printed-before", store: [stored("s3", fields.title, "示政发〔2025〕12号", "2025-06-18")] },
  ],
  [
    { rule: "store.printed-before", store: [stored("s3", "示例市人民政府关于绿地的通告", fields.docNumber)] },
    { rule: "store.printed-before", store: [stored("s3", "示例市人民政府关于绿地的通告", "第12号")] },
  ],
  [
    {
      rule: "store.cited-title",
      store: [ways],
      notices: [made("根据《示例市河道管理办法》（示政发〔2024〕3号）执行。")],
    },
    {
      rule: "store.cited-title",
      store: [ways],
      notices: [made("根据《示例市公园管理办法》（示政发〔2024〕3号）执行。")],
    },
  ],
  [
    { rule: "store.cited-title", store: [ways], notices: [made(`根据《${ways.title}》（示政发〔2024〕8号）执行。`)] },
    { rule: "store.cited-title", store: [ways], notices: [made(`根据《${ways.title}》（示政发〔2024〕3号）执行。`)] },
  ],
  [
    { rule: "store.cited-missing", store: near, notices: [made("按《方案》（示政发〔2024〕7号）执行。")] },
    {
      rule: "store.cited-missing",
      store: near,
      notices: [made("按《关于第5件事的通知》（示政发〔2024〕5号）和《要点》（示林发〔2024〕7号）执行。")],
    },
  ],
  [
    {
      rule: "store.relation",
      notices: [made("《示例市公园管理办法》（示政发〔2024〕3号）同时废止。")],
      store: [ways],
      relations: [{ kind: "repeals", by: "n1", title: "示例市公园管理办法", number: "示政发〔2024〕3号" }],
    },
    { rule: "store.relation", store: [ways], relations: [repeal] },
  ],
  [
    {
      rule: "store.cited-repealed",
      notices: [made("按照《示例市公园管理暂行办法》（示政发〔2015〕7号）办理。")],
      store: [repealer],
      relations: [repeal],
    },
    {
      rule: "store.cited-repealed",
      notices: [
        made("《示例市公园管理暂行办法》（示政发〔2015〕7号）已经废止。"),
        made("按照《示例市公园管理暂行办法》（示政发〔2015〕7号）办理。", { id: "n2", dated: "2022-03-01" }),
      ],
      store: [repealer],
      relations: [repeal],
    },
  ],
  [
    { rule: "issue.number", issues: [gazette(2026, 1, 31)] },
    { rule: "issue.number", issues: [gazette(2026, 1, 31), gazette(2026, 2, 32)] },
  ],
  [
    { rule: "issue.number", issues: [gazette(2026, 2, 30)] },
    { rule: "issue.number", issues: [gazette(2025, 6, 32)], issue: { number: 1 } },
  ],
  [
    { rule: "issue.number", issues: [gazette(2026, 3)] },
    { rule: "issue.number", issues: [{ ...gazette(2026, 3), gazetteTitle: "别的政报" }] },
  ],
  [
    { rule: "issue.number", issues: [gazette(2026, 2, null, "2026-08-01")] },
    { rule: "issue.number", issues: [gazette(2026, 2, null, "2026-05-01")] },
  ],
];

describe("a wrong one is found, a right one passes in silence", () => {
  for (const [wrong, right] of cases)
    test(`${wrong.rule}: ${JSON.stringify(wrong).slice(0, 60)}`, () => {
      expect(check(wrong).map(({ rule }) => rule)).toContain(wrong.rule);
      expect(check(right)).toEqual([]);
    });

  test("each rule has a case", () => {
    const covered = new Set(cases.map(([{ rule }]) => rule));
    expect(storeRules.map(({ rule }) => rule).filter((rule) => !covered.has(rule))).toEqual([]);
  });
});

describe("what a notice says of others", () => {
  const said = (text: string, change: Partial<Notice> = {}) =>
    relationsOf(made(text, change)).map(({ kind, number, title }) => `${kind} ${number || title}`);

  test.each([
    ["at its end", "《示例市公园管理办法》（示政发〔2015〕7号）同时废止。", ["repeals 示政发〔2015〕7号"]],
    [
      "of two",
      "《示例市公园管理办法》（示政发〔2015〕7号）、《示例市绿地管理办法》（示政发〔2016〕8号）自本办法施行之日起废止。",
      ["repeals 示政发〔2015〕7号", "repeals 示政发〔2016〕8号"],
    ],
    ["of none", "根据《示例市公园管理办法》（示政发〔2015〕7号），废止旧的做法。", []],
  ] as const)("%s", (_, text, expected) => expect(said(text)).toEqual(expected));

  test("a decision that repeals names them one by one; one that revises names it in its title", () => {
    const title = "示例市人民政府关于废止部分规范性文件的决定";
    expect(said("1.《示例市公园管理办法》（示政发〔2015〕7号）\n2.《要点》（示政发〔2016〕8号）", { title })).toEqual([
      "repeals 示政发〔2015〕7号",
      "repeals 示政发〔2016〕8号",
    ]);
    expect(said("作如下修改：", { title: "示例市人民政府关于修改《示例市公园管理办法》的决定" })).toEqual([
      "revises 示例市公园管理办法",
    ]);
  });
});
