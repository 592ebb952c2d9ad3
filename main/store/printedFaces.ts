// With which faces each issue was last exported.
import type { PrintedFaces } from "../../shared/layout/printedFaces.ts";
import { identifier, line, list, record, subset } from "../../shared/model/check.ts";
import type { IssueId } from "../../shared/model/notice.ts";
import type { Rows } from "./rows.ts";

const shape = record({
  roles: subset({
    song: identifier,
    biaosong: identifier,
    fangsong: identifier,
    hei: identifier,
    kai: identifier,
    latin: identifier,
  }),
  faces: list(record({ id: identifier, family: line(500), sha256: line(64) }), 100),
});

export class PrintedFacesStore {
  private readonly rows: Rows;

  constructor(rows: Rows) {
    this.rows = rows;
  }

  /** Null when it never was. */
  find(issue: IssueId): PrintedFaces | null {
    const row = this.rows.get<{ faces: string }>("SELECT faces FROM printedFaces WHERE issue = ?", issue);
    return row ? this.rows.parsed(row.faces, shape) : null;
  }

  put(issue: IssueId, printed: PrintedFaces): void {
    this.rows.run(
      `INSERT INTO printedFaces (issue, faces, at) VALUES (?, ?, ?)
       ON CONFLICT (issue) DO UPDATE SET faces = excluded.faces, at = excluded.at`,
      issue,
      JSON.stringify(printed),
      this.rows.time(),
    );
  }
}
