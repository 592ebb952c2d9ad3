// A rule as data, and what its function gives: places in a text with a sentence each. Nothing here knows which rules
// there are (catalogue.ts) or how findings are made of hits (checkIssue.ts).
import type { Severity } from "./proof.ts";
import type { Passage, ProofIssue, ProofNotice } from "./subject.ts";

/** A place in a text, UTF-16 offsets. */
export interface Hit {
  readonly from: number;
  readonly to: number;
  readonly message: string;
  readonly fix?: string;
}

interface RuleName {
  /** Dotted: punct.dunhao-between-quotes. */
  readonly rule: string;
  /** Number in the catalogue of rules, PU-004; "" beyond it. */
  readonly code: string;
  readonly severity: Severity;
  /** 依据: the clause of the standard, or what else it rests on. */
  readonly basis: string;
}

/** Looks at one paragraph alone; runs on changed blocks while typing. */
export interface TextRule extends RuleName {
  /** Passages it applies to; all when absent. */
  readonly applies?: (passage: Pick<Passage, "kind">) => boolean;
  /** Not where the lines as typed are known and looked at themselves. */
  readonly storedOnly?: boolean;
  readonly find: (text: string, notice: { readonly dated: string }) => Iterable<Hit>;
}

/** A place in a notice; `grid` and `row` for a table, else `passage`. */
export interface NoticeHit extends Partial<Hit> {
  readonly message: string;
  readonly excerpt?: string;
  readonly passage?: Passage;
  readonly row?: { readonly block: number; readonly line: number | undefined };
  readonly evidence?: string;
}
export interface NoticeRule extends RuleName {
  readonly find: (notice: ProofNotice) => Iterable<NoticeHit>;
}
export interface IssueRule extends RuleName {
  readonly find: (issue: ProofIssue) => Iterable<NoticeHit & { readonly notice: ProofNotice }>;
}
/** A text rule of one expression. `message` and `fix` are made from the match; a fix of null means none here, and
 *  `message` of null passes the match over. */
export function wordRule(
  name: readonly [rule: string, code: string, severity: Severity, basis: string],
  expression: RegExp,
  message: (match: RegExpExecArray, notice: { readonly dated: string }) => string | null,
  fix?: (match: RegExpExecArray) => string | null,
  applies?: TextRule["applies"],
): TextRule {
  const [rule, code, severity, basis] = name;
  if (!expression.global) throw new RangeError(`the expression of ${rule} must be global`);
  return {
    ...{ rule, code, severity, basis },
    ...(applies ? { applies } : {}),
    *find(text, notice) {
      for (const match of text.matchAll(expression)) {
        const words = message(match, notice);
        if (words === null) continue;
        const written = fix?.(match) ?? null;
        const [from, to] = [match.index, match.index + match[0].length];
        yield { from, to, message: words, ...(written === null ? {} : { fix: written }) };
      }
    },
  };
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
