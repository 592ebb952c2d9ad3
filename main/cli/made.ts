// What commands say of the files they made: hints, texts beside a PDF, a PDF that was refused.
import { type ExportReport, GazetteError } from "../../shared/api.ts";
import { complain, hint } from "../terminal.ts";

/** The first few on a line each; a terminal is no place for thousands. `rest` ends the sentence 另有n…. */
export function hintAll(messages: readonly string[], rest: string): void {
  const shown = 10;
  for (const message of messages.slice(0, shown)) hint(message);
  if (messages.length > shown) hint(`另有${messages.length - shown}${rest}`);
}

/** A text beside the PDF; `made` begins the sentence of a refusal with what has been made already. */
export async function writeText(made: string, path: string, text: string): Promise<void> {
  const { deliver } = await import("../export/deliver.ts");
  await afterwards(
    made,
    deliver(path, new TextEncoder().encode(text), async () => true),
  );
}

/** A refusal of what is made beside the PDF says first what has been made. */
export function afterwards<T>(made: string, work: Promise<T>): Promise<T> {
  return work.catch((error) => {
    throw error instanceof GazetteError ? new GazetteError(error.code, made + error.message, { cause: error }) : error;
  });
}

export async function programName(): Promise<string> {
  const { default: manifest } = await import("../../package.json", { with: { type: "json" } });
  return `政报工坊 ${manifest.version}`;
}

export function refuse(output: string, report: ExportReport, all: string | undefined): number {
  const more = report.mismatches.length > 1 ? `共${report.mismatches.length}处不符，第一处是` : "";
  const where = all ? `，全部见 ${all}` : "";
  complain(`核对没有通过，没有生成 ${output}：${more}${report.mismatches[0]?.replace(/。$/u, "")}${where}。`);
  return 1;
}

/** 用纸15张， */
export function paperWords({ press }: ExportReport): string {
  return press?.sheets ? `用纸${press.sheets}张，` : "";
}

export function secondsOf({ seconds }: ExportReport): string {
  return Object.values(seconds)
    .reduce((sum, phase) => sum + phase, 0)
    .toFixed(1);
}

/** Ctrl+C and the like end by process.exit, so that a half-written file is taken away (see deliver). */
export function stopInOrder(): void {
  for (const [signal, code] of Object.entries({ SIGHUP: 129, SIGINT: 130, SIGTERM: 143 }))
    process.once(signal, () => {
      complain("已停止，没有做完。");
      process.exit(code);
    });
}
