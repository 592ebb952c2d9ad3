// The house style on the desk: the open issue's style as it is stored, and the draft made of it, which the preview shows at
// once and nobody else knows until it is saved. Every change can be taken back until then.
import { create } from "zustand";
import { GazetteError } from "../../shared/api.ts";
import { paperFault, type StyleSheet, valueFault } from "../../shared/layout/style.ts";
import type { StyleGroup } from "../../shared/layout/styleGuide.ts";
import {
  changedSettings,
  type StyleSetting,
  sameValue,
  styleJson,
  valueAt,
  withValue,
} from "../../shared/layout/styleSettings.ts";
import { Steps } from "../steps.ts";
import { nextStamp, transport } from "../transport.ts";
import { handOver } from "../userFiles.ts";
import { useWorkspace } from "../workspace.ts";
import type { TextChoice } from "./settingRows.ts";

/** What a dialog of the panel asks. `settle`: takes the answer to whether one may go on. */
export type StyleQuestion =
  | { readonly kind: "leave"; settle(free: boolean): void }
  | { readonly kind: "saveAs"; settle(free: boolean): void }
  | { readonly kind: "import"; readonly name: string; readonly label: string; readonly json: Record<string, unknown> };

/** Where the panel is turned to. */
interface StyleView {
  readonly group: StyleGroup;
  readonly text: TextChoice;
  readonly query: string;
  /** Only settings that differ from the base. */
  readonly onlyChanged: boolean;
}

interface StyleDesk extends StyleView {
  /** As stored, and the version of it. */
  readonly opened: StyleSheet | null;
  readonly version: number;
  /** What it extends; a style that extends nothing is compared with itself as stored. */
  readonly base: StyleSheet | null;
  /** As it is being changed; always one that could be stored. */
  readonly draft: StyleSheet | null;
  /** What can be taken back, and done again. */
  readonly undoable: boolean;
  readonly redoable: boolean;
  readonly question: StyleQuestion | null;

  /** Puts the style of the open issue on the desk, with what it extends. */
  open(): Promise<void>;
  /** Changes one setting; the value must be one that `faultOf` has nothing against. Values that are typed key by key are
   *  taken back together. */
  change(path: string, value: unknown, typed: boolean): void;
  /** Gives settings the values of the base again. */
  restore(settings: readonly StyleSetting[]): void;
  undo(): void;
  redo(): void;
  /** Back to the style as stored; can be taken back like any change. */
  discard(): void;
  /** Keeps the draft, where it is changed, under the style's own name; only for an own style. Rejects with the refusal. */
  save(): Promise<void>;
  /** Keeps the draft as a new style and prints the issue in it. Rejects with the refusal. */
  saveAs(label: string): Promise<void>;
  ask(question: StyleQuestion | null): void;
  look(view: Partial<StyleView>): void;
}

/** The preview follows typing after this many milliseconds of rest, as each change sets every line anew. */
const restBeforeTrial = 100;

const { api } = transport;

export const useStyleDesk = create<StyleDesk>()((set, get) => {
  const steps = new Steps();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let saving: Promise<void> = Promise.resolve();

  function put(draft: StyleSheet): void {
    set({ draft, undoable: steps.canUndo, redoable: steps.canRedo });
    clearTimeout(timer);
    timer = setTimeout(show, restBeforeTrial);
    // At once: whoever leaves within the rest must be asked as well.
    useWorkspace.getState().tryStyle(useWorkspace.getState().trial, isChanged(get()) ? hold : null);
  }

  function show(): void {
    const changed = isChanged(get());
    useWorkspace.getState().tryStyle(changed ? get().draft : null, changed ? hold : null);
  }

  function hold(): Promise<boolean> {
    const { question } = get();
    if (question && "settle" in question) question.settle(false);
    return new Promise((settle) => set({ question: { kind: "leave", settle } }));
  }

  function take(merge: string, after: StyleSheet): void {
    const { draft: before } = get();
    if (before && !sameValue(before, after)) steps.take({ merge, undo: () => put(before), redo: () => put(after) });
    set({ undoable: steps.canUndo, redoable: steps.canRedo });
  }

  function reset(opened: StyleSheet, base: StyleSheet, version: number): void {
    steps.forget();
    clearTimeout(timer);
    set({ opened, version, base, draft: opened, undoable: false, redoable: false });
    useWorkspace.getState().tryStyle(null, null);
  }

  return {
    opened: null,
    version: 0,
    base: null,
    draft: null,
    undoable: false,
    redoable: false,
    question: null,
    group: "纸张与版心",
    text: "title",
    query: "",
    onlyChanged: false,

    async open() {
      const { style, styles } = useWorkspace.getState();
      if (!style) return;
      const { opened, version } = get();
      const summary = styles.find((each) => each.name === style.name);
      if (style.name === opened?.name) {
        // Read once more; another window may have stored it again as it was.
        if (sameValue(style, opened)) return set({ version: Math.max(version, summary?.version ?? 0) });
        // Changed in another window while a draft is made of it here.
        if (isChanged(get())) return;
      }
      const base = summary?.own && summary.base ? await api.style(summary.base.name) : style;
      if (useWorkspace.getState().style === style) reset(style, base, summary?.version ?? 0);
    },

    change(path, value, typed) {
      const { draft } = get();
      if (draft) take(typed ? path : "", withValue(draft, path, value));
    },

    restore(settings) {
      const { base, draft } = get();
      if (!base || !draft) return;
      take(
        "",
        settings.reduce((style, { path }) => withValue(style, path, valueAt(base, path)), draft),
      );
    },

    undo: () => void steps.undo(),
    redo: () => void steps.redo(),

    discard() {
      const { opened } = get();
      if (opened) take("", opened);
    },

    save() {
      // One after the other: two at a time would both be made of the version that the first one replaces.
      saving = saving.catch(() => {}).then(saveDraft);
      return saving;
    },

    async saveAs(label) {
      const { base, draft } = get();
      if (!draft || !base) throw new RangeError("no style is open");
      const saved = await api.saveStyle(nextStamp(), draft.name, label, styleJson(draft, base), null);
      await kept(draft, { ...draft, name: saved.name, label }, base, saved.version);
      useWorkspace.getState().say(`已存为新版式“${label}”，本期已改用它`);
    },

    ask: (question) => set({ question }),
    look: (view) => set(view),
  };

  async function saveDraft(): Promise<void> {
    const { base, draft, version } = get();
    if (!isChanged(get())) return;
    if (!draft || !base || version === 0) throw new RangeError("only an own style is saved under its name");
    const saved = await api.saveStyle(nextStamp(), draft.name, draft.label, styleJson(draft, base), version);
    await kept(draft, draft, base, saved.version);
    useWorkspace.getState().say(`已保存版式“${draft.label}”`);
  }

  /** The draft that was stored as `style` is the issue's from now on; what was changed meanwhile is a draft of it. */
  async function kept(stored: StyleSheet, style: StyleSheet, base: StyleSheet, version: number): Promise<void> {
    const { issue, editIssue, refreshStyles } = useWorkspace.getState();
    const { draft } = get();
    const { name, label } = style;
    useWorkspace.setState({ style });
    reset(style, base, version);
    if (draft?.name === stored.name && draft !== stored) take("", { ...draft, name, label });
    if (issue && issue.style !== style.name) editIssue({ style: style.name });
    await refreshStyles();
  }
});

export function isChanged({ opened, draft }: Pick<StyleDesk, "opened" | "draft">): boolean {
  return opened !== null && draft !== null && draft !== opened && changedSettings(opened, draft).length > 0;
}

/** Keeps the draft: an own style under its name, a shipped one as a new style. */
export function keepStyle(): void {
  const desk = useStyleDesk.getState();
  if (!isChanged(desk)) return;
  if (desk.version > 0) void desk.save().catch(useWorkspace.getState().complain);
  else desk.ask({ kind: "saveAs", settle: () => {} });
}

/** Why a setting may not have a value, as a sentence for its field; null: it may. */
export function faultOf(draft: StyleSheet, { path, rule }: StyleSetting, value: unknown): string | null {
  const fault = valueFault(rule, value, path);
  if (fault !== null) return `${fault.slice(fault.indexOf("应为"))}。`;
  const paper = paperFault(withValue(draft, path, value));
  return paper === null ? null : `${paper}。`;
}

/** Deletes an own style; the message offers the way back. */
export async function deleteStyle(name: string, label: string): Promise<void> {
  const { refreshStyles, say, complain } = useWorkspace.getState();
  await api.deleteStyle(nextStamp(), name);
  await refreshStyles();
  say(`已删除版式“${label}”`, {
    label: "撤销",
    run: () => void api.restoreStyle(nextStamp(), name).then(refreshStyles).catch(complain),
  });
}

/** Hands the style as stored to the user as a file. */
export async function downloadStyle(name: string): Promise<void> {
  const { fileName, text } = await api.exportStyle(name);
  handOver(fileName, text, "application/json");
}

/** Reads a style file that the user picks, and asks under which name it shall be kept. */
export async function importStyle(file: File): Promise<void> {
  const limit = 500_000;
  if (file.size > limit) throw new GazetteError("badFile", `“${file.name}”没有导入：它太大，不像是版式文件。`);
  const { name, label, json } = await api.readStyle(await file.text(), file.name);
  useStyleDesk.getState().ask({ kind: "import", name, label, json });
}

/** Stores a style that was read, and prints the open issue in it when that is wanted. */
export async function keepImported(
  { name, json }: { readonly name: string; readonly json: Record<string, unknown> },
  label: string,
  use: boolean,
): Promise<void> {
  const saved = await api.saveStyle(nextStamp(), name, label, json, null);
  const { refreshStyles, editIssue, say, issue } = useWorkspace.getState();
  await refreshStyles();
  if (use && issue) editIssue({ style: saved.name });
  say(`已导入版式“${label}”${use ? "，本期已改用它" : ""}`);
}
