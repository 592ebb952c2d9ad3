// Proofreading a dump: findings carry the lines they stand in, those of reading among them. Real dumps are not in this
// repository: the folder GAZETTE_SEEDS, or ../shared/seeds where it exists.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { proofread } from "../../shared/read/proofread.ts";
import { readGazette } from "../../shared/read/read.ts";
import { lexicon } from "./lexicon.ts";

const dump = `示例市人民政府办公室
关于做好公园管理工作的通知
(示政办发〔2026〕12号)

各镇人民政府、街道办事处：

为加强公园的管理，保护公共绿地。经市人民政府同意，现将有关
事项通知如下，请登陆政务服务网查看。

一、总体要求

保护绿地, 改善环境。

三、工作要求

2026年4月19日前，完成摸底工作。

示例市人民政府办公室

2026年6月18日
`;

const check = (text: string) => proofread(readGazette(text), text, lexicon);

test("each finding names its line, in a paragraph of two lines the one it stands in", () => {
  const found = check(dump).map(({ rule, line }) => [rule, line]);
  expect(found).toEqual([
    ["grammar.wei-clause-period", 7],
    ["typo.log-in", 8],
    ["punct.halfwidth", 12],
    ["numbering.gap", 14],
    ["date.deadline-before-sign", 16],
  ]);
});

describe("zhengbao check", () => {
  const cli = fileURLToPath(new URL("../../main/cli.ts", import.meta.url));
  const run = (text: string, ...options: string[]) => {
    const work = mkdtempSync(join(tmpdir(), "zhengbao-check-"));
    const file = join(work, "公文.txt");
    writeFileSync(file, text);
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, "check", file, ...options], {
      encoding: "utf8",
    });
    rmSync(work, { recursive: true });
    return { status, stdout, stderr };
  };

  test("--json: rule, severity, line, excerpt and message, exit 1 where there is an error", () => {
    const { status, stdout, stderr } = run(dump, "--json");
    expect([status, stderr]).toEqual([1, ""]);
    const rows: unknown = JSON.parse(stdout);
    expect(rows).toContainEqual({
      rule: "typo.log-in",
      severity: "error",
      line: 8,
      excerpt: "通知如下，请登陆政务服务网查",
      message: "进入网站、系统用“登录”",
    });
  });

  test("without it: a list by notice; exit 0 where there are no errors", () => {
    const clean = dump.replace("登陆", "登录").replace("三、工作要求", "二、工作要求");
    const { status, stdout } = run(clean);
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^公文1份，差错0处，存疑2处，提示1处。\n\n示例市人民政府办公室关于做好公园管理工作的通知（示政办发〔2026〕12号）\n/u,
    );
    expect(stdout).toContain("  存疑 第16行 完成时限“2026年4月19日前”早于成文日期2026年6月18日，请核对\n");
  });
});

const folder = resolve(process.env.GAZETTE_SEEDS ?? "../shared/seeds");

describe.skipIf(!existsSync(folder))("real dumps", () => {
  const seed = (number: string) => {
    const name = readdirSync(folder).find((file) => file.startsWith(number));
    if (!name) throw new RangeError(`no seed ${number} in ${folder}`);
    return readFileSync(join(folder, name), "utf8");
  };

  test("002 against the key of its known errors", () => {
    const tools = join(folder, "..", "tools", "score-check.mjs");
    const key = join(folder, "..", "truth", "002-errors.json");
    if (!existsSync(tools)) return console.log(`没有评分程序（${tools}），跳过评分`);
    const work = mkdtempSync(join(tmpdir(), "zhengbao-check-"));
    try {
      const out = join(work, "002.json");
      const found = check(seed("002"));
      writeFileSync(out, JSON.stringify(found));
      const { stdout } = spawnSync(process.execPath, [tools, out, key, "--verbose"], { encoding: "utf8" });
      expect(stdout).toContain("error    4/4");
      expect(stdout).toContain("warning  9/9");
      expect(found.map(({ rule }) => rule)).not.toContain("table.sum");
      expect(found.map(({ rule }) => rule)).not.toContain("numbering.gap");
    } finally {
      rmSync(work, { recursive: true });
    }
  });

  test("004: of 115,000 characters the errors are those of its contents and two quotes that do not close", () => {
    const errors = check(seed("004")).filter(({ severity }) => severity === "error");
    expect(errors.map(({ rule, line }) => `${rule} ${line}`)).toEqual([
      "punct.unpaired 1005",
      "punct.unpaired 1097",
      "toc.docno-mismatch 1509",
      "toc.page-order 2534",
      "toc.docno-mismatch 2537",
      "toc.page-order 2559",
      "toc.page-order 2564",
    ]);
  });
});
