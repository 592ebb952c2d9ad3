// Delivery of a finished file: the place holds the old file or the whole new one, whatever happens in between.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, readlinkSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { checkTarget, deliver, sweep, temporaryKey } from "../../main/export/deliver.ts";
import { testFolder } from "../store/folder.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

test("an accepted file takes the place, judged by what is on disk", async () => {
  const folder = testFolder();
  const target = join(folder, "公报.pdf");
  writeFileSync(target, "old");
  let judged = "";
  const accepted = await deliver(target, bytes("new"), async (written) => {
    judged = new TextDecoder().decode(written);
    expect(readFileSync(target, "utf8")).toBe("old");
    return true;
  });
  expect({ accepted, judged }).toEqual({ accepted: true, judged: "new" });
  expect(readFileSync(target, "utf8")).toBe("new");
  expect(readdirSync(folder)).toEqual(["公报.pdf"]);
});

test.each([
  ["refused", async () => false],
  [
    "judged by a judge that fails",
    async () => {
      throw new Error("no judgement");
    },
  ],
])("a file that is %s leaves the old one and nothing else", async (_, judge) => {
  const folder = testFolder();
  const target = join(folder, "公报.pdf");
  writeFileSync(target, "old");
  await deliver(target, bytes("new"), judge).catch((error: unknown) => expect(String(error)).toContain("no judgement"));
  expect(readFileSync(target, "utf8")).toBe("old");
  expect(readdirSync(folder)).toEqual(["公报.pdf"]);
});

test.skipIf(process.platform === "win32")("a link at the place stays a link, and its file is replaced", async () => {
  const folder = testFolder();
  mkdirSync(join(folder, "archive"));
  writeFileSync(join(folder, "archive", "a.pdf"), "old");
  symlinkSync(join("archive", "a.pdf"), join(folder, "latest.pdf"));
  await deliver(join(folder, "latest.pdf"), bytes("new"), async () => true);
  expect(readlinkSync(join(folder, "latest.pdf"))).toBe(join("archive", "a.pdf"));
  expect(readFileSync(join(folder, "archive", "a.pdf"), "utf8")).toBe("new");
  expect(readdirSync(join(folder, "archive"))).toEqual(["a.pdf"]);
});

test("a process that ends itself while its file waits takes the file away", async () => {
  const folder = testFolder();
  const script = fileURLToPath(new URL("./stopped.ts", import.meta.url));
  const child = spawn(process.execPath, [script, join(folder, "a.pdf")], { stdio: ["pipe", "pipe", "inherit"] });
  await new Promise((waiting) => child.stdout.once("data", waiting));
  expect(readdirSync(folder)).toHaveLength(1);
  child.stdin.write("stop\n");
  expect(await new Promise((done) => child.once("close", done))).toBe(3);
  expect(readdirSync(folder)).toEqual([]);
});

test("leftovers of processes that are gone are removed, those at work are not", async () => {
  const folder = testFolder();
  const target = join(folder, "a.pdf");
  const key = temporaryKey(target);
  const gone = `.zhengbao-${key}-4194305-0123abcd.tmp`; // above the highest process number of Linux
  const running = `.zhengbao-${key}-${process.pid}-0123abcd.tmp`;
  const other = `.zhengbao-${temporaryKey("b.pdf")}-4194305-0123abcd.tmp`;
  for (const name of [gone, running, other, "notes.tmp"]) writeFileSync(join(folder, name), "");
  await deliver(target, bytes("new"), async () => true);
  expect(readdirSync(folder).sort()).toEqual([running, other, "a.pdf", "notes.tmp"].sort());
  await sweep(folder, () => true);
  expect(readdirSync(folder).sort()).toEqual(["a.pdf", "notes.tmp"]);
});

describe("a place that cannot take a file is refused beforehand", () => {
  test.each([
    ["a folder", "folder", "是一个文件夹"],
    ["a missing folder", "nowhere/a.pdf", "不存在"],
    ["a folder that is a file", "file/a.pdf", "不是文件夹"],
    ["a name that ends like a folder", "a.pdf/", "是一个文件夹"],
    ["a name that is too long", `${"长".repeat(84)}.pdf`, "太长"],
  ])("%s", async (_, place, words) => {
    const folder = testFolder();
    mkdirSync(join(folder, "folder"));
    writeFileSync(join(folder, "file"), "");
    await expect(checkTarget(join(folder, place))).rejects.toMatchObject({
      code: "badFile",
      message: expect.stringContaining(words),
    });
  });

  test.runIf(process.platform === "linux")("a pipe stays a pipe", async () => {
    const pipe = join(testFolder(), "pipe");
    execFileSync("mkfifo", [pipe]);
    await expect(checkTarget(pipe)).rejects.toMatchObject({ message: expect.stringContaining("是设备或管道") });
    expect(statSync(pipe).isFIFO()).toBe(true);
  });

  test("a name that is too long is refused when it is written", async () => {
    const target = join(testFolder(), `${"长".repeat(100)}.pdf`);
    await expect(deliver(target, bytes("x"), async () => true)).rejects.toMatchObject({ code: "badFile" });
  });
});

test("a deliverer killed 12 times never leaves half a file", { timeout: 60_000 }, async () => {
  const folder = testFolder();
  const target = join(folder, "a.pdf");
  for (let round = 0; round < 12; round++) {
    await killAfter(target, 1 + (round % 4), (round * 3) % 11);
    const content = readFileSync(target);
    expect(content.length).toBe(2_000_000);
    expect(content.every((byte) => byte === content[0])).toBe(true);
  }
  await deliver(target, bytes("last"), async () => true);
  expect(readdirSync(folder)).toEqual(["a.pdf"]);
});

/** Kills a deliverer some milliseconds after it has reported `count` files. */
function killAfter(target: string, count: number, milliseconds: number): Promise<void> {
  const script = fileURLToPath(new URL("./deliverer.ts", import.meta.url));
  const child = spawn(process.execPath, [script, target], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  let seen = 0;
  createInterface({ input: child.stdout }).on("line", () => {
    if (++seen === count) setTimeout(() => child.kill("SIGKILL"), milliseconds);
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (_, signal) =>
      signal === "SIGKILL" ? resolve() : reject(new Error(`the deliverer ended by itself after ${seen} files`)),
    );
  });
}
