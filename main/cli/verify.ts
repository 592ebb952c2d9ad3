// `verify`: a PDF checked again, also one changed by others.
import { basename } from "node:path";
import { complain, print, UsageError, write } from "../terminal.ts";
import { defaultStyle, oneFile, parse, profileNamed, styleNamed } from "./arguments.ts";
import { hintAll } from "./made.ts";

export async function verify(args: string[]): Promise<number> {
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
    await Promise.all([import("../export/recheck.ts"), import("../import/file.ts"), import("../fonts/faces.ts")]);
  const { text } = await readTextFile(against);
  const opened = await openForCheck(path);
  const faces = openFaces();
  const check = async () => {
    if (values.sheet !== undefined || /\.json$/iu.test(against)) {
      const { readSheet } = await import("../export/pressSheet.ts");
      return recheckSheet(opened, readSheet(text, basename(against)), faces);
    }
    const lines = text.split(/\r?\n/u);
    const isText = values.as === "text" || (values.as === undefined && lines.slice(0, -1).every((one) => one.trim()));
    if (isText) return recheckText(opened, lines, faces.fonts);
    const { composeReading, recognise } = await import("../compose.ts");
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
