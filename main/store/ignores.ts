// Ignores of findings in the store: what a person has declared right as it stands, with name, reason and time. A row is
// never removed; taking an ignore back is written into it once.
import { GazetteError } from "../../shared/api.ts";
import type { IssueId } from "../../shared/model/notice.ts";
import { type Ignore, type IgnoreId, type IgnoreRequest, ignoreScopes } from "../../shared/proof/ignore.ts";
import { damaged } from "./database.ts";
import type { Rows } from "./rows.ts";

interface IgnoreRow {
  readonly id: string;
  readonly scope: string;
  readonly rule: string;
  readonly finding: string;
  readonly quote: string;
  readonly issue: string | null;
  readonly reason: string;
  readonly by: string;
  readonly at: string;
  readonly revokedBy: string | null;
  readonly revokedAt: string | null;
}

const columns = `id, scope, rule, finding, quote, issue, reason, "by", at, revokedBy, revokedAt`;

export class Ignores {
  private readonly rows: Rows;

  constructor(rows: Rows) {
    this.rows = rows;
  }

  /** Those of the office and, with an issue, its own; newest first, revoked ones among them. */
  list(issue: IssueId | null): Ignore[] {
    return this.rows
      .all<IgnoreRow>(`SELECT ${columns} FROM ignores WHERE issue IS NULL OR issue = ? ORDER BY at DESC, id`, issue)
      .map((row) => this.read(row));
  }

  add(id: IgnoreId, request: IgnoreRequest): Ignore {
    const { scope, rule, finding, quote, issue, reason, by } = request;
    if (issue !== null) this.rows.issueRow(issue);
    const at = this.rows.time();
    this.rows.run(
      `INSERT INTO ignores (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)`,
      ...[id, scope, rule, finding, quote, issue, reason, by, at],
    );
    return { ...request, id, at, revoked: null };
  }

  /** Taking back what was taken back changes nothing. */
  revoke(id: IgnoreId, by: string): Ignore {
    return this.rows.transact(() => {
      this.rows.run(
        "UPDATE ignores SET revokedBy = ?, revokedAt = ? WHERE id = ? AND revokedAt IS NULL",
        by,
        this.rows.time(),
        id,
      );
      const row = this.rows.get<IgnoreRow>(`SELECT ${columns} FROM ignores WHERE id = ?`, id);
      if (!row) throw new GazetteError("notFound", "这条忽略已不在稿库。");
      return this.read(row);
    });
  }

  private read({ revokedBy, revokedAt, scope, ...row }: IgnoreRow): Ignore {
    const known = ignoreScopes.find((each) => each === scope);
    if (!known) throw damaged(this.rows.file);
    return {
      ...row,
      scope: known,
      revoked: revokedBy !== null && revokedAt !== null ? { by: revokedBy, at: revokedAt } : null,
    };
  }
}
