// `read`: what a dump was recognised as.
import { issueName } from "../../shared/model/notice.ts";
import { severityNames } from "../../shared/proof/proof.ts";
import type { Reading } from "../../shared/read/reading.ts";
import { print, write } from "../terminal.ts";
import { oneFile, parse } from "./arguments.ts";
import { allFindings, place, readFile } from "./dump.ts";

export async function read(args: string[]): Promise<number> {
  const { values, positionals } = parse(args, { json: { type: "boolean" } });
  const { reading, encoding } = await readFile(oneFile(positionals));
  if (!values.json) return print(overview(reading, encoding));
  const { answerKey } = await import("../../shared/read/answer.ts");
  return write(
    `${JSON.stringify(Object.assign({}, answerKey(reading), { findings: allFindings(reading) }), null, 1)}\n`,
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

/** Columns of a terminal: Chinese characters and full-width marks take two. */
function width(text: string): number {
  return Array.from(text).reduce((sum, char) => sum + (/[\u1100-\u115f\u2e80-\uffdc〔〕—“”…]/u.test(char) ? 2 : 1), 0);
}
