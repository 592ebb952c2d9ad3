// A house style 版式: every measure by which an issue is set. Plain JSON in assets/styles, one file a style; a style may
// extend another and then states only what differs. Layout reads nothing but this, so an office changes its gazette
// without a programmer. Defaults follow GB/T 9704-2012; units are pt unless a name says mm or em.
import type { Align, ParagraphKind } from "../model/block.ts";
import { paragraphKinds } from "../model/block.ts";
import { GazetteError } from "../model/gazetteError.ts";
import { type Role, roles } from "./fonts.ts";

/** Texts of a notice that have a setting of their own: its title, its number line, and every kind of paragraph. */
export const textKinds = ["title", "number", ...paragraphKinds] as const;
export type TextKind = "title" | "number" | ParagraphKind;

/** A run-in beginning set in another typeface: the number (第一条) or the first sentence up to its 。(一、…。). */
export interface Lead {
  readonly role: Role;
  readonly until: "number" | "sentence";
}

export interface TextSetting {
  /** null: the typeface of body text. */
  readonly role: Role | null;
  /** pt; null: the em of the grid. */
  readonly size: number | null;
  readonly align: Align;
  /** First line, em of this size. */
  readonly indent: number;
  /** Following lines, em of this size. */
  readonly hanging: number;
  /** Room kept free at the right, em of this size. */
  readonly right: number;
  /** Grid lines that one line of text takes 占行, in quarters; a paragraph takes a whole number of grid lines. */
  readonly lines: number;
  /** Empty grid lines before and after; dropped at the head of a page. */
  readonly before: number;
  readonly after: number;
  /** A head: stands on the page of the next two lines 背题. */
  readonly keepWithNext: boolean;
  readonly lead: Lead | null;
}

export interface StyleSheet {
  readonly name: string;
  readonly label: string;
  /** Brackets around the number line under a title and in the contents. */
  readonly numberBrackets: readonly [string, string];
  /** Trimmed size 开本, mm. */
  readonly page: { readonly width: number; readonly height: number };
  /** 天头 and 订口, mm; the size of the type area 版心 follows from the grid. */
  readonly typeArea: { readonly top: number; readonly inner: number };
  /** `lines` baselines of `characters` em each; em and pitch in pt. */
  readonly grid: {
    readonly em: number;
    readonly characters: number;
    readonly pitch: number;
    readonly lines: number;
  };
  /** Typeface of body text. */
  readonly body: Role;
  /** Typeface in which the Latin letters and digits of a role are set. */
  readonly latin: Readonly<Record<Role, Role>>;
  /** Gap between Chinese and Latin, em. */
  readonly latinGap: number;
  /** Fewest lines of a paragraph at the foot and at the head of a page. */
  readonly orphans: number;
  readonly widows: number;
  /** Kinds that begin a new page; a notice does when "title" is listed, otherwise notices run on. */
  readonly newPage: readonly TextKind[];
  readonly text: Readonly<Record<TextKind, TextSetting>>;
  readonly table: {
    readonly role: Role;
    readonly headRole: Role;
    /** Sizes tried in turn until every word fits its column; the last is the floor. */
    readonly sizes: readonly number[];
    /** Distance of baselines, em. */
    readonly leading: number;
    /** Room between rule and text, em. */
    readonly padding: { readonly across: number; readonly down: number };
    readonly rule: number;
  };
  readonly contents: {
    readonly head: string;
    readonly headSetting: FrontText;
    readonly section: FrontText;
    readonly entry: FrontText;
    /** The number stands on a line of its own under the title, follows the title, or is left out. */
    readonly number: "below" | "after" | "none";
    /** Following lines of an entry, em of the entry. */
    readonly hanging: number;
    readonly leader: string;
    /** {n} is the folio. */
    readonly folio: string;
    /** Distance of baselines, pt. */
    readonly pitch: number;
    /** Extra space between entries, pt. */
    readonly gap: number;
  };
  readonly cover: {
    readonly official: FrontText;
    readonly english: FrontText;
    readonly name: FrontText;
    readonly issue: FrontText;
    readonly date: FrontText;
    readonly organ: FrontText;
    readonly statement: FrontText;
  };
  readonly imprint: { readonly slogan: FrontText; readonly line: FrontText; readonly pitch: number };
  readonly folio: {
    readonly role: Role;
    readonly size: number;
    /** {n} is the number. */
    readonly pattern: string;
    /** From the foot of the type area to the baseline, mm. */
    readonly below: number;
    /** From the outer edge of the type area, em of the folio. */
    readonly inset: number;
  };
}

/** A text of the front matter. Spacing between characters, em. */
export interface FrontText {
  readonly role: Role;
  readonly size: number;
  readonly spacing: number;
  readonly ink: "black" | "red";
}

/** A setting with what it takes from the grid and the body filled in. */
export interface Setting extends TextSetting {
  readonly role: Role;
  readonly size: number;
}

export function settingOf(style: StyleSheet, kind: TextKind): Setting {
  const setting = style.text[kind];
  return { ...setting, role: setting.role ?? style.body, size: setting.size ?? style.grid.em };
}

/** Width of the type area, pt. */
export function measureOf(style: StyleSheet): number {
  return style.grid.em * style.grid.characters;
}

/** The style that this JSON extends, by name; null when it stands on its own. */
export function baseOf(json: unknown): string | null {
  const base = isObject(json) ? json.extends : undefined;
  return typeof base === "string" ? base : null;
}

/** Checks a style file and fills it in from the style it extends. A text setting that is left out is that of plain
 *  lines: body face and size, justified, no indent. Throws GazetteError badRequest with the place of the fault. */
export function parseStyle(json: unknown, base?: StyleSheet): StyleSheet {
  if (!isObject(json)) throw new GazetteError("badRequest", "版式文件应是一个JSON对象，请检查文件内容。");
  const wanted = baseOf(json);
  const { extends: _, ...own } = json;
  if (wanted !== null && base?.name !== wanted)
    throw new GazetteError("badRequest", `版式以“${wanted}”为底本，但没有找到它，请把它放在同一文件夹。`);
  const name = typeof own.name === "string" ? own.name : "未命名";
  const merged = merge(wanted === null || !base ? {} : { ...base }, own);
  if (isObject(merged.text)) {
    const text: Record<string, unknown> = {};
    for (const kind of textKinds) text[kind] = merge({ ...plainLines }, merged.text[kind] ?? {});
    merged.text = merge(text, merged.text);
  }
  return check(merged, styleShape, name, "") as StyleSheet;
}

const plainLines: TextSetting = {
  role: null,
  size: null,
  align: "justify",
  indent: 0,
  hanging: 0,
  right: 0,
  lines: 1,
  before: 0,
  after: 0,
  keepWithNext: false,
  lead: null,
};

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function merge(base: Json, over: unknown): Json {
  const merged = { ...base };
  if (!isObject(over)) return merged;
  for (const [key, value] of Object.entries(over)) {
    const before = merged[key];
    merged[key] = isObject(before) && isObject(value) ? merge(before, value) : value;
  }
  return merged;
}

/** A shape is a test with the words for what it wants, or an object of shapes. */
type Test = { readonly wants: string; readonly ok: (value: unknown) => boolean };
type Shape = Test | { readonly [key: string]: Shape };

const number = (least: number, most: number): Test => ({
  wants: `${least}至${most}之间的数`,
  ok: (value) => typeof value === "number" && value >= least && value <= most,
});
const whole = (least: number, most: number): Test => ({
  wants: `${least}至${most}之间的整数`,
  ok: (value) => Number.isInteger(value) && number(least, most).ok(value),
});
const oneOf = (...choices: readonly unknown[]): Test => ({
  wants: `${choices.map((choice) => (choice === null ? "null" : String(choice))).join("、")}之一`,
  ok: (value) => choices.includes(value),
});
const orNull = (test: Test): Test => ({
  wants: `${test.wants}或null`,
  ok: (value) => value === null || test.ok(value),
});
const listOf = (test: Test, least: number, most: number): Test => ({
  wants: `${least}至${most}项的列表，每项为${test.wants}`,
  ok: (value) => Array.isArray(value) && value.length >= least && value.length <= most && value.every(test.ok),
});
const words: Test = { wants: "不超过100字的文字", ok: (value) => typeof value === "string" && value.length <= 100 };
const role = oneOf(...roles);
const withNumber: Test = {
  wants: "含有{n}的文字",
  ok: (value) => typeof value === "string" && value.length <= 20 && value.includes("{n}"),
};
const leadShape: Test = {
  wants: 'null或{"role":…,"until":"number"或"sentence"}',
  ok: (value) =>
    value === null || (isObject(value) && role.ok(value.role) && oneOf("number", "sentence").ok(value.until)),
};
const every = <K extends string>(keys: readonly K[], shape: Shape): Shape =>
  Object.fromEntries(keys.map((key) => [key, shape]));

const frontText: Shape = { role, size: number(4, 200), spacing: number(0, 5), ink: oneOf("black", "red") };
const quarters: Test = {
  wants: "1至8之间的数，以四分之一为单位",
  ok: (value) => number(1, 8).ok(value) && Number.isInteger(Number(value) * 4),
};
const textShape: Shape = {
  role: orNull(role),
  size: orNull(number(4, 100)),
  align: oneOf("left", "center", "right", "justify"),
  indent: number(0, 20),
  hanging: number(0, 20),
  right: number(0, 20),
  lines: quarters,
  before: whole(0, 10),
  after: whole(0, 10),
  keepWithNext: oneOf(true, false),
  lead: leadShape,
};

const styleShape: Shape = {
  name: {
    wants: "小写字母、数字和连字符",
    ok: (value) => typeof value === "string" && /^[a-z0-9-]{1,40}$/.test(value),
  },
  label: words,
  numberBrackets: listOf(words, 2, 2),
  page: { width: number(100, 500), height: number(100, 700) },
  typeArea: { top: number(5, 100), inner: number(5, 100) },
  grid: { em: number(4, 50), characters: whole(5, 100), pitch: number(5, 100), lines: whole(5, 100) },
  body: role,
  latin: every(roles, role),
  latinGap: number(0, 0.5),
  orphans: whole(1, 5),
  widows: whole(1, 5),
  newPage: listOf(oneOf(...textKinds), 0, textKinds.length),
  text: every(textKinds, textShape),
  table: {
    role,
    headRole: role,
    sizes: listOf(number(4, 30), 1, 10),
    leading: number(1, 3),
    padding: { across: number(0, 3), down: number(0, 3) },
    rule: number(0.1, 3),
  },
  contents: {
    head: words,
    headSetting: frontText,
    section: frontText,
    entry: frontText,
    number: oneOf("below", "after", "none"),
    hanging: number(0, 10),
    leader: words,
    folio: withNumber,
    pitch: number(5, 100),
    gap: number(0, 100),
  },
  cover: every(["official", "english", "name", "issue", "date", "organ", "statement"], frontText),
  imprint: { slogan: frontText, line: frontText, pitch: number(5, 100) },
  folio: { role, size: number(4, 40), pattern: withNumber, below: number(1, 50), inset: number(0, 20) },
};

const isTest = (shape: Shape): shape is Test => typeof shape.ok === "function";

/** Walks a value along its shape and returns it; keys nobody reads are refused, since they are spelling mistakes. */
function check(value: unknown, shape: Shape, name: string, path: string): unknown {
  const refuse = (sentence: string) => new GazetteError("badRequest", `版式“${name}”的${path || "内容"}${sentence}。`);
  if (isTest(shape)) {
    if (value === undefined) throw refuse(`没有写，应为${shape.wants}`);
    if (!shape.ok(value)) throw refuse(`写作${JSON.stringify(value)}，应为${shape.wants}`);
    return value;
  }
  if (!isObject(value)) throw refuse(value === undefined ? "没有写" : `写作${JSON.stringify(value)}，应为一组设置`);
  for (const key of Object.keys(value)) if (!(key in shape)) throw refuse(`有一项“${key}”，没有这种设置`);
  const checked: Json = {};
  for (const [key, inner] of Object.entries(shape))
    checked[key] = check(value[key], inner, name, path ? `${path}.${key}` : key);
  return checked;
}
