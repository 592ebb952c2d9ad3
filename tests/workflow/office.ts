// An office for tests: one person for each role, and shorthands for what they do. Texts are named by a letter or two.
import { defaultProcedure, type Person, type Procedure, type StageName } from "../../shared/workflow/procedure.ts";
import {
  type Action,
  apply,
  emptyWorkflow,
  isRefusal,
  type Subject,
  type WorkflowState,
} from "../../shared/workflow/workflow.ts";

export const at = "2026-11-22T08:00:00.000Z";
export const people = [
  { id: "bian", name: "卞集", roles: ["editor"] },
  { id: "jiao", name: "焦对", roles: ["proofreader"] },
  { id: "shen", name: "申签", roles: ["approver"] },
] as const;

export const notice: Subject = { kind: "notice", id: "n1" };
export const issue: Subject = { kind: "issue", id: "i1" };

export function hash(text: string): string {
  return text.padEnd(64, "0");
}

export const deed = {
  office: (procedure: Procedure = defaultProcedure, some: readonly Person[] = people): Action => ({
    ...{ type: "setOffice", at, who: null, people: some, procedure },
  }),
  sign: (who: string, subject: Subject, stage: StageName, text = "a"): Action => ({
    ...{ type: "sign", at, who, subject, stage, text: hash(text), waived: [] },
  }),
  edit: (subject: Subject, text: string): Action => ({ type: "edited", at, subject, text: hash(text) }),
  sendBack: (who: string, subject: Subject, stage: StageName, reason = "数字要再核"): Action => ({
    ...{ type: "sendBack", at, who, subject, stage, reason },
  }),
  press: (who: string, text = "a", of = "a", id = "i1", notices = ["n1"]): Action => ({
    ...{ type: "press", at, who, issue: id, text: hash(text) },
    notices: notices.map((one) => ({ notice: one, text: hash(of) })),
  }),
  reopen: (who: string, reason = "漏了一篇"): Action => ({ type: "reopen", at, who, issue: "i1", reason }),
  correct: (who: string, of = "n1", correction = "n9"): Action => ({
    ...{ type: "correct", at, who, issue: "i1", notice: of, correction },
  }),
};

export const read: readonly Action[] = [
  deed.sign("bian", notice, "一审"),
  deed.sign("bian", notice, "二审"),
  deed.sign("shen", notice, "三审"),
];
export const proofread: readonly Action[] = [
  deed.sign("jiao", issue, "一校"),
  deed.sign("jiao", issue, "二校"),
  deed.sign("jiao", issue, "三校"),
];

/** The state after actions that are all allowed. */
export function stateAfter(actions: readonly Action[], from: WorkflowState = emptyWorkflow): WorkflowState {
  return actions.reduce((state, action) => {
    const next = apply(state, action);
    if (isRefusal(next)) throw new Error(`${action.type} is refused: ${next.refused}`);
    return next;
  }, from);
}

/** The sentence by which an action is refused; null: it is allowed. */
export function refusalOf(state: WorkflowState, action: Action): string | null {
  const next = apply(state, action);
  return isRefusal(next) ? next.refused : null;
}
