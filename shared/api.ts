// The contract of the core: every method and event, typed. The CLI and tests call it directly; the renderer through
// Electron's IPC or the loopback server. One table of argument checks stands at the edge of every transport (calls.ts).
import type { AnnualOrder } from "./layout/annual.ts";
import type { Layout } from "./layout/display.ts";
import type { FaceInfo, FontPlan } from "./layout/fonts.ts";
import type { StyleSheet } from "./layout/style.ts";
import type { BodyPatch } from "./model/block.ts";
import { GazetteError, type GazetteErrorCode } from "./model/gazetteError.ts";
import type { Issue, IssueFields, IssueId, Notice, NoticeFields, NoticeId, Section } from "./model/notice.ts";
import type { Profile } from "./model/profile.ts";
import type { Finding } from "./proof/proof.ts";

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
  /** Encoding it was decoded with: UTF-8, GB18030 … */
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
  readonly sha256: string;
  readonly bytes: number;
  readonly seconds: Readonly<Record<ExportPhase, number>>;
}

export type CoreEvent =
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
      readonly client: string;
    };

/** Every method is asynchronous and throws GazetteError for a refusal. Versions: a change names the version it was
 *  made on; another one in the store is refused as `stale`. */
export interface GazetteApi {
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

  /** Takes an uploaded PNG or JPEG into the store; `image` is what figures name it by. Throws GazetteError badFile. */
  putImage(upload: string, fileName: string): Promise<{ image: string; width: number; height: number }>;

  startExport(issue: IssueId, style: string, profile: Profile): Promise<{ job: string }>;
  /** Exports the 总目录 of the year's issues in the store, each laid out in its own style for its folios, and its rows as
   *  a table. Refused as notFound when no issue of that year holds a notice. */
  startAnnual(year: number, style: string, order: AnnualOrder): Promise<{ job: string }>;
  cancelExport(job: string): Promise<void>;

  /** Small settings of the window (pane widths, last place), as JSON text. */
  setting(key: string): Promise<string | null>;
  putSetting(key: string, value: string): Promise<void>;
}

export type Reply<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: GazetteErrorCode; readonly message: string };
