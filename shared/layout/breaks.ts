// Where a line may break and where it may stretch: what each character allows beside it (GB/T 15834 避头尾, CLREQ 3.1)
// and the atoms, stretches of text that stay whole (〔2023〕1号, 第三十八条, 5.2%, 0730-3555200). Knows characters only,
// no widths.

/** open （《 · close ）》 · stop ，。 · middle · — … · latin letters, digits and their marks · space · wide: the rest. */
export type CharClass = "open" | "close" | "stop" | "middle" | "dash" | "latin" | "space" | "wide";

/** What a character is, and what it allows; one object for each, so that they can be compared and be keys. */
export interface Character {
  readonly text: string;
  readonly kind: CharClass;
  /** 避头: never begins a line. */
  readonly noStart: boolean;
  /** 避尾: never ends a line. */
  readonly noEnd: boolean;
  /** An address of the web may break after it. */
  readonly seam: boolean;
  /** Belongs to the digits it stands beside, before or after: no gap opens between. */
  readonly withDigits: boolean;
}

const kinds = new Map<string, CharClass>();
for (const [kind, characters] of [
  ["open", "（《〈「『【〖〔［｛“‘〘〚｟〝﹙﹛﹝｢"],
  ["close", "）》〉」』】〗〕］｝”’〙〛｠〞〟﹚﹜﹞｣"],
  ["stop", "，。、；：？！．｡､﹐﹑﹒﹔﹕﹖﹗"],
  ["middle", "·・･‧～〜－／"],
  ["dash", "—―─⸺…⋯‥"],
  ["space", " \t\u00a0\u3000"],
  ["latin", "–‒‐‑"],
  ["wide", "×°±"],
] as const)
  for (const character of characters) kinds.set(character, kind);

/** Besides closing marks, stops, connectors and dashes (GB/T 15834 5.1). */
const noStart = new Set("%‰％‱﹪℃℉°′″〃々¢￠!),.:;?]}/~–‒‐‑");
/** Besides opening marks. 分隔号 may do neither. */
const noEnd = new Set("([{￥¥＄$￡£€№#＃／/");
const seams = new Set("/.?&=_-:@");
const withDigits = new Set("%‰％‱﹪℃℉°′″￥¥＄$￡£€№±≥≤＞＜≈×—–～－");

const characters = new Map<number, Character>();

function makeCharacter(text: string, kind: CharClass): Character {
  const first = text[0] ?? "";
  const unit = /^[\u3380-\u33df]/u.test(first); // ㎡ ㎏ ㎞
  const marksOther = /^\p{M}/u.test(text);
  const begins = kind === "open" || kind === "latin" || kind === "space" || kind === "wide";
  return {
    text,
    kind,
    noStart: !begins || unit || marksOther || noStart.has(first),
    noEnd: kind === "open" || noEnd.has(first),
    seam: seams.has(first),
    withDigits: unit || withDigits.has(text),
  };
}

function characterOf(codePoint: number): Character {
  let character = characters.get(codePoint);
  if (!character) {
    const text = String.fromCodePoint(codePoint);
    character = makeCharacter(text, kinds.get(text) ?? (codePoint < 0x0530 ? "latin" : "wide"));
    characters.set(codePoint, character);
  }
  return character;
}

/** —— in a face that joins it to one glyph. */
export const dashOfTwo = makeCharacter("——", "dash");
/** ’ between two letters is a letter's sign, no quotation mark: O’Brien. */
const apostrophe = makeCharacter("’", "latin");
const letter = /\p{Script=Latin}/u;

/** The character at a UTF-16 offset of a text. */
export function characterAt(text: string, at: number): Character {
  const character = characterOf(text.codePointAt(at) ?? 0);
  if (character.text !== "’") return character;
  return letter.test(text[at - 1] ?? "") && letter.test(text[at + 1] ?? "") ? apostrophe : character;
}

/** What may happen between two neighbours. `loose`, inside a date, is never first choice. `seam` and `hard`, inside a
 *  word, serve only where a line cannot be filled otherwise: a seam is the place to break an address of the web. */
export type Break = "free" | "loose" | "seam" | "hard" | "never";

const digits = "[\\d０-９]";
const amount = `${digits}+(?:[.,:/：．-]${digits}+)*`;
const numeral = "[\\d０-９一二三四五六七八九十百千零〇]";
const symbol = "[%‰％℃℉°′″\\u3380-\\u33df]";
const measures = [
  "[年月]度|平方公里|平方千米|平方米|立方米|公里|千米|厘米|毫米|公顷|公斤|千克|毫克|公升|毫升|千瓦时?|兆瓦|小时|分钟|周[岁年]",
  "个?工作日|个?百分点|个[月年]|[人户车架]次|年级|[年月日时分秒号个元亩米人名件项条款章节户家次倍岁天周页期级类种届批所吨克升度点]",
  "[台辆套座栋幢层楼室间处场组册份卷本张篇部字只头株斤段幅口位员批轮]",
].join("|");
const quantity = `${amount}(?:${symbol}(?:\\d+${symbol})*| ?[余多]?[十百千万亿]{0,2}[余多]?(?:${measures})|[万亿][余多]?)?`;

/** Never broken inside. */
const whole = new RegExp(
  [
    // 〔2023〕第1号; also as typed with other brackets
    `[〔［[（(]\\d{4}[〕］\\])）] ?第?\\d*号?`,
    `[（(]${numeral}{1,4}[）)]`,
    `第${numeral}{1,8}[条章节款项目编部篇卷册期届次号批页类级名位年季轮期代组版]`,
    `附[件表图]${numeral}{1,3}(?:[-—.]\\d+)*`,
    "[〇○零一二三四五六七八九]{4}年",
    // 100km/h, GB/T
    "\\d+(?:\\.\\d+)?[A-Za-z]+/[A-Za-z]+|[A-Z]{1,5}/[A-Z]{1,3}(?![A-Za-z])",
    // LXDR—2023—00001; a range of bare numbers with the unit of the last: 2021—2025年
    "(?<![A-Za-z])[A-Za-z]+(?:[—–-][A-Za-z\\d]+)+",
    `[±≥≤＞＜≈~～-]?(?:${amount}${symbol}?[—–~～－-])*${quantity}`,
    "[A-Z]{1,4}[级类型座栋]",
    "[Ⅰ-ⅿ]+[级类型期]",
    "[—―─]{2,}|[…⋯]{2,}",
  ].join("|"),
  "gu",
);

const date = "(?:\\d{4}年(?:\\d{1,2}月(?:\\d{1,2}日)?)?|\\d{1,2}月(?:\\d{1,2}日)?|\\d{1,2}日)";
const written = "[一二三四五六七八九十]{1,3}";
/** Broken only to save a line from gaping: dates, times, spans of them, numbers of standards. */
const preferred = new RegExp(
  [
    `${date}(?:[—～－-]${date})?`,
    `[〇○零一二三四五六七八九]{4}年${written}月(?:${written}日)?`,
    "\\d{1,2}时\\d{1,2}分(?:\\d{1,2}秒)?",
    "[A-Z]{1,6}(?:/[A-Z]{1,3})? \\d+(?:\\.\\d+)*(?:[—–-]\\d{2,4})?",
  ].join("|"),
  "gu",
);

/** The break before each character of a text; before the first it is never. The characters make up the text. */
export function breaksOf(text: string, line: readonly Character[]): Break[] {
  const breaks: Break[] = [];
  let before: Character | undefined;
  let spaced = false;
  let quoted = false;
  for (const character of line) {
    let kind: Break = before ? between(before, character, spaced) : "never";
    // Straight quotation marks open and close in turn.
    if (before?.text === '"' && quoted) kind = "never";
    if (character.text === '"') {
      if (quoted) kind = "never";
      quoted = !quoted;
    }
    breaks.push(kind);
    spaced = character.kind === "space";
    // Spaces fall away at the end of a line: what stands before them ends it.
    if (!spaced) before = character;
  }
  mark(breaks, text, line, whole, "hard");
  mark(breaks, text, line, preferred, "loose");
  return breaks;
}

function between(a: Character, b: Character, spaced: boolean): Break {
  if (b.kind === "space") return "never";
  const inWord = !spaced && a.kind === "latin" && b.kind === "latin";
  if (a.noEnd && !(inWord && a.seam)) return "never";
  if (b.noStart) return inWord ? "hard" : "never";
  if (!inWord) return "free";
  return a.seam ? "seam" : "hard";
}

/** Makes the breaks inside what matches harder. */
function mark(breaks: Break[], text: string, line: readonly Character[], pattern: RegExp, to: "hard" | "loose"): void {
  let i = 0;
  let offset = 0;
  for (const match of text.matchAll(pattern)) {
    const end = match.index + match[0].length;
    for (; i < line.length && offset < end; offset += line[i]?.text.length ?? 0, i++) {
      if (offset <= match.index) continue;
      if (breaks[i] === "free" || (breaks[i] === "seam" && to === "hard")) breaks[i] = to;
    }
  }
}

/** Whether justification may widen the gap between two neighbours. */
export function stretches(a: Character, b: Character): boolean {
  if (a.kind === "latin") return !(b.kind === "latin" || b.withDigits);
  return !((b.kind === "latin" && a.withDigits) || (a.kind === "dash" && b.kind === "dash"));
}
