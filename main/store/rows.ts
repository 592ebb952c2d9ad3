// How notices and issues stand in the tables of the store: a row is written with a digest of what it holds, and read
// back only when it still has it. Every statement is run here, in words of the store when the disk refuses.
import { createHash } from "node:crypto";
import { GazetteError, type Stamp } from "../../shared/api.ts";
import type { Block } from "../../shared/model/block.ts";
import { issueFields, noticeFields, parseBlocks } from "../../shared/model/check.ts";
import {
  characterCount,
  type Issue,
  type IssueFields,
  type IssueId,
  type Notice,
  type NoticeFields,
  type NoticeId,
  type Section,
} from "../../shared/model/notice.ts";
import { type Database, damaged, refusing } from "./database.ts";

/** Where a notice was imported from. */
export interface Origin {
  readonly source: string;
  readonly startLine: number;
  readonly endLine: number;
}

export interface NoticeRow {
  readonly id: string;
  readonly fields: string;
  readonly body: string;
  readonly digest: string;
  readonly version: number;
  readonly deleted: number;
}
export interface IssueRow {
  readonly id: string;
  readonly fields: string;
  readonly digest: string;
  readonly version: number;
  readonly deleted: number;
  readonly shelved: string | null;
}

export class Rows {
  private readonly database: Database;
  private readonly now: () => Date;

  constructor(database: Database, now: () => Date) {
    this.database = database;
    this.now = now;
  }

  /** Path of the store, for messages. */
  get file(): string {
    return this.database.file;
  }

  close(): void {
    this.database.close();
  }

  // ---- notices

  noticeRow(id: NoticeId): NoticeRow {
    const row = this.get<NoticeRow>("SELECT id, fields, body, digest, version, deleted FROM notices WHERE id = ?", id);
    if (!row) throw missing("公文");
    return row;
  }

  readNotice(row: NoticeRow): Notice {
    if (sha256(row.fields, row.body) !== row.digest) throw damaged(this.file);
    const body = this.parsed(row.body, parseBlocks);
    return { ...this.parsed(row.fields, noticeFields), id: row.id, body, version: row.version };
  }

  addNotice(id: NoticeId, fields: NoticeFields, body: readonly Block[], origin: Origin | null): void {
    const at = this.time();
    const [fieldsText, bodyText] = [JSON.stringify(fields), JSON.stringify(body)];
    this.run(
      `INSERT INTO notices (id, fields, body, digest, characters, version, source, startLine, endLine, created, updated)
       VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?)`,
      id,
      fieldsText,
      bodyText,
      sha256(fieldsText, bodyText),
      countCharacters(body),
      origin?.source ?? null,
      origin?.startLine ?? null,
      origin?.endLine ?? null,
      at,
      at,
    );
  }

  writeNotice(id: NoticeId, fields: NoticeFields, body: readonly Block[], version: number): { version: number } {
    const [fieldsText, bodyText] = [JSON.stringify(fields), JSON.stringify(body)];
    this.run(
      "UPDATE notices SET fields = ?, body = ?, digest = ?, characters = ?, version = ?, updated = ? WHERE id = ?",
      fieldsText,
      bodyText,
      sha256(fieldsText, bodyText),
      countCharacters(body),
      version,
      this.time(),
      id,
    );
    return { version };
  }

  journal(
    notice: NoticeId,
    version: number,
    part: "body" | "fields",
    from: number,
    to: number,
    removed: unknown,
    inserted: unknown,
    by: Stamp,
    rule = "",
  ): void {
    this.run(
      `INSERT INTO journal (notice, version, part, "from", "to", removed, inserted, client, seq, at, rule)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      notice,
      version,
      part,
      from,
      to,
      JSON.stringify(removed),
      JSON.stringify(inserted),
      by.client,
      by.seq,
      this.time(),
      rule,
    );
  }

  // ---- issues

  issueRow(id: IssueId): IssueRow {
    const row = this.get<IssueRow>("SELECT id, fields, digest, version, deleted, shelved FROM issues WHERE id = ?", id);
    if (!row) throw missing("期");
    return row;
  }

  readIssue(row: IssueRow): Issue {
    const sections = this.readSections(row.id);
    if (sha256(row.fields, JSON.stringify(sections)) !== row.digest) throw damaged(this.file);
    return { ...this.parsed(row.fields, issueFields), id: row.id, sections, version: row.version };
  }

  readSections(issue: IssueId): Section[] {
    const entries = this.all<{ section: string; notice: string }>(
      "SELECT section, notice FROM entries WHERE issue = ? ORDER BY section, position",
      issue,
    );
    return this.all<{ id: string; title: string }>(
      "SELECT id, title FROM sections WHERE issue = ? ORDER BY position",
      issue,
    ).map(({ id, title }) => ({
      id,
      title,
      entries: entries.filter((entry) => entry.section === id).map((entry) => entry.notice),
    }));
  }

  writeIssue(id: IssueId, fields: IssueFields, sections: readonly Section[], version: number): { version: number } {
    this.run("DELETE FROM entries WHERE issue = ?", id);
    this.run("DELETE FROM sections WHERE issue = ?", id);
    for (const [position, section] of sections.entries()) {
      this.run(
        "INSERT INTO sections (issue, id, position, title) VALUES (?, ?, ?, ?)",
        id,
        section.id,
        position,
        section.title,
      );
      for (const [place, notice] of section.entries.entries())
        this.run(
          "INSERT INTO entries (notice, issue, section, position) VALUES (?, ?, ?, ?)",
          notice,
          id,
          section.id,
          place,
        );
    }
    const fieldsText = JSON.stringify(fields);
    this.run(
      "UPDATE issues SET fields = ?, digest = ?, version = ?, updated = ? WHERE id = ?",
      fieldsText,
      sha256(fieldsText, JSON.stringify(this.readSections(id))),
      version,
      this.time(),
      id,
    );
    return { version };
  }

  // ---- statements

  time(): string {
    return this.now().toISOString();
  }

  transact<T>(work: () => T): T {
    if (this.database.sqlite.inTransaction) return work();
    return refusing(this.file, () => this.database.sqlite.transaction(work).immediate());
  }

  get<R>(sql: string, ...values: unknown[]): R | undefined {
    return refusing(this.file, () => this.database.sqlite.prepare<unknown[], R>(sql).get(...values));
  }

  all<R>(sql: string, ...values: unknown[]): R[] {
    return refusing(this.file, () => this.database.sqlite.prepare<unknown[], R>(sql).all(...values));
  }

  run(sql: string, ...values: unknown[]): void {
    refusing(this.file, () => this.database.sqlite.prepare(sql).run(...values));
  }

  /** Stored JSON; when it is not what this program writes, the file was damaged or edited by another hand. */
  parsed<T>(json: string, check: (value: unknown, path: string) => T): T {
    try {
      return check(JSON.parse(json), "stored");
    } catch (error) {
      throw damaged(this.file, { cause: error });
    }
  }
}

export function missing(what: "公文" | "期"): GazetteError {
  return new GazetteError("notFound", what === "公文" ? "这份公文已不在稿库。" : "这一期已不在稿库。");
}

function countCharacters(body: readonly Block[]): number {
  return body.reduce((sum, block) => sum + characterCount(block), 0);
}

/** Hex digest of the parts, each separated by a NUL, which no part holds. */
export function sha256(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash("sha256");
  for (const [i, part] of parts.entries()) {
    if (i > 0) hash.update("\0");
    hash.update(part);
  }
  return hash.digest("hex");
}
