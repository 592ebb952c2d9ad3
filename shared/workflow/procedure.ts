// Who signs what in an office, and in which order: the people with their roles, and the stages 三审三校 that a notice and
// an issue go through. Plain data that the office sets up; what follows from it is workflow.ts's.
import type { Severity } from "../proof/proof.ts";

export const roles = ["editor", "proofreader", "approver"] as const;
export type Role = (typeof roles)[number];
export const roleNames: Readonly<Record<Role, string>> = { editor: "编辑", proofreader: "校对", approver: "审签" };

export const stageNames = ["一审", "二审", "三审", "一校", "二校", "三校"] as const;
export type StageName = (typeof stageNames)[number];

export type PersonId = string;

/** Known by name alone: whoever sits at the machine says who they are. */
export interface Person {
  readonly id: PersonId;
  readonly name: string;
  readonly roles: readonly Role[];
}

export interface Stage {
  readonly name: StageName;
  /** Any of these may sign it. */
  readonly roles: readonly Role[];
  /** Its check-list: findings this grave, or graver, are put right or waived with a reason; null: none. */
  readonly clean: Severity | null;
  /** Rules whose findings are too, however grave; dotted names. */
  readonly rules: readonly string[];
}

export interface Procedure {
  /** In the order in which they are signed. An office may leave out any. */
  readonly notice: readonly Stage[];
  readonly issue: readonly Stage[];
  /** Nobody signs two stages of a text in a row. */
  readonly distinct: boolean;
}

export interface Office {
  readonly people: readonly Person[];
  readonly procedure: Procedure;
}

function stage(name: StageName, ...may: Role[]): Stage {
  return { name, roles: may, clean: "error", rules: [] };
}

/** A notice is read three times before it is composed, an issue is proofread three times when it is. */
export const defaultProcedure: Procedure = {
  notice: [stage("一审", "editor"), stage("二审", "editor", "approver"), stage("三审", "approver")],
  issue: [stage("一校", "proofreader"), stage("二校", "proofreader"), stage("三校", "proofreader")],
  distinct: false,
};

/** The one rule about whether there is a workflow: an office that has set up no people prints as it always did, nothing
 *  is signed or frozen, and its 付印单 says 未经流程审签. */
export function inUse(office: Pick<Office, "people">): boolean {
  return office.people.length > 0;
}

/** Names of roles in a sentence: 编辑或审签. */
export function namesOfRoles(some: readonly Role[]): string {
  return some.map((role) => roleNames[role]).join("或");
}

/** Why an office cannot work like this, as a sentence; null: it can. */
export function officeFault({ people, procedure }: Office): string | null {
  if (people.length === 0) return null;
  const names = people.map(({ name }) => name.trim());
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (names.includes("")) return "有一个人没有写姓名，请写上或删去。";
  if (twice !== undefined) return `名单里有两个“${twice}”，请加字区别，否则审签记录分不清是谁。`;
  if (new Set(people.map(({ id }) => id)).size < people.length) return "名单里同一个人出现了两次，请删去一个。";
  const idle = people.find((person) => person.roles.length === 0);
  if (idle) return `“${idle.name}”没有职责，请从编辑、校对、审签中至少选一项。`;
  if (!people.some((person) => person.roles.includes("approver"))) return "名单里没有审签的人，付印要由审签的人决定。";
  return (
    chainFault(people, procedure.notice, procedure.distinct) ?? chainFault(people, procedure.issue, procedure.distinct)
  );
}

function chainFault(people: readonly Person[], chain: readonly Stage[], distinct: boolean): string | null {
  const stages = chain.map(({ name }) => name);
  const twice = stages.find((name, i) => stages.indexOf(name) < i);
  if (twice) return `${twice}在流程里出现了两次，请删去一个。`;
  // Who may have signed the stage before; with one such person only, that one cannot sign the next.
  let before: readonly Person[] = [];
  for (const [i, { name, roles: may }] of chain.entries()) {
    if (may.length === 0) return `${name}没有写由谁签字，请选定。`;
    const able = people.filter((person) => person.roles.some((role) => may.includes(role)));
    if (able.length === 0) return `${name}由${namesOfRoles(may)}签字，名单里没有这样的人，请加人或改由别人签字。`;
    const free = distinct && i > 0 ? able.filter((one) => before.some((other) => other.id !== one.id)) : able;
    if (free.length === 0) return `前后两个环节不能由同一人签字，${name}就没有人可签了，请加人或放宽这条规定。`;
    before = free;
  }
  return null;
}
