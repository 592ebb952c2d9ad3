// `npm start` and `serve` as a user meets them: with and without a display, a browser, an Electron binary; and how the
// program ends.
import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "./app.ts";

const root = dirname(dirname(import.meta.dirname));
const address = /http:\/\/127\.0\.0\.1:\d+\/auth\?token=[\w-]{43}/;

interface Run {
  readonly child: ChildProcess;
  output(): string;
  /** Exit code, once the program has ended. */
  readonly ended: Promise<number | null>;
}

let folder: string;
let runs: Run[];

test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "zhengbao-start-"));
  runs = [];
});
test.afterEach(async () => {
  for (const { child, ended } of runs) {
    if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    await ended;
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

function run(args: readonly string[], change: Record<string, string>): Run {
  const env = { ...process.env, DISPLAY: "", WAYLAND_DISPLAY: "", ...change };
  const command = [join(root, "main", "run.mjs"), ...args, "--data", join(folder, "data")];
  const child = spawn(process.execPath, command, { cwd: root, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  child.stdout?.on("data", (chunk) => (output += chunk));
  child.stderr?.on("data", (chunk) => (output += chunk));
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const started = { child, output: () => output, ended };
  runs.push(started);
  return started;
}

/** A browser that notes its command line and stays open until the file `close` appears. */
function fakeBrowser(): string {
  const script = join(folder, "browser.sh");
  writeFileSync(
    script,
    `#!/bin/sh\necho "$@" > "${folder}/arguments"\nwhile [ ! -e "${folder}/close" ]; do sleep 0.1; done\n`,
  );
  chmodSync(script, 0o755);
  return script;
}

test("without a display the address is printed; it opens once; Ctrl+C ends the program in order", async ({ page }) => {
  const { child, output, ended } = run(["start"], {});
  await expect.poll(output, { timeout: 30_000 }).toMatch(address);
  expect(output()).toContain("这里没有图形界面。");
  const url = address.exec(output())?.[0] ?? "";
  await page.goto(url);
  await page.waitForURL(new URL("/", url).href);
  await expect(page.locator("#root")).not.toBeEmpty();
  const again = await page.request.get(url);
  expect([again.status(), await again.text()]).toEqual([401, expect.stringContaining("已用过或已过期")]);
  child.kill("SIGINT");
  expect(await ended).toBe(0);
});

test("with a display the window opens from a file, and closing it ends the program", async ({ page }) => {
  const { output, ended } = run(["start", "--browser"], { DISPLAY: ":7", GAZETTE_BROWSER: fakeBrowser() });
  await expect.poll(output, { timeout: 30_000 }).toContain("政报工坊已在窗口中打开");
  await expect.poll(() => existsSync(join(folder, "arguments"))).toBe(true);
  const launch = join(folder, "data", "launch.html");
  await expect.poll(() => readFileSync(join(folder, "arguments"), "utf8")).toContain(`--app=file://${launch}`);
  expect(readFileSync(launch, "utf8")).toMatch(address);
  expect(output()).not.toMatch(address);
  await page.goto(`file://${launch}`);
  await page.waitForURL(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  await expect(page.locator("#root")).not.toBeEmpty();
  writeFileSync(join(folder, "close"), "");
  expect(await ended).toBe(0);
});

test("after a power cut the program starts on the same data, and no error stands in the console", async ({ app }) => {
  await expect(app.page).toHaveTitle(/政报工坊/);
  await app.restart("SIGKILL");
  await expect(app.page.locator("#root")).not.toBeEmpty();
});

test("a browser that does not start leaves the address", async () => {
  const broken = join(folder, "missing");
  const { output } = run(["start", "--browser"], { DISPLAY: ":7", GAZETTE_BROWSER: broken });
  await expect.poll(output, { timeout: 30_000 }).toMatch(address);
  expect(output()).toContain("浏览器未能正常打开");
});

/** A stand-in for Electron's binary, which no test may download. */
function fakeElectron(code: string): Record<string, string> {
  const dist = join(folder, "dist");
  mkdirSync(dist);
  writeFileSync(join(dist, "electron"), `#!/bin/sh\n${code}\n`, { mode: 0o755 });
  return { DISPLAY: ":7", ELECTRON_OVERRIDE_DIST_PATH: dist, GAZETTE_BROWSER: fakeBrowser() };
}

test("an Electron binary gets the program and the data folder, and its exit code is the program's", async () => {
  const environment = fakeElectron('echo "runs $1 on $GAZETTE_DATA as node: $ELECTRON_RUN_AS_NODE."; exit 2');
  const { output, ended } = run(["start"], { ...environment, ELECTRON_RUN_AS_NODE: "1" });
  expect(await ended).toBe(2);
  expect(output()).toContain(`runs ${root} on ${join(folder, "data")} as node: .`);
});

test("an Electron binary that does not run here gives way to the browser", async () => {
  const { output } = run(["start"], fakeElectron("exit 127"));
  await expect.poll(output, { timeout: 30_000 }).toContain("政报工坊已在窗口中打开");
  expect(output()).toContain("Electron 程序没有取得或不能运行，改在浏览器中打开");
});

test("without an Electron binary and its download the browser opens within seconds", async () => {
  test.skip(existsSync(join(root, "node_modules", "electron", "path.txt")), "an Electron binary is installed");
  const nowhere = { ELECTRON_MIRROR: "http://127.0.0.1:1/", electron_config_cache: join(folder, "cache") };
  const { output } = run(["start"], { DISPLAY: ":7", GAZETTE_BROWSER: fakeBrowser(), ...nowhere });
  await expect.poll(output, { timeout: 15_000 }).toContain("政报工坊已在窗口中打开");
  expect(output()).toContain("Electron 程序没有取得或不能运行，改在浏览器中打开");
});

test("a download that stands still is given up within seconds", async () => {
  test.skip(existsSync(join(root, "node_modules", "electron", "path.txt")), "an Electron binary is installed");
  const silent = createServer();
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const at = silent.address();
  const port = typeof at === "object" && at ? at.port : 0;
  const nowhere = { ELECTRON_MIRROR: `http://127.0.0.1:${port}/`, electron_config_cache: join(folder, "cache") };
  const { output } = run(["start"], { DISPLAY: ":7", GAZETTE_BROWSER: fakeBrowser(), ...nowhere });
  await expect.poll(output, { timeout: 20_000 }).toContain("政报工坊已在窗口中打开");
  silent.close();
});

test("a port in use and a wrong option are refused in one sentence", async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
  const at = taken.address();
  const port = typeof at === "object" && at ? at.port : 0;
  const busy = run(["start", "--browser", "--port", String(port)], {});
  expect(await busy.ended).toBe(2);
  expect(busy.output()).toContain(`端口${port}不能使用`);
  taken.close();
  for (const wrong of [["--port", "x"], ["--port", "70000"], ["--nonsense"], ["stray"]]) {
    const refused = run(["start", ...wrong], {});
    expect([wrong, await refused.ended]).toEqual([wrong, 2]);
    expect(refused.output()).toBe("用法：npm start -- [--browser] [--data 数据文件夹] [--port 端口]\n");
  }
});

test("a second program on the same data is refused in one sentence", async () => {
  const first = run(["serve", "--no-open"], {});
  await expect.poll(first.output, { timeout: 30_000 }).toMatch(address);
  const second = run(["serve", "--no-open"], {});
  expect(await second.ended).toBe(2);
  expect(second.output().trim().split("\n")).toHaveLength(1);
});
