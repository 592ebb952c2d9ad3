// What passes between the window and the worker that lays out: the worker is told the issue once and then only what
// changed, so that untouched blocks stay the same objects there and its line cache holds; it answers with what the window
// shows and lacks, never with the whole layout.
import type { FaceId, Page } from "../../shared/layout/display.ts";
import type { FaceInfo, FontPlan } from "../../shared/layout/fonts.ts";
import type { LineChanges } from "../../shared/layout/lineChanges.ts";
import type { StyleSheet } from "../../shared/layout/style.ts";
import type { BodyPatch } from "../../shared/model/block.ts";
import type { Issue, Notice, NoticeId } from "../../shared/model/notice.ts";
import type { Caret, LayoutSummary } from "../sight.ts";

/** A notice as it is now. `patch` turns the body the worker has, at first an empty one, into the notice's. */
export interface NoticeChange {
  readonly fields: Omit<Notice, "body">;
  readonly patch: BodyPatch | null;
}

/** Issue and style are sent when they changed: the line cache holds as long as the style is the same object. */
export interface Change {
  readonly type: "change";
  readonly issue?: Issue | null;
  readonly style?: StyleSheet | null;
  readonly notices: readonly NoticeChange[];
  readonly gone: readonly NoticeId[];
}

export interface FontsMessage {
  readonly plan: FontPlan;
  readonly infos: readonly FaceInfo[];
  /** Absolute URLs of the bytes of the faces of the plan. */
  readonly urls: Readonly<Record<FaceId, string>>;
}

export type ToWorker =
  /** Sent again, it is a new try, or the same issue in other faces. */
  | ({ readonly type: "fonts" } & FontsMessage)
  /** What would become of the lines in other faces; `ask` comes back with the answer. */
  | ({ readonly type: "tryFonts"; readonly ask: number } & FontsMessage)
  | Change
  /** Indices of the pages in view; those that change are sent until the next `show`. */
  | { readonly type: "show"; readonly pages: readonly number[] }
  | { readonly type: "caret"; readonly caret: Caret | null };

/** A page without its items. */
export type Sheet = Omit<Page, "items">;

/** Where the caret stands: page index, and pt on the page; `y` is the top of its line. */
export interface Spot {
  readonly page: number;
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

export interface ShownPage {
  readonly index: number;
  readonly page: Page;
}

export type FromWorker =
  | {
      readonly type: "layout";
      /** Null when nothing of it changed. */
      readonly frame: { readonly sheets: readonly Sheet[]; readonly summary: LayoutSummary } | null;
      readonly pages: readonly ShownPage[];
      readonly spot: Spot | null;
    }
  | { readonly type: "pages"; readonly pages: readonly ShownPage[] }
  | { readonly type: "spot"; readonly spot: Spot | null }
  /** A face rebuilt for painting, see paintFace.ts. */
  | { readonly type: "face"; readonly id: FaceId; readonly bytes: Uint8Array<ArrayBuffer> }
  /** Null: the faces could not be had, or could not be laid out with. */
  | { readonly type: "tried"; readonly ask: number; readonly changes: LineChanges | null }
  | { readonly type: "failed"; readonly part: "fonts" | "layout" };
