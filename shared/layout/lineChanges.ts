// What becomes of an issue's lines when it is laid out another way, as in another face: how many begin elsewhere, and in
// how many notices.
import type { Layout, Source } from "./display.ts";

export interface LineChanges {
  readonly pagesBefore: number;
  readonly pagesAfter: number;
  /** Lines of the notices that begin with another character than before. */
  readonly lines: number;
  /** Notices that have such lines. */
  readonly notices: number;
  /** Characters that the face of their role lacks, or that no face has, and that before it had; each once. */
  readonly lacking: readonly string[];
}

export function lineChanges(before: Layout, after: Layout): LineChanges {
  const known = lineStarts(before);
  const moved = Array.from(lineStarts(after)).filter(([start]) => !known.has(start));
  const had = lackingIn(before);
  return {
    pagesBefore: before.pages.length,
    pagesAfter: after.pages.length,
    lines: moved.length,
    notices: new Set(moved.map(([, notice]) => notice)).size,
    lacking: [...lackingIn(after)].filter((character) => !had.has(character)),
  };
}

/** Where the lines of notices begin, with their notice. */
function lineStarts(layout: Layout): Map<string, string> {
  const starts = new Map<string, string>();
  for (const { items } of layout.pages) {
    const seen = new Set<string>();
    for (const item of items) {
      if (item.kind !== "text" || !item.source || item.source.in === "front" || item.artifact) continue;
      const { notice, from } = item.source;
      const text = textKey(item.source);
      const line = `${text} ${item.y}`;
      if (seen.has(line)) continue;
      seen.add(line);
      starts.set(`${text} ${from}`, notice);
    }
  }
  return starts;
}

/** The title, number, paragraph, cell or footnote that a source is in. */
function textKey(source: Exclude<Source, { in: "front" }>): string {
  const { notice } = source;
  if (source.in !== "body") return `${notice} ${source.in}`;
  return `${notice} ${source.block} ${source.cell ?? ""} ${source.note ?? ""}`;
}

function lackingIn({ warnings }: Layout): Set<string> {
  const told = warnings.filter(({ code }) => code === "standInFace" || code === "missingGlyph");
  return new Set(told.flatMap(({ text }) => text ?? []));
}
