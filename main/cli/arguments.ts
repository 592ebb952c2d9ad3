// The arguments that several commands share, read strictly: files, targets, house style and purpose. Each slip is a
// UsageError with one sentence.
import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { StyleSheet } from "../../shared/layout/style.ts";
import { covers, isPress, mostCreep, profiles } from "../../shared/model/profile.ts";
import type { ExportProfile } from "../export/profiles.ts";
import { UsageError } from "../terminal.ts";

export const assets = fileURLToPath(new URL("../../assets", import.meta.url));
export const defaultStyle = "gbt9704";

/** parseArgs, strictly: an option that is given twice or with nothing behind it is a slip, most often an empty shell
 *  variable, and must not be passed over. `-o=x` means `-o x`. */
export function parse<O extends NonNullable<Parameters<typeof parseArgs>[0]>["options"]>(given: string[], options: O) {
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

export function oneFile(positionals: readonly string[]): string {
  const [file] = positionals;
  if (file === undefined) throw new UsageError("没有写要读的文件");
  if (positionals.length > 1) throw new UsageError(`一次只读一个文件，多写了“${positionals[1]}”`);
  return file;
}

export async function styleNamed(name: string): Promise<StyleSheet> {
  const { loadStyle } = await import("../export/styles.ts");
  return loadStyle(assets, name);
}

/** What the PDF is for. */
export const purposeOptions = {
  profile: { type: "string" },
  icc: { type: "string" },
  creep: { type: "string" },
  cover: { type: "string" },
} as const;

/** The same as it was written. */
export interface Purpose {
  readonly profile?: string;
  /** Path of the printer's ICC profile. */
  readonly icc?: string;
  /** mm */
  readonly creep?: string;
  readonly cover?: string;
}

/** Files that are read for it. */
export const readFrom = ({ icc }: Purpose): string[] => (icc === undefined ? [] : [icc]);

/** Throws GazetteError badFile for an ICC profile that cannot be printed by. */
export async function profileNamed({
  profile: written = "screen",
  icc,
  creep,
  cover,
}: Purpose): Promise<ExportProfile> {
  const name = profiles.find((one) => one === written);
  if (!name) throw new UsageError(`没有“${written}”这种用途，可用的有：${profiles.join("、")}`);
  if (icc !== undefined && !isPress(name))
    throw new UsageError("只有印刷和骑马钉拼版（--profile press、booklet）才用输出特性文件");
  if (creep !== undefined && name !== "booklet") throw new UsageError("只有骑马钉拼版（--profile booklet）才有爬移量");
  if (creep !== undefined && !(/^\d(?:\.\d{1,2})?$/u.test(creep) && Number(creep) <= mostCreep))
    throw new UsageError(`爬移量应是0到${mostCreep}之间的毫米数，例如 --creep 0.1，不能是“${creep}”`);
  if (cover !== undefined && name !== "booklet")
    throw new UsageError("只有骑马钉拼版（--profile booklet）才有封面单做");
  const bound = covers.find((one) => one === (cover ?? "bound"));
  if (!bound) throw new UsageError(`封面只能是 bound 与内文同订或 apart 单做，不能是“${cover}”`);
  const { exportProfile, readCondition } = await import("../export/profiles.ts");
  return exportProfile(assets, name, {
    ...(icc === undefined ? {} : { condition: await readCondition(icc) }),
    ...(creep === undefined ? {} : { creep: Number(creep) }),
    cover: bound,
  });
}

export function outputOf({ output }: { output?: string }): string {
  if (!output) throw new UsageError("没有写要生成的文件，请用 -o 写明，例如 -o 公报.pdf");
  return output;
}

/** `targets`: the files to be made, whatever each is called; `sources`: those that are read. */
export async function checkTargets(
  targets: { readonly [name: string]: string | undefined },
  sources: readonly string[],
): Promise<void> {
  const { checkTarget } = await import("../export/deliver.ts");
  const given = Object.values(targets).filter((path) => path !== undefined);
  if (given.includes("-")) throw new UsageError("不能输出到屏幕，请写明文件名，例如 -o 公报.pdf");
  for (const path of given) await checkTarget(path);
  const places = [...given, ...sources].map(realPath);
  if (new Set(places).size < places.length) throw new UsageError("要读的文件和要生成的文件写成了同一个");
}

export function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path); // it does not exist yet
  }
}
