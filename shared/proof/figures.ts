// Numbers, dates and amounts in a paragraph (GB/T 15835, GB/T 9704 7.2.5 and 7.3.5), and the form of 发文字号.
import { chineseInteger } from "../model/numbering.ts";
import { type TextRule, wordRule } from "./rule.ts";

const weekdays = "日一二三四五六";
const daysIn = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate();

const missingDay: TextRule = wordRule(
  ["date.impossible", "NU-009", "error", "历法"],
  /(?:((?:19|20)\d{2})年)?(\d{1,2})月(\d{1,2})日/gu,
  ([text, year, month, day]) => {
    const [m, d] = [Number(month), Number(day)];
    const right = m >= 1 && m <= 12 && d >= 1 && d <= daysIn(year ? Number(year) : 2000, m);
    return right ? null : `日历上没有${text}这一天，请核对`;
  },
);

const weekday: TextRule = wordRule(
  ["date.weekday", "NU-010", "error", "历法"],
  /((?:19|20)\d{2})年(\d{1,2})月(\d{1,2})日(?:[（(]\s*)?(星期|周|礼拜)([一二三四五六日天])/gu,
  ([, year, month, day, word, given]) => {
    const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
    const right = weekdays[date.getUTCDay()] ?? "";
    const said = given === "天" ? "日" : given;
    return right === said ? null : `${year}年${month}月${day}日是${word}${right}，不是${word}${given}`;
  },
  ([text, year, month, day]) => {
    const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
    return text.slice(0, -1) + (weekdays[date.getUTCDay()] ?? "");
  },
);

const capitals = "零壹贰叁肆伍陆柒捌玖";
/** 壹拾贰万叁仟 -> 123000; null when it is no amount in capitals. */
function capitalAmount(words: string): number | null {
  const [, high = "", low = ""] = /^(?:(.+)万)?(.*)$/u.exec(words) ?? [];
  const plain = (part: string) =>
    part.replace(/./gu, (c) => {
      const at = capitals.indexOf(c);
      return at >= 0 ? ("零一二三四五六七八九"[at] ?? c) : ({ 拾: "十", 佰: "百", 仟: "千", 圆: "" }[c] ?? c);
    });
  const value = (part: string) =>
    part === "" ? 0 : chineseInteger(plain(part).replace(/^零/u, "").replace(/零$/u, ""));
  const [top, rest] = [value(high), value(low)];
  return top === null || rest === null ? null : top * 10000 + rest;
}

const amount: TextRule = wordRule(
  ["amount.two-writings", "NU-016", "error", "票据与合同惯例"],
  /(?<![\d,，.])(\d[\d,，]*(?:\.\d+)?)(万|亿)?元[（(](?:大写)?[：:]?(?:人民币)?([零壹贰叁肆伍陆柒捌玖拾佰仟万亿]+)[元圆]整?[）)]/gu,
  ([, digits, unit, words]) => {
    const value = Number((digits ?? "").replace(/[,，]/gu, "")) * (unit === "亿" ? 1e8 : unit === "万" ? 1e4 : 1);
    const said = capitalAmount(words ?? "");
    return said === null || Math.abs(said - value) < 0.005
      ? null
      : `小写${digits}${unit ?? ""}元与大写“${words}元”不一致`;
  },
);

/** 30%～20%: the lower end comes first. */
const fallingRange: TextRule = wordRule(
  ["figure.range-falls", "", "warning", "逻辑校验"],
  /(?<![\d.])(\d+(?:\.\d+)?)([%‰℃]?)[～~—](\d+(?:\.\d+)?)([%‰℃]|万元|亿元|元|人|个|天|小时|公里|米|亩)/gu,
  ([text, low, , high]) => (Number(low) > Number(high) ? `范围“${text}”前大后小，请核对` : null),
);

export const figureRules: readonly TextRule[] = [
  wordRule(
    ["figure.fullwidth", "NU-001", "error", "GB/T 15835 5.1"],
    /[０-９Ａ-Ｚａ-ｚ]+/gu,
    ([run]) => `数字、字母“${run}”是全角的，应改为半角`,
    ([run]) => run.replace(/./gu, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)),
  ),
  wordRule(
    ["figure.approximate-dunhao", "NU-002", "warning", "GB/T 15835 5.2"],
    /(?<![第、一二三四五六七八九十\d])(一、二|二、三|三、四|三、五|四、五|五、六|六、七|七、八|八、九)(?=[天年月个人次名户项小分])(?!项重点|年级)/gu,
    ([words]) => `“${words}”表示大概的数目时不用顿号`,
    ([words]) => words.replace("、", ""),
  ),
  wordRule(
    ["figure.about-ten", "NU-003", "warning", "GB/T 15835 4.2"],
    /(?<!\d)(\d0)几(?=[个人名次年天元户项])/gu,
    ([words]) => `“${words}”是概数，应用汉字`,
    ([, tens]) => `${["", "", "二", "三", "四", "五", "六", "七", "八", "九"][Number(tens) / 10] ?? ""}十几`,
  ),
  wordRule(
    ["figure.mixed", "NU-004", "warning", "GB/T 15835 5.3"],
    /(?<![\d.])\d+(?:\.\d+)?[十百千](?=[元人个名户次吨亩头只株])/gu,
    ([words]) => `“${words}”把阿拉伯数字和“十、百、千”混在一起，请写成全数字`,
  ),
  wordRule(
    ["figure.long", "NU-005", "hint", "GB/T 15835 5.1、5.3"],
    /(?<![\d.—-])\d{4,9}0000(?=元)/gu,
    ([words]) => `“${words}”位数太多，可写成以“万”“亿”为单位`,
    ([words]) => `${Number(words) / 10000}万`,
  ),
  wordRule(
    ["date.short-year", "NU-006", "error", "GB/T 15835 5.1"],
    /(?<![\d.,—～-])\d{2}年(?=\d{1,2}月\d{1,2}日)/gu,
    ([words]) => `年份应写全四位，不写“${words}”`,
  ),
  wordRule(
    ["date.chinese-zero", "NU-007", "error", "GB/T 15835 5.2"],
    /([一二][九零○〇OＯ0][零○〇OＯ0一二三四五六七八九]{2})年/gu,
    ([words]) => (/[零○OＯ0]/u.test(words) ? `汉字年份里的“零”应写作“〇”：${words}` : null),
    ([words]) => words.replace(/[零○OＯ0]/gu, "〇"),
  ),
  wordRule(
    ["date.leading-zero", "NU-008", "error", "GB/T 9704 7.3.5"],
    /(?<![\d.])0([1-9])月(?:0?(\d{1,2})日)?|(?<=\d月)0(\d)日/gu,
    ([words]) => `月、日不编虚位：${words}`,
    ([, month, day, only]) => (only ? `${only}日` : `${month}月${day ? `${Number(day)}日` : ""}`),
  ),
  missingDay,
  weekday,
  wordRule(
    ["figure.about-twice", "NU-011", "warning", "语法"],
    /(?:大约|约|近)(?=(\d+(?:\.\d+)?[万亿]?(?:余|多|左右)[人个名户元亩次件家项]?|\d+(?:\.\d+)?[万亿]?[人个名户元亩次件家项]左右))/gu,
    ([words, rest]) => `“${words}”和“${rest}”意思重复，只留一个`,
    () => "",
  ),
  wordRule(
    ["figure.times-less", "NU-012", "error", "数字用法惯例"],
    /(?:减少|下降|降低|缩短)了?[一二三四五六七八九十\d.]+倍/gu,
    ([words]) => `“${words}”不通，减少、下降不用倍数，请改用百分数或分数`,
  ),
  wordRule(
    ["figure.percent-range", "NU-013", "error", "GB/T 15835 5.1"],
    /(?<![\d.])(\d+(?:\.\d+)?)([～~])(?=\d+(?:\.\d+)?%)/gu,
    ([, low]) => `百分数的范围，前一个数也要有百分号：${low}%`,
    ([, low, mark]) => `${low}%${mark}`,
  ),
  wordRule(
    ["figure.unit-range", "NU-014", "warning", "GB/T 15835 5.1"],
    /(?<![\d.])(\d+(?:\.\d+)?)([～~])(?=\d+(?:\.\d+)?([万亿]))/gu,
    ([, , , unit]) => `数值的范围，前一个数也要写明“${unit}”`,
    ([, low, mark, unit]) => `${low}${unit}${mark}`,
  ),
  wordRule(
    ["figure.unit-name", "NU-015", "warning", "GB 3100—3102"],
    /(?<=\d[万亿]?)(平米|公分|平方(?=[的，。；、]))/gu,
    ([words]) => `“${words}”不是法定计量单位的写法`,
    ([words]) => (words === "公分" ? "厘米" : "平方米"),
  ),
  amount,
  fallingRange,
  wordRule(
    ["date.month-range", "", "hint", "GB/T 15835 4（局部体例一致）"],
    /(?<=\d年)(\d{1,2})(?=至(\d{1,2})月)/gu,
    ([, month]) => `起止月份，前一个也要写“月”：${month}月`,
    ([, month]) => `${month}月`,
  ),
  wordRule(
    ["date.month-hyphen", "PU-017", "hint", "GB/T 15834 4.13"],
    /(?<=(?<![\d.\-–])(?:1[0-2]|[1-9])月?)[-–](?=(?:1[0-2]|[1-9])月(?!\d))/gu,
    () => "起止月份用一字线“—”",
    () => "—",
  ),
  wordRule(
    ["docno.brackets", "DF-001", "error", "GB/T 9704 7.2.5"],
    /(?<=\p{Script=Han}{2})([[（(【［])((?:19|20)\d{2})([\]）)】］])(?=第?\d{1,4}号)/gu,
    () => "发文字号的年份应用六角括号“〔〕”",
    ([, , year]) => `〔${year}〕`,
  ),
  wordRule(
    ["docno.ordinal", "DF-002", "error", "GB/T 9704 7.2.5"],
    /(?<=\p{Script=Han}{2}〔(?:19|20)\d{2}〕)第(?=\d+号)/gu,
    () => "发文顺序号前不加“第”",
    () => "",
  ),
  wordRule(
    ["docno.leading-zero", "DF-003", "error", "GB/T 9704 7.2.5"],
    /(?<=\p{Script=Han}{2}〔(?:19|20)\d{2}〕)0+(?=\d+号)/gu,
    () => "发文顺序号不编虚位",
    () => "",
  ),
  wordRule(
    ["docno.year", "DF-004", "error", "GB/T 9704 7.2.5"],
    /(?<=\p{Script=Han}{2})〔(?!(?:19|20)\d{2}〕)[^〔〕]{0,6}〕(?=\d+号)/gu,
    ([words]) => `发文字号的年份应写四位：${words}`,
  ),
  wordRule(
    ["docno.no-hao", "DF-005", "warning", "GB/T 9704 7.2.5"],
    /(?<=[（(]\p{Script=Han}{2,10})〔(?:19|20)\d{2}〕\d{1,4}(?=[）)])/gu,
    ([words]) => `发文字号后面缺“号”：${words}`,
    ([words]) => `${words}号`,
  ),
];
