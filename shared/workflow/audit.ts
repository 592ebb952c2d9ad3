// The log of the workflow, read: what each entry says in words, and whether the actions in it may have happened in this
// order at all. How the entries are chained and kept is the store's.
import { namesOfRoles, type Procedure, type Stage } from "./procedure.ts";
import {
  type Action,
  apply,
  emptyWorkflow,
  isRefusal,
  type Subject,
  stagesOf,
  stands,
  type WorkflowState,
} from "./workflow.ts";

export interface AuditEntry {
  /** From 1, without gaps. */
  readonly n: number;
  readonly at: string;
  /** "" where nobody signed for it: a text that was edited, the first people. */
  readonly name: string;
  /** The text it is about, and how that is called by now; "" for none. */
  readonly subject: Subject | null;
  readonly about: string;
  readonly sentence: string;
  /** Hex; over the hash before it and this entry. */
  readonly hash: string;
}

/** The chain as the program found it. */
export interface AuditProof {
  readonly entries: number;
  /** Hash of the last entry; "" for an empty log. */
  readonly head: string;
  /** A sentence for each thing that was changed from outside; empty when all is as it was written. */
  readonly faults: readonly string[];
}

export interface Replay {
  readonly state: WorkflowState;
  readonly told: readonly Pick<AuditEntry, "at" | "name" | "subject" | "sentence">[];
  /** Places (from 0) of actions that the rules forbid at that point; they are told and left out of the state. */
  readonly illegal: readonly number[];
}

export function replay(actions: readonly Action[], from: WorkflowState = emptyWorkflow): Replay {
  let state = from;
  const told: Replay["told"][number][] = [];
  const illegal: number[] = [];
  for (const [i, action] of actions.entries()) {
    const next = apply(state, action);
    if (isRefusal(next)) illegal.push(i);
    const after = isRefusal(next) ? state : next;
    told.push({
      at: action.at,
      name: nameOf(state, action),
      subject: subjectOf(action),
      ...said(state, action, after),
    });
    state = after;
  }
  return { state, told, illegal };
}

function nameOf(state: WorkflowState, action: Action): string {
  if (action.type === "edited" || action.who === null) return "";
  return state.people.find(({ id }) => id === action.who)?.name ?? "";
}

function subjectOf(action: Action): Subject | null {
  if (action.type === "setOffice") return null;
  if ("subject" in action) return action.subject;
  return action.type === "correct" ? { kind: "notice", id: action.notice } : { kind: "issue", id: action.issue };
}

function said(before: WorkflowState, action: Action, after: WorkflowState): { readonly sentence: string } {
  return { sentence: sentenceOf(before, action, after) };
}

function sentenceOf(before: WorkflowState, action: Action, after: WorkflowState): string {
  switch (action.type) {
    case "setOffice":
      return `设置人员与流程：${peopleOf(action.people)}；${procedureOf(action.procedure)}`;
    case "sign": {
      const waived = action.waived.map(({ excerpt, reason }) => `“${excerpt}”（${reason}）`);
      return `签${action.stage}${waived.length > 0 ? `，放行${waived.length}处：${waived.join("；")}` : ""}`;
    }
    case "sendBack":
      return `退回${action.stage}：${action.reason}`;
    case "edited": {
      const standing = (state: WorkflowState) =>
        stagesOf(state, action.subject).flatMap((one) => (stands(one) ? one.stage.name : []));
      const [was, is] = [standing(before), standing(after)];
      const lapsed = was.filter((name) => !is.includes(name));
      return lapsed.length > 0 ? `文字已改，${lapsed.join("、")}失效` : `文字改回签字时的文字，${is.join("、")}恢复`;
    }
    case "press":
      return `付印，公文${action.notices.length}份`;
    case "reopen":
      return `撤回付印：${action.reason}`;
    case "correct":
      return "另开更正";
  }
}

function peopleOf(people: WorkflowState["people"]): string {
  if (people.length === 0) return "不设人员，不经流程";
  return people.map(({ name, roles }) => `${name}（${namesOfRoles(roles).replaceAll("或", "、")}）`).join("、");
}

function procedureOf({ notice, issue, distinct }: Procedure): string {
  const chain = (stages: readonly Stage[]) => stages.map(({ name }) => name).join("、") || "不签";
  const apart = distinct ? "，前后两个环节不由同一人签" : "";
  return `公文${chain(notice)}，全期${chain(issue)}${apart}`;
}

/** 2026年11月22日16时05分, by the clock of this machine. */
export function localTime(iso: string): string {
  const at = new Date(iso);
  const minutes = String(at.getMinutes()).padStart(2, "0");
  return `${at.getFullYear()}年${at.getMonth() + 1}月${at.getDate()}日${at.getHours()}时${minutes}分`;
}
