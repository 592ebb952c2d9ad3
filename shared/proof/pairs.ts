// Marks that come in pairs: “” ‘’ 《》 〈〉 （） 【】 〔〕. Brackets of either width pair with each other, since width has a rule
// of its own; a number with a closing bracket alone, 1）, needs no opening one.
export interface OpenMark {
  /** UTF-16 offset. */
  readonly at: number;
  readonly mark: string;
  /** What is missing. */
  readonly partner: string;
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
  const bad: OpenMark[] = [];
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
  return bad.sort((a, b) => a.at - b.at);
}

/** Paragraphs between which a quotation may run: an article quoted with its clauses. */
const longestQuotation = 12;

/** Offsets of “ that a later paragraph closes, and of that ”: 修改为：“第五条… and two paragraphs on …。”. */
export function spanningQuotes<P extends { readonly text: string }>(paragraphs: readonly P[]): Map<P, number[]> {
  const found = new Map<P, number[]>();
  const add = (paragraph: P, at: number) => found.set(paragraph, [...(found.get(paragraph) ?? []), at]);
  let open: { paragraph: P; at: number; index: number } | null = null;
  for (const [index, paragraph] of paragraphs.entries())
    for (const { at, mark } of openMarks(paragraph.text)) {
      if (mark === "“") open = { paragraph, at, index };
      if (mark !== "”" || !open || open.paragraph === paragraph) continue;
      if (index - open.index <= longestQuotation) {
        add(open.paragraph, open.at);
        add(paragraph, at);
      }
      open = null;
    }
  return found;
}
