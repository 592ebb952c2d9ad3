// A file as lines: each with its number, its tidied text, and its cells when it is a row of a table. Everything later
// speaks of these; nothing else looks at the raw characters.
import { type Figure, noteMark, type Table } from "../model/block.ts";
import type { SourceLine } from "./source.ts";
import { tidy } from "./tidy.ts";

export interface Line {
  /** 1-based. */
  readonly no: number;
  readonly raw: string;
  /** Without ** and list marks, its inner spaces as in the dump: they may part two issuers. */
  readonly bare: string;
  /** `bare` tidied; "" when blank. Rows of tables have their cells' text joined by spaces. */
  readonly text: string;
  /** Cells of a tab-separated or markdown row, none of a block; null for text. */
  readonly cells: readonly string[] | null;
  /** A markdown rule |---|---|, which parts head and body. */
  readonly rule: boolean;
  /** A table or picture that an office file gives as such. */
  readonly block?: Table | Figure;
  readonly align?: SourceLine["align"];
  /** A paragraph of an office file, which no page has cut. */
  readonly whole?: true;
  /** Texts of the footnotes whose marks stand in the line, in order. */
  readonly notes?: readonly string[];
}

const spaces = /[\u00a0\u2000-\u200a\u202f\u3000]/gu;
/** Ｂ３ -> B3: GB/T 9704 sets Arabic digits and Latin letters half width. */
const wideAlphanumeric = /[０-９Ａ-Ｚａ-ｚ]/gu;
const narrow = (c: string) => String.fromCharCode(c.charCodeAt(0) - 0xfee0);
// biome-ignore lint/suspicious/noControlCharactersInRegex: form feeds and the like; zero-width and direction marks; places of pictures
const invisible = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffc\u00ad\u0000-\u0008\u000b-\u001f\u007f]/gu;

/** 关 于 开 展: five or more characters set apart; fewer may be names. */
const letterSpaced = /(?<!\p{Script=Han})\p{Script=Han}(?: +\p{Script=Han}){4,}(?!\p{Script=Han})/gu;

/** Text of a line before tidying: residue of markdown and stray spaces gone. */
function bare(raw: string): string {
  return raw
    .replace(invisible, "")
    .replace(spaces, " ")
    .replace(/\*\*/gu, "")
    .replace(wideAlphanumeric, narrow)
    .trim()
    .replace(/^[-*•] +(?=\S)/u, "")
    .replace(/^#{1,6} +/u, "")
    .replace(letterSpaced, (run) => run.replace(/ /gu, ""));
}

function cellsOf(raw: string): string[] | null {
  const plain = raw.replace(invisible, "").replace(spaces, " ");
  const piped = /^\s*(?:- )?\|(.*)\|\s*$/u.exec(plain);
  const cells = piped ? (piped[1] ?? "").split("|") : plain.includes("\t") ? plain.split("\t") : null;
  return (
    cells?.map((cell) =>
      cell
        .replace(/\*\*/gu, "")
        .replace(/<br ?\/?>/giu, "\n")
        .replace(wideAlphanumeric, narrow)
        .trim(),
    ) ?? null
  );
}

/** Splits at "\n" (a "\r" before it is dropped). */
export function splitLines(text: string): Line[] {
  return text.split("\n").map((source, i) => {
    const raw = source.replace(/\r$/u, "");
    const cells = cellsOf(raw);
    const rule = cells !== null && raw.includes("-") && cells.every((cell) => /^:?-*:?$/u.test(cell));
    const plain = cells ? cells.join(" ").trim() : bare(raw);
    return { no: i + 1, raw, bare: plain, text: cells ? plain : tidy(plain), cells, rule };
  });
}

/** The lines of an office file. What is a tab in a paragraph of Word is room, never a table. */
export function officeLines(source: readonly SourceLine[]): Line[] {
  return source.map(({ text, block, align, notes = [] }, i) => {
    const no = i + 1;
    // Not blank, since something stands there.
    if (block) return { no, raw: "", bare: noteMark, text: "", cells: [], rule: false, block };
    const raw = text.replace(/\t/gu, "　");
    const words = raw.split(noteMark).map(bare);
    const plain = words.join(noteMark);
    const tidied = words.length === 1 ? tidy(plain) : words.map(tidy).join(noteMark);
    const own = { no, raw, bare: plain, text: tidied, cells: null, rule: false, whole: true } as const;
    return { ...own, ...(align && { align }), ...(notes.length > 0 && { notes }) };
  });
}
