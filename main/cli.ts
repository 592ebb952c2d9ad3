// The command line: read, build, demo and serve. Needs no display and, but for serve, no database. What a command needs
// is loaded when it runs, so that each starts fast.
import { realpathSync } from "node:fs";
import { basename, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type ExportReport, GazetteError } from "../shared/api.ts";
import type { StyleSheet } from "../shared/layout/style.ts";
import { issueName } from "../shared/model/notice.ts";
import { profiles } from "../shared/model/profile.ts";
import type { Finding } from "../shared/proof/proof.ts";
import type { Reading } from "../shared/read/reading.ts";
import type { Composed } from "./compose.ts";
import type { ExportProfile } from "./export/profiles.ts";
import { complain, fail, hint, portNumber, print, UsageError, write } from "./terminal.ts";

const help = `政报工坊：政府公报的编排、核对与付印

用法：
  zhengbao read <文件> [--json]         识别公报文本，列出公文和疑点；--json 输出全部字段
  zhengbao check <文件> [--json]        校对公报文本，按公文列出差错、存疑和提示；有差错时退出码为1
  zhengbao build <文件> -o <PDF>        识别、编排、导出并核对，一步完成
      --style <版式>                    版式名称，默认 gbt9704
      --profile <用途>                  screen 屏幕阅读（默认）、archive 归档、press 印刷、booklet 骑马钉拼版
      --creep <毫米>                    骑马钉拼版每张纸的爬移量，默认 0.1
      --report <文件>                   把核对报告写成 JSON
      --text <文件>                     写出付印的全部文字，一段一行
      --sheet <PDF>                     写出付印单，旁边另有同名的 .json；--by <导出人>、--waive <放行理由>
  zhengbao verify <PDF> --against <文件>
                                        重新核对一份PDF，文件可以是公报文本、build --text 的文字或付印单 .json
      --as <issue|text>                 写明文件是公报文本还是一段一行的文字；不写时，没有空行的算文字
      --sheet <付印单.json>             同 --against，按付印单核对
      --style <版式>                    公报文本用的版式，默认 gbt9704；--profile、--creep 同 build
      --json                            结果写成 JSON
  zhengbao annual <文件>… -o <PDF>      由一年的各期公报编总目录，导出并核对；各期和总目录同用一种版式
      --year <年份>                     各期不是同一年时写明
      --order <编排>                    section 按栏目（默认）、issuer 按发文机关、number 按文号
      --style <版式>                    同 build
      --csv <文件>                      另存为表格
  zhengbao demo -o <PDF>                用自带的示例公报做同样的事，选项同 build
  zhengbao styles [<版式文件>] [--schema]
                                        列出版式；写了文件就检查它；--schema 输出版式文件的JSON Schema
  zhengbao serve [--data <文件夹>] [--port <端口>] [--no-open]
                                        在浏览器中使用；数据默认放在 GAZETTE_DATA 所指的文件夹
  zhengbao start                        打开窗口
  zhengbao --version                    显示版本

退出码：0 完成；1 核对没有通过，没有生成文件，或校对查出差错；2 文件或用法有误。
`;

const assets = fileURLToPath(new URL("../assets", import.meta.url));
const defaultStyle = "gbt9704";

const commands: Readonly<Record<string, (args: string[]) => Promise<number>>> = {
  read,
  check,
  build,
  verify,
  annual,
  demo,
  styles,
  serve,
};

async function main(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args;
  if (command === "--help" || command === "-h" || command === "help") return print(help);
  if (command === "--version") return print(`${await programName()}\n`);
  if (command === undefined) throw new UsageError("没有写要做什么");
  const run = Object.hasOwn(commands, command) ? commands[command] : undefined;
  if (!run) throw new UsageError(`没有“${command}”这个命令`);
  if (rest.includes("--help") || rest.includes("-h")) return print(help);
  return run(rest);
}

// ---- read

async function read(args: string[]): Promise<number> {
  const { values, positionals } = parse(args, { json: { type: "boolean" } });
  const { reading, encoding } = await readFile(oneFile(positionals));
  if (!values.json) return print(overview(reading, encoding));
  const { answerKey } = await import("../shared/read/answer.ts");
  return write(
    `${JSON.stringify(Object.assign({}, answerKey(reading), { findings: allFindings(reading) }), null, 1)}\n`,
  );
}

async function readFile(path: string): Promise<{ reading: Reading; encoding: string; text: string }> {
  const [{ readTextFile }, { recognise }] = await Promise.all([import("./import/file.ts"), import("./compose.ts")]);
  const { text, encoding } = await readTextFile(path);
  return { reading: recognise(text, basename(path)), encoding, text };
}

function allFindings(reading: Reading): Finding[] {
  return [...reading.findings, ...reading.drafts.flatMap((draft) => draft.findings)].sort(
    (a, b) => (a.line ?? 0) - (b.line ?? 0),
  );
}

/** A tidy Chinese table of what was recognised: two lines a notice, then the findings. */
function overview(reading: Reading, encoding: string): string {
  const { issue, drafts } = reading;
  const serial = issue && issue.serial !== null ? `（总第${issue.serial}期）` : "";
  const published = issue?.published ? `，出版日期${issue.published}` : "";
  const lines = [
    issue ? `${issueName(issue)}${serial}${published}` : "没有封面和版权页，按散页公文识别",
    `编码${encoding}，公文${drafts.length}份`,
    "",
  ];
  const rows = drafts.map((draft, i) => [
    `${i + 1}.`,
    draft.docNumber || "无文号",
    draft.uniformNumber,
    draft.dated || "日期不明",
    draft.kind,
    draft.section,
    `第${draft.startLine}至${draft.endLine}行`,
  ]);
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => width(row[column] ?? ""))));
  for (const [i, row] of rows.entries()) {
    const cells = row.map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - width(cell)));
    lines.push(cells.join("  ").trimEnd(), `${" ".repeat((widths[0] ?? 0) + 2)}${drafts[i]?.title ?? ""}`);
  }
  const findings = allFindings(reading);
  lines.push("", findings.length > 0 ? `疑点${findings.length}处：` : "没有发现疑点。");
  for (const finding of findings) lines.push(`${severityNames[finding.severity]} ${place(finding)}${finding.message}`);
  return `${lines.join("\n")}\n`;
}

const severityNames = { error: "差错", warning: "存疑", hint: "提示" } as const;

/** The line of a finding, unless its message names it. */
function place({ line, message }: Finding): string {
  return line === undefined || message.includes(`第${line}行`) ? "" : `第${line}行 `;
}

/** Columns of a terminal: Chinese characters and full-width marks take two. */
function width(text: string): number {
  return Array.from(text).reduce((sum, char) => sum + (/[\u1100-\u115f\u2e80-\uffdc〔〕—“”…]/u.test(char) ? 2 : 1), 0);
}

// ---- check

async function check(args: string[]): Promise<number> {
  const { values, positionals } = parse(args, { json: { type: "boolean" } });
  const { reading, text } = await readFile(oneFile(positionals));
  const { proofread } = await import("../shared/read/proofread.ts");
  const findings = proofread(reading, text);
  if (values.json) {
    const rows = findings.map(({ rule, severity, line, excerpt, message }) => ({
      ...{ rule, severity, line: line ?? null, excerpt, message },
    }));
    write(`${JSON.stringify(rows, null, 1)}\n`);
  } else print(proofList(reading, findings));
  return findings.some(({ severity }) => severity === "error") ? 1 : 0;
}

/** The findings under the notices in whose lines they are, with what stands there. */
function proofList({ drafts }: Reading, findings: readonly Finding[]): string {
  const count = (severity: Finding["severity"]) => findings.filter((finding) => finding.severity === severity).length;
  const total = `公文${drafts.length}份，差错${count("error")}处，存疑${count("warning")}处，提示${count("hint")}处。`;
  const draftOf = ({ line = 0 }: Finding) =>
    drafts.find(({ startLine, endLine }) => startLine <= line && line <= endLine);
  const out: string[] = [];
  for (const [draft, group] of Map.groupBy(findings, draftOf)) {
    out.push("", draft ? `${draft.title}${draft.docNumber ? `（${draft.docNumber}）` : ""}` : "封面、目录和版权页");
    for (const finding of group) {
      out.push(`  ${severityNames[finding.severity]} ${place(finding)}${finding.message}`);
      if (finding.excerpt) out.push(`       ${finding.excerpt}`);
    }
  }
  return `${[total, ...out].join("\n")}\n`;
}

// ---- styles

async function styles(args: string[]): Promise<number> {
  const { values, positionals } = parse(args, { schema: { type: "boolean" } });
  if (values.schema) {
    const { styleJsonSchema } = await import("../shared/layout/styleSettings.ts");
    return write(`${JSON.stringify(styleJsonSchema(), null, 2)}\n`);
  }
  const { loadStyle, resolveStyle, styleFinder, styleNames } = await import("./export/styles.ts");
  if (positionals.length === 0)
    return print(
      styleNames(assets)
        .map((name) => `${name.padEnd(12)}${loadStyle(assets, name).label}\n`)
        .join(""),
    );
  const { readTextFile } = await import("./import/file.ts");
  const file = oneFile(positionals);
  const { text } = await readTextFile(file);
  const { label } = resolveStyle(parseJson(text, file), basename(file), styleFinder(assets));
  return print(`${basename(file)} 可以使用：${label}\n`);
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new GazetteError("badRequest", `${basename(file)} 不是JSON文件，请检查逗号、引号和括号。`);
  }
}

// ---- build and demo

const exportOptions = {
  output: { type: "string", short: "o" },
  style: { type: "string" },
  profile: { type: "string" },
  creep: { type: "string" },
  report: { type: "string" },
  text: { type: "string" },
  sheet: { type: "string" },
  by: { type: "string" },
  waive: { type: "string" },
} as const;

async function build(args: string[]): Promise<number> {
  stopInOrder();
  const { values, positionals } = parse(args, exportOptions);
  const file = oneFile(positionals);
  const targets = exportTargets(values);
  await profileNamed(values);
  await checkTargets(targets, [file]);
  const style = await styleNamed(values.style ?? defaultStyle);
  const { reading, encoding } = await readFile(file);
  const { composeReading } = await import("./compose.ts");
  const composed = composeReading(reading, style.name, new Date().toISOString().slice(0, 10));
  if (!reading.issue) hint(`这个文件没有封面和版权页，按散页公文编排，刊名暂写作“${composed.issue.gazetteTitle}”。`);
  const findings = allFindings(reading);
  const errors = findings.filter((finding) => finding.severity === "error");
  hintAll(
    errors.map((finding) => `${basename(file)} ${place(finding)}${finding.message}`),
    `处差错，运行 zhengbao read 可看全部`,
  );
  return exportTo(targets, composed, style, { file: basename(file), encoding, findings }, values);
}

/** The first few on a line each; a terminal is no place for thousands. `rest` ends the sentence 另有n…. */
function hintAll(messages: readonly string[], rest: string): void {
  const shown = 10;
  for (const message of messages.slice(0, shown)) hint(message);
  if (messages.length > shown) hint(`另有${messages.length - shown}${rest}`);
}

async function demo(args: string[]): Promise<number> {
  stopInOrder();
  const { values, positionals } = parse(args, exportOptions);
  if (positionals.length > 0) throw new UsageError("demo 用自带的示例公报，不需要写文件");
  const targets = exportTargets(values);
  await profileNamed(values);
  await checkTargets(targets, []);
  const { composeSample, readSample } = await import("./compose.ts");
  const sample = readSample(assets);
  const style = await styleNamed(values.style ?? sample.issue.style);
  return exportTo(targets, composeSample(sample, style.name), style, null, values);
}

async function styleNamed(name: string): Promise<StyleSheet> {
  const { loadStyle } = await import("./export/styles.ts");
  return loadStyle(assets, name);
}

/** What the PDF is for, as it was written. */
interface Purpose {
  readonly profile?: string;
  /** mm */
  readonly creep?: string;
}

async function profileNamed({ profile: written = "screen", creep }: Purpose): Promise<ExportProfile> {
  const name = profiles.find((one) => one === written);
  if (!name) throw new UsageError(`没有“${written}”这种用途，可用的有：${profiles.join("、")}`);
  if (creep !== undefined && name !== "booklet") throw new UsageError("只有骑马钉拼版（--profile booklet）才有爬移量");
  if (creep !== undefined && !/^(?:[01](?:\.\d{1,2})?|2)$/u.test(creep))
    throw new UsageError(`爬移量应是0到2之间的毫米数，例如 --creep 0.1，不能是“${creep}”`);
  const { exportProfile } = await import("./export/profiles.ts");
  return exportProfile(assets, name, creep === undefined ? undefined : Number(creep));
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

function outputOf({ output }: { output?: string }): string {
  if (!output) throw new UsageError("没有写要生成的文件，请用 -o 写明，例如 -o 公报.pdf");
  return output;
}

/** `targets`: the files to be made, whatever each is called; `sources`: those that are read. */
async function checkTargets(
  targets: { readonly [name: string]: string | undefined },
  sources: readonly string[],
): Promise<void> {
  const { checkTarget } = await import("./export/deliver.ts");
  const given = Object.values(targets).filter((path) => path !== undefined);
  if (given.includes("-")) throw new UsageError("不能输出到屏幕，请写明文件名，例如 -o 公报.pdf");
  for (const path of given) await checkTarget(path);
  const places = [...given, ...sources].map(realPath);
  if (new Set(places).size < places.length) throw new UsageError("要读的文件和要生成的文件写成了同一个");
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path); // it does not exist yet
  }
}

async function exportTo(
  targets: Targets,
  { issue, notices, images }: Composed,
  style: StyleSheet,
  source: { readonly file: string; readonly encoding: string; readonly findings: readonly Finding[] } | null,
  { by, waive, ...purpose }: Purpose & { readonly by?: string; readonly waive?: string },
): Promise<number> {
  const [{ exportIssue }, { openFaces }, { approvedText }] = await Promise.all([
    import("./export/export.ts"),
    import("./fonts/faces.ts"),
    import("../shared/layout/approved.ts"),
  ]);
  const faces = openFaces();
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
    const { deliverSheet, systemUser, zonedTime } = await import("./export/pressSheet.ts");
    const exported = { by: by ?? systemUser(), at: zonedTime(new Date()), program: await programName() };
    const order = { form: targets.sheet, data: targets.sheetJson, fileName: basename(targets.output), exported };
    await afterwards(made, deliverSheet({ issue, notices, style, report }, { ...order, waiver: waive ?? "" }, faces));
  }
  return print(
    `已生成 ${targets.output}：${report.issue}，公文${report.notices.length}份，${report.pages}页，` +
      `${report.contents.length > 0 ? `目录${report.contents.length}条和` : ""}正文${report.characters}字已逐一核对无误（${secondsOf(report)}秒）。\n`,
  );
}

/** A text beside the PDF; `made` begins the sentence of a refusal with what has been made already. */
async function writeText(made: string, path: string, text: string): Promise<void> {
  const { deliver } = await import("./export/deliver.ts");
  await afterwards(
    made,
    deliver(path, new TextEncoder().encode(text), async () => true),
  );
}

/** A refusal of what is made beside the PDF says first what has been made. */
async function afterwards(made: string, work: Promise<unknown>): Promise<void> {
  await work.catch((error) => {
    throw error instanceof GazetteError ? new GazetteError(error.code, made + error.message, { cause: error }) : error;
  });
}

async function programName(): Promise<string> {
  const { default: manifest } = await import("../package.json", { with: { type: "json" } });
  return `政报工坊 ${manifest.version}`;
}

function refuse(output: string, report: ExportReport, all: string | undefined): number {
  const more = report.mismatches.length > 1 ? `共${report.mismatches.length}处不符，第一处是` : "";
  const where = all ? `，全部见 ${all}` : "";
  complain(`核对没有通过，没有生成 ${output}：${more}${report.mismatches[0]?.replace(/。$/u, "")}${where}。`);
  return 1;
}

function secondsOf({ seconds }: ExportReport): string {
  return Object.values(seconds)
    .reduce((sum, phase) => sum + phase, 0)
    .toFixed(1);
}

// ---- verify

async function verify(args: string[]): Promise<number> {
  const { values, positionals } = parse(args, {
    against: { type: "string" },
    sheet: { type: "string" },
    as: { type: "string" },
    style: { type: "string" },
    profile: { type: "string" },
    creep: { type: "string" },
    json: { type: "boolean" },
  });
  const profile = await profileNamed(values);
  const path = oneFile(positionals);
  const against = values.sheet ?? values.against;
  if (against === undefined) throw new UsageError("没有写拿什么来核对，请用 --against 写明公报文本、文字或付印单");
  if (values.sheet && values.against) throw new UsageError("--against 和 --sheet 只写一个");
  if (values.as !== undefined && !["issue", "text"].includes(values.as))
    throw new UsageError(`--as 只能是 issue 或 text，不能是“${values.as}”`);
  const [{ openForCheck, recheckIssue, recheckSheet, recheckText }, { readTextFile }, { openFaces }] =
    await Promise.all([import("./export/recheck.ts"), import("./import/file.ts"), import("./fonts/faces.ts")]);
  const { text } = await readTextFile(against);
  const opened = await openForCheck(path);
  const faces = openFaces();
  const check = async () => {
    if (values.sheet !== undefined || /\.json$/iu.test(against)) {
      const { readSheet } = await import("./export/pressSheet.ts");
      return recheckSheet(opened, readSheet(text, basename(against)), faces);
    }
    const lines = text.split(/\r?\n/u);
    const isText = values.as === "text" || (values.as === undefined && lines.slice(0, -1).every((one) => one.trim()));
    if (isText) return recheckText(opened, lines, faces.fonts);
    const { composeReading, recognise } = await import("./compose.ts");
    const style = await styleNamed(values.style ?? defaultStyle);
    const today = new Date().toISOString().slice(0, 10);
    return recheckIssue(
      opened,
      { ...composeReading(recognise(text, basename(against)), style.name, today), style, profile },
      faces.fonts,
    );
  };
  const result = await check();
  const right = result.mismatches.length === 0;
  if (values.json) write(`${JSON.stringify({ right, ...result }, null, 1)}\n`);
  else {
    hintAll(result.notes, "处提示");
    if (right) print(`${path}：${result.pages}面，${result.compared}，与 ${against} 逐一核对相符。\n`);
    else for (const sentence of result.mismatches) complain(sentence.replace(/。?$/u, "。"));
  }
  return right ? 0 : 1;
}

// ---- annual

async function annual(args: string[]): Promise<number> {
  stopInOrder();
  const { values, positionals: files } = parse(args, {
    output: exportOptions.output,
    style: exportOptions.style,
    year: { type: "string" },
    order: { type: "string" },
    csv: { type: "string" },
  });
  const [first] = files;
  if (first === undefined) throw new UsageError("没有写要读的文件");
  if (new Set(files.map(realPath)).size < files.length) throw new UsageError("同一个要读的文件写了两次");
  const [output, wanted] = [outputOf(values), values.year === undefined ? null : yearNumber(values.year)];
  const { annualOrders, annualTable, issuesOfYear } = await import("../shared/layout/annual.ts");
  const order = annualOrders.find((one) => one === (values.order ?? "section"));
  if (!order) throw new UsageError(`没有“${values.order}”这种编排，可用的有：${annualOrders.join("、")}`);
  await checkTargets({ output, csv: values.csv }, files);
  const style = await styleNamed(values.style ?? defaultStyle);
  const { composeReading } = await import("./compose.ts");
  const issues = [];
  for (const file of files) {
    const { reading } = await readFile(file);
    if (!reading.issue) hint(`${basename(file)} 没有封面和版权页，期号暂写作第1期。`);
    issues.push({ ...composeReading(reading, style.name, new Date().toISOString().slice(0, 10)), style });
  }
  const years = [...new Set(issues.map(({ issue }) => issue.year))].sort();
  const year = wanted ?? years[0] ?? 0;
  if (wanted === null && years.length > 1)
    throw new UsageError(`这些公报不是同一年的（${years.join("、")}），请用 --year 写明编哪一年`);
  const names = issuesOfYear(year, issues).map(({ issue }) => issueName(issue));
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice) hint(`要收入的公报里“${twice}”不止一份，请核对。`);
  const [{ exportAnnual }, { openFonts }] = await Promise.all([
    import("./export/annual.ts"),
    import("./fonts/faces.ts"),
  ]);
  const { report, rows } = await exportAnnual({ year, order, issues, style, fonts: openFonts(), out: output });
  hintAll([...new Set(report.warnings.map((warning) => warning.message))], "处版面提示");
  if (report.mismatches.length > 0) return refuse(output, report, undefined);
  if (values.csv) await writeText(`已生成 ${output}，但`, values.csv, annualTable(rows));
  return print(
    `已生成 ${output}：${report.issue}，${names.length}期，${rows.length}条，${report.pages}页，` +
      `${report.characters}字已逐一核对无误（${secondsOf(report)}秒）。\n`,
  );
}

function yearNumber(text: string): number {
  if (!/^[12]\d{3}$/.test(text)) throw new UsageError(`年份应写成四位数字，例如 --year 2026，“${text}”不是年份`);
  return Number(text);
}

// ---- serve

async function serve(args: string[]): Promise<number> {
  const { values, positionals } = parse(args, {
    data: { type: "string" },
    port: { type: "string" },
    "no-open": { type: "boolean" },
  });
  if (positionals.length > 0) throw new UsageError(`serve 后面不需要写“${positionals[0]}”`);
  const port = portNumber(values.port);
  const [{ serve: run }, { dataFolder }] = await Promise.all([import("./server.ts"), import("./folder.ts")]);
  await run({ folder: dataFolder(values.data, process.env, process.platform), port, open: !values["no-open"] });
  return 0;
}

// ---- arguments and signals

/** parseArgs, strictly: an option that is given twice or with nothing behind it is a slip, most often an empty shell
 *  variable, and must not be passed over. `-o=x` means `-o x`. */
function parse<O extends NonNullable<Parameters<typeof parseArgs>[0]>["options"]>(given: string[], options: O) {
  const args = given.flatMap((arg) => (arg.startsWith("-o=") ? ["-o", arg.slice(3)] : [arg]));
  try {
    const parsed = parseArgs({ args, options, allowPositionals: true, strict: true, tokens: true });
    const named = parsed.tokens.filter((token) => token.kind === "option");
    for (const [i, { name, rawName, value }] of named.entries()) {
      if (value === "") throw new UsageError(`选项“${rawName}”后面缺少内容`);
      if (named.findIndex((other) => other.name === name) < i) throw new UsageError(`选项“${rawName}”写了两次`);
    }
    if (parsed.positionals.includes("")) throw new UsageError("文件名是空的");
    return parsed;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : "";
    const name = error instanceof Error ? (/'(-[\w-]+)/.exec(error.message)?.[1] ?? "") : "";
    if (code === "ERR_PARSE_ARGS_UNKNOWN_OPTION") throw new UsageError(`没有“${name}”这个选项`);
    if (code === "ERR_PARSE_ARGS_INVALID_OPTION_VALUE") throw new UsageError(`选项“${name}”写得不对或后面缺少内容`);
    throw error;
  }
}

function oneFile(positionals: readonly string[]): string {
  const [file] = positionals;
  if (file === undefined) throw new UsageError("没有写要读的文件");
  if (positionals.length > 1) throw new UsageError(`一次只读一个文件，多写了“${positionals[1]}”`);
  return file;
}

/** Ctrl+C and the like end by process.exit, so that a half-written file is taken away (see deliver). */
function stopInOrder(): void {
  for (const [signal, code] of Object.entries({ SIGHUP: 129, SIGINT: 130, SIGTERM: 143 }))
    process.once(signal, () => {
      complain("已停止，没有做完。");
      process.exit(code);
    });
}

process.stdout.on("error", () => {
  complain("输出没有写完：接收输出的程序已经关闭，或者输出的位置不能写入。");
  process.exit(2);
});
process.stderr.on("error", () => process.exit(2));
process.on("uncaughtException", (error) => process.exit(fail(error)));

process.exitCode = await main(process.argv.slice(2)).catch(fail);
