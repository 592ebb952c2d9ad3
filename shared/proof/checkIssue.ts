// Runs the catalogue over a paragraph, a notice or an issue. The same text gives the same findings in the same order.
// Findings of a dump are made here, those of what is stored by proofreader.ts.
import { issueRules, noticeRules, textRules } from "./catalogue.ts";
import type { Lexicon } from "./lexicon.ts";
import { type OpenMark, openMarks, spanningMarks } from "./pairs.ts";
import type { Finding } from "./proof.ts";
import {
  type Context,
  guardedRegions,
  type Hit,
  type IssueHit,
  type NoticeHit,
  type RuleName,
  type TextRule,
} from "./rule.ts";
import { lineAt, type Passage, type ProofIssue, type ProofNotice } from "./subject.ts";

/** A hit with the rule that it is of. */
export interface Found {
  readonly rule: RuleName;
  readonly hit: IssueHit;
}

/** A hit in one paragraph. */
export interface TextHit {
  readonly rule: TextRule;
  readonly hit: Hit;
}

/** Of the rule on marks without partner, which a later paragraph may hold. */
export const unpairedCode = "PU-011";

/** Characters of context on each side of a short place. */
const context = 6;

/** All findings of an issue: of its paragraphs, its notices and of itself. */
export function checkIssue(issue: ProofIssue, lexicon: Lexicon): Finding[] {
  const found = issue.notices.flatMap((notice) => [...findTexts(notice, lexicon), ...findStructure(notice, lexicon)]);
  return ordered([...found, ...findIssue(issue, lexicon)].map(placed), issue.notices);
}

/** What the paragraphs of a notice have, one by one. */
export function findTexts(notice: ProofNotice, lexicon: Lexicon): Found[] {
  const about = { dated: notice.dated, lexicon };
  // Tables say the same in many cells.
  const cells = new Map<string, readonly TextHit[]>();
  const read = notice.passages.map((passage) => {
    const known = passage.kind === "cell" ? cells.get(passage.text) : undefined;
    const hits = known ?? checkPassage(passage, about);
    if (passage.kind === "cell") cells.set(passage.text, hits);
    return { passage, hits };
  });
  const spanning = spanningMarks(
    read.flatMap(({ passage, hits }, index) =>
      openIn(passage.text, hits).map((mark) => ({
        ...mark,
        ...{ paragraph: passage, index, continued: notice.passages[index + 1]?.text.startsWith("“") ?? false },
      })),
    ),
  );
  return read.flatMap(({ passage, hits }) =>
    hits.flatMap(({ rule, hit }) => {
      const closed = rule.code === unpairedCode && spanning.get(passage)?.includes(hit.from);
      const typed = rule.storedOnly && notice.typed.length > 0;
      return closed || typed ? [] : [{ rule, hit: { ...hit, passage, notice } }];
    }),
  );
}

/** The marks without partner of a text whose hits are known: most have none. */
export function openIn(text: string, hits: readonly TextHit[]): readonly OpenMark[] {
  return hits.some(({ rule }) => rule.code === unpairedCode) ? openMarks(text) : [];
}

/** What a notice has as a whole. */
export function findStructure(notice: ProofNotice, lexicon: Lexicon): Found[] {
  return noticeRules
    .flatMap((rule) => Array.from(rule.find(notice, lexicon), (hit) => ({ rule, hit: { ...hit, notice } })))
    .filter(({ hit }) => !inHouseWord(hit, lexicon));
}

/** What an issue has beside what its notices have. */
export function findIssue(issue: ProofIssue, lexicon: Lexicon): Found[] {
  return issueRules
    .flatMap((rule) => Array.from(rule.find(issue, lexicon), (hit) => ({ rule, hit })))
    .filter(({ hit }) => !inHouseWord(hit, lexicon));
}

/** The hits of one paragraph; cheap enough for each keystroke. */
export function checkPassage(passage: Pick<Passage, "text" | "kind">, about: Context): { rule: TextRule; hit: Hit }[] {
  const { text } = passage;
  if (text.trim() === "") return [];
  // Most paragraphs have no hit, and need no regions.
  let guarded: { from: number; to: number }[] | undefined;
  const out: TextHit[] = [];
  for (const rule of textRules) {
    if (rule.applies && !rule.applies(passage)) continue;
    for (const hit of rule.find(text, about)) {
      guarded ??= [...guardedRegions(text), ...about.lexicon.find("house", text)];
      const inside = guarded.some(({ from, to }) => hit.from < to && from < hit.to);
      if (!inside) out.push({ rule, hit });
    }
  }
  return out;
}

/** Words that the office has declared right, beside what a hit is about. */
function inHouseWord({ passage, from, to }: NoticeHit, lexicon: Lexicon): boolean {
  if (!passage || from === undefined || to === undefined) return false;
  return lexicon.find("house", passage.text).some((word) => from < word.to && word.from < to);
}

/** The text with the fixes of its hits written in; of two that overlap the first in reading order. */
export function withFixes(text: string, hits: readonly Pick<Hit, "from" | "to" | "fix">[]): string {
  const fixes = hits.filter((hit) => hit.fix !== undefined).sort((a, b) => a.from - b.from || b.to - a.to);
  let out = "";
  let at = 0;
  for (const hit of fixes) {
    if (hit.from < at) continue;
    out += text.slice(at, hit.from) + (hit.fix ?? "");
    at = hit.to;
  }
  return out + text.slice(at);
}

/** The words of a hit, [from, to) of its passage; the first thirty where it is about all of it. */
export function rangeOf({ passage, from = 0, to }: NoticeHit): { from: number; to: number } {
  return { from, to: to ?? Math.min(passage?.text.length ?? 0, 30) };
}

/** Words with a little of what stands around them, on one line. */
export function excerptOf(text: string, from: number, to: number): string {
  const wide = to - from < 2 * context ? context : 0;
  return text.slice(Math.max(0, from - wide), Math.min(text.length, to + wide)).replace(/\n/gu, " ");
}

function placed({ rule, hit }: Found): Finding {
  const { notice, passage, row, evidence = [], message, fix } = hit;
  const { from, to } = rangeOf(hit);
  const excerpt = hit.excerpt ?? (passage ? excerptOf(passage.text, from, to) : "");
  const line = passage ? lineAt(passage, from) : row?.line;
  const block = passage?.block ?? row?.block;
  const proof = evidence
    .map((each) => `“${each.quote}”${each.line === undefined ? "" : `（第${each.line}行）`}`)
    .join("、");
  return {
    ...{ rule: rule.rule, severity: rule.severity, message, excerpt },
    ...(passage ? { from, to } : {}),
    ...(fix === undefined ? {} : { fix }),
    ...(line === undefined ? {} : { line }),
    ...(block === undefined ? {} : { block }),
    ...(notice?.id ? { notice: notice.id } : {}),
    ...(proof === "" ? {} : { evidence: proof }),
  };
}

function ordered(findings: readonly Finding[], notices: readonly ProofNotice[]): Finding[] {
  const place = new Map(notices.map((notice, i) => [notice.id, i]));
  const key = (finding: Finding) => [
    finding.line ?? 0,
    place.get(finding.notice ?? null) ?? -1,
    finding.block ?? -2,
    finding.from ?? 0,
  ];
  return findings
    .map((finding) => ({ finding, key: key(finding) }))
    .sort((a, b) => {
      for (const [i, value] of a.key.entries()) if (value !== b.key[i]) return value - (b.key[i] ?? 0);
      return a.finding.rule < b.finding.rule ? -1 : a.finding.rule > b.finding.rule ? 1 : 0;
    })
    .map(({ finding }) => finding);
}
