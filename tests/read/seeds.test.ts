// Real dumps, which are not in this repository: the folder GAZETTE_SEEDS, or ../shared/seeds where it exists.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { answerKey } from "../../shared/read/answer.ts";
import { readGazette } from "../../shared/read/read.ts";
import { refusal } from "../../shared/read/refusal.ts";
import { accepted, differences } from "./properties.ts";

const folder = resolve(process.env.GAZETTE_SEEDS ?? "../shared/seeds");
const missing = !existsSync(folder);

function seed(number: string): string {
  const name = readdirSync(folder).find((file) => file.startsWith(number));
  if (!name) throw new RangeError(`no seed ${number} in ${folder}`);
  return readFileSync(join(folder, name), "utf8");
}

test("the folder of real dumps", () => {
  if (missing) console.log(`没有真实公报样本（${folder}），只用自拟样本测试`);
  expect(missing && process.env.GAZETTE_SEEDS !== undefined).toBe(false);
});

describe.skipIf(missing)("real dumps", () => {
  test("002 against its answer key", () => {
    const tools = join(folder, "..", "tools", "score-read.mjs");
    const key = join(folder, "..", "truth", "002.json");
    if (!existsSync(tools)) return console.log(`没有评分程序（${tools}），跳过评分`);
    const work = mkdtempSync(join(tmpdir(), "zhengbao-score-"));
    try {
      const out = join(work, "002.json");
      writeFileSync(out, JSON.stringify(answerKey(readGazette(seed("002")))));
      const { stdout } = spawnSync(process.execPath, [tools, out, key, "--verbose"], { encoding: "utf8" });
      const percent = Number(/overall ([\d.]+)%/u.exec(stdout)?.[1]);
      expect(percent, stdout).toBeGreaterThanOrEqual(99);
    } finally {
      rmSync(work, { recursive: true });
    }
  });

  test("002: the contents print another year than the notice", () => {
    const found = readGazette(seed("002")).findings.filter((finding) => finding.severity === "error");
    expect(found.map(({ rule, line }) => [rule, line])).toEqual([["toc.docno-mismatch", 71]]);
    expect(found[0]?.message).toMatch(/〔2022〕5号.*第1045行.*〔2023〕5号/u);
  });

  test("004: one number and three pages of the contents are wrong", () => {
    const { drafts, findings } = readGazette(seed("004"));
    expect(drafts).toHaveLength(21);
    const errors = findings.filter((finding) => finding.severity === "error");
    expect(errors.map(({ rule, excerpt }) => [rule, excerpt.slice(-4)])).toEqual([
      ["toc.docno-mismatch", "〕73号"],
      ["toc.page-order", "72"],
      ["toc.page-order", "75"],
      ["toc.page-order", "87"],
    ]);
  });

  test.each([
    ["000", 7, [0, 0, 0, 0, 0, 0, 0]],
    ["002", 10, [0, 0, 0, 1, 1, 0, 0, 0, 2, 0]],
    ["003", 1, [5]],
  ])("%s has %i drafts with their tables", (number, count, tables) => {
    const { drafts } = readGazette(seed(number));
    expect(drafts).toHaveLength(count);
    expect(drafts.map((draft) => draft.counts.tables.length)).toEqual(tables);
  });

  test.each(["000", "002", "003", "004"])("%s loses no character, and the store takes it", (number) => {
    const text = seed(number);
    expect(refusal(text)).toBeNull();
    const reading = readGazette(text);
    expect(reading.drafts.flatMap((draft) => differences(text, draft))).toEqual([]);
    expect(() => accepted(reading)).not.toThrow();
  });

  test("001 is refused with the reason", () => {
    expect(refusal(seed("001"))).toMatch(/^这不是公报原文：字后夹注拼音\d+处（如“.\(.+\)”），平均每千字/u);
  });
});
