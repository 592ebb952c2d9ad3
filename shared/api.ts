// The contract of the core: every method and event, typed. The CLI and tests call it directly; the renderer through
// Electron's IPC or the loopback server. One table of argument checks stands at the edge of every transport (calls.ts).
import type { AnnualOrder } from "./layout/annual.ts";
import type { FaceId, Layout } from "./layout/display.ts";
import type { FaceCoverage, FaceInfo, FaceRole, FontPlan, FoundFace } from "./layout/fonts.ts";
import type { StyleSheet } from "./layout/style.ts";
import type { BodyPatch } from "./model/block.ts";
import { GazetteError, type GazetteErrorCode } from "./model/gazetteError.ts";
import type { Issue, IssueFields, IssueId, Notice, NoticeFields, NoticeId, Section } from "./model/notice.ts";
import type { PressFacts, Profile, Purpose } from "./model/profile.ts";
import type { Entry, EntryFields, EntryKind } from "./proof/dictionary.ts";
import type { Ignore, IgnoreId, IgnoreRequest } from "./proof/ignore.ts";
import type { Finding, Severity } from "./proof/proof.ts";
import type { RuleSummary } from "./proof/ruleNames.ts";
import type { FindingId, StoredFinding } from "./proof/stored.ts";
import type { AuditEntry, AuditProof } from "./workflow/audit.ts";
import type { TextChange } from "./workflow/changes.ts";
import type { Office, PersonId, StageName } from "./workflow/procedure.ts";
import type { TextHash } from "./workflow/text.ts";
import type { IssueWorkflow, TextWorkflow } from "./workflow/view.ts";
import type { Subject } from "./workflow/workflow.ts";

export { GazetteError, type GazetteErrorCode };

/** Makes a mutating call idempotent: a repeated (client, seq) returns the first answer and changes nothing. */
export interface Stamp {
  readonly client: string;
  readonly seq: number;
}

export interface AppInfo {
  readonly version: string;
  readonly dataFolder: string;
  readonly fonts: FontPlan;
  readonly faces: readonly FaceInfo[];
}

export interface StyleSummary {
  readonly name: string;
  readonly label: string;
  /** Made in this office and kept in the store; the others come with the program and do not change. */
  readonly own: boolean;
  /** Label of the style that it extends 底本, null: none; and that style's name. */
  readonly base: { readonly name: string; readonly label: string } | null;
  /** 0 for a shipped one. */
  readonly version: number;
}

/** A style file that was read and may be stored. */
export interface StyleFile {
  readonly name: string;
  readonly label: string;
  readonly json: Readonly<Record<string, unknown>>;
}

export interface NoticeSummary extends NoticeFields {
  readonly id: NoticeId;
  readonly version: number;
  /** Issue it stands in, when it does. */
  readonly issue: { readonly id: IssueId; readonly name: string } | null;
  /** 字数: characters of the body, white space aside. */
  readonly characters: number;
  readonly updated: string;
}

export interface IssueSummary {
  readonly id: IssueId;
  readonly name: string;
  readonly year: number;
  readonly notices: number;
  readonly updated: string;
}

/** A recognised file waiting for a person. `drafts[i].summary` is what the review table shows and edits. */
export interface Review {
  readonly id: string;
  readonly fileName: string;
  /** Encoding a text was decoded with, UTF-8 or GB18030 …; of an office file what it is, Word文档. */
  readonly encoding: string;
  readonly issue: Omit<IssueFields, "style"> | null;
  readonly findings: readonly Finding[];
  readonly drafts: readonly ReviewDraft[];
}
export interface ReviewDraft extends NoticeFields {
  readonly startLine: number;
  readonly endLine: number;
  readonly paragraphs: number;
  readonly tables: number;
  readonly findings: readonly Finding[];
  /** First lines of the body, for recognition by eye. */
  readonly excerpt: string;
}
export interface ReviewDecision {
  /** Fields of the issue to create; null: store the notices only. */
  readonly issue: IssueFields | null;
  /** Drafts to keep, in order, with the fields as edited. */
  readonly drafts: readonly { readonly index: number; readonly fields: NoticeFields }[];
}

export type ExportPhase = "layout" | "write" | "verify" | "deliver";
export interface ExportReport {
  readonly issue: string;
  readonly style: string;
  readonly profile: Profile;
  readonly pages: number;
  readonly characters: number;
  readonly contents: readonly {
    readonly section: string;
    readonly title: string;
    readonly number: string;
    readonly folio: string;
    readonly onPage: string | null;
    readonly right: boolean;
  }[];
  readonly notices: readonly {
    readonly id: NoticeId;
    readonly title: string;
    readonly characters: number;
    readonly right: boolean;
  }[];
  readonly faces: readonly { readonly name: string; readonly embedded: boolean }[];
  /** One sentence for each thing that is not as it should be; empty when the PDF may be delivered. */
  readonly mismatches: readonly string[];
  readonly warnings: Layout["warnings"];
  /** Of a file for a press. */
  readonly press?: PressFacts;
  readonly sha256: string;
  readonly bytes: number;
  readonly seconds: Readonly<Record<ExportPhase, number>>;
}

// ---- proofreading

/** What proofreading found in an issue or a notice, in reading order, ignored ones among it. */
export interface ProofReport {
  readonly findings: readonly StoredFinding[];
  /** 字数 of what was read, for findings per 10,000 characters. */
  readonly characters: number;
  /** Versions of the texts that were read: a fix is made on these. */
  readonly versions: Readonly<Record<NoticeId, number>>;
  /** Open findings by severity. */
  readonly open: Readonly<Record<Severity, number>>;
}

/** A correction as it would be made, for a list to look through before it is. */
export interface FixPreview {
  readonly finding: StoredFinding;
  /** Its paragraph, footnote or title before it and after. */
  readonly before: string;
  readonly after: string;
}

/** Findings of one notice to put right. `version`: that of the text in which they were found. */
export interface FixChoice {
  readonly notice: NoticeId;
  readonly version: number;
  readonly findings: readonly FindingId[];
}

/** What fixing changed in a notice: its new version, the patches of its body in the order in which they were made, and
 *  the fields, null when untouched. */
export interface FixedNotice {
  readonly notice: NoticeId;
  readonly version: number;
  readonly patches: readonly BodyPatch[];
  readonly fields: Partial<NoticeFields> | null;
}

/** What reading a table of words took in. */
export interface DictionaryImport {
  readonly added: number;
  readonly changed: number;
  /** A sentence for each line that was left out, naming it. */
  readonly faults: readonly string[];
}

// ---- typefaces

/** The faces of this machine and what the office sets its roles in. */
export interface FontState {
  readonly roles: readonly {
    readonly role: FaceRole;
    readonly face: FaceId;
    /** As the office chose it, in use or not; null: it chose none. */
    readonly chosen: FaceId | null;
    /** What it is set in when none is chosen. */
    readonly usual: FaceId;
    readonly substitute: string | null;
  }[];
  readonly found: readonly FoundFace[];
  /** A sentence when what the office chose could not be read. */
  readonly trouble: string | null;
}

/** Typefaces 字体; the same conventions as GazetteApi. */
export interface FontsApi {
  /** Looks for installed faces again. */
  fontState(): Promise<FontState>;
  /** What characters a face has. Throws GazetteError notFound, badFile. */
  faceCoverage(id: FaceId): Promise<FaceCoverage>;
  /** Sets a role in a face, null: in its usual one, for every issue of this office. Refused as badRequest for a face that
   *  cannot be printed with. */
  chooseFace(role: FaceRole, id: FaceId | null): Promise<void>;
  /** A sentence for each face that is not as it was when the issue was last exported: lines may end elsewhere. */
  changedFaces(issue: IssueId): Promise<string[]>;
}

export type CoreEvent =
  /** Another face stands for some role: `appInfo` has the new plan. */
  | { readonly type: "fontsChanged" }
  | {
      readonly type: "exportProgress";
      readonly job: string;
      readonly phase: ExportPhase;
      readonly done: number;
      readonly total: number;
    }
  | {
      readonly type: "exportDone";
      readonly job: string;
      readonly report: ExportReport;
      readonly fileName: string;
      readonly download: string;
      /** The rows of a 总目录 as a table (CSV). */
      readonly table?: { readonly fileName: string; readonly download: string };
      /** The 付印单 of an issue, as a form (PDF) and as data (JSON). */
      readonly sheet?: { readonly fileName: string; readonly download: string };
      readonly sheetData?: { readonly fileName: string; readonly download: string };
    }
  | {
      readonly type: "exportFailed";
      readonly job: string;
      readonly code: GazetteErrorCode;
      readonly message: string;
      readonly report: ExportReport | null;
    }
  | {
      readonly type: "changed";
      readonly notices: readonly NoticeId[];
      readonly issues: readonly IssueId[];
      /** Names of the house styles. */
      readonly styles: readonly string[];
      /** Ignores or dictionaries: findings may differ from before. Absent: no. */
      readonly proof?: boolean;
      /** People, sign-offs or printings: stages may differ from before. Absent: no. */
      readonly workflow?: boolean;
      readonly client: string;
    };

/** Proofreading 校对; the same conventions as GazetteApi. */
export interface ProofApi {
  /** Proofreads an issue: its paragraphs, notices, arrangement, and all against the store. Cheap when little changed
   *  since the last time: texts are re-read only where they did. */
  checkIssue(id: IssueId): Promise<ProofReport>;
  /** The same for a notice, in an issue or not: its own text, and against the store. */
  checkNotice(id: NoticeId): Promise<ProofReport>;
  /** The catalogue. */
  proofRules(): Promise<RuleSummary[]>;
  /** Ignores of an issue and those of the office, newest first, revoked ones among them; null: of the office alone. */
  ignores(issue: IssueId | null): Promise<Ignore[]>;
  /** Refused as badRequest without a name, or without a reason where the rule can tell errors. */
  ignore(stamp: Stamp, request: IgnoreRequest): Promise<Ignore>;
  /** The ignore stays in the list as revoked. */
  revokeIgnore(stamp: Stamp, id: IgnoreId, by: string): Promise<Ignore>;
  /** What `fix` would do for every open finding of a safe rule. Refused as badRequest for a rule that is not safe. */
  fixPreview(issue: IssueId, rule: string): Promise<FixPreview[]>;
  /** Puts findings right, by patches journalled under the rule's name (neighbours of one rule by one), all or nothing.
   *  Refused as stale when a text is no longer the one in which they were found, as badRequest when one has no fix. */
  fix(stamp: Stamp, choices: readonly FixChoice[]): Promise<FixedNotice[]>;

  /** All entries that are switched on: what a Proofreader in the window needs (see shared/proof/proofreader.ts). */
  proofWords(): Promise<EntryFields[]>;
  /** Entries of a dictionary, the office's own first. */
  dictionary(kind: EntryKind): Promise<Entry[]>;
  /** Stores an own entry; id null: a new one. Refused as badRequest when the office has the same word already. */
  putEntry(stamp: Stamp, id: string | null, fields: EntryFields): Promise<Entry>;
  /** Removes an own entry; a shipped one is switched off, or on again. */
  removeEntry(stamp: Stamp, id: string): Promise<void>;
  switchEntry(stamp: Stamp, id: string, off: boolean): Promise<void>;
  /** A table (CSV with the heads that exportDictionary writes) into the office's own entries: same word, replaced. */
  importDictionary(stamp: Stamp, kind: EntryKind, text: string, fileName: string): Promise<DictionaryImport>;
  /** The office's own entries as a table (CSV, UTF-8 with a mark, for Excel and WPS). */
  exportDictionary(kind: EntryKind): Promise<{ fileName: string; text: string }>;
}

/** Every method is asynchronous and throws GazetteError for a refusal. Versions: a change names the version it was
 *  made on; another one in the store is refused as `stale`. */
/** Workflow and sign-off 审签; the same conventions as GazetteApi. Whatever the rules of the office do not allow is refused
 *  as notAllowed with a sentence. `who` is one of the office's people, by their own word: there are no passwords. */
export interface WorkflowApi {
  /** People and procedure; without people there is no workflow (see inUse of shared/workflow/procedure.ts). */
  office(): Promise<Office>;
  /** `who`: an approver; null for the first people of an office. */
  saveOffice(stamp: Stamp, who: PersonId | null, office: Office): Promise<Office>;
  issueWorkflow(id: IssueId): Promise<IssueWorkflow>;
  /** Of a notice that may be in no issue. */
  noticeWorkflow(id: NoticeId): Promise<TextWorkflow>;
  /** What must be put right, or waived with a reason, before the stage is signed. `text`: in which it was found. */
  checkList(
    subject: Subject,
    stage: StageName,
  ): Promise<{ readonly text: TextHash; readonly findings: readonly StoredFinding[] }>;
  /** What was changed since the text `signed` was signed, paragraph by paragraph. */
  changesSince(subject: Subject, signed: TextHash): Promise<TextChange[]>;
  /** Signs `text`; refused as stale when the text is another one by now. `waived`: a reason for findings of the check-list
   *  that stay. */
  sign(
    stamp: Stamp,
    who: PersonId,
    subject: Subject,
    stage: StageName,
    text: TextHash,
    waived: readonly { readonly finding: FindingId; readonly reason: string }[],
  ): Promise<void>;
  /** Takes back the sign-offs from `stage` on. */
  sendBack(stamp: Stamp, who: PersonId, subject: Subject, stage: StageName, reason: string): Promise<void>;
  /** 付印: from now on the issue and its notices refuse every change as notAllowed. `text`: that of the issue as it was
   *  seen; refused as stale when it is another one by now. */
  press(stamp: Stamp, who: PersonId, issue: IssueId, text: TextHash): Promise<void>;
  /** 撤回付印. */
  reopenIssue(stamp: Stamp, who: PersonId, issue: IssueId, reason: string): Promise<void>;
  /** A new notice that corrects a printed one, linked to it; what was printed stays. */
  createCorrection(stamp: Stamp, who: PersonId, issue: IssueId, notice: NoticeId): Promise<Notice>;
  /** Oldest first. */
  auditLog(): Promise<AuditEntry[]>;
  /** Checks the log, the signed texts and what is printed; faults are data. */
  verifyAudit(): Promise<AuditProof>;
}

// ---- printing

/** A printing condition 输出特性文件 that the office loaded. `id`: SHA-256 of the file; `name`: as the profile calls itself. */
export interface PrintConditionSummary {
  readonly id: string;
  readonly name: string;
  readonly fileName: string;
}

/** Printing conditions; the same conventions as GazetteApi. */
export interface PressApi {
  printConditions(): Promise<PrintConditionSummary[]>;
  /** Takes an uploaded ICC profile into the store. Throws GazetteError badFile for one that no press file can be made by. */
  putPrintCondition(upload: string, fileName: string): Promise<PrintConditionSummary>;
  /** What was printed by it stays as it is. */
  removePrintCondition(id: string): Promise<void>;
}

export interface GazetteApi extends PressApi, ProofApi, WorkflowApi, FontsApi {
  appInfo(): Promise<AppInfo>;

  /** The house styles, shipped ones first. */
  styles(): Promise<StyleSummary[]>;
  /** A style in full. */
  style(name: string): Promise<StyleSheet>;
  /** Stores an own style; `json` as a file has it, its name and label set aside. Version null: a new one, under a name
   *  made of `name` that is free. A label that another style has is refused, as is a fault in the style. */
  saveStyle(
    stamp: Stamp,
    name: string,
    label: string,
    json: Readonly<Record<string, unknown>>,
    version: number | null,
  ): Promise<StyleSummary>;
  /** Refused while an issue is printed in it or another style extends it. Can be restored. */
  deleteStyle(stamp: Stamp, name: string): Promise<void>;
  restoreStyle(stamp: Stamp, name: string): Promise<void>;
  /** A style as a file for another office: it extends shipped styles only. */
  exportStyle(name: string): Promise<{ fileName: string; text: string }>;
  /** Checks the text of a style file. Nothing is stored before saveStyle. Throws GazetteError badFile with the fault. */
  readStyle(text: string, fileName: string): Promise<StyleFile>;

  listNotices(): Promise<NoticeSummary[]>;
  notice(id: NoticeId): Promise<Notice>;
  createNotice(stamp: Stamp, fields: NoticeFields): Promise<Notice>;
  updateNotice(
    stamp: Stamp,
    id: NoticeId,
    version: number,
    fields: Partial<NoticeFields>,
  ): Promise<{ version: number }>;
  patchBody(stamp: Stamp, id: NoticeId, version: number, patch: BodyPatch): Promise<{ version: number }>;
  /** A deleted notice leaves its issue and can be restored. */
  deleteNotice(stamp: Stamp, id: NoticeId): Promise<void>;
  restoreNotice(stamp: Stamp, id: NoticeId): Promise<void>;

  listIssues(): Promise<IssueSummary[]>;
  issue(id: IssueId): Promise<Issue>;
  createIssue(stamp: Stamp, fields: IssueFields): Promise<Issue>;
  updateIssue(stamp: Stamp, id: IssueId, version: number, fields: Partial<IssueFields>): Promise<{ version: number }>;
  /** Replaces sections, entries and their order at once; a notice twice, or in another issue, is refused. */
  arrangeIssue(stamp: Stamp, id: IssueId, version: number, sections: readonly Section[]): Promise<{ version: number }>;
  deleteIssue(stamp: Stamp, id: IssueId): Promise<void>;
  restoreIssue(stamp: Stamp, id: IssueId): Promise<void>;
  createSample(stamp: Stamp): Promise<Issue>;

  /** Reads an uploaded file (see `upload` of the transport). Nothing is stored before acceptReview. */
  readUpload(upload: string, fileName: string): Promise<Review>;
  acceptReview(
    stamp: Stamp,
    review: string,
    decision: ReviewDecision,
  ): Promise<{ notices: NoticeId[]; issue: IssueId | null }>;
  discardReview(review: string): Promise<void>;
  /** The file a notice was imported from, as text, with the lines it came from; null for one written here. */
  noticeSource(id: NoticeId): Promise<{ fileName: string; text: string; startLine: number; endLine: number } | null>;

  /** Takes an uploaded PNG or JPEG into the store, or an SVG as the PNG that is printed of it; `image` is what figures name
   *  it by. Throws GazetteError badFile. */
  putImage(upload: string, fileName: string): Promise<{ image: string; width: number; height: number }>;

  startExport(issue: IssueId, style: string, purpose: Purpose): Promise<{ job: string }>;
  /** Each notice of the issue as a PDF of its own, with an index of them, in one ZIP. */
  startNoticePdfs(issue: IssueId, style: string): Promise<{ job: string }>;
  /** Exports the 校样: the issue with the findings of the moment marked, and the 校对记录 behind it. `by`: who proofreads. */
  startProofCopy(issue: IssueId, style: string, by: string): Promise<{ job: string }>;
  /** Exports the 总目录 of the year's issues in the store, each laid out in its own style for its folios, and its rows as
   *  a table. Refused as notFound when no issue of that year holds a notice. */
  startAnnual(year: number, style: string, order: AnnualOrder, purpose: Purpose): Promise<{ job: string }>;
  cancelExport(job: string): Promise<void>;

  /** Small settings of the window (pane widths, last place), as JSON text. */
  setting(key: string): Promise<string | null>;
  putSetting(key: string, value: string): Promise<void>;
}

export type Reply<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: GazetteErrorCode; readonly message: string };
