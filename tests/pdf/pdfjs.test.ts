// Structure, bookmarks, labels and metadata as pdf.js reads them: the reader that web sites show PDFs with.
import { fileURLToPath } from "node:url";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { composeSample, readSample } from "../../main/compose.ts";
import { aboutIssue } from "../../main/export/about.ts";
import { inOrder } from "../../main/export/export.ts";
import { loadStyle } from "../../main/export/styles.ts";
import { type PdfProfile, writePdf } from "../../main/pdf/write.ts";
import type { OutlineEntry } from "../../shared/layout/display.ts";
import { LayoutCache, layoutIssue } from "../../shared/layout/layout.ts";
import { numberLine } from "../../shared/model/notice.ts";
import { fonts } from "./subject.ts";

const assets = fileURLToPath(new URL("../../assets", import.meta.url));
const { issue, notices, images } = composeSample(readSample(assets), "luxi");
const layout = layoutIssue(issue, notices, loadStyle(assets, "luxi"), fonts, new LayoutCache());

async function opened(profile: PdfProfile) {
  const meta = aboutIssue(issue, inOrder(issue, notices));
  const data = await writePdf(layout, fonts, meta, undefined, images, profile);
  return getDocument({ data, verbosity: 0, useSystemFonts: false });
}

interface Node {
  readonly role?: string;
  readonly type?: string;
  readonly id?: string;
  readonly alt?: string;
  readonly children?: readonly Node[];
}
const all = (node: Node): Node[] => [node, ...(node.children ?? []).flatMap(all)];
const rolesOf = (node: Node): unknown => (node.role ? [node.role, ...(node.children ?? []).map(rolesOf)] : node.type);

describe("an archived issue", () => {
  const task = opened({ name: "archive", notices });
  afterAll(async () => (await task).destroy());
  const pages: { readonly tree: Node; readonly marked: readonly string[] }[] = [];
  beforeAll(async () => {
    const document = await (await task).promise;
    for (let i = 1; i <= document.numPages; i++) {
      const page = await document.getPage(i);
      const { items } = await page.getTextContent({ includeMarkedContent: true });
      const marked = items.flatMap((item) => ("type" in item && item.id ? [item.id] : []));
      pages.push({ tree: (await page.getStructTree()) ?? {}, marked });
    }
  });

  test("has every marked text in its tree, once", () => {
    for (const { tree, marked } of pages) {
      const known = all(tree).flatMap(({ type, id }) => (type === "content" && id ? [id] : []));
      expect(new Set(known).size).toBe(known.length);
      expect(known).toEqual(expect.arrayContaining([...marked]));
    }
    expect(pages.flatMap(({ marked }) => marked).length).toBeGreaterThan(500);
  });

  test("has contents of links, and a picture with what it shows", () => {
    const contents = pages[layout.contents[0]?.contentsPage ?? 0]?.tree ?? {};
    const entries = all(contents).filter(({ role }) => role === "TOCI");
    expect(entries.length).toBe(layout.contents.length);
    for (const entry of entries)
      expect(rolesOf(entry)).toEqual(["TOCI", ["Reference", expect.arrayContaining(["Link", "annotation"])]]);
    const figures = pages.flatMap(({ tree }) => all(tree)).filter(({ role }) => role === "Figure");
    expect(figures.map(({ alt }) => alt)).toEqual([expect.stringMatching(/\p{Script=Han}{4}/u)]);
  });

  test("has rows of cells in its tables, and names in lists", () => {
    const nodes = pages.flatMap(({ tree }) => all(tree));
    const childrenOf = (role: string) =>
      new Set(
        nodes.filter((node) => node.role === role).flatMap(({ children = [] }) => children.map((one) => one.role)),
      );
    expect(childrenOf("Table")).toEqual(new Set(["Caption", "TR"]));
    expect(childrenOf("TR")).toEqual(new Set(["TH", "TD"]));
    expect(childrenOf("L")).toEqual(new Set(["LI"]));
    expect(childrenOf("LI")).toEqual(new Set(["LBody"]));
  });
});

describe("an issue for the screen", () => {
  const task = opened({ name: "screen" });
  afterAll(async () => (await task).destroy());

  test("says what it is, and that it is in the order of a slow line", async () => {
    const { info, metadata } = await (await (await task).promise).getMetadata();
    expect(info).toMatchObject({
      Title: "示例政报2026年第2期",
      Author: "示例市人民政府办公室",
      Subject: "示例市人民政府公报，2026年第2期（总第18期），示例市人民政府主管主办",
      Language: "zh-CN",
      IsLinearized: true,
    });
    const numbers = inOrder(issue, notices).map(numberLine).filter(Boolean);
    expect(metadata.get("dc:subject")).toEqual([issue.gazetteTitle, ...numbers]);
    expect(metadata.get("pdf:keywords")).toBe([issue.gazetteTitle, ...numbers].join("；"));
  });

  test("has the bookmarks and page labels of its layout, and a destination for each notice", async () => {
    const document = await (await task).promise;
    interface Bookmark {
      readonly title: string;
      readonly items: readonly Bookmark[];
    }
    const titles = ({ title, items }: Bookmark): unknown => [title, ...items.map(titles)];
    const expected = ({ title, children }: OutlineEntry): unknown => [title, ...children.map(expected)];
    expect((await document.getOutline()).map(titles)).toEqual(layout.outline.map(expected));
    expect(await document.getPageLabels()).toEqual(layout.pages.map(({ label }) => label));
    for (const { notice, page } of layout.contents) {
      const [target] = (await document.getDestination(`notice-${notice}`)) ?? [];
      expect(await document.getPageIndex(target)).toBe(page);
    }
  });
});
