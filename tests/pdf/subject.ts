// The subject of the proof's tests: a small invented issue with what is hard to read back (a head over two rows, a row
// taller than a page, footnotes, ligatures, squeezed marks), laid out right; and the ways to make it wrong.
import { PDFDict, PDFDocument, PDFName } from "pdf-lib";
import { loadStyle } from "../../main/export/styles.ts";
import { openFonts } from "../../main/fonts/faces.ts";
import type { Expectation } from "../../main/pdf/verify.ts";
import { writePdf } from "../../main/pdf/write.ts";
import { approvedContents, approvedText } from "../../shared/layout/approved.ts";
import type { Item, Layout, TextRun } from "../../shared/layout/display.ts";
import { LayoutCache, layoutIssue } from "../../shared/layout/layout.ts";
import { type Cell, paragraph, type Table } from "../../shared/model/block.ts";
import { type Issue, type Notice, numberLine } from "../../shared/model/notice.ts";
import { noted } from "../editor/bodies.ts";

const assets = new URL("../../assets", import.meta.url).pathname;

function cell(text: string, spans: { colspan?: number; rowspan?: number } = {}): Cell {
  const attrs = { colspan: 1, rowspan: 1, colwidth: null, ...spans };
  return { type: "table_cell", attrs, content: [paragraph("cell", text)] };
}

/** A head over two rows, which PDFium reads out of order, and a row taller than a page, which is split. */
const table: Table = {
  type: "table",
  content: [
    { type: "table_row", content: [cell("调整内容", { colspan: 2 }), cell("备注", { rowspan: 2 })] },
    { type: "table_row", content: [cell("线路"), cell("说明")] },
    {
      type: "table_row",
      content: [cell("3路"), cell("改经建设路，沿线设站。".repeat(560)), cell("首班六点发车。".repeat(420))],
    },
  ],
};

function notice(id: string, serial: number, name: string, sentence: string): Notice {
  return {
    id,
    title: `示例市人民政府关于${name}的通告`,
    issuers: ["示例市人民政府"],
    docNumber: `示政通〔2026〕${serial}号`,
    uniformNumber: serial === 1 ? "SLDR—2026—00001" : "",
    kind: "通告",
    dated: "2026-03-05",
    section: "市政府通告",
    body: [
      paragraph("addressee", "各镇人民政府，市直各单位："),
      ...Array.from({ length: 30 }, () => paragraph("body", sentence)),
      ...(serial === 2 ? [table] : [noted("body", "养护单位[指市公路中心。]应当逐桥建档[档案式样另发。]。")]),
      paragraph("signature", "示例市人民政府"),
      paragraph("date", "2026年3月5日"),
    ],
    version: 1,
  };
}

export const notices = [
  notice("a", 1, "加强桥梁养护", "为保障“南门桥”安全，根据《公路安全保护条例》等规定——结合本市实际，现通告如下："),
  notice("b", 2, "调整公交线路", "自2026年4月1日起，3路公交车改经建设路（全长5.2公里，代号ﬁne），特此通告。"),
];
export const issue: Issue = {
  id: "i",
  version: 1,
  gazetteTitle: "示例政报",
  officialTitle: "示例市人民政府公报",
  englishTitle: "",
  year: 2026,
  number: 1,
  serial: 17,
  published: "2026-03-20",
  organ: "示例市人民政府机关刊物",
  statement: [],
  slogans: [],
  imprint: [{ label: "主管", value: "示例市人民政府" }],
  style: "linxiang",
  sections: [{ id: "s", title: "市政府通告", entries: ["a", "b"] }],
};
export const style = loadStyle(assets, "linxiang");
export const fonts = openFonts();
export const byId = new Map(notices.map((n) => [n.id, n]));
export const layout = layoutIssue(issue, byId, style, fonts, new LayoutCache());
export const expectation: Expectation = {
  layout,
  approved: approvedText(issue, byId, style),
  contents: approvedContents(issue, byId, style),
  notices: notices.map((n) => ({ id: n.id, title: n.title, number: numberLine(n) })),
};
const meta = { title: "示例政报", author: "", subject: "", published: "2026-03-20", key: "i" };

export const write = (changed: Layout) => writePdf(changed, fonts, meta);

/** The layout with each text run of a page passed through `change`; null takes the run away. */
export function withRuns(page: number, change: (run: TextRun) => TextRun | null): Layout {
  const pages = layout.pages.map((p, i) =>
    i === page
      ? {
          ...p,
          items: p.items
            .map((item) => (item.kind === "text" ? change(item) : item))
            .filter((item): item is Item => item !== null),
        }
      : p,
  );
  return { ...layout, pages };
}

/** The run with another text of the same length; only the glyphs of characters that differ change. */
export function withText(run: TextRun, text: string): TextRun {
  const face = fonts.face(run.face);
  const gids = run.gids.map((gid, i) => {
    const at = run.starts[i] ?? 0;
    return text[at] === run.text[at] ? gid : face.glyph(text.codePointAt(at) ?? 0);
  });
  return { ...run, text, gids };
}

export const firstBody = layout.pages.findIndex((page) => page.kind === "body");
export const contentsPage = layout.pages.findIndex((page) => page.kind === "contents");
export const isContents = (run: TextRun) => run.source?.in === "front" && run.source.part === "contents";
export const isNote = (run: TextRun) => run.source?.in === "body" && run.source.note !== undefined;
export const notesPage = layout.pages.findIndex((page) =>
  page.items.some((item) => item.kind === "text" && isNote(item)),
);
export const secondStart = layout.contents[1]?.page ?? 0;

/** Swaps one text for another of the same length where it stands in a run. */
export function replaced(run: TextRun, from: string, to: string): TextRun {
  return run.text.includes(from) ? withText(run, run.text.replace(from, to)) : run;
}

/** A run without the glyph that stands for `character`. */
export function withoutGlyph(run: TextRun, character: string): TextRun {
  const at = run.text.indexOf(character);
  const glyph = run.starts.indexOf(at);
  if (at < 0 || glyph < 0) return run;
  const drop = <T>(list: readonly T[]) => list.filter((_, i) => i !== glyph);
  const starts = drop(run.starts).map((start) => (start > at ? start - 1 : start));
  const cuts = (run.cuts ?? []).filter((cut) => cut.at !== glyph);
  return {
    ...run,
    text: run.text.slice(0, at) + run.text.slice(at + 1),
    starts,
    gids: drop(run.gids),
    xs: drop(run.xs),
    cuts: cuts.map((cut) => (cut.at > glyph ? { ...cut, at: cut.at - 1 } : cut)),
  };
}

/** A run whose `character` is drawn by the face's blank glyph. */
export function blanked(run: TextRun, character: string): TextRun {
  const glyph = run.starts.indexOf(run.text.indexOf(character));
  if (!run.text.includes(character) || glyph < 0) return run;
  return { ...run, gids: run.gids.map((gid, i) => (i === glyph ? fonts.face(run.face).glyph(0x20) : gid)) };
}

/** The file with `change` made to each of its composite fonts. */
export async function damaged(file: Uint8Array, change: (font: PDFDict) => void): Promise<Uint8Array> {
  const document = await PDFDocument.load(file, { updateMetadata: false });
  for (const [, object] of document.context.enumerateIndirectObjects())
    if (object instanceof PDFDict && object.get(PDFName.of("Subtype")) === PDFName.of("Type0")) change(object);
  return document.save();
}

/** Applies a change to the first run that it changes. */
export function once(change: (run: TextRun) => TextRun): (run: TextRun) => TextRun {
  let dropped = false;
  return (run) => {
    if (dropped || run.artifact) return run;
    const next = change(run);
    dropped = next !== run;
    return next;
  };
}
