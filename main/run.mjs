#!/usr/bin/env node
// The launcher: plain JavaScript that any Node from 18 on can read. It finds a Node that runs the TypeScript sources
// and better-sqlite3 (its own, or the binary of an optional dependency) and hands the command line to it:
// `start` -> start.ts, `dev <job>` -> dev.ts, everything else -> cli.ts. Exit code and signals pass through.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const signalNumbers = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };

/** Path of a Node that strips types by itself (22.18 or newer), or null. */
function findNode() {
  if (process.features.typescript) return process.execPath;
  const { resolve } = createRequire(import.meta.url);
  const platform = process.platform === "win32" ? "win" : process.platform;
  try {
    const manifest = resolve(`node-${platform}-${process.arch}/package.json`);
    return join(dirname(manifest), JSON.parse(readFileSync(manifest, "utf8")).bin.node);
  } catch {
    return null;
  }
}

function refuse(sentence) {
  console.error(sentence);
  process.exitCode = 2;
}

function run(node, script, args) {
  const child = spawn(node, ["--disable-warning=ExperimentalWarning", join(root, "main", script), ...args], {
    stdio: "inherit",
    // The compiled sources are kept, so that the next start does not compile them again.
    env: { NODE_COMPILE_CACHE: join(root, "node_modules", ".cache", "compile"), ...process.env },
  });
  for (const signal of Object.keys(signalNumbers))
    process.on(signal, () => {
      // Ctrl+C at a terminal reaches the child by itself, and a second one would not let it close in order.
      if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
    });
  child.on("error", () => refuse(`无法运行 ${node}，请安装 22.18 或更新版本的 Node.js 后再试。`));
  child.on("exit", (code, signal) => {
    process.exitCode = code ?? 128 + (signalNumbers[signal] ?? 9);
  });
}

const [command, ...rest] = process.argv.slice(2);
const node = findNode();
if (!existsSync(join(root, "node_modules"))) refuse("还没有安装依赖，请先在程序所在的文件夹运行 npm ci。");
else if (node === null)
  refuse(`当前的 Node.js 是 ${process.versions.node}，本程序需要 22.18 或更新的版本，请安装后再试。`);
else if (command === "start") run(node, "start.ts", rest);
else if (command === "dev") run(node, "dev.ts", rest);
else run(node, "cli.ts", process.argv.slice(2));
