// The command line: read, build, demo and serve. Needs no display and, but for serve, no database. What a command needs
// is loaded when it runs, so that each starts fast.
import { realpathSync } from "node:fs";
import { basename, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type ExportReport, GazetteError } from "../shared/api.ts";
import type { StyleSheet } from "../shared/layout/style.ts";
import { issueName } from "../shared/model/notice.ts";
import type { Finding } from "../shared/proof/proof.ts";
import type { Reading } from "../shared/read/reading.ts";
import type { Composed } from "./compose.ts";
import { complain, fail, hint, portNumber, print, UsageError, write } from "./terminal.ts";

const help = `政报工坊：政府公报的编排、核对与付印

用法：
  zhengbao read <文件> [--json]         识别公报文本，列出公文和疑点；--json 输出全部字段
  zhengbao build <文件> -o <PDF>        识别、编排、导出并核对，一步完成
      --style <版式>                    版式名称，默认 gbt9704
      --report <文件>                   把核对报告写成 JSON
      --text <文件>                     写出付印的全部文字，一段一行
  zhengbao demo -o <PDF>                用自带的示例公报做同样的事，选项同 build
  zhengbao serve [--data <文件夹>] [--port <端口>] [--no-open]
                                        在浏览器中使用；数据默认放在 GAZETTE_DATA 所指的文件夹
  zhengbao start                        打开窗口
  zhengbao --version                    显示版本

退出码：0 完成；1 核对没有通过，没有生成文件；2 文件或用法有误。
`;

const assets = fileURLToPath(new URL("../assets", import.meta.url));
const defaultStyle = "gbt9704";

const commands: Readonly<Record<string, (args: string[]) => Promise<number>>> = { read, build, demo, serve };

async function main(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args;
  if (command === "--help" || command === "-h" || command === "help") return print(help);
  if (command === "--version") {
    const { default: manifest } = await import("../package.json", { with: { type: "json" } });
    return print(`政报工坊 ${manifest.version}\n`);
  }
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

async function readFile(path: string): Promise<{ reading: Reading; encoding: string }> {
  const [{ readTextFile }, { recognise }] = await Promise.all([import("./import/file.ts"), import("./compose.ts")]);
  const { text, encoding } = await readTextFile(path);
  return { reading: recognise(text, basename(path)), encoding };
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

// ---- build and demo

const exportOptions = {
  output: { type: "string", short: "o" },
  style: { type: "string" },
  report: { type: "string" },
  text: { type: "string" },
} as const;

async function build(args: string[]): Promise<number> {
  stopInOrder();
  const { values, positionals } = parse(args, exportOptions);
  const file = oneFile(positionals);
  const targets = exportTargets(values);
  await checkTargets(targets, file);
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
  return exportTo(targets, composed, style, { file: basename(file), encoding, findings });
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
  await checkTargets(targets, null);
  const { composeSample, readSample } = await import("./compose.ts");
  const sample = readSample(assets);
  const style = await styleNamed(values.style ?? sample.issue.style);
  return exportTo(targets, composeSample(sample, style.name), style, null);
}

async function styleNamed(name: string): Promise<StyleSheet> {
  const { loadStyle } = await import("./export/styles.ts");
  return loadStyle(assets, name);
}

interface Targets {
  readonly output: string;
  readonly report: string | undefined;
  readonly text: string | undefined;
}

function exportTargets(values: { output?: string; report?: string; text?: string }): Targets {
  if (!values.output) throw new UsageError("没有写要生成的文件，请用 -o 写明，例如 -o 公报.pdf");
  if ([values.output, values.report, values.text].includes("-"))
    throw new UsageError("不能输出到屏幕，请写明文件名，例如 -o 公报.pdf");
  return { output: values.output, report: values.report, text: values.text };
}

async function checkTargets({ output, report, text }: Targets, source: string | null): Promise<void> {
  const { checkTarget } = await import("./export/deliver.ts");
  const given = [output, report, text].filter((path) => path !== undefined);
  for (const path of given) await checkTarget(path);
  const places = [...given, ...(source === null ? [] : [source])].map(realPath);
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
): Promise<number> {
  const [{ exportIssue }, { deliver }, { openFonts }, { approvedText }] = await Promise.all([
    import("./export/export.ts"),
    import("./export/deliver.ts"),
    import("./fonts/faces.ts"),
    import("../shared/layout/approved.ts"),
  ]);
  const report = await exportIssue({ issue, notices, images, style, fonts: openFonts(), out: targets.output });
  const made = report.mismatches.length === 0 ? `已生成 ${targets.output}，但` : "";
  const writeText = (path: string, text: string) =>
    deliver(path, new TextEncoder().encode(text), async () => true).catch((error) => {
      throw error instanceof GazetteError
        ? new GazetteError(error.code, made + error.message, { cause: error })
        : error;
    });
  if (targets.report) await writeText(targets.report, `${JSON.stringify({ ...report, source }, null, 1)}\n`);
  hintAll([...new Set(report.warnings.map((warning) => warning.message))], "处，写在 --report 的报告里");
  if (report.mismatches.length > 0) return refuse(targets, report);
  if (targets.text) {
    const lines = approvedText(issue, notices, style).flatMap((part) => part.lines);
    await writeText(targets.text, lines.map((line) => `${line.replaceAll("\n", " ")}\n`).join(""));
  }
  const seconds = Object.values(report.seconds).reduce((sum, phase) => sum + phase, 0);
  return print(
    `已生成 ${targets.output}：${report.issue}，公文${report.notices.length}份，${report.pages}页，` +
      `目录${report.contents.length}条和正文${report.characters}字已逐一核对无误（${seconds.toFixed(1)}秒）。\n`,
  );
}

function refuse(targets: Targets, report: ExportReport): number {
  const more = report.mismatches.length > 1 ? `共${report.mismatches.length}处不符，第一处是` : "";
  const where = targets.report ? `，全部见 ${targets.report}` : "";
  complain(`核对没有通过，没有生成 ${targets.output}：${more}${report.mismatches[0]?.replace(/。$/u, "")}${where}。`);
  return 1;
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
