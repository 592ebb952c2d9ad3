// Files for the screen are in the order of a slow line: qpdf finds its hints right, and the first page can be shown
// before the rest has come.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PDFContext } from "pdf-lib";
import { afterAll, describe, expect, test } from "vitest";
import { composeSample, readSample } from "../../main/compose.ts";
import { loadStyle, styleNames } from "../../main/export/styles.ts";
import { linearized } from "../../main/pdf/linear.ts";
import { type Images, writePdf } from "../../main/pdf/write.ts";
import type { Layout } from "../../shared/layout/display.ts";
import { LayoutCache, layoutIssue } from "../../shared/layout/layout.ts";
import { squash } from "../../shared/model/notice.ts";
import { fonts, layout } from "./subject.ts";

const assets = fileURLToPath(new URL("../../assets", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "zhengbao-linear-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const meta = { title: "示例政报", author: "示例市", subject: "", published: "2026-03-20", key: "i" };
const write = (made: Layout, images?: Images) => writePdf(made, fonts, meta, undefined, images);
const output = (program: string, ...args: string[]) =>
  execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });

let files = 0;
function stored(bytes: Uint8Array): string {
  const path = join(folder, `${++files}.pdf`);
  writeFileSync(path, bytes);
  return path;
}

/** What qpdf says of a file, and the place at which its first page ends. */
function checked(bytes: Uint8Array): { readonly verdict: string; readonly firstEnd: number } {
  const path = stored(bytes);
  const shown = output("qpdf", "--show-linearization", path);
  return {
    verdict: output("qpdf", "--check-linearization", path).trim().slice(path.length),
    firstEnd: Number(/^first_page_end: (\d+)$/mu.exec(shown)?.[1] ?? 0),
  };
}
const right = ": no linearization errors";

describe.each(styleNames(assets))("the sample issue in %s", (name) => {
  const sample = composeSample(readSample(assets), name);
  const made = layoutIssue(sample.issue, sample.notices, loadStyle(assets, name), fonts, new LayoutCache());

  test("has right hints, and a first page that needs a tenth of the file", async () => {
    const bytes = await write(made, sample.images);
    const { verdict, firstEnd } = checked(bytes);
    expect(verdict).toBe(right);
    expect(firstEnd).toBeGreaterThan(1000);
    expect(firstEnd).toBeLessThan(bytes.length / 10);
  });

  test("shows its first page from that part alone", async () => {
    const bytes = await write(made, sample.images);
    const begun = Buffer.from(bytes.subarray(0, checked(bytes).firstEnd)).toString("latin1");
    // The tree of the pages comes last; a reader that knows the hints does without.
    const [tree, page] = [/\/Pages (\d+) 0 R/u, /\/O (\d+) /u].map((pattern) => pattern.exec(begun)?.[1]);
    const stump = `${tree} 0 obj\n<< /Type /Pages /Kids [ ${page} 0 R ] /Count 1 >>\nendobj\n`;
    const textOf = (path: string) => output("mutool", "draw", "-q", "-F", "txt", path, "1");
    const whole = textOf(stored(bytes));
    expect(squash(whole)).toContain(sample.issue.gazetteTitle);
    expect(textOf(stored(Buffer.from(begun + stump, "latin1")))).toBe(whole);
  });
});

const one = layout.pages.slice(0, 1);
const none = { contents: [], outline: [] };
test.each<readonly [string, Layout]>([
  ["one page", { ...layout, ...none, pages: one }],
  ["two pages without bookmarks", { ...layout, ...none, pages: layout.pages.slice(-2) }],
  ["pages with the same fonts each", { ...layout, ...none, pages: [...one, ...layout.pages.slice(-2)] }],
  ["an empty page", { ...layout, ...none, pages: [...one, ...one.map((page) => ({ ...page, items: [] }))] }],
])("a file of %s has right hints", async (_, made) => {
  expect(checked(await write(made)).verdict).toBe(right);
});

test("a document that lacks what it needs is a mistake of the program", () => {
  const context = PDFContext.create();
  expect(() => linearized(context, [])).toThrow(RangeError);
  const page = context.register(context.obj({ Type: "Page", Contents: context.nextRef() }));
  context.trailerInfo.Root = context.register(context.obj({ Type: "Catalog" }));
  expect(() => linearized(context, [page])).toThrow("is not written");
});
