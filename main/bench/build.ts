// The whole process of `zhengbao build`, from the launcher to the delivered PDF, beside Typst's compiler on the same
// text with the same faces on the same paper. Both are cold processes and take turns, so that what else the machine does
// meets both. Ours reads a dump and proves the PDF; Typst does neither, so ours is given without the proof as well.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { loadStyle } from "../export/styles.ts";
import { openFaces } from "../fonts/faces.ts";
import { type Run, type Runs, runCold, summary } from "./coldRun.ts";
import { assets, quantile, round, seed, subject } from "./subject.ts";
import { typstSource } from "./typstSource.ts";

const runs = 5;

const subjects = [
  { name: "002", style: "linxiang" },
  { name: "004", style: "luxi" },
] as const;

export async function buildTimes(): Promise<object> {
  const folder = mkdtempSync(join(tmpdir(), "zhengbao-bench-"));
  try {
    const faces = join(folder, "faces");
    mkdirSync(faces);
    const { infos, bytes } = openFaces();
    for (const { id } of infos) writeFileSync(join(faces, `${id}.ttf`), bytes(id));
    const measured: object[] = [];
    for (const one of subjects) measured.push(await besideTypst(one, folder, faces));
    return { cores: cpus().length, subjects: measured };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function besideTypst({ name, style }: (typeof subjects)[number], folder: string, faces: string): Promise<object> {
  const file = seed(name);
  const source = join(folder, "issue.typ");
  writeFileSync(source, typstSource(await subject(name, style), loadStyle(assets, style)));
  const out = (who: string) => join(folder, `${who}.pdf`);
  const report = join(folder, "report.json");
  const command = [...(file === null ? ["demo"] : ["build", file]), "--style", style, "--report", report];
  const contestants = {
    ours: async () => {
      const run = await runCold("run.mjs", [...command, "-o", out("ours")]);
      return { ...run, output: readFileSync(report, "utf8") };
    },
    unproved: () => runCold(join("bench", "unproved.ts"), [file ?? "demo", style, out("unproved")]),
    typst: () => runCold(join("bench", "typst.ts"), [source, faces, out("typst")]),
  };
  const times: Record<keyof typeof contestants, Run[]> = { ours: [], unproved: [], typst: [] };
  for (let turn = 0; turn <= runs; turn++)
    for (const who of ["ours", "unproved", "typst"] as const) {
      const run = await contestants[who]();
      // The first turn fills the caches of compiled sources and of files, as any first use does.
      if (turn > 0) times[who].push(run);
    }
  const told = times.ours.map(({ output }): Report => JSON.parse(output)); // written by our own `build`
  const parts = times.unproved.map(({ output }): Parts => JSON.parse(output)); // and by unproved.ts
  const [typstTold]: readonly { pages: number }[] = times.typst.map(({ output }) => JSON.parse(output)); // and typst.ts
  const bytes = (who: string) => statSync(out(who)).size;
  const ours = { ...summary(times.ours), pages: told[0]?.pages ?? 0, bytes: bytes("ours") };
  const unproved = { ...summary(times.unproved), bytes: bytes("unproved") };
  const typst = { ...summary(times.typst), pages: typstTold?.pages ?? 0, bytes: bytes("typst") };
  const result = {
    subject: file === null ? "sample" : name,
    style,
    ours: { ...ours, seconds: medians(told.map(({ seconds }) => seconds)) },
    unproved: { ...unproved, seconds: medians(parts) },
    typst,
    ratio: round(ours.medianSeconds / typst.medianSeconds, 2),
    ratioUnproved: round(unproved.medianSeconds / typst.medianSeconds, 2),
    proofShare: round(ours.medianSeconds / unproved.medianSeconds - 1, 2),
  };
  console.log(`${result.subject}（${style}），各${runs}次，轮流：`);
  console.log(sentence("本程序（识别、排版、写出、全部核对）", ours));
  console.log(sentence("本程序（不核对，只为测量）", unproved));
  console.log(sentence("Typst（已备好的源文，不识别、不核对）", typst));
  console.log(`  用时之比：连同核对${result.ratio}，不核对${result.ratioUnproved}。`);
  return result;
}

function sentence(
  who: string,
  { medianSeconds, p95Seconds, peakMegabytes, ...made }: Runs & { readonly bytes: number; readonly pages?: number },
): string {
  const pages = made.pages === undefined ? "" : `，${made.pages}页`;
  return `  ${who}：中位${medianSeconds}秒，95%在${p95Seconds}秒以内，内存峰值${peakMegabytes ?? "不明"}MB${pages}，PDF ${Math.round(made.bytes / 1024)}kB`;
}

/** Seconds of each part of a run. */
type Parts = Readonly<Record<string, number>>;
interface Report {
  readonly pages: number;
  readonly seconds: Parts;
}

function medians(runs: readonly Parts[]): Parts {
  const names = Object.keys(runs[0] ?? {});
  return Object.fromEntries(
    names.map((part) => [
      part,
      quantile(
        runs.map((run) => run[part] ?? Number.NaN),
        0.5,
      ),
    ]),
  );
}
