// `annual`: the 总目录 of a year, made of the dumps of its issues.
import { basename } from "node:path";
import { issueName } from "../../shared/model/notice.ts";
import { hint, print, UsageError } from "../terminal.ts";
import {
  checkTargets,
  defaultStyle,
  outputOf,
  parse,
  profileNamed,
  purposeOptions,
  readFrom,
  realPath,
  styleNamed,
} from "./arguments.ts";
import { readFile } from "./dump.ts";
import { hintAll, paperWords, refuse, secondsOf, stopInOrder, writeText } from "./made.ts";

export async function annual(args: string[]): Promise<number> {
  stopInOrder();
  const { values, positionals: files } = parse(args, {
    output: { type: "string", short: "o" },
    style: { type: "string" },
    year: { type: "string" },
    order: { type: "string" },
    csv: { type: "string" },
    ...purposeOptions,
  });
  const [first] = files;
  if (first === undefined) throw new UsageError("没有写要读的文件");
  if (new Set(files.map(realPath)).size < files.length) throw new UsageError("同一个要读的文件写了两次");
  const [output, wanted] = [outputOf(values), values.year === undefined ? null : yearNumber(values.year)];
  const { annualOrders, annualTable, issuesOfYear } = await import("../../shared/layout/annual.ts");
  const order = annualOrders.find((one) => one === (values.order ?? "section"));
  if (!order) throw new UsageError(`没有“${values.order}”这种编排，可用的有：${annualOrders.join("、")}`);
  const profile = await profileNamed(values);
  await checkTargets({ output, csv: values.csv }, [...files, ...readFrom(values)]);
  const style = await styleNamed(values.style ?? defaultStyle);
  const { composeReading } = await import("../compose.ts");
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
  const [{ exportAnnual }, { officeFaces }] = await Promise.all([import("../export/annual.ts"), import("./fonts.ts")]);
  const { report, rows } = await exportAnnual({
    ...{ year, order, issues, style, profile },
    fonts: officeFaces().set.fonts,
    out: output,
  });
  hintAll([...new Set(report.warnings.map((warning) => warning.message))], "处版面提示");
  if (report.mismatches.length > 0) return refuse(output, report, undefined);
  if (values.csv) await writeText(`已生成 ${output}，但`, values.csv, annualTable(rows));
  return print(
    `已生成 ${output}：${report.issue}，${names.length}期，${rows.length}条，${report.pages}页，${paperWords(report)}` +
      `${report.characters}字已逐一核对无误（${secondsOf(report)}秒）。\n`,
  );
}

function yearNumber(text: string): number {
  if (!/^[12]\d{3}$/.test(text)) throw new UsageError(`年份应写成四位数字，例如 --year 2026，“${text}”不是年份`);
  return Number(text);
}
