// Pinyin initials, so that dckx finds 导出… : the collation of Chinese in the browser sorts by pinyin, so the initial
// of a character follows from which of these first syllables it sorts after.
const firsts: readonly (readonly [initial: string, character: string])[] = [
  ["a", "阿"],
  ["b", "八"],
  ["c", "嚓"],
  ["d", "哒"],
  ["e", "妸"],
  ["f", "发"],
  ["g", "旮"],
  ["h", "哈"],
  ["j", "讥"],
  ["k", "咔"],
  ["l", "垃"],
  ["m", "妈"],
  ["n", "拿"],
  ["o", "噢"],
  ["p", "妑"],
  ["q", "七"],
  ["r", "然"],
  ["s", "仨"],
  ["t", "他"],
  ["w", "挖"],
  ["x", "夕"],
  ["y", "丫"],
  ["z", "匝"],
];
const collator = new Intl.Collator("zh-Hans-CN-u-co-pinyin");

/** dc for 导出; other characters stand for themselves, in lower case. Of characters with several readings the one
 *  the collation sorts by counts. */
export function initials(text: string): string {
  let found = "";
  for (const char of text.toLowerCase()) {
    if (!/\p{Script=Han}/u.test(char)) {
      found += char;
      continue;
    }
    let initial = "a";
    for (const [letter, first] of firsts) {
      if (collator.compare(first, char) > 0) break;
      initial = letter;
    }
    found += initial;
  }
  return found;
}

/** Whether the words of a query occur in the text, as Chinese or as pinyin initials. */
export function matches(text: string, query: string): boolean {
  const lower = text.toLowerCase();
  const letters = initials(text);
  return query
    .toLowerCase()
    .split(/\s+/u)
    .every((word) => lower.includes(word) || letters.includes(word));
}
