// Random texts that hold every kind of character that lines know, from a seeded generator, so that a failure can be
// seen again.

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const scraps = [
  ..."政府公报示例工作的一是在人和办法细则，。、；：？！（）《》“”‘’〔〕·％",
  ..."，。、《》（）",
  "——",
  "……",
  "〔2026〕12号",
  "2026年6月25日",
  "第三十八条",
  "95.5%",
  "10℃",
  "APP",
  "https://www.example.gov/a/b?c=d",
  "GB/T 9704",
  "0730-3555200",
  "（一）",
  "㵘",
  "𬸚",
  " ",
  "　",
];

export interface Writer {
  readonly random: () => number;
  pick<T>(from: readonly T[]): T;
  /** Up to `most` scraps of text, short ones more often. */
  words(most: number): string;
}

export function writer(seed: number, more: readonly string[] = []): Writer {
  const random = generator(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const all = [...scraps, ...more];
  const words = (most: number) =>
    Array.from({ length: 1 + Math.floor(random() ** 2 * most) }, () => pick(all)).join("");
  return { random, pick, words };
}
