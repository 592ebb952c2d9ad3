// Cited documents: 《title》（number）. The same number must carry the same title wherever it is cited or printed in the
// issue, and a title that announces a document must name one.
import { squash } from "../model/notice.ts";
import { type IssueHit, type IssueRule, seen, seenField } from "./rule.ts";
import type { Passage, ProofIssue, ProofNotice } from "./subject.ts";

export interface Citation {
  readonly notice: ProofNotice;
  readonly passage: Passage;
  readonly from: number;
  readonly to: number;
  /** Without the outer 《》. */
  readonly title: string;
  /** Canonical number; "" without one. */
  readonly number: string;
}

const cited =
  /《((?:[^《》]|《[^《》]*》)+)》(?:[（(]\s*([\p{Script=Han}]{1,12}[〔[（(]\d{4}[〕\]）)]\d{1,4}号)\s*[）)])?/gu;

/** The documents that notices cite, in reading order. */
export function citationsOf(notices: readonly ProofNotice[]): Citation[] {
  const out: Citation[] = [];
  for (const notice of notices)
    for (const passage of notice.passages) {
      if (!passage.text.includes("《")) continue;
      for (const match of passage.text.matchAll(cited)) {
        const number = squash(match[2] ?? "").replace(/[[（(](\d{4})[\]）)]/u, "〔$1〕");
        const [from, to] = [match.index, match.index + match[0].length];
        out.push({ notice, passage, from, to, title: match[1] ?? "", number });
      }
    }
  return out;
}

/** A title without marks and spaces. */
export const plainTitle = (title: string): string => title.replace(/[\s《》〈〉“”、，（）()]/gu, "");
const marked = (title: string) => title.replace(/\s/gu, "").replace(/〈/gu, "《").replace(/〉/gu, "》");
/** What stands behind the issuers. */
export const titleTail = (title: string): string => plainTitle(title).replace(/^.{0,40}?(?=关于|印发)/u, "");

const proofOf = ({ notice, passage, from, to }: Citation) => seen(notice, passage, from, to);

function* twoTitles(issue: ProofIssue): Generator<IssueHit> {
  const byNumber = Map.groupBy(
    citationsOf(issue.notices).filter(({ number }) => number !== ""),
    ({ number }) => number,
  );
  for (const [number, all] of byNumber) {
    const printed = issue.notices.find((notice) => notice.docNumber === number);
    const right = printed?.title ?? commonest(all.map(({ title }) => title));
    const other = all.find((each) => each.title === right);
    const evidence = printed ? [seenField(printed, "title", right)] : other ? [proofOf(other)] : [];
    for (const { notice, passage, from, to, title } of all) {
      if (marked(title) === marked(right)) continue;
      const same = titleTail(title) === titleTail(right);
      const [here, there] = [plainTitle(title), plainTitle(right)];
      // 《办法》 for what a notice hands out, or without its issuers, is another way to cite.
      if (same ? here !== there : there.includes(here) || here.includes(there)) continue;
      const message = same
        ? `同一份文件（${number}）别处写作《${right}》，这里的书名号写法不同，请统一`
        : `${number}别处写作《${right}》，这里是《${title}》，请核对`;
      yield { notice, passage, from, to, message, evidence };
    }
  }
}

/** 《…关于健康…方案》 beside 《…健康…方案》: titles without numbers that differ in 关于 or 的 alone. */
function* nearTitles(issue: ProofIssue): Generator<IssueHit> {
  const bare = (title: string) => plainTitle(title).replace(/关于|的/gu, "");
  const all = citationsOf(issue.notices).filter(({ title }) => title.length >= 12);
  for (const group of Map.groupBy(all, ({ title }) => bare(title)).values()) {
    const forms = [...Map.groupBy(group, ({ title }) => plainTitle(title)).values()].sort(
      (a, b) => b.length - a.length,
    );
    const [[most] = [], ...rest] = forms;
    for (const [first] of rest) {
      if (!first || !most || (first.number !== "" && most.number !== "")) continue;
      const [here, there] = first.number === "" ? [first, most] : [most, first];
      const { notice, passage, from, to } = here;
      const message = `本期别处写作《${there.title}》，这里是《${here.title}》，请统一`;
      yield { notice, passage, from, to, message, evidence: [proofOf(there)] };
    }
  }
}

function commonest(titles: readonly string[]): string {
  const [first] = [...Map.groupBy(titles, (title) => title).values()].sort((a, b) => b.length - a.length);
  return first?.[0] ?? "";
}

/** 《…印发国家…建设管理的通知》: what is handed out has no 办法, 规定, 方案 …. */
function* incomplete(issue: ProofIssue): Generator<IssueHit> {
  const handed = /(?:印发|转发)([^〈〉《》“”]{4,60})的通知$/u;
  const announced =
    /(?:办法|规定|方案|意见|细则|条例|规划|计划|通知|要点|措施|标准|目录|清单|预案|规则|纲要|制度|指南|规范|决定|指引|章程|文件|公告|批复|讲话|分工|任务|名单|若干|职责|机构编制规定|事项|政策|导则|行动|指标|大纲|体系|流程|要求|工程|报告|范本|规程|指导|文本|样式|示范|[》〉>”]|[）)])$/u;
  for (const { notice, passage, from, to, title } of citationsOf(issue.notices)) {
    const words = handed.exec(title)?.[1];
    if (!words || announced.test(words)) continue;
    yield {
      notice,
      passage,
      from,
      to,
      message: `标题里印发的“${words.slice(-20)}”没有文种，可能漏了“办法”“规定”“方案”等字，请核对原文`,
    };
  }
}

const organ = "(?:委员会|办公厅|办公室|总局|医保局|财政部|税务局|[厅局部委])";
const together = new RegExp(
  `^(?:国家|湖南省|财政部|[\\p{Script=Han}]{2,4}[省市])?[\\p{Script=Han}]{2,12}${organ}(?:财政部|国家[\\p{Script=Han}]{2,6}总?局|(?:教育|民政|农业农村|人力资源社会保障|住房城乡建设|生态环境|工业和信息化|公安|商务|水利)部)[\\p{Script=Han}]{0,16}(?:关于|印发)`,
  "u",
);

/** 《A局B部C总局关于…》 without the spaces that part joint issuers elsewhere in the issue. */
function* joined(issue: ProofIssue): Generator<IssueHit> {
  const all = citationsOf(issue.notices);
  const apart = all.find(({ title }) => new RegExp(`${organ} [\\p{Script=Han}]{2,14}${organ}`, "u").test(title));
  for (const { notice, passage, from, to, title } of all)
    if (together.test(title) || /委办公[厅室]\p{Script=Han}{2,8}人民政府办公[厅室](?:关于|印发)/u.test(title))
      yield {
        notice,
        passage,
        from,
        to,
        message: `联合发文机关连写在一起，机关之间应空一字${apart ? `，如《${apart.title.slice(0, 18)}…》` : ""}`,
      };
}

export const citationRules: readonly IssueRule[] = [
  { rule: "cite.form-inconsistent", code: "DF-021", severity: "warning", basis: "逻辑校验", find: twoTitles },
  { rule: "cite.form-inconsistent", code: "", severity: "hint", basis: "逻辑校验", find: nearTitles },
  { rule: "cite.title-incomplete", code: "", severity: "warning", basis: "公文引用惯例", find: incomplete },
  { rule: "cite.joint-issuer-spacing", code: "", severity: "hint", basis: "GB/T 9704 7.2.4", find: joined },
];
