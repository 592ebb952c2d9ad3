// Marks that come in pairs: “” ‘’ 《》 〈〉 （） 【】 〔〕. Brackets of either width pair with each other, since width has a rule
// of its own; a number with a closing bracket alone, 1）, needs no opening one.
export interface OpenMark {
  /** UTF-16 offset. */
  readonly at: number;
  readonly mark: string;
  /** What is missing. */
  readonly partner: string;
  /** It opens the text, or closes it, a stop aside. */
  readonly edge: boolean;
}

const closing: Readonly<Record<string, string>> = {
  ...{ "“": "”", "‘": "’", "《": "》", "〈": "〉", "（": "）", "【": "】", "〔": "〕", "(": "）" },
};
const opening: Readonly<Record<string, string>> = {
  ...{ "”": "“", "’": "‘", "》": "《", "〉": "〈", "）": "（", "】": "【", "〕": "〔", ")": "（" },
};

/** The marks of a text that have no partner, in order. */
export function openMarks(text: string): OpenMark[] {
  if (!/[“”‘’《》〈〉（）【】〔〕()]/u.test(text)) return [];
  const open: { at: number; mark: string }[] = [];
  const bad: Omit<OpenMark, "edge">[] = [];
  for (let at = 0; at < text.length; at++) {
    const mark = text[at] ?? "";
    if (closing[mark]) open.push({ at, mark });
    const partner = opening[mark];
    if (!partner) continue;
    const numbered = /(?:^|[。；：\s])(?:\d{1,2}|[a-z]|[一二三四五六七八九十]{1,2})$/u.test(
      text.slice(Math.max(0, at - 4), at),
    );
    const from = open.findLastIndex((each) => (closing[each.mark] ?? "") === (mark === ")" ? "）" : mark));
    if (from < 0) {
      if (!(numbered && partner === "（")) bad.push({ at, mark, partner });
      continue;
    }
    for (const inner of open.splice(from).slice(1)) bad.push({ ...inner, partner: closing[inner.mark] ?? "" });
  }
  for (const { at, mark } of open) bad.push({ at, mark, partner: closing[mark] ?? "" });
  return bad
    .sort((a, b) => a.at - b.at)
    .map((each) => ({
      ...each,
      edge: opening[each.mark] ? /^[。；，]?$/u.test(text.slice(each.at + 1)) : text.slice(0, each.at).trim() === "",
    }));
}

/** Paragraphs between which a quotation may run: an article quoted with its clauses. */
const longestQuotation = 12;

/** A mark without partner in its own paragraph; `index`: which paragraph of the notice. */
export interface ParagraphMark<P> extends Omit<OpenMark, "partner"> {
  readonly paragraph: P;
  readonly index: number;
  /** The next paragraph begins with “: a quotation of several, each with a “ of its own. */
  readonly continued: boolean;
}

/** Offsets of marks that hold other paragraphs: of “ and ”, 修改为：“第五条… and two paragraphs on …。”, each paragraph
 *  between perhaps with a “ of its own; of （ and ） about whole paragraphs, as of the notes under a title. `open`: the
 *  open marks of a notice in order. */
export function spanningMarks<P>(open: readonly ParagraphMark<P>[]): Map<P, number[]> {
  const found = new Map<P, number[]>();
  const add = ({ paragraph, at }: ParagraphMark<P>) => found.set(paragraph, [...(found.get(paragraph) ?? []), at]);
  for (const [first, last] of ["“”", "（）"]) {
    let begun: ParagraphMark<P> | null = null;
    for (const each of open) {
      const mark = { "(": "（", ")": "）" }[each.mark] ?? each.mark;
      if (mark === first && mark === "“" && each.continued) add(each);
      else if (mark === first) begun = each;
      if (mark !== last) continue;
      const near = begun && begun.paragraph !== each.paragraph && each.index - begun.index <= longestQuotation;
      if (begun && near && (mark === "”" || (begun.edge && each.edge))) {
        add(begun);
        add(each);
      }
      begun = null;
    }
  }
  return found;
}
