// Where a line may break and where it may stretch: the classes of characters (CLREQ 3.1, GB/T 15834 避头尾) and the
// words that stay whole (〔2023〕1号, 第三十八条, 5.2%, ——). Knows characters only, no widths.

/** open （《 · close ）》 · stop ，。 · middle · —— … · latin letters, digits and their marks · space · wide: the rest. */
export type CharClass = "open" | "close" | "stop" | "middle" | "dash" | "latin" | "space" | "wide";

/** Classes by first UTF-16 unit; what is not listed here is classed when it is first met. */
const classes = new Map<string, CharClass>();
for (const [name, characters] of [
  ["open", "（《〈「『【〖〔［｛“‘"],
  ["close", "）》〉」』】〗〕］｝”’"],
  ["stop", "，。、；：？！．"],
  ["middle", "·～－／"],
  ["dash", "—…"],
  ["space", " \t\u00a0\u3000"],
] as const)
  for (const character of characters) classes.set(character, name);

/** Not at the start of a line, besides marks that close or stop. */
const noStart = new Set("%‰％℃°〃々!),.:;?]}");
/** Not at the end of a line, besides marks that open. */
const noEnd = new Set("([{￥¥$№#＃");

/** Characters after which a web address may break. */
const seams = new Set("/.?&=_-#:@");

export function classOf(text: string): CharClass {
  const first = text[0] ?? "";
  let known = classes.get(first);
  if (!known) {
    const code = first.charCodeAt(0);
    known = code < 0x0530 && code !== 0xd7 && code !== 0xb0 && code !== 0xb1 ? "latin" : "wide";
    classes.set(first, known);
  }
  return known;
}

/** What may happen between two neighbours. `loose`, inside a date, is never first choice. `seam` and `hard`, inside a
 *  word, serve only where a line cannot be filled otherwise: a seam is the place to break an address of the web. */
export type Break = "free" | "loose" | "seam" | "hard" | "never";

const numeral = "[\\d一二三四五六七八九十百千零〇]";
const units = "[年月日时分秒号个元万亿千百亩米人名件项条款章节户家次倍岁天周页期级类种届批所吨克升度公平]";
/** Never broken inside. */
const whole = new RegExp(
  [
    "〔\\d{4}〕 ?第?\\d*号?",
    `第${numeral}{1,6}[条章节款项期届次号批页]`,
    "\\d+(?:[.,]\\d+)*(?:%|‰|％|℃|°)",
    `\\d+(?:[.,]\\d+)*(?:[万亿]?${units})`,
    `附[件表]${numeral}{1,3}`,
    `[（(]${numeral}{1,4}[）)]`,
    "\\d+(?:[.,:/-]\\d+)+",
    "[A-Za-z]+[—-]\\d+[—-]\\d+",
    "——+|……+",
  ].join("|"),
  "gu",
);
/** Broken only to save a line from gaping. */
const preferred = /\d{4}年\d{1,2}月(?:\d{1,2}日)?|\d{1,2}月\d{1,2}日/gu;

/** The break before each of the characters that begin at `offsets`; offsets[0] is the start of the line, never. */
export function breaksOf(text: string, offsets: readonly number[]): Break[] {
  const breaks: Break[] = [];
  let before = "";
  let afterSpace = false;
  for (const [i, offset] of offsets.entries()) {
    const character = text.slice(offset, offsets[i + 1]);
    breaks.push(i === 0 ? "never" : between(before, character, afterSpace));
    afterSpace = classOf(character) === "space";
    // Spaces fall away at the end of a line: what stands before them ends it.
    if (!afterSpace) before = character;
  }
  const at = new Map(offsets.map((offset, i) => [offset, i]));
  const mark = (pattern: RegExp, from: readonly Break[], to: Break) => {
    for (const match of text.matchAll(pattern))
      for (let offset = match.index + 1; offset < match.index + match[0].length; offset++) {
        const i = at.get(offset);
        if (i !== undefined && from.includes(breaks[i] ?? "never")) breaks[i] = to;
      }
  };
  mark(whole, ["free", "seam"], "hard");
  mark(preferred, ["free"], "loose");
  return breaks;
}

function between(a: string, b: string, afterSpace: boolean): Break {
  const next = classOf(b);
  if (next === "space" || classOf(a) === "open" || noEnd.has(a)) return "never";
  const inWord = !afterSpace && classOf(a) === "latin" && next === "latin";
  if (next === "close" || next === "stop" || next === "middle" || next === "dash" || noStart.has(b))
    return inWord ? "hard" : "never";
  if (!inWord) return "free";
  return seams.has(a) ? "seam" : "hard";
}

/** Whether justification may widen the gap between two neighbours. */
export function stretches(a: string, b: string): boolean {
  const last = classOf(a);
  const next = classOf(b);
  return !((last === "latin" && next === "latin") || (last === "dash" && next === "dash"));
}
