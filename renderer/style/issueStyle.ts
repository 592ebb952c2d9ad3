// The house styles there are, the one that the open issue is printed in, and the one that is tried in its place.
import type { StyleSummary } from "../../shared/api.ts";
import type { StyleSheet } from "../../shared/layout/style.ts";
import type { Issue } from "../../shared/model/notice.ts";
import { transport } from "../transport.ts";

interface Styles {
  /** The house styles there are. */
  readonly styles: readonly StyleSummary[];
  /** House style of the open issue. */
  readonly style: StyleSheet | null;
  /** A style that is tried in the preview in place of the issue's, and stored nowhere yet. */
  readonly trial: StyleSheet | null;
  /** Set while something is open that is not stored by itself: asks what shall become of it, and answers whether one may
   *  go on. */
  readonly hold: (() => Promise<boolean>) | null;
}

export interface IssueStyle extends Styles {
  /** Whether one may leave what is open now; asks when it is not stored. */
  leave(): Promise<boolean>;
  tryStyle(trial: StyleSheet | null, hold: Styles["hold"]): void;
  /** Reads the style that the open issue has by now; does not reject. */
  readStyle(name: string): Promise<void>;
  /** Reads the list of styles anew, and the style of the open issue. */
  refreshStyles(): Promise<void>;
}

interface Around extends IssueStyle {
  readonly issue: Issue | null;
  complain(error: unknown): void;
}

const { api } = transport;

export function issueStyle(set: (change: Partial<Styles>) => void, get: () => Around): IssueStyle {
  return {
    styles: [],
    style: null,
    trial: null,
    hold: null,

    leave: async () => (await get().hold?.()) ?? true,
    tryStyle: (trial, hold) => set({ trial, hold }),

    async readStyle(name) {
      try {
        const style = await api.style(name);
        if (get().issue?.style === name) set({ style });
      } catch (error) {
        get().complain(error);
      }
    },

    async refreshStyles() {
      const styles = await api.styles();
      set({ styles });
      const name = get().issue?.style;
      if (name !== undefined) await get().readStyle(name);
    },
  };
}
