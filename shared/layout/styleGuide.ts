// The house style in a secretary's words: for every setting its Chinese name, group, unit and, where the name does not say
// it all, a sentence of help; for every choice its name. Typed by StyleSheet, so that a setting without a name does not
// compile. The style panel, the JSON Schema and the sentences of refusals all take their words from here.
import { faceRoleNames, roleNames } from "./fonts.ts";
import type { FrontText, Lead, StyleSheet, TextKind, TextSetting } from "./style.ts";
import type { Choice } from "./styleRule.ts";

export const styleGroups = [
  "纸张与版心",
  "分栏",
  "正文与行文",
  "各级标题与要素",
  "表格",
  "目录",
  "封面",
  "版权页",
  "页码与书眉",
  "补白",
  "印刷",
] as const;
export type StyleGroup = (typeof styleGroups)[number];

/** 字: em of the text in question; 行: lines of the grid; 倍: of the type size; %: of full ink. */
export type StyleUnit = "磅" | "毫米" | "字" | "行" | "栏" | "倍" | "%";

/** A single setting. `none`: the name of null, which takes the value of the body text. */
export interface Word {
  readonly name: string;
  readonly unit?: StyleUnit;
  readonly help?: string;
  readonly none?: string;
  readonly choices?: Readonly<Record<string, string>>;
}
interface ChoiceWord<C extends string> extends Word {
  readonly choices: Readonly<Record<C, string>>;
}
/** Settings that belong together, under a name of their own. */
export interface Part {
  readonly name: string;
  readonly of: { readonly [key: string]: Word | Part };
}

type Named<T> = [T] extends [boolean]
  ? Word
  : string extends T
    ? Word
    : [T] extends [string]
      ? ChoiceWord<T>
      : [T] extends [number | readonly unknown[] | Lead]
        ? Word
        : { readonly name: string; readonly of: PartOf<T> };
type PartOf<T> = { readonly [K in keyof T]: Named<NonNullable<T[K]>> };
type Guide = {
  readonly [K in keyof StyleSheet]: Named<StyleSheet[K]> & { readonly group: StyleGroup };
};

const role = { name: "字体", choices: roleNames } as const;

const frontText: PartOf<FrontText> = {
  role,
  size: { name: "字号", unit: "磅" },
  spacing: { name: "字距", unit: "字", help: "字与字之间另加的空。" },
  ink: { name: "颜色", choices: { black: "黑", red: "红" } },
};
const front = (name: string) => ({ name, of: frontText });

const textSetting: PartOf<TextSetting> = {
  role: { ...role, none: "同正文" },
  size: { name: "字号", unit: "磅", none: "同正文" },
  align: { name: "对齐", choices: { left: "居左", center: "居中", right: "居右", justify: "两端对齐" } },
  indent: { name: "首行缩进", unit: "字" },
  hanging: { name: "回行缩进", unit: "字", help: "第二行起每行缩进的字数。" },
  right: { name: "右空", unit: "字", help: "行末至版心右边留空的字数，如署名右空二字。" },
  lines: { name: "占行", unit: "行", help: "每行字占版面的行数，可以是四分之一的倍数，如一行半。" },
  before: { name: "段前空", unit: "行", help: "在一页之首时不空。" },
  after: { name: "段后空", unit: "行" },
  keepWithNext: { name: "与下段同页", help: "不让标题单独留在页末（背题）。" },
  lead: { name: "段首变体", help: "“第三条”“一、…。”等段首文字用另一种字体。" },
  span: { name: "通栏", help: "分栏时横跨各栏。" },
};

/** Names of the texts of a notice, here and in the editor's menu. */
export const textKindNames: Readonly<Record<TextKind, string>> = {
  title: "公文题名",
  number: "发文字号",
  body: "正文",
  addressee: "主送机关",
  level1: "一级标题",
  level2: "二级标题",
  level3: "三级标题",
  level4: "四级标题",
  chapter: "章",
  section: "节",
  article: "条",
  item: "项",
  annexNote: "附件说明",
  signature: "落款署名",
  date: "成文日期",
  documentTitle: "文件题名",
  subtitle: "题下说明",
  annexLabel: "附件标签",
  annexTitle: "附件题名",
  tableTitle: "表题",
  unit: "单位",
  note: "注",
  quotation: "引文",
  names: "名单",
  caption: "图题",
  cell: "表格",
};

const latinNames = (name: string) => ({
  name: `${name}中的西文`,
  help: "选“西文”时，用在“字体”中选定的西文字体。",
  choices: faceRoleNames,
});
const kinds = Object.fromEntries(
  Object.entries(textKindNames).map(([kind, name]) => [kind, { name, of: textSetting }]),
) as Readonly<Record<TextKind, { readonly name: string; readonly of: PartOf<TextSetting> }>>; // the same keys

export const styleGuide: Guide = {
  name: { group: "纸张与版心", name: "代号", help: "小写字母、数字和连字符。" },
  label: { group: "纸张与版心", name: "名称" },
  page: {
    group: "纸张与版心",
    name: "成品尺寸",
    of: { width: { name: "宽", unit: "毫米" }, height: { name: "高", unit: "毫米" } },
  },
  typeArea: {
    group: "纸张与版心",
    name: "版心位置",
    of: {
      top: { name: "天头", unit: "毫米", help: "纸上边到版心。" },
      inner: { name: "订口", unit: "毫米", help: "装订一边到版心。" },
    },
  },
  grid: {
    group: "纸张与版心",
    name: "字与行",
    of: {
      em: { name: "正文字号", unit: "磅", help: "三号15.79磅，小四12磅，五号10.5磅。" },
      characters: { name: "每行字数", unit: "字", help: "分栏时为每栏的字数。" },
      pitch: { name: "行距", unit: "磅", help: "相邻两行字脚之间的距离。" },
      lines: { name: "每页行数", unit: "行" },
    },
  },
  composition: {
    group: "纸张与版心",
    name: "排法",
    help: "方格：每字落在格上，标点不挤压。",
    choices: { justified: "两端排齐", grid: "方格" },
  },
  composer: {
    group: "纸张与版心",
    name: "断行",
    help: "整段求匀：前后各行一起斟酌，字距最匀。逐行：排满一行再排下一行，与文字处理软件相同。",
    choices: { paragraph: "整段求匀", line: "逐行" },
  },
  marks: {
    group: "纸张与版心",
    name: "标点",
    help: "开明式：句末标点占一字，其余占半字。",
    choices: { squeezed: "全角，相遇时挤压", narrowQuotes: "引号占半字，其余全角", kaiming: "开明式" },
  },
  columns: {
    group: "分栏",
    name: "分栏",
    of: {
      count: { name: "栏数", unit: "栏" },
      gap: { name: "栏间空", unit: "字" },
      rule: { name: "栏间线", unit: "磅", help: "0为不画线。" },
      balance: { name: "末页各栏拉平", help: "一篇的末页各栏等高。" },
    },
  },
  body: { group: "正文与行文", name: "正文字体", choices: roleNames },
  latin: {
    group: "正文与行文",
    name: "字母和数字的字体",
    of: {
      song: latinNames("宋体"),
      biaosong: latinNames("小标宋"),
      fangsong: latinNames("仿宋"),
      hei: latinNames("黑体"),
      kai: latinNames("楷体"),
    },
  },
  latinGap: { group: "正文与行文", name: "中西文间空", unit: "字", help: "汉字与字母、数字之间的空。" },
  orphans: { group: "正文与行文", name: "页末至少留", unit: "行", help: "一段分在两页时，前一页至少留几行。" },
  widows: { group: "正文与行文", name: "页首至少留", unit: "行", help: "一段分在两页时，后一页至少有几行。" },
  newPage: {
    group: "正文与行文",
    name: "另起一页",
    help: "列入“公文题名”时每篇公文另起一页，否则各篇连排。",
    choices: textKindNames,
  },
  numberBrackets: { group: "正文与行文", name: "题下文号的括号", help: "前后各一个，可以不用。" },
  footnote: {
    group: "正文与行文",
    name: "脚注",
    of: { role, size: { name: "字号", unit: "磅" }, leading: { name: "行距", unit: "倍" } },
  },
  text: { group: "各级标题与要素", name: "各级标题与要素", of: kinds },
  opener: {
    group: "各级标题与要素",
    name: "栏目名",
    of: {
      kind: { name: "栏目首篇之前", choices: { none: "不排栏目名", line: "排一行栏目名", page: "栏目名单占一页" } },
      ...frontText,
    },
  },
  table: {
    group: "表格",
    name: "表格",
    of: {
      role,
      headRole: { name: "表头字体", choices: roleNames },
      sizes: { name: "逐级试用的字号", unit: "磅", help: "从第一个试起，到每个词都放得下为止；最后一个是最小字号。" },
      leading: { name: "行距", unit: "倍" },
      padding: {
        name: "文字与表线之间",
        of: { across: { name: "左右空", unit: "字" }, down: { name: "上下空", unit: "字" } },
      },
      rule: { name: "表线", unit: "磅" },
      turn: { name: "横排", choices: { auto: "直排不下就横排", never: "只横排标明的表" } },
      span: { name: "通栏", choices: { auto: "栏内排不下才通栏", always: "总是通栏", never: "不通栏" } },
    },
  },
  contents: {
    group: "目录",
    name: "目录",
    of: {
      show: { name: "排目录" },
      head: { name: "目录二字", help: "目录页上方的标题，如“目　录”。" },
      headSetting: front("目录标题"),
      section: front("栏目名"),
      sectionPattern: { name: "栏目名写作", help: "{section}处是栏目名，如“【{section}】”。" },
      entry: front("条目"),
      numbering: {
        name: "条目编号",
        choices: { none: "不编号", section: "每个栏目从1编起", whole: "全期连续编号" },
      },
      ordinal: { name: "编号写作", help: "{i}处是序号，如“{i}．”。" },
      issuers: { name: "题名带发文机关", help: "不带时从“关于”排起。" },
      number: { name: "文号", choices: { below: "另起一行", after: "接在题名后", none: "不排文号" } },
      numberBrackets: { name: "文号的括号", help: "前后各一个，可以不用。" },
      hanging: { name: "回行缩进", unit: "字" },
      leader: { name: "题名与页码之间", help: "如“…”，铺满其间；空着则不铺。" },
      folio: { name: "页码写作", help: "{n}处是页码，如“（{n}）”。" },
      pitch: { name: "行距", unit: "磅" },
      gap: { name: "条目之间另空", unit: "磅" },
    },
  },
  cover: {
    group: "封面",
    name: "封面",
    of: {
      template: {
        name: "样式",
        choices: { classic: "通用封面", band: "色带封面", masthead: "报头（不单做封面）", none: "不排封面" },
      },
      name: front("刊名"),
      official: front("公报名"),
      english: front("英文名"),
      issue: front("期号"),
      date: front("出版日期"),
      organ: front("主办"),
      statement: front("声明"),
    },
  },
  imprint: {
    group: "版权页",
    name: "版权页",
    of: {
      place: { name: "位置", choices: { front: "正文之前", back: "全期末页" } },
      box: { name: "加框", help: "不加框时上下各画一线。" },
      slogan: front("标语"),
      line: front("各行文字"),
      pitch: { name: "行距", unit: "磅" },
    },
  },
  folio: {
    group: "页码与书眉",
    name: "页码",
    of: {
      place: { name: "位置", choices: { outer: "外侧（单页在右、双页在左）", centre: "居中" } },
      role,
      size: { name: "字号", unit: "磅" },
      pattern: { name: "写作", help: "{n}处是页码，如“— {n} —”。" },
      below: { name: "在版心下", unit: "毫米" },
      inset: { name: "距版心外边", unit: "字" },
    },
  },
  runningHead: {
    group: "页码与书眉",
    name: "书眉",
    of: {
      odd: { name: "单页书眉", help: "{gazette}刊名，{issue}期号，{section}栏目，{title}题名；空着则不排。" },
      even: { name: "双页书眉", help: "写法同单页。" },
      role,
      size: { name: "字号", unit: "磅" },
      above: { name: "在版心上", unit: "毫米" },
      rule: { name: "书眉线", unit: "磅", help: "0为不画线。" },
    },
  },
  filler: {
    group: "补白",
    name: "补白",
    of: {
      multiple: {
        name: "总页数",
        choices: { 1: "不限", 2: "凑成双数", 4: "凑成4的倍数（骑马钉）" },
        help: "不足时在末尾加页。",
      },
      slogans: { name: "空处排标语", help: "加出的页和一篇末页的空处，排本期信息里的补白标语。" },
      text: front("标语"),
    },
  },
  red: {
    group: "印刷",
    name: "红色",
    of: {
      plate: {
        name: "专色名",
        help: "写明时红色单出一版，名称照印厂的叫法，如“PANTONE 485 C”“专红”；空着则用品红、黄两版叠印。",
      },
      magenta: { name: "品红", unit: "%", help: "网点百分比。用专色时，品红和黄是它在屏幕上和打样时的近似色。" },
      yellow: { name: "黄", unit: "%" },
    },
  },
  pictures: {
    group: "印刷",
    name: "图片",
    choices: { colour: "彩色（四色）", grey: "灰度（单黑）" },
    help: "交印厂的PDF里图片用什么印。红色用专色，或全期没有红色时，没有彩色版，一律印成灰度。",
  },
};

/** The words along a path (text.body.size), from the outermost; null for a path that no setting has. */
function wordsAlong(path: string): readonly (Word | Part)[] | null {
  const along: (Word | Part)[] = [];
  let part: { readonly [key: string]: Word | Part } = styleGuide;
  for (const key of path.split(".")) {
    const word = Object.hasOwn(part, key) ? part[key] : undefined;
    if (word === undefined) return null;
    along.push(word);
    part = "of" in word ? word.of : {};
  }
  return along;
}

/** A setting by its Chinese name, with its path as files have it: “字与行·行距”（grid.pitch）. */
export function settingName(path: string): string {
  const names = path === "" ? null : wordsAlong(path)?.map((word) => word.name);
  return names ? `“${[...new Set(names)].join("·")}”（${path}）` : "内容";
}

/** A choice by its Chinese name, with its value as files have it: 宋体（song）. */
export function choiceName(path: string, choice: Choice): string {
  const word = wordsAlong(path)?.at(-1);
  const name = word && "choices" in word ? word.choices?.[String(choice)] : undefined;
  if (name !== undefined) return `${name}（${choice}）`;
  return typeof choice === "boolean" ? `${choice ? "是" : "否"}（${choice}）` : String(choice);
}
