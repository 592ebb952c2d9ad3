// Wording: doubled and missing words, confusable words, posts, traces of drafts. What rests on the dictionaries is in
// dictionaryRules.ts.
import { type TextRule, wordRule } from "./rule.ts";

const han = "\\p{Script=Han}";

/** A function word twice, or the first character of a set word: 的的, 关关于. What stands in the negative lookaheads are
 *  words that rightly begin so: 和和谐, 从从严. */
const doubledWord: TextRule = wordRule(
  ["typo.dup-word", "WO-012", "warning", "校对通则"],
  /(?<![目标])的的(?![士确])|和和(?![谐平睦美])|(?<![以普涉])及及|(?<![参赠授给])与与(?!会)|由由|被被|把把|将将|是是(?!非)|了了(?!解)|(?<=做)好好(?=[\p{Script=Han}]{2})|(?<![机海相公])关关(?=于)|印印(?=发)|通通(?=知)|贯贯(?=彻)|落落(?=实)|推推(?=进)|开开(?=展)|加加(?=[强快大])|确确(?=保)|局局(?![长部势限面])|厅厅(?!长)|为为(?=了|进一步)/gu,
  ([run]) => `“${run.slice(0, 1)}”重复`,
  ([run]) => run.slice(0, 1),
);

/** Words of two characters that never rightly stand twice; nouns do: 公共服务服务中心. */
const doubledVerb: TextRule = wordRule(
  ["typo.dup-word", "WO-012", "warning", "校对通则"],
  /(加强|推进|落实|完善|开展|提高|提升|强化|进行|做好|确保|支持|建立|健全|推动|促进|深化|优化|加快|坚持|严格|明确|按照|根据|通过|以及|并且|全面|积极|切实|认真|及时|必须|应当|不断|继续|由于|关于|进而|从而|同时|其中|因此)\1/gu,
  ([, words]) => `“${words}”重复`,
  ([, words]) => words ?? null,
);

/** Three characters or more, twice running; numerals may well repeat. */
const doubledPhrase: TextRule = wordRule(
  ["typo.dup-word", "WO-012", "warning", "校对通则"],
  new RegExp(`(${han}{3,12})\\1`, "gu"),
  (match) => {
    const words = match[1] ?? "";
    // 再审申请人申请人民法院, 管理的航道的航道保护: the second belongs to another word.
    const next = match.input.slice(match.index + match[0].length, match.index + match[0].length + 1);
    const other = /^[的等有]/u.test(words) || (words.endsWith("人") && /[民体员事口类才数力工]/u.test(next));
    return other || /^(.)\1+$|[一二三四五六七八九十百千万]/u.test(words) ? null : `“${words}”重复`;
  },
  ([, words]) => words ?? null,
);

/** 委员会 has 主任, 局 has 局长. */
const posts: TextRule = wordRule(
  ["post.title-mismatch", "", "error", "机构职务名称"],
  /((?:市|县|区|省|州)?(?:发展和改革|卫生健康|发展改革|国有资产监督管理)委员会|(?:市|县|区|州)[\p{Script=Han}]{1,4}委)(?:党组书记、|党组成员、)?(副?局长)|((?:市|县|区|州)[\p{Script=Han}]{2,10}局)(副?主任)(?!科员|医师|护师|技师|药师|法医|督学|编辑|记者|统计|经济|农艺|工程|任务)|([\p{Script=Han}]{2,10}(?:中心|办公室))(副?局长)(?!级)|((?:市|县|区|州)[\p{Script=Han}]{2,10}[^邮]局)(副?(?:厅长|部长))/gu,
  ([, body1, post1, body2, post2, body3, post3, body4, post4]) => {
    const body = body1 ?? body2 ?? body3 ?? body4 ?? "";
    const post = post1 ?? post2 ?? post3 ?? post4 ?? "";
    if (/[、和及与]/u.test(body) && !/发展和改革/u.test(body)) return null;
    const right = /委(?:员会)?$|中心$|办公室$/u.test(body) ? "主任" : "局长";
    return `“${body}”的职务应是“${post.startsWith("副") ? "副" : ""}${right}”，不是“${post}”`;
  },
);

/** 为加强管理。经市人民政府同意，…: the purpose ends before its main clause begins. */
const openPurpose: TextRule = {
  ...{ rule: "grammar.wei-clause-period", code: "", severity: "hint", basis: "语法" },
  applies: ({ kind }) => kind === "body" || kind === "article",
  *find(text) {
    const from = text.startsWith("为") ? text.indexOf("。") : -1;
    if (from < 9 || from > 170 || /决定|同意|现将|现就|拟于/u.test(text.slice(0, from))) return;
    if (/^(?:经|现|根据|结合|特|按照|依据)[^。]{4}/u.test(text.slice(from + 1)))
      yield { from, to: from + 1, fix: "，", message: "“为…”是目的状语，没有说完，后面应用逗号" };
  },
};

const longest = 150;

const longSentence: TextRule = {
  ...{ rule: "sentence.long", code: "WO-024", severity: "hint", basis: "可读性" },
  applies: ({ kind }) => kind === "body" || kind === "article",
  *find(text) {
    if (text.length < longest) return;
    let from = 0;
    for (const part of text.split(/[。！？；：]/u)) {
      const to = from + part.length;
      if (part.length >= longest) yield { from, to, message: `这一句有${part.length}字没有句号、分号，请考虑断句` };
      from = to + 1;
    }
  },
};

export const wordingRules: readonly TextRule[] = [
  wordRule(
    ["typo.until", "WO-001", "warning", "《现代汉语词典》"],
    /截止(?=\d{4}年|\d{1,2}月|目前|当前|到目前)/gu,
    () => "“截止”后面带时间时应为“截至”",
    () => "截至",
  ),
  wordRule(
    ["typo.draw-up", "WO-002", "warning", "公文用语惯例"],
    /(?<=[，、。]|^)(?:特)?制订(?=本(?:办法|规定|方案|细则|条例))/gu,
    () => "“制订”指拟订草案，发布时用“制定”",
    ([words]) => words.replace("制订", "制定"),
  ),
  wordRule(
    ["typo.log-in", "WO-003", "error", "《现代汉语词典》"],
    /登陆(?=[^，。；]{0,12}(?:网|平台|系统|APP|账号|小程序|公众号))/gu,
    () => "进入网站、系统用“登录”",
    () => "登录",
  ),
  wordRule(
    ["typo.account", "WO-004", "error", "立法技术规范（一）23"],
    /(?<![蚊营军纱床])帐(?![篷幕子蓬])/gu,
    () => "与钱物有关的用“账”",
    () => "账",
  ),
  wordRule(
    ["typo.decide", "WO-005", "warning", "立法技术规范（二）"],
    /做出(?=[^，。；]{0,10}(?:决定|规定|处理|处罚|批复|裁决|说明|承诺|答复|评价|部署|安排))/gu,
    () => "后面是“决定”一类词语时用“作出”",
    () => "作出",
  ),
  wordRule(
    ["law.or", "WO-007", "hint", "立法技术规范（一）13"],
    /(?<=警告|罚款|处分)或(?!者)(?=罚款|处分|吊销|警告)/gu,
    () => "法规里用“或者”",
    () => "或者",
  ),
  wordRule(
    ["law.forbid", "WO-008", "hint", "立法技术规范（一）15"],
    /(?<=任何单位(?:和个人)?|任何人)(?:不准|不能|严禁)/gu,
    ([words]) => `禁止性规定用“不得”，不用“${words}”`,
    () => "不得",
  ),
  wordRule(
    ["law.inclusive", "WO-009", "hint", "民法典第一千二百五十九条"],
    /(?<=([\d一二三四五六七八九十百]+[\p{Script=Han}%]{0,3})以[上下])[（(]含\1[）)]/gu,
    () => "“以上”“以下”本来包括本数，不必再注“含”",
    () => "",
  ),
  doubledWord,
  doubledVerb,
  doubledPhrase,
  wordRule(
    ["typo.de", "WO-013", "hint", "语法"],
    /(?<=(?:认真|积极|切实|深入|扎实|严格|及时|全面|有效|有力|充分))的(?=(?:贯彻|落实|开展|推进|执行|做好|学习|完成|抓好|推动)(?!情况|依据|标准|机制|方案|力|机构|措施|效果|方法|计划|人员|程度|率))/gu,
    () => "修饰动词用“地”",
    () => "地",
  ),
  wordRule(
    ["draft.placeholder", "WO-019", "error", "校对通则"],
    /(?<![A-Za-z])[XxＸ]{2,}(?=[\p{Script=Han}年月日])(?!光|线)|（待定）|（待补）|\?{2,}|？{2,}/gu,
    ([words]) => `“${words}”像是没有填写的空位`,
  ),
  wordRule(
    ["draft.placeholder", "WO-019", "hint", "校对通则"],
    /×{2,}(?=[\p{Script=Han}年月日])|□{3,}/gu,
    ([words]) => `“${words}”是样式里的空位，还是没有填写，请核对`,
  ),
  wordRule(
    ["text.garbled", "WO-020", "error", "GB 18030—2022"],
    /[\ue000-\uf8ff\ufffd]|锟斤拷|烫烫烫/gu,
    ([words]) => `有乱码或造字“${words}”，请对照原件重打`,
  ),
  posts,
  wordRule(
    ["typo.extra-char", "", "warning", "语法"],
    /(?<=(?:建设|工作|发展|管理|推进|改革|体系|治理|服务))和(?=成效(?:明显|显著|突出))/gu,
    () => "“和”字多余，或前面缺字",
    () => "",
  ),
  wordRule(
    ["typo.missing-char", "", "warning", "机构名称"],
    /(?<=(?:^|[^政]))[省市县]府(?=综合|督查|办文|常务|决定|研究|同意|批准|工作|各部门)/gu,
    ([words]) => `“${words}”缺“政”字`,
    ([words]) => `${words.slice(0, 1)}政府`,
  ),
  wordRule(
    ["typo.dup-word", "WO-012", "warning", "校对通则"],
    /(完成|增长|到位|支付|使用)(?:投资|资金|任务|工作|预算)\1(?=率|额|数|量)/gu,
    ([words]) => `“${words}”里有词语重复`,
  ),
  wordRule(
    ["grammar.missing-verb", "", "warning", "语法"],
    /(?<=[，。；]|^)[^，。；]{0,30}，或者[^，。；]{2,20}等措施(?=[。；])/gu,
    ([words]) =>
      /采取|实施|落实|制定|通过|运用|利用|使用|强化|加大|推出|执行|完善|健全|用好|给予/u.test(words)
        ? null
        : "“…等措施”前面缺动词，例如“采取”",
  ),
  wordRule(
    ["grammar.missing-verb", "", "hint", "语法"],
    /(?<=[，。；])(?:持续|不断|进一步)(?:优化|提升|改善)[^，。；《》]{2,12}行动(?:计划|方案)(?=[，。；])/gu,
    ([words]) => `“${words.slice(0, 4)}…${words.slice(-4)}”搭配不当，“${words.slice(-4)}”前面可能缺“实施”或“落实”`,
  ),
  openPurpose,
  wordRule(
    ["cite.number-first", "DF-021", "warning", "公文引用惯例"],
    /(?<=[据照合行彻实])(\p{Script=Han}{1,8}〔\d{4}〕\d+号)((?:文件)?《[^》]+》)/gu,
    () => "引用公文先引标题，后引发文字号",
    ([, number, title]) => `${(title ?? "").replace(/^文件/u, "")}（${number}）`,
  ),
  wordRule(
    ["kind.two", "DF-007", "error", "公文处理条例 第八条"],
    /(?<=关于[^，。；]{2,40}的?)(?:请示报告|通知通告|报告请示|决定通知)(?=$|》|。)/gu,
    ([words]) => `“${words}”是两种文种并用，只用一种`,
    ([words]) => (words === "请示报告" ? "请示" : null),
  ),
  longSentence,
];
