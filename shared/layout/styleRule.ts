// What one setting of a house style may be, as data: parseStyle checks by it, the JSON Schema says it, and the style panel
// makes the right field of it. One place for every range and every list of choices.

export type Choice = string | number | boolean;

export type Rule =
  /** `step`: 1 for whole numbers, 0.25 for quarters; null: any. */
  | { readonly kind: "number"; readonly least: number; readonly most: number; readonly step: number | null }
  | { readonly kind: "choice"; readonly choices: readonly Choice[] }
  /** On one line, in print and in the panel. `holds`: a part it must have, as {n}; `form`: a regular expression that the
   *  whole must match in place of that, and what it asks for in words. */
  | {
      readonly kind: "text";
      readonly longest: number;
      readonly holds: string | null;
      readonly form: { readonly pattern: string; readonly says: string } | null;
    }
  | { readonly kind: "list"; readonly of: Rule; readonly least: number; readonly most: number }
  /** Values that are set together. */
  | { readonly kind: "set"; readonly of: Readonly<Record<string, Rule>> }
  | { readonly kind: "orNull"; readonly of: Rule };

/** A tree whose leaves are rules; a style has the same tree with values. */
export type Shape = Rule | { readonly [key: string]: Shape };

export const isRule = (shape: Shape): shape is Rule => typeof shape.kind === "string";

export const number = (least: number, most: number, step: number | null = null): Rule => ({
  kind: "number",
  least,
  most,
  step,
});
export const whole = (least: number, most: number): Rule => number(least, most, 1);
export const oneOf = (...choices: readonly Choice[]): Rule => ({ kind: "choice", choices });
export const orNull = (of: Rule): Rule => ({ kind: "orNull", of });
export const listOf = (of: Rule, least: number, most: number): Rule => ({ kind: "list", of, least, most });
export const words: Rule = { kind: "text", longest: 100, holds: null, form: null };
export const holding = (part: string): Rule => ({ kind: "text", longest: 100, holds: part, form: null });
export const every = (keys: readonly string[], shape: Shape): { readonly [key: string]: Shape } =>
  Object.fromEntries(keys.map((key) => [key, shape]));

/** The longest label of a style, UTF-16 units: wherever one is typed, sent or read from a file. */
export const longestLabel = 60;

/** Anything but a character that ends a line. */
const inLine = "[^\\n\\v\\f\\r\\u0085\\u2028\\u2029]*";

/** What the whole of a text must match, as a regular expression that JSON Schema knows, too. */
export function patternOf({ holds, form }: Rule & { readonly kind: "text" }): string {
  if (form !== null) return form.pattern;
  return `^${inLine}${holds === null ? "" : holds.replace(/[{}]/gu, "\\$&") + inLine}$`;
}

export function fits(rule: Rule, value: unknown): boolean {
  switch (rule.kind) {
    case "number":
      return (
        typeof value === "number" &&
        value >= rule.least &&
        value <= rule.most &&
        (rule.step === null || Number.isInteger(value / rule.step))
      );
    case "choice":
      return rule.choices.some((choice) => choice === value);
    case "text":
      return typeof value === "string" && value.length <= rule.longest && new RegExp(patternOf(rule), "u").test(value);
    case "list":
      return (
        Array.isArray(value) &&
        value.length >= rule.least &&
        value.length <= rule.most &&
        value.every((each) => fits(rule.of, each))
      );
    case "set":
      return (
        isObject(value) &&
        Object.keys(value).every((key) => key in rule.of) &&
        Object.entries(rule.of).every(([key, inner]) => fits(inner, value[key]))
      );
    case "orNull":
      return value === null || fits(rule.of, value);
  }
}

/** What the rule asks for, as the rest of a sentence after 应为. `named`: a choice by the words of the window. */
export function wants(rule: Rule, named: (choice: Choice) => string = String): string {
  switch (rule.kind) {
    case "number": {
      const quarters = rule.step === 0.25 ? "，以四分之一为单位" : "";
      return `${rule.least}至${rule.most}之间的${rule.step === 1 ? "整数" : "数"}${quarters}`;
    }
    case "choice":
      return `${rule.choices.map(named).join("、")}之一`;
    case "text":
      if (rule.form !== null) return rule.form.says;
      return `${rule.holds === null ? "" : `含有${rule.holds}、`}不超过${rule.longest}字的一行文字`;
    case "list":
      return rule.least === rule.most
        ? `${rule.least}项，每项为${wants(rule.of, named)}`
        : `${rule.least}至${rule.most}项，每项为${wants(rule.of, named)}`;
    case "set":
      return `写明${Object.keys(rule.of).join("、")}的一组`;
    case "orNull":
      return `${wants(rule.of, named)}，或null`;
  }
}

export type Json = Record<string, unknown>;

export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
