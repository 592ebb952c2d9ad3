// Checks of what comes from outside about the workflow: what the window asks for, and the actions in the log of the store.
// A checked action has its keys in a fixed order, so that its JSON is canonical.
import { anyText, type Check, identifier, line, list, nullable, oneOf, record, ShapeError } from "../model/check.ts";
import { type Office, roles, stageNames } from "./procedure.ts";
import type { TextHash } from "./text.ts";
import type { Action, Subject } from "./workflow.ts";

export const textHash: Check<TextHash> = (value, path) => {
  if (typeof value !== "string" || !/^[0-9a-f]{64}$/.test(value)) throw new ShapeError(path, "应是64位的校验码");
  return value;
};

export const subject: Check<Subject> = record({ kind: oneOf(["notice", "issue"]), id: identifier });
export const stageName = oneOf(stageNames);
export const reason = anyText(1000);

const someRoles = list(oneOf(roles), roles.length);
const stages = list(
  record({
    name: stageName,
    roles: someRoles,
    clean: nullable(oneOf(["error", "warning", "hint"])),
    rules: list(line(100, 1), 500),
  }),
  stageNames.length,
);
const officeShape = {
  people: list(record({ id: identifier, name: line(50), roles: someRoles }), 200),
  procedure: record({ notice: stages, issue: stages, distinct: oneOf([true, false]) }),
};
export const office: Check<Office> = record(officeShape);

/** A reason for each finding that the check-list of a stage tells. */
export const waivers = list(record({ finding: line(100, 1), reason }), 10_000);

const done = <const T extends string>(type: T) => ({ type: oneOf([type]), at: line(40, 1), who: identifier });
const pressed = list(record({ notice: identifier, text: textHash }), 5000);
const waiver = record({ finding: line(100, 1), rule: line(100, 1), excerpt: anyText(2000), reason });

const actions = {
  setOffice: record({ ...done("setOffice"), who: nullable(identifier), ...officeShape }),
  sign: record({ ...done("sign"), subject, stage: stageName, text: textHash, waived: list(waiver, 10_000) }),
  sendBack: record({ ...done("sendBack"), subject, stage: stageName, reason }),
  edited: record({ type: oneOf(["edited"]), at: line(40, 1), subject, text: textHash }),
  press: record({ ...done("press"), issue: identifier, text: textHash, notices: pressed }),
  reopen: record({ ...done("reopen"), issue: identifier, reason }),
  correct: record({ ...done("correct"), issue: identifier, notice: identifier, correction: identifier }),
} satisfies { readonly [T in Action["type"]]: Check<Extract<Action, { type: T }>> };

export const action: Check<Action> = (value, path) => {
  const type = typeof value === "object" && value !== null && "type" in value ? value.type : undefined;
  if (typeof type !== "string" || !Object.hasOwn(actions, type)) throw new ShapeError(`${path}.type`, "不是审签的动作");
  return actions[type as Action["type"]](value, path); // it is one of the keys
};
