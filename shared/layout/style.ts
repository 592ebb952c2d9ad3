// A house style 版式: every measure by which an issue is set. Plain JSON in assets/styles, one file a style; a style may
// extend another and then states only what differs. Layout reads nothing but this, so an office changes its gazette
// without a programmer. Defaults follow GB/T 9704-2012; units are pt unless a name says mm or em.
import type { Align, ParagraphKind } from "../model/block.ts";
import { paragraphKinds } from "../model/block.ts";
import { GazetteError } from "../model/gazetteError.ts";
import { type FaceRole, faceRoles, type Role, roles } from "./fonts.ts";
import { mm } from "./millimetre.ts";
import { type PictureInks, type RedInk, takenPlates, usualRed } from "./redInk.ts";
import { choiceName, settingName } from "./styleGuide.ts";
import {
  every,
  fits,
  holding,
  isObject,
  isRule,
  type Json,
  listOf,
  longestLabel,
  number,
  oneOf,
  orNull,
  type Rule,
  type Shape,
  wants,
  whole,
  words,
} from "./styleRule.ts";

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
  /** Stands across all columns of the page 通栏. */
  readonly span: boolean;
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
  /** Columns 分栏; `gap` between two in em, `rule` in it in pt (0: none). Balanced: the last page of a notice's columns, and
   *  those above what stands across, end at one height. */
  readonly columns: {
    readonly count: number;
    readonly gap: number;
    readonly rule: number;
    readonly balance: boolean;
  };
  /** Lines end on one edge, or every character stands on the grid 方格. */
  readonly composition: "justified" | "grid";
  /** Lines are chosen over the whole paragraph, or one after the other as word processors do. */
  readonly composer: "paragraph" | "line";
  /** Marks are full-width and squeezed where they meet; or quotation marks are half-width; or all but those at the end
   *  of a sentence 开明式. */
  readonly marks: "squeezed" | "narrowQuotes" | "kaiming";
  /** `lines` baselines of `characters` em each in a column; em and pitch in pt. */
  readonly grid: {
    readonly em: number;
    readonly characters: number;
    readonly pitch: number;
    readonly lines: number;
  };
  /** What red is printed with, and by that how it looks. */
  readonly red: RedInk;
  /** How pictures are printed on a press: in colours where red has the plates of magenta and yellow, or always grey. */
  readonly pictures: PictureInks;
  /** Typeface of body text. */
  readonly body: Role;
  /** Typeface in which the Latin letters and digits of a role are set. */
  readonly latin: Readonly<Record<Role, FaceRole>>;
  /** Gap between Chinese and Latin, em. */
  readonly latinGap: number;
  /** Fewest lines of a paragraph at the foot and at the head of a page. */
  readonly orphans: number;
  readonly widows: number;
  /** Kinds that begin a new page; a notice does when "title" is listed, otherwise notices run on. */
  readonly newPage: readonly TextKind[];
  readonly text: Readonly<Record<TextKind, TextSetting>>;
  /** The name of a section 栏目 before its first notice: on no line, on a line of its own, or on a page. */
  readonly opener: FrontText & { readonly kind: "none" | "line" | "page" };
  /** At the foot of the column. `leading`: distance of baselines, em. */
  readonly footnote: { readonly role: Role; readonly size: number; readonly leading: number };
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
    /** Across all columns of the page: when a column would make the type smaller, always, or never. */
    readonly span: "auto" | "always" | "never";
    /** Landscape: when even the smallest type would break words upright and not so across the page, or only those that
     *  their author turned. */
    readonly turn: "auto" | "never";
  };
  readonly contents: {
    /** A plain sheet of notices has none. */
    readonly show: boolean;
    readonly head: string;
    readonly headSetting: FrontText;
    readonly section: FrontText;
    readonly entry: FrontText;
    /** {section} is its name. */
    readonly sectionPattern: string;
    /** Whether entries are numbered, anew in each section or throughout; {i} is the number. */
    readonly numbering: "none" | "section" | "whole";
    readonly ordinal: string;
    /** Titles with their issuers, or from 关于 on. */
    readonly issuers: boolean;
    readonly numberBrackets: readonly [string, string];
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
    readonly template: "classic" | "band" | "masthead" | "none";
    readonly official: FrontText;
    readonly english: FrontText;
    readonly name: FrontText;
    readonly issue: FrontText;
    readonly date: FrontText;
    readonly organ: FrontText;
    readonly statement: FrontText;
  };
  readonly imprint: {
    readonly slogan: FrontText;
    readonly line: FrontText;
    readonly pitch: number;
    /** Before the body, on the foot of the contents where there is room; or on the last page. */
    readonly place: "front" | "back";
    /** In a box, else between rules. */
    readonly box: boolean;
  };
  /** Above the type area; {gazette} {issue} {section} {title} are filled in, and an empty pattern prints none. */
  readonly runningHead: {
    readonly role: Role;
    readonly size: number;
    readonly odd: string;
    readonly even: string;
    /** From the head of the type area up to the baseline, mm. */
    readonly above: number;
    /** Below it, pt; 0: none. */
    readonly rule: number;
  };
  /** The whole is brought to a multiple of pages (骑马钉: 4); on the pages that are added, and where a notice ends high on
   *  its last page, stands a slogan 补白. */
  readonly filler: { readonly multiple: number; readonly slogans: boolean; readonly text: FrontText };
  readonly folio: {
    readonly place: "outer" | "centre";
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

/** Width of a column, pt. */
export function measureOf(style: StyleSheet): number {
  return style.grid.em * style.grid.characters;
}

/** Width of the type area 版心, all columns and what is between them, pt. */
export function typeAreaWidth(style: StyleSheet): number {
  const { count, gap } = style.columns;
  return count * measureOf(style) + (count - 1) * gap * style.grid.em;
}

/** The style that this JSON extends, by name; null when it stands on its own. */
export function baseOf(json: unknown): string | null {
  const base = isObject(json) ? json.extends : undefined;
  return typeof base === "string" ? base : null;
}

/** Checks a style file and fills it in from the style it extends. A text setting that is left out is that of plain
 *  lines: body face and size, justified, no indent. Throws GazetteError badRequest, naming the setting that is at fault. */
export function parseStyle(json: unknown, base?: StyleSheet): StyleSheet {
  if (!isObject(json)) throw new GazetteError("badRequest", "版式文件应是一个JSON对象，请检查文件内容。");
  const wanted = baseOf(json);
  const { extends: _, ...own } = json;
  if (wanted !== null && base?.name !== wanted)
    throw new GazetteError("badRequest", `版式以“${wanted}”为底本，但没有找到它，请把它放在同一文件夹。`);
  const name = typeof own.name === "string" ? own.name : "未命名";
  const merged = merge(wanted === null || !base ? {} : { ...base }, own);
  if (isObject(merged.text)) {
    const text: Json = {};
    for (const kind of textKinds) text[kind] = merge({ ...plainLines }, merged.text[kind] ?? {});
    merged.text = merge(text, merged.text);
  }
  merged.red = merge({ ...usualRed }, merged.red ?? {});
  merged.pictures ??= "colour";
  // `check` has looked at every value of the shape, which is StyleSheet's.
  const style = check(merged, styleShape, name, "") as StyleSheet;
  const fault = paperFault(style);
  if (fault !== null) throw new GazetteError("badRequest", `版式“${name}”的${fault}。`);
  return style;
}

/** Why type area, folio or running head do not stand on the paper, as the rest of a sentence; null: it does. */
export function paperFault(style: StyleSheet): string | null {
  const { page, typeArea, grid, folio, runningHead } = style;
  const sides = [
    ["订口", "宽", typeArea.inner + typeAreaWidth(style) / mm, page.width],
    ["天头", "高", typeArea.top + (grid.pitch * grid.lines) / mm, page.height],
  ] as const;
  for (const [margin, side, needed, paper] of sides)
    if (needed > paper) return `版心连同${margin}${side}${needed.toFixed(1)}毫米，纸${side}${paper}毫米放不下`;
  const foot = page.height - typeArea.top - (grid.pitch * grid.lines) / mm;
  if (folio.below > foot) return `页码在版心下${folio.below}毫米，版心下只有${foot.toFixed(1)}毫米的纸`;
  if (runningHead.odd + runningHead.even !== "" && runningHead.above > typeArea.top)
    return `书眉在版心上${runningHead.above}毫米，天头只有${typeArea.top}毫米`;
  return null;
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
  span: false,
};

function merge(base: Json, over: unknown): Json {
  const merged = { ...base };
  if (!isObject(over)) return merged;
  for (const [key, value] of Object.entries(over)) {
    const before = merged[key];
    merged[key] = isObject(before) && isObject(value) ? merge(before, value) : value;
  }
  return merged;
}

const role = oneOf(...roles);
const frontText: Shape = { role, size: number(4, 200), spacing: number(0, 5), ink: oneOf("black", "red") };
const lead = orNull({ kind: "set", of: { role, until: oneOf("number", "sentence") } });
const textShape: Shape = {
  role: orNull(role),
  size: orNull(number(4, 100)),
  align: oneOf("left", "center", "right", "justify"),
  indent: number(0, 20),
  hanging: number(0, 20),
  right: number(0, 20),
  lines: number(1, 8, 0.25),
  before: whole(0, 10),
  after: whole(0, 10),
  keepWithNext: oneOf(true, false),
  lead,
  span: oneOf(true, false),
};

/** Letters, Chinese and what stands in the names of ink makers; empty for none. */
const plateForm = {
  pattern: `^(?!(?:${takenPlates.join("|")})$)(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{N} .+()-]*[\\p{L}\\p{N}.+)])?)?$`,
  says: `专色名，不超过30字，不能是${takenPlates.join("、")}`,
};

/** Every setting with what it may be. */
export const styleShape: Readonly<Record<keyof StyleSheet, Shape>> = {
  name: {
    kind: "text",
    longest: 40,
    holds: null,
    form: { pattern: "^[a-z0-9-]{1,40}$", says: "小写字母、数字和连字符" },
  },
  label: { kind: "text", longest: longestLabel, holds: null, form: null },
  numberBrackets: listOf(words, 2, 2),
  page: { width: number(100, 500), height: number(100, 700) },
  typeArea: { top: number(5, 100), inner: number(5, 100) },
  columns: { count: whole(1, 3), gap: number(0, 10), rule: number(0, 3), balance: oneOf(true, false) },
  composition: oneOf("justified", "grid"),
  composer: oneOf("paragraph", "line"),
  marks: oneOf("squeezed", "narrowQuotes", "kaiming"),
  grid: { em: number(4, 50), characters: whole(5, 100), pitch: number(5, 100), lines: whole(5, 100) },
  red: {
    plate: { kind: "text", longest: 30, holds: null, form: plateForm },
    magenta: whole(20, 100),
    yellow: whole(0, 100),
  },
  pictures: oneOf("colour", "grey"),
  body: role,
  latin: every(roles, oneOf(...faceRoles)),
  latinGap: number(0, 0.5),
  orphans: whole(1, 5),
  widows: whole(1, 5),
  newPage: listOf(oneOf(...textKinds), 0, textKinds.length),
  text: every(textKinds, textShape),
  opener: { ...frontText, kind: oneOf("none", "line", "page") },
  footnote: { role, size: number(4, 30), leading: number(1, 3) },
  table: {
    role,
    headRole: role,
    sizes: listOf(number(4, 30), 1, 10),
    leading: number(1, 3),
    padding: { across: number(0, 3), down: number(0, 3) },
    rule: number(0.1, 3),
    span: oneOf("auto", "always", "never"),
    turn: oneOf("auto", "never"),
  },
  contents: {
    show: oneOf(true, false),
    head: words,
    headSetting: frontText,
    section: frontText,
    entry: frontText,
    sectionPattern: holding("{section}"),
    numbering: oneOf("none", "section", "whole"),
    ordinal: holding("{i}"),
    issuers: oneOf(true, false),
    numberBrackets: listOf(words, 2, 2),
    number: oneOf("below", "after", "none"),
    hanging: number(0, 10),
    leader: words,
    folio: holding("{n}"),
    pitch: number(5, 100),
    gap: number(0, 100),
  },
  cover: {
    template: oneOf("classic", "band", "masthead", "none"),
    ...every(["official", "english", "name", "issue", "date", "organ", "statement"], frontText),
  },
  imprint: {
    slogan: frontText,
    line: frontText,
    pitch: number(5, 100),
    place: oneOf("front", "back"),
    box: oneOf(true, false),
  },
  runningHead: { role, size: number(4, 40), odd: words, even: words, above: number(1, 50), rule: number(0, 3) },
  filler: { multiple: oneOf(1, 2, 4), slogans: oneOf(true, false), text: frontText },
  folio: {
    place: oneOf("outer", "centre"),
    role,
    size: number(4, 40),
    pattern: holding("{n}"),
    below: number(1, 50),
    inset: number(0, 20),
  },
};

/** Walks a value along its shape and returns it; keys nobody reads are refused, since they are spelling mistakes. */
function check(value: unknown, shape: Shape, name: string, path: string): unknown {
  const refuse = (fault: string) => new GazetteError("badRequest", `版式“${name}”的${settingName(path)}${fault}。`);
  if (isRule(shape)) {
    const fault = valueFault(shape, value, path);
    if (fault !== null) throw refuse(fault);
    return value;
  }
  if (!isObject(value)) throw refuse(value === undefined ? "没有写" : `写作${JSON.stringify(value)}，应为一组设置`);
  for (const key of Object.keys(value)) if (!Object.hasOwn(shape, key)) throw refuse(`有一项“${key}”，没有这种设置`);
  return Object.fromEntries(
    Object.entries(shape).map(([key, inner]) => [key, check(value[key], inner, name, path ? `${path}.${key}` : key)]),
  );
}

/** Why a value may not stand at a place, as the rest of a sentence that begins with the setting's name; null: it may. */
export function valueFault(rule: Rule, value: unknown, path: string): string | null {
  if (fits(rule, value)) return null;
  const wanted = `应为${wants(rule, (choice) => choiceName(path, choice))}`;
  return value === undefined ? `没有写，${wanted}` : `写作${JSON.stringify(value)}，${wanted}`;
}
