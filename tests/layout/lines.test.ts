// What must hold for the lines of any text, in narrow and wide measures and all ways of composition: fifteen thousand lines of
// random text and of texts that no line can take. The rules are written down here once more, apart from the sources.
import { describe, expect, test } from "vitest";
import { type SetLine, type SetRun, type Shape, setParagraph } from "../../shared/layout/paragraph.ts";
import { TypeCase } from "../../shared/layout/typecase.ts";
import { type Writer, writer } from "./randomText.ts";
import { fonts, smallStyle } from "./workshop.ts";

/** The ways of composition. */
const ways = {
  "over the paragraph": { composition: "justified", composer: "paragraph" },
  "line by line": { composition: "justified", composer: "line" },
  "on the grid": { composition: "grid" },
} as const satisfies Record<string, Pick<Shape, "composition" | "composer">>;
type Way = keyof typeof ways;
const everyWay = Object.keys(ways) as Way[];

const size = 10;
const neverFirst = "，。、；：？！．）》〉」』】〗〕］｝·—…～－／％‰℃°′″〃々";
const neverLast = "（《〈「『【〖〔［｛￥№";

interface Set {
  readonly text: string;
  readonly measure: number;
  readonly indent: number;
  readonly align: "justify" | "left";
  readonly way: Way;
  readonly lines: readonly SetLine[];
}

const hostile = [
  "0123456789".repeat(6),
  "Donaudampfschifffahrt".repeat(10),
  `https://www.example.gov/${"index/page".repeat(20)}`,
  "（".repeat(60),
  "。".repeat(80),
  "—".repeat(40),
  "“‘".repeat(20),
  "　".repeat(90),
  " ".repeat(90),
];
/** Rarer than the scraps of every text. */
const more = ["O’Brien", '"甲"', "￥1,200.00", "12㎡", "29°28′36″", "2021—2025年", "／", "№12", "𰻞"];

function setText(text: string, measure: number, indent: number, align: Set["align"], way: Way): Set {
  const copy = { text, roles: [{ to: Math.max(1, text.length), role: "song" as const }], latinGap: 0.125 };
  const shape = {
    size,
    measure: measure * size,
    align,
    ...ways[way],
    indents: (_: string, index: number) => [index === 0 ? indent : 0, 0] as const,
    right: 0,
  };
  const typeCase = new TypeCase(fonts, smallStyle().latin);
  return { text, measure, indent, align, way, lines: setParagraph(copy, shape, typeCase) };
}

function randomSet(way: Way, { random, pick, words }: Writer): Set {
  const text = random() < 0.06 ? words(20) + pick(hostile) + words(20) : words(300);
  const measure = pick([5, 8, 12.5, 20, 21, 28, 37]);
  return setText(text, measure, pick([0, 0, 2]), random() < 0.85 ? "justify" : "left", way);
}

const squash = (text: string) => text.replace(/\s/gu, "");
const textOf = (line: SetLine) => line.runs.map((run) => run.text).join("");

/** Left and right edge of every glyph, pt. */
function boxesOf(run: SetRun): { text: string; left: number; right: number }[] {
  return run.gids.map((gid, i) => {
    const cut = run.cuts?.find((one) => one.at === i);
    const trimmed = ((cut?.left ?? 0) + (cut?.right ?? 0)) / 1000;
    const left = run.x + (run.xs[i] ?? 0);
    const text = run.text.slice(run.starts[i], run.starts[i + 1]);
    const advance = /\s/u.test(text) ? 0 : fonts.face(run.face).advance(gid);
    return { text, left, right: left + (advance - trimmed) * size };
  });
}

/** What is wrong with a set text, a sentence each. */
function faultsOf(set: Set): string[] {
  const { lines, measure } = set;
  const faults: string[] = [];
  const printed = lines.map(textOf).join("");
  if (squash(printed) !== squash(set.text)) faults.push(`printed ${printed}`);
  for (const [i, line] of lines.entries()) {
    const text = textOf(line);
    const say = (what: string) => faults.push(`${what} in line ${i} of ${lines.length}, ${measure} em: ${text}`);
    const boxes = line.runs.flatMap(boxesOf);
    if (
      line.fault === "overfull"
        ? squash(text).length > 2
        : boxes.some((box) => box.left < -0.01 || box.right > measure * size + 0.01)
    )
      say("out of the measure");
    for (const [k, box] of boxes.entries()) {
      const next = boxes[k + 1];
      if (next && next.left < box.right - 0.02 && !/\s/u.test(next.text)) say(`${box.text} runs into ${next.text}`);
      if (next && /\w/u.test(box.text) && /\w/u.test(next.text) && next.left > box.right + 0.02) say("a word is torn");
    }
    const next = lines[i + 1];
    if (next && line.fault !== "forced" && line.fault !== "overfull") {
      if (neverLast.includes(squash(text).at(-1) ?? "甲")) say("ends");
      if (neverFirst.includes(squash(textOf(next))[0] ?? "甲")) say("is followed by a mark");
    }
    const justified = set.align === "justify" && set.way !== "on the grid";
    if (next && justified && line.fault === null && Math.abs(line.x + line.width - measure * size) > 0.01 * size)
      say(`ends at ${line.x + line.width}`);
  }
  return faults;
}

describe.each(everyWay)("lines set %s", (way) => {
  const random = writer(everyWay.indexOf(way) + 3, more);
  const sets: Set[] = [];
  for (let count = 0; count < 5000; count += sets.at(-1)?.lines.length ?? 0) sets.push(randomSet(way, random));

  test("hold all of the text, within the measure, begin and end as they may, and fill it", () => {
    expect(sets.flatMap(faultsOf)).toEqual([]);
  });

  test("are the same for the same text", () => {
    for (const set of sets.slice(0, 40))
      expect(setText(set.text, set.measure, set.indent, set.align, way).lines).toEqual(set.lines);
  });

  test("of prose neither tear a word nor gape", () => {
    const { random: chance, pick } = writer(5);
    const clause = () =>
      "示例市人民政府办公室关于做好有关工作的通知".slice(Math.floor(chance() * 12), 12 + Math.floor(chance() * 9)) +
      pick(["", "", "《示例市办法》", "（示政发〔2026〕12号）", "2026年6月25日", "“示例”", "12.5%", "0730-3555200"]) +
      pick([..."，，，。；：、", "——"]);
    for (let i = 0; i < 60; i++) {
      const text = Array.from({ length: 20 }, clause).join("");
      const { lines } = setText(text, pick([21, 28, 37]), 2, "justify", way);
      // Set line by line, a line that a long number did not fit is left loose.
      const bad = lines.filter(({ fault }) => fault !== null && (fault !== "loose" || way !== "line by line"));
      expect(bad.map(textOf)).toEqual([]);
    }
  });
});

test("on the grid every wide character stands on a whole em", () => {
  const random = writer(11, more);
  for (let i = 0; i < 60; i++)
    for (const line of randomSet("on the grid", random).lines)
      for (const run of line.runs)
        for (const [k, start] of run.starts.entries())
          if (/\p{Script=Han}/u.test(run.text.slice(start)[0] ?? ""))
            expect(((run.x + (run.xs[k] ?? 0)) / size) % 1).toBeCloseTo(0, 4);
});

describe("what no line can take", () => {
  test.each(hostile.map((text) => [text.slice(0, 12), text]))("%s…", (_, text) => {
    for (const way of everyWay)
      for (const measure of [1, 2, 8, 37]) {
        const set = setText(`甲${text}乙`, measure, 0, "justify", way);
        expect(faultsOf(set)).toEqual([]);
      }
  });
});
