// The store 稿库: notices, issues and their order, imported sources, the journal of every change, the answers to stamped
// calls. Every statement of SQL is here and in migrations.ts. Each method is one synced transaction, or part of the one
// that `once` opened; what it returns is on disk.
import { createHash } from "node:crypto";
import { GazetteError, type IssueSummary, type NoticeSummary, type Stamp } from "../../shared/api.ts";
import { type Block, type BodyPatch, blockText, patchBody } from "../../shared/model/block.ts";
import { issueFields, noticeFields, parseBlocks, sections as parseSections } from "../../shared/model/check.ts";
import {
  type Issue,
  type IssueFields,
  type IssueId,
  issueName,
  type Notice,
  type NoticeFields,
  type NoticeId,
  type Section,
  squash,
} from "../../shared/model/notice.ts";
import { type Database, damaged, refusing } from "./database.ts";

/** Where a notice was imported from. */
export interface Origin {
  readonly source: string;
  readonly startLine: number;
  readonly endLine: number;
}

/** A change of the text of one notice, as journalled. `part` body: [from, to) of the blocks was replaced. */
export interface Change {
  readonly notice: NoticeId;
  readonly version: number;
  readonly part: "body" | "fields";
  readonly from: number;
  readonly to: number;
  readonly removed: unknown;
  readonly inserted: unknown;
  readonly client: string;
  readonly seq: number;
  readonly at: string;
}

interface NoticeRow {
  readonly id: string;
  readonly fields: string;
  readonly body: string;
  readonly digest: string;
  readonly version: number;
  readonly deleted: number;
}
interface IssueRow {
  readonly id: string;
  readonly fields: string;
  readonly digest: string;
  readonly version: number;
  readonly deleted: number;
  readonly shelved: string | null;
}

export class Store {
  private readonly database: Database;
  private readonly now: () => Date;

  constructor(database: Database, now: () => Date) {
    this.database = database;
    this.now = now;
  }

  close(): void {
    this.database.close();
  }

  /** Runs `work` in one transaction, and with it keeps its answer: the same stamp with the same request returns that
   *  answer again and changes nothing. A stamp used for another request is refused as badRequest. */
  once<T>(stamp: Stamp, request: unknown, work: () => T): { readonly answer: T; readonly repeated: boolean } {
    return this.transact(() => {
      const asked = sha256(JSON.stringify(request));
      const known = this.get<{ request: string; answer: string }>(
        "SELECT request, answer FROM answers WHERE client = ? AND seq = ?",
        stamp.client,
        stamp.seq,
      );
      if (known && known.request !== asked)
        throw new GazetteError("badRequest", "这一步的编号已经用过，没有执行，请重新打开窗口后再试。");
      // The answer was made by this method from a T of the same request.
      if (known) return { answer: JSON.parse(known.answer) as T, repeated: true };
      const answer = work();
      this.run(
        "INSERT INTO answers (client, seq, request, answer, at) VALUES (?, ?, ?, ?, ?)",
        stamp.client,
        stamp.seq,
        asked,
        JSON.stringify(answer ?? null),
        this.time(),
      );
      return { answer, repeated: false };
    });
  }

  // ---- notices

  listNotices(): NoticeSummary[] {
    return this.all<{
      id: string;
      fields: string;
      version: number;
      characters: number;
      updated: string;
      issue: string | null;
      issueFields: string | null;
    }>(`
      SELECT n.id, n.fields, n.version, n.characters, n.updated, i.id AS issue, i.fields AS issueFields
      FROM notices n LEFT JOIN entries e ON e.notice = n.id LEFT JOIN issues i ON i.id = e.issue
      WHERE n.deleted = 0 ORDER BY n.created DESC, n.rowid`).map((row) => ({
      ...this.parsed(row.fields, noticeFields),
      id: row.id,
      version: row.version,
      issue:
        row.issue && row.issueFields
          ? { id: row.issue, name: issueName(this.parsed(row.issueFields, issueFields)) }
          : null,
      characters: row.characters,
      updated: row.updated,
    }));
  }

  notice(id: NoticeId): Notice {
    const row = this.noticeRow(id);
    if (row.deleted) throw missing("公文");
    return this.readNotice(row);
  }

  /** Throws ShapeError for fields or blocks that could not be read back. */
  createNotice(id: NoticeId, given: NoticeFields, blocks: readonly Block[], by: Stamp, origin?: Origin): Notice {
    const [fields, body] = [noticeFields(given, "fields"), parseBlocks(blocks)];
    const at = this.time();
    this.transact(() => {
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
      this.journal(id, 1, "fields", 0, 0, {}, fields, by);
      this.journal(id, 1, "body", 0, 0, [], body, by);
    });
    return { ...fields, id, body, version: 1 };
  }

  updateNotice(id: NoticeId, version: number, change: Partial<NoticeFields>, by: Stamp): { version: number } {
    return this.transact(() => {
      const before = this.current(id, version);
      const fields = noticeFields({ ...fieldsOf(before), ...change }, "fields");
      this.journal(id, version + 1, "fields", 0, 0, fieldsOf(before), fields, by);
      return this.writeNotice(id, fields, before.body, version + 1);
    });
  }

  patchBody(id: NoticeId, version: number, patch: BodyPatch, by: Stamp): { version: number } {
    return this.transact(() => {
      const before = this.current(id, version);
      if (patch.to > before.body.length)
        throw new GazetteError("badRequest", "修改的位置不在正文之内，没有存入，请重新打开这份公文。");
      const removed = before.body.slice(patch.from, patch.to);
      this.journal(id, version + 1, "body", patch.from, patch.to, removed, patch.blocks, by);
      return this.writeNotice(id, fieldsOf(before), patchBody(before.body, patch), version + 1);
    });
  }

  /** Takes the notice out of its issue; returns that issue, or null. */
  deleteNotice(id: NoticeId): IssueId | null {
    return this.transact(() => {
      if (this.noticeRow(id).deleted) return null;
      const issue = this.get<{ issue: string }>("SELECT issue FROM entries WHERE notice = ?", id)?.issue ?? null;
      if (issue) {
        const held = this.issue(issue);
        const kept = held.sections.map((s) => ({ ...s, entries: s.entries.filter((entry) => entry !== id) }));
        this.writeIssue(issue, issueFieldsOf(held), kept, held.version + 1);
      }
      this.run("UPDATE notices SET deleted = 1, updated = ? WHERE id = ?", this.time(), id);
      return issue;
    });
  }

  restoreNotice(id: NoticeId): void {
    this.transact(() => {
      this.noticeRow(id);
      this.run("UPDATE notices SET deleted = 0, updated = ? WHERE id = ? AND deleted = 1", this.time(), id);
    });
  }

  /** The changes of a notice, oldest first. */
  changes(id: NoticeId): Change[] {
    return this.all<Change & { removed: string; inserted: string }>(
      "SELECT * FROM journal WHERE notice = ? ORDER BY version, part DESC",
      id,
    ).map((row) => ({ ...row, removed: JSON.parse(row.removed), inserted: JSON.parse(row.inserted) }));
  }

  // ---- issues

  listIssues(): IssueSummary[] {
    return this.all<{ id: string; fields: string; notices: number; updated: string }>(`
      SELECT id, fields, updated, (SELECT count(*) FROM entries WHERE issue = issues.id) AS notices
      FROM issues WHERE deleted = 0 ORDER BY updated DESC, rowid DESC`).map(({ id, fields, notices, updated }) => ({
      id,
      name: issueName(this.parsed(fields, issueFields)),
      notices,
      updated,
    }));
  }

  issue(id: IssueId): Issue {
    const row = this.issueRow(id);
    if (row.deleted) throw missing("期");
    const sections = this.readSections(id);
    if (sha256(row.fields, JSON.stringify(sections)) !== row.digest) throw damaged(this.database.file);
    return { ...this.parsed(row.fields, issueFields), id, sections, version: row.version };
  }

  createIssue(id: IssueId, fields: IssueFields, sections: readonly Section[]): Issue {
    const at = this.time();
    this.transact(() => {
      this.run(
        "INSERT INTO issues (id, fields, digest, version, created, updated) VALUES (?, '', '', 1, ?, ?)",
        id,
        at,
        at,
      );
      this.writeIssue(id, fields, sections, 1);
    });
    return { ...fields, id, sections, version: 1 };
  }

  updateIssue(id: IssueId, version: number, change: Partial<IssueFields>): { version: number } {
    return this.transact(() => {
      const before = this.currentIssue(id, version);
      const fields = issueFields({ ...issueFieldsOf(before), ...change }, "fields");
      return this.writeIssue(id, fields, before.sections, version + 1);
    });
  }

  /** Replaces sections and entries. A notice that is gone, or stands in another issue, is refused. */
  arrangeIssue(id: IssueId, version: number, sections: readonly Section[]): { version: number } {
    return this.transact(() => {
      const before = this.currentIssue(id, version);
      for (const notice of sections.flatMap((section) => section.entries)) {
        const held = this.get<{ issue: string }>("SELECT issue FROM entries WHERE notice = ?", notice);
        if (held && held.issue !== id) {
          const other = this.issue(held.issue);
          throw new GazetteError(
            "stale",
            `“${this.notice(notice).title}”已编入${issueName(other)}，请先从那一期移出。`,
          );
        }
        if (!held) this.notice(notice); // throws when it is not there
      }
      return this.writeIssue(id, issueFieldsOf(before), sections, version + 1);
    });
  }

  /** The issue's notices go back to the store; its order is kept for restoring. Returns those notices. */
  deleteIssue(id: IssueId): NoticeId[] {
    return this.transact(() => {
      if (this.issueRow(id).deleted) return [];
      const before = this.issue(id);
      this.writeIssue(id, issueFieldsOf(before), [], before.version + 1);
      this.run("UPDATE issues SET deleted = 1, shelved = ? WHERE id = ?", JSON.stringify(before.sections), id);
      return before.sections.flatMap((section) => section.entries);
    });
  }

  /** Brings an issue back with those of its notices that are still free. Returns them. */
  restoreIssue(id: IssueId): NoticeId[] {
    return this.transact(() => {
      const row = this.issueRow(id);
      if (!row.deleted || row.shelved === null) return [];
      const free = new Set(
        this.all<{ id: string }>(
          "SELECT id FROM notices WHERE deleted = 0 AND id NOT IN (SELECT notice FROM entries)",
        ).map((notice) => notice.id),
      );
      const sections = this.parsed(row.shelved, parseSections).map((section) => ({
        ...section,
        entries: section.entries.filter((entry) => free.has(entry)),
      }));
      this.run("UPDATE issues SET deleted = 0, shelved = NULL WHERE id = ?", id);
      this.writeIssue(id, this.parsed(row.fields, issueFields), sections, row.version + 1);
      return sections.flatMap((section) => section.entries);
    });
  }

  // ---- sources and settings

  addSource(id: string, fileName: string, bytes: Uint8Array): void {
    this.run(
      "INSERT INTO sources (id, fileName, bytes, sha256, at) VALUES (?, ?, ?, ?, ?)",
      id,
      fileName,
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      sha256(bytes),
      this.time(),
    );
  }

  /** The file a notice came from, byte for byte; null for one written here. */
  source(notice: NoticeId): { fileName: string; bytes: Uint8Array; startLine: number; endLine: number } | null {
    this.noticeRow(notice);
    const row = this.get<{ fileName: string; bytes: Buffer; sha256: string; startLine: number; endLine: number }>(
      `SELECT s.fileName, s.bytes, s.sha256, n.startLine, n.endLine
       FROM notices n JOIN sources s ON s.id = n.source WHERE n.id = ?`,
      notice,
    );
    if (!row) return null;
    if (sha256(row.bytes) !== row.sha256) throw damaged(this.database.file);
    return { fileName: row.fileName, bytes: row.bytes, startLine: row.startLine, endLine: row.endLine };
  }

  setting(key: string): string | null {
    return this.get<{ value: string }>("SELECT value FROM settings WHERE key = ?", key)?.value ?? null;
  }

  putSetting(key: string, value: string): void {
    this.run(
      "INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
      key,
      value,
    );
  }

  // ---- rows

  private noticeRow(id: NoticeId): NoticeRow {
    const row = this.get<NoticeRow>("SELECT id, fields, body, digest, version, deleted FROM notices WHERE id = ?", id);
    if (!row) throw missing("公文");
    return row;
  }

  private readNotice(row: NoticeRow): Notice {
    if (sha256(row.fields, row.body) !== row.digest) throw damaged(this.database.file);
    const body = this.parsed(row.body, parseBlocks);
    return { ...this.parsed(row.fields, noticeFields), id: row.id, body, version: row.version };
  }

  /** The notice, if it still has the version that a change was made on. */
  private current(id: NoticeId, version: number): Notice {
    const notice = this.notice(id);
    if (notice.version !== version)
      throw new GazetteError("stale", "这份公文已在别处改过，这一步没有存入，请核对新的内容后再改。");
    return notice;
  }

  private writeNotice(
    id: NoticeId,
    fields: NoticeFields,
    body: readonly Block[],
    version: number,
  ): { version: number } {
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

  private journal(
    notice: NoticeId,
    version: number,
    part: "body" | "fields",
    from: number,
    to: number,
    removed: unknown,
    inserted: unknown,
    by: Stamp,
  ): void {
    this.run(
      `INSERT INTO journal (notice, version, part, "from", "to", removed, inserted, client, seq, at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
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
    );
  }

  private issueRow(id: IssueId): IssueRow {
    const row = this.get<IssueRow>("SELECT id, fields, digest, version, deleted, shelved FROM issues WHERE id = ?", id);
    if (!row) throw missing("期");
    return row;
  }

  private readSections(issue: IssueId): Section[] {
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

  private currentIssue(id: IssueId, version: number): Issue {
    const issue = this.issue(id);
    if (issue.version !== version)
      throw new GazetteError("stale", "这一期已在别处改过，这一步没有存入，请核对新的编排后再改。");
    return issue;
  }

  private writeIssue(
    id: IssueId,
    fields: IssueFields,
    sections: readonly Section[],
    version: number,
  ): { version: number } {
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

  private time(): string {
    return this.now().toISOString();
  }

  private transact<T>(work: () => T): T {
    if (this.database.sqlite.inTransaction) return work();
    return refusing(this.database.file, () => this.database.sqlite.transaction(work).immediate());
  }

  private get<R>(sql: string, ...values: unknown[]): R | undefined {
    return refusing(this.database.file, () => this.database.sqlite.prepare<unknown[], R>(sql).get(...values));
  }

  private all<R>(sql: string, ...values: unknown[]): R[] {
    return refusing(this.database.file, () => this.database.sqlite.prepare<unknown[], R>(sql).all(...values));
  }

  private run(sql: string, ...values: unknown[]): void {
    refusing(this.database.file, () => this.database.sqlite.prepare(sql).run(...values));
  }

  /** Stored JSON; when it is not what this program writes, the file was damaged or edited by another hand. */
  private parsed<T>(json: string, check: (value: unknown, path: string) => T): T {
    try {
      return check(JSON.parse(json), "stored");
    } catch (error) {
      throw damaged(this.database.file, { cause: error });
    }
  }
}

function missing(what: "公文" | "期"): GazetteError {
  return new GazetteError("notFound", what === "公文" ? "这份公文已不在稿库。" : "这一期已不在稿库。");
}

function fieldsOf(notice: Notice): NoticeFields {
  const { id: _id, body: _body, version: _version, ...fields } = notice;
  return fields;
}

function issueFieldsOf(issue: Issue): IssueFields {
  const { id: _id, sections: _sections, version: _version, ...fields } = issue;
  return fields;
}

function countCharacters(body: readonly Block[]): number {
  return Array.from(squash(body.flatMap(blockText).join(""))).length;
}

/** Hex digest of the parts, each separated by a NUL, which no part holds. */
function sha256(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash("sha256");
  for (const [i, part] of parts.entries()) {
    if (i > 0) hash.update("\0");
    hash.update(part);
  }
  return hash.digest("hex");
}
