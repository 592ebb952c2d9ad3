// The audit log in the store: one row for each action of the workflow, chained by hashes, so that a row that was changed,
// left out or put in by another hand is found. What a chain cannot tell is a tail that was cut off: for that its head is
// printed on the 付印单, which lies in a folder of paper.
import { ShapeError } from "../../shared/model/check.ts";
import { action as actionCheck } from "../../shared/workflow/check.ts";
import type { Action } from "../../shared/workflow/workflow.ts";
import { type Rows, sha256 } from "./rows.ts";

export interface AuditHead {
  readonly entries: number;
  /** Hash of the last entry; "" for an empty log. */
  readonly head: string;
}

interface AuditRow {
  readonly n: number;
  readonly action: string;
  readonly previous: string;
  readonly hash: string;
}

/** The log as it was read. An entry that cannot be read is a fault, and ends the actions. */
export interface ReadLog {
  readonly actions: readonly Action[];
  /** Of each action. */
  readonly hashes: readonly string[];
  /** A sentence for each entry that is not as it was written. */
  readonly faults: readonly string[];
}

export class AuditLog {
  private readonly rows: Rows;

  constructor(rows: Rows) {
    this.rows = rows;
  }

  head(): AuditHead {
    const last = this.rows.get<AuditRow>("SELECT n, hash FROM audit ORDER BY n DESC LIMIT 1");
    return { entries: last?.n ?? 0, head: last?.hash ?? "" };
  }

  append(action: Action): void {
    const { entries, head } = this.head();
    const json = canonical(action);
    this.rows.run(
      "INSERT INTO audit (n, action, previous, hash) VALUES (?, ?, ?, ?)",
      entries + 1,
      json,
      head,
      sha256(head, json),
    );
  }

  /** Reads the whole chain and checks every link of it. */
  read(): ReadLog {
    const actions: Action[] = [];
    const hashes: string[] = [];
    const faults: string[] = [];
    let previous = "";
    for (const row of this.rows.all<AuditRow>("SELECT n, action, previous, hash FROM audit ORDER BY n")) {
      const place = `审签记录第${row.n}条`;
      if (row.n !== actions.length + 1) faults.push(`${place}前缺了记录`);
      else if (row.previous !== previous) faults.push(`${place}与前一条接不上`);
      if (sha256(row.previous, row.action) !== row.hash) faults.push(`${place}被改动过`);
      const action = readAction(row.action);
      if (!action) {
        faults.push(`${place}不是程序写的`);
        break;
      }
      actions.push(action);
      hashes.push(row.hash);
      previous = row.hash;
    }
    return { actions, hashes, faults };
  }

  /** The hash of an entry; null when the log has no such entry. */
  hash(n: number): string | null {
    return this.rows.get<{ hash: string }>("SELECT hash FROM audit WHERE n = ?", n)?.hash ?? null;
  }
}

/** Keys in a fixed order, so that equal actions have equal JSON. */
function canonical(action: Action): string {
  return JSON.stringify(actionCheck(action, "action"));
}

/** Null when it is not an action in canonical form. */
function readAction(json: string): Action | null {
  try {
    const action = actionCheck(JSON.parse(json), "action");
    return JSON.stringify(action) === json ? action : null;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof ShapeError) return null;
    throw error;
  }
}
