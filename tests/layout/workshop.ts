// What the layout tests share: three real faces, a small style, and the display list printed as text. Tests read as
// tables of text in, text out; positions are printed in em or grid lines, where a rule is about them.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Item, Layout, Page, TextRun } from "../../shared/layout/display.ts";
import { type FontPlan, Fonts } from "../../shared/layout/fonts.ts";
import { LayoutCache, layoutIssue } from "../../shared/layout/layout.ts";
import type { SetLine } from "../../shared/layout/paragraph.ts";
import { baseOf, parseStyle, type StyleSheet } from "../../shared/layout/style.ts";
import type { Block, Cell, Row, Table } from "../../shared/model/block.ts";
import { paragraph } from "../../shared/model/block.ts";
import { type Issue, type IssueFields, type Notice, type NoticeId, squash } from "../../shared/model/notice.ts";

const root = new URL("../../", import.meta.url);
const files: Readonly<Record<string, string>> = {
  serif: "node_modules/@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf",
  heavy: "node_modules/@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf",
  sans: "node_modules/@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf",
};

const role = (...chain: string[]) => ({ chain, substitute: null });
const plan: FontPlan = {
  song: role("serif", "sans"),
  biaosong: role("heavy", "serif"),
  fangsong: { chain: ["serif", "sans"], substitute: "未安装仿宋，以宋体代替" },
  hei: role("sans", "serif"),
  kai: role("serif", "sans"),
  latin: role("serif", "sans"),
};

/** Fonts of the tests, one set for all, since a face is only read. */
export const fonts = new Fonts(plan, (id) => readFileSync(fileURLToPath(new URL(files[id] ?? "", root))));

export function shippedStyle(name: string): StyleSheet {
  const json: unknown = JSON.parse(readFileSync(fileURLToPath(new URL(`assets/styles/${name}.json`, root)), "utf8"));
  const base = baseOf(json);
  return parseStyle(json, base === null ? undefined : shippedStyle(base));
}

/** gbt9704 in song, 20 characters of 10 pt, 10 lines of 20 pt, everything running on. */
export function smallStyle(changes: object = {}): StyleSheet {
  const small = parseStyle(
    {
      extends: "gbt9704",
      name: "small",
      body: "song",
      grid: { em: 10, characters: 20, pitch: 20, lines: 10 },
      orphans: 1,
      widows: 1,
      newPage: [],
      text: {
        title: { size: 10, lines: 1 },
        documentTitle: { size: 10, lines: 1 },
        annexTitle: { size: 10, lines: 1 },
      },
      table: { sizes: [10, 8], leading: 1.5, padding: { across: 0.5, down: 0.25 } },
    },
    shippedStyle("gbt9704"),
  );
  return parseStyle({ extends: "small", name: "changed", ...changes }, small);
}

// ---------------------------------------------------------------- authored issues

export function notice(id: NoticeId, body: readonly Block[], fields: Partial<Notice> = {}): Notice {
  return {
    id,
    title: `示例市人民政府关于${id}的通知`,
    issuers: ["示例市人民政府"],
    docNumber: "示政发〔2026〕1号",
    uniformNumber: "",
    kind: "通知",
    dated: "2026-03-01",
    section: "市政府文件",
    version: 1,
    ...fields,
    body,
  };
}

export function issue(notices: readonly Notice[], fields: Partial<IssueFields> = {}): Issue {
  const titles = [...new Set(notices.map((one) => one.section))];
  return {
    id: "issue",
    version: 1,
    gazetteTitle: "示例政报",
    officialTitle: "示例市人民政府公报",
    englishTitle: "GAZETTE OF SHILI",
    year: 2026,
    number: 2,
    serial: 18,
    published: "2026-06-30",
    organ: "示例市人民政府机关刊物",
    statement: ["本刊所登公文为标准文本"],
    slogans: ["公开政令"],
    imprint: [
      { label: "主管", value: "示例市人民政府" },
      { label: "责任编辑", value: "某某" },
    ],
    style: "small",
    ...fields,
    sections: titles.map((title) => ({
      id: title,
      title,
      entries: notices.filter((one) => one.section === title).map((one) => one.id),
    })),
  };
}

export function lay(
  notices: readonly Notice[],
  style: StyleSheet = smallStyle(),
  fields: Partial<IssueFields> = {},
  cache = new LayoutCache(),
): Layout {
  return layoutIssue(issue(notices, fields), new Map(notices.map((one) => [one.id, one])), style, fonts, cache);
}

/** Rows as text: cells parted by "|", "#" before a head, "2x3 " for a span of two columns and three rows. */
export function table(...rows: readonly string[]): Table {
  return { type: "table", content: rows.map((row): Row => ({ type: "table_row", content: row.split("|").map(cell) })) };
}
function cell(text: string): Cell {
  const match = /^(#?)(?:(\d)x(\d) )?(.*)$/su.exec(text);
  const [, head, columns, rows, words] = match ?? [];
  return {
    type: head ? "table_header" : "table_cell",
    attrs: { colspan: Number(columns ?? 1), rowspan: Number(rows ?? 1), colwidth: null },
    content: [paragraph("cell", words ?? "")],
  };
}

// ---------------------------------------------------------------- the display list as text

const tenths = "₀₁₂₃₄₅₆₇₈₉";

/** The text of a run; a subscript says how many tenths of an em are cut off before (「₅) or after a mark. */
export function withCuts(run: Pick<TextRun, "text" | "starts" | "cuts">): string {
  return run.starts
    .map((start, i) => {
      const cut = run.cuts?.find((one) => one.at === i);
      const text = run.text.slice(start, run.starts[i + 1]);
      const shown = (thousandths: number) => (thousandths ? tenths[thousandths / 100] : "");
      return cut ? shown(cut.left) + text + shown(cut.right) : text;
    })
    .join("");
}

/** A set line: its runs joined, where a break between faces does not show. */
export const showLine = (line: SetLine): string => line.runs.map(withCuts).join("");

export const runsOf = (page: Page): TextRun[] => page.items.filter((item): item is TextRun => item.kind === "text");

/** Lines of a page from top to bottom, runs of one baseline joined; artifacts as {folio — 1 —}. */
export function showPage(page: Page): string[] {
  const lines: { y: number; text: string }[] = [];
  for (const run of runsOf(page)) {
    const text = run.artifact ? `{${run.artifact} ${run.text}}` : run.text;
    const last = lines.at(-1);
    if (last?.y === run.y) last.text += text;
    else lines.push({ y: run.y, text });
  }
  return lines.map((line) => line.text);
}

export const bodyPages = (layout: Layout): Page[] => layout.pages.filter((page) => page.kind === "body");

/** All text of a layout that is not an artifact, by where it comes from, white space removed. */
export function textBySource(layout: Layout): Map<string, string> {
  const runs = new Map<string, TextRun[]>();
  for (const run of layout.pages.flatMap(runsOf)) {
    if (run.artifact || !run.source) continue;
    const part = run.source.in === "front" ? run.source.part : run.source.notice;
    runs.set(part, [...(runs.get(part) ?? []), run]);
  }
  return new Map(
    [...runs].map(([part, all]) => [
      part,
      all
        .sort(byCell)
        .map(({ text }) => squash(text))
        .join(""),
    ]),
  );
}

/** The runs of one row cell by cell: a divided row has a part of each cell on either page. */
function byCell({ source: a }: TextRun, { source: b }: TextRun): number {
  if (a?.in !== "body" || b?.in !== "body" || a.block !== b.block || !a.cell || !b.cell) return 0;
  return a.cell[0] - b.cell[0] || a.cell[1] - b.cell[1];
}

export const isRule = (item: Item): item is Extract<Item, { kind: "rule" }> => item.kind === "rule";
