// How far texts have come, as the window and the 付印单 show it. Made of the state and of the texts as they are now.
import type { IssueId, NoticeId } from "../model/notice.ts";
import { localTime } from "./audit.ts";
import { inUse } from "./procedure.ts";
import type { TextHash } from "./text.ts";
import {
  type Correction,
  frozenBy,
  type Lapse,
  type PressedNotice,
  type Signing,
  type Standing,
  type Subject,
  standing,
  stands,
  subjectKey,
  type WorkflowState,
} from "./workflow.ts";

export interface TextWorkflow {
  readonly subject: Subject;
  /** As it is called in a sentence: 《题名》 or the name of the issue. */
  readonly name: string;
  /** The text as it is now; a sign-off names it, so that nobody signs another one than was seen. */
  readonly text: TextHash;
  readonly stages: readonly Standing[];
  readonly sentBack: Signing["sentBack"];
  /** Who printed the issue that it is or stands in, and when; null while it may be changed. */
  readonly pressed: { readonly name: string; readonly at: string } | null;
  /** The issue and the notice that it corrects, by their names; "" for what is no correction. */
  readonly corrects: string;
}

export interface IssueWorkflow {
  readonly issue: TextWorkflow;
  /** In printed order. */
  readonly notices: readonly TextWorkflow[];
  /** What keeps it from 付印, a sentence each. */
  readonly lacking: readonly string[];
  /** Corrections of its notices, with their titles. */
  readonly corrections: readonly (Correction & { readonly title: string })[];
}

export const lapseWords: Readonly<Record<Lapse, string>> = {
  text: "文字已改",
  order: "前面的环节要重签",
  person: "与前一环节是同一人签的",
  role: "现在改由别的职责签",
};

export function textWorkflow(
  state: WorkflowState,
  subject: Subject,
  text: TextHash,
  nameOf: (subject: Subject) => string,
): TextWorkflow {
  // What was printed shows the stages by which it was signed, whatever the office has changed since.
  const frozen = frozenBy(state, subject);
  const { procedure } = frozen ?? state;
  const corrected = state.corrections.find(({ correction }) => subject.kind === "notice" && correction === subject.id);
  const signing = state.signings.get(subjectKey(subject));
  const now = signing && { ...signing, text };
  const stages = standing(procedure[subject.kind], procedure.distinct, now);
  return {
    subject,
    name: nameOf(subject),
    text,
    stages,
    sentBack: signing?.sentBack ?? null,
    pressed: frozen && { name: frozen.name, at: frozen.at },
    corrects: corrected
      ? nameOf({ kind: "issue", id: corrected.issue }) + nameOf({ kind: "notice", id: corrected.notice })
      : "",
  };
}

// ---------------------------------------------------------------- the 付印单

/** What is printed without a store, and by an office that has set up no people (see inUse). */
export const unsigned = "未经流程审签。";

/** The sentences about one issue. */
export function signOffWords(
  state: WorkflowState,
  issue: IssueId,
  text: TextHash,
  notices: readonly PressedNotice[],
): string {
  const pressed = state.pressed.get(issue);
  if (!pressed && !inUse(state)) return unsigned;
  const { stages } = textWorkflow(state, { kind: "issue", id: issue }, text, () => "");
  const signed = stages.flatMap((one) =>
    one.signature && stands(one) ? `${one.stage.name}${one.signature.name}（${localTime(one.signature.at)}）` : [],
  );
  const whole = signed.length > 0 ? `全期：${signed.join("，")}。` : "";
  if (!pressed) return `审签没有完成，没有付印。${whole}`;
  const procedure = pressed.procedure.notice.map(({ name }) => name).join("、");
  const each = procedure ? `公文${notices.length}份均已签${procedure}。` : "";
  return `${each}${whole}付印：${pressed.name}（${localTime(pressed.at)}）。${waivedWords(state, issue, notices)}`;
}

function waivedWords(state: WorkflowState, issue: IssueId, notices: readonly PressedNotice[]): string {
  const keys = [subjectKey({ kind: "issue", id: issue }), ...notices.map(({ notice }) => noticeKey(notice))];
  const count = keys
    .flatMap((key) => state.signings.get(key)?.signatures ?? [])
    .reduce((sum, { waived }) => sum + waived.length, 0);
  return count > 0 ? `签字时放行差错${count}处，理由见审签记录。` : "";
}

function noticeKey(id: NoticeId): string {
  return subjectKey({ kind: "notice", id });
}
