// One run of a program in a process of its own: how long from its start to its end, and the memory of all its processes
// together at their highest.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { quantile, root, round } from "./subject.ts";

export interface Run {
  readonly seconds: number;
  /** Of all cores, which a busy machine does not change; null as below. */
  readonly cpuSeconds: number | null;
  /** Sum over the processes of their own peaks; null where the system does not tell. */
  readonly megabytes: number | null;
  readonly output: string;
}

export interface Runs {
  readonly runs: number;
  readonly medianSeconds: number;
  readonly p95Seconds: number;
  readonly medianCpuSeconds: number | null;
  readonly peakMegabytes: number | null;
}

export function summary(runs: readonly Run[]): Runs {
  const seconds = runs.map((run) => run.seconds);
  const peak = Math.max(...runs.map(({ megabytes }) => megabytes ?? Number.NaN));
  return {
    runs: runs.length,
    medianSeconds: quantile(seconds, 0.5),
    p95Seconds: quantile(seconds, 0.95),
    medianCpuSeconds: runs.some((run) => run.cpuSeconds === null)
      ? null
      : quantile(
          runs.map((run) => run.cpuSeconds ?? 0),
          0.5,
        ),
    peakMegabytes: Number.isNaN(peak) ? null : peak,
  };
}

/** How the launcher is started as an installed command, by its first line, and what it gives a program that it runs. */
function flagsOf(script: string): string[] {
  const launcher = join(root, "main", "run.mjs");
  const [, flags = ""] = /^#!.* node (.*)\n/u.exec(readFileSync(launcher, "utf8")) ?? [];
  const own = script === launcher ? [] : ["--import", pathToFileURL(join(root, "main", "wholePdfLib.mjs")).href];
  return [...flags.split(" ").filter(Boolean), ...own];
}

/** Runs a script of main/ under this Node. Rejects with what it complained of when it does not end well. */
export function runCold(name: string, args: readonly string[]): Promise<Run> {
  const script = join(root, "main", name);
  return new Promise((resolve, reject) => {
    const cache = join(root, "node_modules", ".cache");
    const env = { GAZETTE_CACHE: cache, NODE_COMPILE_CACHE: join(cache, "compile"), ...process.env };
    const start = performance.now();
    const child = spawn(process.execPath, [...flagsOf(script), script, ...args], {
      stdio: ["ignore", "pipe", "pipe"],
      env,
    });
    let output = "";
    let complaint = "";
    child.stdout.on("data", (data: Buffer) => {
      output += data;
    });
    child.stderr.on("data", (data: Buffer) => {
      complaint += data;
    });
    const uses = new Map<number, Use>();
    const watch = setInterval(() => noteUse(child.pid ?? 0, uses), 15);
    child.once("error", reject);
    child.once("close", (code) => {
      clearInterval(watch);
      const seconds = round((performance.now() - start) / 1000, 2);
      if (code !== 0) return reject(new Error(`${name} ended with ${code}: ${complaint}`));
      const sum = (of: (use: Use) => number) => [...uses.values()].reduce((total, use) => total + of(use), 0);
      const isKnown = uses.size > 0;
      resolve({
        seconds,
        cpuSeconds: isKnown ? round(sum((use) => use.ticks) / ticksPerSecond, 2) : null,
        megabytes: isKnown ? Math.round(sum((use) => use.kilobytes) / 1024) : null,
        output,
      });
    });
  });
}

/** What a process has used so far: its highest memory, its time on the cores. */
interface Use {
  readonly kilobytes: number;
  readonly ticks: number;
}

/** Linux counts processor time in hundredths of a second, whatever the kernel's own clock. */
const ticksPerSecond = 100;

/** Notes what a process and its children have used; Linux only. */
function noteUse(pid: number, uses: Map<number, Use>): void {
  try {
    const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    // utime and stime are the 14th and 15th field; the second, a name in brackets, may hold spaces.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
    if (peak) uses.set(pid, { kilobytes: Number(peak[1]), ticks: Number(fields[11]) + Number(fields[12]) });
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8");
    for (const child of children.split(" ").filter(Boolean)) noteUse(Number(child), uses);
  } catch {
    // ended meanwhile, or a system without /proc
  }
}
