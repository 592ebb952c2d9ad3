// `check`: a dump proofread, the findings by notice or as JSON.
import { type Finding, severityNames } from "../../shared/proof/proof.ts";
import type { Reading } from "../../shared/read/reading.ts";
import { print, write } from "../terminal.ts";
import { assets, oneFile, parse } from "./arguments.ts";
import { place, readFile } from "./dump.ts";

export async function check(args: string[]): Promise<number> {
  const { values, positionals } = parse(args, { json: { type: "boolean" } });
  const { reading, text } = await readFile(oneFile(positionals));
  const [{ proofread }, { lexiconOf }, { shippedEntries }] = await Promise.all([
    import("../../shared/read/proofread.ts"),
    import("../../shared/proof/lexicon.ts"),
    import("../dictionaries.ts"),
  ]);
  const findings = proofread(reading, text, lexiconOf(shippedEntries(assets)));
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
