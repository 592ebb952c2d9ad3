// The jobs of those who work on the program: check, format, build, test, corpus, bench, package. Every tool runs under the
// Node that the launcher chose, with its configuration in the folder it serves.
import { type SpawnOptions, spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { findBrowser } from "./browser.ts";
import { build, partNames } from "./bundle.ts";

const root = dirname(import.meta.dirname);
const { resolve } = createRequire(import.meta.url);
const results = join(root, "test-results");

const jobs: Readonly<Record<string, (args: readonly string[]) => Promise<boolean>>> = {
  check: async () => (await check()).failed === 0,
  format: (args) => tool("@biomejs/biome", "biome", ["check", "--write", ...(args.length > 0 ? args : ["."])]),
  build: async (names) => {
    for (const name of partNames) if (names.length === 0 || names.includes(name)) await build(name);
    return true;
  },
  test,
  corpus,
  bench: (args) => node([join(root, "main", "bench", "bench.ts"), ...args]),
  package: async (args) => {
    await buildAll();
    return tool("electron-builder", "electron-builder", [
      "--config",
      "electron-builder.yml",
      "--publish",
      "never",
      ...args,
    ]);
  },
};

interface Tally {
  readonly passed: number;
  readonly failed: number;
}

/** Everything: types, format and lint, unit tests, the browser tests. A broken stage does not hide the next one. */
async function test(): Promise<boolean> {
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  const stages = [check, unitTests, browserTests];
  let total: Tally = { passed: 0, failed: 0 };
  for (const stage of stages) {
    const tally = await stage().catch((error: unknown): Tally => {
      console.error(error);
      return { passed: 0, failed: 1 };
    });
    total = { passed: total.passed + tally.passed, failed: total.failed + tally.failed };
  }
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0;
}

/** Whole issues in all styles and profiles before programs that had no part in making them; `test` takes a part of them.
 *  `issues`: "sample", numbers of dumps; none for all. */
function corpus(issues: readonly string[]): Promise<boolean> {
  const env = { ...process.env, GAZETTE_CORPUS: issues.length > 0 ? issues.join(" ") : "all" };
  const args = ["run", "--config", "tests/vitest.config.ts", "--reporter=verbose", "tests/outside"];
  return tool("vitest", "vitest", args, { env });
}

async function buildAll(): Promise<void> {
  for (const name of partNames) await build(name);
}

async function check(): Promise<Tally> {
  const outcomes: boolean[] = [];
  for (const folder of ["shared", "main", "renderer", "tests"])
    outcomes.push(await tool("typescript", "tsc", ["-p", folder]));
  outcomes.push(await tool("@biomejs/biome", "biome", ["check", "."]));
  return tallyOf(outcomes);
}

async function unitTests(): Promise<Tally> {
  const report = join(results, "unit.json");
  const args = ["run", "--config", "tests/vitest.config.ts", "--reporter=default", "--reporter=json"];
  const fine = await tool("vitest", "vitest", [...args, `--outputFile.json=${report}`]);
  const counts = readReport(report, (json) => ({ passed: json.numPassedTests, failed: json.numFailedTests }));
  return agreed(fine, counts);
}

async function browserTests(): Promise<Tally> {
  await buildAll();
  const browser = await testBrowser();
  if (browser === null) {
    console.error("没有浏览器可用于测试：请安装 Chromium，或用 GAZETTE_BROWSER 指定浏览器。");
    return { passed: 0, failed: 1 };
  }
  const report = join(results, "browser.json");
  const env = { ...process.env, GAZETTE_BROWSER: browser };
  const fine = await tool("playwright", "playwright", ["test", "-c", "tests/playwright.config.ts"], { env });
  const counts = readReport(report, ({ stats }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
  }));
  return agreed(fine, counts);
}

/** An installed browser, else one that the system or Playwright installs now; null, with their logs, when neither can. */
async function testBrowser(): Promise<string | null> {
  const installed = findBrowser(process.env, process.platform);
  if (installed !== null) return installed;
  if (process.platform === "linux" && process.getuid?.() === 0) {
    await run("apt-get", ["update", "-qq"]);
    await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"]);
    const fresh = findBrowser(process.env, process.platform);
    if (fresh !== null) return fresh;
  }
  const { chromium } = await import("playwright");
  return (await tool("playwright", "playwright", ["install", "chromium"])) ? chromium.executablePath() : null;
}

interface Reports {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number };
}

/** Counts from a runner's JSON report; a runner that died before writing one counts as one failure. */
function readReport(path: string, count: (json: Reports) => Tally): Tally {
  try {
    return count(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return { passed: 0, failed: 1 };
  }
}

/** A runner may fail outside of any test (a file that does not load); that is a failure too. */
function agreed(fine: boolean, counts: Tally): Tally {
  return fine ? counts : { passed: counts.passed, failed: Math.max(counts.failed, 1) };
}

function tallyOf(outcomes: readonly boolean[]): Tally {
  const passed = outcomes.filter(Boolean).length;
  return { passed, failed: outcomes.length - passed };
}

/** Runs the program `bin` of an installed package. */
function tool(name: string, bin: string, args: readonly string[], options: SpawnOptions = {}): Promise<boolean> {
  const manifest = resolve(`${name}/package.json`);
  const { bin: bins } = JSON.parse(readFileSync(manifest, "utf8"));
  return node([join(dirname(manifest), typeof bins === "string" ? bins : bins[bin]), ...args], options);
}

function node(args: readonly string[], options: SpawnOptions = {}): Promise<boolean> {
  return run(process.execPath, args, options);
}

function run(program: string, args: readonly string[], options: SpawnOptions = {}): Promise<boolean> {
  return new Promise((done) => {
    const child = spawn(program, args, { cwd: root, stdio: "inherit", ...options });
    child.once("error", (error) => {
      console.error(`${program}: ${error.message}`);
      done(false);
    });
    child.once("exit", (code) => done(code === 0));
  });
}

const [name = "", ...args] = process.argv.slice(2);
const job = Object.hasOwn(jobs, name) ? jobs[name] : undefined;
if (job) process.exitCode = (await job(args)) ? 0 : 1;
else {
  console.error(`用法：node main/run.mjs dev <${Object.keys(jobs).join("|")}>`);
  process.exitCode = 2;
}
