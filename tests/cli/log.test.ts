// `zhengbao log` as a whole process: the audit log in words, beside a running program, and every way in which it can have
// been changed, told with exit code 1.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Sqlite from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { openCore } from "../../main/core.ts";
import { notSigned, sheetJson } from "../../main/export/pressSheet.ts";
import type { PressSheet } from "../../shared/layout/pressSheet.ts";
import { defaultProcedure } from "../../shared/workflow/procedure.ts";
import { testClock, testFolder } from "../store/folder.ts";
import { people } from "../workflow/office.ts";

const cli = fileURLToPath(new URL("../../main/cli.ts", import.meta.url));

function run(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, "log", ...args], { encoding: "utf8" });
  return { status, stdout, stderr };
}

/** A data folder in which two stages were signed, and the head of its log. */
async function signed(): Promise<{ folder: string; head: string }> {
  const folder = testFolder();
  const core = openCore(folder, { clock: testClock() });
  const { api } = core;
  const stamp = (seq: number) => ({ client: "test", seq });
  try {
    await api.saveOffice(stamp(1), null, { people, procedure: defaultProcedure });
    const issue = await api.createSample(stamp(2));
    const subject = { kind: "notice" as const, id: issue.sections[0]?.entries[0] ?? "" };
    for (const [i, stage] of (["一审", "二审"] as const).entries()) {
      const { text, findings } = await api.checkList(subject, stage);
      const waived = findings.map(({ id }) => ({ finding: id, reason: "已核" }));
      await api.sign(stamp(3 + i), "bian", subject, stage, text, waived);
    }
    const beside = run("--data", folder);
    expect(beside).toMatchObject({ status: 0, stderr: "" });
    return { folder, head: (await api.verifyAudit()).head };
  } finally {
    await core.close();
  }
}

function sheetWith(signOff: PressSheet["signOff"]): string {
  const path = join(testFolder(), "付印单.json");
  const sheet: PressSheet = {
    issue: { name: "示例政报2026年第1期", published: "", revision: 1, style: "示例版式" },
    ...{ pages: 1, characters: 1, tables: 0, pictures: 0, notices: [], faces: [], warnings: [], waiver: "", signOff },
    pdf: { name: "a.pdf", profile: "screen", bytes: 1, sha256: "a".repeat(64) },
    exported: { by: "", at: "2026-11-22T08:00:00+08:00", program: "" },
  };
  writeFileSync(path, sheetJson(sheet));
  return path;
}

test("the log is told in words and as data, and agrees with its 付印单", async () => {
  const { folder, head } = await signed();
  const right = run("--data", folder, "--sheet", sheetWith({ words: "", entries: 3, head }));
  expect(right.stderr).toBe("");
  expect(right.stdout).toMatch(/^1\. 2026年11月2\d日\d+时\d\d分 —— 设置人员与流程：卞集（编辑）/u);
  expect(right.stdout).toMatch(/3\. \S+ 卞集 《.*》：签二审/u);
  expect(right.stdout).toContain(`审签记录3条，逐条核对没有改动过，与付印单相符，末条校验码 ${head}。`);
  expect(right.status).toBe(0);
  const { entries, ...data } = JSON.parse(run("--data", folder, "--json").stdout);
  expect(data).toEqual({ right: true, head, faults: [] });
  expect(entries).toHaveLength(3);
  expect(run("--data", folder, "--sheet", sheetWith(notSigned)).status).toBe(0);
});

describe("a log that was changed", () => {
  test.each<[string, string, string]>([
    ["an entry", "UPDATE audit SET action = replace(action, '二审', '三审') WHERE n = 3", "审签记录第3条被改动过。"],
    ["the tail cut off", "DELETE FROM audit WHERE n = 3", "付印单上的审签记录是3条，稿库里的第3条不在了"],
    ["the signed text", "UPDATE revisions SET record = '{}'", "被改动过。"],
  ])("%s", async (_, statement, sentence) => {
    const { folder, head } = await signed();
    const sqlite = new Sqlite(join(folder, "gazette.db"));
    for (const trigger of ["auditKept", "auditFixed", "revisionFixed"]) sqlite.exec(`DROP TRIGGER ${trigger}`);
    sqlite.exec(statement);
    sqlite.close();
    const { status, stderr } = run("--data", folder, "--sheet", sheetWith({ words: "", entries: 3, head }));
    expect(stderr).toContain(sentence);
    expect(status).toBe(1);
  });
});

test("a folder without a store is named, and nothing is made in it", () => {
  const folder = testFolder();
  const { status, stdout, stderr } = run("--data", folder);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toBe(`${folder} 里没有稿库，请用 --data 写明数据文件夹。\n`);
});
