// What is said of lines before another face is chosen: as many as really begin elsewhere, by two layouts of one issue.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { composeReading } from "../../main/compose.ts";
import { openFaces } from "../../main/fonts/faces.ts";
import { type FaceRole, type FontPlan, Fonts, faceChain } from "../../shared/layout/fonts.ts";
import { LayoutCache, layoutIssue } from "../../shared/layout/layout.ts";
import { lineChanges } from "../../shared/layout/lineChanges.ts";
import { readGazette } from "../../shared/read/read.ts";
import { shippedStyle } from "./workshop.ts";

const dump = readFileSync(fileURLToPath(new URL("../fixtures/example-gazette.txt", import.meta.url)), "utf8");
const { issue, notices } = composeReading(readGazette(dump), "gbt9704", "2026-01-01");
const style = shippedStyle("gbt9704");
const { plan, bytes, infos } = openFaces({ installed: [] });

function laidOut(changes: Partial<Record<FaceRole, string>>, sheet = style) {
  const entries = Object.entries(changes).map(([role, id]) => [role, { chain: faceChain(id), substitute: null }]);
  const other: FontPlan = { ...plan, ...Object.fromEntries(entries) };
  return layoutIssue(issue, notices, sheet, new Fonts(other, bytes, infos), new LayoutCache());
}
const before = laidOut({});

describe("another face", () => {
  test("that is the same moves nothing", () => {
    const pages = before.pages.length;
    expect(lineChanges(before, laidOut({}))).toEqual({
      pagesBefore: pages,
      pagesAfter: pages,
      lines: 0,
      notices: 0,
      lacking: [],
    });
  });

  test("with other widths of letters and digits moves lines of notices that hold them", () => {
    const { lines, notices: held } = lineChanges(
      before,
      laidOut({ fangsong: "LXGWWenKai-500", song: "LXGWWenKai-500" }),
    );
    expect(lines).toBeGreaterThan(0);
    expect(held).toBeGreaterThan(0);
    expect(held).toBeLessThanOrEqual(notices.size);
  });

  test("for a role that the style does not use moves nothing", () => {
    expect(lineChanges(before, laidOut({ latin: "LXGWWenKai-500" })).lines).toBe(0);
  });

  test("for 西文 moves lines where the style sets letters and digits in it", () => {
    const sheet = { ...style, latin: { ...style.latin, fangsong: "latin" as const, song: "latin" as const } };
    const [one, two] = [laidOut({}, sheet), laidOut({ latin: "LXGWWenKai-500" }, sheet)];
    expect(lineChanges(one, two).lines).toBeGreaterThan(0);
  });
});
