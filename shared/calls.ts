// The edge of every transport: one table that checks the arguments of each method of the API, `dispatch` which calls
// the core with them and turns refusals into replies, and `client` which makes an API out of a way to send calls.
// A method that is not in the table cannot be called from outside.
import { type GazetteApi, GazetteError, type Reply, type ReviewDecision, type Stamp } from "./api.ts";
import { annualOrders } from "./layout/annual.ts";
import { faceRoles } from "./layout/fonts.ts";
import { isObject, longestLabel } from "./layout/styleRule.ts";
import {
  anyText,
  bodyPatch,
  type Check,
  identifier,
  integer,
  issueFields,
  line,
  list,
  noticeFields,
  nullable,
  oneOf,
  record,
  ShapeError,
  sections,
  someIssueFields,
  someNoticeFields,
} from "./model/check.ts";
import { covers, mostCreep, type Purpose, profiles } from "./model/profile.ts";
import { fixChoices, ignoreRequest, personName, ruleName } from "./proof/check.ts";
import { entryFields, entryKinds } from "./proof/dictionary.ts";
import { office, reason, stageName, subject, textHash, waivers } from "./workflow/check.ts";

export type Method = keyof GazetteApi;

const stamp: Check<Stamp> = record({ client: identifier, seq: integer(0) });
const version = integer(1);
const styleName = line(64, 1);
const styleJson: Check<Readonly<Record<string, unknown>>> = (value, path) => {
  if (!isObject(value) || JSON.stringify(value).length > 500_000) throw new ShapeError(path, "应是一种版式");
  return value;
};
const decision: Check<ReviewDecision> = record({
  issue: nullable(issueFields),
  drafts: list(record({ index: integer(0, 100_000), fields: noticeFields }), 5000),
});
const millimetres: Check<number> = (value, path) => {
  if (typeof value !== "number" || !(value >= 0 && value <= mostCreep))
    throw new ShapeError(path, `应是0至${mostCreep}的数`);
  return value;
};
const fullPurpose = record({
  profile: oneOf(profiles),
  condition: nullable(identifier),
  creep: millimetres,
  cover: oneOf(covers),
});
const purpose: Check<Purpose> = (value, path) =>
  typeof value === "string" ? oneOf(profiles)(value, path) : fullPurpose(value, path);
const settingKey = line(100, 1);

type Checks<A extends readonly unknown[]> = { readonly [I in keyof A]: Check<A[I]> };

/** For each method a check of every argument, in order. */
const signatures: { readonly [M in Method]: Checks<Parameters<GazetteApi[M]>> } = {
  appInfo: [],

  styles: [],
  style: [styleName],
  saveStyle: [stamp, styleName, line(longestLabel, 1), styleJson, nullable(version)],
  deleteStyle: [stamp, styleName],
  restoreStyle: [stamp, styleName],
  exportStyle: [styleName],
  readStyle: [anyText(500_000), line(255, 1)],

  fontState: [],
  faceCoverage: [identifier],
  chooseFace: [oneOf(faceRoles), nullable(identifier)],
  changedFaces: [identifier],

  listNotices: [],
  notice: [identifier],
  createNotice: [stamp, noticeFields],
  updateNotice: [stamp, identifier, version, someNoticeFields],
  patchBody: [stamp, identifier, version, bodyPatch],
  deleteNotice: [stamp, identifier],
  restoreNotice: [stamp, identifier],

  listIssues: [],
  issue: [identifier],
  createIssue: [stamp, issueFields],
  updateIssue: [stamp, identifier, version, someIssueFields],
  arrangeIssue: [stamp, identifier, version, sections],
  deleteIssue: [stamp, identifier],
  restoreIssue: [stamp, identifier],
  createSample: [stamp],

  readUpload: [identifier, line(255, 1)],
  acceptReview: [stamp, identifier, decision],
  discardReview: [identifier],
  noticeSource: [identifier],

  putImage: [identifier, line(255, 1)],

  office: [],
  saveOffice: [stamp, nullable(identifier), office],
  issueWorkflow: [identifier],
  noticeWorkflow: [identifier],
  checkList: [subject, stageName],
  changesSince: [subject, textHash],
  sign: [stamp, identifier, subject, stageName, textHash, waivers],
  sendBack: [stamp, identifier, subject, stageName, reason],
  press: [stamp, identifier, identifier, textHash],
  reopenIssue: [stamp, identifier, identifier, reason],
  createCorrection: [stamp, identifier, identifier, identifier],
  auditLog: [],
  verifyAudit: [],

  checkIssue: [identifier],
  checkNotice: [identifier],
  proofRules: [],
  ignores: [nullable(identifier)],
  ignore: [stamp, ignoreRequest],
  revokeIgnore: [stamp, identifier, personName],
  fixPreview: [identifier, ruleName],
  fix: [stamp, fixChoices],
  proofWords: [],
  dictionary: [oneOf(entryKinds)],
  putEntry: [stamp, nullable(identifier), entryFields],
  removeEntry: [stamp, identifier],
  switchEntry: [stamp, identifier, oneOf([true, false])],
  importDictionary: [stamp, oneOf(entryKinds), anyText(2_000_000), line(255, 1)],
  exportDictionary: [oneOf(entryKinds)],

  printConditions: [],
  putPrintCondition: [identifier, line(255, 1)],
  removePrintCondition: [identifier],

  startExport: [identifier, styleName, purpose],
  startNoticePdfs: [identifier, styleName],
  startProofCopy: [identifier, styleName, line(40)],
  startAnnual: [integer(1, 9999), styleName, oneOf(annualOrders), purpose],
  cancelExport: [identifier],

  setting: [settingKey],
  putSetting: [settingKey, anyText(100_000)],
};

export const methods: readonly string[] = Object.keys(signatures);

function isMethod(name: unknown): name is Method {
  return typeof name === "string" && Object.hasOwn(signatures, name);
}

/** Calls one method of the API with arguments from outside. Never rejects: a GazetteError becomes its code and
 *  sentence; anything else is a fault of the program, told as `internal` and handed to `onError`. */
export async function dispatch(
  api: GazetteApi,
  method: unknown,
  args: unknown,
  onError: (error: unknown) => void = () => {},
): Promise<Reply<unknown>> {
  try {
    if (!isMethod(method)) throw new GazetteError("badRequest", "程序没有这项功能，请重新打开窗口后再试。");
    const checked = checkArguments(method, args);
    // The table's type ties the checks of a method to its parameters; TypeScript cannot follow that through a union.
    const call = api[method] as (...args: readonly unknown[]) => Promise<unknown>;
    return { ok: true, value: await call.apply(api, checked) };
  } catch (error) {
    if (error instanceof GazetteError) return { ok: false, code: error.code, message: error.message };
    onError(error);
    return { ok: false, code: "internal", message: "程序内部出错，这一步没有完成；已保存的内容没有改动，请再试一次。" };
  }
}

function checkArguments(method: Method, args: unknown): unknown[] {
  const checks: readonly Check<unknown>[] = signatures[method];
  if (!Array.isArray(args) || args.length !== checks.length)
    throw new GazetteError("badRequest", `请求不完整：${method}应有${checks.length}项内容。`);
  try {
    return checks.map((check, i) => check(args[i], parameterName(method, i)));
  } catch (error) {
    if (error instanceof ShapeError) throw misshapen(error);
    throw error;
  }
}

/** The fields that a person fills in, by the words of the window. */
const fieldNames: Readonly<Record<string, string>> = {
  title: "题名",
  issuers: "发文机关",
  docNumber: "文号",
  uniformNumber: "登记号",
  kind: "文种",
  dated: "成文日期",
  section: "栏目",
  gazetteTitle: "刊名",
  officialTitle: "公报名",
  englishTitle: "英文名",
  year: "年份",
  number: "期号",
  serial: "总期号",
  published: "出版日期",
  organ: "主办机关",
  statement: "封面声明",
  slogans: "补白",
  imprint: "版权页",
  label: "版权页项目",
  value: "版权页内容",
  style: "版式",
  word: "词语",
  right: "应为",
  from: "起始",
  until: "截止",
  unless: "除外",
  rank: "次序",
  note: "说明",
  by: "姓名",
  text: "正文文字",
  alt: "图片说明",
  name: "姓名",
};

function misshapen(error: ShapeError): GazetteError {
  const field = /(\w+)(?:\[\d+\])*$/u.exec(error.path)?.[1] ?? "";
  const place = Object.hasOwn(fieldNames, field) ? `“${fieldNames[field]}”` : `内容（${error.path}）`;
  return new GazetteError("badRequest", `${place}${error.fault}，没有存入，请改正后再试。`, { cause: error });
}

function parameterName(method: Method, index: number): string {
  return `${method}(${index + 1})`;
}

/** An API whose calls go through `send` (IPC or HTTP) to a `dispatch` on the other side. A refusal there is thrown
 *  here as the same GazetteError. */
export function client(send: (method: Method, args: readonly unknown[]) => Promise<Reply<unknown>>): GazetteApi {
  const calls = Object.keys(signatures)
    .filter(isMethod)
    .map((method) => [
      method,
      async (...args: readonly unknown[]) => {
        const reply = await send(method, args);
        if (reply.ok) return reply.value;
        throw new GazetteError(reply.code, reply.message);
      },
    ]);
  // Both sides are the same program, so an answer has the type that the method's signature says.
  return Object.fromEntries(calls) as GazetteApi;
}
