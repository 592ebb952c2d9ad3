// The 总目录 of a year in each profile: proved as an issue is, to the rules of its profile, and for the archive with a
// structure of heads and entries.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { composeSample, readSample } from "../../main/compose.ts";
import { exportAnnual } from "../../main/export/annual.ts";
import { exportProfile, type PressMeans } from "../../main/export/profiles.ts";
import { loadStyle } from "../../main/export/styles.ts";
import { openFonts } from "../../main/fonts/faces.ts";
import { readPdf } from "../../main/pdf/reader.ts";
import { GazetteError } from "../../shared/model/gazetteError.ts";
import { type Profile, profiles } from "../../shared/model/profile.ts";

const assets = fileURLToPath(new URL("../../assets", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "zhengbao-annual-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const fonts = openFonts();
const style = loadStyle(assets, "luxi");
const sample = composeSample(readSample(assets), style.name);

async function annual(name: Profile, published = sample.issue.published, means: PressMeans = {}) {
  const out = join(folder, `${name}.pdf`);
  const issues = [{ ...sample, issue: { ...sample.issue, published }, style }];
  const profile = exportProfile(assets, name, means);
  const { report } = await exportAnnual({ year: 2026, order: "section", issues, style, fonts, profile, out });
  return { report, out };
}

test.each(profiles)("%s: the list is proved and delivered", async (name) => {
  const { report, out } = await annual(name);
  expect(report).toMatchObject({ profile: name, mismatches: [], issue: "示例政报2026年总目录" });
  expect(report.press?.sheets).toBe(
    name === "booklet" ? Math.ceil(report.pages / 4) : name === "press" ? null : undefined,
  );
  const pdf = await readPdf(readFileSync(out));
  expect(pdf?.bookmarks.length).toBe(name === "screen" || name === "archive" ? 5 : 0);
});

test("in the archive heads are headings and an entry is one paragraph, on however many lines", async () => {
  const { out } = await annual("archive");
  const tree = execFileSync("pdfinfo", ["-struct-text", out], { encoding: "utf8", maxBuffer: 1 << 24 });
  const types = Array.from(tree.matchAll(/^ +(H[1-6]|P) \(block\)/gmu), ([, type]) => type);
  expect(types.filter((type) => type === "H1").length).toBe(2);
  expect(types.filter((type) => type === "H2").length).toBe(5);
  const entries = [...sample.notices.values()].length;
  expect(types.filter((type) => type === "P").length).toBe(entries);
  expect(tree).toMatch(
    /H1 \(block\)\n +"示例政报"\n +H1 \(block\)\n +"2026年总目录"\n +H2 \(block\)\n +"【市政府令】"/u,
  );
});

test("without the date of the last issue nothing goes to the printer", async () => {
  await expect(annual("press", "")).rejects.toThrow(/请先填写其中最后一期的出版日期/u);
  expect((await annual("screen", "")).report.mismatches).toEqual([]);
});

test("a list has no cover to stand apart", async () => {
  await expect(annual("booklet", undefined, { cover: "apart" })).rejects.toThrow(GazetteError);
});
