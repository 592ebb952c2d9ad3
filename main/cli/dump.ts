// A dump as the commands read it: recognised, with its findings in the order of its lines.
import { basename } from "node:path";
import type { Finding } from "../../shared/proof/proof.ts";
import type { Reading } from "../../shared/read/reading.ts";

export async function readFile(path: string): Promise<{ reading: Reading; encoding: string; text: string }> {
  const [{ readTextFile }, { recognise }] = await Promise.all([import("../import/file.ts"), import("../compose.ts")]);
  const { text, encoding } = await readTextFile(path);
  return { reading: recognise(text, basename(path)), encoding, text };
}

export function allFindings(reading: Reading): Finding[] {
  return [...reading.findings, ...reading.drafts.flatMap((draft) => draft.findings)].sort(
    (a, b) => (a.line ?? 0) - (b.line ?? 0),
  );
}

export const severityNames = { error: "差错", warning: "存疑", hint: "提示" } as const;

/** The line of a finding, unless its message names it. */
export function place({ line, message }: Finding): string {
  return line === undefined || message.includes(`第${line}行`) ? "" : `第${line}行 `;
}
