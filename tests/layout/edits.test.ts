// What a cache must never do: random edits of random issues with everything a body can hold, each laid out with what is
// remembered of the layouts before and once more with nothing, and the two are the same; and no text is lost or doubled.
import { expect, test } from "vitest";
import type { Layout } from "../../shared/layout/display.ts";
import { LayoutCache } from "../../shared/layout/layout.ts";
import {
  type Block,
  type Inline,
  notelessKinds,
  type Paragraph,
  type ParagraphKind,
  paragraph,
  paragraphKinds,
  type Table,
} from "../../shared/model/block.ts";
import { type Notice, noticeText, squash } from "../../shared/model/notice.ts";
import { writer } from "./randomText.ts";
import { lay, notice, smallStyle, table, textBySource } from "./workshop.ts";

const styles = {
  "one column": smallStyle(),
  "two columns": smallStyle({ columns: { count: 2, gap: 1, balance: true }, typeArea: { inner: 5 } }),
  "squares, openers, fillers and running heads": smallStyle({
    composition: "grid",
    newPage: ["title"],
    opener: { kind: "line" },
    filler: { slogans: true, multiple: 4 },
    runningHead: { odd: "{title}", even: "{section}" },
  }),
};
const kinds: readonly ParagraphKind[] = paragraphKinds.filter((kind) => kind !== "cell");
const names = ["主任\t张三\t示例市", "李四\t副主任", "王五"];

function editor(seed: number) {
  const { random, pick, words } = writer(seed);
  const oneIn = (count: number) => random() * count < 1;
  const number = (most: number) => Math.floor(random() * most);

  function prose(kind = pick(kinds)): Paragraph {
    if (kind === "names") return paragraph(kind, pick(names));
    const content = Array.from({ length: 1 + number(3) }, (): Inline[] => {
      const marks = oneIn(6) ? { marks: [{ type: "strong" }] as const } : {};
      const note: Inline = { type: "footnote", attrs: { text: words(8).trim() || "注" } };
      return [
        { type: "text", text: words(60), ...marks },
        ...(oneIn(5) && !notelessKinds.includes(kind) ? [note] : []),
      ];
    }).flat();
    return { type: "paragraph", attrs: oneIn(8) ? { kind, align: pick(["left", "center"]) } : { kind }, content };
  }

  const cell = () => pick([words(10).replaceAll("|", ""), String(number(99_999)), "合计", "姓名", "说明。", ""]);
  function grid(): Table {
    const columns = 1 + number(5);
    const rows = Array.from({ length: 1 + number(14) }, (_, row) =>
      Array.from({ length: columns }, () => (row === 0 ? "#" : "") + cell()).join("|"),
    );
    const made = table(...rows);
    return oneIn(2) ? made : withWidths(made);
  }
  const withWidths = (made: Table): Table => ({
    ...made,
    content: made.content.map((row) => ({
      ...row,
      content: row.content.map((one, i) => ({ ...one, attrs: { ...one.attrs, colwidth: [60 + 30 * i] } })),
    })),
  });

  function block(): Block {
    const share = oneIn(2) ? 1 : 0.5;
    if (oneIn(3)) return grid();
    if (oneIn(10))
      return { type: "figure", attrs: { image: "a".repeat(64), width: 800, height: 90 + number(900), share, alt: "" } };
    return oneIn(10) ? { type: "forced_break", attrs: { to: pick(["page", "column"]) } } : prose();
  }

  function changed(one: Block): Block {
    if (one.type === "paragraph") return prose(one.attrs.kind);
    if (one.type !== "table") return block();
    if (oneIn(4)) return { ...one, attrs: { landscape: oneIn(2), wholeRows: oneIn(2) } };
    const at = number(one.content.length);
    const row = one.content[at];
    const place = number(row?.content.length ?? 0);
    const old = row?.content[place];
    if (!row || !old) return block();
    const written = { ...old, content: [paragraph("cell", oneIn(8) ? "说明".repeat(60) : cell())] };
    return { ...one, content: one.content.with(at, { ...row, content: row.content.with(place, written) }) };
  }

  function edited(body: readonly Block[]): Block[] {
    const tables = [...body.keys()].filter((i) => body[i]?.type === "table");
    const at = tables.length > 0 && oneIn(2) ? pick(tables) : number(body.length);
    const old = body[at];
    if (!old || oneIn(6)) return body.toSpliced(at, 0, block());
    return oneIn(6) && body.length > 1 ? body.toSpliced(at, 1) : body.with(at, changed(old));
  }

  const body = () => Array.from({ length: 2 + number(6) }, block);
  return { body, edited, number };
}

const sorted = (text: string) => [...text].sort().join("");

function expectWhole(layout: Layout, notices: readonly Notice[], brackets: readonly [string, string]): void {
  const printed = textBySource(layout);
  for (const one of notices)
    expect(sorted(printed.get(one.id) ?? "")).toBe(sorted(squash(noticeText(one, brackets).join(""))));
}

test.each(Object.entries(styles).flatMap(([name, style]) => [1, 2, 3, 4].map((seed) => ({ name, style, seed }))))(
  "$name, seed $seed: what an edit gives is what a new layout gives, and all of the text",
  ({ style, seed }) => {
    const { body, edited, number } = editor(seed);
    const cache = new LayoutCache();
    let notices = ["甲", "乙", "丙"].map((id, i) => notice(id, body(), { section: i === 0 ? "" : "市政府文件" }));
    for (let count = 0; count < 20; count++) {
      const layout = lay(notices, style, {}, cache);
      expect(layout).toEqual(lay(structuredClone(notices), style));
      expectWhole(layout, notices, style.numberBrackets);
      const at = number(notices.length);
      notices = notices.map((one, i) => (i === at ? { ...one, body: edited(one.body) } : one));
    }
  },
);
