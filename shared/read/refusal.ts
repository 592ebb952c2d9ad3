// Files that are not read at all: no gazette, or text so damaged that any reading would be a guess. The sentence names
// the reason with an example and a figure, and what to do.
import { readFrame } from "./frame.ts";
import { splitLines } from "./lines.ts";
import { annexLabel } from "./tidy.ts";

interface Damage {
  readonly pattern: RegExp;
  /** More than so many per 1,000 characters is decisive. */
  readonly perThousand: number;
  readonly least: number;
  readonly sentence: (count: number, example: string, rate: string) => string;
}

const damages: readonly Damage[] = [
  {
    pattern: /\p{Script=Han}[（(][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüêńňǹḿɡ]{1,6}[）)]/giu,
    perThousand: 5,
    least: 5,
    sentence: (n, example, rate) =>
      `这不是公报原文：字后夹注拼音${n}处（如“${example}”），平均每千字${rate}处，是网页转码的残留，请找公报原文件再导入`,
  },
  {
    pattern: /[锛銆鐨鍜浠鏄鍥闂]|锟斤拷|[ÃÂäåæçèé][\u0080-\u00bf]/gu,
    perThousand: 20,
    least: 10,
    sentence: (n, example, rate) =>
      `文字是乱码：像“${example}”这样的字有${n}处，平均每千字${rate}处，是编码转错了，请从原件重新导出`,
  },
  {
    pattern: /\ufffd/gu,
    perThousand: 1,
    least: 5,
    sentence: (n, _example, rate) => `文字有${n}处已经丢失（显示为“\ufffd”），平均每千字${rate}处，请从原件重新导出`,
  },
  {
    pattern: /[\ue000-\uf8ff]|[\u{f0000}-\u{10fffd}]/gu,
    perThousand: 5,
    least: 10,
    sentence: (n, example, rate) =>
      `有${n}个字是自造字，无法辨认（如 U+${example.codePointAt(0)?.toString(16).toUpperCase()}），平均每千字${rate}个，请从原件重新导出`,
  },
];

/** Why a text is not read as a gazette, in one Chinese sentence; null when it is. */
export function refusal(text: string): string | null {
  const length = text.replace(/\s+/gu, "").length;
  if (length === 0) return "文件里没有文字，请换一个文件";
  for (const { pattern, perThousand, least, sentence } of damages) {
    const found = text.match(pattern) ?? [];
    const rate = (found.length * 1000) / length;
    if (found.length >= least && rate > perThousand) return sentence(found.length, found[0] ?? "", rate.toFixed(1));
  }
  const lines = splitLines(text);
  if (readFrame(lines).heads.length > 0 || lines.some((line) => annexLabel.test(line.bare))) return null; // annexes may come without their notice
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  return `没有认出公文：全文${length}字（其中汉字${han}个），没有一处“标题加发文字号”，请确认导入的是政报或公文`;
}
