// Runs the catalogue over a paragraph, a notice or an issue and makes findings of the hits, in reading order. The same
// text gives the same findings in the same order.
import { issueRules, noticeRules, textRules } from "./catalogue.ts";
import { spanningQuotes } from "./pairs.ts";
import type { Finding } from "./proof.ts";
import { guardedRegions, type Hit, type NoticeHit, type TextRule } from "./rule.ts";
import { lineAt, type Passage, type ProofIssue, type ProofNotice } from "./subject.ts";

/** Characters of context on each side of a short place. */
const context = 6;

/** All findings of an issue: of its paragraphs, its notices and of itself. */
export function checkIssue(issue: ProofIssue): Finding[] {
  const found: Finding[] = [];
  for (const notice of issue.notices) found.push(...checkNotice(notice));
  for (const rule of issueRules) for (const hit of rule.find(issue)) found.push(placed(rule, hit, hit.notice));
  return ordered(found, issue.notices);
}

/** Findings of the paragraphs of a notice and of its structure. */
export function checkNotice(notice: ProofNotice): Finding[] {
  const found: Finding[] = [];
  // Tables say the same in many cells.
  const cells = new Map<string, ReturnType<typeof checkPassage>>();
  const spanning = spanningQuotes(notice.passages);
  for (const passage of notice.passages) {
    const known = passage.kind === "cell" ? cells.get(passage.text) : undefined;
    const hits = known ?? checkPassage(passage, notice);
    if (passage.kind === "cell") cells.set(passage.text, hits);
    for (const { rule, hit } of hits) {
      const closed = rule.code === "PU-011" && spanning.get(passage)?.includes(hit.from);
      const typed = rule.storedOnly && notice.typed.length > 0;
      if (!closed && !typed) found.push(placed(rule, { ...hit, passage }, notice));
    }
  }
  for (const rule of noticeRules) for (const hit of rule.find(notice)) found.push(placed(rule, hit, notice));
  return found;
}

/** The hits of one paragraph; cheap enough for each keystroke. `dated`: ISO date of its notice, "" when unknown. */
export function checkPassage(
  passage: Pick<Passage, "text" | "kind">,
  notice: { readonly dated: string },
): { rule: TextRule; hit: Hit }[] {
  const { text } = passage;
  if (text.trim() === "") return [];
  // Most paragraphs have no hit, and need no regions.
  let guarded: ReturnType<typeof guardedRegions> | undefined;
  const out: { rule: TextRule; hit: Hit }[] = [];
  for (const rule of textRules) {
    if (rule.applies && !rule.applies(passage)) continue;
    for (const hit of rule.find(text, notice)) {
      guarded ??= guardedRegions(text);
      const inside = guarded.some(({ from, to }) => hit.from < to && from < hit.to);
      if (!inside) out.push({ rule, hit });
    }
  }
  return out;
}

/** The text with the fixes of its hits written in; of two that overlap the first in reading order. */
export function withFixes(text: string, hits: readonly Hit[]): string {
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

function worded(text: string, { from, to, message, fix }: Hit): Omit<Finding, "rule" | "severity"> {
  const wide = to - from < 2 * context ? context : 0;
  const excerpt = text.slice(Math.max(0, from - wide), Math.min(text.length, to + wide)).replace(/\n/gu, " ");
  return { message, excerpt, from, to, ...(fix === undefined ? {} : { fix }) };
}

function placed({ rule, severity }: Pick<Finding, "rule" | "severity">, hit: NoticeHit, notice: ProofNotice): Finding {
  const { passage, row, evidence, excerpt } = hit;
  const { from = 0, to = Math.min(passage?.text.length ?? 0, 30) } = hit;
  const words = passage ? worded(passage.text, { ...hit, from, to }) : { message: hit.message, excerpt: "" };
  const line = passage ? lineAt(passage, from) : row?.line;
  const block = passage?.block ?? row?.block;
  return {
    rule,
    severity,
    ...words,
    ...(excerpt === undefined ? {} : { excerpt }),
    ...(line === undefined ? {} : { line }),
    ...(block === undefined ? {} : { block }),
    ...(notice.id === null ? {} : { notice: notice.id }),
    ...(evidence === undefined ? {} : { evidence }),
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
