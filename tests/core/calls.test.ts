// The edge of the transports: every method takes its right arguments and refuses missing, extra and misshapen ones
// before the core hears of them; refusals and faults come back as replies.
import { describe, expect, test } from "vitest";
import { type GazetteApi, GazetteError } from "../../shared/api.ts";
import { client, dispatch, methods } from "../../shared/calls.ts";
import { paragraph } from "../../shared/model/block.ts";

const stamp = { client: "w-1", seq: 3 };
const fields = {
  title: "关于示例的通知",
  issuers: ["示例市人民政府"],
  docNumber: "示政发〔2026〕1号",
  uniformNumber: "",
  kind: "通知",
  dated: "2026-02-28",
  section: "",
};
const issue = {
  gazetteTitle: "示例政报",
  officialTitle: "",
  englishTitle: "",
  year: 2026,
  number: 1,
  serial: null,
  published: "",
  organ: "",
  statement: [],
  slogans: [],
  imprint: [{ label: "主管", value: "示例市人民政府" }],
  style: "gbt9704",
};
const office = {
  people: [{ id: "p", name: "王编", roles: ["editor", "approver"] }],
  procedure: {
    notice: [{ name: "一审", roles: ["editor"], clean: "error", rules: ["docno.duplicate"] }],
    issue: [{ name: "一校", roles: ["editor"], clean: null, rules: [] }],
    distinct: false,
  },
};
const ignored = {
  scope: "word",
  rule: "typo.variant",
  finding: "",
  quote: "惟一",
  issue: null,
  reason: "",
  by: "王编",
};
const entry = { kind: "typo", word: "布署", right: "部署", from: "", until: "", unless: "分~", rank: 0, note: "" };
const text = { kind: "notice", id: "n" };
const sections = [{ id: "s", title: "文件", entries: ["a", "b"] }];
const purpose = { profile: "booklet", condition: null, creep: 0.1, cover: "apart" };
const wrongPurposes = [
  "print",
  null,
  { profile: "booklet" },
  { ...purpose, profile: "print" },
  { ...purpose, condition: "a b" },
  { ...purpose, creep: 2.5 },
  { ...purpose, creep: "0.1" },
  { ...purpose, cover: "none" },
  { ...purpose, icc: "x" },
];

/** For each method right arguments, and wrong ones to put in the place of each. */
const calls: Readonly<Record<keyof GazetteApi, { right: readonly unknown[]; wrong: readonly (readonly unknown[])[] }>> =
  {
    appInfo: { right: [], wrong: [] },
    styles: { right: [], wrong: [] },
    style: { right: ["linxiang"], wrong: [[1, "", null, "x".repeat(65)]] },
    saveStyle: {
      right: [stamp, "ours", "本市公报", { extends: "linxiang", body: "kai" }, null],
      wrong: [[null], ["", 1], ["", "两\n行"], [null, [], "{}", { label: "x".repeat(500_000) }], [0, "1", undefined]],
    },
    deleteStyle: { right: [stamp, "ours"], wrong: [[null], [""]] },
    restoreStyle: { right: [stamp, "ours"], wrong: [[null], [""]] },
    exportStyle: { right: ["ours"], wrong: [["", null]] },
    readStyle: {
      right: ['{"extends":"linxiang"}\n', "本市.json"],
      wrong: [
        [null, 1],
        ["", null],
      ],
    },
    fontState: { right: [], wrong: [] },
    faceCoverage: { right: ["NotoSerifSC-400"], wrong: [["", "../x", 5, null]] },
    chooseFace: {
      right: ["fangsong", null],
      wrong: [
        ["宋", "", null],
        [5, "", "../x"],
      ],
    },
    checkIssue: { right: ["i"], wrong: [["", null]] },
    checkNotice: { right: ["n"], wrong: [["", null]] },
    proofRules: { right: [], wrong: [] },
    ignores: { right: [null], wrong: [["", 5]] },
    ignore: {
      right: [stamp, ignored],
      wrong: [
        [null],
        [{}, { ...ignored, scope: "all" }, { ...ignored, by: "" }, { ...ignored, issue: "" }, { ...ignored, id: "x" }],
      ],
    },
    revokeIgnore: { right: [stamp, "g", "王编"], wrong: [[null], [""], ["", null]] },
    fixPreview: { right: ["i", "typo.wrong-char"], wrong: [[""], ["", null]] },
    fix: {
      right: [stamp, [{ notice: "n", version: 1, findings: ["f"] }]],
      wrong: [
        [null],
        [[], null, [{ notice: "n", version: 0, findings: ["f"] }], [{ notice: "n", version: 1, findings: [] }]],
      ],
    },
    proofWords: { right: [], wrong: [] },
    dictionary: { right: ["typo"], wrong: [["", "word", null]] },
    putEntry: {
      right: [stamp, null, entry],
      wrong: [
        [null],
        [""],
        [
          {},
          { ...entry, right: "" },
          { ...entry, right: entry.word },
          { ...entry, from: "2026-2-3" },
          { ...entry, from: "2026-01-01", until: "2025-01-01" },
          { ...entry, unless: "罪" },
          { ...entry, kind: "leader" },
        ],
      ],
    },
    removeEntry: { right: [stamp, "e"], wrong: [[null], [""]] },
    switchEntry: { right: [stamp, "e", true], wrong: [[null], [""], [0, "true"]] },
    importDictionary: { right: [stamp, "typo", "词语,应为\r\n", "词.csv"], wrong: [[null], ["word"], [5], ["", null]] },
    exportDictionary: { right: ["law"], wrong: [["word", null]] },
    changedFaces: { right: ["i"], wrong: [["", null]] },
    listNotices: { right: [], wrong: [] },
    notice: { right: ["n"], wrong: [["", "../x", 5, null, {}]] },
    createNotice: {
      right: [stamp, fields],
      wrong: [
        [{}, { client: "a b", seq: 1 }, { client: "a", seq: -1 }, { client: "a", seq: 1.5 }, { ...stamp, more: 1 }],
        [
          {},
          { ...fields, title: 1 },
          { ...fields, title: "两\n行" },
          { ...fields, title: "题".repeat(1001) },
          { ...fields, title: "\ud800" },
          { ...fields, kind: "诗" },
          { ...fields, dated: "2026-02-30" },
          { ...fields, dated: "2026-2-3" },
          { ...fields, issuers: "示例市" },
          { ...fields, body: [] },
          JSON.parse(`{"__proto__": ${JSON.stringify(fields)}}`),
        ],
      ],
    },
    updateNotice: {
      right: [stamp, "n", 2, { title: "新题" }],
      wrong: [[null], ["a/b"], [0, "2", 1.5, Number.NaN], [{ body: [] }, { kind: "诗" }, []]],
    },
    patchBody: {
      right: [stamp, "n", 1, { from: 0, to: 1, blocks: [paragraph("body", "一\n二")] }],
      wrong: [
        ["stamp"],
        [7],
        [-1],
        [
          { from: 0, to: 1 },
          { from: 2, to: 1, blocks: [] },
          { from: -1, to: 1, blocks: [] },
          { from: 0, to: 1, blocks: [{ type: "image", attrs: { src: "x" } }] },
          { from: 0, to: 1, blocks: {} },
        ],
      ],
    },
    deleteNotice: { right: [stamp, "n"], wrong: [[undefined], [undefined]] },
    restoreNotice: { right: [stamp, "n"], wrong: [[undefined], [undefined]] },
    listIssues: { right: [], wrong: [] },
    issue: { right: ["i"], wrong: [[[], "i i"]] },
    createIssue: {
      right: [stamp, issue],
      wrong: [
        [{ client: "w" }],
        [
          { ...issue, year: 0 },
          { ...issue, serial: undefined },
          { ...issue, gazetteTitle: "" },
          { ...issue, imprint: ["主管"] },
          { ...issue, statement: [1] },
        ],
      ],
    },
    updateIssue: {
      right: [stamp, "i", 1, { serial: null, imprint: [] }],
      wrong: [[1], [1], ["1"], [{ id: "j" }, { number: 0 }]],
    },
    arrangeIssue: {
      right: [stamp, "i", 1, sections],
      wrong: [
        [1],
        [1],
        ["1"],
        [
          {},
          [{ id: "s", title: "文件" }],
          [...sections, ...sections],
          [{ id: "s", title: "文件", entries: ["a", "a"] }],
          [...sections, { id: "t", title: "另", entries: ["a"] }],
        ],
      ],
    },
    deleteIssue: { right: [stamp, "i"], wrong: [[1], [1]] },
    restoreIssue: { right: [stamp, "i"], wrong: [[1], [1]] },
    createSample: { right: [stamp], wrong: [[1]] },
    readUpload: { right: ["u", "公报.txt"], wrong: [["../u"], ["", "a\u0000b", "名".repeat(256)]] },
    acceptReview: {
      right: [stamp, "r", { issue, drafts: [{ index: 0, fields }] }],
      wrong: [
        [1],
        [1],
        [
          { drafts: [] },
          { issue: {}, drafts: [] },
          { issue: null, drafts: [{ index: -1, fields }] },
          { issue: null, drafts: [{ index: 0, fields: {} }] },
        ],
      ],
    },
    discardReview: { right: ["r"], wrong: [[1]] },
    noticeSource: { right: ["n"], wrong: [[1]] },
    putImage: { right: ["u", "桥.png"], wrong: [["../u"], ["", "a\u0000b"]] },
    office: { right: [], wrong: [] },
    saveOffice: {
      right: [stamp, null, office],
      wrong: [
        [1],
        ["", 1],
        [
          {},
          { ...office, people: [{ id: "p", name: "王编", roles: ["boss"] }] },
          { ...office, people: [{ id: "p", name: "王\n编", roles: [] }] },
          {
            ...office,
            procedure: { ...office.procedure, notice: [{ name: "四审", roles: [], clean: null, rules: [] }] },
          },
          { ...office, procedure: { ...office.procedure, distinct: "no" } },
        ],
      ],
    },
    issueWorkflow: { right: ["i"], wrong: [["", 1]] },
    noticeWorkflow: { right: ["n"], wrong: [["", 1]] },
    checkList: {
      right: [text, "一审"],
      wrong: [
        [{ kind: "book", id: "n" }, { kind: "notice" }, "n"],
        ["四审", 1],
      ],
    },
    changesSince: { right: [text, "a".repeat(64)], wrong: [[1], ["a", null]] },
    sign: {
      right: [stamp, "p", text, "一审", "a".repeat(64), [{ finding: "f", reason: "原文如此" }]],
      wrong: [
        [1],
        ["", 1],
        [{ kind: "notice", id: "" }],
        ["", null],
        ["a".repeat(63), "A".repeat(64), 1],
        [{}, [{ finding: "f" }], [{ finding: "", reason: "" }], [{ finding: "f", reason: "理".repeat(1001) }]],
      ],
    },
    sendBack: { right: [stamp, "p", text, "一审", "数字要再核"], wrong: [[1], [1], [null], ["签"], [1]] },
    press: { right: [stamp, "p", "i", "a".repeat(64)], wrong: [[1], [1], [1], ["a"]] },
    reopenIssue: { right: [stamp, "p", "i", "漏了一篇"], wrong: [[1], [1], [1], [null]] },
    createCorrection: { right: [stamp, "p", "i", "n"], wrong: [[1], [1], [1], [1]] },
    auditLog: { right: [], wrong: [] },
    verifyAudit: { right: [], wrong: [] },
    printConditions: { right: [], wrong: [] },
    putPrintCondition: { right: ["u", "印厂.icc"], wrong: [["../u"], ["", "a\u0000b"]] },
    removePrintCondition: { right: ["c"], wrong: [["", 1]] },
    startExport: { right: ["i", "linxiang", "press"], wrong: [[1], [1], wrongPurposes] },
    startNoticePdfs: { right: ["i", "linxiang"], wrong: [[1], [1]] },
    startProofCopy: { right: ["i", "linxiang", "王校对"], wrong: [[1], [1], [null, 3, "字".repeat(41)]] },
    startAnnual: {
      right: [2026, "linxiang", "issuer", purpose],
      wrong: [["2026", 0, 2026.5], [1], ["title", null], wrongPurposes],
    },
    cancelExport: { right: ["j"], wrong: [[1]] },
    setting: { right: ["panes"], wrong: [["", 1]] },
    putSetting: { right: ["panes", "{}\n"], wrong: [[1], [1, "x".repeat(100_001)]] },
  };

/** An API that answers every method with its name and arguments. */
function echo(): GazetteApi {
  return client(async (method, args) => ({ ok: true, value: [method, ...args] }));
}

describe.each(Object.entries(calls))("%s", (method, { right, wrong }) => {
  test("takes its arguments", async () => {
    expect(await dispatch(echo(), method, right)).toEqual({ ok: true, value: [method, ...right] });
  });

  test.each<readonly [string, unknown]>([
    ["one too many", [...right, 1]],
    ...(right.length > 0 ? [["one too few", right.slice(1)] as const] : []),
    ["no list", { 0: 1, length: right.length }],
    ...wrong.flatMap((values, i) =>
      values.map((value) => [`${i + 1}: ${JSON.stringify(value)?.slice(0, 60)}`, right.with(i, value)] as const),
    ),
  ])("refuses %s", async (_, args) => {
    expect(await dispatch(echo(), method, args)).toMatchObject({ ok: false, code: "badRequest" });
  });
});

test("the table above knows every method", () => {
  expect(Object.keys(calls).sort()).toEqual([...methods].sort());
});

test.each(["constructor", "__proto__", "toString", "hasOwnProperty", "close", "", 7, null, ["notice"]])(
  "%s is no method",
  async (method) => {
    expect(await dispatch(echo(), method, [])).toMatchObject({ ok: false, code: "badRequest" });
  },
);

test.each<[string, unknown, string]>([
  ["a field that a person fills in", { title: "题".repeat(1001) }, "“题名”不能超过1000字，没有存入，请改正后再试。"],
  ["an entry of a list", { issuers: ["示例市", ""] }, "“发文机关”不能空着，没有存入，请改正后再试。"],
  ["what no person sees", { body: [] }, "内容（updateNotice(4).body）是多余的内容，没有存入，请改正后再试。"],
])("%s is named in the window's words", async (_, change, message) => {
  expect(await dispatch(echo(), "updateNotice", [stamp, "n", 1, change])).toEqual({
    ok: false,
    code: "badRequest",
    message,
  });
});

test("a refusal keeps its code and sentence on both sides", async () => {
  const refusing: GazetteApi = {
    ...echo(),
    notice: async () => {
      throw new GazetteError("notFound", "这份公文已不在稿库。");
    },
  };
  const far = client((method, args) => dispatch(refusing, method, args));
  await expect(far.notice("n")).rejects.toMatchObject({ code: "notFound", message: "这份公文已不在稿库。" });
});

test("a fault of the program is told calmly and handed on, without its words", async () => {
  const faults: unknown[] = [];
  const broken: GazetteApi = {
    ...echo(),
    listNotices: async () => {
      throw new TypeError("secret detail");
    },
  };
  const reply = await dispatch(broken, "listNotices", [], (error) => faults.push(error));
  expect(reply).toMatchObject({ ok: false, code: "internal" });
  expect(JSON.stringify(reply)).not.toContain("secret");
  expect(faults).toEqual([new TypeError("secret detail")]);
});
