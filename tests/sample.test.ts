// The sample issue that a newcomer sees first: it must be valid, its figures must add up as an office's would, and it
// must use every construct that the editor, the layout and the export know.
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readSample } from "../main/compose.ts";
import { checkImage } from "../main/import/image.ts";
import {
  type Block,
  type Cell,
  footnotesOf,
  type Paragraph,
  paragraphKinds,
  paragraphsOf,
  paragraphText,
  type Row,
  type Table,
} from "../shared/model/block.ts";
import { parseDocNumber } from "../shared/model/docNumber.ts";
import { printedDate, squash } from "../shared/model/notice.ts";
import { numbering } from "../shared/model/numbering.ts";

const sample = readSample(fileURLToPath(new URL("../assets", import.meta.url)));
const { notices, sections } = sample;

type SampleNotice = (typeof notices)[number];
const paragraphs = (notice: SampleNotice) => notice.body.filter((block) => block.type === "paragraph");
const tables = (notice: SampleNotice) => notice.body.filter((block) => block.type === "table");
const texts = (notice: SampleNotice, kind: Paragraph["attrs"]["kind"]) =>
  paragraphs(notice)
    .filter((p) => p.attrs.kind === kind)
    .map(paragraphText);
const cellParagraphs = (table: Table) => table.content.flatMap((row) => row.content.flatMap((cell) => cell.content));
const cellText = (cell: Cell) => cell.content.map(paragraphText).join("\n");
const isHeader = (row: Row) => row.content.every((cell) => cell.type === "table_header");
const allText = (blocks: readonly Block[]): string => blocks.flatMap(paragraphsOf).map(paragraphText).join("\n");

/** The cell that covers each place of a table, row by row; a place covered by none stays undefined. */
function grid(table: Table): (Cell | undefined)[][] {
  const places: (Cell | undefined)[][] = table.content.map(() => []);
  table.content.forEach((row, r) => {
    let column = 0;
    for (const cell of row.content) {
      while (places[r]?.[column]) column++;
      for (let y = r; y < r + cell.attrs.rowspan; y++)
        for (let x = column; x < column + cell.attrs.colspan; x++) {
          const line = places[y];
          if (!line) throw new RangeError(`「${cellText(cell)}」 spans below the table`);
          const taken = line[x];
          if (taken) throw new RangeError(`「${cellText(cell)}」 overlaps 「${cellText(taken)}」`);
          line[x] = cell;
        }
    }
  });
  return places;
}

describe.each(notices.map((notice) => [notice.title, notice] as const))("%s", (_, notice) => {
  it("is signed by its issuers on its date", () => {
    expect(texts(notice, "signature")).toEqual(notice.issuers);
    expect(texts(notice, "date")).toEqual([printedDate(notice.dated)]);
    expect(notice.dated <= sample.issue.published).toBe(true);
    expect(notice.title.startsWith(notice.issuers.join(" "))).toBe(true);
  });

  it("has numbers in the canonical form, of its own year", () => {
    expect(parseDocNumber(notice.docNumber)?.year).toBe(Number(notice.dated.slice(0, 4)));
    expect(notice.uniformNumber).toMatch(/^$|^SLDR—2026—\d{5}$/u);
  });

  it("gives numbered paragraphs the kind of their number", () => {
    for (const p of paragraphs(notice)) {
      const found = numbering(paragraphText(p));
      if (!found || p.attrs.kind === "annexNote") continue;
      expect([p.attrs.kind, paragraphText(p)]).toEqual([
        p.attrs.kind === "item" ? "item" : found.kind,
        paragraphText(p),
      ]);
    }
  });

  it("numbers its articles without a gap", () => {
    const values = texts(notice, "article").map((text) => numbering(text)?.value);
    expect(values).toEqual(values.map((__, i) => i + 1));
  });

  it("prints the annexes it announces", () => {
    const announced = texts(notice, "annexNote").map((text) => text.replace(/^(?:附件：)?(?:\d+\.)?/u, ""));
    expect(texts(notice, "annexTitle")).toEqual(announced);
  });

  it("has rectangular tables with proportions and rows of text", () => {
    for (const table of tables(notice)) {
      const places = grid(table);
      const width = places[0]?.length ?? 0;
      for (const line of places) expect(Array.from(line, Boolean)).toEqual(Array(width).fill(true));
      expect(table.content.some(isHeader)).toBe(true);
      for (const row of table.content)
        for (const cell of row.content) {
          expect(cell.attrs.colwidth).toHaveLength(cell.attrs.colspan);
          expect(cell.content.every((p) => p.attrs.kind === "cell")).toBe(true);
        }
    }
  });

  it("has totals that are right", () => {
    for (const table of tables(notice)) {
      const places = grid(table);
      const total = places.at(-1) ?? [];
      if (!total[0] || cellText(total[0]) !== "合计") continue;
      const data = places.slice(0, -1).filter((_line, r) => !isHeader(table.content[r] as Row));
      let sums = 0;
      total.forEach((cell, column) => {
        const stated = cell && cell !== total[0] ? cellText(cell) : "";
        if (!/^\d+(?:\.\d+)?$/u.test(stated)) return;
        const decimals = stated.split(".")[1]?.length ?? 0;
        const sum = data.reduce((all, line) => all + Number(line[column] ? cellText(line[column]) : Number.NaN), 0);
        expect(sum.toFixed(decimals)).toBe(stated);
        sums++;
      });
      expect(sums).toBeGreaterThan(0);
    }
  });

  it("pairs its brackets and quotes", () => {
    const text = notice.title + allText(notice.body);
    for (const [open, close] of ["《》", "〈〉", "（）", "〔〕", "“”", "‘’"].map((pair) => [...pair]))
      expect([open, text.split(open ?? "").length]).toEqual([open, text.split(close ?? "").length]);
  });
});

describe("the sample issue", () => {
  const everything = notices.map((notice) => allText(notice.body)).join("\n");
  const everyTable = notices.flatMap(tables);

  it("prints each notice once, in the section it names", () => {
    expect(sections.flatMap((s) => s.entries).sort((a, b) => a - b)).toEqual(notices.map((_, i) => i));
    for (const section of sections)
      expect(section.entries.map((i) => notices[i]?.section)).toEqual(section.entries.map(() => section.title));
    expect(sections.length).toBeGreaterThanOrEqual(5);
    expect(notices.length).toBeGreaterThanOrEqual(10);
  });

  it("never gives a number twice", () => {
    const numbers = notices.flatMap((n) => [n.docNumber, n.uniformNumber]).filter(Boolean);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it("shows the pictures it brings, each with words and a caption, and has a footnote", () => {
    const shown = notices.flatMap(({ body }) =>
      body.flatMap((block, i) => (block.type === "figure" ? [{ ...block.attrs, below: body[i + 1] }] : [])),
    );
    expect([...new Set(shown.map((figure) => figure.image))]).toEqual([...sample.images.keys()]);
    for (const { image, width, height, alt, below } of shown) {
      const file = checkImage(sample.images.get(image) ?? new Uint8Array(), image);
      expect([file.width, file.height]).toEqual([width, height]);
      expect(alt).not.toBe("");
      expect(below).toMatchObject({ attrs: { kind: "caption" } });
    }
    expect(notices.flatMap(paragraphs).flatMap(footnotesOf)).not.toEqual([]);
  });

  it("uses every kind of paragraph", () => {
    const used = new Set(
      notices.flatMap((n) => [
        ...paragraphs(n).map((p) => p.attrs.kind),
        ...tables(n).flatMap((t) => cellParagraphs(t).map((p) => p.attrs.kind)),
      ]),
    );
    expect(paragraphKinds.filter((kind) => !used.has(kind))).toEqual([]);
  });

  it("uses the 文种 that a gazette prints", () => {
    const used = new Set(notices.map((n) => n.kind));
    for (const kind of ["命令", "通知", "决定", "批复", "通告", "通报", "函", "意见", "任免"] as const)
      expect(used).toContain(kind);
  });

  it("carries a 办法 with chapters, sections, items and at least 30 articles", () => {
    const measure = notices.find((n) => texts(n, "chapter").length >= 5);
    expect(measure && texts(measure, "article").length).toBeGreaterThanOrEqual(30);
    expect(measure && texts(measure, "section").length).toBeGreaterThan(0);
    expect(measure && texts(measure, "item").length).toBeGreaterThan(0);
  });

  it("has a joint notice, one annex, several annexes", () => {
    expect(notices.some((n) => n.issuers.length === 2)).toBe(true);
    expect(notices.some((n) => texts(n, "annexLabel").length === 1)).toBe(true);
    expect(notices.some((n) => texts(n, "annexLabel").length > 1)).toBe(true);
  });

  it("has a table long enough for several pages, merged cells, heads of two rows", () => {
    expect(everyTable.some((t) => t.content.length >= 60)).toBe(true);
    expect(everyTable.some((t) => t.content.filter(isHeader).length === 2)).toBe(true);
    const cells = everyTable.flatMap((t) => t.content.flatMap((row) => row.content));
    expect(cells.some((c) => c.type === "table_cell" && c.attrs.rowspan > 1)).toBe(true);
    expect(cells.some((c) => c.type === "table_cell" && c.attrs.colspan > 1)).toBe(true);
    expect(cells.some((c) => c.content[0]?.content?.some((inline) => inline.type === "hard_break"))).toBe(true);
  });

  it.each([
    ["an address", /https:\/\/\S{40,}/u],
    ["a telephone number", /\d{4}-\d{7}/u],
    ["a percentage", /\d+\.\d%/u],
    ["a citation with its number", /》（.{2,8}〔\d{4}〕\d+号）/u],
    ["a dash", /[^—]——[^—]/u],
    ["an ellipsis", /……/u],
    ["a quotation in a quotation", /“[^”]*‘[^”]*’/u],
    ["a title in a title", /《[^》]*〈[^》]*〉/u],
    ["Latin words", /APP[\s\S]*5G|5G[\s\S]*APP/u],
    ["rare characters of names", /䶮[\s\S]*㵘[\s\S]*堃/u],
    ["an amount in capitals", /壹佰万元整/u],
    ["a unit above a table", /^单位：万元$/mu],
  ])("has %s", (_, pattern) => {
    expect(everything).toMatch(pattern);
  });

  it("states in the plan what its table adds up to", () => {
    const plan = notices.find((n) => n.body.some((block) => block.type === "table" && block.content.length >= 60));
    const table = plan && tables(plan).find((t) => t.content.length >= 60);
    const [, buildings, households, area, investment] = table?.content.at(-1)?.content.map(cellText) ?? [];
    const text = squash(plan ? allText(plan.body) : "");
    expect(text).toContain(`住宅楼${buildings}栋、居民${households}户`);
    expect(text).toContain(`建筑面积${area}万平方米，计划总投资${investment}万元`);
  });
});
