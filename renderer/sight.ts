// What the window looks at: the notice that is chosen, the caret in its text, what the layout says of the issue, and the
// place in print that was asked for. Editor, preview and structure follow each other by it.
import type { ContentsEntry, LayoutWarning, OutlineEntry, PagePlan } from "../shared/layout/display.ts";
import type { NoticeId } from "../shared/model/notice.ts";

/** What the preview's layout says about the issue as it stands; the display lists stay in the preview. */
export interface LayoutSummary {
  readonly plan: PagePlan;
  readonly pages: number;
  /** Page labels, one per page: 封面, 目1, 1 … */
  readonly labels: readonly string[];
  readonly contents: readonly ContentsEntry[];
  readonly outline: readonly OutlineEntry[];
  readonly warnings: readonly LayoutWarning[];
}

/** A place in a body: block index, for tables the cell, and a UTF-16 offset into the paragraph's text. */
export interface Caret {
  readonly notice: NoticeId;
  readonly block: number;
  readonly cell?: readonly [row: number, cell: number, paragraph: number];
  /** Which footnote of the paragraph, from 0; `from` does not count then. */
  readonly note?: number;
  readonly from: number;
}

/** Who moved the caret: the text itself, a click on the page, or a list that is walked while it keeps the keyboard. */
export type CaretOrigin = "editor" | "page" | "list";

interface Seen {
  readonly selected: NoticeId | null;
  readonly caret: Caret | null;
  readonly caretOrigin: CaretOrigin;
  readonly layout: LayoutSummary | null;
  /** A place in print that was asked for: page index, and y in pt. A new object each time it is asked for. */
  readonly sight: { readonly page: number; readonly y: number } | null;
}

export interface Sight extends Seen {
  select(notice: NoticeId | null): void;
  setCaret(caret: Caret | null, origin: CaretOrigin): void;
  setLayout(summary: LayoutSummary | null): void;
  /** Brings a place in print into view. */
  lookAt(page: number, y: number): void;
}

export function sight(set: (change: Partial<Seen>) => void, get: () => Seen): Sight {
  return {
    selected: null,
    caret: null,
    caretOrigin: "editor",
    layout: null,
    sight: null,

    select(selected) {
      if (selected !== get().selected) set({ selected, caret: null });
    },
    setCaret(caret, caretOrigin) {
      set(caret && caretOrigin !== "editor" ? { caret, caretOrigin, selected: caret.notice } : { caret, caretOrigin });
    },
    setLayout: (layout) => set({ layout }),
    lookAt: (page, y) => set({ sight: { page, y } }),
  };
}
