// What holds of every reading: no character of a notice's lines is lost, or it is named in a finding with its lines; and
// the store takes it as it is.
import { blockText } from "../../shared/model/block.ts";
import { blocks, issueFields, noticeFields } from "../../shared/model/check.ts";
import type { Draft, Reading } from "../../shared/read/reading.ts";
import { fold } from "../../shared/read/tidy.ts";

function tally(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  // Brackets of number lines, list marks and table rules are residue of printing and dumping.
  for (const c of fold(text).replace(/[()[\]〔〕|·*-]/gu, "")) counts.set(c, (counts.get(c) ?? 0) + 1);
  return counts;
}

/** Characters of the draft's lines that its fields and blocks do not hold, and characters they have too many. */
export function differences(text: string, draft: Draft): string[] {
  const dropped = draft.findings
    .filter((finding) => finding.rule === "table.repeated-header")
    .flatMap((finding) => /（第(.*)行）/u.exec(finding.message)?.[1]?.split("、").map(Number) ?? []);
  const lines = text
    .split("\n")
    .map((line, i) => [line, i + 1] as const)
    .slice(draft.startLine - 1, draft.endLine)
    .filter(([line, no]) => !dropped.includes(no) && !/^【.*】$/u.test(line))
    .map(([line]) => line);
  const before = tally(lines.join(""));
  const named = draft.findings.some((finding) => finding.rule === "notice.no-head");
  const kept = [
    named ? "" : draft.title,
    draft.uniformNumber,
    draft.docNumber,
    ...draft.blocks.flatMap(blockText),
  ].join("");
  const after = tally(kept);
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((c) => {
    const [had, has] = [before.get(c) ?? 0, after.get(c) ?? 0];
    return had === has ? [] : [`${c}: ${had} in lines ${draft.startLine}–${draft.endLine}, ${has} kept`];
  });
}

/** Throws ShapeError where the store would refuse a reading. */
export function accepted(reading: Reading): void {
  if (reading.issue) issueFields({ ...reading.issue, style: "gbt9704" }, "issue");
  for (const draft of reading.drafts) {
    const { title, issuers, docNumber, uniformNumber, kind, dated, section } = draft;
    noticeFields({ title, issuers, docNumber, uniformNumber, kind, dated, section }, "draft");
    blocks(draft.blocks, "blocks");
  }
}
