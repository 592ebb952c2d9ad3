// A wrong and a right sample for each rule on a paragraph. `fixed`: the rule's own corrections turn wrong into right.
// The sentences are invented (示例市).
import type { ParagraphKind } from "../../shared/model/block.ts";

export interface Sample {
  readonly rule: string;
  readonly wrong: string;
  readonly right: string;
  readonly fixed: boolean;
  readonly kind?: ParagraphKind | "title";
}

const fixed = (rule: string, wrong: string, right: string, kind?: Sample["kind"]): Sample =>
  kind ? { rule, wrong, right, fixed: true, kind } : { rule, wrong, right, fixed: true };
const told = (rule: string, wrong: string, right: string, kind?: Sample["kind"]): Sample => ({
  ...fixed(rule, wrong, right, kind),
  fixed: false,
});

export const samples: readonly Sample[] = [
  fixed("punct.halfwidth", "各县(市、区)人民政府,市政府各部门:", "各县（市、区）人民政府，市政府各部门："),
  fixed("punct.angle-title", "印发<<管理办法>>。", "印发《管理办法》。"),
  fixed("punct.angle-title", "《关于印发<管理办法>的通知》", "《关于印发〈管理办法〉的通知》"),
  fixed(
    "punct.dunhao-between-titles",
    "根据《公园管理办法》、《绿地管理办法》",
    "根据《公园管理办法》《绿地管理办法》",
  ),
  fixed("punct.dunhao-between-quotes", "“放管服”、“一网通办”改革", "“放管服”“一网通办”改革"),
  fixed("punct.ellipsis", "推进改革...", "推进改革……"),
  fixed("punct.ellipsis-and-etc", "道路、桥梁……等设施", "道路、桥梁等设施"),
  fixed("punct.dash", "以人民为中心--发展的根本", "以人民为中心——发展的根本"),
  fixed("punct.nested-title", "《关于印发《管理办法》的通知》", "《关于印发〈管理办法〉的通知》"),
  fixed("punct.nested-title", "“要落实“放管服”改革”", "“要落实‘放管服’改革”"),
  fixed("punct.straight-quote", '推进"一网通办"', "推进“一网通办”"),
  told("punct.unpaired", "根据《公园管理办法的规定", "根据《公园管理办法》的规定"),
  fixed("punct.unpaired", "做好“示范市“创建", "做好“示范市”创建"),
  fixed("punct.doubled", "制定本办法。，现印发", "制定本办法。现印发"),
  told("punct.at-start", "，现印发给你们", "现印发给你们"),
  told(
    "punct.no-end",
    "为了规范公园的管理，保护公园的设施，结合本市实际，制定本办法",
    "为了规范公园的管理，保护公园的设施，结合本市实际，制定本办法。",
  ),
  fixed("title.full-stop", "示例市人民政府关于做好防汛工作的通知。", "示例市人民政府关于做好防汛工作的通知", "title"),
  fixed("punct.range-hyphen", "增长3%-5%", "增长3%～5%"),
  fixed("punct.range-hyphen", "户均种植30-50亩", "户均种植30～50亩"),
  fixed("punct.year-range", "（2021-2025年）", "（2021—2025年）"),
  fixed("numbering.mark", "一.总体要求", "一、总体要求"),
  fixed("numbering.extra-mark", "（一）、加强领导", "（一）加强领导"),
  fixed("numbering.arabic-dunhao", "1、加强领导", "1.加强领导"),
  fixed("punct.ordinal-dunhao", "第一、提高认识", "第一，提高认识"),
  fixed("punct.stop-in-bracket", "有关规定（见附件1。）执行", "有关规定（见附件1）执行"),
  fixed("space.inside", "自 2026 年 7 月起施行", "自2026年7月起施行"),
  told("punct.colon-twice", "现通知如下：主要任务是：加强领导。", "现通知如下。主要任务是：加强领导。"),
  fixed("punct.name-dot", "阿不都.热合曼同志", "阿不都·热合曼同志"),
  told("punct.mixed-serial", "检查公园，不打招呼、不听汇报，不要陪护。", "检查公园，不打招呼、不听汇报、不要陪护。"),
  fixed("figure.fullwidth", "２０２６年第５号ＡＰＰ", "2026年第5号APP"),
  fixed("figure.approximate-dunhao", "三、五天内办结", "三五天内办结"),
  told("figure.about-ten", "共10几人", "共十几人"),
  told("figure.mixed", "投入3千元", "投入3000元"),
  fixed("figure.long", "投资12000000元", "投资1200万元"),
  told("date.short-year", "26年7月1日起施行", "2026年7月1日起施行"),
  fixed("date.chinese-zero", "二零二六年、二○二五年、二O二四年", "二〇二六年、二〇二五年、二〇二四年"),
  fixed("date.leading-zero", "2026年07月01日", "2026年7月1日"),
  told("date.impossible", "2026年2月30日", "2026年2月28日"),
  fixed("date.weekday", "2026年6月18日（星期五）", "2026年6月18日（星期四）"),
  fixed("figure.about-twice", "约100余人", "100余人"),
  told("figure.times-less", "事故减少了2倍", "事故减少了三分之二"),
  fixed("figure.percent-range", "63～68%", "63%～68%"),
  fixed("figure.unit-range", "9～16亿元", "9亿～16亿元"),
  fixed("figure.unit-name", "建筑面积200平米", "建筑面积200平方米"),
  told("amount.two-writings", "人民币1000元（壹万元整）", "人民币10000元（壹万元整）"),
  told("figure.range-falls", "补贴5%～3%", "补贴3%～5%"),
  fixed("date.month-range", "2026年4至6月", "2026年4月至6月"),
  fixed("docno.brackets", "示政发[2026]12号", "示政发〔2026〕12号"),
  fixed("docno.ordinal", "示政发〔2026〕第12号", "示政发〔2026〕12号"),
  fixed("docno.leading-zero", "示政发〔2026〕012号", "示政发〔2026〕12号"),
  told("docno.year", "示政发〔26〕12号", "示政发〔2026〕12号"),
  fixed("docno.no-hao", "（示政发〔2026〕12）", "（示政发〔2026〕12号）"),
  fixed("typo.wrong-char", "布署防犯工作，既使困难也要按装", "部署防范工作，即使困难也要安装"),
  fixed("typo.variant", "想像、惟一、人材", "想象、唯一、人才"),
  fixed("typo.variant", "其它有关部门", "其他有关部门"),
  fixed("typo.until", "截止2026年6月底", "截至2026年6月底"),
  fixed("typo.draw-up", "结合实际，制订本办法", "结合实际，制定本办法"),
  fixed("typo.log-in", "登陆政务服务网", "登录政务服务网"),
  fixed("typo.account", "银行帐户", "银行账户"),
  fixed("typo.decide", "做出行政处罚决定", "作出行政处罚决定"),
  fixed("law.or", "警告或罚款", "警告或者罚款"),
  fixed("law.forbid", "任何单位不准擅自改变", "任何单位不得擅自改变"),
  fixed("law.inclusive", "18周岁以上（含18周岁）的居民", "18周岁以上的居民"),
  fixed("typo.dup-word", "做好好防汛的的工作", "做好防汛的工作"),
  fixed("typo.dup-word", "明确责任单位责任单位和时限", "明确责任单位和时限"),
  told("typo.dup-word", "公园建设完成投资完成率高", "公园建设投资完成率高"),
  fixed("typo.de", "认真的贯彻落实", "认真地贯彻落实"),
  told("institution.renamed", "报市工商局、市环保局", "报市市场监管局、市生态环境局"),
  told("place.province", "湖北省张家界市", "湖南省张家界市"),
  fixed("word.liberation", "解放前，这里没有公路", "新中国成立前，这里没有公路"),
  told("law.repealed", "依据《中华人民共和国合同法》", "依据《中华人民共和国民法典》"),
  told("draft.placeholder", "XX市人民政府（待定）", "示例市人民政府"),
  told("draft.placeholder", "××单位赋予", "市公园中心赋予"),
  told("text.garbled", "王\ue863丽\ufffd", "王䶮丽"),
  told("text.traditional", "關於印發通知", "关于印发通知"),
  told("post.title-mismatch", "李明同志任市发展和改革委员会副局长", "李明同志任市发展和改革委员会副主任"),
  told("post.title-mismatch", "李明同志任市林业局副主任", "李明同志任市林业局副局长"),
  fixed("typo.extra-char", "公园建设和成效明显", "公园建设成效明显"),
  fixed("typo.missing-char", "在省府综合督查中", "在省政府综合督查中"),
  told(
    "grammar.missing-verb",
    "主管部门暂停开放场地，或者收回钥匙等措施。",
    "主管部门采取暂停开放场地，或者收回钥匙等措施。",
  ),
  told(
    "grammar.missing-verb",
    "落实要求，持续优化公园环境行动计划，见到实效。",
    "落实要求，实施优化公园环境行动计划，见到实效。",
  ),
  fixed(
    "grammar.wei-clause-period",
    "为加强全市公园的管理，保护绿地。经市人民政府同意，现将有关事项通知如下。",
    "为加强全市公园的管理，保护绿地，经市人民政府同意，现将有关事项通知如下。",
  ),
  fixed(
    "cite.number-first",
    "根据示政发〔2020〕5号《关于印发公园管理办法的通知》",
    "根据《关于印发公园管理办法的通知》（示政发〔2020〕5号）",
  ),
  fixed("kind.two", "关于解决经费的请示报告", "关于解决经费的请示"),
  told(
    "sentence.long",
    `${"全市各级各部门要做好防汛准备，".repeat(17)}确保安全。`,
    "全市各级各部门要做好防汛准备，确保安全。",
  ),
];
