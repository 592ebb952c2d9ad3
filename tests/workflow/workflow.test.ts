import { describe, expect, it, test } from "vitest";
import { demanded } from "../../shared/workflow/checkList.ts";
import {
  defaultProcedure,
  officeFault,
  type Procedure,
  type Stage,
  type StageName,
} from "../../shared/workflow/procedure.ts";
import {
  type Action,
  emptyWorkflow,
  frozenBy,
  type Lapse,
  lacking,
  type Standing,
  type Subject,
  stagesOf,
  type WorkflowState,
} from "../../shared/workflow/workflow.ts";
import { at, deed, hash, issue, notice, people, proofread, read, refusalOf, stateAfter } from "./office.ts";

const withSecondEditor = [...people, { id: "bian2", name: "卞二", roles: ["editor"] as const }];
const set = stateAfter([deed.office()]);
const signedNotice = stateAfter(read, set);
const signed = stateAfter(proofread, signedNotice);
const pressed = stateAfter([deed.press("shen")], signed);

describe("every role and every action", () => {
  const roles = { editor: "bian", proofreader: "jiao", approver: "shen", stranger: "nobody" };
  const cases: readonly (readonly [string, WorkflowState, (who: string) => Action, readonly (keyof typeof roles)[]])[] =
    [
      ["sets up people and procedure", set, (who) => ({ ...deed.office(), who }) as Action, ["approver"]],
      ["signs 一审", set, (who) => deed.sign(who, notice, "一审"), ["editor"]],
      [
        "signs 二审",
        stateAfter(read.slice(0, 1), set),
        (who) => deed.sign(who, notice, "二审"),
        ["editor", "approver"],
      ],
      ["signs 三审", stateAfter(read.slice(0, 2), set), (who) => deed.sign(who, notice, "三审"), ["approver"]],
      ["signs 一校", set, (who) => deed.sign(who, issue, "一校"), ["proofreader"]],
      ["signs 二校", stateAfter(proofread.slice(0, 1), set), (who) => deed.sign(who, issue, "二校"), ["proofreader"]],
      ["signs 三校", stateAfter(proofread.slice(0, 2), set), (who) => deed.sign(who, issue, "三校"), ["proofreader"]],
      // The signer, whoever may sign the next stage, and the approver.
      [
        "sends back 一审",
        stateAfter(read.slice(0, 1), set),
        (who) => deed.sendBack(who, notice, "一审"),
        ["editor", "approver"],
      ],
      ["sends back 三审", signedNotice, (who) => deed.sendBack(who, notice, "三审"), ["approver"]],
      ["sends back 三校", signed, (who) => deed.sendBack(who, issue, "三校"), ["proofreader", "approver"]],
      ["prints", signed, (who) => deed.press(who), ["approver"]],
      ["takes back the printing", pressed, (who) => deed.reopen(who), ["approver"]],
      ["corrects what was printed", pressed, (who) => deed.correct(who), ["editor", "approver"]],
    ];
  for (const [what, state, act, may] of cases)
    for (const [role, who] of Object.entries(roles))
      test(`${role} ${what}: ${may.some((one) => one === role) ? "allowed" : "refused"}`, () => {
        const refused = refusalOf(state, act(who));
        if (may.some((one) => one === role)) expect(refused).toBeNull();
        else expect(refused).toMatch(/职责|名单|本人/u);
      });
});

describe("what is refused", () => {
  const distinct: Procedure = { ...defaultProcedure, distinct: true };
  it.each<[string, WorkflowState, Action, RegExp]>([
    ["signing in an office without people", emptyWorkflow, deed.sign("bian", notice, "一审"), /还没有设置审签人员/u],
    ["skipping a stage", set, deed.sign("bian", notice, "二审"), /请先签一审/u],
    ["skipping two stages", set, deed.sign("shen", notice, "三审"), /请先签一审/u],
    ["a stage that is not in the procedure", set, deed.sign("jiao", notice, "一校"), /流程里没有一校/u],
    ["signing the same text twice", signedNotice, deed.sign("shen", notice, "三审"), /已由申签签过/u],
    [
      "signing another text without the stages before",
      signedNotice,
      deed.sign("shen", notice, "三审", "b"),
      /先签一审/u,
    ],
    [
      "two stages in a row by the same person, where the office forbids it",
      stateAfter([
        deed.office({ ...distinct, issue: [], notice: [stage("一审", "editor"), stage("二审", "editor", "approver")] }),
        read[0] as Action,
      ]),
      deed.sign("bian", notice, "二审"),
      /不能由同一人签字，请换人签二审/u,
    ],
    [
      "a finding of the check-list without a reason",
      set,
      { ...deed.sign("bian", notice, "一审"), waived: [waiver("原文如此"), waiver(" ")] } as Action,
      /还有1处差错没有改正/u,
    ],
    ["printing what nobody proofread", signedNotice, deed.press("shen"), /还没有签一校，不能付印，/u],
    ["printing what nobody read", stateAfter(proofread, set), deed.press("shen"), /还没有签一审/u],
    ["printing another text than the one signed", signed, deed.press("shen", "a", "b"), /还没有签一审/u],
    ["printing another arrangement than the one signed", signed, deed.press("shen", "b"), /还没有签一校/u],
    ["printing with a notice more", signed, deed.press("shen", "a", "a", "i1", ["n1", "n2"]), /还没有签一审/u],
    ["printing an empty issue", signed, deed.press("shen", "a", "a", "i1", []), /还没有编入公文/u],
    ["printing twice", pressed, deed.press("shen"), /已由申签付印/u],
    ["editing a frozen notice", pressed, deed.edit(notice, "b"), /已付印/u],
    ["editing a frozen issue", pressed, deed.edit(issue, "b"), /已付印/u],
    ["signing a frozen notice", pressed, deed.sign("bian", notice, "一审", "b"), /已由申签付印/u],
    ["sending back a frozen issue", pressed, deed.sendBack("shen", issue, "一校"), /请先撤回付印/u],
    ["sending back what nobody signed", set, deed.sendBack("shen", notice, "一审"), /不用退回/u],
    ["sending back without a reason", signed, deed.sendBack("shen", issue, "三校", " "), /写明理由/u],
    ["taking back a printing without a reason", pressed, deed.reopen("shen", ""), /写明理由/u],
    ["taking back a printing that was not", signed, deed.reopen("shen"), /没有付印/u],
    ["correcting what is not printed", signed, deed.correct("bian"), /还没有付印/u],
    ["correcting a notice of another issue", pressed, deed.correct("bian", "n2"), /不在这一期里/u],
    ["correcting a notice by itself", pressed, deed.correct("bian", "n1", "n1"), /请新写一篇/u],
    [
      "one correction for two notices",
      stateAfter([deed.correct("bian")], pressed),
      deed.correct("bian"),
      /请新写一篇/u,
    ],
    ["first people by somebody", emptyWorkflow, { ...deed.office(), who: "shen" } as Action, /还没有人/u],
  ])("%s", (_, state, action, sentence) => {
    expect(refusalOf(state, action)).toMatch(sentence);
  });

  test("by the same person is allowed where the office says so, and when another signs between", () => {
    expect(refusalOf(stateAfter(read.slice(0, 1), set), deed.sign("bian", notice, "二审"))).toBeNull();
    const apart = stateAfter([deed.office({ ...distinct, issue: [] }, withSecondEditor)]);
    const twice = stateAfter([deed.sign("bian", notice, "一审"), deed.sign("shen", notice, "二审")], apart);
    expect(refusalOf(twice, deed.sign("shen", notice, "三审"))).toMatch(/同一人/u);
    const between = stateAfter([deed.sign("bian", notice, "一审"), deed.sign("bian2", notice, "二审")], apart);
    expect(refusalOf(between, deed.sign("shen", notice, "三审"))).toBeNull();
  });
});

describe("what stands", () => {
  it.each<[string, readonly Action[], readonly (Lapse | "stands" | "open")[]]>([
    ["nothing at first", [], ["open", "open", "open"]],
    ["what was signed", read, ["stands", "stands", "stands"]],
    ["nothing of another text", [...read, deed.edit(notice, "b")], ["text", "text", "text"]],
    [
      "all again when the text is again as signed",
      [...read, deed.edit(notice, "b"), deed.edit(notice, "a")],
      ["stands", "stands", "stands"],
    ],
    [
      "only what was signed of the new text",
      [...read, deed.edit(notice, "b"), deed.sign("bian", notice, "一审", "b")],
      ["stands", "text", "text"],
    ],
    [
      "no later stage of an old text when an earlier one was signed of a newer",
      [...read, deed.sign("bian", notice, "一审", "b"), deed.edit(notice, "a")],
      ["text", "order", "order"],
    ],
    [
      "what stands before the one that was sent back",
      [...read, deed.sendBack("shen", notice, "二审")],
      ["stands", "open", "open"],
    ],
    [
      "nothing else because another notice was edited",
      [...read, deed.edit({ kind: "notice", id: "n2" }, "b")],
      ["stands", "stands", "stands"],
    ],
    [
      "no signature of a role that may not sign any more",
      [
        ...read,
        {
          ...deed.office({ ...defaultProcedure, notice: [stage("一审", "approver"), stage("二审", "editor")] }),
          who: "shen",
        } as Action,
      ],
      ["role", "order"],
    ],
    [
      "no second signature of the same person since the office forbids it",
      [
        ...read,
        { ...deed.office({ ...defaultProcedure, issue: [], distinct: true }, withSecondEditor), who: "shen" } as Action,
      ],
      ["stands", "person", "order"],
    ],
    [
      "nothing behind a stage that came in between",
      [...read, { ...deed.office(withStage("一校", 1)), who: "shen" } as Action],
      ["stands", "open", "order", "order"],
    ],
  ])("%s", (_, actions, expected) => {
    expect(marks(stagesOf(stateAfter(actions, set), notice))).toEqual(expected);
  });

  test("a notice that was edited re-opens itself and the issue, and no other notice", () => {
    const two: Subject = { kind: "notice", id: "n2" };
    const both = stateAfter(
      read.map((action) => ({ ...action, subject: two }) as Action),
      signed,
    );
    const edited = stateAfter([deed.edit(notice, "b"), deed.edit(issue, "b")], both);
    expect(marks(stagesOf(edited, notice))).toEqual(["text", "text", "text"]);
    expect(marks(stagesOf(edited, two))).toEqual(["stands", "stands", "stands"]);
    const now = [
      { notice: "n1", text: hash("b") },
      { notice: "n2", text: hash("a") },
    ];
    expect(lacking(edited, "i1", hash("b"), now)).toEqual([
      { about: notice, refused: "还没有签一审" },
      { about: issue, refused: "还没有签一校" },
    ]);
  });

  test("a person who left the list has still signed", () => {
    const others = [...people.slice(1), { id: "xin", name: "辛来", roles: ["editor"] as const }];
    const left = stateAfter(
      [{ type: "setOffice", at, who: "shen", people: others, procedure: defaultProcedure }],
      signed,
    );
    expect(marks(stagesOf(left, notice))).toEqual(["stands", "stands", "stands"]);
    expect(refusalOf(left, deed.press("shen"))).toBeNull();
  });
});

describe("a printed issue", () => {
  test("is frozen with its notices, and free again when the printing is taken back", () => {
    for (const subject of [issue, notice]) expect(frozenBy(pressed, subject)?.name).toBe("申签");
    expect(frozenBy(pressed, { kind: "notice", id: "n2" })).toBeNull();
    const reopened = stateAfter([deed.reopen("shen")], pressed);
    expect(frozenBy(reopened, notice)).toBeNull();
    expect(refusalOf(reopened, deed.press("shen"))).toBeNull();
  });

  test("keeps the procedure by which it was signed", () => {
    const other = { ...deed.office(withStage("一校", 1)), who: "shen" } as Action;
    expect(stateAfter([other], pressed).pressed.get("i1")?.procedure).toEqual(defaultProcedure);
  });
});

describe("an office that cannot work", () => {
  const [bian, jiao, shen] = people;
  it.each<[string, unknown[], Partial<Procedure>, RegExp | null]>([
    ["nobody: no workflow", [], {}, null],
    ["one for each role", [bian, jiao, shen], {}, null],
    ["one person for all", [{ id: "1", name: "全能", roles: ["editor", "proofreader", "approver"] }], {}, null],
    [
      "one person for all, and no two stages in a row",
      [{ id: "1", name: "全能", roles: ["editor", "proofreader", "approver"] }],
      { distinct: true },
      /没有人可签/u,
    ],
    [
      "one proofreader, and no two stages in a row",
      [bian, jiao, shen],
      { notice: [], distinct: true },
      /二校就没有人可签/u,
    ],
    [
      "two who alternate",
      [bian, shen, { ...bian, id: "3", name: "卞二" }, jiao, { ...jiao, id: "2", name: "焦二" }],
      { distinct: true },
      null,
    ],
    ["without a name", [{ ...bian, name: " " }, jiao, shen], {}, /没有写姓名/u],
    ["two of the same name", [bian, { ...jiao, name: "卞集" }, shen], {}, /两个“卞集”/u],
    ["one person twice", [bian, { ...bian, name: "卞二" }, jiao, shen], {}, /出现了两次/u],
    ["without a role", [bian, jiao, shen, { id: "4", name: "闲人", roles: [] }], {}, /“闲人”没有职责/u],
    ["without an approver", [bian, jiao], {}, /没有审签的人/u],
    ["without a proofreader", [bian, shen], {}, /一校由校对签字，名单里没有/u],
    [
      "a stage twice",
      [bian, jiao, shen],
      { issue: [stage("一校", "proofreader"), stage("一校", "proofreader")] },
      /一校在流程里出现了两次/u,
    ],
    ["a stage for nobody", [bian, jiao, shen], { issue: [stage("一校")] }, /没有写由谁签字/u],
    ["no stage at all", [bian, jiao, shen], { notice: [], issue: [] }, null],
  ])("%s", (_, some, procedure, fault) => {
    const office = {
      people: some as typeof people extends readonly (infer P)[] ? P[] : never,
      procedure: { ...defaultProcedure, ...procedure },
    };
    const found = officeFault(office);
    if (fault) expect(found).toMatch(fault);
    else expect(found).toBeNull();
  });
});

test("the check-list of a stage asks for what is as grave as it says, and for its rules", () => {
  const finding = (
    id: string,
    severity: "error" | "warning" | "hint",
    rule: string,
    ignored: string | null = null,
  ) => ({
    ...{ id, severity, rule, ignored, message: "", quote: "", excerpt: "", evidence: [] },
    place: { in: "issue" as const, field: "number" as const },
  });
  const findings = [
    finding("1", "error", "docno.duplicate"),
    finding("2", "warning", "sum.total"),
    finding("3", "hint", "punct.width"),
    finding("4", "error", "docno.duplicate", "ignored with a reason"),
  ];
  const ids = (clean: Stage["clean"], rules: string[] = []) =>
    demanded({ ...stage("一审", "editor"), clean, rules }, findings).map(({ id }) => id);
  expect(ids(null)).toEqual([]);
  expect(ids("error")).toEqual(["1"]);
  expect(ids("warning")).toEqual(["1", "2"]);
  expect(ids("hint")).toEqual(["1", "2", "3"]);
  expect(ids(null, ["punct.width"])).toEqual(["3"]);
});

function stage(name: StageName, ...roles: Stage["roles"][number][]): Stage {
  return { name, roles, clean: null, rules: [] };
}

function withStage(name: StageName, place: number): Procedure {
  return { ...defaultProcedure, notice: defaultProcedure.notice.toSpliced(place, 0, stage(name, "proofreader")) };
}

function waiver(reason: string) {
  return { finding: "f", rule: "docno.duplicate", excerpt: "示政发〔2026〕1号", reason };
}

function marks(stages: readonly Standing[]): (Lapse | "stands" | "open")[] {
  return stages.map(({ signature, lapse }) => (signature ? (lapse ?? "stands") : "open"));
}
