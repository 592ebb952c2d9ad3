// What the tree of an archived file says each paragraph is, as poppler reads it.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PDFDict, PDFDocument, PDFName } from "pdf-lib";
import { afterAll, expect, test } from "vitest";
import { checkRules } from "../../main/pdf/rules.ts";
import { writePdf } from "../../main/pdf/write.ts";
import type { StyleSheet } from "../../shared/layout/style.ts";
import { type Block, type ParagraphKind, paragraph } from "../../shared/model/block.ts";
import type { Notice } from "../../shared/model/notice.ts";
import { fonts, lay, notice, smallStyle, table } from "../layout/workshop.ts";

const folder = mkdtempSync(join(tmpdir(), "zhengbao-structure-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const meta = { title: "示例政报", author: "示例市", subject: "", published: "2026-03-20", key: "i" };
const p = (kind: ParagraphKind, text: string) => paragraph(kind, text);

function archived(notices: readonly Notice[], style?: StyleSheet): Promise<Uint8Array> {
  const profile = { name: "archive", notices: new Map(notices.map((one) => [one.id, one])) } as const;
  return writePdf(lay(notices, style), fonts, meta, undefined, undefined, profile);
}

/** The elements from the first notice on, with the first word of their text: "H1 甲". Those that only hold others stand
 *  without a text. */
async function elements(notices: readonly Notice[], style?: StyleSheet): Promise<string[]> {
  const bytes = await archived(notices, style);
  expect(await checkRules(bytes, "PDF/A-2u")).toEqual([]);
  const path = join(folder, "a.pdf");
  writeFileSync(path, bytes);
  const told = execFileSync("pdfinfo", ["-struct-text", path], { encoding: "utf8" });
  const found: string[] = [];
  for (const [, type, text = ""] of told.matchAll(/^ +(?:([A-Z]\w*)(?: <.*>)?(?: \(\w+\))?:?|"(.*)")$/gmu)) {
    const last = found.at(-1) ?? "";
    if (type !== undefined) found.push(type);
    else if (!last.includes(" ")) found.splice(-1, 1, `${last} ${text.slice(0, 4)}`);
  }
  return found.slice(found.findIndex((one, i) => one === "Sect" && begins.test(found[i + 1] ?? "")));
}
const begins = /^H1 (?:示例市人|市政府文)$/u;

const cases: readonly (readonly [string, readonly Block[], readonly string[]])[] = [
  [
    "a head alone is a heading, one that runs into its paragraph is none",
    [p("level1", "一、总体要求"), p("body", "甲。"), p("level1", "二、工作任务。抓好落实。"), p("body", "乙。")],
    ["H2 一、总体", "P 甲。", "P 二、工作", "P 乙。"],
  ],
  [
    "heads nest without leaving out a level",
    [
      p("level2", "（一）目标"),
      p("body", "甲。"),
      p("level1", "一、要求"),
      p("level2", "（一）原则"),
      p("body", "乙。"),
    ],
    ["H2 （一）目", "P 甲。", "H2 一、要求", "H3 （一）原", "P 乙。"],
  ],
  [
    "items of a list head nothing",
    [p("level1", "一、甲镇"), p("level1", "二、乙镇"), p("signature", "示例市人民政府")],
    ["P 一、甲镇", "P 二、乙镇", "P 示例市人"],
  ],
  [
    "lines of names that follow each other are one list",
    [p("names", "组　长\t甲某"), p("names", "成　员\t乙某"), p("body", "丙。"), p("names", "顾　问\t丁某")],
    ["L", "LI", "LBody 组长甲", "LI", "LBody 成员乙", "P 丙。", "L", "LI", "LBody 顾问丁"],
  ],
  [
    "the title of a table is its caption, and a head says what it is of",
    [p("tableTitle", "任务表"), table("#事项|#时限", "甲|三月")],
    ["Table", "Caption 任务表", "TR", "TH 事项", "TH 时限", "TR", "TD 甲", "TD 三月"],
  ],
  [
    "what stands between title and table keeps its place",
    [p("tableTitle", "任务表"), p("unit", "单位：元"), table("#事项", "甲")],
    ["P 任务表", "P 单位：元", "Table", "TR", "TH 事项", "TR", "TD 甲"],
  ],
];
test.each(cases)("%s", async (_, body, expected) => {
  const squashed = (await elements([notice("甲", body)])).map((one) => one.replace(/\u3000/gu, ""));
  expect(squashed).toEqual(["Sect", "H1 示例市人", "P （示政发", ...expected]);
});

test("notices stand below the section whose opener is printed, one without a section beside it", async () => {
  const style = smallStyle({ opener: { kind: "line", size: 10 } });
  const body = [p("level1", "一、总体要求"), p("body", "甲。")];
  const loose = notice("丙", [p("body", "丙。")], { section: "" });
  expect(await elements([notice("甲", body), notice("乙", []), loose], style)).toEqual([
    ...["Sect", "H1 市政府文", "Sect", "H2 示例市人", "P （示政发", "H3 一、总体", "P 甲。"],
    ...["Sect", "H2 示例市人", "P （示政发", "Sect", "H1 示例市人", "P （示政发", "P 丙。"],
  ]);
});

test.each([
  ["a list that is called a paragraph", "L", "P", "结构中的 LI 不能在 P 之下"],
  ["the text of an item that is called an item", "LBody", "LI", "结构中的 LI 不能在 LI 之下"],
  ["an item that is called a paragraph", "LI", "P", "结构中的 LBody 不能在 P 之下"],
  ["a table that is called a paragraph", "Table", "P", "结构中的 Caption 不能在 P 之下"],
])("%s is found", async (_, type, wrong, sentence) => {
  const body = [p("names", "组长\t甲某"), p("tableTitle", "任务表"), table("#事项", "甲")];
  const document = await PDFDocument.load(await archived([notice("甲", body)]), { updateMetadata: false });
  const named = (name: string) => PDFName.of(name);
  for (const [, object] of document.context.enumerateIndirectObjects())
    if (object instanceof PDFDict && object.get(named("S")) === named(type)) object.set(named("S"), named(wrong));
  expect(await checkRules(await document.save({ useObjectStreams: false }), "PDF/A-2u")).toContain(sentence);
});
