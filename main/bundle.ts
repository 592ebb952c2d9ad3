// Builds what a browser or Electron cannot read as source: dist/renderer (the window) and dist/main (Electron's main
// process, its preload script and the threads of the core). A fresh clone has neither, and someone who pulls a new version
// must not see the old window, so both are rebuilt when a source is newer.
import { spawn } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { InlineConfig } from "vite";
import { GazetteError } from "../shared/api.ts";

const root = dirname(import.meta.dirname);
export const pageFolder = join(root, "dist", "renderer");

interface Part {
  readonly product: string;
  readonly sources: readonly string[];
  /** Done one after the other. */
  readonly builds: readonly InlineConfig[];
}

const parts = {
  renderer: {
    product: join(pageFolder, "index.html"),
    sources: ["renderer", "shared", "package-lock.json"],
    builds: [{ configFile: join(root, "renderer", "vite.config.ts") }],
  },
  main: {
    product: join(root, "dist", "main", "preload.cjs"),
    sources: ["main", "shared", "package-lock.json"],
    // A sandboxed preload script must be CommonJS; the rest is ESM and leaves packages in node_modules.
    builds: [
      serverBuild(
        {
          electron: "main/electron.ts",
          coreProcess: "main/coreProcess.ts",
          exportWorker: "main/export/worker.ts",
          drawingWorker: "main/import/drawingWorker.ts",
          officeWorker: "main/import/office/officeWorker.ts",
        },
        "es",
        true,
      ),
      serverBuild({ preload: "main/preload.ts" }, "cjs", false),
    ],
  },
} satisfies Record<string, Part>;

export type PartName = keyof typeof parts;
export const partNames: readonly PartName[] = ["renderer", "main"];

function serverBuild(entries: Readonly<Record<string, string>>, format: "es" | "cjs", empty: boolean): InlineConfig {
  return {
    configFile: false,
    root,
    build: {
      ssr: true,
      target: "node24",
      outDir: "dist/main",
      emptyOutDir: empty,
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, join(root, path)])),
        external: ["electron"],
        output: { format, entryFileNames: format === "es" ? "[name].js" : "[name].cjs" },
      },
    },
  };
}

/** Builds a part whose product is missing or older than its sources; `say` gets one line before. The build runs in a
 *  process of its own, so that a server does not carry the bundler along. Throws GazetteError when it fails. */
export async function prepare(name: PartName, say: (line: string) => void): Promise<void> {
  const { product, sources } = parts[name];
  const built = modified(product);
  if (sources.every((source) => newest(join(root, source)) <= built)) return;
  say("正在生成界面，约需几秒……");
  const child = spawn(process.execPath, [join(root, "main", "dev.ts"), "build", name], { cwd: root, stdio: "ignore" });
  const code = await new Promise((resolve) => child.once("exit", resolve).once("error", resolve));
  if (code !== 0)
    throw new GazetteError("internal", "界面生成失败，请先运行 npm ci 再试；原因可用 npm run build 查看。");
}

/** Throws the bundler's own errors, for those who work on the program. */
export async function build(name: PartName): Promise<void> {
  const { build: buildWith } = await import("vite");
  for (const config of parts[name].builds) await buildWith({ ...config, logLevel: "warn" });
}

/** Time of the last change in milliseconds; 0 when there is nothing. */
function modified(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Latest change of a file, or of anything below a folder. */
function newest(path: string): number {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return modified(path);
  const below = readdirSync(path, { recursive: true, withFileTypes: true });
  return below.reduce(
    (latest, entry) => Math.max(latest, modified(join(entry.parentPath, entry.name))),
    modified(path),
  );
}
