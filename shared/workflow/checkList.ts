// The check-list of a stage: which findings must be put right, or waived with a reason, before it is signed.
import type { Severity } from "../proof/proof.ts";
import type { StoredFinding } from "../proof/stored.ts";
import type { Stage } from "./procedure.ts";

const gravity: Readonly<Record<Severity, number>> = { hint: 0, warning: 1, error: 2 };

/** Findings that were ignored with a reason are settled already; see shared/proof/ignore.ts. */
export function demanded(stage: Stage, findings: readonly StoredFinding[]): StoredFinding[] {
  const { clean, rules } = stage;
  return findings.filter(
    ({ severity, rule, ignored }) =>
      ignored === null && ((clean !== null && gravity[severity] >= gravity[clean]) || rules.includes(rule)),
  );
}
