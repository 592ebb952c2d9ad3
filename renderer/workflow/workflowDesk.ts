// 审签 as this window sees it: the office's people and procedure, how far the open issue and its notices have come, and the
// question that is being asked. The core judges; what it refuses is shown with its sentence.
import { create } from "zustand";
import type { NoticeId } from "../../shared/model/notice.ts";
import { localTime } from "../../shared/workflow/audit.ts";
import { inUse, type Office, type StageName } from "../../shared/workflow/procedure.ts";
import type { IssueWorkflow, TextWorkflow } from "../../shared/workflow/view.ts";
import type { Signature, Subject } from "../../shared/workflow/workflow.ts";
import { transport } from "../transport.ts";
import { entriesOf, useWorkspace } from "../workspace.ts";

/** What is asked before something is signed for. */
export type Question =
  | { readonly kind: "sign"; readonly text: TextWorkflow; readonly stage: StageName }
  | { readonly kind: "sendBack"; readonly text: TextWorkflow; readonly stage: StageName }
  | { readonly kind: "changes"; readonly text: TextWorkflow; readonly signature: Signature }
  | { readonly kind: "press" | "reopen" | "office" | "log" }
  | { readonly kind: "correct"; readonly text: TextWorkflow };

interface WorkflowDesk {
  /** Null until it is read. */
  readonly office: Office | null;
  /** Of the open issue; null without one. */
  readonly view: IssueWorkflow | null;
  /** Of the chosen notice, where that stands in no issue. */
  readonly loose: TextWorkflow | null;
  readonly question: Question | null;
  ask(question: Question | null): void;
  /** Reads office and issue anew; does not reject. */
  read(): Promise<void>;
}

const { api } = transport;
const workspace = useWorkspace.getState;

export const useWorkflow = create<WorkflowDesk>()((set) => {
  /** The latest reading; an answer that was overtaken is dropped. */
  let reading = 0;
  return {
    office: null,
    view: null,
    loose: null,
    question: null,
    ask: (question) => set({ question }),

    async read() {
      const mine = ++reading;
      const id = workspace().issue?.id;
      const chosen = looseNotice();
      try {
        const [office, view, loose] = await Promise.all([
          api.office(),
          id ? api.issueWorkflow(id) : null,
          chosen ? api.noticeWorkflow(chosen) : null,
        ]);
        if (mine !== reading) return;
        set({ office, view, loose });
        workspace().freeze(view?.issue.pressed ? frozenWords(view.issue.pressed) : null);
      } catch (error) {
        if (mine === reading) workspace().complain(error);
      }
    },
  };
});

export function frozenWords({ name, at }: { readonly name: string; readonly at: string }): string {
  return `本期已由${name}于${localTime(at)}付印，不能再改；要改请由审签的人撤回付印，已经发出的请另开更正。`;
}

/** The stages of a text of the open issue, or of the loose notice that is open; null where the office signs nothing, and before they are read. */
export function useTextWorkflow({ kind, id }: Subject): TextWorkflow | null {
  return useWorkflow(({ office, view, loose }) => {
    const known = [view?.issue, ...(view?.notices ?? []), loose];
    const text = known.find((one) => one?.subject.kind === kind && one.subject.id === id) ?? null;
    return office && (inUse(office) || text?.pressed) ? text : null;
  });
}

/** The chosen notice when it stands outside the open issue. */
function looseNotice(): NoticeId | null {
  const { issue, selected } = workspace();
  return selected !== null && !entriesOf(issue?.sections ?? []).includes(selected) ? selected : null;
}

/** True for a notice of an issue that was printed. */
export function useFrozen(notice: NoticeId | null): boolean {
  return useWorkspace(
    ({ frozen, issue }) =>
      frozen !== null && (issue?.sections.some(({ entries }) => entries.some((id) => id === notice)) ?? false),
  );
}

/** Reads again whenever another issue or loose notice is open, the issue is arranged otherwise, or somebody signed. Returns
 *  a function that ends this. */
export function followWorkflow(): () => void {
  const { read } = useWorkflow.getState();
  let open = workspace().issue?.id;
  let chosen = looseNotice();
  const leave = useWorkspace.subscribe(({ issue }) => {
    if (issue?.id === open && looseNotice() === chosen) return;
    open = issue?.id;
    chosen = looseNotice();
    void read();
  });
  const stop = transport.onEvent((event) => {
    if (event.type === "changed" && (event.workflow || (open && event.issues.includes(open)))) void read();
  });
  void read();
  return () => {
    leave();
    stop();
  };
}
