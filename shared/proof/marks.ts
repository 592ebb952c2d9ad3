// Punctuation: rules on the marks of a paragraph (GB/T 15834), and on lines as they were typed.
import { openMarks } from "./pairs.ts";
import { type TextRule, wordRule } from "./rule.ts";

const prose = ({ kind }: { kind: string }) => kind !== "cell" && kind !== "names" && kind !== "title";
const han = "\\p{Script=Han}";
const wide: Readonly<Record<string, string>> = {
  ...{ ",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）" },
};
/** 不 with what is not done, but not in 不断, 不仅 …. */
const not = "不(?![断仅但得少同过再是能会足予])[^、，。；]";
const kindsOfText = new Set(["body", "article", "item"]);

/** Half-width marks beside Chinese characters; between digits (10:30, 1,000) they are right. */
export const halfWidth = new RegExp(
  `(?<=[${han}，。、；：”’》）]\\s?)[,;:?!](?!\\d{3}(?!\\d))|(?<![a-z\\d][,;:?!]?)[,;:?!](?=\\s?${han})|\\((?=\\s?[${han}《“])|(?<=[${han}。》”]\\s?)\\((?!\\d*\\s*\\))|(?<=[${han}。》”]\\s?)\\)`,
  "giu",
);

/** In a stored paragraph, where each can be put right by itself; for lines as typed see typedLines.ts. */
const storedWidth: TextRule = {
  ...{ rule: "punct.halfwidth", code: "PU-001", severity: "error", basis: "GB/T 15834 第4章" },
  storedOnly: true,
  *find(text) {
    for (const { 0: mark, index } of text.matchAll(halfWidth)) {
      const fix = wide[mark] ?? "";
      yield { from: index, to: index + 1, fix, message: `中文里用了半角标点“${mark}”，应改为“${fix}”` };
    }
  },
};

const unpaired: TextRule = {
  ...{ rule: "punct.unpaired", code: "PU-011", severity: "error", basis: "GB/T 15834 4.8、4.9、4.15" },
  applies: ({ kind }) => kind !== "cell",
  *find(text) {
    const open = openMarks(text);
    for (const [i, { at, mark, partner }] of open.entries()) {
      const before = open[i - 1];
      // “示范县“创建: the second is the first's partner, turned the wrong way.
      if (mark === "“" && before?.mark === "“" && at - before.at < 20)
        yield { from: at, to: at + 1, fix: partner, message: "后引号写成了前引号，应改为“””" };
      else if (!(mark === "“" && open[i + 1]?.mark === "“" && (open[i + 1]?.at ?? 0) - at < 20))
        yield { from: at, to: at + 1, message: `“${mark}”没有配对的“${partner}”，请补上或删去` };
    }
  },
};

/** 《…《…》…》: the inner ones are 〈〉. */
const nestedTitles: TextRule = {
  ...{ rule: "punct.nested-title", code: "PU-008 PU-009", severity: "error", basis: "GB/T 15834 4.15" },
  *find(text) {
    if (!/《[^》]*《|“[^”]*“/u.test(text) || openMarks(text).length > 0) return;
    for (const [outer, inner, message] of [
      ["《》", "〈〉", "书名号里面再用书名号，里层应用单书名号“〈〉”"],
      ["“”", "‘’", "双引号里面再用引号，里层应用单引号"],
    ] as const) {
      let depth = 0;
      let start = -1;
      // Inside 〈〉 the outer marks are right again.
      let within = 0;
      for (let at = 0; at < text.length; at++) {
        if (text[at] === inner[0]) within++;
        if (text[at] === inner[1]) within = Math.max(0, within - 1);
        if (within > 0) continue;
        if (text[at] === outer[0] && ++depth === 2) start = at;
        if (text[at] !== outer[1] || depth === 0) continue;
        depth--;
        if (depth !== 1 || start < 0) continue;
        const words = text.slice(start + 1, at);
        yield { from: start, to: at + 1, message, fix: `${inner[0]}${words}${inner[1]}` };
        start = -1;
      }
    }
  },
};

const doubled: TextRule = wordRule(
  ["punct.doubled", "PU-012", "error", "GB/T 15834 5.1"],
  /([，。、；：！？])[，。、；：]+|([，；：、])[！？]+/gu,
  ([run]) => `标点“${run}”重复或相连，只留一个`,
  ([run, first]) => (run.includes("。") ? "。" : (first ?? run.slice(0, 1))),
);

const atStart: TextRule = wordRule(
  ["punct.at-start", "PU-013", "warning", "GB/T 15834 5.1"],
  /^[，。、；：！？）》”’〉】]/gu,
  ([mark]) => `段首是“${mark}”，前面可能缺字，或这一段应接在上一段后面`,
);

export const markRules: readonly TextRule[] = [
  storedWidth,
  wordRule(
    ["punct.angle-title", "PU-002", "error", "GB/T 15834 4.15"],
    /<<([^<>]+)>>/gu,
    () => "书名号写成了“<<>>”，应用“《》”",
    ([, words]) => `《${words}》`,
  ),
  wordRule(
    ["punct.angle-title", "PU-002", "warning", "GB/T 15834 4.15"],
    /(?<=《[^》<]{0,60})<([^<>]{1,80})>(?=[^《]{0,60}》)/gu,
    () => "里层书名号写成了“<>”，应用“〈〉”",
    ([, words]) => `〈${words}〉`,
  ),
  wordRule(
    ["punct.dunhao-between-titles", "PU-003", "hint", "GB/T 15834 4.5"],
    /(?<=》)、(?=《)/gu,
    () => "并列的书名号之间不用顿号",
    () => "",
  ),
  wordRule(
    ["punct.dunhao-between-quotes", "PU-004", "hint", "GB/T 15834 4.5"],
    /(?<=”)、(?=“)/gu,
    () => "并列的引号之间不用顿号",
    () => "",
  ),
  wordRule(
    ["punct.ellipsis", "PU-005", "error", "GB/T 15834 4.11"],
    /\.{3,}|。{3,}|(?<!…)…(?!…)|(?<!…)…{3}(?!…)|…{5,}/gu,
    ([run]) => `省略号写成了“${run}”，应用“……”`,
    () => "……",
  ),
  wordRule(
    ["punct.ellipsis-and-etc", "PU-006", "warning", "GB/T 15834 4.11"],
    /……(?=等)/gu,
    () => "省略号和“等”只用一个",
    () => "",
  ),
  wordRule(
    ["punct.dash", "PU-007", "error", "GB/T 15834 4.10"],
    new RegExp(`(?<=[${han}”》])--+(?=[${han}“《])`, "gu"),
    ([run]) => `破折号写成了“${run}”，应用“——”`,
    () => "——",
  ),
  nestedTitles,
  wordRule(
    ["punct.straight-quote", "PU-010", "warning", "GB/T 15834 4.8"],
    /"([^"]*)"|"/gu,
    () => "引号用了直引号，应用“”",
    ([, words]) => (words === undefined ? null : `“${words}”`),
  ),
  unpaired,
  // A page break cuts cells in two, so that less is certain.
  { ...unpaired, severity: "warning", applies: ({ kind }) => kind === "cell" },
  doubled,
  atStart,
  {
    ...{ rule: "punct.no-end", code: "PU-014", severity: "warning", basis: "GB/T 15834 4.1" },
    applies: ({ kind }) => kindsOfText.has(kind),
    *find(text) {
      if (text.length < 25 || !/[，；。]/u.test(text) || !new RegExp(`[${han}\\d]$`, "u").test(text)) return;
      if (/^(?:附|备注|注|联系|地址|电话)|[\s　]/u.test(text)) return;
      yield { from: text.length - 1, to: text.length, message: "这一段末尾没有标点，请看是缺句号还是话没有写完" };
    },
  },
  wordRule(
    ["title.full-stop", "PU-015", "warning", "GB/T 9704 7.3.1"],
    /[。，；]$/gu,
    () => "标题末尾不用标点",
    () => "",
    ({ kind }) => kind === "title" || kind === "documentTitle" || kind === "annexTitle",
  ),
  wordRule(
    ["punct.range-hyphen", "PU-016", "warning", "GB/T 15834 4.13"],
    /(?<=\d[%‰℃])[-–](?=\d)|(?<=(?<!\d)\d{1,3}(?:\.\d+)?)[-–](?=\d{1,4}(?:\.\d+)?(?:[%‰℃]|[万亿]?元|人|个|天|岁|年(?!\d)|米|吨|亩|小时|分钟|公里))/gu,
    () => "数值范围应用浪纹线“～”",
    () => "～",
  ),
  wordRule(
    ["punct.year-range", "PU-017", "warning", "GB/T 15834 4.13"],
    /(?<=(?<!\d)(?:19|20)\d{2}年?)[-–](?=(?:19|20)\d{2}年)/gu,
    () => "起止年份应用一字线“—”",
    () => "—",
  ),
  wordRule(
    ["numbering.mark", "PU-018", "error", "GB/T 9704 7.3.3"],
    /^([一二三四五六七八九十]{1,3})[.．,，](?=\S)/gu,
    ([, number]) => `序号“${number}”后面应用顿号`,
    ([, number]) => `${number}、`,
  ),
  wordRule(
    ["numbering.extra-mark", "PU-019", "warning", "GB/T 15834 附录B.3"],
    /^([（(][一二三四五六七八九十\d]{1,3}[）)])[、，.．]/gu,
    ([, number]) => `带括号的序号“${number}”后面不再加标点`,
    ([, number]) => number ?? null,
  ),
  wordRule(
    ["numbering.arabic-dunhao", "PU-020", "warning", "GB/T 9704 7.3.3"],
    /^(\d{1,2})、(?!\d)/gu,
    ([, number]) => `序号“${number}”后面应用下脚点，不用顿号`,
    ([, number]) => `${number}.`,
    prose,
  ),
  wordRule(
    ["punct.ordinal-dunhao", "PU-021", "warning", "GB/T 15834 附录B.3"],
    /(?<=^|[。；：])(第[一二三四五六七八九十]|首先|其次|再次|最后)、(?!第)/gu,
    ([, words]) => `“${words}”后面应用逗号`,
    ([, words]) => `${words}，`,
  ),
  wordRule(
    ["punct.stop-in-bracket", "PU-022", "hint", "GB/T 15834 4.9"],
    /(?<=[^。！？；：”）\s]（[^（）。]{1,40})。(?=）[^。\s])/gu,
    () => "句内括号的末尾不用句号",
    () => "",
  ),
  wordRule(
    ["space.inside", "PU-023", "warning", "公文排版惯例"],
    new RegExp(
      `(?<=${han})(?<!^第[一二三四五六七八九十百零〇]+[章节条]) +(?=[\\dA-Za-z])|(?<=[\\dA-Za-z%]) +(?=${han})|(?<=[，。；：、]) +(?=\\S)`,
      "gu",
    ),
    () => "这里有多余的空格",
    () => "",
    ({ kind }) => kindsOfText.has(kind),
  ),
  wordRule(
    ["punct.colon-twice", "PU-024", "hint", "GB/T 15834 4.7"],
    /：[^，。；：“”（）]{2,20}(?:是|如下|包括)：/gu,
    () => "一句话里套用了两个冒号，前一个可改为句号",
    undefined,
    prose,
  ),
  wordRule(
    ["punct.name-dot", "PU-025", "warning", "GB/T 15834 4.14"],
    new RegExp(`(?<=${han}{2,4})[.．•](?=${han}{2,4}(?:$|[^${han}]|同志|任))`, "gu"),
    () => "姓名中间用间隔号“·”",
    () => "·",
  ),
  wordRule(
    ["punct.mixed-serial", "", "hint", "GB/T 15834 4.5"],
    new RegExp(`(?<=[，。；]|^)${not}{2,12}、${not}{2,12}，${not}{2,14}(?=[，。；])`, "gu"),
    () => "并列的“不…”之间有的用顿号，有的用逗号，请统一",
  ),
];
