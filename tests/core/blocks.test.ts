// Every kind of block in random bodies, the whole way to the proof: pictures, footnotes, breaks and tables among
// paragraphs of all kinds, in each house style and in each profile that sets pages otherwise. Whatever stands next to
// whatever, the print holds the approved text.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { composeSample, readSample } from "../../main/compose.ts";
import { exportIssue } from "../../main/export/export.ts";
import { exportProfile } from "../../main/export/profiles.ts";
import { loadStyle, styleNames } from "../../main/export/styles.ts";
import { openFonts } from "../../main/fonts/faces.ts";
import { checkImage } from "../../main/import/image.ts";
import { type Block, type Inline, notelessKinds, paragraphKinds, type Row } from "../../shared/model/block.ts";
import { parseBlocks } from "../../shared/model/check.ts";
import type { Profile } from "../../shared/model/profile.ts";
import { testFolder } from "../store/folder.ts";

const assets = fileURLToPath(new URL("../../assets", import.meta.url));
const sample = readSample(assets);
const fonts = openFonts();
const [[image, file] = ["", new Uint8Array()]] = sample.images;
const { width, height } = checkImage(file, "示例图");
const letters = [..."为加强“停车”管理（含临时泊位）；根据《条例》第三条，共投入1,200.5万元。"];

/** Random blocks; the same seed gives the same. */
function randomBody(seed: number): Block[] {
  let state = seed;
  const upTo = (most: number): number => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return 1 + Math.floor((state / 2147483648) * most);
  };
  const pick = <T>(list: readonly [T, ...T[]]): T => list[upTo(list.length) - 1] ?? list[0];
  const text = (most: number) => Array.from({ length: upTo(most) }, () => letters[upTo(letters.length) - 1]).join("");

  const paragraph = (): Block => {
    const kind = upTo(2) === 1 ? "body" : pick(paragraphKinds);
    const most = notelessKinds.includes(kind) ? 40 : pick([5, 30, 120, 400]);
    const content = Array.from({ length: upTo(4) }, (): Inline[] => {
      const words: Inline = { type: "text", text: text(most) };
      if (notelessKinds.includes(kind) || upTo(3) > 1) return [words];
      return [words, { type: "footnote", attrs: { text: text(pick([5, 40, 200])) } }];
    }).flat();
    return { type: "paragraph", attrs: { kind: kind === "cell" ? "body" : kind }, content };
  };
  const table = (): Block => {
    const columns = upTo(6);
    const row = (): Row => ({
      type: "table_row",
      content: Array.from({ length: columns }, () => ({
        type: "table_cell",
        attrs: { colspan: 1, rowspan: 1, colwidth: null },
        content: [{ type: "paragraph", attrs: { kind: "cell" }, content: [{ type: "text", text: text(30) }] }],
      })),
    });
    const attrs = { landscape: upTo(3) === 1, wholeRows: upTo(3) === 1 };
    return { type: "table", attrs, content: Array.from({ length: upTo(20) }, row) };
  };
  const block = (): Block => {
    const kind = upTo(20);
    if (kind === 1) return { type: "forced_break", attrs: { to: pick(["page", "column"]) } };
    if (kind === 2) return table();
    if (kind > 4) return paragraph();
    return {
      type: "figure",
      attrs: { image, width, height, share: pick([0.1, 0.5, 1]), alt: "" },
    };
  };
  return parseBlocks(Array.from({ length: upTo(25) }, block));
}

/** What each seed is exported as. */
const seeds: readonly (readonly [seed: number, profile: Profile])[] = [
  [1, "screen"],
  [2, "archive"],
  [3, "booklet"],
];
const cases = styleNames(assets).flatMap((style) => seeds.map(([seed, profile]) => [style, profile, seed] as const));

test.each([
  ...cases,
  // Footnotes of what stands across and of the columns below it were set over each other.
  ["luxi", "press", 101] as const,
])("%s, %s, %i", async (name, profile, seed) => {
  const style = loadStyle(assets, name);
  const { issue, notices, images } = composeSample(sample, name);
  const bodies = new Map([...notices].map(([id, one], i) => [id, { ...one, body: randomBody(seed * 1000 + i) }]));
  const out = join(testFolder(), "out.pdf");
  const order = { issue, notices: bodies, images, style, fonts, out, profile: exportProfile(assets, profile) };
  const report = await exportIssue(order);
  expect(report.mismatches).toEqual([]);
  expect(report.notices.every((notice) => notice.right)).toBe(true);
});
