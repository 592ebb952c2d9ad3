// Measurements that the README quotes: human text first, one JSON object on the last line.
//   build: the whole process of `zhengbao build`, from the launcher to the delivered PDF, seconds and peak memory.
//   edit: one typed character, from the changed block to the new display list of the whole issue, milliseconds.
//   preview: one typed character, from the key to the painted page, in a real browser, milliseconds.
// The subject is a real issue in the folder that GAZETTE_SEEDS names, else the sample.
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { LayoutCache, layoutIssue } from "../../shared/layout/layout.ts";
import { type Block, type Paragraph, paragraph, paragraphText } from "../../shared/model/block.ts";
import type { Notice, NoticeId } from "../../shared/model/notice.ts";
import { type Composed, composeReading, composeSample, readSample, recognise } from "../compose.ts";
import { inOrder } from "../export/export.ts";
import { loadStyle } from "../export/styles.ts";
import { openFonts } from "../fonts/faces.ts";
import { readTextFile } from "../import/file.ts";
import { previewTimes } from "./preview.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const assets = join(root, "assets");
const style = "linxiang";

const benches: Readonly<Record<string, () => Promise<object>>> = { build, edit, preview };

const name = process.argv[2] ?? "";
const bench = Object.hasOwn(benches, name) ? benches[name] : undefined;
if (bench) console.log(JSON.stringify({ bench: name, ...(await bench()) }));
else {
  console.error(`没有名为“${name}”的测量，可用的有：${Object.keys(benches).join("、")}。`);
  process.exitCode = 2;
}

/** Path of the real issue 002, or null, which is said. */
function seed(): string | null {
  const folder = process.env.GAZETTE_SEEDS ?? join(root, "..", "shared", "seeds");
  try {
    const file = readdirSync(folder).find((entry) => entry.startsWith("002_"));
    if (file) return join(folder, file);
  } catch {
    // no such folder: the sample stands in, as said below
  }
  console.log(`没有真实的公报文本（${folder}），改用自带的示例公报。`);
  return null;
}

// ---- build

interface Run {
  readonly seconds: number;
  /** Sum over launcher and program; null where the system does not tell. */
  readonly megabytes: number | null;
}

async function build(): Promise<object> {
  const file = seed();
  const folder = mkdtempSync(join(tmpdir(), "zhengbao-bench-"));
  try {
    const command = file === null ? ["demo"] : ["build", file];
    const args = [...command, "-o", join(folder, "out.pdf"), "--style", style];
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

// ---- edit

async function edit(): Promise<object> {
  const { issue, notices } = await subject();
  const sheet = loadStyle(assets, style);
  const fonts = openFonts();
  const cache = new LayoutCache();
  const edited = new Map<NoticeId, Notice>(notices);
  const start = performance.now();
  const layout = layoutIssue(issue, edited, sheet, fonts, cache);
  console.log(`${layout.pages.length}页，首次排版${round(performance.now() - start, 0)}毫秒。`);

  const order = inOrder(issue, notices);
  const all: number[] = [];
  const places: Record<string, { p50: number; p95: number }> = {};
  for (const [place, at] of [
    ["start", 0],
    ["middle", 0.5],
    ["end", 1],
  ] as const) {
    const notice = order[Math.round(at * (order.length - 1))];
    if (!notice) throw new RangeError("the issue is empty");
    const times: number[] = [];
    for (let i = 0; i < 105; i++) {
      const body = type(edited.get(notice.id)?.body ?? [], at, i);
      const begin = performance.now();
      edited.set(notice.id, { ...notice, body });
      layoutIssue(issue, edited, sheet, fonts, cache);
      if (i >= 5) times.push(performance.now() - begin);
    }
    all.push(...times);
    places[place] = { p50: quantile(times, 0.5), p95: quantile(times, 0.95) };
    console.log(`在${notice.title}改一字：中位${places[place].p50}毫秒，95%在${places[place].p95}毫秒以内。`);
  }
  return { pages: layout.pages.length, p50: quantile(all, 0.5), p95: quantile(all, 0.95), places };
}

// ---- preview

async function preview(): Promise<object> {
  const { pages, times } = await previewTimes(root);
  const result = { pages, keys: times.length, p50: quantile(times, 0.5), p95: quantile(times, 0.95) };
  console.log(`${pages}页，打一字到版面画出：中位${result.p50}毫秒，95%在${result.p95}毫秒以内。`);
  return result;
}

async function subject(): Promise<Composed> {
  const file = seed();
  if (file === null) return composeSample(readSample(assets), style);
  const { text } = await readTextFile(file);
  return composeReading(recognise(text, file), style, "");
}

/** The body with one character typed into its paragraph at a share of its length. */
function type(body: readonly Block[], at: number, count: number): Block[] {
  const places = [...body.keys()].filter((i) => body[i]?.type === "paragraph");
  const place = places[Math.round(at * (places.length - 1))] ?? 0;
  const block = body[place] as Paragraph; // chosen among the paragraphs
  const text = paragraphText(block);
  const middle = Math.floor(text.length / 2);
  const typed = text.slice(0, middle) + "改字试之"[count % 4] + text.slice(middle);
  return body.with(place, paragraph(block.attrs.kind, typed));
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return round(sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN, 2);
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
