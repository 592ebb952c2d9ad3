// The catalogue for those who read it: what each rule looks for in a few words, and whether its corrections are right
// wherever it finds something, so that they may be made all at once. Rules themselves are data in their own files.
import { issueRules, noticeRules, textRules } from "./catalogue.ts";
import type { Severity } from "./proof.ts";
import type { RuleName } from "./rule.ts";
import { storeRules } from "./storeRules.ts";

export interface RuleSummary {
  /** Dotted: docno.duplicate. */
  readonly rule: string;
  /** Numbers in the catalogue of rules (PU-004), parted by a space; "" beyond it. */
  readonly code: string;
  /** The gravest that it tells. */
  readonly severity: Severity;
  /** What it looks for, a few words: 发文字号重复. */
  readonly label: string;
  /** 依据. */
  readonly basis: string;
  /** Its corrections are right wherever it finds something, and may be made all at once. */
  readonly safe: boolean;
}

/** A + before the label: safe. */
const labels: Readonly<Record<string, string>> = {
  "punct.halfwidth": "+半角标点",
  "punct.angle-title": "+书名号写成尖括号",
  "punct.dunhao-between-titles": "+书名号之间的顿号",
  "punct.dunhao-between-quotes": "+引号之间的顿号",
  "punct.ellipsis": "+省略号形式",
  "punct.ellipsis-and-etc": "省略号和“等”并用",
  "punct.dash": "+破折号形式",
  "punct.nested-title": "+书名号、引号套用",
  "punct.straight-quote": "直引号",
  "punct.unpaired": "成对标点不配对",
  "punct.doubled": "+标点重复",
  "punct.at-start": "段首标点",
  "punct.no-end": "段末缺标点",
  "title.full-stop": "+标题末尾标点",
  "punct.range-hyphen": "+数值范围用短横",
  "punct.year-range": "+起止年份用短横",
  "numbering.mark": "+序号后的标点",
  "numbering.extra-mark": "+括号序号后多标点",
  "numbering.arabic-dunhao": "+数字序号用顿号",
  "punct.ordinal-dunhao": "+“第一”“首先”后用顿号",
  "punct.stop-in-bracket": "括号内句号",
  "space.inside": "+多余空格",
  "punct.colon-twice": "一句两个冒号",
  "punct.name-dot": "姓名间隔号",
  "punct.mixed-serial": "并列标点不一",
  "punct.paren-width-inconsistent": "括号宽窄不一",
  "figure.fullwidth": "+全角数字字母",
  "figure.approximate-dunhao": "+概数用顿号",
  "figure.about-ten": "“几”与数字混用",
  "figure.mixed": "数字与“十百千”混用",
  "figure.long": "大数写法",
  "figure.about-twice": "概数词重复",
  "figure.times-less": "减少用“倍”",
  "figure.percent-range": "+百分数范围",
  "figure.unit-range": "+万、亿范围",
  "figure.unit-name": "+计量单位写法",
  "figure.parts": "其中各项多于总数",
  "figure.range-falls": "范围前大后小",
  "amount.two-writings": "大小写金额不一",
  "date.short-year": "年份简写",
  "date.chinese-zero": "+汉字年份的“〇”",
  "date.leading-zero": "+月日虚位",
  "date.impossible": "不存在的日期",
  "date.weekday": "日期与星期不符",
  "date.month-range": "起止月份写法",
  "date.month-hyphen": "起止月份用短横",
  "date.stages": "阶段起止月份",
  "date.deadline-before-sign": "时限早于成文日期",
  "date.force-before-sign": "施行早于成文日期",
  "date.two-styles": "日期体例不一",
  "date.after-publication": "成文晚于出版",
  "docno.brackets": "+文号括号",
  "docno.ordinal": "+文号加“第”",
  "docno.leading-zero": "+文号虚位",
  "docno.year": "文号年份",
  "docno.no-hao": "文号缺“号”",
  "docno.year-date": "文号年份与日期不符",
  "docno.issuer": "文号与发文机关不符",
  "docno.duplicate": "文号重复",
  "docno.date-order": "文号与日期次序",
  "docno.uniform": "登记号",
  "section.kind": "栏目与公文不符",
  "issue.year": "期号年份",
  "notice.duplicate": "公文重复",
  "typo.wrong-char": "+错别字",
  "typo.variant": "+异形词",
  "typo.until": "+截止与截至",
  "typo.draw-up": "制订与制定",
  "typo.log-in": "+登陆与登录",
  "typo.account": "+帐与账",
  "typo.decide": "+做出与作出",
  "typo.dup-word": "字词重复",
  "typo.de": "的与地",
  "typo.extra-char": "多字",
  "typo.missing-char": "缺字",
  "typo.dup-paragraph": "整段重复",
  "typo.slip": "相近的句子差一字",
  "grammar.missing-verb": "缺动词",
  "grammar.wei-clause-period": "“为…”后用句号",
  "sentence.long": "句子过长",
  "word.redundant": "词语重复、赘余",
  "word.caution": "慎用词",
  "text.traditional": "繁体字",
  "text.garbled": "乱码、造字",
  "draft.placeholder": "空位、草稿痕迹",
  "law.or": "或与或者",
  "law.forbid": "禁止性用语",
  "law.inclusive": "“以上”后注“含”",
  "law.repealed": "引用已废止的法律",
  "law.not-in-force": "引用尚未施行的法律",
  "law.name": "法律名称有误",
  "law.short-name": "法律首次用全称",
  "institution.renamed": "已改名的机构",
  "place.parent": "行政区划隶属",
  "place.renamed": "已改名的地名",
  "leader.order": "领导排序",
  "leader.post": "领导职务",
  "post.title-mismatch": "机构与职务不配",
  "post.differs": "职务前后不一",
  "name.lookalike": "姓名近形异写",
  "name.inner-space": "姓名中间空格",
  "organ.two-names": "机构名称不一",
  "kind.two": "文种并用",
  "title.no-kind": "标题缺文种",
  "title.no-de": "标题缺“的”",
  "signer.title": "落款与标题不符",
  "recipient.colon": "+主送机关后的冒号",
  "recipient.inconsistent": "主送机关标点不一",
  "annex.beyond": "所引附件不存在",
  "annex.none": "没有附件",
  "annex.gap": "附件序号跳号",
  "annex.count": "附件数目不符",
  "annex.note-form": "+附件说明写法",
  "annex.title-mismatch": "附件名称不一",
  "numbering.gap": "序号断号、重号",
  "numbering.inline-gap": "段内序号断号",
  "numbering.spacing": "序号后空格不一",
  "numbering.order": "层次序号颠倒",
  "article.beyond": "引用条文不存在",
  "list.count": "列举数目不符",
  "list.named-count": "名目数目不符",
  "heading.parallelism": "小标题不齐",
  "term.inconsistent": "用语前后不一",
  "term.short-name": "简称未用或重复约定",
  "force.none": "未写施行日期",
  "cite.later": "引用文件晚于本文",
  "cite.number-first": "引文次序",
  "cite.form-inconsistent": "引文写法不一",
  "cite.title-incomplete": "引文标题缺文种",
  "cite.joint-issuer-spacing": "联合发文机关连写",
  "table.sum": "合计不符",
  "table.subtotal": "小计不符",
  "table.ratio": "比例不符",
  "table.phone": "手机号码位数",
  "table.total-position": "合计位置不一",
  "store.printed-before": "曾经刊登",
  "store.cited-title": "引文与稿库不符",
  "store.cited-missing": "稿库没有所引文号",
  "store.relation": "废止、修改关系",
  "store.cited-repealed": "引用已废止的文件",
  "issue.number": "期号",
};

const catalogue: readonly RuleName[] = [...textRules, ...noticeRules, ...issueRules, ...storeRules];

/** The numbers of the catalogue of rules that some rule looks after. */
export function ruleCodes(): string[] {
  return catalogue.flatMap(({ code }) => (code === "" ? [] : code.split(" ")));
}

const order: readonly Severity[] = ["error", "warning", "hint"];

/** Every rule once, in the order of the catalogue. Throws RangeError for a rule without a label. */
export function ruleSummaries(): RuleSummary[] {
  return Array.from(
    Map.groupBy(catalogue, ({ rule }) => rule),
    ([rule, parts]) => {
      const label = labels[rule];
      if (label === undefined) throw new RangeError(`the rule ${rule} has no label`);
      const of = (key: "code" | "basis") => parts.find((part) => part[key] !== "")?.[key] ?? "";
      return {
        ...{ rule, code: of("code"), basis: of("basis") },
        severity: order.find((each) => parts.some(({ severity }) => severity === each)) ?? "hint",
        label: label.replace(/^\+/u, ""),
        safe: label.startsWith("+"),
      };
    },
  );
}
