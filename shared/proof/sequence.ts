// Numbers of paragraphs as a sequence: gaps, repetitions, and the counts that a text promises (以下三种情形). A list may
// begin again at one wherever it likes; what it may not do is to skip or to repeat.
import { chineseInteger, headLength, type NumberedKind, numbering } from "../model/numbering.ts";
import type { NoticeHit, NoticeRule } from "./rule.ts";
import { type Passage, type ProofNotice, saying } from "./subject.ts";

const depth: Readonly<Record<NumberedKind, number>> = {
  ...{ chapter: 0, section: 1, article: 2, level1: 3, level2: 4, level3: 5, level4: 6 },
};
/** Numbers that running text may begin with by chance. */
const lesser = new Set<NumberedKind>(["level3", "level4"]);
const fresh = new Set(["documentTitle", "annexTitle", "annexLabel", "date"]);

/** `judged`: the kinds that are told of; all of them count. */
function* gaps({ passages }: ProofNotice, judged: (kind: NumberedKind) => boolean): Generator<NoticeHit> {
  let last: { value: number; text: string }[] = [];
  for (const passage of passages) {
    if (fresh.has(passage.kind)) last = [];
    if (
      passage.kind === "cell" ||
      passage.kind === "annexNote" ||
      passage.kind === "note" ||
      passage.kind === "quotation"
    )
      continue;
    const number = numbering(passage.text);
    if (!number) continue;
    const at = depth[number.kind];
    const before = last[at];
    const label = passage.text.slice(0, number.length);
    // Articles run through chapters and sections; everything else begins anew under a higher number.
    for (let deeper = at + 1; deeper < 7; deeper++) if (!(at < 2 && deeper === 2)) delete last[deeper];
    const said = before && before.value + 1 !== number.value && number.value !== 1;
    last[at] = { value: number.value, text: label };
    if (!said || !judged(number.kind)) continue;
    const message =
      before.value === number.value
        ? `序号“${label}”与前面的重复`
        : `序号从“${before.text}”跳到“${label}”，请看是编号有误还是漏了内容`;
    yield { passage, from: 0, to: Math.min(passage.text.length, number.length + 10), message };
  }
}

/** 一是…二是…四是 in one paragraph. */
function* inlineGaps({ passages }: ProofNotice): Generator<NoticeHit> {
  for (const passage of passages) {
    let before = 0;
    for (const match of passage.text.matchAll(/(?<=^|[。；：，）])([一二三四五六七八九十]{1,2})(?:是|要)(?!否)/gu)) {
      const value = chineseInteger(match[1] ?? "") ?? 0;
      if (before > 0 && value !== 1 && value !== before + 1)
        yield {
          passage,
          from: match.index,
          to: match.index + match[0].length,
          message: `“${match[0]}”的前一项是第${before}项，序号不连续`,
        };
      before = value;
    }
  }
}

/** 1. straight under 一、 with （一） below it. */
function* levelOrder({ passages }: ProofNotice): Generator<NoticeHit> {
  let seen: Passage | null = null;
  let second = false;
  for (const passage of passages) {
    const kind = passage.kind === "cell" ? undefined : numbering(passage.text)?.kind;
    if (fresh.has(passage.kind) || kind === "level1" || kind === "chapter" || kind === "article") {
      seen = null;
      second = false;
    } else if (kind === "level3" && !second) seen ??= passage;
    else if (kind === "level2") {
      if (seen && numbering(passage.text)?.value === 1)
        yield { passage, message: "（一）排在1.的下面，层次颠倒，应为一、（一）1.（1）的次序" };
      second = true;
    }
  }
}

const counted =
  /(以下|下列|如下|具体包括|包括以下)([一二两三四五六七八九十]|[2-9])(?:种|个|项|类|条|方面|点)(?:[^，。；：]{0,8})[：:]$|(?:以下|下列|具体包括|包括)([一二两三四五六七八九十]|[2-9])(?:种|个|项|类|条|点)[^，。；：]{0,8}：(?=一是)/u;

/** 以下三种情形： followed by another number of items. */
function* promisedCounts({ passages }: ProofNotice): Generator<NoticeHit> {
  for (const [i, passage] of passages.entries()) {
    const match = counted.exec(passage.text);
    if (!match) continue;
    const said = chineseInteger(match[2] ?? match[3] ?? "") ?? Number(match[2] ?? match[3]);
    const items = match[3] ? inlineItems(passage.text.slice(match.index)) : itemsBelow(passages, i);
    if (!said || items < 2 || items === said) continue;
    const [from, to] = [match.index, match.index + match[0].length];
    yield { passage, from, to, message: `前面说“${match[0].replace(/[：:]$/u, "")}”，后面列了${items}项，数目不符` };
  }
}

function inlineItems(text: string): number {
  return Array.from(text.matchAll(/(?<=[。；：])[一二三四五六七八九十]是/gu)).length;
}

function itemsBelow(passages: readonly Passage[], at: number): number {
  const first = numbering(passages[at + 1]?.text ?? "");
  if (first?.value !== 1) return 0;
  let value = 0;
  for (const { text } of passages.slice(at + 1)) {
    const number = numbering(text);
    if (!number || number.kind !== first.kind) {
      if (number && depth[number.kind] < depth[first.kind]) break;
      continue;
    }
    if (number.value !== value + 1) break;
    value++;
  }
  return value;
}

/** “A、B、C”三个阶段. */
function* namedCounts({ passages }: ProofNotice): Generator<NoticeHit> {
  for (const passage of saying(passages, "”"))
    for (const match of passage.text.matchAll(
      /“([^“”、，。]{2,8}(?:、[^“”、，。]{2,8})+)”([两三四五六七八九])(?:个|项|大|种)(?:主要)?(?:环节|阶段|步骤|方面|机制|原则|行动|工程)/gu,
    )) {
      const names = (match[1] ?? "").split("、").length;
      if (chineseInteger(match[2] ?? "") === names) continue;
      const [from, to] = [match.index, match.index + match[0].length];
      yield { passage, from, to, message: `列出了${names}项，却说“${match[2]}个”，数目不符` };
    }
}

/** 第一系列（13个）：A、B、C。 and 30个示范村：甲同志包A村，乙同志包B村。 */
function* statedCounts({ passages }: ProofNotice): Generator<NoticeHit> {
  for (const passage of passages) {
    for (const match of passage.text.matchAll(/[（(](\d{1,3})[个家名项处所][）)][：:]([^。；：]+)(?=[。；]|$)/gu)) {
      const names = withoutBrackets(match[2] ?? "");
      if (!names.includes("、") || /[，等]/u.test(names)) continue;
      yield* differing(passage, match, Number(match[1]), names.split("、").length);
    }
    for (const match of passage.text.matchAll(
      /(?<=^|。)(\d{1,3})个[^：。，、]{2,16}([村镇乡校站])[：:]([^。；：]+)(?=[。；]|$)/gu,
    )) {
      const parts = withoutBrackets(match[3] ?? "").split(/[，、]/u);
      if (parts.length > 2 && parts.every((part) => part.endsWith(match[2] ?? "")))
        yield* differing(passage, match, Number(match[1]), parts.length);
    }
  }
}

/** A、B、C、D等3所学校: 等 may leave names out, it cannot have more than are counted. */
function* cutCounts({ passages }: ProofNotice): Generator<NoticeHit> {
  for (const passage of saying(passages, "等"))
    for (const match of passage.text.matchAll(
      /((?:[^，。；、：（）]{2,14}、){2,40}[^，。；、：（）等]{2,14})等(\d{1,2}|[两三四五六七八九十])(?:个|所|家|名|项|种|类|条)/gu,
    )) {
      const said = chineseInteger(match[2] ?? "") ?? Number(match[2]);
      const found = (match[1] ?? "").split("、").length;
      if (found > said) yield* differing(passage, match, said, found, "前面");
    }
}

const withoutBrackets = (text: string) => text.replace(/[（(][^（()）]*[）)]/gu, "");

function* differing(
  passage: Passage,
  match: RegExpExecArray,
  said: number,
  found: number,
  where = "后面",
): Generator<NoticeHit> {
  if (said === found) return;
  const to = match.index + Math.min(match[0].length, 30);
  yield { passage, from: match.index, to, message: `这里说${said}个，${where}列了${found}个，数目不符` };
}

/** 启动、摸底、征缴三个阶段, where the headings name them otherwise. */
function* namedStages({ passages }: ProofNotice): Generator<NoticeHit> {
  const staged = saying(passages, "个阶段");
  if (staged.length === 0) return;
  const heads = passages
    .filter(({ text }) => numbering(text) !== null)
    .map(({ text }) => text.slice(0, headLength(text)));
  for (const passage of staged)
    for (const match of passage.text.matchAll(
      /(\p{Script=Han}{2,10}(?:、\p{Script=Han}{2,4}){1,4})[两三四五]个阶段/gu,
    )) {
      const names = (match[1] ?? "").replace(/^.*(?:按照|照|分为|分|经过|按)/u, "").split("、");
      const missing = names.filter((name) => !heads.some((head) => head.includes(name)));
      if (missing.length === 0 || missing.length === names.length) continue;
      yield {
        passage,
        from: match.index,
        to: match.index + match[0].length,
        message: `“${missing.join("、")}”阶段在小标题里没有这个名称，请统一`,
      };
    }
}

interface Head {
  readonly passage: Passage;
  readonly value: number;
  /** Without number and closing bracket. */
  readonly words: string;
}

/** （一）宣传发动 beside （二）摸底阶段 （三）征缴阶段. */
function* unlikeHeads({ passages }: ProofNotice): Generator<NoticeHit> {
  const open: Head[][] = [[], [], [], [], [], [], []];
  for (const passage of passages) {
    const number = passage.kind === "cell" ? null : numbering(passage.text);
    if (!number) continue;
    const at = depth[number.kind];
    for (const deeper of open.slice(at + 1)) yield* oddHead(deeper.splice(0));
    const group = open[at] ?? [];
    if (group.at(-1)?.value !== number.value - 1) yield* oddHead(group.splice(0));
    const whole = headLength(passage.text) === passage.text.length;
    const words = whole ? passage.text.slice(number.length).replace(/（[^（）]*）$/u, "") : "";
    group.push({ passage, value: number.value, words });
  }
  for (const group of open) yield* oddHead(group);
}

/** The one of three or more heads alone on their lines that ends in another word than all the others. */
function* oddHead(heads: readonly Head[]): Generator<NoticeHit> {
  if (heads.length < 3 || heads.some(({ words }) => words === "")) return;
  const ends = [...Map.groupBy(heads, ({ words }) => words.slice(-2))].sort((a, b) => b[1].length - a[1].length);
  const [end = "", most = []] = ends[0] ?? [];
  const [odd] = ends[1]?.[1] ?? [];
  if (odd && most.length === heads.length - 1 && /^(?:阶段|步骤|环节|机制|制度|原则|行动|工程)$/u.test(end))
    yield { passage: odd.passage, message: `同级小标题都以“${end}”收尾，这一个不同，请看是否统一` };
}

/** 依照本办法第九条 where there are two articles. */
function* articleReferences({ passages }: ProofNotice): Generator<NoticeHit> {
  let from = 0;
  for (let i = 0; i <= passages.length; i++) {
    const passage = passages[i];
    if (passage && passage.kind !== "documentTitle" && passage.kind !== "annexTitle") continue;
    const part = passages.slice(from, i);
    from = i;
    const highest = Math.max(...part.map(({ text }) => articleOf(text)));
    if (highest < 2) continue;
    for (const each of part)
      for (const match of each.text.matchAll(
        /(?:本办法|本规定|本细则|本条例|本规则)第([一二三四五六七八九十百]{1,6})条/gu,
      )) {
        const value = chineseInteger(match[1] ?? "") ?? 0;
        if (value > highest)
          yield {
            passage: each,
            from: match.index,
            to: match.index + match[0].length,
            message: `引用“${match[0]}”，而全文只有${highest}条`,
          };
      }
  }
}

function articleOf(text: string): number {
  const number = numbering(text);
  return number?.kind === "article" ? number.value : 0;
}

export const sequenceRules: readonly NoticeRule[] = [
  {
    ...{ rule: "numbering.gap", code: "DF-015 DF-016", severity: "error", basis: "GB/T 9704 7.3.3" },
    find: (notice) => gaps(notice, (kind) => !lesser.has(kind)),
  },
  {
    ...{ rule: "numbering.gap", code: "DF-015 DF-016", severity: "warning", basis: "GB/T 9704 7.3.3" },
    find: (notice) => gaps(notice, (kind) => lesser.has(kind)),
  },
  { rule: "numbering.inline-gap", code: "DF-015", severity: "error", basis: "逻辑校验", find: inlineGaps },
  { rule: "numbering.order", code: "DF-017", severity: "warning", basis: "GB/T 9704 7.3.3", find: levelOrder },
  { rule: "list.count", code: "", severity: "warning", basis: "逻辑校验", find: promisedCounts },
  { rule: "list.count", code: "", severity: "warning", basis: "逻辑校验", find: statedCounts },
  { rule: "list.count", code: "", severity: "warning", basis: "逻辑校验", find: cutCounts },
  { rule: "list.named-count", code: "", severity: "warning", basis: "逻辑校验", find: namedCounts },
  { rule: "term.inconsistent", code: "", severity: "hint", basis: "逻辑校验", find: namedStages },
  { rule: "heading.parallelism", code: "", severity: "hint", basis: "公文用语惯例", find: unlikeHeads },
  { rule: "article.beyond", code: "DF-018", severity: "error", basis: "逻辑校验", find: articleReferences },
];
