// Proofreading over the API: findings of a stored issue, ignores that are kept and taken back, corrections under the
// name of their rule, dictionaries of the office. All text is invented (示例市).
import { describe, expect, onTestFinished, test } from "vitest";
import { type Core, openCore } from "../../main/core.ts";
import { type CoreEvent, type GazetteApi, GazetteError, type Stamp } from "../../shared/api.ts";
import { paragraph, paragraphText } from "../../shared/model/block.ts";
import type { IssueFields, NoticeFields } from "../../shared/model/notice.ts";
import type { EntryFields } from "../../shared/proof/dictionary.ts";
import type { StoredFinding } from "../../shared/proof/stored.ts";
import { testClock, testFolder } from "../store/folder.ts";

const fields: NoticeFields = {
  title: "示例市人民政府关于做好公园管理工作的通知",
  issuers: ["示例市人民政府"],
  docNumber: "示政发〔2026〕12号",
  uniformNumber: "",
  kind: "通知",
  dated: "2026-06-18",
  section: "市政府文件",
};
const issueFields: IssueFields = {
  ...{ gazetteTitle: "示例政报", officialTitle: "", englishTitle: "", year: 2026, number: 1, serial: null },
  ...{ published: "2026-07-01", organ: "", statement: [], slogans: [], imprint: [], style: "gbt9704" },
};

function open(folder = testFolder()): { core: Core; api: GazetteApi; next: () => Stamp; events: CoreEvent[] } {
  const core = openCore(folder, { clock: testClock(), onError: (error) => expect.unreachable(String(error)) });
  onTestFinished(() => core.close());
  const events: CoreEvent[] = [];
  core.onEvent((event) => events.push(event));
  let seq = 0;
  return { core, api: core.api, events, next: () => ({ client: "window", seq: ++seq }) };
}

type Desk = ReturnType<typeof open>;

async function notice({ api, next }: Desk, text: string, change: Partial<NoticeFields> = {}): Promise<string> {
  const { id } = await api.createNotice(next(), { ...fields, ...change });
  const blocks = text.split("\n").map((line) => paragraph("body", line));
  await api.patchBody(next(), id, 1, { from: 0, to: 0, blocks });
  return id;
}

async function issue(
  { api, next }: Desk,
  entries: readonly string[],
  change: Partial<IssueFields> = {},
): Promise<string> {
  const { id } = await api.createIssue(next(), { ...issueFields, ...change });
  await api.arrangeIssue(next(), id, 1, [{ id: "s", title: "市政府文件", entries }]);
  return id;
}

const texts = async (api: GazetteApi, id: string) =>
  (await api.notice(id)).body.map((block) => (block.type === "paragraph" ? paragraphText(block) : ""));
const seen = (findings: readonly StoredFinding[]) =>
  findings.map(({ rule, ignored }) => (ignored ? `(${rule})` : rule));

async function code(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return error instanceof GazetteError ? error.code : String(error);
}

function only(findings: readonly StoredFinding[], rule: string): StoredFinding {
  const [found] = findings.filter((finding) => finding.rule === rule);
  if (!found) throw new RangeError(`${rule} was not found`);
  return found;
}

test("an issue is read with its notices, its own rules and the store, and again after an edit", async () => {
  const desk = open();
  const { api, next } = desk;
  const [a, b] = [
    await notice(desk, "请登陆平台。"),
    await notice(desk, "做好工作。", { title: "示例市人民政府关于绿地的通告" }),
  ];
  const old = await notice(desk, "做好工作。", {
    docNumber: "示政发〔2026〕9号",
    title: "示例市人民政府关于河道的通知",
  });
  await issue(desk, [old], { number: 1, published: "2026-02-01" });
  const id = await issue(desk, [a, b], { number: 3 });
  const report = await api.checkIssue(id);
  expect(seen(report.findings)).toEqual(["issue.number", "typo.log-in", "docno.duplicate"]);
  expect(report.open).toEqual({ error: 2, warning: 1, hint: 0 });
  expect(report.versions).toEqual({ [a]: 2, [b]: 2 });
  expect(report.characters).toBe(11);
  await api.updateNotice(next(), b, 2, { docNumber: "示政发〔2026〕9号" });
  await api.patchBody(next(), a, 2, { from: 0, to: 1, blocks: [paragraph("body", "请登录平台。")] });
  expect(seen((await api.checkIssue(id)).findings)).toEqual(["issue.number", "store.printed-before"]);
  expect(seen((await api.checkNotice(b)).findings)).toEqual(["store.printed-before"]);
});

describe("ignores", () => {
  const request = (finding: StoredFinding, change: object = {}) => ({
    ...{ scope: "here" as const, rule: finding.rule, finding: finding.id, quote: finding.quote, issue: null },
    ...{ reason: "平台名称", by: "王编", ...change },
  });

  test("hold over a restart and edits elsewhere, in their issue, until they are taken back", async () => {
    const folder = testFolder();
    const desk = open(folder);
    const { api, next, events } = desk;
    const a = await notice(desk, "请登陆平台。");
    const id = await issue(desk, [a]);
    const finding = only((await api.checkIssue(id)).findings, "typo.log-in");
    const kept = await api.ignore(next(), request(finding, { issue: id }));
    expect(kept).toMatchObject({ scope: "here", by: "王编", reason: "平台名称", revoked: null });
    expect(events.at(-1)).toMatchObject({ type: "changed", proof: true });
    await api.patchBody(next(), a, 2, { from: 0, to: 0, blocks: [paragraph("body", "做好工作。")] });
    expect(seen((await api.checkIssue(id)).findings)).toEqual(["(typo.log-in)"]);
    await desk.core.close();

    const later = open(folder);
    const report = await later.api.checkIssue(id);
    expect([seen(report.findings), report.open.error]).toEqual([["(typo.log-in)"], 0]);
    expect([await later.api.ignores(null), await later.api.ignores(id)]).toEqual([[], [kept]]);
    const stamp = { client: "later", seq: 1 };
    expect(await later.api.revokeIgnore(stamp, kept.id, "李审")).toMatchObject({ revoked: { by: "李审" } });
    expect(seen((await later.api.checkIssue(id)).findings)).toEqual(["typo.log-in"]);
    expect(await later.api.ignores(id)).toHaveLength(1);
  });

  test("these words, a rule: in all of the office", async () => {
    const desk = open();
    const { api, next } = desk;
    const id = await issue(desk, [await notice(desk, "其它惟一。"), await notice(desk, "其它。", { docNumber: "" })]);
    const found = (await api.checkIssue(id)).findings;
    await api.ignore(next(), request(only(found, "typo.variant"), { scope: "word", finding: "", reason: "" }));
    expect(seen((await api.checkIssue(id)).findings)).toEqual(["(typo.variant)", "typo.variant", "(typo.variant)"]);
    await api.ignore(
      next(),
      request(only(found, "typo.variant"), { scope: "rule", finding: "", quote: "", reason: "" }),
    );
    expect((await api.checkIssue(id)).open.hint).toBe(0);
  });

  test("are refused without a name, without a reason for errors, for no rule, no place, no issue", async () => {
    const desk = open();
    const { api, next } = desk;
    const id = await issue(desk, [await notice(desk, "请登陆平台。")]);
    const finding = only((await api.checkIssue(id)).findings, "typo.log-in");
    const asked = [{ by: " " }, { reason: "" }, { rule: "no.rule" }, { finding: "" }, { scope: "word", quote: "" }];
    for (const change of asked) expect(await code(api.ignore(next(), request(finding, change)))).toBe("badRequest");
    expect(await code(api.ignore(next(), request(finding, { issue: "gone" })))).toBe("notFound");
    expect(await code(api.revokeIgnore(next(), "gone", "王编"))).toBe("notFound");
    expect(seen((await api.checkIssue(id)).findings)).toEqual(["typo.log-in"]);
  });
});

describe("corrections", () => {
  test("one becomes a patch, told with its new version, and can be repeated without harm", async () => {
    const desk = open();
    const { api, next, events } = desk;
    const a = await notice(desk, "做好工作。\n请登陆平台，截止2026年6月底布署。");
    const { findings, versions } = await api.checkNotice(a);
    const choice = { notice: a, version: versions[a] ?? 0, findings: [only(findings, "typo.log-in").id] };
    const stamp = next();
    const [fixed] = await api.fix(stamp, [choice]);
    expect(fixed).toMatchObject({ notice: a, version: 3, fields: null, patches: [{ from: 1, to: 2 }] });
    expect(await texts(api, a)).toEqual(["做好工作。", "请登录平台，截止2026年6月底布署。"]);
    expect(events.at(-1)).toMatchObject({ type: "changed", notices: [a] });
    expect(await api.fix(stamp, [choice])).toEqual([fixed]);
    expect((await api.notice(a)).version).toBe(3);
  });

  test("of a text that changed is refused as stale, and nothing of the others is made", async () => {
    const desk = open();
    const { api, next } = desk;
    const [a, b] = [await notice(desk, "请登陆平台。"), await notice(desk, "请登陆系统。", { docNumber: "" })];
    const id = await issue(desk, [a, b]);
    const { findings, versions } = await api.checkIssue(id);
    const choices = findings.flatMap(({ id: one, place }) =>
      place.in === "body" ? [{ notice: place.notice, version: versions[place.notice] ?? 0, findings: [one] }] : [],
    );
    await api.patchBody(next(), b, 2, { from: 0, to: 0, blocks: [paragraph("body", "做好工作。")] });
    expect([choices.length, await code(api.fix(next(), choices))]).toEqual([2, "stale"]);
    expect(await texts(api, a)).toEqual(["请登陆平台。"]);
  });

  test("all of a safe rule after a look at each; not of one that asks for judgement", async () => {
    const desk = open();
    const { api, next } = desk;
    const [a, b] = [
      await notice(desk, "请登陆平台。布署工作。"),
      await notice(desk, "布署、布署。", { docNumber: "" }),
    ];
    const id = await issue(desk, [a, b]);
    const preview = await api.fixPreview(id, "typo.wrong-char");
    expect(preview.map(({ before, after }) => `${before} ${after}`)).toEqual([
      "请登陆平台。布署工作。 请登陆平台。部署工作。",
      "布署、布署。 部署、布署。",
      "布署、布署。 布署、部署。",
    ]);
    const { versions } = await api.checkIssue(id);
    const choices = [a, b].map((one) => ({
      notice: one,
      version: versions[one] ?? 0,
      findings: preview.flatMap(({ finding }) =>
        finding.place.in !== "issue" && finding.place.notice === one ? [finding.id] : [],
      ),
    }));
    const fixed = await api.fix(next(), choices);
    expect(fixed.map(({ patches }) => patches.length)).toEqual([1, 1]);
    expect([await texts(api, a), await texts(api, b)]).toEqual([["请登陆平台。部署工作。"], ["部署、部署。"]]);
    expect(await code(api.fixPreview(id, "typo.dup-word"))).toBe("badRequest");
    expect(await code(api.fixPreview(id, "no.rule"))).toBe("badRequest");
  });

  test("what only a person can tell is refused with its sentence", async () => {
    const desk = open();
    const { api, next } = desk;
    const a = await notice(desk, "2026年2月30日前完成。");
    const { findings } = await api.checkNotice(a);
    const choice = { notice: a, version: 2, findings: [only(findings, "date.impossible").id] };
    expect(await code(api.fix(next(), [choice]))).toBe("badRequest");
  });
});

describe("dictionaries", () => {
  const entry = (change: Partial<EntryFields> & Pick<EntryFields, "kind" | "word">): EntryFields => ({
    ...{ right: "", from: "", until: "", unless: "", rank: 0, note: "", ...change },
  });

  test("an own entry counts at once, is changed, removed; a shipped one is switched off and on", async () => {
    const desk = open();
    const { api, next } = desk;
    const a = await notice(desk, "县园林站负责，其它单位配合。");
    const rules = async () => seen((await api.checkNotice(a)).findings);
    expect(await rules()).toEqual(["typo.variant"]);
    const organ = entry({ kind: "organ", word: "园林站", right: "绿化中心", until: "2025-01-01" });
    const put = await api.putEntry(next(), null, organ);
    expect(await rules()).toEqual(["institution.renamed", "typo.variant"]);
    expect(await code(api.putEntry(next(), null, organ))).toBe("badRequest");
    await api.putEntry(next(), put.id, { ...organ, until: "2027-01-01" });
    expect(await rules()).toEqual(["typo.variant"]);
    const shipped = (await api.dictionary("variant")).find(({ word }) => word === "其它");
    if (!shipped) throw new RangeError("其它 is shipped");
    expect(await code(api.removeEntry(next(), shipped.id))).toBe("badRequest");
    await api.switchEntry(next(), shipped.id, true);
    expect([await rules(), (await api.dictionary("variant")).find(({ word }) => word === "其它")?.off]).toEqual([
      [],
      true,
    ]);
    await api.switchEntry(next(), shipped.id, false);
    expect(await rules()).toEqual(["typo.variant"]);
    await api.removeEntry(next(), put.id);
    expect((await api.dictionary("organ")).filter(({ own }) => own)).toEqual([]);
    expect((await api.proofWords()).length).toBeGreaterThan(1000);
  });

  test("leaders come from a table, and go out again", async () => {
    const desk = open();
    const { api, next } = desk;
    const csv = "词语,职务,自,至,除外,次序,说明\n王正,市长,,,,1,\n陈副,副市长,,,,2,\n无名,,,,,,\n";
    expect(await api.importDictionary(next(), "leader", csv, "领导.csv")).toEqual({
      ...{ added: 2, changed: 0, faults: ["第4行“无名”没有收入：“次序”应从1起。"] },
    });
    expect(await api.importDictionary(next(), "leader", csv, "领导.csv")).toMatchObject({ added: 0, changed: 2 });
    expect(await code(api.importDictionary(next(), "leader", "词语\n", "空.csv"))).toBe("badFile");
    const { fileName, text } = await api.exportDictionary("leader");
    expect([fileName, text]).toEqual([
      "领导排序词典.csv",
      "\ufeff词语,职务,自,至,除外,次序,说明\r\n王正,市长,,,,1,\r\n陈副,副市长,,,,2,\r\n",
    ]);
    const a = await notice(desk, "陈副、王正参加会议。");
    expect(seen((await api.checkNotice(a)).findings)).toEqual(["leader.order"]);
  });
});
