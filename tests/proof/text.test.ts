// Rules on a paragraph: each finds its wrong sample, is silent on its right one, and its fix makes the one of the other.
import { describe, expect, test } from "vitest";
import { textRules } from "../../shared/proof/catalogue.ts";
import { checkPassage, withFixes } from "../../shared/proof/checkIssue.ts";
import { lexicon, officeLexicon } from "./lexicon.ts";
import { prose } from "./prose.ts";
import { samples } from "./samples.ts";

const hitsOf = (text: string, kind: (typeof samples)[number]["kind"] = "body", dated = "2026-06-18") =>
  checkPassage({ text, kind }, { dated, lexicon: officeLexicon });

describe("samples", () => {
  for (const { rule, wrong, right, fixed, kind, dated } of samples)
    test(`${rule}: ${wrong.slice(0, 30)}`, () => {
      const hits = hitsOf(wrong, kind, dated).filter((each) => each.rule.rule === rule);
      expect(hits.length).toBeGreaterThan(0);
      expect(hitsOf(right, kind, dated).map((each) => each.rule.rule)).toEqual([]);
      if (fixed)
        expect(
          withFixes(
            wrong,
            hits.map((each) => each.hit),
          ),
        ).toBe(right);
    });

  test("each rule has one", () => {
    const covered = new Set(samples.map(({ rule }) => rule));
    expect(textRules.map(({ rule }) => rule).filter((rule) => !covered.has(rule))).toEqual([]);
  });
});

test("correct prose: no rule says a word", () => {
  expect(prose.length).toBeGreaterThanOrEqual(100);
  const said = prose.flatMap((text) => hitsOf(text).map(({ rule, hit }) => `${rule.rule}: ${hit.message} | ${text}`));
  expect(said).toEqual([]);
});

test("messages are whole sentences of a secretary", () => {
  for (const { wrong, kind, dated } of samples)
    for (const { hit } of hitsOf(wrong, kind, dated)) expect(hit.message).toMatch(/^[^！!]*\p{Script=Han}[^！!]*$/u);
});

test("an old name of an institution stays in a notice of its time", () => {
  const found = (dated: string) => checkPassage({ text: "报市工商局审批。", kind: "body" }, { dated, lexicon }).length;
  expect([found("2017-03-01"), found("2026-03-01")]).toEqual([0, 1]);
});

test("inside an address, a telephone number or a standard nothing is flagged", () => {
  const text = "见https://example.gov.cn/a,b/2026-07-01(1)...html和GB/T 9704-2012，电话0000-1234567。";
  expect(hitsOf(text).map(({ rule }) => rule.rule)).toEqual([]);
});

test("words that the office has declared its own are left alone", () => {
  expect(hitsOf("惟一亭修缮，惟一的通道。").map(({ hit }) => hit.from)).toEqual([6]);
});

describe("dates decide", () => {
  const rules = (text: string, dated: string) => hitsOf(text, "body", dated).map(({ rule }) => rule.rule);
  test.each([
    ["an institution before its renaming", "报市工商局审批", "2017-03-01", []],
    ["after it", "报市工商局审批", "2026-03-01", ["institution.renamed"]],
    ["its former name said to be one", "原市工商局的职责", "2026-03-01", []],
    ["in the title of another document", "《示例省工商局关于登记的通知》", "2026-03-01", []],
    ["a text without a date", "报市工商局审批", "", []],
    ["a ministry beside its departments", "农业部门和文化部门", "2026-03-01", []],
    ["a law while it held", "依据《中华人民共和国合同法》", "2019-03-01", []],
    ["a law after its repeal", "依据《中华人民共和国合同法》", "2021-03-01", ["law.repealed"]],
    ["a law repealed, said so", "《中华人民共和国合同法》同时废止", "2021-03-01", []],
    ["a law not yet in force", "依据《中华人民共和国民法典》", "2019-03-01", ["law.not-in-force"]],
    ["a law already passed", "依据《中华人民共和国民法典》", "2020-12-29", []],
    ["a law not yet in force, taught", "学习宣传《中华人民共和国民法典》", "2020-07-01", []],
    ["a place before its renaming", "赴襄樊市考察", "2009-03-01", []],
    ["a leader who has left", "市长赵离出席会议", "2026-03-01", []],
    ["a leader in office then", "市长赵离出席会议", "2024-03-01", ["leader.post"]],
  ] as const)("%s", (_, text, dated, expected) => {
    expect(rules(text, dated)).toEqual(expected);
  });
});

describe("places", () => {
  const rules = (text: string) => hitsOf(text).map(({ rule }) => rule.rule);
  test.each([
    ["四川省重庆市", ["place.parent"]],
    ["湖北张家界市", ["place.parent"]],
    ["湖南省张家界市、湖北省恩施土家族苗族自治州", []],
    ["长沙市株洲市湘潭市一体化", []],
    ["吉林省吉林市、河北省沧州市", []],
    ["湖北省、张家界市", []],
  ] as const)("%s", (text, expected) => expect(rules(text)).toEqual(expected));
});
