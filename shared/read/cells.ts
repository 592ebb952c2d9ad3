// The wording of a table cell. A space in a dumped cell is mostly the end of a printed line: between two names or units
// it becomes a line break, inside a wrapped word it goes; where neither is clear it stays.
import { closeSpaces, widen, wordsOf } from "./tidy.ts";

const unitEnd =
  /(?:[局委办厅镇署所]|街道|中心|公司|政府|办公室|指挥部|大队|高新区|分局|集团|学校|医院|管委会|委员会|总工会|协会)$/u;
/** These end a unit's name only where the next word begins one: 市乡村 + 建设局, but 东山村 + 西河镇. */
const looseEnd = /[乡村部院会站区处社队校馆库行县市州省]$/u;
/** What a whole unit's name may begin with. */
const unitStart = /^(?:[省市县州区国各]|中共|\p{Script=Han}{2,3}[省市州县区镇乡])/u;

/** Text of a cell; a line break is "\n". */
export function cellText(raw: string): string {
  const text = widen(raw.replace(/ +/gu, " ").trim());
  if (!text.includes(" ")) return text;
  const words = wordsOf(text);
  if (words.some((word) => !/^\p{Script=Han}+(?:（\p{Script=Han}+）)?$/u.test(word))) return sentence(text);
  if (words.length === 1) return words[0] ?? "";
  if (words.every((word) => word.length <= 3 && !unitEnd.test(word) && !looseEnd.test(word))) return words.join("\n");
  return units(words)?.join("\n") ?? words.join(" ");
}

/** A header cell is one label, however it was wrapped. */
export function headerText(raw: string): string {
  return widen(raw).replace(/(?<=[\p{Script=Han}（）、]) +| +(?=[\p{Script=Han}（）、])/gu, "");
}

/** Wrapped text joined again; a label with its colon (组员：…) begins a line. */
function sentence(text: string): string {
  return text
    .split(/ (?=\p{Script=Han}{1,6}：)/u)
    .map((line) => {
      const prose = /[，。、；]/u.test(line) && line.length > 12;
      return closeSpaces(prose ? line.replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, "") : line);
    })
    .join("\n");
}

/** Joins pieces of wrapped unit names until each is whole; null when the last is not. */
function units(words: readonly string[]): string[] | null {
  const whole: string[] = [];
  let piece = "";
  for (const [i, word] of words.entries()) {
    const last = whole.at(-1);
    const belongs = last?.endsWith("政府") && !unitStart.test(word);
    if (piece === "" && belongs && unitEnd.test(word)) whole[whole.length - 1] = last + word;
    else {
      piece += word;
      const next = words[i + 1];
      const goesOn = next !== undefined && next.length === 1;
      const ended = unitEnd.test(piece) || (looseEnd.test(piece) && (next === undefined || unitStart.test(next)));
      if (ended && piece.length >= 3 && !goesOn) {
        whole.push(piece);
        piece = "";
      }
    }
  }
  if (piece === "") return whole;
  return piece.length <= 3 && whole.length > 0 ? [...whole, piece] : null;
}
