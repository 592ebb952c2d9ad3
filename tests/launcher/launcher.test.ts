// main/run.mjs in a folder of its own with tiny programs behind it: which one it runs, under which Node, and that
// arguments, exit codes and signals pass through.
import { type SpawnSyncReturns, spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const root = dirname(dirname(import.meta.dirname));
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "zhengbao-launcher-"));
  mkdirSync(join(folder, "main"));
  mkdirSync(join(folder, "node_modules"));
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  for (const name of ["run.mjs", "wholePdfLib.mjs"]) cpSync(join(root, "main", name), join(folder, "main", name));
  for (const name of ["cli", "start", "dev"])
    writeProgram(name, `console.log("${name}", JSON.stringify(process.argv.slice(2)));`);
});
afterEach(() => rmSync(folder, { recursive: true }));

function writeProgram(name: string, code: string): void {
  // The annotation shows that types are stripped.
  writeFileSync(join(folder, "main", `${name}.ts`), `const typed: number = 0;\nvoid typed;\n${code}\n`);
}

function launch(args: readonly string[], flags: readonly string[] = []): SpawnSyncReturns<string> {
  const env = { ...process.env };
  delete env.NODE_OPTIONS;
  return spawnSync(process.execPath, [...flags, join(folder, "main", "run.mjs"), ...args], { encoding: "utf8", env });
}

describe("the program behind a command line", () => {
  test.each([
    [["start", "--browser"], 'start ["--browser"]'],
    [["dev", "check"], 'dev ["check"]'],
    [["read", "a b.txt", "--json"], 'cli ["read","a b.txt","--json"]'],
    [["--help"], 'cli ["--help"]'],
    [[], "cli []"],
  ])("%j", (args, printed) => {
    const { stdout, stderr, status } = launch(args);
    expect([stdout.trim(), stderr, status]).toEqual([printed, "", 0]);
  });
});

test("the exit code passes through", () => {
  writeProgram("cli", "process.exit(3);");
  expect(launch([]).status).toBe(3);
});

test("a program that kills itself dies by that signal", () => {
  writeProgram("cli", "process.kill(process.pid, 'SIGKILL');");
  const { status, signal } = launch([]);
  expect([status, signal]).toEqual([null, "SIGKILL"]);
});

test("the program runs in the process of the launcher when its Node strips types", () => {
  writeProgram("cli", "console.log(process.ppid);");
  expect(launch([]).stdout.trim()).toBe(String(process.pid));
});

test.runIf(process.platform !== "win32").each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
  "%s reaches the program, which may close in order",
  async (signal) => {
    writeProgram(
      "cli",
      `process.on("${signal}", () => { console.log("closing"); process.exit(0); });
       setInterval(() => {}, 1000);
       console.log("ready");`,
    );
    const child = spawn(process.execPath, [join(folder, "main", "run.mjs")], { stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    child.stdout.on("data", (chunk) => {
      if (output === "") child.kill(signal);
      output += chunk;
    });
    const status = await new Promise((resolve) => child.on("exit", resolve));
    expect([output, status]).toEqual(["ready\nclosing\n", 0]);
  },
);

describe("the Node it runs under", () => {
  // What Node 20 answers: process.features.typescript is false there.
  const old = ["--no-experimental-strip-types"];

  test("is itself when it can strip types", () => {
    writeProgram("cli", "console.log(process.execPath);");
    expect(launch([]).stdout.trim()).toBe(process.execPath);
  });

  test("is the binary of the optional dependency when it cannot", () => {
    const name = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
    const home = join(folder, "node_modules", name);
    mkdirSync(join(home, "bin"), { recursive: true });
    writeFileSync(join(home, "package.json"), JSON.stringify({ name, bin: { node: "bin/node" } }));
    symlinkSync(process.execPath, join(home, "bin", "node"));
    writeProgram("cli", "console.log(process.argv0);");
    expect(launch([], old).stdout.trim()).toMatch(/bin[\\/]node$/);
    writeProgram("cli", "process.kill(process.pid, 'SIGKILL');");
    expect(launch([], old).status).toBe(137);
    rmSync(join(home, "bin", "node"));
    const { stderr, status } = launch([], old);
    expect([stderr.trim().split("\n").length, status]).toEqual([1, 2]);
    expect(stderr).toContain("无法运行");
  });

  test("is asked for in one sentence when there is none", () => {
    const { stderr, status } = launch([], old);
    const sentence = `当前的 Node.js 是 ${process.versions.node}，本程序需要 22.18 或更新的版本，请安装后再试。\n`;
    expect([stderr, status]).toEqual([sentence, 2]);
  });
});

test("missing dependencies are named in one sentence", () => {
  rmSync(join(folder, "node_modules"), { recursive: true });
  const { stderr, status } = launch(["build"]);
  expect([stderr, status]).toEqual(["还没有安装依赖，请先在程序所在的文件夹运行 npm ci。\n", 2]);
});
