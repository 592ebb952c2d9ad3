// The one state of the window: the open issue, its notices with their bodies, what is selected, and whether all of it
// is in the database. Actions change it at once; the outbox brings the change to the store and says when it is there.
import { create } from "zustand";
import {
  type AppInfo,
  type CoreEvent,
  type FixedNotice,
  GazetteError,
  type IssueSummary,
  type NoticeSummary,
} from "../shared/api.ts";
import type { LayoutWarning } from "../shared/layout/display.ts";
import type { StyleSheet } from "../shared/layout/style.ts";
import { type BodyPatch, diffBody, patchBody } from "../shared/model/block.ts";
import {
  citedTitle,
  type Issue,
  type IssueFields,
  type IssueId,
  issueName,
  type Notice,
  type NoticeFields,
  type NoticeId,
  type Section,
  type SectionId,
} from "../shared/model/notice.ts";
import { neighbour, putBack } from "./issue/arrangement.ts";
import { Outbox, type SaveState } from "./outbox.ts";
import { defaultSettings, type Place, readSettings, settingsKey, type WindowSettings } from "./settings.ts";
import { type LayoutSummary, type Sight, sight } from "./sight.ts";
import { Steps } from "./steps.ts";
import { type IssueStyle, issueStyle } from "./style/issueStyle.ts";
import { type Messages, messages, type Toast } from "./toast.ts";
import { nextStamp, transport, windowClient } from "./transport.ts";

/** What the middle pane of 本期 shows. */
export type DeskSheet = "text" | "fields" | "issue" | "style";

/** What lies over the window. */
export type Overlay =
  | { readonly kind: "palette" | "shortcuts" | "newIssue" | "annual" | "fonts" }
  /** What belongs to proofreading. */
  | { readonly kind: "proofStatistics" | "ignores" | "dictionary" | "readAloud" | "proofCopy" }
  /** Every correction of one rule. */
  | { readonly kind: "fixAll"; readonly rule: string }
  /** Choosing notices of the store for a section, or writing a new one into it. */
  | { readonly kind: "pick" | "newNotice"; readonly section: SectionId };

export interface Workspace extends IssueStyle, Sight, Messages {
  readonly info: AppInfo | null;
  readonly place: Place;
  readonly settings: WindowSettings;
  /** All issues and all notices of the store as lists; null until read. */
  readonly issues: readonly IssueSummary[] | null;
  readonly library: readonly NoticeSummary[] | null;
  readonly issue: Issue | null;
  /** The notices of the open issue with their bodies, and those of the store that were looked at meanwhile. An
   *  unchanged block keeps its identity. `version` is that of reading; acknowledged changes do not touch it. */
  readonly notices: ReadonlyMap<NoticeId, Notice>;
  readonly desk: DeskSheet;
  /** Why the open issue and its notices cannot be changed, a sentence; null: they can. */
  readonly frozen: string | null;
  readonly save: SaveState;
  readonly toast: Toast | null;
  readonly overlay: Overlay | null;

  /** Reads what the last start left open. Throws GazetteError when the core does not answer. */
  start(): Promise<void>;
  go(place: Place): void;
  openDesk(sheet: DeskSheet): void;
  freeze(frozen: string | null): void;
  putSettings(settings: Partial<WindowSettings>): void;
  show(overlay: Overlay | null): void;

  refreshLibrary(): Promise<void>;
  openIssue(id: IssueId | null): Promise<void>;
  createIssue(fields: IssueFields): Promise<void>;
  createSample(): Promise<void>;
  deleteIssue(id: IssueId): Promise<void>;
  /** Makes the body of a notice of the store known to the window. */
  loadNotices(ids: readonly NoticeId[]): Promise<void>;
  createNotice(fields: NoticeFields, section: SectionId): Promise<void>;
  deleteNotices(ids: readonly NoticeId[]): Promise<void>;

  editBody(notice: NoticeId, patch: BodyPatch): void;
  editFields(notice: NoticeId, fields: Partial<NoticeFields>): void;
  editIssue(fields: Partial<IssueFields>): void;
  /** Puts sections and entries in a new order; `said` is the sentence of the toast. */
  arrange(sections: readonly Section[], said: string): void;
  /** Puts notices of the store into a section of the open issue, at its end. */
  addNotices(ids: readonly NoticeId[], section: SectionId): Promise<void>;
  undo(): void;
  redo(): void;

  /** Shows what the core itself changed in notices; the window must hold what they were before. */
  takeFixed(fixed: readonly FixedNotice[]): void;

  /** Waits until everything is in the store. False, after telling the user, when it cannot be saved now. */
  settled(): Promise<boolean>;
  retrySave(): void;
}

const { api } = transport;

export const useWorkspace = create<Workspace>()((set, get) => {
  const steps = new Steps();

  const outbox = new Outbox({
    api,
    stamp: nextStamp,
    current: get,
    onSave: (save) => set({ save }),
    async onRefused(about, error) {
      if ("notice" in about) await reloadNotice(about.notice, error);
      else await reloadIssue(about.issue, error);
    },
  });

  function changeNotice(id: NoticeId, change: Partial<Notice>): void {
    const notice = get().notices.get(id);
    if (!notice) throw new RangeError(`notice ${id} is not open`);
    set({ notices: new Map(get().notices).set(id, { ...notice, ...change }) });
    outbox.touch();
  }

  function changeIssue(change: Partial<Issue>): void {
    const { issue } = get();
    if (!issue) throw new RangeError("no issue is open");
    set({ issue: { ...issue, ...change } });
    if (change.style !== undefined && change.style !== issue.style) void get().readStyle(change.style);
    outbox.touch();
  }

  /** Shows what was read. An answer that was overtaken by typing, or brings nothing new, leaves the notice alone. */
  function take(notices: readonly Notice[]): void {
    const map = new Map(get().notices);
    for (const notice of notices) {
      if (outbox.isDirty(notice.id) || outbox.version(notice.id) >= notice.version) continue;
      map.set(notice.id, notice);
      outbox.storedNotice(notice);
    }
    set({ notices: map });
  }

  /** The stored notice replaces the shown one; text typed here that the store refused can be had back. */
  async function reloadNotice(id: NoticeId, error: GazetteError): Promise<void> {
    const mine = get().notices.get(id);
    let stored: Notice;
    try {
      stored = await api.notice(id);
    } catch (cause) {
      if (!(cause instanceof GazetteError && cause.code === "notFound")) throw cause;
      return drop([id]);
    }
    outbox.forget(id);
    take([stored]);
    const lost = mine && diffBody(stored.body, mine.body);
    const action = lost ? { label: "用我的文字", run: () => get().editBody(id, lost) } : undefined;
    get().warn(error.code === "stale" ? "这篇公文在别处改过，已换成稿库里的最新文字。" : error.message, action);
  }

  async function reloadIssue(id: IssueId, error: GazetteError): Promise<void> {
    steps.forget();
    try {
      await readIssue(id);
    } catch (cause) {
      if (!(cause instanceof GazetteError && cause.code === "notFound")) throw cause;
      showIssue(null, null);
    }
    get().warn(error.code === "stale" ? "这一期在别处改过，已换成稿库里的最新编排。" : error.message);
  }

  async function readIssue(id: IssueId): Promise<void> {
    const issue = await api.issue(id);
    const [style, ...notices] = await Promise.all([
      api.style(issue.style),
      ...entriesOf(issue.sections).map((entry) => api.notice(entry)),
    ]);
    take(notices);
    showIssue(issue, style);
  }

  function showIssue(issue: Issue | null, style: StyleSheet | null): void {
    outbox.storedIssue(issue);
    const entries = issue ? entriesOf(issue.sections) : [];
    const { selected } = get();
    const kept = selected && entries.includes(selected) ? selected : (entries[0] ?? null);
    const sameIssue = issue !== null && get().issue?.id === issue.id;
    set({ issue, style, selected: kept, ...(sameIssue ? {} : { caret: null, layout: null, frozen: null }) });
  }

  /** Tells why a change cannot be made in an issue that was printed: of a notice in it, or without one of itself. */
  function isBarred(notice?: NoticeId): boolean {
    const { frozen, issue, warn } = get();
    if (frozen === null || (notice !== undefined && !entriesOf(issue?.sections ?? []).includes(notice))) return false;
    warn(frozen);
    return true;
  }

  /** Deleted notices leave the window. */
  function drop(ids: readonly NoticeId[]): void {
    const notices = new Map(get().notices);
    for (const id of ids) {
      notices.delete(id);
      outbox.forget(id);
    }
    const { issue, selected } = get();
    if (issue && entriesOf(issue.sections).some((entry) => ids.includes(entry))) {
      const sections = issue.sections.map((section) => ({
        ...section,
        entries: section.entries.filter((entry) => !ids.includes(entry)),
      }));
      set({ issue: { ...issue, sections } });
    }
    set({ notices, ...(selected && ids.includes(selected) ? { selected: null, caret: null } : {}) });
  }

  /** Everything typed is in the store, or the user is told why the next step cannot be taken. */
  async function settled(): Promise<boolean> {
    if (await outbox.settle()) return true;
    get().warn(`还有改动没有保存：${get().save.message ?? ""}`, { label: "再试一次", run: () => outbox.retry() });
    return false;
  }

  async function refreshIssues(): Promise<void> {
    set({ issues: await api.listIssues() });
  }

  async function onEvent(event: CoreEvent): Promise<void> {
    if (event.type === "fontsChanged") set({ info: await api.appInfo() });
    if (event.type !== "changed") return;
    const { issue, notices, place } = get();
    if (event.issues.length > 0) await refreshIssues();
    if (event.styles.length > 0 && event.client !== windowClient) await get().refreshStyles();
    if (place === "store") await get().refreshLibrary();
    if (event.client === windowClient) return;
    const shown = event.notices.filter((id) => notices.has(id));
    const read = await Promise.allSettled(shown.map((id) => api.notice(id)));
    take(read.flatMap((result) => (result.status === "fulfilled" ? [result.value] : [])));
    if (issue && event.issues.includes(issue.id) && (await outbox.settle())) await readIssue(issue.id);
  }

  return {
    ...issueStyle(set, get),
    ...sight(set, get),
    ...messages((toast) => set({ toast })),

    info: null,
    place: "issue",
    settings: defaultSettings,
    issues: null,
    library: null,
    issue: null,
    notices: new Map(),
    desk: "text",
    frozen: null,
    save: { state: "saved" },
    toast: null,
    overlay: null,

    async start() {
      const [info, styles, saved, issues, library] = await Promise.all([
        api.appInfo(),
        api.styles(),
        api.setting(settingsKey),
        api.listIssues(),
        api.listNotices(),
      ]);
      const settings = readSettings(saved);
      set({ info, styles, settings, issues, library, place: settings.place });
      transport.onEvent((event) => void onEvent(event).catch(get().complain));
      const last = issues.find((issue) => issue.id === settings.issue) ?? issues[0];
      if (last) await readIssue(last.id);
    },

    go(place) {
      const { issue, selected, hold } = get();
      if (place === get().place) return;
      if (hold) return void hold().then((free) => free && get().go(place));
      set({ place });
      // A loose notice that was opened in the store is none of the issue's.
      if (
        (place === "issue" || place === "proof") &&
        issue &&
        selected &&
        !entriesOf(issue.sections).includes(selected)
      )
        get().select(entriesOf(issue.sections)[0] ?? null);
      get().putSettings({ place });
      if (place === "store") void get().refreshLibrary().catch(get().complain);
    },

    openDesk(desk) {
      if (desk === get().desk) return;
      const { hold } = get();
      if (hold) return void hold().then((free) => free && get().openDesk(desk));
      set({ desk });
    },

    freeze: (frozen) => set({ frozen }),

    putSettings(change) {
      const settings = { ...get().settings, ...change };
      set({ settings });
      void api.putSetting(settingsKey, JSON.stringify(settings)).catch(get().complain);
    },

    show: (overlay) => set({ overlay }),

    async refreshLibrary() {
      const [library, issues] = await Promise.all([api.listNotices(), api.listIssues()]);
      set({ library, issues });
    },

    async openIssue(id) {
      if (!(await get().leave()) || !(await settled())) return;
      steps.forget();
      if (id) await readIssue(id);
      else showIssue(null, null);
      get().putSettings({ issue: id });
    },

    async createIssue(fields) {
      const issue = await api.createIssue(nextStamp(), fields);
      await refreshIssues();
      await get().openIssue(issue.id);
      get().go("issue");
      get().say(`已建立${issueName(issue)}`);
    },

    async createSample() {
      const issue = await api.createSample(nextStamp());
      await get().refreshLibrary();
      await get().openIssue(issue.id);
      get().go("issue");
    },

    async deleteIssue(id) {
      const name = get().issues?.find((issue) => issue.id === id)?.name ?? "这一期";
      const wasOpen = get().issue?.id === id;
      if (!(await settled())) return;
      await api.deleteIssue(nextStamp(), id);
      await refreshIssues();
      if (wasOpen) await get().openIssue(get().issues?.[0]?.id ?? null);
      get().say(`已删除${name}，其中的公文留在稿库`, {
        label: "撤销",
        run: () =>
          void api
            .restoreIssue(nextStamp(), id)
            .then(() => get().refreshLibrary())
            .then(() => (wasOpen ? get().openIssue(id) : undefined))
            .catch(get().complain),
      });
    },

    async loadNotices(ids) {
      const missing = ids.filter((id) => !get().notices.has(id));
      take(await Promise.all(missing.map((id) => api.notice(id))));
    },

    async createNotice(fields, section) {
      const notice = await api.createNotice(nextStamp(), fields);
      take([notice]);
      await get().addNotices([notice.id], section);
      get().select(notice.id);
    },

    async deleteNotices(ids) {
      if (!(await settled())) return;
      const { issue, notices, library } = get();
      const sections = issue?.sections;
      for (const id of ids) await api.deleteNotice(nextStamp(), id);
      const held = issue && entriesOf(issue.sections).some((entry) => ids.includes(entry));
      drop(ids);
      if (held) await readIssue(issue.id);
      await get().refreshLibrary();
      steps.forget();
      const only = library?.find((notice) => notice.id === ids[0]) ?? notices.get(ids[0] ?? "");
      get().say(ids.length === 1 && only ? `已删除${citedTitle(only)}` : `已删除${ids.length}篇公文`, {
        label: "撤销",
        run: () =>
          void (async () => {
            for (const id of ids) await api.restoreNotice(nextStamp(), id);
            if (held && sections && get().issue?.id === issue.id) {
              await get().loadNotices(ids);
              const now = get().issue;
              if (now?.id === issue.id) changeIssue({ sections: putBack(now.sections, sections, ids) });
            }
            await get().refreshLibrary();
          })().catch(get().complain),
      });
    },

    editBody(id, patch) {
      const notice = get().notices.get(id);
      if (!notice) throw new RangeError(`notice ${id} is not open`);
      if (!isBarred(id)) changeNotice(id, { body: patchBody(notice.body, patch) });
    },

    editFields(id, fields) {
      const notice = get().notices.get(id);
      if (!notice) throw new RangeError(`notice ${id} is not open`);
      if (isBarred(id)) return;
      const before = pick(notice, fields);
      steps.take({
        merge: `${id} ${Object.keys(fields)}`,
        undo: () => changeNotice(id, before),
        redo: () => changeNotice(id, fields),
      });
    },

    editIssue(fields) {
      const { issue } = get();
      if (!issue) throw new RangeError("no issue is open");
      if (isBarred()) return;
      const before = pick(issue, fields);
      steps.take({
        merge: `${issue.id} ${Object.keys(fields)}`,
        undo: () => changeIssue(before),
        redo: () => changeIssue(fields),
      });
    },

    arrange(sections, said) {
      const { issue, selected } = get();
      if (!issue) throw new RangeError("no issue is open");
      if (isBarred()) return;
      const before = issue.sections;
      steps.take({ merge: "", undo: () => changeIssue({ sections: before }), redo: () => changeIssue({ sections }) });
      const entries = entriesOf(sections);
      if (selected && !entries.includes(selected))
        set({ selected: neighbour(entriesOf(before), selected, entries), caret: null });
      get().say(said, { label: "撤销", run: () => get().undo() });
    },

    async addNotices(ids, section) {
      const { issue } = get();
      const title = issue?.sections.find((each) => each.id === section)?.title;
      if (!issue || title === undefined) throw new RangeError(`section ${section} is not in the open issue`);
      await get().loadNotices(ids);
      const sections = issue.sections.map((each) =>
        each.id === section ? { ...each, entries: [...each.entries, ...ids] } : each,
      );
      get().arrange(sections, `已把${ids.length}篇公文放入“${title}”`);
      if (ids[0]) get().select(ids[0]);
    },

    undo() {
      if (!isBarred() && steps.undo()) get().dismissToast();
    },

    redo: () => void (isBarred() || steps.redo()),

    takeFixed(fixed) {
      const map = new Map(get().notices);
      for (const { notice: id, version, patches, fields } of fixed) {
        const notice = map.get(id);
        if (!notice) continue;
        const stored = { ...notice, ...fields, body: patches.reduce(patchBody, notice.body), version };
        map.set(id, stored);
        outbox.storedNotice(stored);
      }
      set({ notices: map });
    },

    settled,
    retrySave: () => outbox.retry(),
  };
});

export function entriesOf(sections: readonly Section[]): NoticeId[] {
  return sections.flatMap((section) => section.entries);
}

/** The values that `like` would overwrite. */
function pick<T extends object>(from: T, like: Partial<T>): Partial<T> {
  return Object.fromEntries((Object.keys(like) as (keyof T)[]).map((key) => [key, from[key]])) as Partial<T>;
}

/** What the layout warns of in this issue; typefaces that stand in for others concern the machine and are told apart. */
export function printWarnings({ warnings }: LayoutSummary): LayoutWarning[] {
  return warnings.filter((warning) => warning.code !== "substitutedFace");
}
