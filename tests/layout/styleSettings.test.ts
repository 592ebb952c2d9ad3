// The settings of a style one by one: each has its words and its rule, and what is changed in one can be written and read.
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { parseStyle } from "../../shared/layout/style.ts";
import { choiceName, settingName, styleGroups } from "../../shared/layout/styleGuide.ts";
import type { Rule } from "../../shared/layout/styleRule.ts";
import {
  changedSettings,
  styleJson,
  styleJsonSchema,
  styleSettings,
  valueAt,
  withValue,
} from "../../shared/layout/styleSettings.ts";
import { shippedStyle } from "./workshop.ts";

const gbt = shippedStyle("gbt9704");
const linxiang = shippedStyle("linxiang");

/** Paths of all values of a style, text by text. */
function paths(value: unknown, path: readonly string[] = []): string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value) || path.at(-1) === "lead")
    return [path.join(".")];
  return Object.entries(value).flatMap(([key, inner]) => paths(inner, [...path, key]));
}

function choicesOf(rule: Rule): readonly unknown[] {
  if (rule.kind === "list" || rule.kind === "orNull") return choicesOf(rule.of);
  return rule.kind === "choice" ? rule.choices.filter((choice) => typeof choice !== "boolean") : [];
}

describe("the settings", () => {
  test("every value of a style is a setting with words, and the other way round", () => {
    const named = styleSettings.map((setting) => setting.path).sort();
    expect(
      paths(gbt)
        .filter((path) => path !== "name" && path !== "label")
        .sort(),
    ).toEqual(named);
  });
  test("every group has settings, and every choice and every null a name", () => {
    expect(new Set(styleSettings.map((setting) => setting.group))).toEqual(new Set(styleGroups));
    for (const { path, word, rule } of styleSettings) {
      expect(choicesOf(rule).map(String).sort(), path).toEqual(
        choicesOf(rule).length > 0 ? Object.keys(word.choices ?? {}).sort() : [],
      );
      if (rule.kind === "orNull" && rule.of.kind !== "set") expect(word.none, path).toBeTruthy();
    }
  });
  test.each([
    ["grid.pitch", "“字与行·行距”（grid.pitch）"],
    ["columns.count", "“分栏·栏数”（columns.count）"],
    ["text.title.size", "“各级标题与要素·公文题名·字号”（text.title.size）"],
    ["text", "“各级标题与要素”（text）"],
    ["", "内容"],
    ["gird.pitch", "内容"],
  ])("%s is called %s", (path, name) => expect(settingName(path)).toBe(name));
  test.each([
    ["body", "kai", "楷体（kai）"],
    ["newPage", "title", "公文题名（title）"],
    ["filler.multiple", 4, "凑成4的倍数（骑马钉）（4）"],
    ["contents.show", false, "否（false）"],
  ] as const)("the choice %s %s is called %s", (path, choice, name) => expect(choiceName(path, choice)).toBe(name));
});

describe("changes", () => {
  test("one value is put in, and the rest stays the same object", () => {
    const style = withValue(gbt, "text.body.size", 14);
    expect(valueAt(style, "text.body.size")).toBe(14);
    expect(style.text.title).toBe(gbt.text.title);
    expect(valueAt(gbt, "text.body.size")).toBeNull();
    expect(() => withValue(gbt, "text.body.sise", 14)).toThrow(RangeError);
    expect(() => valueAt(gbt, "grid.em.x")).toThrow(RangeError);
  });
  test("what differs is named by its settings", () => {
    const style = withValue(withValue(gbt, "grid.characters", 26), "table.sizes", [11]);
    expect(changedSettings(gbt, style).map((setting) => setting.path)).toEqual(["grid.characters", "table.sizes"]);
    expect(changedSettings(gbt, gbt)).toEqual([]);
  });
  test("the file of a style says what differs, and reads back as the style", () => {
    const style = {
      ...withValue(withValue(gbt, "text.level1.lead", null), "grid.em", 15),
      name: "ours",
      label: "本市",
    };
    const json = styleJson(style, gbt);
    expect(json).toEqual({
      extends: "gbt9704",
      name: "ours",
      label: "本市",
      grid: { em: 15 },
      text: { level1: { lead: null } },
    });
    expect(parseStyle(json, gbt)).toEqual(style);
    expect(parseStyle(styleJson(style, null))).toEqual(style);
    expect(parseStyle(styleJson(linxiang, gbt), gbt)).toEqual(linxiang);
  });
});

describe("the JSON Schema", () => {
  const accepts = new Ajv2020({ allErrors: true }).compile(styleJsonSchema());

  test.each(["gbt9704", "linxiang"])("accepts %s in full", (name) => {
    expect([accepts(shippedStyle(name)), accepts.errors]).toEqual([true, null]);
  });
  test.each([
    ["a setting that there is none of", { ...gbt, gird: 1 }],
    ["a missing setting", { ...gbt, body: undefined }],
    ["a number out of range", withValue(gbt, "grid.lines", 2)],
    ["part of a line that is no quarter", withValue(gbt, "text.title.lines", 1.3)],
    ["a folio without its number", withValue(gbt, "folio.pattern", "—")],
    ["a word where a number belongs", withValue(gbt, "text.body.size", "小四")],
    ["a run-in beginning without its end", withValue(gbt, "text.body.lead", { role: "hei" })],
    ["a name with capitals", { ...gbt, name: "Ours" }],
    ["a label longer than one may be typed", { ...gbt, label: "版".repeat(61) }],
    ["a head on two lines", withValue(gbt, "contents.head", "目\n录")],
    ["a folio on two lines", withValue(gbt, "folio.pattern", "{n}\n—")],
  ])("refuses %s", (_, style) => expect(accepts(JSON.parse(JSON.stringify(style)))).toBe(false));
});
