// What the programs of the command line say to a person, and the exit codes they end with: 0 done, 1 refused (the PDF
// does not hold what it should), 2 bad input or usage. A refusal is one Chinese sentence on stderr, never a stack trace.
import { GazetteError } from "../shared/api.ts";

/** Wrong use of the command line. */
export class UsageError extends Error {}

/** Text for a person, on stdout. Returns exit code 0. */
export function print(text: string): number {
  return write(harmless(text));
}

/** Text for a program, on stdout, as it is. Returns exit code 0. */
export function write(text: string): number {
  process.stdout.write(text);
  return 0;
}

export function hint(message: string): void {
  process.stderr.write(`提示：${harmless(message.replace(/。?$/u, "。"))}\n`);
}

export function complain(sentence: string): void {
  process.stderr.write(`${harmless(sentence).replaceAll(/\s*\n\s*/g, " ")}\n`);
}

/** Says in one sentence what went wrong and gives the exit code. */
export function fail(error: unknown): number {
  if (error instanceof UsageError) complain(`${error.message}；运行 zhengbao --help 查看用法。`);
  else if (error instanceof GazetteError) complain(error.message);
  else complain(`程序内部出错，没有完成（${error instanceof Error ? error.message : String(error)}）。`);
  return error instanceof GazetteError && ["missingGlyph", "proofFailed", "cancelled"].includes(error.code) ? 1 : 2;
}

/** The port of --port; 0 when it is absent, which lets the system choose. Throws UsageError. */
export function portNumber(given: string | undefined): number {
  const port = Number(given ?? 0);
  if (!/^\d{1,5}$/.test(given ?? "0") || port > 65535) throw new UsageError("端口应是0至65535之间的整数");
  return port;
}

/** Names and titles come from files of others: what would steer a terminal or turn the order of a line is shown as �. */
function harmless(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/gu, "\ufffd");
}
