// The printing conditions 输出特性文件 that this office loaded: ICC profiles of printers, each once under the SHA-256 of its
// file.
import { damaged } from "./database.ts";
import type { Rows } from "./rows.ts";
import { sha256 } from "./rows.ts";

export interface StoredCondition {
  /** SHA-256 of the file. */
  readonly id: string;
  /** As the profile calls itself. */
  readonly name: string;
  readonly fileName: string;
}

export class Conditions {
  private readonly rows: Rows;

  constructor(rows: Rows) {
    this.rows = rows;
  }

  /** By name. */
  list(): StoredCondition[] {
    return this.rows.all<StoredCondition>("SELECT sha256 AS id, name, fileName FROM conditions ORDER BY name, sha256");
  }

  /** The same bytes are the same condition, under the name of the file that came last. */
  put(bytes: Uint8Array, name: string, fileName: string): StoredCondition {
    const id = sha256(bytes);
    this.rows.run(
      `INSERT INTO conditions (sha256, bytes, name, fileName, at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (sha256) DO UPDATE SET fileName = excluded.fileName`,
      id,
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      name,
      fileName,
      this.rows.time(),
    );
    return { id, name, fileName };
  }

  /** Null when there is none of that id. */
  find(id: string): (StoredCondition & { readonly bytes: Uint8Array }) | null {
    const row = this.rows.get<{ bytes: Buffer; name: string; fileName: string }>(
      "SELECT bytes, name, fileName FROM conditions WHERE sha256 = ?",
      id,
    );
    if (!row) return null;
    if (sha256(row.bytes) !== id) throw damaged(this.rows.file);
    return { id, ...row };
  }

  remove(id: string): void {
    this.rows.run("DELETE FROM conditions WHERE sha256 = ?", id);
  }
}
