// Small authored pages for the tests of the preview: 10 pt type, a character to every 10 pt.
import type { Layout, Page, Source, TextRun } from "../../shared/layout/display.ts";

export function run(text: string, x: number, y: number, source?: Source, extra: Partial<TextRun> = {}): TextRun {
  const starts: number[] = [];
  for (let at = 0; at < text.length; at += String.fromCodePoint(text.codePointAt(at) ?? 0).length) starts.push(at);
  const base = { kind: "text", face: "song", size: 10, ink: "black", x, y, text, starts } as const;
  const gids = starts.map((_, i) => i + 1);
  const xs = starts.map((_, i) => i * 10);
  return { ...base, gids, xs, ...(source && { source }), ...extra };
}

export function inBody(block: number, from: number, cell?: readonly [number, number, number], notice = "n1"): Source {
  return cell ? { in: "body", notice, block, cell, from } : { in: "body", notice, block, from };
}

export function page(items: Page["items"], label = "1"): Page {
  return { width: 200, height: 300, kind: "body", label, items };
}

export function layout(...pages: Page[]): Layout {
  const plan = { pages: pages.length, fillers: 0, lacking: 0 };
  return { plan, pages, contents: [], outline: [], warnings: [], faces: ["song"] };
}
