// `zhengbao verify` as a whole process: a PDF checked again against its issue, its text and its 付印单, right ones and
// ones that others have changed; and every file that cannot be checked ends with exit code 2 and one sentence.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { degrees, PDFDocument, StandardFonts } from "pdf-lib";
import { afterAll, describe, expect, test } from "vitest";
import { openCore } from "../../main/core.ts";
import { readPdfText } from "../../main/pdf/reader.ts";
import { jpeg } from "../pdf/pictures.ts";

const cli = fileURLToPath(new URL("../../main/cli.ts", import.meta.url));
const fixture = fileURLToPath(new URL("../fixtures/example-gazette.txt", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "zhengbao-verify-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(...args: readonly string[]) {
  const done = spawnSync(process.execPath, [cli, ...args], { cwd: folder, encoding: "utf8" });
  return { status: done.status, stdout: done.stdout, stderr: done.stderr };
}

const made = run(
  ..."build -o issue.pdf --style linxiang --text issue.txt --sheet 付印单.pdf --by 王编辑 --waive 已看过".split(" "),
  fixture,
);
const [text, sheet] = [
  readFileSync(join(folder, "issue.txt"), "utf8"),
  readFileSync(join(folder, "付印单.json"), "utf8"),
];

async function reworked(name: string, change: (document: PDFDocument) => unknown): Promise<void> {
  const document = await PDFDocument.load(readFileSync(join(folder, "issue.pdf")), { updateMetadata: false });
  await change(document);
  writeFileSync(join(folder, name), await document.save());
}

const ways: readonly (readonly [name: string, args: readonly string[]])[] = [
  ["the issue", ["--against", fixture, "--style", "linxiang"]],
  ["the text", ["--against", "issue.txt"]],
  ["the 付印单", ["--sheet", "付印单.json"]],
  ["the 付印单 as what to compare with", ["--against", "付印单.json"]],
];

test("the issue was built", () => {
  expect(made.stderr + made.stdout).toContain("已逐一核对无误");
  expect(made.status).toBe(0);
});

test.each(ways)("a right PDF against %s", (_, args) => {
  const { status, stdout, stderr } = run("verify", "issue.pdf", ...args);
  expect(stderr).toBe("");
  expect(stdout).toMatch(/逐一核对相符。\n$/u);
  expect(status).toBe(0);
});

test("the audit log that a 付印单 rests on is checked with it", async () => {
  const data = join(folder, "data");
  await openCore(data, { clock: () => new Date() }).close();
  const against = (name: string) => run("verify", "issue.pdf", "--sheet", name, "--data", data);
  expect(against("付印单.json")).toMatchObject({ status: 0, stderr: "" });
  const signOff = { words: "", entries: 7, head: "a".repeat(64) };
  writeFileSync(join(folder, "签过的.json"), JSON.stringify({ ...JSON.parse(sheet), signOff }));
  const { status, stderr } = against("签过的.json");
  expect(stderr).toBe("付印单上的审签记录是7条，稿库里的第7条不在了，或者不是原来那一条。\n");
  expect(status).toBe(1);
  expect(run("verify", "issue.pdf", "--against", "issue.txt", "--data", data).stderr).toContain("--data 只同 --sheet");
});

test("the 付印单 says who exported what, and holds its texts and faces", async () => {
  const json = JSON.parse(sheet);
  expect(json).toMatchObject({
    kind: "zhengbao press sheet",
    pdf: { name: "issue.pdf", bytes: readFileSync(join(folder, "issue.pdf")).length },
    exported: { by: "王编辑", at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/) },
    waiver: "已看过",
  });
  const printed = (await readPdfText(readFileSync(join(folder, "付印单.pdf")))).join("");
  for (const words of ["付印单", "编辑校对审核批准日期", json.pdf.sha256, json.notices[0].title, json.faces[0].sha256])
    expect(printed).toContain(words);
});

describe("a PDF that was changed", () => {
  test.each(ways)("by a turned page, against %s", async (_, args) => {
    await reworked("turned.pdf", (document) => document.getPage(4).setRotation(degrees(180)));
    const { status, stdout, stderr } = run("verify", "turned.pdf", ...args);
    expect(stderr).toMatch(/第1页被转了180度。/u);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  });

  test("says so as JSON", async () => {
    await reworked("again.pdf", () => {});
    const { status, stdout } = run("verify", "again.pdf", "--sheet", "付印单.json", "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      right: false,
      mismatches: ["文件校验码与付印单不同，付印以后文件被改动过，或者不是同一份"],
    });
    expect(status).toBe(1);
  });

  const lines = text.split("\n");
  const at = lines.findIndex((line, i) => i > 30 && line.length > 30);
  const texts: readonly (readonly [string, (lines: string[]) => string[], RegExp])[] = [
    [
      "a character is another",
      (all) => all.with(at, `${all[at]?.slice(0, 9)}某${all[at]?.slice(10)}`),
      /第\d+段在第\d+页与定稿不符/u,
    ],
    ["a paragraph is not printed", (all) => all.toSpliced(at, 0, "这一段没有印出来。"), /第\d+段在第\d+页与定稿不符/u],
    ["a paragraph is not in the text", (all) => all.toSpliced(at, 1), /第\d+页多出“/u],
    ["the last paragraph is not in the text", (all) => all.slice(0, -2), /多出“/u],
    ["two paragraphs changed places", (all) => all.with(at, all[at + 1] ?? "").with(at + 1, all[at] ?? ""), /第\d+页/u],
  ];
  test.each(texts)("a text that differs: %s", (_, change, says) => {
    writeFileSync(join(folder, "other.txt"), change(lines).join("\n"));
    const { status, stderr } = run("verify", "issue.pdf", "--against", "other.txt");
    expect(stderr).toMatch(says);
    expect(stderr.trim().split("\n").length).toBeLessThan(5);
    expect(status).toBe(1);
  });

  test("a 付印单 with another text of one notice: that notice alone is told", () => {
    const json = JSON.parse(sheet);
    json.notices[1].sha256 = "0".repeat(64);
    writeFileSync(join(folder, "other.json"), JSON.stringify(json));
    const { status, stderr } = run("verify", "issue.pdf", "--sheet", "other.json");
    expect(stderr).toBe(
      `《${json.notices[1].title}》（付印单上在第${json.notices[1].from}至${json.notices[1].to}页）的文字与付印时不同。\n`,
    );
    expect(status).toBe(1);
  });
});

test("a PDF of another program is checked for its text, folios passed over", async () => {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  for (const [i, words] of ["First paragraph of it.", "Second paragraph of it."].entries()) {
    const page = document.addPage([400, 600]);
    page.drawText(words, { x: 50, y: 500, font, size: 12 });
    page.drawText(`- ${i + 1} -`, { x: 190, y: 40, font, size: 10 });
  }
  writeFileSync(join(folder, "foreign.pdf"), await document.save());
  writeFileSync(join(folder, "foreign.txt"), "First paragraph of it.\nSecond paragraph of it.\n");
  const { status, stderr } = run("verify", "foreign.pdf", "--against", "foreign.txt");
  expect(stderr).toContain("字体 Helvetica 没有嵌入。");
  expect(stderr).toContain("提示：本机没有字体 Helvetica，没有核对它的字形。");
  expect(stderr).not.toContain("与定稿不符");
  expect(status).toBe(1);
});

describe("what cannot be checked", () => {
  const files: readonly (readonly [string, string, (path: string) => unknown])[] = [
    ["a missing file", "找不到", () => {}],
    ["an empty file", "是空文件", (path) => writeFileSync(path, "")],
    ["a text", "不是PDF文件", (path) => writeFileSync(path, "公报")],
    [
      "a PDF that was cut off",
      "不是完整的PDF文件",
      (path) => writeFileSync(path, readFileSync(join(folder, "issue.pdf")).subarray(0, 2000)),
    ],
    [
      "a huge file",
      "超过512兆字节",
      (path) => {
        writeFileSync(path, "%PDF-1.7\n");
        truncateSync(path, 600 * 1024 * 1024);
      },
    ],
    [
      "a scan",
      "可能是扫描件",
      async (path) => {
        const document = await PDFDocument.create();
        const picture = await document.embedJpg(jpeg("colour"));
        document.addPage([400, 600]).drawImage(picture, { x: 0, y: 0, width: 400, height: 600 });
        writeFileSync(path, await document.save());
      },
    ],
    [
      "a locked PDF",
      "设有打开口令",
      async (path) => {
        const document = await PDFDocument.load(readFileSync(join(folder, "issue.pdf")));
        document.encrypt({ userPassword: "secret", ownerPassword: "secret" });
        writeFileSync(path, await document.save({ useObjectStreams: false }));
      },
    ],
    [
      "a PDF that opens and may not be printed",
      "限制打印或修改",
      async (path) => {
        const document = await PDFDocument.load(readFileSync(join(folder, "issue.pdf")));
        document.encrypt({ userPassword: "", ownerPassword: "secret", permissions: { printing: false } });
        writeFileSync(path, await document.save({ useObjectStreams: false }));
      },
    ],
  ];
  test.each(files)("%s", async (name, words, make) => {
    const file = `${name}.pdf`;
    await make(join(folder, file));
    const { status, stdout, stderr } = run("verify", file, "--against", "issue.txt");
    expect(stderr).toContain(words);
    expect(stderr).toMatch(/^[^\n]*\p{Script=Han}[^\n]*。\n$/u);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  });

  test.each([
    ["nothing to compare with", ["issue.pdf"], "--against"],
    ["two things to compare with", ["issue.pdf", "--against", "issue.txt", "--sheet", "付印单.json"], "只写一个"],
    ["a kind of text that is none", ["issue.pdf", "--against", "issue.txt", "--as", "word"], "--as"],
    ["a 付印单 that is none", ["issue.pdf", "--sheet", "issue.txt"], "不是付印单"],
    ["a 付印单 without its notices", ["issue.pdf", "--sheet", "empty.json"], "不是付印单"],
  ])("%s", (_, args, words) => {
    writeFileSync(join(folder, "empty.json"), JSON.stringify({ kind: "zhengbao press sheet", format: 1 }));
    const { status, stderr } = run("verify", ...args);
    expect(stderr).toContain(words);
    expect(status).toBe(2);
  });
});
