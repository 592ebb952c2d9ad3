// `build` and `demo`: a dump, or the sample issue, composed, laid out, exported and verified in one go.
import { basename } from "node:path";
import type { StyleSheet } from "../../shared/layout/style.ts";
import type { Finding } from "../../shared/proof/proof.ts";
import type { Composed } from "../compose.ts";
import { hint, print, UsageError } from "../terminal.ts";
import {
  assets,
  checkTargets,
  defaultStyle,
  oneFile,
  outputOf,
  type Purpose,
  parse,
  profileNamed,
  purposeOptions,
  readFrom,
  realPath,
  styleNamed,
} from "./arguments.ts";
import { allFindings, place, readFile } from "./dump.ts";
import { afterwards, hintAll, paperWords, programName, refuse, secondsOf, stopInOrder, writeText } from "./made.ts";

const exportOptions = {
  output: { type: "string", short: "o" },
  style: { type: "string" },
  ...purposeOptions,
  report: { type: "string" },
  text: { type: "string" },
  notices: { type: "string" },
  sheet: { type: "string" },
  by: { type: "string" },
  waive: { type: "string" },
} as const;

export async function build(args: string[]): Promise<number> {
  stopInOrder();
  const { values, positionals } = parse(args, exportOptions);
  const file = oneFile(positionals);
  const targets = exportTargets(values);
  await profileNamed(values);
  await checkTargets(targets, [file, ...readFrom(values)]);
  await checkNoticeFolder(values.notices, targets);
  const style = await styleNamed(values.style ?? defaultStyle);
  const { reading, encoding, images } = await readFile(file);
  const { composeReading } = await import("../compose.ts");
  const composed = composeReading(reading, style.name, new Date().toISOString().slice(0, 10), images);
  if (!reading.issue) hint(`这个文件没有封面和版权页，按散页公文编排，刊名暂写作“${composed.issue.gazetteTitle}”。`);
  const findings = allFindings(reading);
  const errors = findings.filter((finding) => finding.severity === "error");
  hintAll(
    errors.map((finding) => `${basename(file)} ${place(finding)}${finding.message}`),
    `处差错，运行 zhengbao read 可看全部`,
  );
  return exportTo(targets, composed, style, { file: basename(file), encoding, findings }, values);
}

export async function demo(args: string[]): Promise<number> {
  stopInOrder();
  const { values, positionals } = parse(args, exportOptions);
  if (positionals.length > 0) throw new UsageError("demo 用自带的示例公报，不需要写文件");
  const targets = exportTargets(values);
  await profileNamed(values);
  await checkTargets(targets, readFrom(values));
  await checkNoticeFolder(values.notices, targets);
  const { composeSample, readSample } = await import("../compose.ts");
  const sample = readSample(assets);
  const style = await styleNamed(values.style ?? sample.issue.style);
  return exportTo(targets, composeSample(sample, style.name), style, null, values);
}

/** What is made beside the PDF, as it was written. */
interface Extras {
  readonly by?: string;
  readonly waive?: string;
  /** A folder for the notices as PDFs of their own. */
  readonly notices?: string;
}

type Targets = {
  readonly output: string;
  readonly report: string | undefined;
  readonly text: string | undefined;
  readonly sheet: string | undefined;
  /** Beside the sheet, the same as JSON. */
  readonly sheetJson: string | undefined;
};

function exportTargets(values: { output?: string; report?: string; text?: string; sheet?: string }): Targets {
  const { report, text, sheet } = values;
  return { output: outputOf(values), report, text, sheet, sheetJson: sheet?.replace(/(?:\.pdf)?$/iu, ".json") };
}

async function checkNoticeFolder(folder: string | undefined, targets: Targets): Promise<void> {
  if (folder === undefined) return;
  if (Object.values(targets).some((path) => path !== undefined && realPath(path) === realPath(folder)))
    throw new UsageError("--notices 要写一个文件夹，不能和别的文件写成同一个");
  const { checkTargetFolder } = await import("../export/deliver.ts");
  await checkTargetFolder(folder);
}

async function exportTo(
  targets: Targets,
  { issue, notices, images }: Composed,
  style: StyleSheet,
  source: { readonly file: string; readonly encoding: string; readonly findings: readonly Finding[] } | null,
  { by, waive, notices: folder, ...purpose }: Purpose & Extras,
): Promise<number> {
  const [{ exportIssue }, { officeFaces }, { approvedText }] = await Promise.all([
    import("../export/export.ts"),
    import("./fonts.ts"),
    import("../../shared/layout/approved.ts"),
  ]);
  const faces = officeFaces().set;
  const profile = await profileNamed(purpose);
  const report = await exportIssue({ issue, notices, images, style, profile, fonts: faces.fonts, out: targets.output });
  const made = report.mismatches.length === 0 ? `已生成 ${targets.output}，但` : "";
  if (targets.report) await writeText(made, targets.report, `${JSON.stringify({ ...report, source }, null, 1)}\n`);
  hintAll([...new Set(report.warnings.map((warning) => warning.message))], "处，写在 --report 的报告里");
  if (report.mismatches.length > 0) return refuse(targets.output, report, targets.report);
  if (targets.text) {
    const lines = approvedText(issue, notices, style).flatMap((part) => part.lines);
    await writeText(made, targets.text, lines.map((line) => `${line.replaceAll("\n", " ")}\n`).join(""));
  }
  if (targets.sheet && targets.sheetJson) {
    const { deliverSheet, notSigned, systemUser, zonedTime } = await import("../export/pressSheet.ts");
    const exported = { by: by ?? systemUser(), at: zonedTime(new Date()), program: await programName() };
    const places = { form: targets.sheet, data: targets.sheetJson, fileName: basename(targets.output) };
    const order = { ...places, exported, waiver: waive ?? "", signOff: notSigned };
    await afterwards(made, deliverSheet({ issue, notices, style, report }, order, faces));
  }
  print(
    `已生成 ${targets.output}：${report.issue}，公文${report.notices.length}份，${report.pages}页，${paperWords(report)}` +
      `${report.contents.length > 0 ? `目录${report.contents.length}条和` : ""}正文${report.characters}字已逐一核对无误（${secondsOf(report)}秒）。\n`,
  );
  if (folder === undefined) return 0;
  const { exportNoticeFolder } = await import("../export/noticePdfs.ts");
  const all = { issue, notices, images, style, fonts: faces.fonts };
  const cut = await exportNoticeFolder(all, folder);
  if (cut.mismatches.length > 0) return refuse(folder, cut, undefined);
  return print(
    `已生成 ${folder}：${cut.notices.length}份公文各一个PDF，共${cut.pages}页，${cut.characters}字已逐一核对无误（${secondsOf(cut)}秒）。\n`,
  );
}
