// The same words twice, one character apart: a clause copied with a slip in it. Clauses are compared only with those that
// share their first or last six characters, so that an issue of 300,000 characters takes a fraction of a second.
import { type IssueHit, type IssueRule, seen } from "./rule.ts";
import type { Passage, ProofIssue, ProofNotice } from "./subject.ts";

interface Clause {
  readonly notice: ProofNotice;
  readonly passage: Passage;
  readonly from: number;
  readonly text: string;
}

const shortest = 12;
const key = 6;
/** A key that more clauses share is a set phrase: nothing is learnt from it. */
const crowd = 24;

function clausesOf(issue: ProofIssue): Clause[] {
  const out: Clause[] = [];
  const seen = new Set<string>();
  for (const notice of issue.notices)
    for (const passage of notice.passages) {
      if (passage.kind === "title" || passage.kind === "signature" || passage.kind === "annexTitle") continue;
      for (const match of passage.text.matchAll(/[^。；：，！？\n（）《》“”]{12,80}/gu)) {
        if (seen.has(match[0])) continue;
        seen.add(match[0]);
        out.push({ notice, passage, from: match.index, text: match[0] });
      }
    }
  return out;
}

/** Where two texts that are one character apart differ: `extra` stands in the longer at `at`. */
function oneApart(a: string, b: string): { at: number; left: string; right: string } | null {
  if (Math.abs(a.length - b.length) > 1 || a === b) return null;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  let end = 0;
  while (end < a.length - at && end < b.length - at && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const [left, right] = [a.slice(at, a.length - end), b.slice(at, b.length - end)];
  return left.length <= 1 && right.length <= 1 ? { at, left, right } : null;
}

/** Characters that make another word or thing of it, not a slip. */
const meaning =
  /[\d一二三四五六七八九十百千万亿两省市县区州镇乡村组街局委部厅办是为和与及或、上下前后左右大小多少高低正副东南西北中甲乙丙丁不无有新老男女内外年月日户人个项类级的地得再以了并各等由应须可要将在第对]/u;

function* slips(issue: ProofIssue): Generator<IssueHit> {
  const clauses = clausesOf(issue);
  const heads = Map.groupBy(clauses, ({ text }) => `<${text.slice(0, key)}`);
  const tails = Map.groupBy(clauses, ({ text }) => `>${text.slice(-key)}`);
  const told = new Set<Clause>();
  for (const bucket of [...heads.values(), ...tails.values()]) {
    if (bucket.length > crowd) continue;
    for (const [i, one] of bucket.entries())
      for (const other of bucket.slice(i + 1)) {
        if (one.text.length < shortest || told.has(one) || told.has(other)) continue;
        const apart = oneApart(one.text, other.text);
        if (!apart || meaning.test(apart.left) || meaning.test(apart.right)) continue;
        const edge = apart.at === 0 || apart.at >= Math.max(one.text.length, other.text.length) - 1;
        if (edge || /[A-Za-z]/u.test(apart.left + apart.right)) continue;
        for (const [here, there] of [
          [one, other],
          [other, one],
        ] as const) {
          told.add(here);
          const [from, to] = [here.from, here.from + here.text.length];
          yield {
            notice: here.notice,
            passage: here.passage,
            from,
            to,
            evidence: [seen(there.notice, there.passage, there.from, there.from + there.text.length)],
            message: `“${here.text}”与另一处的“${there.text}”只差一字，请看哪一处有误`,
          };
        }
      }
  }
}

const running = new Set(["body", "level1", "level2", "level3", "level4", "article", "item"]);

/** The same paragraph twice running: pasted twice, or a page that was scanned twice. */
function* sameParagraph({ notices }: ProofIssue): Generator<IssueHit> {
  for (const notice of notices)
    for (const [i, passage] of notice.passages.entries()) {
      const before = notice.passages[i - 1];
      const words = passage.text.replace(/\s/gu, "");
      if (!before || !running.has(passage.kind) || words.length < shortest) continue;
      if (before.text.replace(/\s/gu, "") === words)
        yield {
          ...{ notice, passage },
          message: "这一段与上一段完全相同，请看是否重复",
          evidence: [seen(notice, before)],
        };
    }
}

export const likenessRules: readonly IssueRule[] = [
  { rule: "typo.dup-paragraph", code: "WO-012", severity: "warning", basis: "校对通则", find: sameParagraph },
  { rule: "typo.slip", code: "WO-012", severity: "hint", basis: "逻辑校验", find: slips },
];
