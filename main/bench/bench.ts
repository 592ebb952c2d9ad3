// Measurements that the README quotes: human text first, one JSON object on the last line.
//   build: the whole process of `zhengbao build`, from the launcher to the delivered PDF, seconds and peak memory.
//   edit: one typed character, from the changed block to the new display list of the whole issue, milliseconds.
//   layout: a two-column issue cold and warm, and a bound volume of a thousand pages.
//   pages: where the notices of two really printed issues begin, and where their pages end, ours beside the print.
//   preview: one typed character, from the key to the painted page, in a real browser, milliseconds.
// The subject is a real issue in the folder that GAZETTE_SEEDS names, else the sample.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { editTimes, layoutTimes } from "./layout.ts";
import { pagesBesidePrint } from "./pages.ts";
import { previewTimes } from "./preview.ts";
import { quantile, root, round, seed } from "./subject.ts";

const benches: Readonly<Record<string, () => Promise<object>>> = {
  build,
  edit: editTimes,
  layout: layoutTimes,
  pages: pagesBesidePrint,
  preview,
};

const name = process.argv[2] ?? "";
const bench = Object.hasOwn(benches, name) ? benches[name] : undefined;
if (bench) console.log(JSON.stringify({ bench: name, ...(await bench()) }));
else {
  console.error(`没有名为“${name}”的测量，可用的有：${Object.keys(benches).join("、")}。`);
  process.exitCode = 2;
}

// ---- build

interface Run {
  readonly seconds: number;
  /** Sum over launcher and program; null where the system does not tell. */
  readonly megabytes: number | null;
}

async function build(): Promise<object> {
  const file = seed("002");
  const folder = mkdtempSync(join(tmpdir(), "zhengbao-bench-"));
  try {
    const command = file === null ? ["demo"] : ["build", file];
    const args = [...command, "-o", join(folder, "out.pdf"), "--style", "linxiang"];
    await runOnce(args); // fills the cache of compiled sources, as any first use does
    const runs: Run[] = [];
    for (let i = 0; i < 5; i++) runs.push(await runOnce(args));
    const seconds = runs.map((run) => run.seconds);
    const megabytes = Math.max(...runs.map((run) => run.megabytes ?? Number.NaN));
    const result = {
      subject: file === null ? "sample" : "002",
      runs: runs.length,
      medianSeconds: quantile(seconds, 0.5),
      p95Seconds: quantile(seconds, 0.95),
      peakMegabytes: Number.isNaN(megabytes) ? null : megabytes,
      cores: cpus().length,
    };
    console.log(
      `整个过程（启动、识别、排版、写出、核对）${runs.length}次：中位${result.medianSeconds}秒，最慢${Math.max(...seconds)}秒，内存峰值${result.peakMegabytes ?? "不明"}MB，${result.cores}核。`,
    );
    return result;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function runOnce(args: readonly string[]): Promise<Run> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(process.execPath, [join(root, "main", "run.mjs"), ...args], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    let complaint = "";
    child.stderr.on("data", (data: Buffer) => {
      complaint += data;
    });
    const peaks = new Map<number, number>();
    const watch = setInterval(() => notePeaks(child.pid ?? 0, peaks), 15);
    child.once("error", reject);
    child.once("close", (code) => {
      clearInterval(watch);
      if (code !== 0) return reject(new Error(`the measured program ended with ${code}: ${complaint}`));
      const kilobytes = [...peaks.values()].reduce((sum, peak) => sum + peak, 0);
      resolve({
        seconds: round((performance.now() - start) / 1000, 2),
        megabytes: peaks.size > 0 ? Math.round(kilobytes / 1024) : null,
      });
    });
  });
}

/** Notes the highest memory (kB) that a process and its children have had so far; Linux only. */
function notePeaks(pid: number, peaks: Map<number, number>): void {
  try {
    const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    if (peak) peaks.set(pid, Number(peak[1]));
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8");
    for (const child of children.split(" ").filter(Boolean)) notePeaks(Number(child), peaks);
  } catch {
    // ended meanwhile, or a system without /proc
  }
}

// ---- preview

async function preview(): Promise<object> {
  const { pages, times } = await previewTimes(root);
  const result = { pages, keys: times.length, p50: quantile(times, 0.5), p95: quantile(times, 0.95) };
  console.log(`${pages}页，打一字到版面画出：中位${result.p50}毫秒，95%在${result.p95}毫秒以内。`);
  return result;
}
