#!/usr/bin/env -S node --max-semi-space-size=16
// The launcher: plain JavaScript that any Node from 18 on can read. `start` -> start.ts, `dev <job>` -> dev.ts,
// everything else -> cli.ts. A Node that strips types runs it right here; an older one starts the binary of an optional
// dependency and hands the command line to it, exit code and signals passing through. The flag above keeps 100 MB that
// V8 would take for short-lived objects of a large issue; it makes nothing slower.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import module, { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const signalNumbers = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };

/** Path of a Node that strips types (22.18 or newer), or null. */
function findNode() {
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

async function runHere(path, args) {
  // As --disable-warning does it: that stripping types is experimental in this Node is nothing for a user.
  const [warn] = process.listeners("warning");
  process.removeAllListeners("warning");
  if (warn)
    process.on("warning", (warning) => {
      if (warning.name !== "ExperimentalWarning") warn(warning);
    });
  module.enableCompileCache?.();
  await import("./wholePdfLib.mjs");
  process.argv = [process.execPath, path, ...args];
  await import(pathToFileURL(path).href);
}

function runUnder(node, path, args) {
  const child = spawn(node, ["--max-semi-space-size=16", "--disable-warning=ExperimentalWarning", path, ...args], {
    stdio: "inherit",
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

async function run(script, args) {
  // What can be made again: compiled sources, unpacked faces; for the next start, and for each thread of this one.
  process.env.GAZETTE_CACHE ??= join(root, "node_modules", ".cache");
  process.env.NODE_COMPILE_CACHE ??= join(process.env.GAZETTE_CACHE, "compile");
  const path = join(root, "main", script);
  if (process.features.typescript) return runHere(path, args);
  const node = findNode();
  if (node) return runUnder(node, path, args);
  refuse(`当前的 Node.js 是 ${process.versions.node}，本程序需要 22.18 或更新的版本，请安装后再试。`);
}

const [command, ...rest] = process.argv.slice(2);
if (!existsSync(join(root, "node_modules"))) refuse("还没有安装依赖，请先在程序所在的文件夹运行 npm ci。");
else if (command === "start") await run("start.ts", rest);
else if (command === "dev") await run("dev.ts", rest);
else await run("cli.ts", process.argv.slice(2));
