// A rule as data, and what its function gives: places in a text with a sentence each. Nothing here knows which rules
// there are (catalogue.ts) or how findings are made of hits (checkIssue.ts).
import type { IssueFields, NoticeFields } from "../model/notice.ts";
import type { Lexicon } from "./lexicon.ts";
import type { Severity } from "./proof.ts";
import type { Evidence } from "./stored.ts";
import { lineAt, type Passage, type ProofIssue, type ProofNotice, placeIn } from "./subject.ts";

/** A place in a text, UTF-16 offsets. */
export interface Hit {
  readonly from: number;
  readonly to: number;
  readonly message: string;
  readonly fix?: string;
}

export interface RuleName {
  /** Dotted: punct.dunhao-between-quotes. */
  readonly rule: string;
  /** Numbers in the catalogue of rules, PU-004; "" beyond it. */
  readonly code: string;
  readonly severity: Severity;
  /** 依据: the clause of the standard, or what else it rests on. */
  readonly basis: string;
}

/** What a rule on a paragraph knows beside its text. */
export interface Context {
  /** ISO date of its notice, "" when unknown. */
  readonly dated: string;
  readonly lexicon: Lexicon;
}

/** Looks at one paragraph alone; runs on changed blocks while typing. */
export interface TextRule extends RuleName {
  /** Passages it applies to; all when absent. */
  readonly applies?: (passage: Pick<Passage, "kind">) => boolean;
  /** Not where the lines as typed are known and looked at themselves. */
  readonly storedOnly?: boolean;
  readonly find: (text: string, context: Context) => Iterable<Hit>;
}

/** A place in a notice: `row` of a table, `field`, else `passage`. */
export interface NoticeHit extends Partial<Hit> {
  readonly message: string;
  /** The words it is about, when they are not those of the place. */
  readonly excerpt?: string;
  readonly passage?: Passage;
  readonly row?: RowPlace;
  readonly field?: keyof NoticeFields;
  readonly evidence?: readonly Evidence[];
}
/** A row of a table and, when it is about one, the column of its grid. */
export interface RowPlace {
  readonly block: number;
  readonly line: number | undefined;
  readonly row?: number;
  readonly column?: number;
}
export interface NoticeRule extends RuleName {
  readonly find: (notice: ProofNotice, lexicon: Lexicon) => Iterable<NoticeHit>;
}
/** `notice` null: it is about the issue itself, its `issueField` or a line of its frame. */
export interface IssueHit extends NoticeHit {
  readonly notice: ProofNotice | null;
  readonly issueField?: keyof IssueFields;
}
export interface IssueRule extends RuleName {
  readonly find: (issue: ProofIssue, lexicon: Lexicon) => Iterable<IssueHit>;
}

/** Words of another place that prove a hit. */
export function seen(notice: ProofNotice, passage: Passage, from = 0, to = passage.text.length): Evidence {
  const line = lineAt(passage, from);
  const quote = passage.text.slice(from, Math.min(to, from + 60));
  const place = notice.id === null ? null : placeIn({ id: notice.id }, passage, from, to);
  return { place, quote, source: notice.title, ...(line === undefined ? {} : { line }) };
}

/** A field of a notice that proves a hit, with the words that it has in print. */
export function seenField(notice: ProofNotice, field: keyof NoticeFields, quote: string): Evidence {
  const place =
    notice.id === null ? null : ({ in: "field", notice: notice.id, field, from: 0, to: quote.length } as const);
  return { place, quote, source: notice.title };
}
/** A text rule of one expression. `message` and `fix` are made from the match; a fix of null means none here, and
 *  `message` of null passes the match over. */
export function wordRule(
  name: readonly [rule: string, code: string, severity: Severity, basis: string],
  expression: RegExp,
  message: (match: RegExpExecArray, context: Context) => string | null,
  fix?: (match: RegExpExecArray) => string | null,
  applies?: TextRule["applies"],
): TextRule {
  const [rule, code, severity, basis] = name;
  if (!expression.global) throw new RangeError(`the expression of ${rule} must be global`);
  return {
    ...{ rule, code, severity, basis },
    ...(applies ? { applies } : {}),
    find(text, context) {
      const hits: Hit[] = [];
      for (const match of matches(expression, text)) {
        const words = message(match, context);
        if (words === null) continue;
        const written = fix?.(match) ?? null;
        const [from, to] = [match.index, match.index + match[0].length];
        hits.push({ from, to, message: words, ...(written === null ? {} : { fix: written }) });
      }
      return hits;
    },
  };
}

/** What matchAll gives; it would make a new expression at each call, and most find nothing. */
function matches(expression: RegExp, text: string): RegExpExecArray[] {
  const found: RegExpExecArray[] = [];
  expression.lastIndex = 0;
  for (let match = expression.exec(text); match; match = expression.exec(text)) {
    found.push(match);
    if (match[0] === "") expression.lastIndex++;
  }
  return found;
}

const guarded = new RegExp(
  [
    String.raw`https?:\/\/[^\s，。；、）》”]+`,
    String.raw`www\.[^\s，。；、）》”]+`,
    String.raw`(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]+)+`,
    // telephone numbers, 统一社会信用代码, standards, 登记号
    String.raw`(?<!\d)(?:0\d{2,3}[-—－]?)?\d{7,8}(?:[-—－]\d{1,5})?(?![\d元万亿吨亩人])`,
    String.raw`(?<!\d)1[3-9]\d{9}(?!\d)`,
    "(?<![0-9A-Z])[0-9A-Z]{18}(?![0-9A-Z])",
    String.raw`\b(?:GB|DB|HJ|JGJ|CJJ|YY|NY|TSG|ISO|AQ|GA)(?:\d{2})?(?:\/[TZ])?\s?\d+(?:\.\d+)*(?:[-—－]\d{2,4})?`,
    String.raw`[A-Z]{2,6}[—–－-]{1,2}\d{4}[—–－-]{1,2}\d{3,6}`,
  ].join("|"),
  "gu",
);

/** Regions that rules of wording and punctuation leave alone: addresses, telephone and registration numbers, standards. */
export function guardedRegions(text: string): { from: number; to: number }[] {
  if (!/[0-9A-Za-z]{2}/u.test(text)) return [];
  return Array.from(text.matchAll(guarded), (match) => ({ from: match.index, to: match.index + match[0].length }));
}
