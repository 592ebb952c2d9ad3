// Where lines may break: "|" free, "~" loose (inside a date), "^" seam (of a web address); nothing where they may not.
import { describe, expect, test } from "vitest";
import { breaksOf, classOf } from "../../shared/layout/breaks.ts";

function show(text: string): string {
  const characters = Array.from(text.matchAll(/——|./gu), (match) => ({ text: match[0], at: match.index }));
  const signs = { free: "|", loose: "~", seam: "^", hard: "", never: "" };
  const breaks = breaksOf(
    text,
    characters.map((one) => one.at),
  );
  return characters.map((one, i) => signs[breaks[i] ?? "never"] + one.text).join("");
}

describe("breaks", () => {
  const cases: readonly (readonly [name: string, want: string])[] = [
    ["between Chinese characters", "政|府|公|报"],
    ["no closing mark or stop begins a line", "你|好，|世|界。”|他|说"],
    ["no opening mark ends a line", "见|《示|例》|（一）|款"],
    ["marks that meet", "《甲》|《乙》，|“丙”、|“丁”"],
    ["a Latin word is whole", "用|APP|办|理"],
    ["a year and number in brackets is whole", "示|政|发|〔2026〕12号|文"],
    ["a number with its unit is whole", "计|1200.5万元、|95.5%|和|10℃，|共|35人|次"],
    ["an article's number is whole", "依|照|第三十八条|的|规|定"],
    ["a date is kept if it can be", "自|2026年~6月~25日|起"],
    ["a dash of two is whole, and begins no line", "目|的——|原|则|如|此……|等"],
    ["numbers in parentheses", "符|合|（一）|项"],
    ["a registration number is whole", "登|记|号|SLDR—2026—00001|号"],
    ["phone numbers, ratios and decimals", "电|话：|0730-3555200；|1:500；|3.14"],
    ["a web address breaks at its seams when it must", "见|https:^/^/^a.^example/^b?^c=^d|查|阅"],
    ["a space ends a word", "NEW |WORDS |HERE"],
    ["per cent does not begin a line", "约|５％|多"],
  ];
  test.each(cases)("%s", (_, want) => {
    expect(show(want.replace(/[|~^]/gu, ""))).toBe(want);
  });
});

test("classes", () => {
  const rows = {
    open: "（《“‘〔【",
    close: "）》”’〕】",
    stop: "，。、；：？！",
    dash: "—…",
    middle: "·～",
    latin: "aZ0%(é",
    space: " \u3000",
  };
  for (const [name, characters] of Object.entries(rows))
    for (const character of characters) expect([character, classOf(character)]).toEqual([character, name]);
  expect(classOf("政")).toBe("wide");
  expect(classOf("𬸚")).toBe("wide");
});
