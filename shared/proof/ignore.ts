// Ignores 忽略: a person's word that a finding is right as it stands: this one, these words, or a whole rule; in one
// issue, or in this office for good. Each keeps who said so, when and why, and can be taken back. Plain data.
import type { IssueId } from "../model/notice.ts";
import type { FindingId, StoredFinding } from "./stored.ts";

export type IgnoreId = string;

/** here: one finding, by its id; word: the rule on these very words; rule: the rule altogether. */
export const ignoreScopes = ["here", "word", "rule"] as const;
export type IgnoreScope = (typeof ignoreScopes)[number];

/** What a person asks for. */
export interface IgnoreRequest {
  readonly scope: IgnoreScope;
  readonly rule: string;
  /** Scope here: the finding; else "". */
  readonly finding: FindingId;
  /** The words as they stand; "" for scope rule. */
  readonly quote: string;
  /** Issue in which it holds; null: in all of this office. */
  readonly issue: IssueId | null;
  /** Why; "" hides no finding that is an error. */
  readonly reason: string;
  /** Name of the person. */
  readonly by: string;
}

export interface Ignore extends IgnoreRequest {
  readonly id: IgnoreId;
  /** ISO time. */
  readonly at: string;
  /** Who took it back, and when; null while it holds. */
  readonly revoked: { readonly by: string; readonly at: string } | null;
}

/** The findings with the ignores that cover them written in; of several that do, the oldest. An ignore without a reason
 *  covers no error. `ignores`: those of the issue and of the office. */
export function withIgnores(findings: readonly StoredFinding[], ignores: readonly Ignore[]): StoredFinding[] {
  const held = ignores.filter(({ revoked }) => revoked === null);
  if (held.length === 0) return [...findings];
  const by = Map.groupBy(held, ({ rule }) => rule);
  return findings.map((finding) => {
    const cover = by.get(finding.rule)?.find((ignore) => covers(ignore, finding));
    return cover ? { ...finding, ignored: cover.id } : finding;
  });
}

const oneLine = (words: string) => words.replaceAll("\n", " ");

function covers(ignore: Ignore, finding: StoredFinding): boolean {
  if (finding.severity === "error" && ignore.reason.trim() === "") return false;
  switch (ignore.scope) {
    case "here":
      return ignore.finding === finding.id;
    case "word":
      return oneLine(ignore.quote) === oneLine(finding.quote);
    case "rule":
      return true;
  }
}
