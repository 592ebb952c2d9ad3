// The window's side of the layout worker: watches the workspace, tells the worker what changed, and keeps what comes back
// for the page pane. The worker starts with the first page pane and lives as long as the window.
import { create } from "zustand";
import type { FaceId, Page } from "../../shared/layout/display.ts";
import type { FaceInfo, FontPlan } from "../../shared/layout/fonts.ts";
import type { LineChanges } from "../../shared/layout/lineChanges.ts";
import { diffBody } from "../../shared/model/block.ts";
import type { Notice, NoticeId } from "../../shared/model/notice.ts";
import { transport } from "../transport.ts";
import { entriesOf, useWorkspace, type Workspace } from "../workspace.ts";
import workerUrl from "./layoutWorker.ts?worker&url";
import type { Change, FontsMessage, FromWorker, NoticeChange, Sheet, Spot, ToWorker } from "./messages.ts";
import { familyOf } from "./paint.ts";

export interface Pages {
  /** "waiting" until the first layout is there. */
  readonly state: "waiting" | "ready";
  /** What is wrong, in a sentence; the pages are then those of the last layout that worked. */
  readonly trouble: string | null;
  readonly sheets: readonly Sheet[];
  /** The pages in view, by index. */
  readonly pages: ReadonlyMap<number, Page>;
  /** Faces that can be painted with. */
  readonly faces: ReadonlySet<FaceId>;
  readonly spot: Spot | null;
}

export const usePages = create<Pages>()(() => ({
  state: "waiting",
  trouble: null,
  sheets: [],
  pages: new Map(),
  faces: new Set(),
  spot: null,
}));

const fontTrouble = "字体没有读全，版面暂时排不出来。请看看程序是否还开着，再按“重试”。";
const layoutTrouble = "刚才的改动没能排出版面，这里仍是改动前的样子。文字已经保存，继续修改会再排。";

let worker: Worker | null = null;
let wanted: readonly number[] = [];
let known: Pick<Workspace, "issue" | "style" | "caret"> = { issue: null, style: null, caret: null };
let knownNotices: ReadonlyMap<NoticeId, Notice> = new Map();

function send(message: ToWorker): void {
  worker?.postMessage(message);
}

/** Starts the worker; does nothing when it runs. */
export function startLayout(): void {
  if (worker) return;
  worker = new Worker(trustedUrl(workerUrl), { type: "module", name: "layout" });
  worker.onmessage = ({ data }: MessageEvent<FromWorker>) => receive(data);
  worker.onerror = (event) => {
    console.error(event.message);
    usePages.setState({ trouble: layoutTrouble });
  };
  sendFonts(useWorkspace.getState());
  sendChanges(useWorkspace.getState());
  useWorkspace.subscribe((now, before) => {
    if (now.info !== before.info) sendFonts(now);
    sendChanges(now);
  });
}

export function retryFonts(): void {
  usePages.setState({ trouble: null });
  sendFonts(useWorkspace.getState());
}

/** Names the pages in view: these are sent now, and again when they change. */
export function showPages(indices: readonly number[]): void {
  if (indices.length === wanted.length && indices.every((index, i) => index === wanted[i])) return;
  wanted = indices;
  usePages.setState(({ pages }) => ({ pages: new Map([...pages].filter(([index]) => indices.includes(index))) }));
  send({ type: "show", pages: indices });
}

/** The content security policy lets a worker be started only through the policy of this name. */
function trustedUrl(url: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  return trustedTypes?.createPolicy("gazette", { createScriptURL: (text) => text }).createScriptURL(url) ?? url;
}
/** The part of the Trusted Types API in use; its values pass for strings. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

function sendFonts({ info }: Workspace): void {
  if (info) send({ type: "fonts", ...fontsMessage(info.fonts, info.faces) });
}

function fontsMessage(plan: FontPlan, infos: readonly FaceInfo[]): FontsMessage {
  const ids = new Set(Object.values(plan).flatMap((role) => role.chain));
  const urls = Object.fromEntries([...ids].map((id) => [id, new URL(transport.faceUrl(id), location.href).href]));
  return { plan, infos, urls };
}

const asked = new Map<number, (changes: LineChanges | null) => void>();
let asks = 0;

/** What would become of the lines of the open issue in other faces; null when that cannot be told. */
export function tryFonts(plan: FontPlan, infos: readonly FaceInfo[]): Promise<LineChanges | null> {
  const ask = ++asks;
  return new Promise((resolve) => {
    asked.set(ask, resolve);
    send({ type: "tryFonts", ask, ...fontsMessage(plan, infos) });
  });
}

function sendChanges({ issue, style: chosen, trial, notices: all, caret }: Workspace): void {
  const style = trial ?? chosen;
  const notices = new Map<NoticeId, Notice>();
  for (const id of issue ? entriesOf(issue.sections) : []) {
    const notice = all.get(id);
    // The issue names it, its body is still being read.
    if (!notice) return;
    notices.set(id, notice);
  }
  const gone = [...knownNotices.keys()].filter((id) => !notices.has(id));
  const changed = [...notices.values()].flatMap((notice) => changeOf(knownNotices.get(notice.id), notice));
  const change: Change = {
    type: "change",
    notices: changed,
    gone,
    ...(issue !== known.issue && { issue }),
    ...(style !== known.style && { style }),
  };
  if (changed.length > 0 || gone.length > 0 || issue !== known.issue || style !== known.style) send(change);
  if (caret !== known.caret) send({ type: "caret", caret });
  known = { issue, style, caret };
  knownNotices = notices;
}

function changeOf(before: Notice | undefined, notice: Notice): NoticeChange[] {
  if (before === notice) return [];
  const { body, ...fields } = notice;
  return [{ fields, patch: diffBody(before?.body ?? [], body) }];
}

function receive(message: FromWorker): void {
  switch (message.type) {
    case "layout": {
      const { frame, spot } = message;
      usePages.setState((now) => {
        const sheets = frame?.sheets ?? now.sheets;
        return { state: "ready", trouble: null, sheets, pages: withPages(now.pages, message.pages, sheets), spot };
      });
      if (frame) useWorkspace.getState().setLayout(known.issue ? frame.summary : null);
      break;
    }
    case "pages":
      usePages.setState((now) => ({ pages: withPages(now.pages, message.pages, now.sheets) }));
      break;
    case "spot":
      usePages.setState({ spot: message.spot });
      break;
    case "face":
      void addFace(message.id, message.bytes);
      break;
    case "tried":
      asked.get(message.ask)?.(message.changes);
      asked.delete(message.ask);
      break;
    case "failed":
      usePages.setState({ trouble: message.part === "fonts" ? fontTrouble : layoutTrouble });
  }
}

function withPages(
  old: ReadonlyMap<number, Page>,
  news: readonly { index: number; page: Page }[],
  sheets: readonly Sheet[],
): ReadonlyMap<number, Page> {
  const gone = [...old.keys()].some((index) => index >= sheets.length);
  if (news.length === 0 && !gone) return old;
  const pages = new Map([...old].filter(([index]) => index < sheets.length));
  for (const { index, page } of news) if (wanted.includes(index)) pages.set(index, page);
  return pages;
}

async function addFace(id: FaceId, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  try {
    document.fonts.add(await new FontFace(familyOf(id), bytes).load());
    usePages.setState(({ faces }) => ({ faces: new Set(faces).add(id) }));
  } catch (error) {
    console.error(error);
    usePages.setState({ trouble: fontTrouble });
  }
}
