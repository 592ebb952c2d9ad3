// Findings of what is stored: where they stand, that their identity outlives edits elsewhere, ignores, and corrections as
// patches. All text is invented (示例市).
import { describe, expect, test } from "vitest";
import { type Block, type Cell, type Inline, type Paragraph, paragraph, patchBody } from "../../shared/model/block.ts";
import type { Issue, Notice } from "../../shared/model/notice.ts";
import { fixSteps, textAt } from "../../shared/proof/fixes.ts";
import { type Ignore, withIgnores } from "../../shared/proof/ignore.ts";
import { Proofreader } from "../../shared/proof/proofreader.ts";
import { ruleCodes, ruleSummaries } from "../../shared/proof/ruleNames.ts";
import type { StoredFinding } from "../../shared/proof/stored.ts";
import { entries } from "./lexicon.ts";

const nothing = { notices: [], issues: [], relations: [] };

function notice(body: readonly Block[], fields: Partial<Notice> = {}): Notice {
  return {
    id: "n1",
    title: "示例市人民政府关于做好公园管理工作的通知",
    issuers: ["示例市人民政府"],
    docNumber: "示政发〔2026〕12号",
    uniformNumber: "",
    kind: "通知",
    dated: "2026-06-18",
    section: "",
    version: 1,
    body,
    ...fields,
  };
}

const issue: Issue = {
  id: "i1",
  gazetteTitle: "示例政报",
  officialTitle: "",
  englishTitle: "",
  year: 2026,
  number: 3,
  serial: 33,
  published: "2026-07-01",
  organ: "",
  statement: [],
  slogans: [],
  imprint: [],
  style: "gbt9704",
  sections: [],
  version: 1,
};

const p = (text: string) => paragraph("body", text);
function table(...rows: readonly string[][]): Block {
  const cell = (type: Cell["type"], text: string): Cell => ({
    type,
    attrs: { colspan: 1, rowspan: 1, colwidth: null },
    content: [paragraph("cell", text)],
  });
  const content = rows.map((row, r) => ({
    type: "table_row" as const,
    content: row.map((text) => cell(r === 0 ? "table_header" : "table_cell", text)),
  }));
  return { type: "table", content };
}
const written = (...content: Inline[]): Paragraph => ({ type: "paragraph", attrs: { kind: "body" }, content });
const text = (words: string, strong = false): Inline =>
  strong ? { type: "text", text: words, marks: [{ type: "strong" }] } : { type: "text", text: words };
const footnote = (words: string): Inline => ({ type: "footnote", attrs: { text: words } });

const reader = new Proofreader(entries);
const find = (one: Notice) => reader.notice(one, nothing);

/** The notice with findings put right. */
function fixed(one: Notice, findings: readonly StoredFinding[]): Notice {
  let { body, title } = one;
  for (const step of fixSteps(one, findings))
    if ("patch" in step) body = patchBody(body, step.patch);
    else title = step.fields.title ?? title;
  return { ...one, body, title };
}

describe("places", () => {
  test("a paragraph, a cell, a footnote, the title and a field", () => {
    const body = [
      written(text("登陆平台"), footnote("其它说明"), text("。")),
      table(["乡镇", "任务"], ["甲镇", "布署工作"]),
      p("做好工作。"),
    ];
    const found = find(notice(body, { title: "示例市人民政府关于布署工作的通知", docNumber: "示政发〔2025〕12号" }));
    expect(found.map(({ rule, place, quote }) => [rule, place, quote])).toEqual([
      ["typo.wrong-char", { in: "field", notice: "n1", field: "title", from: 9, to: 11 }, "布署"],
      ["docno.year-date", { in: "field", notice: "n1", field: "docNumber", from: 0, to: 12 }, "示政发〔2025〕12号"],
      ["typo.log-in", { in: "body", notice: "n1", block: 0, from: 0, to: 2 }, "登陆"],
      ["typo.variant", { in: "body", notice: "n1", block: 0, note: 0, from: 0, to: 2 }, "其它"],
      ["typo.wrong-char", { in: "body", notice: "n1", block: 1, cell: [1, 1, 0], from: 0, to: 2 }, "布署"],
    ]);
  });

  test("a wrong total stands in its cell, and the words are those of the text", () => {
    const one = notice([table(["单位", "人数"], ["甲镇", "100"], ["乙镇", "200"], ["合计", "310"])]);
    const [sum] = find(one);
    expect(sum).toMatchObject({
      rule: "table.sum",
      place: { block: 0, cell: [3, 1, 0], from: 0, to: 3 },
      quote: "310",
    });
    expect(sum && textAt(one, sum.place)).toBe("310");
  });

  test("the words of cover and imprint", () => {
    const about = { ...issue, statement: ["其它刊物不得转载"], imprint: [{ label: "主管", value: "登陆示例网" }] };
    expect(reader.issue(about, [], nothing).map(({ rule, place, excerpt }) => [rule, place, excerpt])).toEqual([
      ["typo.log-in", { in: "issue", field: "imprint" }, "登陆示例网"],
      ["typo.variant", { in: "issue", field: "statement" }, "其它刊物不得转载"],
    ]);
  });

  test("the other half of a contradiction is its evidence", () => {
    const twin = notice([p("做好工作。")], { id: "n2", title: "示例市人民政府关于绿地管理的通告" });
    const [found] = reader.issue(issue, [notice([p("做好工作。")]), twin], nothing);
    expect(found).toMatchObject({
      rule: "docno.duplicate",
      place: { in: "field", notice: "n2", field: "docNumber" },
      evidence: [{ place: { in: "field", notice: "n1", field: "docNumber" }, quote: "示政发〔2026〕12号" }],
    });
  });
});

describe("identity", () => {
  const ids = (one: Notice) => find(one).map(({ id }) => id);
  const before = notice([p("请登陆平台。"), p("截止2026年6月底，完成任务。")]);

  test("edits elsewhere leave it", () => {
    const after = {
      ...before,
      body: [p("一、总体要求"), p("各单位要高度重视，请登陆平台。"), ...before.body.slice(1)],
    };
    expect(ids(after).slice(1)).toEqual(ids(before).slice(1));
    expect(ids({ ...before, body: [p("做好工作。"), ...before.body] })).toEqual(ids(before));
  });

  test("the same words twice are two, other words or another notice are others", () => {
    const twice = notice([p("请登陆平台。"), p("请登陆平台。")]);
    expect(new Set(ids(twice)).size).toBe(2);
    expect(ids({ ...twice, id: "n2" })[0]).not.toBe(ids(twice)[0]);
  });

  test("typing finds the same by the same id as the whole", () => {
    expect(reader.typing(before)).toEqual(find(before));
  });
});

describe("ignores", () => {
  const one = notice([p("请登陆平台，其它单位登陆系统。")]);
  const [log, variant, again] = find(one);
  if (!log || !variant || !again) throw new RangeError("three findings are looked at");
  const base: Ignore = {
    ...{ id: "g", scope: "here", rule: log.rule, finding: log.id, quote: log.quote, issue: null },
    ...{ reason: "固定名称", by: "王编", at: "2026-06-20T08:00:00Z", revoked: null },
  };
  const covered = (ignore: Partial<Ignore>) =>
    withIgnores([log, variant, again], [{ ...base, ...ignore }]).map(({ ignored }) => ignored !== null);

  test.each([
    ["here", {}, [true, false, false]],
    ["these words", { scope: "word" }, [true, false, true]],
    ["the rule", { scope: "rule", finding: "", quote: "" }, [true, false, true]],
    ["another rule", { scope: "rule", rule: "typo.variant" }, [false, true, false]],
    ["other words", { scope: "word", quote: "登录" }, [false, false, false]],
    ["an error without a reason", { reason: " " }, [false, false, false]],
    ["a hint without a reason", { scope: "rule", rule: "typo.variant", reason: "" }, [false, true, false]],
    ["taken back", { revoked: { by: "李审", at: "2026-06-21T08:00:00Z" } }, [false, false, false]],
  ] as const)("%s", (_, ignore, expected) => expect(covered(ignore)).toEqual(expected));

  test("none: all stay open", () => {
    expect(withIgnores([log], []).map(({ ignored }) => ignored)).toEqual([null]);
  });
});

describe("corrections", () => {
  const fixes = (one: Notice, rule = /./u) => {
    const right = fixed(
      one,
      find(one).filter((finding) => rule.test(finding.rule)),
    );
    return right.body;
  };

  test("keep bold text, line breaks and footnotes", () => {
    const body = [
      written(
        text("请登", true),
        text("陆平台"),
        footnote("见其它说明。"),
        { type: "hard_break" },
        text("截止2026年6月底。"),
      ),
    ];
    expect(fixes(notice(body))).toEqual(
      [
        written(
          text("请", false),
          text("登录", true),
          text("平台"),
          footnote("见其他说明。"),
          { type: "hard_break" },
          text("截至2026年6月底。"),
        ),
      ].map((block) => ({ ...block, content: [text("请登录", true), ...(block.content ?? []).slice(2)] })),
    );
  });

  test("in a cell and in the title", () => {
    const one = notice([table(["乡镇", "任务"], ["甲镇", "布署工作"])], { title: "示例市人民政府关于布署工作的通知" });
    expect(fixed(one, find(one))).toMatchObject({
      title: "示例市人民政府关于部署工作的通知",
      body: [table(["乡镇", "任务"], ["甲镇", "部署工作"])],
    });
  });

  test("from the end, neighbours of one rule in one step, and places that moved are still met", () => {
    const one = notice([p("2026年07月01日前登陆平台，08月05日前布署、布署。"), p("做好布署。")]);
    const steps = fixSteps(one, find(one));
    expect(steps.map(({ rule }) => rule)).toEqual([
      ...["typo.wrong-char", "date.leading-zero", "typo.log-in", "date.leading-zero"],
    ]);
    expect(fixed(one, find(one)).body).toEqual([p("2026年7月1日前登录平台，8月5日前部署、部署。"), p("做好部署。")]);
  });

  test("in whatever order they are given, other blocks between them left as they are", () => {
    const one = notice([p("做好布署。"), p("一、总体要求"), p("请登陆平台，其它布署。"), p("布署、布署。")]);
    const found = find(one);
    const right = fixed(one, found);
    expect(right.body).toEqual([p("做好部署。"), p("一、总体要求"), p("请登录平台，其他部署。"), p("部署、部署。")]);
    expect(fixed(one, found.toReversed())).toEqual(right);
    const typos = found.filter(({ rule }) => rule === "typo.wrong-char");
    expect(
      fixSteps(one, [...typos.slice(2), ...typos.slice(0, 2)]).map(
        (step) => "patch" in step && step.patch.blocks.length,
      ),
    ).toEqual([4]);
  });

  test("of two that overlap the first is made, and the text then has one finding less", () => {
    const one = notice([p("做好好防汛的的工作。")]);
    expect(fixes(one)).toEqual([p("做好防汛的工作。")]);
  });

  test("words that are no longer there are a mistake of the caller", () => {
    const one = notice([p("请登陆平台。")]);
    expect(() => fixSteps(notice([p("请先登陆平台。")]), find(one))).toThrow(RangeError);
  });

  test("what is put right is not found again", () => {
    const one = notice([p("其它单位要<<办法>>,登陆平台...")]);
    const rules = find(one).map(({ rule }) => rule);
    expect(rules.length).toBeGreaterThan(3);
    expect(find(fixed(one, find(one)))).toEqual([]);
  });
});

test("after any edits a notice has what a fresh reading of it has", () => {
  const lines = [
    "请登陆平台。",
    "修改为：“第五条　保护绿地。",
    "损坏的，责令改正。”",
    "其它单位布署，其它。",
    "做好工作。",
  ];
  let seed = 11;
  const random = (n: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * n);
  };
  const kept = new Proofreader(entries);
  let one = notice([]);
  for (let edit = 0; edit < 120; edit++) {
    const from = random(one.body.length + 1);
    const to = Math.min(one.body.length, from + random(3));
    const blocks = Array.from({ length: random(4) }, () => p(lines[random(lines.length)] ?? ""));
    const dated = edit % 40 === 39 ? "2017-03-01" : one.dated;
    one = { ...one, dated, body: patchBody(one.body, { from, to, blocks }) };
    const fresh = new Proofreader(entries);
    expect(kept.typing(one)).toEqual(fresh.typing(one));
    if (edit % 20 === 0) expect(kept.issue(issue, [one], nothing)).toEqual(fresh.issue(issue, [one], nothing));
  }
});

test("each rule has a label, and a safe one corrects something", () => {
  const rules = ruleSummaries();
  expect(rules.length).toBeGreaterThan(100);
  expect(rules.filter(({ label, basis }) => label === "" || basis === "")).toEqual([]);
  expect(new Set(rules.map(({ label }) => label)).size).toBe(rules.length);
});

test("all ninety rules of the catalogue are there; contents against bodies is what reading a dump tells", () => {
  const sizes = { PU: 25, NU: 18, DF: 23, WO: 24 };
  const wanted = Object.entries(sizes).flatMap(([group, size]) =>
    Array.from({ length: size }, (_, i) => `${group}-${String(i + 1).padStart(3, "0")}`),
  );
  const there = new Set([...ruleCodes(), "DF-023"]);
  expect(wanted.filter((code) => !there.has(code))).toEqual([]);
});
