// Sign-off over the API: the check-list of a stage, signing what was seen, printing, taking it back, correcting what was
// printed, and what the 付印单 says of all that.
import { readFileSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { type Core, openCore } from "../../main/core.ts";
import { readSheet } from "../../main/export/pressSheet.ts";
import { readPdfText } from "../../main/pdf/reader.ts";
import { type CoreEvent, GazetteError } from "../../shared/api.ts";
import { paragraph } from "../../shared/model/block.ts";
import type { Issue, NoticeFields } from "../../shared/model/notice.ts";
import type { Profile } from "../../shared/model/profile.ts";
import { defaultProcedure, type StageName } from "../../shared/workflow/procedure.ts";
import type { Subject } from "../../shared/workflow/workflow.ts";
import { testClock, testFolder } from "../store/folder.ts";
import { people } from "../workflow/office.ts";

let seq = 0;
const stamp = () => ({ client: "test", seq: ++seq });
const fieldsOf = (title: string): NoticeFields => ({
  ...{ title, issuers: ["示例市人民政府"], docNumber: "示政发〔2026〕1号", uniformNumber: "", kind: "通知" },
  ...{ dated: "2026-03-02", section: "市政府文件" },
});

/** An issue of one notice; and a second notice. `body`: of the first. */
async function open(
  body: string,
): Promise<{ core: Core; issue: Issue; notice: Subject; whole: Subject; events: CoreEvent[] }> {
  const core = openCore(testFolder(), { clock: testClock() });
  onTestFinished(() => core.close());
  const events: CoreEvent[] = [];
  core.onEvent((event) => events.push(event));
  const { api } = core;
  const first = await api.createNotice(stamp(), fieldsOf("示例市人民政府关于植树的通知"));
  await api.patchBody(stamp(), first.id, 1, { from: 0, to: 0, blocks: [paragraph("body", body)] });
  const made = await api.createIssue(stamp(), {
    ...{ gazetteTitle: "示例政报", officialTitle: "示例市人民政府公报", englishTitle: "", year: 2026, number: 1 },
    ...{ serial: null, published: "2026-03-31", organ: "示例市人民政府", statement: [], slogans: [], imprint: [] },
    style: "gbt9704",
  });
  const sections = [{ id: "s", title: "市政府文件", entries: [first.id] }];
  await api.arrangeIssue(stamp(), made.id, 1, sections);
  const issue = await api.issue(made.id);
  return { core, issue, events, notice: { kind: "notice", id: first.id }, whole: { kind: "issue", id: made.id } };
}

async function sign(core: Core, who: string, subject: Subject, stage: StageName): Promise<void> {
  const { text, findings } = await core.api.checkList(subject, stage);
  const waived = findings.map(({ id }) => ({ finding: id, reason: "原文如此" }));
  await core.api.sign(stamp(), who, subject, stage, text, waived);
}

async function signAll(core: Core, notice: Subject, whole: Subject): Promise<void> {
  await core.api.saveOffice(stamp(), null, { people, procedure: defaultProcedure });
  for (const [who, stage] of [
    ["bian", "一审"],
    ["bian", "二审"],
    ["shen", "三审"],
  ] as const)
    await sign(core, who, notice, stage);
  for (const stage of ["一校", "二校", "三校"] as const) await sign(core, "jiao", whole, stage);
}

async function press(core: Core, issue: string): Promise<void> {
  const view = await core.api.issueWorkflow(issue);
  await core.api.press(stamp(), "shen", issue, view.issue.text);
}

async function refusal(work: Promise<unknown>): Promise<{ code: string; message: string }> {
  try {
    await work;
  } catch (error) {
    if (error instanceof GazetteError) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error("it was not refused");
}

/** Exports, and gives the words of the 付印单 with its data. */
async function sheetOf(core: Core, issue: string, profile: Profile) {
  const ended = new Promise<CoreEvent>((resolve) => {
    core.onEvent((event) => {
      if (event.type === "exportDone" || event.type === "exportFailed") resolve(event);
    });
  });
  await core.api.startExport(issue, "gbt9704", profile);
  const done = await ended;
  if (done.type !== "exportDone") throw new Error(JSON.stringify(done));
  const pathOf = (token = "") => core.download(token)?.path ?? "";
  const form = (await readPdfText(readFileSync(pathOf(done.sheet?.download)))).join("").replace(/\s/gu, "");
  return { form, sheet: readSheet(readFileSync(pathOf(done.sheetData?.download), "utf8"), "付印单.json") };
}

test("an office without people prints as it always did, and the 付印单 says so", async () => {
  const { core, issue } = await open("现将有关事项通知如下。");
  const { form, sheet } = await sheetOf(core, issue.id, "press");
  expect(sheet.signOff).toEqual({ words: "未经流程审签。", entries: 0, head: "" });
  expect(form).toContain("未经流程审签。");
  expect(await refusal(core.api.press(stamp(), "shen", issue.id, "a".repeat(64)))).toMatchObject({ code: "stale" });
  expect((await core.api.office()).people).toEqual([]);
});

test("an issue goes from the first reading to the printer, and the 付印单 carries the head of the log", async () => {
  const { core, issue, notice, whole, events } = await open("现将有关事项通知如下。");
  const { api } = core;
  await api.saveOffice(stamp(), null, { people, procedure: defaultProcedure });
  expect((await api.issueWorkflow(issue.id)).lacking).toEqual([
    "《关于植树的通知》还没有签一审。",
    "示例政报2026年第1期还没有签一校。",
  ]);
  expect(await refusal(api.startExport(issue.id, "gbt9704", "press"))).toMatchObject({
    code: "notAllowed",
    message: expect.stringContaining("还没有付印"),
  });
  expect((await sheetOf(core, issue.id, "screen")).sheet.signOff.words).toBe("审签没有完成，没有付印。");
  for (const [who, stage] of [
    ["bian", "一审"],
    ["bian", "二审"],
    ["shen", "三审"],
  ] as const)
    await sign(core, who, notice, stage);
  for (const stage of ["一校", "二校", "三校"] as const) await sign(core, "jiao", whole, stage);
  expect((await api.issueWorkflow(issue.id)).lacking).toEqual([]);
  await press(core, issue.id);
  expect((await api.issueWorkflow(issue.id)).issue.pressed).toMatchObject({ name: "申签" });
  const { form, sheet } = await sheetOf(core, issue.id, "press");
  const log = await api.auditLog();
  expect(sheet.signOff).toMatchObject({ entries: log.length, head: log.at(-1)?.hash });
  expect(form).toContain(`共${log.length}条，末条校验码${log.at(-1)?.hash}`);
  expect(form).toContain("公文1份均已签一审、二审、三审。全期：一校焦对（2026年11月2");
  expect(form).toMatch(/付印：申签（2026年11月2\d日\d+时\d\d分）/u);
  expect(log.map(({ name, sentence }) => `${name} ${sentence}`)).toEqual([
    " 设置人员与流程：卞集（编辑）、焦对（校对）、申签（审签）；公文一审、二审、三审，全期一校、二校、三校",
    ...["卞集 签一审", "卞集 签二审", "申签 签三审", "焦对 签一校", "焦对 签二校", "焦对 签三校", "申签 付印，公文1份"],
  ]);
  expect(await api.verifyAudit()).toEqual({ entries: log.length, head: log.at(-1)?.hash, faults: [] });
  expect(events.filter((event) => event.type === "changed" && event.workflow)).toHaveLength(log.length);
});

test("what is printed refuses edits, and is corrected by a notice of its own that is linked to it", async () => {
  const { core, issue, notice, whole } = await open("现将有关事项通知如下。");
  const { api } = core;
  await signAll(core, notice, whole);
  await press(core, issue.id);
  const edit = { from: 0, to: 1, blocks: [paragraph("body", "改一字。")] };
  expect(await refusal(api.patchBody(stamp(), notice.id, 2, edit))).toMatchObject({
    code: "notAllowed",
    message: expect.stringMatching(/《关于植树的通知》已由申签于2026年.*付印，不能再改/u),
  });
  const correction = await api.createCorrection(stamp(), "bian", issue.id, notice.id);
  expect(correction.title).toBe("更正");
  expect(JSON.stringify(correction.body)).toContain(
    "《示例政报2026年第1期》刊登的《关于植树的通知》（示政发〔2026〕1号）中",
  );
  expect((await api.issueWorkflow(issue.id)).corrections).toMatchObject([
    { notice: notice.id, correction: correction.id, name: "卞集", title: "《更正》" },
  ]);
  expect(await api.noticeWorkflow(correction.id)).toMatchObject({
    corrects: "示例政报2026年第1期《关于植树的通知》",
    pressed: null,
  });
  expect((await api.noticeWorkflow(notice.id)).pressed?.name).toBe("申签");
  expect(await refusal(api.reopenIssue(stamp(), "bian", issue.id, "漏了一篇"))).toMatchObject({ code: "notAllowed" });
  await api.reopenIssue(stamp(), "shen", issue.id, "漏了一篇");
  await api.patchBody(stamp(), notice.id, 2, edit);
  const { notices } = await api.issueWorkflow(issue.id);
  expect(notices[0]?.stages.map(({ lapse }) => lapse)).toEqual(["text", "text", "text"]);
  const signed = notices[0]?.stages[0]?.signature?.text ?? "";
  expect(await api.changesSince(notice, signed)).toEqual([{ before: "现将有关事项通知如下。", after: "改一字。" }]);
  const ofIssue = (await api.issueWorkflow(issue.id)).issue.stages[0]?.signature?.text ?? "";
  const name = "《关于植树的通知》";
  expect(await api.changesSince(whole, ofIssue)).toEqual([{ before: name, after: name }]);
  expect(await refusal(api.changesSince(notice, "a".repeat(64)))).toMatchObject({ code: "notFound" });
});

test("nobody signs another text than the one that was seen", async () => {
  const { core, notice } = await open("现将有关事项通知如下。");
  const { api } = core;
  await api.saveOffice(stamp(), null, { people, procedure: defaultProcedure });
  const { text } = await api.checkList(notice, "一审");
  await api.patchBody(stamp(), notice.id, 2, { from: 0, to: 1, blocks: [paragraph("body", "改一字。")] });
  expect(await refusal(api.sign(stamp(), "bian", notice, "一审", text, []))).toMatchObject({ code: "stale" });
});

test("a finding of the check-list is put right or waived with a reason that the log keeps", async () => {
  const { core, notice } = await open("根据《示例市植树办法，现将有关事项通知如下。");
  const { api } = core;
  await api.saveOffice(stamp(), null, { people, procedure: defaultProcedure });
  const { text, findings } = await api.checkList(notice, "一审");
  expect(findings.length).toBeGreaterThan(0);
  expect(await refusal(api.sign(stamp(), "bian", notice, "一审", text, []))).toMatchObject({
    code: "notAllowed",
    message: expect.stringContaining(`还有${findings.length}处差错没有改正`),
  });
  await sign(core, "bian", notice, "一审");
  expect((await api.auditLog()).at(-1)?.sentence).toContain("（原文如此）");
  const [stage] = (await api.noticeWorkflow(notice.id)).stages;
  expect(stage?.signature?.waived).toMatchObject([{ reason: "原文如此" }]);
});

test("a call that is repeated after a lost answer signs once", async () => {
  const { core, notice } = await open("现将有关事项通知如下。");
  const { api } = core;
  await api.saveOffice(stamp(), null, { people, procedure: defaultProcedure });
  const { text } = await api.checkList(notice, "一审");
  const same = stamp();
  await api.sign(same, "bian", notice, "一审", text, []);
  await api.sign(same, "bian", notice, "一审", text, []);
  expect(await api.auditLog()).toHaveLength(2);
});
