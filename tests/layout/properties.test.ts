// What must hold for any text: nothing lost or doubled, no glyph outside the measure, no forbidden line start or end,
// baselines on the grid. Lines by
// themselves are proved in lines.test.ts.
import { describe, expect, test } from "vitest";
import { characterAt } from "../../shared/layout/breaks.ts";
import type { Page, TextRun } from "../../shared/layout/display.ts";
import { LayoutCache } from "../../shared/layout/layout.ts";
import { type Block, blockText, type ParagraphKind, paragraph } from "../../shared/model/block.ts";
import { type Notice, noticeText, squash } from "../../shared/model/notice.ts";
import { type Writer, writer } from "./randomText.ts";
import { bodyPages, fonts, lay, notice, runsOf, smallStyle, table, textBySource } from "./workshop.ts";

const kinds: readonly ParagraphKind[] = [
  "body",
  "level1",
  "level2",
  "article",
  "item",
  "addressee",
  "chapter",
  "annexNote",
  "note",
  "documentTitle",
  "tableTitle",
  "signature",
  "date",
];

function blocks(seed: number): Writer & { block: () => Block } {
  const one = writer(seed);
  const { random, pick, words } = one;
  const block = (): Block =>
    random() < 0.1
      ? table(...Array.from({ length: 1 + Math.floor(random() * 6) }, () => `${words(5)}|${words(40)}|${words(3)}`))
      : paragraph(pick(kinds), words(120));
  return { ...one, block };
}

function written(seed: number): Notice {
  const { block, words } = blocks(seed);
  const body = Array.from({ length: 12 }, block);
  return notice(`第${seed}`, body, { title: `示例市人民政府${words(20)}`, section: "" });
}

const seeds = Array.from({ length: 40 }, (_, i) => i + 1);
const style = smallStyle({ table: { rule: 0.5 } });
const pageLeft = (page: Page) =>
  ((Number(page.label) % 2 === 1 ? 28 : 210 - 28) * 72) / 25.4 - (Number(page.label) % 2 === 1 ? 0 : 200);

/** Runs of one baseline that follow each other, of one paragraph. */
function linesOf(page: Page): TextRun[][] {
  const lines: TextRun[][] = [];
  for (const run of runsOf(page)) {
    const last = lines.at(-1)?.at(-1);
    const place = ({ source }: TextRun) =>
      JSON.stringify(source && source.in === "body" ? [source.block, source.cell] : (source?.in ?? "folio"));
    if (last && last.y === run.y && place(last) === place(run)) lines.at(-1)?.push(run);
    else lines.push([run]);
  }
  return lines;
}

describe.each(seeds)("text %i", (seed) => {
  const one = written(seed);
  const layout = lay([one], style);

  test("nothing is lost or doubled", () => {
    expect(textBySource(layout).get(one.id)).toBe(squash(noticeText(one, style.numberBrackets).join("")));
  });

  test("every glyph stands within the measure", () => {
    for (const page of bodyPages(layout))
      for (const run of runsOf(page)) {
        const left = pageLeft(page);
        const end = run.x + (run.xs.at(-1) ?? 0);
        const gid = run.gids.at(-1) ?? 0;
        const cut = run.cuts?.find((each) => each.at === run.gids.length - 1);
        const advance = fonts.face(run.face).advance(gid) - ((cut?.left ?? 0) + (cut?.right ?? 0)) / 1000;
        expect(run.x).toBeGreaterThanOrEqual(left - 0.01);
        expect(end + advance * run.size).toBeLessThanOrEqual(left + 200 + 0.01);
      }
  });

  test("no forbidden character begins or ends a line", () => {
    const bad: string[] = [];
    for (const page of bodyPages(layout)) {
      const lines = linesOf(page).filter((line) => !line[0]?.artifact);
      for (const [i, line] of lines.entries()) {
        const [first, last] = [line[0], line.at(-1)];
        const [before, next] = [lines[i - 1]?.at(-1), lines[i + 1]?.[0]];
        const text = line.map((run) => run.text).join("");
        // Only breaks within a paragraph: the same block, further on.
        if (
          first &&
          before &&
          continues(before, first) &&
          ["close", "stop", "dash"].includes(characterAt(text, 0).kind)
        )
          bad.push(`begins: ${text}`);
        if (last && next && continues(last, next) && characterAt([...text].at(-1) ?? "", 0).kind === "open")
          bad.push(`ends: ${text}`);
      }
    }
    expect(bad).toEqual([]);
  });

  test("lines of text stand on the grid", () => {
    for (const page of bodyPages(layout))
      for (const run of runsOf(page)) {
        if (run.artifact || run.source?.in !== "body" || run.source.cell || run.size !== 10) continue;
        const line = (run.y - (37 * 72) / 25.4 - 10 - 3.8) / 20;
        expect(Math.abs(line - Math.round(line))).toBeLessThan(0.001);
      }
  });

  test("an edit through the cache gives what a layout from nothing gives", () => {
    const { random, block } = blocks(seed + 1000);
    const cache = new LayoutCache();
    lay([one], style, {}, cache);
    const body = [...one.body];
    body.splice(Math.floor(random() * body.length), 1, block());
    const edited = { ...one, body };
    expect(lay([edited], style, {}, cache)).toEqual(lay([edited], style));
  });
});

function continues(a: TextRun, b: TextRun): boolean {
  const [from, to] = [a.source, b.source];
  return (
    from?.in === "body" &&
    to?.in === "body" &&
    from.block === to.block &&
    JSON.stringify(from.cell) === JSON.stringify(to.cell) &&
    to.from > from.from
  );
}

test("the generator writes what the print must hold", () => {
  expect(blockText(written(1).body[0] as Block)[0]?.length).toBeGreaterThan(0);
  expect(seeds.some((seed) => written(seed).body.some((block) => block.type === "table"))).toBe(true);
});
