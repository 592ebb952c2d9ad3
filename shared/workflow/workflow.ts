// The workflow 三审三校 as a pure state machine: what people did is a list of actions, and `apply` makes the next state of
// each or refuses it with a sentence. A sign-off binds to the hash of a text; whether it still stands is not stored but
// judged here, by the one function `standing`. Who edited the text is not asked: any change of it re-opens it.
import type { IssueId, NoticeId } from "../model/notice.ts";
import type { FindingId } from "../proof/stored.ts";
import {
  defaultProcedure,
  inUse,
  namesOfRoles,
  type Office,
  officeFault,
  type Person,
  type PersonId,
  type Procedure,
  type Role,
  roleNames,
  type Stage,
  type StageName,
} from "./procedure.ts";
import type { TextHash } from "./text.ts";

export interface Subject {
  readonly kind: "notice" | "issue";
  readonly id: string;
}

/** A finding of the check-list that was let pass. */
export interface Waiver {
  readonly finding: FindingId;
  readonly rule: string;
  /** The words it is about. */
  readonly excerpt: string;
  /** "" is refused. */
  readonly reason: string;
}

interface Done<T extends string> {
  readonly type: T;
  /** ISO time. */
  readonly at: string;
  readonly who: PersonId;
}
/** People and procedure as they are from now on. `who` is null for the first people of an office. */
export interface SetOffice extends Omit<Done<"setOffice">, "who">, Office {
  readonly who: PersonId | null;
}
/** `text`: hash of what was signed. `waived`: every finding that the check-list of the stage found open. */
export interface Sign extends Done<"sign"> {
  readonly subject: Subject;
  readonly stage: StageName;
  readonly text: TextHash;
  readonly waived: readonly Waiver[];
}
/** Takes back the sign-offs from `stage` on. */
export interface SendBack extends Done<"sendBack"> {
  readonly subject: Subject;
  readonly stage: StageName;
  readonly reason: string;
}
/** A signed text is another one, or is again what was signed. */
export interface Edited {
  readonly type: "edited";
  readonly at: string;
  readonly subject: Subject;
  readonly text: TextHash;
}
/** 付印. The texts are those of the issue and of its notices at this moment, in printed order. */
export interface Press extends Done<"press"> {
  readonly issue: IssueId;
  readonly text: TextHash;
  readonly notices: readonly PressedNotice[];
}
export interface PressedNotice {
  readonly notice: NoticeId;
  readonly text: TextHash;
}
/** 撤回付印. */
export interface Reopen extends Done<"reopen"> {
  readonly issue: IssueId;
  readonly reason: string;
}
/** 更正: `correction` is a new notice that puts right what was printed. */
export interface Correct extends Done<"correct"> {
  readonly issue: IssueId;
  readonly notice: NoticeId;
  readonly correction: NoticeId;
}
export type Action = SetOffice | Sign | SendBack | Edited | Press | Reopen | Correct;

export interface Signature {
  readonly stage: StageName;
  readonly who: PersonId;
  /** Name and role as they were. */
  readonly name: string;
  readonly role: Role;
  readonly at: string;
  readonly text: TextHash;
  readonly waived: readonly Waiver[];
}

/** The sign-offs of one text. */
export interface Signing {
  /** The text as it was last told of. */
  readonly text: TextHash;
  /** At most one of a stage, the last given. */
  readonly signatures: readonly Signature[];
  /** What it was last sent back for, until that stage is signed again. */
  readonly sentBack: {
    readonly stage: StageName;
    readonly name: string;
    readonly at: string;
    readonly reason: string;
  } | null;
}

/** A frozen issue. */
export interface Pressed {
  readonly name: string;
  readonly at: string;
  readonly text: TextHash;
  readonly notices: readonly PressedNotice[];
  /** By which it was signed. */
  readonly procedure: Procedure;
}

export interface Correction {
  readonly issue: IssueId;
  readonly notice: NoticeId;
  readonly correction: NoticeId;
  readonly name: string;
  readonly at: string;
}

export interface WorkflowState extends Office {
  /** By subjectKey; texts that were never signed are absent. */
  readonly signings: ReadonlyMap<string, Signing>;
  readonly pressed: ReadonlyMap<IssueId, Pressed>;
  readonly corrections: readonly Correction[];
}

export const emptyWorkflow: WorkflowState = {
  people: [],
  procedure: defaultProcedure,
  signings: new Map(),
  pressed: new Map(),
  corrections: [],
};

/** An action that the rules do not allow. */
export interface Refusal {
  /** Text the sentence is about; its title goes before the sentence. */
  readonly about: Subject | null;
  readonly refused: string;
}

export function subjectKey({ kind, id }: Subject): string {
  return `${kind} ${id}`;
}

// ---------------------------------------------------------------- what stands

/** Why a sign-off does not count: another text, an earlier stage that does not stand, the same person as there, a role
 *  that the procedure no longer lets sign it. */
export type Lapse = "text" | "order" | "person" | "role";

export interface Standing {
  readonly stage: Stage;
  readonly signature: Signature | null;
  /** Null where there is no signature, and where it stands. */
  readonly lapse: Lapse | null;
}

/** The stages of a text in order. `signing` undefined: nobody has signed it. */
export function standing(chain: readonly Stage[], distinct: boolean, signing: Signing | undefined): Standing[] {
  const out: Standing[] = [];
  for (const stage of chain) {
    const signature = signing?.signatures.find((one) => one.stage === stage.name) ?? null;
    const before = out.at(-1);
    out.push({ stage, signature, lapse: signing && signature ? lapseOf(stage, signature, before, distinct) : null });
  }
  return out;

  function lapseOf(stage: Stage, signature: Signature, before: Standing | undefined, apart: boolean): Lapse | null {
    if (signature.text !== signing?.text) return "text";
    if (!stage.roles.includes(signature.role)) return "role";
    if (before && !stands(before)) return "order";
    return apart && before?.signature?.who === signature.who ? "person" : null;
  }
}

export function stands({ signature, lapse }: Standing): boolean {
  return signature !== null && lapse === null;
}

/** The stage to be signed next; null: all stand. */
export function nextStage(stages: readonly Standing[]): Stage | null {
  return stages.find((one) => !stands(one))?.stage ?? null;
}

/** The stages of a text by the procedure of the office. */
export function stagesOf(state: WorkflowState, subject: Subject): Standing[] {
  const { procedure, signings } = state;
  return standing(procedure[subject.kind], procedure.distinct, signings.get(subjectKey(subject)));
}

/** The frozen issue that holds a text: the issue itself, or one of whose notices it is. */
export function frozenBy(state: WorkflowState, subject: Subject): Pressed | null {
  if (subject.kind === "issue") return state.pressed.get(subject.id) ?? null;
  for (const pressed of state.pressed.values())
    if (pressed.notices.some(({ notice }) => notice === subject.id)) return pressed;
  return null;
}

/** What keeps an issue from 付印, in printed order; empty: nothing but an approver's word. `text` and `notices` are the
 *  texts as they are now. */
export function lacking(
  state: WorkflowState,
  issue: IssueId,
  text: TextHash,
  notices: readonly PressedNotice[],
): Refusal[] {
  const subjects = [
    ...notices.map((one) => ({ subject: { kind: "notice", id: one.notice } as const, text: one.text })),
    { subject: { kind: "issue", id: issue } as const, text },
  ];
  const missing = subjects.flatMap(({ subject, text: now }): Refusal[] => {
    const next = nextStage(stagesOf(withText(state, subject, now), subject));
    return next ? [{ about: subject, refused: `还没有签${next.name}` }] : [];
  });
  return notices.length === 0 ? [{ about: null, refused: "这一期还没有编入公文" }, ...missing] : missing;
}

// ---------------------------------------------------------------- actions

/** Who may do what no stage decides. */
const allowed: Readonly<Record<"setOffice" | "press" | "reopen" | "correct", readonly Role[]>> = {
  setOffice: ["approver"],
  press: ["approver"],
  reopen: ["approver"],
  correct: ["editor", "approver"],
};

export function isRefusal(result: WorkflowState | Refusal): result is Refusal {
  return "refused" in result;
}

/** The state after the action. */
export function apply(state: WorkflowState, action: Action): WorkflowState | Refusal {
  if (action.type === "edited") return edited(state, action);
  if (action.type === "setOffice") return setOffice(state, action);
  if (!inUse(state)) return refuse("还没有设置审签人员，请先在“人员与流程”里写上谁做编辑、校对和审签。");
  const person = state.people.find(({ id }) => id === action.who);
  if (!person) return refuse("签字的人不在人员名单里，请重新选择自己的姓名。");
  switch (action.type) {
    case "sign":
      return sign(state, action, person);
    case "sendBack":
      return sendBack(state, action, person);
    case "press":
      return press(state, action, person);
    case "reopen":
      return reopen(state, action, person);
    case "correct":
      return correct(state, action, person);
  }
}

function refuse(refused: string, about: Subject | null = null): Refusal {
  return { about, refused };
}

function mayNot(person: Person, act: keyof typeof allowed, what: string): Refusal | null {
  if (person.roles.some((role) => allowed[act].includes(role))) return null;
  return refuse(`${what}要由${namesOfRoles(allowed[act])}决定，${person.name}的职责是${rolesOf(person)}。`);
}

function rolesOf({ roles }: Person): string {
  return roles.map((role) => roleNames[role]).join("、");
}

function setOffice(state: WorkflowState, { who, people, procedure }: SetOffice): WorkflowState | Refusal {
  if (inUse(state)) {
    const person = state.people.find(({ id }) => id === who);
    if (!person) return refuse("改动的人不在人员名单里，请重新选择自己的姓名。");
    const barred = mayNot(person, "setOffice", "人员与流程");
    if (barred) return barred;
  } else if (who !== null) return refuse("名单里还没有人，请重新打开“人员与流程”。");
  const fault = officeFault({ people, procedure });
  return fault === null ? { ...state, people, procedure } : refuse(fault);
}

function edited(state: WorkflowState, { subject, text }: Edited): WorkflowState | Refusal {
  if (frozenBy(state, subject)) return refuse("已付印，文字不能再改。", subject);
  return withText(state, subject, text);
}

function withText(state: WorkflowState, subject: Subject, text: TextHash): WorkflowState {
  const signing = state.signings.get(subjectKey(subject));
  return signing && signing.text !== text ? withSigning(state, subject, { ...signing, text }) : state;
}

function withSigning(state: WorkflowState, subject: Subject, signing: Signing): WorkflowState {
  return { ...state, signings: new Map(state.signings).set(subjectKey(subject), signing) };
}

function sign(state: WorkflowState, action: Sign, person: Person): WorkflowState | Refusal {
  const { subject, stage: name, text, waived, at } = action;
  const chain = state.procedure[subject.kind];
  const place = chain.findIndex((stage) => stage.name === name);
  const stage = chain[place];
  const frozen = frozenBy(state, subject);
  if (frozen) return refuse(`已由${frozen.name}付印，不能再签字。`, subject);
  if (!stage) return refuse(`的流程里没有${name}，请核对“人员与流程”。`, subject);
  const role = person.roles.find((one) => stage.roles.includes(one));
  if (!role)
    return refuse(`的${name}由${namesOfRoles(stage.roles)}签字，${person.name}的职责是${rolesOf(person)}。`, subject);
  const current = withText(state, subject, text);
  const before = stagesOf(current, subject);
  const next = nextStage(before);
  if (next === null || chain.indexOf(next) > place) {
    const signer = before[place]?.signature?.name ?? "";
    return refuse(`的${name}已由${signer}签过，文字没有变。`, subject);
  }
  if (next !== stage) return refuse(`还没有签${next.name}，请先签${next.name}，再签${name}。`, subject);
  const open = waived.filter(({ reason }) => reason.trim() === "");
  if (open.length > 0)
    return refuse(`还有${open.length}处差错没有改正，请改正，或逐处写明放行理由，再签${name}。`, subject);
  const old = current.signings.get(subjectKey(subject));
  const signature: Signature = { stage: name, who: person.id, name: person.name, role, at, text, waived };
  const signed = withSigning(current, subject, {
    text,
    signatures: [...(old?.signatures ?? []).filter((one) => one.stage !== name), signature],
    sentBack: old?.sentBack && old.sentBack.stage !== name ? old.sentBack : null,
  });
  // Whether it counts is asked of the one who judges: only the rule about two stages in a row is left.
  return stagesOf(signed, subject)[place]?.lapse === "person"
    ? refuse(
        `的${chain[place - 1]?.name}也是${person.name}签的，前后两个环节不能由同一人签字，请换人签${name}。`,
        subject,
      )
    : signed;
}

function sendBack(state: WorkflowState, action: SendBack, person: Person): WorkflowState | Refusal {
  const { subject, stage: name, reason, at } = action;
  const frozen = frozenBy(state, subject);
  if (frozen) return refuse(`已由${frozen.name}付印，请先撤回付印，再退回。`, subject);
  const stages = stagesOf(state, subject);
  const place = stages.findIndex(({ stage }) => stage.name === name);
  const signing = state.signings.get(subjectKey(subject));
  const signature = stages[place]?.signature;
  if (!signing || !signature) return refuse(`还没有签${name}，不用退回。`, subject);
  if (reason.trim() === "") return refuse(`退回要写明理由，让${signature.name}知道改什么。`, subject);
  const judge = nextStage(stages)?.roles ?? [];
  const may = signature.who === person.id || person.roles.some((role) => role === "approver" || judge.includes(role));
  if (!may) return refuse(`不能由${person.name}退回，请由${signature.name}本人、下一环节的人或审签的人退回。`, subject);
  const taken = stages.slice(place).map(({ stage }) => stage.name);
  return withSigning(state, subject, {
    text: signing.text,
    signatures: signing.signatures.filter((one) => !taken.includes(one.stage)),
    sentBack: { stage: name, name: person.name, at, reason },
  });
}

function press(state: WorkflowState, action: Press, person: Person): WorkflowState | Refusal {
  const { issue, text, notices, at } = action;
  const about: Subject = { kind: "issue", id: issue };
  const frozen = frozenBy(state, about);
  if (frozen) return refuse(`已由${frozen.name}付印。`, about);
  const barred = mayNot(person, "press", "付印");
  if (barred) return barred;
  const missing = lacking(state, issue, text, notices);
  const [first] = missing;
  if (first) {
    const more = missing.length > 1 ? `（另有${missing.length - 1}处没有签）` : "";
    return { ...first, refused: `${first.refused}，不能付印${more}，请签完再付印。` };
  }
  const elsewhere = notices.find(({ notice }) => frozenBy(state, { kind: "notice", id: notice }));
  if (elsewhere) return refuse("已在另一期付印。", { kind: "notice", id: elsewhere.notice });
  const pressed: Pressed = { name: person.name, at, text, notices, procedure: state.procedure };
  return { ...state, pressed: new Map(state.pressed).set(issue, pressed) };
}

function reopen(state: WorkflowState, { issue, reason }: Reopen, person: Person): WorkflowState | Refusal {
  const about: Subject = { kind: "issue", id: issue };
  if (!state.pressed.has(issue)) return refuse("没有付印，不用撤回。", about);
  const barred = mayNot(person, "reopen", "撤回付印");
  if (barred) return barred;
  if (reason.trim() === "") return refuse("撤回付印要写明理由。");
  const pressed = new Map(state.pressed);
  pressed.delete(issue);
  return { ...state, pressed };
}

function correct(state: WorkflowState, action: Correct, person: Person): WorkflowState | Refusal {
  const { issue, notice, correction, at } = action;
  const pressed = state.pressed.get(issue);
  if (!pressed) return refuse("还没有付印，可以直接改，不用更正。", { kind: "issue", id: issue });
  const barred = mayNot(person, "correct", "更正");
  if (barred) return barred;
  if (!pressed.notices.some((one) => one.notice === notice))
    return refuse("不在这一期里，不能更正。", { kind: "notice", id: notice });
  const known = state.corrections.some((one) => one.correction === correction);
  if (known || frozenBy(state, { kind: "notice", id: correction }))
    return refuse("不能作为更正，请新写一篇。", { kind: "notice", id: correction });
  return { ...state, corrections: [...state.corrections, { issue, notice, correction, name: person.name, at }] };
}
