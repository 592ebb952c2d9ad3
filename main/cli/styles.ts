// `styles`: the house styles, the check of a style file, and the schema of such files.
import { basename } from "node:path";
import { GazetteError } from "../../shared/api.ts";
import { print, write } from "../terminal.ts";
import { assets, oneFile, parse } from "./arguments.ts";

export async function styles(args: string[]): Promise<number> {
  const { values, positionals } = parse(args, { schema: { type: "boolean" } });
  if (values.schema) {
    const { styleJsonSchema } = await import("../../shared/layout/styleSettings.ts");
    return write(`${JSON.stringify(styleJsonSchema(), null, 2)}\n`);
  }
  const { loadStyle, resolveStyle, styleFinder, styleNames } = await import("../export/styles.ts");
  if (positionals.length === 0)
    return print(
      styleNames(assets)
        .map((name) => `${name.padEnd(12)}${loadStyle(assets, name).label}\n`)
        .join(""),
    );
  const { readTextFile } = await import("../import/file.ts");
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
