// `log`: the audit log of the office's store in words, checked from its first entry to its last, and against the head that
// a 付印单 carries. The store is only looked at, also while the window is open.
import { basename } from "node:path";
import type { PressSheet } from "../../shared/layout/pressSheet.ts";
import { type AuditEntry, localTime } from "../../shared/workflow/audit.ts";
import { dataFolder } from "../folder.ts";
import { openForReading } from "../store/database.ts";
import { Rows } from "../store/rows.ts";
import { WorkflowStore } from "../store/workflow.ts";
import { complain, print, UsageError, write } from "../terminal.ts";
import { parse } from "./arguments.ts";

export async function log(args: string[]): Promise<number> {
  const { values, positionals } = parse(args, {
    data: { type: "string" },
    sheet: { type: "string" },
    json: { type: "boolean" },
  });
  if (positionals.length > 0) throw new UsageError(`log 后面不需要写“${positionals[0]}”`);
  const sheet = values.sheet === undefined ? null : await sheetAt(values.sheet);
  return inStore(values.data, (workflow) => {
    const { head, faults: found } = workflow.verify();
    const faults = [...found, ...(sheet ? headFaults(workflow, sheet) : [])];
    const entries = workflow.entries();
    if (values.json) write(`${JSON.stringify({ right: faults.length === 0, head, faults, entries }, null, 1)}\n`);
    else {
      for (const entry of entries) print(`${lineOf(entry)}\n`);
      const agrees = sheet ? "，与付印单相符" : "";
      if (faults.length === 0)
        print(
          entries.length === 0
            ? "还没有审签记录。\n"
            : `审签记录${entries.length}条，逐条核对没有改动过${agrees}，末条校验码 ${head}。\n`,
        );
      for (const fault of faults) complain(`${fault}。`);
    }
    return faults.length === 0 ? 0 : 1;
  });
}

/** What is wrong with the log of a data folder, and with it by a 付印单. */
export function auditFaults(data: string, sheet: PressSheet): string[] {
  return inStore(data, (workflow) => [...workflow.verify().faults, ...headFaults(workflow, sheet)]);
}

function headFaults(workflow: WorkflowStore, { signOff }: PressSheet): string[] {
  if (workflow.has(signOff)) return [];
  return [`付印单上的审签记录是${signOff.entries}条，稿库里的第${signOff.entries}条不在了，或者不是原来那一条`];
}

function inStore<T>(data: string | undefined, work: (workflow: WorkflowStore) => T): T {
  const database = openForReading(dataFolder(data, process.env, process.platform));
  try {
    return work(new WorkflowStore(new Rows(database, () => new Date())));
  } finally {
    database.close();
  }
}

async function sheetAt(path: string): Promise<PressSheet> {
  const [{ readTextFile }, { readSheet }] = await Promise.all([
    import("../import/file.ts"),
    import("../export/pressSheet.ts"),
  ]);
  return readSheet((await readTextFile(path)).text, basename(path));
}

function lineOf({ n, at, name, about, sentence }: AuditEntry): string {
  return [`${n}.`, localTime(at), name || "——", about ? `${about}：${sentence}` : sentence].join(" ");
}
