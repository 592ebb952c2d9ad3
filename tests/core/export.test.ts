// The export as a whole: what it refuses, and that a PDF which does not hold the approved text is never delivered.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { composeSample, readSample } from "../../main/compose.ts";
import { exportAnnual } from "../../main/export/annual.ts";
import { exportIssue } from "../../main/export/export.ts";
import { exportProfile } from "../../main/export/profiles.ts";
import { loadStyle } from "../../main/export/styles.ts";
import { openFonts } from "../../main/fonts/faces.ts";
import { LayoutCache, layoutIssue } from "../../shared/layout/layout.ts";
import { paragraph } from "../../shared/model/block.ts";
import type { Notice, NoticeId } from "../../shared/model/notice.ts";
import { testFolder } from "../store/folder.ts";

const assets = fileURLToPath(new URL("../../assets", import.meta.url));
const { issue, notices, images } = composeSample(readSample(assets), "gbt9704");
const style = loadStyle(assets, "gbt9704");
const fonts = openFonts();
const [first = ""] = issue.sections.flatMap((section) => section.entries);

function changed(change: (notice: Notice) => Notice): ReadonlyMap<NoticeId, Notice> {
  const notice = notices.get(first);
  if (!notice) throw new RangeError("the sample is empty");
  return new Map([...notices, [first, change(notice)]]);
}

function place(): { folder: string; out: string } {
  const folder = testFolder();
  const out = join(folder, "out.pdf");
  writeFileSync(out, "the former issue");
  return { folder, out };
}

function expectUntouched({ folder, out }: { folder: string; out: string }): void {
  expect(readFileSync(out, "utf8")).toBe("the former issue");
  expect(readdirSync(folder)).toEqual(["out.pdf"]);
}

test("a text that is not the printed one is reported, with its notice, and nothing is delivered", async () => {
  const at = place();
  let written = false;
  // The text that is approved differs from the one that was laid out.
  const shifting = changed((notice) => ({
    ...notice,
    get body() {
      return written ? [...notice.body, paragraph("body", "付印之后才加的一句。")] : notice.body;
    },
  }));
  const report = await exportIssue({
    issue,
    notices: shifting,
    images,
    style,
    fonts,
    out: at.out,
    onProgress: (phase) => {
      if (phase === "write") written = true;
    },
  });
  expect(report.mismatches.join("\n")).toContain(notices.get(first)?.title);
  expect(report.notices.filter((notice) => !notice.right).map((notice) => notice.id)).toContain(first);
  expectUntouched(at);
});

test("a 总目录 that is not what the notices say is reported, and nothing is delivered", async () => {
  const at = place();
  let written = false;
  const renumbered = changed((notice) => ({
    ...notice,
    get docNumber() {
      return written ? "示政发〔2026〕999号" : notice.docNumber;
    },
  }));
  const { report } = await exportAnnual({
    year: issue.year,
    order: "section",
    issues: [{ issue, notices: renumbered, style }],
    style,
    fonts,
    out: at.out,
    onProgress: (phase) => {
      if (phase === "write") written = true;
    },
  });
  expect(report.mismatches).toEqual([expect.stringMatching(/^总目录第1页的文字与定稿不符：.*999号/u)]);
  expectUntouched(at);
});

test("a character without a glyph is refused before anything is written", async () => {
  const at = place();
  const odd = changed((notice) => ({ ...notice, body: [paragraph("body", "\u{1f9ff}")] }));
  await expect(exportIssue({ issue, notices: odd, images, style, fonts, out: at.out })).rejects.toMatchObject({
    code: "missingGlyph",
    message: expect.stringContaining("U+1F9FF"),
  });
  const annual = changed((notice) => ({ ...notice, title: "关于\u{1f9ff}的通知" }));
  const issues = [{ issue, notices: annual, style }];
  const listed = exportAnnual({ year: issue.year, order: "section", issues, style, fonts, out: at.out });
  await expect(listed).rejects.toMatchObject({
    code: "missingGlyph",
    message: expect.stringMatching(/^总目录中的.*U\+1F9FF/u),
  });
  expectUntouched(at);
});

test("a cancelled export delivers nothing", async () => {
  const at = place();
  const controller = new AbortController();
  const onProgress = (phase: string) => {
    if (phase === "write") controller.abort();
  };
  const work = exportIssue({
    issue,
    notices,
    images,
    style,
    fonts,
    out: at.out,
    onProgress,
    signal: controller.signal,
  });
  await expect(work).rejects.toMatchObject({ code: "cancelled" });
  expectUntouched(at);
});

test("an issue that names a notice which is not given is a mistake of the program", async () => {
  const without = new Map(notices);
  without.delete(first);
  const work = exportIssue({ issue, notices: without, images, style, fonts, out: place().out });
  await expect(work).rejects.toThrow(RangeError);
});

test("a press file of an issue without a date is refused, and nothing is delivered", async () => {
  const at = place();
  const undated = { ...issue, published: "" };
  const profile = exportProfile(assets, "press");
  await expect(
    exportIssue({ issue: undated, notices, images, style, fonts, profile, out: at.out }),
  ).rejects.toMatchObject({ code: "badRequest", message: expect.stringContaining("出版日期") });
  expectUntouched(at);
});

test("a booklet is proved page by page, and the report says what it is for", async () => {
  const profile = exportProfile(assets, "booklet");
  const { out } = place();
  const report = await exportIssue({ issue, notices, images, style, fonts, profile, out });
  const { pages } = layoutIssue(issue, notices, style, fonts, new LayoutCache());
  expect(report).toMatchObject({ profile: "booklet", pages: pages.length, mismatches: [] });
});

test.each([
  ["archive", "", false, true],
  ["archive", "新桥通车", false, false],
  ["archive", "", true, false],
  ["screen", "", false, false],
] as const)(
  "for %s, a picture with the words “%s” and a caption %s is missed words: %s",
  async (name, alt, captioned, told) => {
    const [image = ""] = images.keys();
    const figure = { type: "figure", attrs: { image, width: 1600, height: 800, share: 0.5, alt } } as const;
    const caption = captioned ? [paragraph("caption", "图1　新桥")] : [];
    const body = [paragraph("body", "示例。"), figure, ...caption, paragraph("body", "示例。")];
    const report = await exportIssue({
      issue: { ...issue, sections: [{ id: "s", title: "示例", entries: [first] }] },
      notices: changed((notice) => ({ ...notice, body })),
      images,
      style,
      fonts,
      profile: exportProfile(assets, name),
      out: place().out,
    });
    const missed = report.warnings.filter(({ code }) => code === "untoldPicture");
    expect(missed).toEqual(
      told ? [expect.objectContaining({ message: expect.stringMatching(/既没有图题，也没有替代文字/u) })] : [],
    );
  },
);
