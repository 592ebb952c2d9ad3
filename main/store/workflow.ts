// The workflow in the store. Its state is what the audit log says, and lies in memory beside the place in the log up to
// which it was read. Here texts get their hashes, texts that were signed are kept, what is frozen is guarded, and an edit
// of a signed text is told to the log.
import { GazetteError } from "../../shared/api.ts";
import { citedTitle, type Issue, type IssueId, issueName, type NoticeId } from "../../shared/model/notice.ts";
import { type AuditEntry, type AuditProof, localTime, replay } from "../../shared/workflow/audit.ts";
import { changesBetween, type TextChange } from "../../shared/workflow/changes.ts";
import { inUse } from "../../shared/workflow/procedure.ts";
import { issueRecord, noticeRecord, type TextHash } from "../../shared/workflow/text.ts";
import { signOffWords } from "../../shared/workflow/view.ts";
import {
  type Action,
  apply,
  frozenBy,
  isRefusal,
  type PressedNotice,
  type Refusal,
  type Subject,
  stagesOf,
  stands,
  subjectKey,
  type WorkflowState,
} from "../../shared/workflow/workflow.ts";
import { type AuditHead, AuditLog } from "./audit.ts";
import { damaged } from "./database.ts";
import { type Rows, sha256 } from "./rows.ts";

/** An issue with the hashes of its texts as they are now. */
export interface IssueTexts {
  readonly issue: Issue;
  readonly text: TextHash;
  /** In printed order. */
  readonly notices: readonly PressedNotice[];
}

/** An action without its time, which is the store's. */
export type Deed = Action extends infer A ? (A extends Action ? Omit<A, "at"> : never) : never;

interface Followed extends AuditHead {
  readonly state: WorkflowState;
  /** What is wrong with the log so far; nothing is written to a log that was tampered with. */
  readonly fault: string | null;
}

export class WorkflowStore {
  private readonly rows: Rows;
  private readonly log: AuditLog;
  private followed: Followed | null = null;
  /** Hashes of texts, by the digest of their rows. */
  private readonly texts = new Map<NoticeId, { readonly digest: string; readonly text: TextHash }>();

  constructor(rows: Rows) {
    this.rows = rows;
    this.log = new AuditLog(rows);
  }

  state(): WorkflowState {
    return this.follow().state;
  }

  head(): AuditHead {
    return this.log.head();
  }

  // ---- texts

  noticeText(id: NoticeId): TextHash {
    const row = this.rows.noticeRow(id);
    const known = this.texts.get(id);
    if (known?.digest === row.digest) return known.text;
    const text = sha256(this.record({ kind: "notice", id }));
    this.texts.set(id, { digest: row.digest, text });
    return text;
  }

  issueTexts(id: IssueId): IssueTexts {
    const issue = this.rows.readIssue(this.rows.issueRow(id));
    const notices = issue.sections.flatMap(({ entries }) =>
      entries.map((notice) => ({ notice, text: this.noticeText(notice) })),
    );
    return { issue, text: sha256(this.record({ kind: "issue", id })), notices };
  }

  text({ kind, id }: Subject): TextHash {
    return kind === "notice" ? this.noticeText(id) : this.issueTexts(id).text;
  }

  private record({ kind, id }: Subject): string {
    if (kind === "notice") return noticeRecord(this.rows.readNotice(this.rows.noticeRow(id)));
    return issueRecord(this.rows.readIssue(this.rows.issueRow(id)), (notice) => this.noticeText(notice));
  }

  // ---- what people do

  /** Carries out an action and logs it, or throws GazetteError notAllowed with the sentence of the rule. A text that is
   *  signed or printed is kept. */
  take(deed: Deed): void {
    this.rows.transact(() => {
      const { state, fault } = this.follow();
      if (fault) throw new GazetteError("notAllowed", `${fault}，不能再签字或付印，请从备份恢复稿库，再核对一次。`);
      const action: Action = { ...deed, at: this.rows.time() };
      const next = apply(state, action);
      if (isRefusal(next)) throw new GazetteError("notAllowed", this.sentence(next));
      if (action.type === "sign") this.keep(action.subject);
      if (action.type === "press") this.keep({ kind: "issue", id: action.issue });
      this.log.append(action);
      this.followed = { ...this.log.head(), state: next, fault: null };
    });
  }

  /** A refusal with the name of the text it is about. */
  sentence({ about, refused }: Refusal): string {
    const sentence = about ? `${this.nameOf(about)}${refused}` : refused;
    return sentence.endsWith("。") ? sentence : `${sentence}。`;
  }

  /** As it is called in a sentence: 《题名》, 示例政报2026年第1期. */
  nameOf({ kind, id }: Subject): string {
    if (kind === "issue") return issueName(this.rows.readIssue(this.rows.issueRow(id)));
    return citedTitle(this.rows.readNotice(this.rows.noticeRow(id)));
  }

  private presentName(subject: Subject): string {
    try {
      return this.nameOf(subject);
    } catch (error) {
      if (error instanceof GazetteError) return subject.kind === "issue" ? "已损坏的一期" : "已损坏的公文";
      throw error;
    }
  }

  private keep(subject: Subject): void {
    this.keepRecord(this.record(subject));
    if (subject.kind === "issue")
      for (const { notice } of this.issueTexts(subject.id).notices)
        this.keepRecord(this.record({ kind: "notice", id: notice }));
  }

  private keepRecord(record: string): void {
    const name = sha256(record);
    if (!this.rows.get("SELECT 1 FROM revisions WHERE sha256 = ?", name))
      this.rows.run("INSERT INTO revisions (sha256, record) VALUES (?, ?)", name, record);
  }

  /** What is otherwise in a text as it is now than it was when signed. Throws GazetteError notFound for a text that was
   *  never signed, storeUnusable for one that was changed since. */
  changesSince(subject: Subject, signed: TextHash): TextChange[] {
    const kept = this.rows.get<{ record: string }>("SELECT record FROM revisions WHERE sha256 = ?", signed);
    if (!kept) throw new GazetteError("notFound", `没有留存${this.nameOf(subject)}签字时的文字。`);
    if (sha256(kept.record) !== signed) throw damaged(this.rows.file);
    return changesBetween(kept.record, this.record(subject), (notice) =>
      this.presentName({ kind: "notice", id: notice }),
    );
  }

  // ---- edits

  /** Throws GazetteError notAllowed when the text is in an issue that was printed. */
  requireFree(subject: Subject): void {
    const { state } = this.follow();
    if (state.pressed.size === 0) return;
    const pressed = frozenBy(state, subject);
    if (!pressed) return;
    throw new GazetteError(
      "notAllowed",
      `${this.nameOf(subject)}已由${pressed.name}于${localTime(pressed.at)}付印，不能再改；` +
        "要改请由审签的人撤回付印，已经发出的请另开更正。",
    );
  }

  /** To be called after the text of a notice was changed, or where it stands. */
  noticeChanged(id: NoticeId): void {
    const { signings } = this.follow().state;
    if (signings.size === 0) return;
    this.changed({ kind: "notice", id });
    const held = this.rows.get<{ issue: IssueId }>("SELECT issue FROM entries WHERE notice = ?", id);
    if (held) this.issueChanged(held.issue);
  }

  issueChanged(id: IssueId): void {
    this.changed({ kind: "issue", id });
  }

  /** Logs that a text was edited when sign-offs lapse or stand again by it; else nothing needs to be known. */
  private changed(subject: Subject): void {
    const { state } = this.follow();
    const signing = state.signings.get(subjectKey(subject));
    if (!signing) return;
    const text = this.text(subject);
    if (text === signing.text) return;
    const edited = { type: "edited", at: this.rows.time(), subject, text } as const;
    const next = apply(state, edited);
    if (isRefusal(next)) throw new RangeError(`${subjectKey(subject)} was edited while frozen`);
    const [before, after] = [state, next].map((one) => stagesOf(one, subject).map(stands).join());
    if (before !== after) this.take(edited);
  }

  /** What the printer gets is what was printed here: throws GazetteError notAllowed for an issue that its office has yet
   *  to sign. An office without people prints as it always did. */
  requirePressed(id: IssueId): void {
    const { state } = this.follow();
    if (!inUse(state) || state.pressed.has(id)) return;
    throw new GazetteError(
      "notAllowed",
      `${this.nameOf({ kind: "issue", id })}还没有付印，不能导出给印厂的文件，请先签完各环节并付印；校对用的可以按屏幕阅读导出。`,
    );
  }

  /** What the 付印单 of an issue says, and the place in the log that it rests on. */
  signOff(id: IssueId): AuditHead & { readonly words: string } {
    const { text, notices } = this.issueTexts(id);
    return { words: signOffWords(this.state(), id, text, notices), ...this.head() };
  }

  // ---- the log

  /** All entries, oldest first. */
  entries(): AuditEntry[] {
    const { actions, hashes } = this.log.read();
    return replay(actions).told.map((told, i) => {
      const about = told.subject ? this.presentName(told.subject) : "";
      return { n: i + 1, ...told, about, hash: hashes[i] ?? "" };
    });
  }

  /** Whether an entry is what a 付印单 says it was. */
  has({ entries, head }: AuditHead): boolean {
    return entries === 0 ? head === "" : this.log.hash(entries) === head;
  }

  /** Everything that the log vouches for: its chain, its actions by the rules, the texts that were signed, and what
   *  stands or is frozen against the texts of the store. */
  verify(): AuditProof {
    this.texts.clear(); // every text is read again
    const { actions, faults } = this.log.read();
    const { state, illegal } = replay(actions);
    const found = [...faults, ...illegal.map((i) => `审签记录第${i + 1}条不合流程`)];
    const kept = new Set<string>();
    for (const { sha256: name, record } of this.rows.all<{ sha256: string; record: string }>("SELECT * FROM revisions"))
      if (sha256(record) === name) kept.add(name);
      else found.push(`留存的签字文字${name.slice(0, 16)}被改动过`);
    for (const [i, action] of actions.entries()) {
      const texts = action.type === "sign" ? [action.text] : [];
      if (action.type === "press") texts.push(action.text, ...action.notices.map(({ text }) => text));
      if (texts.some((text) => !kept.has(text))) found.push(`审签记录第${i + 1}条所签的文字没有留存`);
    }
    for (const [key, signing] of state.signings) {
      const [kind, id = ""] = key.split(" ");
      const subject: Subject = { kind: kind === "issue" ? "issue" : "notice", id };
      if (stagesOf(state, subject).some(stands)) found.push(...this.textFaults(subject, signing.text, "签字"));
    }
    for (const [id, pressed] of state.pressed) {
      found.push(...this.textFaults({ kind: "issue", id }, pressed.text, "付印"));
      for (const { notice, text } of pressed.notices)
        found.push(...this.textFaults({ kind: "notice", id: notice }, text, "付印"));
    }
    return { ...this.log.head(), faults: [...new Set(found)] };
  }

  private textFaults(subject: Subject, signed: TextHash, by: "签字" | "付印"): string[] {
    try {
      return this.text(subject) === signed ? [] : [`${this.nameOf(subject)}在程序之外被改动过，与${by}时不同`];
    } catch (error) {
      // The row is gone, or is not what was written.
      if (error instanceof GazetteError)
        return [`${by}过的${subject.kind === "issue" ? "一期" : "公文"}在稿库中已损坏`];
      throw error;
    }
  }

  /** The state by the log as it stands; read again when another transaction of this process was taken back. */
  private follow(): Followed {
    const head = this.log.head();
    if (this.followed?.entries === head.entries && this.followed.head === head.head) return this.followed;
    const { actions, faults } = this.log.read();
    const { state, illegal } = replay(actions);
    const first = illegal[0];
    const fault = faults[0] ?? (first === undefined ? null : `审签记录第${first + 1}条不合流程`);
    this.followed = { ...head, state, fault };
    return this.followed;
  }
}
