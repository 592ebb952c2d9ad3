// The settings of a house style one by one: each with its path, its words (styleGuide.ts) and its rule (style.ts), for
// whoever shows, changes or compares styles; and the same as a JSON Schema, for whoever writes a style by hand.
import { type StyleSheet, styleShape } from "./style.ts";
import { type Part, type StyleGroup, styleGuide, type Word } from "./styleGuide.ts";
import { isObject, isRule, type Json, patternOf, type Rule, type Shape } from "./styleRule.ts";

export interface StyleSetting {
  /** Keys from the outermost, parted by dots: text.body.size. */
  readonly path: string;
  readonly group: StyleGroup;
  /** Names of the parts it stands in, from the outermost. */
  readonly within: readonly string[];
  readonly word: Word;
  readonly rule: Rule;
}

/** Every setting but the style's own name and label, in the order of the guide. */
export const styleSettings: readonly StyleSetting[] = Object.entries(styleGuide)
  .filter(([key]) => key !== "name" && key !== "label")
  .flatMap(([key, word]) => settingsOf(word, shapeAt(styleShape, key), word.group, key, []));

function settingsOf(
  word: Word | Part,
  shape: Shape,
  group: StyleGroup,
  path: string,
  within: readonly string[],
): StyleSetting[] {
  if (isRule(shape)) return "of" in word ? [] : [{ path, group, within, word, rule: shape }];
  if (!("of" in word)) throw new RangeError(`the guide has no parts for ${path}`);
  return Object.entries(word.of).flatMap(([key, inner]) =>
    settingsOf(inner, shapeAt(shape, key), group, `${path}.${key}`, [...within, word.name]),
  );
}

function shapeAt(shape: { readonly [key: string]: Shape }, key: string): Shape {
  const inner = shape[key];
  if (!inner) throw new RangeError(`the style has no setting ${key}`);
  return inner;
}

/** The value of a setting. Throws RangeError for a path that is none. */
export function valueAt(style: StyleSheet, path: string): unknown {
  let value: unknown = style;
  for (const key of path.split(".")) {
    if (!isObject(value) || !Object.hasOwn(value, key)) throw new RangeError(`the style has no setting ${path}`);
    value = value[key];
  }
  return value;
}

/** A file's JSON with one more value in it. */
function put(json: Json, [key = "", ...rest]: readonly string[], value: unknown): Json {
  const inner = json[key];
  return { ...json, [key]: rest.length === 0 ? value : put(isObject(inner) ? inner : {}, rest, value) };
}

/** The style with another value of one setting; the value must fit its rule. */
export function withValue(style: StyleSheet, path: string, value: unknown): StyleSheet {
  const setting = styleSettings.find((each) => each.path === path);
  if (!setting) throw new RangeError(`the style has no setting ${path}`);
  // The same tree with a value of the same kind.
  return put({ ...style }, path.split("."), value) as unknown as StyleSheet;
}

export function sameValue(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The settings whose values differ. */
export function changedSettings(base: StyleSheet, style: StyleSheet): StyleSetting[] {
  return styleSettings.filter(({ path }) => !sameValue(valueAt(base, path), valueAt(style, path)));
}

/** The style as a file has it: what differs from `base`, which it extends; without a base, everything. */
export function styleJson(style: StyleSheet, base: StyleSheet | null): Json {
  const { name, label } = style;
  if (!base) return { ...style };
  return changedSettings(base, style).reduce<Json>(
    (json, { path }) => put(json, path.split("."), valueAt(style, path)),
    { extends: base.name, name, label },
  );
}

/** JSON Schema (draft 2020-12) of a style in full; one that `extends` another may leave anything out. */
export function styleJsonSchema(): Json {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "版式",
    ...schemaOf({ name: "版式", of: styleGuide }, styleShape),
  };
}

function schemaOf(word: Word | Part, shape: Shape): Json {
  if (isRule(shape)) {
    const { unit, help, choices } = "of" in word ? {} : word;
    const named = choices && Object.entries(choices).map(([key, name]) => `${key}：${name}`);
    const description = [help, unit && `单位：${unit}。`, named && `${named.join("，")}。`].filter(Boolean).join("");
    return { title: word.name, ...(description && { description }), ...ruleSchema(shape) };
  }
  const words = "of" in word ? word.of : {};
  const properties = Object.fromEntries(
    Object.entries(shape).map(([key, inner]) => [key, schemaOf(words[key] ?? { name: key }, inner)]),
  );
  return {
    title: word.name,
    type: "object",
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
  };
}

function ruleSchema(rule: Rule): Json {
  switch (rule.kind) {
    case "number":
      return {
        type: rule.step === 1 ? "integer" : "number",
        minimum: rule.least,
        maximum: rule.most,
        ...(rule.step !== null && rule.step !== 1 && { multipleOf: rule.step }),
      };
    case "choice":
      return { enum: rule.choices };
    case "text":
      return {
        type: "string",
        maxLength: rule.longest,
        pattern: patternOf(rule),
      };
    case "list":
      return { type: "array", items: ruleSchema(rule.of), minItems: rule.least, maxItems: rule.most };
    case "set":
      return {
        type: "object",
        properties: Object.fromEntries(Object.entries(rule.of).map(([key, inner]) => [key, ruleSchema(inner)])),
        required: Object.keys(rule.of),
        additionalProperties: false,
      };
    case "orNull":
      return { anyOf: [ruleSchema(rule.of), { type: "null" }] };
  }
}
