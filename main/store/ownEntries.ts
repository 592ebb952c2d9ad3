// The office's own entries of the dictionaries in the store, and which of the shipped ones are switched off.
import { GazetteError } from "../../shared/api.ts";
import { type EntryFields, type EntryKind, entryFields } from "../../shared/proof/dictionary.ts";
import type { Rows } from "./rows.ts";

export interface OwnEntry extends EntryFields {
  readonly id: string;
}

export class OwnEntries {
  private readonly rows: Rows;

  constructor(rows: Rows) {
    this.rows = rows;
  }

  /** In the order in which they were made; of one kind, or all. */
  list(kind: EntryKind | null = null): OwnEntry[] {
    return this.rows
      .all<{ id: string; fields: string }>(
        "SELECT id, fields FROM entriesOwn WHERE ? IS NULL OR kind = ? ORDER BY created, id",
        kind,
        kind,
      )
      .map(({ id, fields }) => ({ id, ...this.rows.parsed(fields, entryFields) }));
  }

  /** Stores an entry under an id, new or old. The same word of the same kind and time under another id is refused. */
  put(id: string, fields: EntryFields): OwnEntry {
    const entry = entryFields(fields, "fields");
    const { kind, word, from } = entry;
    this.rows.transact(() => {
      const twin = this.find(kind, word, from);
      if (twin !== null && twin !== id)
        throw new GazetteError("badRequest", `词典里已有“${word}”，请改那一条，没有另外收入。`);
      const [text, at] = [JSON.stringify(entry), this.rows.time()];
      this.rows.run(
        `INSERT INTO entriesOwn (id, kind, word, "from", fields, created, updated) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, word = excluded.word, "from" = excluded."from",
         fields = excluded.fields, updated = excluded.updated`,
        ...[id, kind, word, from, text, at, at],
      );
    });
    return { id, ...entry };
  }

  /** The id of the entry for a word from a day; null: there is none. */
  find(kind: EntryKind, word: string, from: string): string | null {
    return (
      this.rows.get<{ id: string }>(
        `SELECT id FROM entriesOwn WHERE kind = ? AND word = ? AND "from" = ?`,
        kind,
        word,
        from,
      )?.id ?? null
    );
  }

  remove(id: string): void {
    this.rows.run("DELETE FROM entriesOwn WHERE id = ?", id);
  }

  /** Ids of entries, own or shipped, that are switched off. */
  switchedOff(): ReadonlySet<string> {
    return new Set(this.rows.all<{ id: string }>("SELECT id FROM entriesOff").map(({ id }) => id));
  }

  switch(id: string, off: boolean): void {
    if (off) this.rows.run("INSERT INTO entriesOff (id) VALUES (?) ON CONFLICT DO NOTHING", id);
    else this.rows.run("DELETE FROM entriesOff WHERE id = ?", id);
  }
}
