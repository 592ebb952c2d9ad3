// The store 稿库: what can be done with notices, issues and their order, imported sources and settings, and the answers
// to stamped calls. How they stand in tables is rows.ts's. Each method is one synced transaction, or part of the one that
// `once` opened; what it returns is on disk.
import { GazetteError, type IssueSummary, type NoticeSummary, type Stamp } from "../../shared/api.ts";
import { type Block, type BodyPatch, patchBody } from "../../shared/model/block.ts";
import {
  issueFields,
  maxBlocks,
  noticeFields,
  parseBlocks,
  sections as parseSections,
} from "../../shared/model/check.ts";
import {
  type Issue,
  type IssueFields,
  type IssueId,
  issueName,
  type Notice,
  type NoticeFields,
  type NoticeId,
  type Section,
} from "../../shared/model/notice.ts";
import { Conditions } from "./conditions.ts";
import { type Database, damaged } from "./database.ts";
import { Ignores } from "./ignores.ts";
import { Images } from "./images.ts";
import { OwnEntries } from "./ownEntries.ts";
import { OwnStyles } from "./ownStyles.ts";
import { PrintedFacesStore } from "./printedFaces.ts";
import { missing, type Origin, Rows, sha256 } from "./rows.ts";
import { WorkflowStore } from "./workflow.ts";

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
  /** The rule of proofreading under which it was made; "" by hand. */
  readonly rule: string;
}

export class Store {
  private readonly rows: Rows;
  readonly styles: OwnStyles;
  readonly images: Images;
  readonly conditions: Conditions;
  readonly printedFaces: PrintedFacesStore;
  readonly workflow: WorkflowStore;
  readonly ignores: Ignores;
  readonly entries: OwnEntries;

  constructor(database: Database, now: () => Date) {
    this.rows = new Rows(database, now);
    this.styles = new OwnStyles(this.rows);
    this.images = new Images(this.rows);
    this.conditions = new Conditions(this.rows);
    this.printedFaces = new PrintedFacesStore(this.rows);
    this.workflow = new WorkflowStore(this.rows);
    this.ignores = new Ignores(this.rows);
    this.entries = new OwnEntries(this.rows);
  }

  close(): void {
    this.rows.close();
  }

  /** Runs `work` in one transaction, and with it keeps its answer: the same stamp with the same request returns that
   *  answer again and changes nothing. A stamp used for another request is refused as badRequest. */
  once<T>(stamp: Stamp, request: unknown, work: () => T): { readonly answer: T; readonly repeated: boolean } {
    return this.rows.transact(() => {
      const asked = sha256(JSON.stringify(request));
      const known = this.rows.get<{ request: string; answer: string }>(
        "SELECT request, answer FROM answers WHERE client = ? AND seq = ?",
        stamp.client,
        stamp.seq,
      );
      if (known && known.request !== asked)
        throw new GazetteError("badRequest", "这一步的编号已经用过，没有执行，请重新打开窗口后再试。");
      // The answer was made by this method from a T of the same request.
      if (known) return { answer: JSON.parse(known.answer) as T, repeated: true };
      const answer = work();
      this.rows.run(
        "INSERT INTO answers (client, seq, request, answer, at) VALUES (?, ?, ?, ?, ?)",
        stamp.client,
        stamp.seq,
        asked,
        JSON.stringify(answer ?? null),
        this.rows.time(),
      );
      return { answer, repeated: false };
    });
  }

  /** Drops the answers to calls before `since`: repeating such a call would carry it out again. */
  forgetAnswers(since: Date): void {
    this.rows.run("DELETE FROM answers WHERE at < ?", since.toISOString());
  }

  // ---- notices

  listNotices(): NoticeSummary[] {
    return this.rows
      .all<{
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
      WHERE n.deleted = 0 ORDER BY n.created DESC, n.rowid`)
      .map((row) => ({
        ...this.rows.parsed(row.fields, noticeFields),
        id: row.id,
        version: row.version,
        issue:
          row.issue && row.issueFields
            ? { id: row.issue, name: issueName(this.rows.parsed(row.issueFields, issueFields)) }
            : null,
        characters: row.characters,
        updated: row.updated,
      }));
  }

  notice(id: NoticeId): Notice {
    const row = this.rows.noticeRow(id);
    if (row.deleted) throw missing("公文");
    return this.rows.readNotice(row);
  }

  /** The version of a notice, which is in the store and not deleted. */
  noticeVersion(id: NoticeId): number {
    const row = this.rows.get<{ version: number }>("SELECT version FROM notices WHERE id = ? AND deleted = 0", id);
    if (!row) throw missing("公文");
    return row.version;
  }

  /** Notices in whose body some words stand. */
  noticesSaying(words: string): { readonly id: NoticeId; readonly version: number }[] {
    return this.rows.all("SELECT id, version FROM notices WHERE deleted = 0 AND instr(body, ?) > 0", words);
  }

  /** Notices in whose title some words stand. */
  noticesTitled(words: string): { readonly id: NoticeId; readonly version: number }[] {
    return this.rows.all(
      "SELECT id, version FROM notices WHERE deleted = 0 AND instr(fields ->> '$.title', ?) > 0",
      words,
    );
  }

  /** Throws ShapeError for fields or blocks that could not be read back. */
  createNotice(id: NoticeId, given: NoticeFields, blocks: readonly Block[], by: Stamp, origin?: Origin): Notice {
    const [fields, body] = [noticeFields(given, "fields"), parseBlocks(blocks)];
    this.rows.transact(() => {
      this.rows.addNotice(id, fields, body, origin ?? null);
      this.rows.journal(id, 1, "fields", 0, 0, {}, fields, by);
      this.rows.journal(id, 1, "body", 0, 0, [], body, by);
    });
    return { ...fields, id, body, version: 1 };
  }

  /** `rule`: the rule of proofreading under which it is made. */
  updateNotice(
    id: NoticeId,
    version: number,
    change: Partial<NoticeFields>,
    by: Stamp,
    rule = "",
  ): { version: number } {
    return this.rows.transact(() => {
      const before = this.current(id, version);
      const fields = noticeFields({ ...fieldsOf(before), ...change }, "fields");
      this.rows.journal(id, version + 1, "fields", 0, 0, fieldsOf(before), fields, by, rule);
      return this.writeNotice(id, fields, before.body, version + 1);
    });
  }

  patchBody(id: NoticeId, version: number, patch: BodyPatch, by: Stamp, rule = ""): { version: number } {
    return this.rows.transact(() => {
      const before = this.current(id, version);
      if (patch.to > before.body.length)
        throw new GazetteError("badRequest", "修改的位置不在正文之内，没有存入，请重新打开这份公文。");
      const body = patchBody(before.body, patch);
      if (body.length > maxBlocks)
        throw new GazetteError("badRequest", `正文不能超过${maxBlocks}段，没有存入，请分成几份公文。`);
      const removed = before.body.slice(patch.from, patch.to);
      this.rows.journal(id, version + 1, "body", patch.from, patch.to, removed, patch.blocks, by, rule);
      return this.writeNotice(id, fieldsOf(before), body, version + 1);
    });
  }

  /** Takes the notice out of its issue; returns that issue, or null. */
  deleteNotice(id: NoticeId): IssueId | null {
    return this.rows.transact(() => {
      if (this.rows.noticeRow(id).deleted) return null;
      this.workflow.requireFree({ kind: "notice", id });
      const issue = this.rows.get<{ issue: string }>("SELECT issue FROM entries WHERE notice = ?", id)?.issue ?? null;
      if (issue) {
        const held = this.issue(issue);
        const kept = held.sections.map((s) => ({ ...s, entries: s.entries.filter((entry) => entry !== id) }));
        this.writeIssue(issue, issueFieldsOf(held), kept, held.version + 1);
      }
      this.rows.run("UPDATE notices SET deleted = 1, updated = ? WHERE id = ?", this.rows.time(), id);
      return issue;
    });
  }

  restoreNotice(id: NoticeId): void {
    this.rows.transact(() => {
      this.rows.noticeRow(id);
      this.rows.run("UPDATE notices SET deleted = 0, updated = ? WHERE id = ? AND deleted = 1", this.rows.time(), id);
    });
  }

  /** The changes of a notice, oldest first. */
  changes(id: NoticeId): Change[] {
    return this.rows
      .all<Change & { removed: string; inserted: string }>(
        "SELECT * FROM journal WHERE notice = ? ORDER BY version, part DESC",
        id,
      )
      .map((row) => ({
        ...row,
        removed: this.rows.parsed(row.removed, (value) => value),
        inserted: this.rows.parsed(row.inserted, (value) => value),
      }));
  }

  // ---- issues

  listIssues(): IssueSummary[] {
    return this.rows
      .all<{ id: string; fields: string; notices: number; updated: string }>(`
      SELECT id, fields, updated, (SELECT count(*) FROM entries WHERE issue = issues.id) AS notices
      FROM issues WHERE deleted = 0 ORDER BY updated DESC, rowid DESC`)
      .map(({ id, fields, notices, updated }) => {
        const issue = this.rows.parsed(fields, issueFields);
        return { id, name: issueName(issue), year: issue.year, notices, updated };
      });
  }

  issue(id: IssueId): Issue {
    const row = this.rows.issueRow(id);
    if (row.deleted) throw missing("期");
    return this.rows.readIssue(row);
  }

  createIssue(id: IssueId, fields: IssueFields, sections: readonly Section[]): Issue {
    const at = this.rows.time();
    this.rows.transact(() => {
      this.rows.run(
        "INSERT INTO issues (id, fields, digest, version, created, updated) VALUES (?, '', '', 1, ?, ?)",
        id,
        at,
        at,
      );
      this.rows.writeIssue(id, fields, sections, 1);
    });
    return { ...fields, id, sections, version: 1 };
  }

  updateIssue(id: IssueId, version: number, change: Partial<IssueFields>): { version: number } {
    return this.rows.transact(() => {
      const before = this.currentIssue(id, version);
      const fields = issueFields({ ...issueFieldsOf(before), ...change }, "fields");
      return this.writeIssue(id, fields, before.sections, version + 1);
    });
  }

  /** Replaces sections and entries. A notice that is gone, or stands in another issue, is refused. */
  arrangeIssue(id: IssueId, version: number, sections: readonly Section[]): { version: number } {
    return this.rows.transact(() => {
      const before = this.currentIssue(id, version);
      for (const notice of sections.flatMap((section) => section.entries)) {
        const held = this.rows.get<{ issue: string }>("SELECT issue FROM entries WHERE notice = ?", notice);
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
    return this.rows.transact(() => {
      if (this.rows.issueRow(id).deleted) return [];
      this.workflow.requireFree({ kind: "issue", id });
      const before = this.issue(id);
      this.writeIssue(id, issueFieldsOf(before), [], before.version + 1);
      this.rows.run("UPDATE issues SET deleted = 1, shelved = ? WHERE id = ?", JSON.stringify(before.sections), id);
      return before.sections.flatMap((section) => section.entries);
    });
  }

  /** Brings an issue back with those of its notices that are still free. Returns them. */
  restoreIssue(id: IssueId): NoticeId[] {
    return this.rows.transact(() => {
      const row = this.rows.issueRow(id);
      if (!row.deleted || row.shelved === null) return [];
      const free = new Set(
        this.rows
          .all<{ id: string }>("SELECT id FROM notices WHERE deleted = 0 AND id NOT IN (SELECT notice FROM entries)")
          .map((notice) => notice.id),
      );
      const sections = this.rows.parsed(row.shelved, parseSections).map((section) => ({
        ...section,
        entries: section.entries.filter((entry) => free.has(entry)),
      }));
      this.rows.run("UPDATE issues SET deleted = 0, shelved = NULL WHERE id = ?", id);
      this.writeIssue(id, this.rows.parsed(row.fields, issueFields), sections, row.version + 1);
      return sections.flatMap((section) => section.entries);
    });
  }

  // ---- sources and settings

  addSource(id: string, fileName: string, bytes: Uint8Array): void {
    this.rows.run(
      "INSERT INTO sources (id, fileName, bytes, sha256, at) VALUES (?, ?, ?, ?, ?)",
      id,
      fileName,
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      sha256(bytes),
      this.rows.time(),
    );
  }

  /** The file a notice came from, byte for byte; null for one written here. */
  source(notice: NoticeId): { fileName: string; bytes: Uint8Array; startLine: number; endLine: number } | null {
    this.rows.noticeRow(notice);
    const row = this.rows.get<{ fileName: string; bytes: Buffer; sha256: string; startLine: number; endLine: number }>(
      `SELECT s.fileName, s.bytes, s.sha256, n.startLine, n.endLine
       FROM notices n JOIN sources s ON s.id = n.source WHERE n.id = ?`,
      notice,
    );
    if (!row) return null;
    if (sha256(row.bytes) !== row.sha256) throw damaged(this.rows.file);
    return { fileName: row.fileName, bytes: row.bytes, startLine: row.startLine, endLine: row.endLine };
  }

  setting(key: string): string | null {
    return this.rows.get<{ value: string }>("SELECT value FROM settings WHERE key = ?", key)?.value ?? null;
  }

  putSetting(key: string, value: string): void {
    this.rows.run(
      "INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
      key,
      value,
    );
  }

  // ---- every change of a text goes through these

  private writeNotice(id: NoticeId, fields: NoticeFields, body: readonly Block[], version: number) {
    const written = this.rows.writeNotice(id, fields, body, version);
    this.workflow.noticeChanged(id);
    return written;
  }

  private writeIssue(id: IssueId, fields: IssueFields, sections: readonly Section[], version: number) {
    const written = this.rows.writeIssue(id, fields, sections, version);
    this.workflow.issueChanged(id);
    return written;
  }

  // ---- versions

  /** The notice, if it still has the version that a change was made on. */
  private current(id: NoticeId, version: number): Notice {
    this.workflow.requireFree({ kind: "notice", id });
    const notice = this.notice(id);
    if (notice.version !== version)
      throw new GazetteError("stale", "这份公文已在别处改过，这一步没有存入，请核对新的内容后再改。");
    return notice;
  }

  private currentIssue(id: IssueId, version: number): Issue {
    this.workflow.requireFree({ kind: "issue", id });
    const issue = this.issue(id);
    if (issue.version !== version)
      throw new GazetteError("stale", "这一期已在别处改过，这一步没有存入，请核对新的编排后再改。");
    return issue;
  }
}

function fieldsOf(notice: Notice): NoticeFields {
  const { id: _id, body: _body, version: _version, ...fields } = notice;
  return fields;
}

function issueFieldsOf(issue: Issue): IssueFields {
  const { id: _id, sections: _sections, version: _version, ...fields } = issue;
  return fields;
}
