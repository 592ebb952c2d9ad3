// Rules on an issue: numbers that may stand once, their order, dates against the publication, addressees, the way number
// lines are bracketed, organs and names that are written two ways.
import { findUniformNumber, parseDocNumber } from "../model/docNumber.ts";
import { printedDate, squash } from "../model/notice.ts";
import { citationRules } from "./citations.ts";
import { holderRules } from "./holders.ts";
import type { Lexicon } from "./lexicon.ts";
import { likenessRules } from "./likeness.ts";
import { type IssueHit, type IssueRule, seen, seenField } from "./rule.ts";
import type { Evidence } from "./stored.ts";
import { type Passage, type ProofIssue, type ProofNotice, titleOf } from "./subject.ts";
import { numberLine } from "./typedLines.ts";

function* usedTwice(issue: ProofIssue): Generator<IssueHit> {
  for (const [name, field] of [
    ["发文字号", "docNumber"],
    ["登记号", "uniformNumber"],
  ] as const) {
    const numbered = issue.notices.filter((notice) => notice[field] !== "" && !/^第/u.test(notice[field]));
    for (const [number, [first, ...others]] of Map.groupBy(numbered, (notice) => notice[field]))
      for (const notice of first ? others : [])
        yield {
          ...{ notice, field, passage: titleOf(notice), excerpt: number },
          message: `${name}“${number}”与“${first?.title ?? ""}”重复`,
          evidence: first ? [seenField(first, field, number)] : [],
        };
  }
}

function* sameNotice(issue: ProofIssue): Generator<IssueHit> {
  const groups = Map.groupBy(issue.notices, (notice) => squash(notice.title) + notice.dated);
  for (const [first, ...others] of groups.values())
    for (const notice of others)
      if (first && notice.dated !== "" && notice.docNumber !== "")
        yield {
          ...{ notice, passage: titleOf(notice) },
          message: `这一期里有两份题目和日期都相同的“${notice.title}”`,
          evidence: [seenField(first, "title", first.title)],
        };
}

/** A later number of the same code and year with an earlier date. */
function* serialOrder(issue: ProofIssue): Generator<IssueHit> {
  const numbered = issue.notices.flatMap((notice) => {
    const number = parseDocNumber(notice.docNumber);
    return number && notice.dated ? [{ notice, ...number }] : [];
  });
  for (const group of Map.groupBy(numbered, ({ agencyCode, year }) => `${agencyCode}${year}`).values()) {
    const rising = group.toSorted((a, b) => a.serial - b.serial);
    for (const [i, { notice, serial }] of rising.entries()) {
      const before = rising[i - 1];
      if (before && before.serial < serial && before.notice.dated > notice.dated)
        yield {
          ...{ notice, field: "docNumber", passage: titleOf(notice), excerpt: notice.docNumber },
          evidence: [seenField(before.notice, "dated", printedDate(before.notice.dated))],
          message: `${notice.docNumber}的成文日期是${printedDate(notice.dated)}，比前一号${before.notice.docNumber}（${printedDate(before.notice.dated)}）还早，请核对`,
        };
    }
  }
}

function* afterPublication(issue: ProofIssue): Generator<IssueHit> {
  if (issue.published === "") return;
  for (const notice of issue.notices)
    if (notice.dated > issue.published)
      yield {
        ...{ notice, field: "dated", passage: titleOf(notice), excerpt: printedDate(notice.dated) },
        evidence: [
          { place: { in: "issue", field: "published" }, quote: printedDate(issue.published), source: "出版日期" },
        ],
        message: `成文日期${printedDate(notice.dated)}晚于本期出版日期${printedDate(issue.published)}，请核对`,
      };
}

/** 各镇人民政府，街道办事处 where the others have 、. */
function* addressees(issue: ProofIssue): Generator<IssueHit> {
  const all = issue.notices.flatMap((notice) =>
    notice.passages.filter(({ kind }) => kind === "addressee").map((passage) => ({ notice, passage })),
  );
  const bare = (text: string) => text.replace(/[，、：:\s]/gu, "").slice(0, 12);
  for (const group of Map.groupBy(all, ({ passage }) => bare(passage.text)).values()) {
    const form = ({ passage }: { passage: Passage }) => (passage.text.match(/[，、]/gu) ?? []).slice(0, 1).join("");
    const forms = [...Map.groupBy(group, form).values()].sort((a, b) => b.length - a.length);
    const [most] = forms[0] ?? [];
    for (const { notice, passage } of forms.slice(1).flat())
      yield {
        ...{ notice, passage },
        evidence: most ? [seen(most.notice, most.passage)] : [],
        message: `主送机关“${passage.text}”的标点与本期其他公文（${most?.passage.text ?? ""}）不一致，请统一`,
      };
  }
}

function* numberBrackets(issue: ProofIssue): Generator<IssueHit> {
  const lines = issue.notices.flatMap((notice) =>
    notice.typed
      .filter(({ text }) => numberLine.test(text.trim()))
      .map(({ line, text }) => ({ notice, line, text: text.replace(/\*/gu, "").trim() })),
  );
  const wide = lines.filter(({ text }) => text.includes("（"));
  const half = lines.filter(({ text }) => text.includes("("));
  const few = wide.length <= half.length ? wide : half;
  for (const { notice, line, text } of few.length < lines.length ? few : [])
    yield {
      notice,
      row: { block: -1, line },
      excerpt: text,
      message: `发文字号的括号在本期里有的全角、有的半角，这里是${few === wide ? "全角" : "半角"}，请统一`,
    };
}

/** 责任编辑：李 明 in the imprint. */
function* spacedNames(issue: ProofIssue): Generator<IssueHit> {
  for (const { line, text } of issue.frame) {
    const match = /(?:编辑|主编|校对|主任|编委|审核)[：:]\s*(\p{Script=Han}[ 　]+\p{Script=Han})\s*$/u.exec(text);
    if (match)
      yield {
        notice: null,
        row: { block: -1, line },
        excerpt: text.trim(),
        message: `姓名“${match[1]}”中间有空格，资料里应连写为“${squash(match[1] ?? "")}”，排版时再拉开`,
      };
  }
}

const stems =
  "发改|发展和改革|发展改革|卫健|卫生健康|教体|教育体育|教育|财政|民政|人社|住建|交通运输|农业农村|商务|文旅|审计|统计|应急管理|市场监管|市场监督管理|林业|水利|科技|工信|自然资源|生态环境|医保|乡村振兴|信访|国资";
const organName = new RegExp(
  `(?<=^|[^\\p{Script=Han}]|[由和及与为报经向由会同任])([市县区州])(${stems})(局|委员会|委)(?![员会办])`,
  "gu",
);

const seenWord = ({ notice, passage, match }: { notice: ProofNotice; passage: Passage; match: RegExpExecArray }) =>
  seen(notice, passage, match.index, match.index + match[0].length);

/** 市发改局 beside 市发改委. */
function* organsTwoWays(issue: ProofIssue): Generator<IssueHit> {
  const short = (stem: string) => ({ 发展和改革: "发改", 发展改革: "发改", 卫生健康: "卫健" })[stem] ?? stem;
  const found = issue.notices.flatMap((notice) =>
    notice.passages.flatMap((passage) =>
      Array.from(/[局委]/u.test(passage.text) ? passage.text.matchAll(organName) : [], (match) => ({
        ...{ notice, passage, match },
      })),
    ),
  );
  const groups = Map.groupBy(found, ({ match }) => `${match[1]}${short(match[2] ?? "")}`);
  for (const group of groups.values()) {
    const forms = [...Map.groupBy(group, ({ match }) => (match[3] === "局" ? "局" : "委")).values()];
    const [most = [], ...rest] = forms.sort((a, b) => b.length - a.length);
    const [other] = most;
    for (const { notice, passage, match } of other ? rest.flat() : [])
      yield {
        ...{ notice, passage, from: match.index, to: match.index + match[0].length },
        message: `这里写“${match[0]}”，本期别处写“${other?.match[0] ?? ""}”（${most.length}次），请核对机构名称`,
        evidence: other ? [seenWord(other)] : [],
      };
  }
}

/** Two short names of one organ; its full name beside a short one is no fault. */
const shortNames: readonly (readonly [string, string])[] = [
  ["交通局", "交通运输局"],
  ["应急局", "应急管理局"],
  ["科工信局", "科技工信局"],
  ["市监局", "市场监管局"],
  ["文旅局", "文旅广电局"],
  ["农业局", "农业农村局"],
];

/** 县交通局 beside 县交通运输局: told once an issue, at the first of the rarer. */
function* shortNamesTwoWays(issue: ProofIssue): Generator<IssueHit> {
  for (const names of shortNames) {
    const found = names.map((name) => {
      const word = new RegExp(`(?<=[市县区州])${name}`, "gu");
      return issue.notices.flatMap((notice) =>
        notice.passages.flatMap((passage) =>
          Array.from(passage.text.includes(name) ? passage.text.matchAll(word) : [], ({ index }) => ({
            notice,
            passage,
            from: index,
            to: index + name.length,
          })),
        ),
      );
    });
    const [short = [], long = []] = found;
    const few = short.length <= long.length ? short : long;
    const [first] = few;
    const [other] = few === short ? long : short;
    if (first && other)
      yield {
        ...first,
        evidence: [seen(other.notice, other.passage, other.from, other.to)],
        message: `本期里“${names[0]}”和“${names[1]}”两种写法都有（${short.length}次和${long.length}次），请统一`,
      };
  }
}

const listed =
  /(?<=^|[，。、；：\s]|任命|免去)((?:\p{Script=Han}{2,3}(?:（女）)?、){0,30}\p{Script=Han}{2,3})(?:（女）)?同志/gu;
const posted =
  /(?<=(?:组长|主任|成员|总指挥|指挥长|林长|河长|召集人|委员|秘书长)[：:]\s?)\p{Script=Han}{2,3}(?=[ 　\n]|$)|(?<=^|\n)\p{Script=Han}{2,3}(?=[ 　\t]+(?:[市县区州]|中共|[\p{Script=Han}]{2,8}(?:镇|乡|街道|局|办)))/gu;
const appointed = /(?<=任命|聘任|免去)\p{Script=Han}{2,3}(?=为[^，。；]{2,20}[长任员]|的[^，。；]{2,20}职务)/gu;
const nameColumn = /^(?!.*(?:单位|职务|电话)).*(?:姓名|责任人|负责人|联系人|领导|河长|林长|组长)/u;

/** The names of a paragraph with their offsets: of 同志, of those listed with a post. */
function* namesIn(text: string): Generator<{ name: string; at: number }> {
  for (const match of text.includes("同志") ? text.matchAll(listed) : [])
    for (const { 0: name, index } of (match[1] ?? "").matchAll(/\p{Script=Han}{2,3}(?=、|（|$)/gu))
      yield { name, at: match.index + index };
  for (const pattern of [posted, appointed])
    for (const { 0: name, index } of text.matchAll(pattern)) yield { name, at: index };
}

function seenName({ notice, passage, from, to, excerpt }: IssueHit): Evidence[] {
  if (!notice) return [];
  return passage ? [seen(notice, passage, from, to)] : [{ place: null, quote: excerpt ?? "", source: notice.title }];
}

/** 王韬 and 王滔: names in one issue that differ in characters taken for each other. */
function* namesAlike(issue: ProofIssue, lexicon: Lexicon): Generator<IssueHit> {
  const names = new Map<string, IssueHit[]>();
  const add = (name: string, hit: IssueHit) => names.set(name, [...(names.get(name) ?? []), hit]);
  for (const notice of issue.notices) {
    for (const passage of notice.passages)
      for (const { name, at } of namesIn(passage.text))
        add(name, { notice, passage, from: at, to: at + name.length, message: "" });
    for (const grid of notice.grids) {
      const head = grid.rows.slice(0, grid.header);
      for (let c = 0; c < (grid.rows[0]?.length ?? 0); c++) {
        if (!nameColumn.test(squash(head.map((row) => row[c] ?? "").join("")))) continue;
        for (const [r, row] of grid.rows.entries())
          for (const word of r < grid.header ? [] : (row[c] ?? "").split(/[\n、，\s]+/u))
            if (/^\p{Script=Han}{2,3}$/u.test(word))
              add(word, {
                notice,
                row: { block: grid.block, line: grid.lines[r], row: r, column: c },
                excerpt: word,
                message: "",
              });
      }
    }
  }
  const same = new Map(
    lexicon.entries("lookalike").flatMap(({ word }) => [...word].map((c) => [c, word[0] ?? c] as const)),
  );
  const folded = (name: string) => Array.from(name, (c) => same.get(c) ?? c).join("");
  for (const group of Map.groupBy(names.keys(), folded).values()) {
    const [most, ...rest] = group.toSorted((a, b) => (names.get(b)?.length ?? 0) - (names.get(a)?.length ?? 0));
    for (const name of rest)
      for (const hit of names.get(name) ?? [])
        yield {
          ...hit,
          message: `姓名“${name}”与本期别处的“${most}”只差一个形近或同音字，请核对是不是同一个人`,
          evidence:
            names
              .get(most ?? "")
              ?.slice(0, 1)
              .flatMap(seenName) ?? [],
        };
  }
}

/** A section for one kind of issuer or matter, as gazettes name them. */
function* sectionFits({ notices }: ProofIssue): Generator<IssueHit> {
  const personnel = notices.some(({ section }) => /人事|任免/u.test(section));
  for (const notice of notices) {
    const section = squash(notice.section);
    const [issuer = ""] = notice.issuers;
    const office = /人民政府办公[室厅]$/u.test(issuer);
    const appoints = /任免|任职|免职|职务(?:任免)?的(?:通知|决定)$/u.test(notice.title);
    const said =
      /政府办(?:公[室厅])?文件$/u.test(section) && /人民政府$/u.test(issuer)
        ? `发文机关是“${issuer}”`
        : /[省市县区州]?(?:人民)?政府文件$/u.test(section) && office
          ? `发文机关是“${issuer}”`
          : /人事任免/u.test(section) &&
              notice.docNumber !== "" &&
              !appoints &&
              !/任|免|职|聘|表彰|处分/u.test(notice.title)
            ? "标题不是任免"
            : personnel && appoints && section !== "" && !/人事|任免/u.test(section)
              ? "是人事任免，本期另有人事任免栏目"
              : null;
    if (said)
      yield {
        ...{ notice, field: "section", passage: titleOf(notice) },
        message: `这份公文编在“${notice.section}”，${said}，请看栏目是否编对`,
      };
  }
}

/** LXDR—2023—00001: its form, and its year against that of signing. */
function* uniformNumbers({ notices }: ProofIssue): Generator<IssueHit> {
  for (const notice of notices) {
    const { uniformNumber: number, dated } = notice;
    if (number === "") continue;
    const found = findUniformNumber(number);
    const year = Number(/—(\d{4})—/u.exec(found?.text ?? "")?.[1]);
    const signed = Number(dated.slice(0, 4));
    const message = !found
      ? `登记号“${number}”的写法不对，应是“字母—年份—顺序号”`
      : signed && year !== signed && !(signed === year + 1 && dated.slice(5, 7) <= "02")
        ? `登记号“${number}”的年份与成文日期${printedDate(dated)}不一致，请核对`
        : null;
    if (message) yield { ...{ notice, field: "uniformNumber", passage: titleOf(notice), excerpt: number }, message };
  }
}

/** 2026年第3期 that appears in 2025. */
function* yearOfIssue({ fields, published }: ProofIssue): Generator<IssueHit> {
  if (!fields || published === "") return;
  const year = Number(published.slice(0, 4));
  // The last issue of a year may appear in the first weeks of the next.
  if (year === fields.year || (year === fields.year + 1 && published.slice(5, 7) <= "02")) return;
  yield {
    ...{ notice: null, issueField: "year", excerpt: `${fields.year}年第${fields.number}期` },
    message: `这一期是${fields.year}年第${fields.number}期，出版日期却是${printedDate(published)}，请核对`,
    evidence: [{ place: { in: "issue", field: "published" }, quote: printedDate(published), source: "出版日期" }],
  };
}

export const issueRules: readonly IssueRule[] = [
  { rule: "section.kind", code: "", severity: "warning", basis: "公报编辑校验", find: sectionFits },
  { rule: "docno.uniform", code: "", severity: "warning", basis: "规范性文件登记", find: uniformNumbers },
  { rule: "issue.year", code: "", severity: "warning", basis: "公报编辑校验", find: yearOfIssue },
  { rule: "docno.duplicate", code: "DF-022", severity: "error", basis: "公报编辑校验", find: usedTwice },
  { rule: "notice.duplicate", code: "", severity: "error", basis: "公报编辑校验", find: sameNotice },
  { rule: "docno.date-order", code: "", severity: "warning", basis: "公报编辑校验", find: serialOrder },
  { rule: "date.after-publication", code: "", severity: "error", basis: "公报编辑校验", find: afterPublication },
  { rule: "recipient.inconsistent", code: "", severity: "hint", basis: "GB/T 9704 7.3.2", find: addressees },
  {
    rule: "punct.paren-width-inconsistent",
    code: "PU-001",
    severity: "hint",
    basis: "GB/T 15834 4.9",
    find: numberBrackets,
  },
  { rule: "name.inner-space", code: "", severity: "hint", basis: "公报编辑校验", find: spacedNames },
  { rule: "organ.two-names", code: "WO-022", severity: "warning", basis: "逻辑校验", find: organsTwoWays },
  { rule: "organ.two-names", code: "WO-022", severity: "hint", basis: "公文用语惯例", find: shortNamesTwoWays },
  { rule: "name.lookalike", code: "WO-023", severity: "warning", basis: "逻辑校验", find: namesAlike },
  ...citationRules,
  ...holderRules,
  ...likenessRules,
];
