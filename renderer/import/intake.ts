// Files on their way into the store, one after the other: uploaded, read, shown for review, then accepted or put back.
// Nothing is stored before a person has accepted it.
import { create } from "zustand";
import { GazetteError, type Review, type ReviewDecision } from "../../shared/api.ts";
import { nextStamp, transport } from "../transport.ts";
import { pickUserFiles } from "../userFiles.ts";
import { useWorkspace } from "../workspace.ts";

export interface Refusal {
  readonly fileName: string;
  readonly message: string;
}

interface Intake {
  /** Files that wait behind the one being read or reviewed. */
  readonly waiting: readonly File[];
  readonly reading: string | null;
  readonly review: Review | null;
  readonly accepting: boolean;
  /** Files that could not be read, with the reason, until the user has put the list away. */
  readonly refused: readonly Refusal[];
  add(files: readonly File[]): void;
  accept(decision: ReviewDecision): Promise<void>;
  discard(): Promise<void>;
  clearRefused(): void;
}

export const useIntake = create<Intake>()((set, get) => {
  async function readNext(): Promise<void> {
    const { waiting, reading, review } = get();
    const [file, ...rest] = waiting;
    if (!file || reading !== null || review) return;
    set({ waiting: rest, reading: file.name });
    try {
      const upload = await transport.upload(file);
      set({ review: await transport.api.readUpload(upload, file.name) });
    } catch (error) {
      const message = error instanceof GazetteError ? error.message : "这个文件没有读成，请再试一次。";
      set({ refused: [...get().refused, { fileName: file.name, message }] });
    }
    set({ reading: null });
    await readNext();
  }

  return {
    waiting: [],
    reading: null,
    review: null,
    accepting: false,
    refused: [],

    add(files) {
      set({ waiting: [...get().waiting, ...files] });
      void readNext();
    },

    async accept(decision) {
      const { review } = get();
      if (!review) throw new RangeError("no review to accept");
      const workspace = useWorkspace.getState();
      set({ accepting: true });
      try {
        const { notices, issue } = await transport.api.acceptReview(nextStamp(), review.id, decision);
        set({ review: null });
        await workspace.refreshLibrary();
        if (issue) {
          await workspace.openIssue(issue);
          workspace.go("issue");
        } else {
          workspace.go("store");
        }
        workspace.say(`${notices.length}篇公文已入稿库${issue ? "，并编成新一期" : ""}`);
      } catch (error) {
        workspace.complain(error);
      } finally {
        set({ accepting: false });
      }
      await readNext();
    },

    async discard() {
      const { review } = get();
      if (!review) return;
      set({ review: null });
      try {
        await transport.api.discardReview(review.id);
      } catch (error) {
        useWorkspace.getState().complain(error);
      }
      await readNext();
    },

    clearRefused: () => set({ refused: [] }),
  };
});

/** Lets the user pick files to import. */
export function pickFiles(): void {
  pickUserFiles(".txt,.docx,.xlsx,text/plain", true, (files) => useIntake.getState().add(files));
}
