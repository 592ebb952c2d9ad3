// Lines as they were typed, before reading put marks and spaces right: half-width marks and brackets, full-width digits,
// names set apart. Pages recognised by machine have such marks in runs of lines, and a run is one finding.
import { squash } from "../model/notice.ts";
import { chineseInteger } from "../model/numbering.ts";
import { halfWidth } from "./marks.ts";
import type { NoticeHit, NoticeRule } from "./rule.ts";
import type { ProofNotice, TypedLine } from "./subject.ts";

const wide: Readonly<Record<string, string>> = { ",": "，", ";": "；", ":": "：", "?": "？", "!": "！" };

interface Marked extends TypedLine {
  readonly marks: readonly { readonly at: number; readonly mark: string }[];
}

/** Lines without such marks that do not end a run. */
const gap = 5;

/** Runs of lines with such marks, blank lines aside. */
function runsOf(lines: readonly TypedLine[], marksOf: (text: string) => Marked["marks"]): Marked[][] {
  const runs: Marked[][] = [];
  let since = gap + 1;
  for (const line of lines) {
    if (line.text.trim() === "") continue;
    const marks = marksOf(line.text);
    since++;
    if (marks.length === 0) continue;
    if (since <= gap) runs.at(-1)?.push({ ...line, marks });
    else runs.push([{ ...line, marks }]);
    since = 0;
  }
  return runs;
}

/** A number line; how it is bracketed is the house style's, see numberBrackets of issueRules.ts. */
export const numberLine = /^\**[（(][^（()）]*〔\d{4}〕\s*\d+\s*号\s*[）)]\**$/u;

function found(text: string, wanted: RegExp): Marked["marks"] {
  if (numberLine.test(text.trim())) return [];
  return Array.from(text.matchAll(halfWidth), ({ 0: mark, index }) => ({ at: index, mark })).filter(({ mark }) =>
    wanted.test(mark),
  );
}

function* halfMarks({ typed }: ProofNotice, wanted: RegExp, name: string): Generator<NoticeHit> {
  for (const run of runsOf(typed, (text) => found(text, wanted))) {
    const [first] = run;
    const last = run.at(-1);
    const mark = first?.marks[0];
    if (!first || !last || !mark) continue;
    const count = run.reduce((sum, { marks }) => sum + marks.length, 0);
    const where = run.length > 1 ? `第${first.line}行至第${last.line}行有` : "这一行有";
    const full = wide[mark.mark];
    yield {
      row: { block: -1, line: first.line },
      excerpt: first.text.slice(Math.max(0, mark.at - 6), mark.at + 7).trim(),
      message: `${where}半角${name}${count}处，应改为全角${full ? `（“${mark.mark}”改为“${full}”）` : "“（）”"}`,
    };
  }
}

interface ListNumber extends TypedLine {
  readonly half: boolean;
  readonly value: number;
}

/** （一）…（二十二） with full-width brackets, (二十三)… with half-width ones: told where half width begins, and where it
 *  ends in the middle of a list. */
function* listBrackets({ typed }: ProofNotice): Generator<NoticeHit> {
  const numbers = typed.flatMap(({ line, text }): ListNumber[] => {
    const match = /^\s*(?:[-*•] +)?([（(])([一二三四五六七八九十]{1,3})[）)]/u.exec(text);
    return match
      ? [{ line, text: text.trim(), half: match[1] === "(", value: chineseInteger(match[2] ?? "") ?? 0 }]
      : [];
  });
  if (new Set(numbers.map(({ half }) => half)).size < 2) return;
  for (const [i, { line, text, half, value }] of numbers.entries()) {
    if (!half) continue;
    const [before, after] = [numbers[i - 1], numbers[i + 1]];
    const begins = !(before?.half && before.value === value - 1);
    const ends = after?.value === value + 1 && !after.half;
    if (!begins && !ends) continue;
    const where = ends ? "同一组里下一个序号" : "同一份公文别处的序号";
    yield {
      row: { block: -1, line },
      excerpt: text.slice(0, 12),
      message: `这里的序号用半角括号，${where}用全角括号，请统一为全角`,
    };
  }
}

function* fullWidthDigits({ typed }: ProofNotice): Generator<NoticeHit> {
  for (const { line, text } of typed) {
    const match = /[０-９Ａ-Ｚａ-ｚ]+/u.exec(text);
    if (!match) continue;
    const excerpt = text.slice(Math.max(0, match.index - 6), match.index + match[0].length + 6).trim();
    yield { row: { block: -1, line }, excerpt, message: `数字、字母“${match[0]}”是全角的，应改为半角` };
  }
}

/** First characters of names, the commonest. */
const surnames = new Set(
  "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤符滕麻舒章饶石欧阳",
);
/** Words of two characters that tables set apart just as names are. */
const notNames = /^(?:单位|万元|金额|石料|高度|方式|任务|时间|史料|文件|程序|章节|白天|万人|严重|武装)$/u;

/** 李 明 on one page of a table, 李明 on the next; or set apart in the data, where it will be set apart again in print. */
function* spacedNames({ typed }: ProofNotice): Generator<NoticeHit> {
  const cells = typed.flatMap(({ line, text }) => text.split(/[\t|、]/u).map((cell) => ({ line, cell: cell.trim() })));
  const words = cells.flatMap(({ line, cell }) =>
    cell.length <= 16 && /^[\p{Script=Han} ]+$/u.test(cell)
      ? Array.from(cell.matchAll(/(?<=^| )\p{Script=Han} \p{Script=Han}(?= |$)/gu), ([word]) => ({ line, word }))
      : [],
  );
  const closed = new Set(cells.flatMap(({ cell }) => cell.split(" ")).filter((word) => word.length === 2));
  const twoWays = words.filter(({ word }) => closed.has(squash(word)));
  const named = words.filter(({ word }) => surnames.has(word.slice(0, 1)) && !notNames.test(squash(word)));
  const [first] = twoWays.length > 0 ? words : named;
  if (!first) return;
  const names = [...new Set((twoWays.length > 0 ? twoWays : named).map(({ word }) => squash(word)))];
  const few = `“${names.slice(0, 3).join("”“")}”`;
  yield {
    row: { block: -1, line: first.line },
    excerpt: first.word,
    message:
      twoWays.length > 0
        ? `表中两个字的姓名有的中间空格、有的不空（如${few}），请统一`
        : `两个字的姓名中间有空格（${few}），资料里应连写，排版时再拉开`,
  };
}

/** 1. 目标 and 2.任务 in one notice: told once, at the first of the rarer. */
function* numberSpaces({ typed }: ProofNotice): Generator<NoticeHit> {
  const numbers = typed.flatMap(({ line, text }) => {
    const match = /^\s*\d{1,2}[.．]( ?)(?=\p{Script=Han})/u.exec(text);
    return match ? [{ line, text: text.trim(), spaced: match[1] !== "" }] : [];
  });
  const spaced = numbers.filter((each) => each.spaced);
  const plain = numbers.filter((each) => !each.spaced);
  const few = spaced.length <= plain.length ? spaced : plain;
  const [first] = few;
  if (first && spaced.length > 1 && plain.length > 1)
    yield {
      row: { block: -1, line: first.line },
      excerpt: first.text.slice(0, 12),
      message: `数字序号后面有的空格（${spaced.length}处）、有的不空（${plain.length}处），请统一`,
    };
}

export const typedRules: readonly NoticeRule[] = [
  {
    ...{ rule: "punct.halfwidth", code: "PU-001", severity: "warning", basis: "GB/T 15834 第4章" },
    find: (notice) => halfMarks(notice, /[,;:?!]/u, "标点"),
  },
  {
    ...{ rule: "punct.halfwidth", code: "PU-001", severity: "hint", basis: "GB/T 15834 4.9" },
    find: (notice) => halfMarks(notice, /[()]/u, "括号"),
  },
  {
    ...{ rule: "punct.paren-width-inconsistent", code: "PU-001", severity: "hint", basis: "GB/T 15834 4.9" },
    find: listBrackets,
  },
  { rule: "figure.fullwidth", code: "NU-001", severity: "warning", basis: "GB/T 15835 5.1", find: fullWidthDigits },
  { rule: "numbering.spacing", code: "PU-023", severity: "hint", basis: "公文排版惯例", find: numberSpaces },
  { rule: "name.inner-space", code: "", severity: "hint", basis: "公报编辑校验", find: spacedNames },
];
