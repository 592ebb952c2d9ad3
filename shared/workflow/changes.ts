// What was changed since a text was signed: the lines of the record that was signed against those of the text as it is.
import { entryLine, type Line } from "./text.ts";

/** A line that is otherwise: its words before and after; null: it was not there. */
export interface TextChange {
  readonly before: string | null;
  readonly after: string | null;
}

/** Two texts as what they begin with alike, what each has between, and what they end with alike; in whole characters. */
export function differenceOf(
  before: string,
  after: string,
): { readonly head: string; readonly gone: string; readonly come: string; readonly tail: string } {
  const [old, now] = [Array.from(before), Array.from(after)];
  const least = Math.min(old.length, now.length);
  let head = 0;
  while (head < least && old[head] === now[head]) head++;
  let tail = 0;
  while (tail < least - head && old.at(-1 - tail) === now.at(-1 - tail)) tail++;
  const between = (all: readonly string[]) => all.slice(head, all.length - tail).join("");
  return {
    head: old.slice(0, head).join(""),
    gone: between(old),
    come: between(now),
    tail: old.slice(old.length - tail).join(""),
  };
}

/** Larger stretches between equal ends are not searched for what stayed in them: cells of the comparison. */
const largest = 4_000_000;

/** `nameOf`: how a notice of an issue is called. */
export function changesBetween(before: string, after: string, nameOf: (notice: string) => string): TextChange[] {
  const [old, now] = [before.split("\n"), after.split("\n")];
  let from = 0;
  while (from < old.length && from < now.length && old[from] === now[from]) from++;
  let [oldEnd, nowEnd] = [old.length, now.length];
  while (oldEnd > from && nowEnd > from && old[oldEnd - 1] === now[nowEnd - 1]) {
    oldEnd--;
    nowEnd--;
  }
  const words = (line: string) => wordsOf(line, nameOf);
  return stretches(old.slice(from, oldEnd), now.slice(from, nowEnd)).flatMap(([gone, come]) =>
    Array.from({ length: Math.max(gone.length, come.length) }, (_, i): TextChange => {
      const [left, right] = [gone[i], come[i]];
      return { before: left === undefined ? null : words(left), after: right === undefined ? null : words(right) };
    }),
  );
}

function wordsOf(line: string, nameOf: (notice: string) => string): string {
  const [kind, words] = JSON.parse(line) as Line; // a line of a record, whose hash was checked
  return kind === entryLine ? nameOf(words) : words;
}

/** The stretches between the lines that both have in the same order, by the longest such sequence. */
function stretches(old: readonly string[], now: readonly string[]): [gone: string[], come: string[]][] {
  if (old.length * now.length > largest) return [[[...old], [...now]]];
  const width = now.length + 1;
  // Length of the longest common sequence of old[i…] and now[k…].
  const common = new Uint32Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i--)
    for (let k = now.length - 1; k >= 0; k--)
      common[i * width + k] =
        old[i] === now[k]
          ? (common[(i + 1) * width + k + 1] ?? 0) + 1
          : Math.max(common[(i + 1) * width + k] ?? 0, common[i * width + k + 1] ?? 0);
  const out: [string[], string[]][] = [];
  let stretch: [string[], string[]] = [[], []];
  let [i, k] = [0, 0];
  while (i < old.length || k < now.length) {
    const [left, right] = [old[i], now[k]];
    if (left !== undefined && left === right) {
      if (stretch[0].length + stretch[1].length > 0) out.push(stretch);
      stretch = [[], []];
      i++;
      k++;
    } else if (
      left !== undefined &&
      (right === undefined || (common[(i + 1) * width + k] ?? 0) >= (common[i * width + k + 1] ?? 0))
    ) {
      stretch[0].push(left);
      i++;
    } else if (right !== undefined) {
      stretch[1].push(right);
      k++;
    }
  }
  return stretch[0].length + stretch[1].length > 0 ? [...out, stretch] : out;
}
