// A reading as the rules of proofreading want it: each paragraph with the lines of the dump it came from, and those lines
// as they were typed.
import { checkIssue } from "../proof/checkIssue.ts";
import type { Lexicon } from "../proof/lexicon.ts";
import type { Finding } from "../proof/proof.ts";
import { type ProofIssue, proofNotice } from "../proof/subject.ts";
import { type Line, splitLines } from "./lines.ts";
import type { Reading } from "./reading.ts";

/** What reading a dump found out about its text, not about how it was dumped. */
const kept = /^(?:toc|annex|notice)\.|^import\.(?:open-end|unclaimed)$|^table\.column-shift$/u;

/** Every finding on a dump, in the order of its lines: what reading found, and the rules. `text`: as it was read. */
export function proofread(reading: Reading, text: string, lexicon: Lexicon): Finding[] {
  const read = [...reading.findings, ...reading.drafts.flatMap((draft) => draft.findings)].filter(({ rule }) =>
    kept.test(rule),
  );
  const both = read.flatMap(({ counterpart, ...finding }): Finding[] =>
    counterpart ? [finding, { ...finding, ...counterpart }] : [finding],
  );
  return [...both, ...checkIssue(proofIssue(reading, text), lexicon)].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

export function proofIssue(reading: Reading, text: string): ProofIssue {
  const lines = splitLines(text);
  const typed = (line: Line) => ({ line: line.no, text: line.raw });
  const lineOf = (no: number) => ({ line: no, text: lines[no - 1]?.text ?? "" });
  const inside = (no: number) => reading.drafts.some(({ startLine, endLine }) => startLine <= no && no <= endLine);
  return {
    id: null,
    fields: reading.issue,
    published: reading.issue?.published ?? "",
    notices: reading.drafts.map((draft, i) =>
      proofNotice(
        { ...draft, id: `n${i + 1}` },
        draft.blocks,
        draft.lines.map((numbers) => numbers.map(lineOf)),
        lines.slice(draft.startLine - 1, draft.endLine).map(typed),
      ),
    ),
    frame: lines.filter(({ no }) => !inside(no)).map(typed),
  };
}
