// The office's own house styles in the store: JSON as a style file has it, under a name that is never given twice. A
// deleted style leaves the list, but an issue that was deleted before it can still be restored and finds it.
import { GazetteError } from "../../shared/api.ts";
import { issueFields } from "../../shared/model/check.ts";
import { issueName } from "../../shared/model/notice.ts";
import { damaged } from "./database.ts";
import { type Rows, sha256 } from "./rows.ts";

export interface OwnStyle {
  readonly name: string;
  readonly label: string;
  readonly json: unknown;
  readonly version: number;
}

interface StyleRow {
  readonly name: string;
  readonly label: string;
  readonly json: string;
  readonly digest: string;
  readonly version: number;
}

export class OwnStyles {
  private readonly rows: Rows;

  constructor(rows: Rows) {
    this.rows = rows;
  }

  /** In the order in which they were made; a deleted one is among them while an issue is printed in it. */
  list(): OwnStyle[] {
    return this.rows
      .all<StyleRow>(
        `SELECT name, label, json, digest, version FROM styles WHERE deleted = 0
         OR name IN (SELECT fields ->> '$.style' FROM issues WHERE deleted = 0) ORDER BY created, name`,
      )
      .map((row) => this.read(row));
  }

  /** Deleted or not; undefined: there never was one. */
  find(name: string): OwnStyle | undefined {
    const row = this.rows.get<StyleRow>("SELECT name, label, json, digest, version FROM styles WHERE name = ?", name);
    return row && this.read(row);
  }

  /** The name must be free. */
  add(name: string, label: string, json: unknown): OwnStyle {
    const [text, at] = [JSON.stringify(json), this.rows.time()];
    this.rows.run(
      "INSERT INTO styles (name, label, json, digest, version, created, updated) VALUES (?, ?, ?, ?, 1, ?, ?)",
      name,
      label,
      text,
      sha256(label, text),
      at,
      at,
    );
    return { name, label, json, version: 1 };
  }

  replace(name: string, version: number, label: string, json: unknown): OwnStyle {
    return this.rows.transact(() => {
      const before = this.find(name);
      if (!before) throw new GazetteError("notFound", "这种版式已不在稿库。");
      if (before.version !== version)
        throw new GazetteError("stale", `“${before.label}”已在别处改过，没有存入，请重新打开版式设置后再改。`);
      const text = JSON.stringify(json);
      this.rows.run(
        "UPDATE styles SET label = ?, json = ?, digest = ?, version = ?, deleted = 0, updated = ? WHERE name = ?",
        label,
        text,
        sha256(label, text),
        version + 1,
        this.rows.time(),
        name,
      );
      return { name, label, json, version: version + 1 };
    });
  }

  setDeleted(name: string, deleted: boolean): void {
    this.rows.run("UPDATE styles SET deleted = ?, updated = ? WHERE name = ?", deleted ? 1 : 0, this.rows.time(), name);
  }

  /** Names of the issues that are printed in a style. */
  issuesIn(name: string): string[] {
    return this.rows
      .all<{ fields: string }>(
        "SELECT fields FROM issues WHERE deleted = 0 AND fields ->> '$.style' = ? ORDER BY updated DESC",
        name,
      )
      .map((row) => issueName(this.rows.parsed(row.fields, issueFields)));
  }

  private read({ name, label, json, digest, version }: StyleRow): OwnStyle {
    if (sha256(label, json) !== digest) throw damaged(this.rows.file);
    return { name, label, json: this.rows.parsed(json, (value) => value), version };
  }
}
