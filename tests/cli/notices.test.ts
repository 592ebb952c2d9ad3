// `--notices` of build, as a whole process: the folder it makes, where it cannot, and `verify` of one of its files.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testFolder } from "../store/folder.ts";

const cli = fileURLToPath(new URL("../../main/cli.ts", import.meta.url));
const fixture = fileURLToPath(new URL("../fixtures/example-gazette.txt", import.meta.url));
const run = (cwd: string, ...args: string[]) => spawnSync(process.execPath, [cli, ...args], { cwd, encoding: "utf8" });
const build = (cwd: string, notices: string) =>
  run(cwd, "build", fixture, "--style", "linxiang", "-o", "公报.pdf", "--notices", notices);

describe("the notices of an issue", () => {
  const folder = mkdtempSync(join(tmpdir(), "zhengbao-notices-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  let built: ReturnType<typeof build>;
  beforeAll(() => {
    built = build(folder, "各文");
  });
  const names = () => readdirSync(join(folder, "各文")).sort();

  test("are a file each in the folder, which is made, and are named in its table", () => {
    const { status, stdout, stderr } = built;
    expect(stderr.replace(/^提示：.*\n/gmu, "")).toBe("");
    expect(stdout).toMatch(
      /^已生成 公报\.pdf：.*\n已生成 各文：7份公文各一个PDF，共\d+页，\d+字已逐一核对无误（.*秒）。\n$/u,
    );
    expect(status).toBe(0);
    expect(names().slice(-2)).toEqual(["index.csv", "index.json"]);
    const table = readFileSync(join(folder, "各文", "index.csv"), "utf8");
    for (const name of names().slice(0, -2)) {
      expect(table).toContain(`,${name},`);
      expect(readFileSync(join(folder, "各文", name), "latin1")).toMatch(/^%PDF-1\.7/u);
    }
  });

  test.each([
    [
      ["--notice", "2"],
      0,
      /^.*：\d面，第2篇《示例县人民政府关于划定畜禽养殖禁养区的通告》\d+字，与 .*逐一核对相符。\n$/u,
    ],
    [["--notice", "3"], 1, /文字与定稿不符/u],
    [["--notice", "8"], 2, /没有第8篇/u],
    [["--notice", "二"], 2, /不能是“二”/u],
    [["--notice", "2", "--as", "text"], 2, /只同公报文本一起写/u],
  ])("checked again with %j ends with %i", (rest, code, words) => {
    const file = join("各文", names()[1] ?? "");
    const { status, stdout, stderr } = run(
      folder,
      "verify",
      file,
      "--against",
      fixture,
      "--style",
      "linxiang",
      ...rest,
    );
    expect(stdout + stderr).toMatch(words);
    expect(status).toBe(code);
  });
});

test.each([
  ["a file", "占用", "占用 是一个文件"],
  ["a place that does not exist", "没有/各文", "不存在，请先建立它"],
  ["the PDF itself", "公报.pdf", "不能和别的文件写成同一个"],
])("%s is refused before anything is made", (_, notices, words) => {
  const folder = testFolder();
  writeFileSync(join(folder, "占用"), "");
  const { status, stderr } = build(folder, notices);
  expect(stderr).toContain(words);
  expect(stderr).toMatch(/^[^\n]*\p{Script=Han}[^\n]*。\n$/u);
  expect(status).toBe(2);
  expect(existsSync(join(folder, "公报.pdf"))).toBe(false);
});
