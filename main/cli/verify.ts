// `verify`: a PDF checked again, also one changed by others.
import { basename } from "node:path";
import { complain, print, UsageError, write } from "../terminal.ts";
import { defaultStyle, oneFile, parse, profileNamed, purposeOptions, styleNamed } from "./arguments.ts";
import { hintAll } from "./made.ts";

export async function verify(args: string[]): Promise<number> {
  const { values, positionals } = parse(args, {
    against: { type: "string" },
    sheet: { type: "string" },
    as: { type: "string" },
    notice: { type: "string" },
    style: { type: "string" },
    ...purposeOptions,
    json: { type: "boolean" },
    data: { type: "string" },
  });
  const profile = await profileNamed(values);
  const path = oneFile(positionals);
  const against = values.sheet ?? values.against;
  if (against === undefined) throw new UsageError("没有写拿什么来核对，请用 --against 写明公报文本、文字或付印单");
  if (values.data !== undefined && values.sheet === undefined)
    throw new UsageError("--data 只同 --sheet 一起写，用来核对付印单上的审签记录");
  if (values.sheet && values.against) throw new UsageError("--against 和 --sheet 只写一个");
  if (values.as !== undefined && !["issue", "text"].includes(values.as))
    throw new UsageError(`--as 只能是 issue 或 text，不能是“${values.as}”`);
  if (values.notice !== undefined && !/^[1-9]\d{0,3}$/u.test(values.notice))
    throw new UsageError(`--notice 后面写公文在这期里的次序，例如 --notice 3，不能是“${values.notice}”`);
  const isSheet = values.sheet !== undefined || /\.json$/iu.test(against);
  if (values.notice !== undefined && (isSheet || values.as === "text"))
    throw new UsageError("--notice 只同公报文本一起写，付印单和一段一行的文字都是整期的");
  const [{ openForCheck, recheckIssue, recheckNotice, recheckSheet, recheckText }, { readTextFile }, { officeFaces }] =
    await Promise.all([import("../export/recheck.ts"), import("../import/file.ts"), import("./fonts.ts")]);
  const { text } = await readTextFile(against);
  const opened = await openForCheck(path);
  const faces = officeFaces().set;
  const check = async () => {
    if (isSheet) {
      const { readSheet } = await import("../export/pressSheet.ts");
      const sheet = readSheet(text, basename(against));
      const result = await recheckSheet(opened, sheet, faces);
      if (values.data === undefined) return result;
      const { auditFaults } = await import("./log.ts");
      return { ...result, mismatches: [...result.mismatches, ...auditFaults(values.data, sheet)] };
    }
    const lines = text.split(/\r?\n/u);
    const isText = values.as === "text" || (values.as === undefined && lines.slice(0, -1).every((one) => one.trim()));
    if (isText && values.notice === undefined) return recheckText(opened, lines, faces.fonts);
    const { composeReading, recognise } = await import("../compose.ts");
    const style = await styleNamed(values.style ?? defaultStyle);
    const today = new Date().toISOString().slice(0, 10);
    const composed = composeReading(recognise(text, basename(against)), style.name, today);
    if (values.notice !== undefined)
      return recheckNotice(opened, { ...composed, style, order: Number(values.notice) }, faces.fonts);
    return recheckIssue(opened, { ...composed, style, profile }, faces.fonts);
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
