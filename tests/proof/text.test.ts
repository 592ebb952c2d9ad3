// Rules on a paragraph: each finds its wrong sample, is silent on its right one, and its fix makes the one of the other.
import { describe, expect, test } from "vitest";
import { textRules } from "../../shared/proof/catalogue.ts";
import { checkPassage, withFixes } from "../../shared/proof/checkIssue.ts";
import { prose } from "./prose.ts";
import { samples } from "./samples.ts";

const dated = "2026-06-18";
const hitsOf = (text: string, kind: (typeof samples)[number]["kind"] = "body") =>
  checkPassage({ text, kind }, { dated });

describe("samples", () => {
  for (const { rule, wrong, right, fixed, kind } of samples)
    test(`${rule}: ${wrong.slice(0, 30)}`, () => {
      const hits = hitsOf(wrong, kind).filter((each) => each.rule.rule === rule);
      expect(hits.length).toBeGreaterThan(0);
      expect(hitsOf(right, kind).map((each) => each.rule.rule)).toEqual([]);
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
  for (const { wrong, kind } of samples)
    for (const { hit } of hitsOf(wrong, kind)) expect(hit.message).toMatch(/^[^！!]*\p{Script=Han}[^！!]*$/u);
});

test("an old name of an institution stays in a notice of its time", () => {
  const found = (dated: string) => checkPassage({ text: "报市工商局审批。", kind: "body" }, { dated }).length;
  expect([found("2017-03-01"), found("2026-03-01")]).toEqual([0, 1]);
});

test("inside an address, a telephone number or a standard nothing is flagged", () => {
  const text = "见https://example.gov.cn/a,b/2026-07-01(1)...html和GB/T 9704-2012，电话0000-1234567。";
  expect(hitsOf(text).map(({ rule }) => rule.rule)).toEqual([]);
});
