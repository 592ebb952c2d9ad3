// Ten thousand random lives of a small office. Nothing here uses the functions that judge what stands: an oracle reads the
// list of what was accepted and tells by itself whether a printing was legal.
import fc from "fast-check";
import { expect, test } from "vitest";
import { replay } from "../../shared/workflow/audit.ts";
import { action as actionCheck } from "../../shared/workflow/check.ts";
import { officeFault, type Procedure, roles, type StageName, stageNames } from "../../shared/workflow/procedure.ts";
import {
  type Action,
  apply,
  emptyWorkflow,
  isRefusal,
  type Press,
  type Sign,
  type Subject,
} from "../../shared/workflow/workflow.ts";
import { at, hash } from "./office.ts";

const ids = ["p1", "p2", "p3", "p4"];
const person = fc.constantFrom(...ids);
const noticeId = fc.constantFrom("n1", "n2", "n3");
const issueId = fc.constantFrom("i1", "i2");
const subject: fc.Arbitrary<Subject> = fc.oneof(
  noticeId.map((id) => ({ kind: "notice" as const, id })),
  issueId.map((id) => ({ kind: "issue" as const, id })),
);
const stageName = fc.constantFrom(...stageNames);
// Few texts, so that what was signed comes back.
const text = fc.constantFrom("a", "a", "a", "b").map(hash);
const reason = fc.constantFrom("", "已核", "已核");

const chain = fc.uniqueArray(stageName, { maxLength: 3 }).chain((names) =>
  fc.tuple(
    ...names.map((name) =>
      fc.record({
        name: fc.constant(name),
        roles: fc.uniqueArray(fc.constantFrom(...roles), { minLength: 1, maxLength: 3 }),
        clean: fc.constant("error" as const),
        rules: fc.constant([]),
      }),
    ),
  ),
);
const procedure: fc.Arbitrary<Procedure> = fc.record({ notice: chain, issue: chain, distinct: fc.boolean() });
const people = fc.tuple(
  ...ids.map((id) =>
    fc
      .uniqueArray(fc.constantFrom(...roles), { minLength: 1, maxLength: 3 })
      .map((some) => ({ id, name: `人${id}`, roles: some })),
  ),
);
const firstOffice = fc
  .record({ type: fc.constant("setOffice" as const), at: fc.constant(at), who: fc.constant(null), people, procedure })
  .filter((office) => officeFault(office) === null);

const time = { at: fc.constant(at), who: person };
const waived = fc.oneof(
  { weight: 6, arbitrary: fc.constant([]) },
  { weight: 1, arbitrary: reason.map((why) => [{ finding: "f", rule: "r", excerpt: "文", reason: why }]) },
);
const sign = fc.record({ type: fc.constant("sign" as const), ...time, subject, stage: stageName, text, waived });
const press = fc.record({
  ...{ type: fc.constant("press" as const), ...time, issue: issueId, text },
  notices: fc.array(fc.record({ notice: noticeId, text }), { maxLength: 2 }),
});
const other: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ type: fc.constant("edited" as const), at: fc.constant(at), subject, text }),
  fc.record({ type: fc.constant("sendBack" as const), ...time, subject, stage: stageName, reason }),
  fc.record({ type: fc.constant("reopen" as const), ...time, issue: issueId, reason }),
  fc.record({
    type: fc.constant("correct" as const),
    ...time,
    issue: issueId,
    notice: noticeId,
    correction: fc.constantFrom("n1", "c1", "c2"),
  }),
  fc.record({ type: fc.constant("setOffice" as const), ...time, people, procedure }),
);
/** What an office that means to get on would do: sign everything in order, by whoever may, and print it. */
const diligent = fc.record({ type: fc.constant("diligent" as const), issue: issueId, notice: noticeId, text });
type Step = Action | (typeof diligent extends fc.Arbitrary<infer D> ? D : never);
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: sign as fc.Arbitrary<Step> },
    { weight: 2, arbitrary: diligent as fc.Arbitrary<Step> },
    { weight: 5, arbitrary: press as fc.Arbitrary<Step> },
    { weight: 6, arbitrary: other as fc.Arbitrary<Step> },
  ),
  { minLength: 5, maxLength: 40 },
);

test("no illegal printing, no stage skipped, and the log gives the state again, in 10,000 random lives", () => {
  const seen = { pressed: 0, refused: 0, signed: 0, reopened: 0, corrected: 0 };
  fc.assert(
    fc.property(firstOffice, steps, (office, wanted) => {
      let state = emptyWorkflow;
      const accepted: Action[] = [];
      const take = (action: Action) => {
        const next = apply(state, action);
        if (isRefusal(next)) {
          seen.refused++;
          return;
        }
        const wrong = fault(accepted, action);
        if (wrong) throw new Error(`${wrong}: ${JSON.stringify(action)}`);
        accepted.push(action);
        state = next;
        if (action.type === "press") seen.pressed++;
        if (action.type === "sign") seen.signed++;
        if (action.type === "reopen") seen.reopened++;
        if (action.type === "correct") seen.corrected++;
      };
      take(office);
      for (const step of wanted) {
        if (step.type !== "diligent") take(step);
        else {
          const { issue, notice, text: of } = step;
          const both: Subject[] = [
            { kind: "notice", id: notice },
            { kind: "issue", id: issue },
          ];
          for (const about of both)
            for (const { name } of state.procedure[about.kind])
              for (const who of ids) take({ type: "sign", at, who, subject: about, stage: name, text: of, waived: [] });
          for (const who of ids) take({ type: "press", at, who, issue, text: of, notices: [{ notice, text: of }] });
        }
      }
      // As the store keeps it: canonical JSON, read and checked again.
      const stored = accepted.map((action) => JSON.stringify(actionCheck(action, "log")));
      const again = stored.map((json) => actionCheck(JSON.parse(json), "log"));
      expect(again.map((action) => JSON.stringify(action))).toEqual(stored);
      const replayed = replay(again);
      expect(replayed.illegal).toEqual([]);
      expect(replayed.state).toEqual(state);
    }),
    { numRuns: 10_000, seed: 20261122 },
  );
  // The lives are worth something only if much of every kind happens in them.
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(500);
}, 240_000);

// ---- the oracle: only the list of what was accepted

function officeAt(history: readonly Action[]): Action & { type: "setOffice" } {
  const office = history.findLast((action) => action.type === "setOffice");
  if (!office) throw new Error("no office");
  return office;
}

/** What is wrong with an accepted action; null: nothing. */
function fault(history: readonly Action[], action: Action): string | null {
  if (action.type === "setOffice" && history.length === 0) return null;
  const { people: listed, procedure: rules } = officeAt(history);
  const actor = action.type === "edited" ? undefined : listed.find(({ id }) => id === action.who);
  if (action.type !== "edited" && !actor) return "done by a stranger";
  switch (action.type) {
    case "setOffice":
    case "reopen":
      return actor?.roles.includes("approver") ? null : "not by an approver";
    case "correct":
      return isPressed(history, action.issue) ? null : "corrects what was not printed";
    case "edited":
      return holder(history, action.subject) ? "edits what is frozen" : null;
    case "sendBack":
      return holder(history, action.subject) ? "sends back what is frozen" : null;
    case "sign": {
      if (holder(history, action.subject)) return "signs what is frozen";
      const own = rules[action.subject.kind];
      const place = own.findIndex(({ name }) => name === action.stage);
      if (!own[place]?.roles.some((role) => actor?.roles.includes(role))) return "signed with the wrong role";
      if (action.waived.some((one) => one.reason === "")) return "an unreasoned waiver";
      const before = own.slice(0, place).map(({ name }) => latest(history, action.subject, name));
      if (before.some((one) => one?.text !== action.text)) return "a stage was skipped";
      return rules.distinct && before.at(-1)?.who === action.who ? "twice in a row" : null;
    }
    case "press": {
      if (!actor?.roles.includes("approver")) return "not printed by an approver";
      if (isPressed(history, action.issue)) return "printed twice";
      const texts = [
        ...action.notices.map((one) => ({ subject: { kind: "notice" as const, id: one.notice }, text: one.text })),
        { subject: { kind: "issue" as const, id: action.issue }, text: action.text },
      ];
      for (const { subject: of, text: now } of texts) {
        let before: Sign | undefined;
        for (const { name } of rules[of.kind]) {
          const last = latest(history, of, name);
          if (last?.text !== now) return `printed without ${name}`;
          if (rules.distinct && before?.who === last.who) return "printed with one person twice in a row";
          before = last;
        }
      }
      return action.notices.length === 0 ? "printed empty" : null;
    }
  }
}

/** The last signature of a stage, unless it was sent back since. */
function latest(history: readonly Action[], of: Subject, stage: StageName): Sign | undefined {
  const same = (one: Subject) => one.kind === of.kind && one.id === of.id;
  let found: Sign | undefined;
  for (const [i, action] of history.entries()) {
    if (action.type === "sign" && same(action.subject) && action.stage === stage) found = action;
    if (action.type === "sendBack" && same(action.subject)) {
      const names = officeAt(history.slice(0, i)).procedure[of.kind].map(({ name }) => name);
      if (names.indexOf(stage) >= names.indexOf(action.stage)) found = undefined;
    }
  }
  return found;
}

function isPressed(history: readonly Action[], issue: string): boolean {
  const last = history.findLast((one) => (one.type === "press" || one.type === "reopen") && one.issue === issue);
  return last?.type === "press";
}

/** The printing that freezes a text. */
function holder(history: readonly Action[], of: Subject): Press | undefined {
  return history.find((one, i): one is Press => {
    if (one.type !== "press") return false;
    const open = !history.slice(i).some((later) => later.type === "reopen" && later.issue === one.issue);
    const holds = of.kind === "issue" ? one.issue === of.id : one.notices.some(({ notice }) => notice === of.id);
    return open && holds;
  });
}
