// The 校样: every style's issue with marks everywhere, through the whole way to the proof; and what stands where.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { composeSample, readSample } from "../../main/compose.ts";
import { exportProofCopy } from "../../main/export/proofCopy.ts";
import { loadStyle, styleNames } from "../../main/export/styles.ts";
import { openFonts } from "../../main/fonts/faces.ts";
import { LayoutCache, layoutIssue } from "../../shared/layout/layout.ts";
import { markedPages, type ProofMark, proofCopy } from "../../shared/layout/proofCopy.ts";
import { proofRecordLayout } from "../../shared/layout/proofRecord.ts";
import { paragraphText } from "../../shared/model/block.ts";
import type { Ignore } from "../../shared/proof/ignore.ts";
import type { StoredFinding } from "../../shared/proof/stored.ts";
import { testFolder } from "../store/folder.ts";

const assets = fileURLToPath(new URL("../../assets", import.meta.url));
const fonts = openFonts();
const sample = readSample(assets);
const made = { by: "王校对", at: "2026-03-18T09:05:00+08:00", program: "政报工坊" };

/** A finding on words of every third paragraph and cell, and on every title. */
function findingsOf({ notices }: ReturnType<typeof composeSample>): StoredFinding[] {
  const finding = (place: StoredFinding["place"], i: number): StoredFinding => ({
    id: `f${i}`,
    rule: "word.typo",
    severity: (["error", "warning", "hint"] as const)[i % 3] ?? "hint",
    message: "疑为错别字，请核对",
    quote: "原文",
    excerpt: "原文",
    place,
    evidence: [],
    ignored: i % 7 === 6 ? "i" : null,
    ...(i % 2 === 0 ? { fix: i % 4 === 0 ? "部署" : "更正为一个长的写法" } : {}),
  });
  let count = 0;
  return [...notices.values()].flatMap((notice) => [
    finding({ in: "field", notice: notice.id, field: "title", from: 0, to: 2 }, count++),
    ...notice.body.flatMap((block, index) => {
      if (block.type === "paragraph" && index % 3 === 0) {
        const { length } = paragraphText(block);
        return length > 8
          ? [finding({ in: "body", notice: notice.id, block: index, from: length >> 1, to: length - 1 }, count++)]
          : [];
      }
      if (block.type !== "table") return [];
      return [finding({ in: "body", notice: notice.id, block: index, cell: [1, 0, 0], from: 0, to: 1 }, count++)];
    }),
  ]);
}

describe.each(styleNames(assets))("%s", (name) => {
  const composed = composeSample(sample, name);
  const { issue, notices, images } = composed;
  const style = loadStyle(assets, name);
  const findings = findingsOf(composed);
  const marks = findings.map(({ place, fix = null }, i): ProofMark => ({ mark: i + 1, place, fix }));

  test("with marks everywhere it is still the approved text, glyph by glyph, on paper", async () => {
    const said = { reason: "原文如此", by: "李校对", at: "2026-03-17T09:05:00Z", revoked: null };
    const of = { rule: "word.typo", finding: "f6", quote: "", issue: issue.id };
    const ignores: Ignore[] = [{ id: "i", scope: "here", ...of, ...said }];
    const report = await exportProofCopy({
      ...{ issue, notices, images, style, fonts, findings, ignores, characters: 30000, made },
      out: join(testFolder(), "copy.pdf"),
    });
    expect(report.mismatches).toEqual([]);
    expect(report.contents.every(({ right }) => right)).toBe(true);
  });

  test("its text, its pages and its contents are those of the print; every mark is in a margin once", () => {
    const printed = layoutIssue(issue, notices, style, fonts, new LayoutCache());
    const record = proofRecordLayout(
      { issue: { name: "示例", published: "", revision: 1 }, characters: 1, groups: [], made },
      fonts,
    );
    const copy = proofCopy(printed, marks, record, "校样", fonts);
    expect(copy.pages.length).toBe(printed.pages.length + record.pages.length);
    for (const [i, page] of printed.pages.entries())
      expect(copy.pages[i]?.items.slice(0, page.items.length)).toEqual(page.items);
    const added = copy.pages.flatMap((page, i) => page.items.slice(printed.pages[i]?.items.length ?? 0));
    expect(added.every((item) => item.kind === "rule" || (item.kind === "text" && item.artifact === "mark"))).toBe(
      true,
    );
    const margins = copy.pages.flatMap(({ items, width }) =>
      items.flatMap((item) =>
        item.kind === "text" &&
        item.artifact === "mark" &&
        item.ink === "red" &&
        item.size === 8 &&
        (item.x < 60 || item.x > width - 60)
          ? [Number(/^\d+/.exec(item.text)?.[0])]
          : [],
      ),
    );
    const shown = [...markedPages(printed, marks).keys()];
    expect(shown.length).toBe(marks.length);
    expect(margins.sort((a, b) => a - b)).toEqual(shown.sort((a, b) => a - b));
  });
});
