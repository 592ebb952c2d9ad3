// `npm start`: the window. In Electron where its binary is here or can be fetched now, else in browser mode, so that
// somebody on an office network that cannot reach the download has a window within seconds.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { GazetteError } from "../shared/api.ts";
import { hasDisplay } from "./browser.ts";
import { prepare } from "./bundle.ts";
import { dataFolder } from "./folder.ts";
import { serve } from "./server.ts";
import { fail, portNumber } from "./terminal.ts";

const root = dirname(import.meta.dirname);
const electron = join(root, "node_modules", "electron");
/** A download that stands still this long is given up. */
const patience = 5_000;
/** One that is not done after this is given up too. */
const limit = 180_000;
/** A binary that ends in disorder sooner than this has not run at all. */
const settled = 10_000;

async function start(): Promise<number> {
  const { browser, folder, port } = readArguments();
  if (!browser && hasDisplay(process.env, process.platform)) {
    const binary = electronBinary() ?? (await fetchElectron());
    const code = binary === null ? null : await runElectron(binary, folder);
    if (code !== null) return code;
    console.log("Electron 程序没有取得或不能运行，改在浏览器中打开；功能相同。");
  }
  await serve({ folder, port, open: true });
  return 0;
}

function readArguments(): { browser: boolean; folder: string; port: number } {
  const options = { browser: { type: "boolean" }, data: { type: "string" }, port: { type: "string" } } as const;
  try {
    const { values } = parseArgs({ options });
    if (values.data === "") throw new RangeError("--data names no folder");
    const port = portNumber(values.port);
    return { browser: values.browser ?? false, folder: dataFolder(values.data, process.env, process.platform), port };
  } catch (cause) {
    if (cause instanceof GazetteError) throw cause;
    throw new GazetteError("badRequest", "用法：npm start -- [--browser] [--data 数据文件夹] [--port 端口]", {
      cause,
    });
  }
}

/** Path of the binary: in the folder that ELECTRON_OVERRIDE_DIST_PATH names, as the electron package has it, else the
 *  one the package has fetched and noted in path.txt. */
function electronBinary(): string | null {
  const note = join(electron, "path.txt");
  const name = existsSync(note) ? readFileSync(note, "utf8").trim() : "electron";
  const binary = join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(electron, "dist"), name);
  return existsSync(binary) ? binary : null;
}

/** Runs the electron package's own installer and watches the bytes arrive, since it says nothing for half a minute. */
async function fetchElectron(): Promise<string | null> {
  const installer = join(electron, "install.js");
  if (!existsSync(installer)) return null;
  console.log("首次启动，正在下载 Electron（约120兆字节，按 Ctrl+C 停止；npm start -- --browser 可直接用浏览器）……");
  const temporary = mkdtempSync(join(tmpdir(), "zhengbao-electron-"));
  const env = { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary, ELECTRON_GET_NO_PROGRESS: "1" };
  const child = spawn(process.execPath, [installer], { stdio: "ignore", env });
  try {
    await watch(child, () => folderSize(temporary) + folderSize(join(electron, "dist")));
  } finally {
    child.kill();
    rmSync(temporary, { recursive: true, force: true, maxRetries: 3 });
  }
  return child.exitCode === 0 ? electronBinary() : null;
}

/** Resolves when the child has ended, or stands still, or takes too long. */
function watch(child: ChildProcess, progress: () => number): Promise<void> {
  return new Promise((resolve) => {
    const begun = Date.now();
    let moved = begun;
    let bytes = progress();
    const timer = setInterval(() => {
      const now = Date.now();
      const present = progress();
      if (present !== bytes) moved = now;
      bytes = present;
      if (now - moved > patience || now - begun > limit) done();
    }, 500);
    const done = () => {
      clearInterval(timer);
      resolve();
    };
    child.once("exit", done);
    child.once("error", done);
  });
}

function folderSize(folder: string): number {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0)
    .reduce((sum, size) => sum + size, 0);
}

/** Exit code, or null when the binary does not run here (a library of the system is missing, a crash at once). */
async function runElectron(binary: string, folder: string): Promise<number | null> {
  await prepare("renderer", console.log);
  await prepare("main", console.log);
  const env: NodeJS.ProcessEnv = { ...process.env, GAZETTE_DATA: folder };
  // Terminals inside editors set it, and Electron would then be a plain Node.
  delete env.ELECTRON_RUN_AS_NODE;
  // Chromium refuses to start as root with its sandbox.
  const args = process.getuid?.() === 0 ? [root, "--no-sandbox"] : [root];
  const begun = Date.now();
  const child = spawn(binary, args, { stdio: "inherit", env });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.once("error", () => resolve(null));
    child.once("exit", (code) => {
      const crashed = (code === null || code > 2) && !child.killed;
      resolve(crashed && Date.now() - begun < settled ? null : (code ?? 1));
    });
  });
}

process.exitCode = await start().catch(fail);
