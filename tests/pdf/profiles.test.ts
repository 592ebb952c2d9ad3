// One layout in each profile: the text is the same in all, each file is proved in its own way, and what the profile adds
// around the pages is there.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { type Composed, composeReading, composeSample, readSample, recognise } from "../../main/compose.ts";
import { exportProfile } from "../../main/export/profiles.ts";
import { loadStyle, styleNames } from "../../main/export/styles.ts";
import { readTextFile } from "../../main/import/file.ts";
import { readPdf, readPdfText } from "../../main/pdf/reader.ts";
import { checkRules } from "../../main/pdf/rules.ts";
import { verifyPdf } from "../../main/pdf/verify.ts";
import { type PdfProfile, sheetsOf, writePdf } from "../../main/pdf/write.ts";
import { LayoutCache, layoutIssue } from "../../shared/layout/layout.ts";
import { paragraph } from "../../shared/model/block.ts";
import { type Profile, profiles } from "../../shared/model/profile.ts";
import { byId, expectation, fonts, issue, layout, notices, style } from "./subject.ts";

const assets = fileURLToPath(new URL("../../assets", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "zhengbao-profiles-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const meta = { title: "示例政报", author: "示例市", subject: "<机关>&刊物", published: "2026-03-20", key: "i" };

function profileOf(name: Profile, known: Composed["notices"] = byId): PdfProfile {
  const profile = exportProfile(assets, name);
  return profile.name === "archive" ? { ...profile, notices: known } : profile;
}

const write = (name: Profile) => writePdf(layout, fonts, meta, undefined, undefined, profileOf(name));
const files = new Map(await Promise.all(profiles.map(async (name) => [name, await write(name)] as const)));
const paths = new Map(
  Array.from(files, ([name, bytes]) => {
    const path = join(folder, `${name}.pdf`);
    writeFileSync(path, bytes);
    return [name, path] as const;
  }),
);
const bytesOf = (name: Profile) => files.get(name) ?? new Uint8Array();
const output = (program: string, ...args: string[]) =>
  execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], maxBuffer: 1 << 26 });
const squash = (text: string) => text.replace(/\s+/gu, "");

test.each(profiles)("%s: qpdf finds no fault", (name) => {
  expect(output("qpdf", "--check", paths.get(name) ?? "")).toContain("No syntax or stream encoding errors");
});

test.each(profiles)("%s: the proof finds no mismatch", async (name) => {
  const sheets = sheetsOf(layout, profileOf(name), meta.title);
  const proof = await verifyPdf(bytesOf(name), { ...expectation, sheets }, fonts);
  expect(proof.mismatches).toEqual([]);
  expect(proof.pages).toBe(layout.pages.length);
});

test.each(profiles)("%s: the same bytes twice", async (name) => {
  expect(Buffer.from(await write(name)).equals(bytesOf(name))).toBe(true);
});

test.each(["archive", "press"] as const)(
  "%s: poppler, MuPDF and PDFium read what they read for the screen",
  async (name) => {
    const read = async (profile: Profile) => {
      const path = paths.get(profile) ?? "";
      return {
        poppler: squash(output("pdftotext", "-raw", path, "-")),
        mupdf: squash(output("mutool", "draw", "-q", "-F", "txt", path)),
        pdfium: await readPdfText(bytesOf(profile)),
      };
    };
    const found = await read(name);
    expect(found).toEqual(await read("screen"));
    expect(found.poppler).toContain(squash(notices[0]?.title ?? "none"));
  },
);

test("a wrong sheet is found by the proof of a booklet", async () => {
  const sheets = sheetsOf(layout, profileOf("booklet"), meta.title)?.toReversed() ?? [];
  const proof = await verifyPdf(bytesOf("booklet"), { ...expectation, sheets }, fonts);
  expect(proof.mismatches.length).toBeGreaterThan(0);
});

test("press files have neither links nor bookmarks, and boxes around the trim", () => {
  for (const name of ["press", "booklet"] as const) {
    const path = paths.get(name) ?? "";
    expect(output("mutool", "show", path, "outline").trim()).toBe("");
    const boxes = output("pdfinfo", "-box", path);
    const box = (kind: string) =>
      (new RegExp(`${kind}Box: +(.*)`, "u").exec(boxes)?.[1] ?? "").trim().split(/ +/u).map(Number);
    const [left = 0, bottom = 0, right = 0, top = 0] = box("Trim");
    const { width = 0, height = 0 } = layout.pages[0] ?? {};
    expect(right - left).toBeCloseTo(name === "press" ? width : 2 * width, 1);
    expect(top - bottom).toBeCloseTo(height, 1);
    const bleed = (3 * 72) / 25.4;
    for (const [i, edge] of [left - bleed, bottom - bleed, right + bleed, top + bleed].entries())
      expect(box("Bleed")[i]).toBeCloseTo(edge, 1);
  }
});

test.each([
  ["press", 8],
  ["booklet", 10],
] as const)("%s: marks and words stand clear of the bleed, on the paper", async (name, lines) => {
  const pdf = await readPdf(bytesOf(name));
  const mm = 72 / 25.4;
  for (const { width, height, shapes, characters } of pdf?.pages ?? []) {
    const outside = ({ left, top, right, bottom }: (typeof shapes)[number]) =>
      Math.max(-right, -bottom, left - width, top - height);
    const far = ({ left, top, right, bottom }: (typeof shapes)[number]) =>
      Math.max(-left, -top, right - width, bottom - height);
    const beside = shapes.filter((shape) => outside(shape) > 0);
    expect(beside.filter(({ kind }) => kind === "path").length).toBe(lines);
    const words = beside.filter(({ kind }) => kind === "other");
    expect(words.length).toBeGreaterThan(15);
    for (const shape of beside) {
      expect(outside(shape)).toBeGreaterThan(3.5 * mm);
      expect(far(shape)).toBeLessThan(10 * mm);
    }
    for (const { top } of words) expect(top).toBeGreaterThan(height + 3.5 * mm);
    // Nothing outside of the page can be read as text.
    for (const { left, right } of characters) expect(left > 0 && right < width).toBe(true);
  }
});

describe("the structure of an archived issue", () => {
  // Types and texts, a line each; attributes and the kind of an element are left out.
  const tree = output("pdfinfo", "-struct-text", paths.get("archive") ?? "")
    .replace(/^\s+\/.*\n/gmu, "")
    .replace(/(?: \(block\)| \(inline\)|:)+$/gmu, "")
    .replace(/^ +/gmu, "");
  test.each([
    ["the contents are a list of links", /TOC\nTOCI\nReference\nLink\n".*加强桥梁养护.*"\n(?:".*"\n)*Object/u],
    ["a notice is a part that begins with its title", /Sect\nH1\n"示例市人民政府\s*关于加强桥梁养护的通告/u],
    ["a paragraph is one, and no heading", /P\n"各镇人民政府，市直各单位："\nP\n/u],
    ["a footnote stands in its paragraph", /P\n"养护单位①.*"\n(?:".*"\n)*Note <note-a-31-0>\n"①?\s*指市公路中心。"/u],
    ["a table has rows and cells", /Table\nTR\nTD\n"调整内容"\nTD\n"备注"\nTR\nTD\n"线路"/u],
    ["a cell divided between pages is one", /TD\n(?:"(?:[^"\n]*改经[^"\n]*)"\n){2,}TD\n"首班/u],
  ])("%s", (_, pattern) => {
    expect(tree).toMatch(pattern);
  });

  test("a chapter stands below the document that it is part of, and no level is left out", async () => {
    const kinds = ["chapter", "section", "documentTitle", "section", "chapter", "section", "annexTitle"] as const;
    const [first] = notices;
    if (!first) throw new RangeError("the subject is empty");
    const body = kinds.map((kind, i) => paragraph(kind, `标题${i}`));
    const known = new Map([...byId, [first.id, { ...first, body }]]);
    const made = layoutIssue(issue, known, style, fonts, new LayoutCache());
    const path = join(folder, "headings.pdf");
    const profile = profileOf("archive", known);
    const bytes = await writePdf(made, fonts, meta, undefined, undefined, profile);
    writeFileSync(path, bytes);
    const found = output("pdfinfo", "-struct-text", path).matchAll(/(H\d) \(block\)\n\s+"标题\s*(\d)/gu);
    expect(Array.from(found, ([, type, i]) => `${type} ${kinds[Number(i)]}`)).toEqual([
      "H2 chapter",
      "H3 section",
      "H2 documentTitle",
      "H3 section",
      "H3 chapter",
      "H4 section",
      "H2 annexTitle",
    ]);
    expect(await checkRules(bytes, "PDF/A-2u")).toEqual([]);
  });
});

async function rulesBroken({ issue, notices, images }: Composed, styleName: string): Promise<string[]> {
  const made = layoutIssue(issue, notices, loadStyle(assets, styleName), fonts, new LayoutCache());
  const found: string[] = [];
  for (const name of ["archive", "press", "booklet"] as const) {
    const bytes = await writePdf(made, fonts, meta, undefined, images, profileOf(name, notices));
    found.push(...(await checkRules(bytes, name === "archive" ? "PDF/A-2u" : "PDF/X-4")));
  }
  return found;
}

test.each(styleNames(assets))("the sample issue in %s keeps the rules of archive and press", async (name) => {
  expect(await rulesBroken(composeSample(readSample(assets), name), name)).toEqual([]);
});

test.each(styleNames(assets))("in %s whatever touches the edge of the page goes on for 3 mm", (name) => {
  const { issue, notices } = composeSample(readSample(assets), name);
  const bleed = (3 * 72) / 25.4 - 0.01;
  for (const { items, width, height } of layoutIssue(issue, notices, loadStyle(assets, name), fonts, new LayoutCache())
    .pages)
    for (const item of items) {
      if (item.kind !== "rule" && item.kind !== "fill") continue;
      const reach = item.kind === "rule" ? item.width / 2 : 0;
      const isLevel = item.kind === "rule" && item.y1 === item.y2;
      const box =
        item.kind === "rule" ? item : { x1: item.x, y1: item.y, x2: item.x + item.width, y2: item.y + item.height };
      const [across, down] = isLevel ? [0, reach] : [reach, 0];
      const inside = [box.x1 - across, box.y1 - down, width - box.x2 - across, height - box.y2 - down];
      for (const room of inside) if (room < 0.5) expect(room).toBeLessThan(-bleed);
    }
});

const seeds = resolve(process.env.GAZETTE_SEEDS ?? "../shared/seeds");
const seed = (() => {
  try {
    return readdirSync(seeds).find((name) => name.startsWith("002"));
  } catch {
    return undefined; // not on this machine
  }
})();

test.runIf(seed !== undefined).each(styleNames(assets))("a real issue in %s keeps them, too", async (name) => {
  const { text } = await readTextFile(join(seeds, seed ?? ""));
  expect(await rulesBroken(composeReading(recognise(text, seed ?? ""), name, "2026-01-01"), name)).toEqual([]);
});
