// The design's own look at a file, `pdf-proof.mjs`, where its folder is given (corpus.ts): fonts, ink and text by qpdf and
// poppler. Not part of this repository.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { seeds } from "./corpus.ts";
import { outcome } from "./program.ts";

export const proof = join(seeds, "..", "tools", "pdf-proof.mjs");
const key = join(seeds, "..", "truth", "002.json");
export const isProofGiven = existsSync(proof);

/** The lines that say otherwise than PASS, and the notices of the answer key that are not found. `text`: the file of the
 *  approved text, when the pages follow each other; `folder` takes its rasters. */
export async function faults(pdf: string, text: string | null, folder: string, issue = ""): Promise<string[]> {
  const expected = text === null ? [] : ["--text", text];
  const keys = issue === "002" && text !== null && existsSync(key) ? ["--key", key] : [];
  const env = { ...process.env, TMPDIR: folder };
  const { status, stdout, stderr } = await outcome(process.execPath, [proof, pdf, ...expected, ...keys], env);
  const lines = stdout.split("\n").filter(Boolean);
  const faulty = lines.filter((line) => !line.startsWith("PASS ") && !/^page +\(?\d+\)? /u.test(line));
  return status === 0 || faulty.length > 0 ? faulty : [`${status} ${stderr}`];
}
