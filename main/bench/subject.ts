// What is measured, and how figures are drawn from measurements: a real issue in the folder that GAZETTE_SEEDS names,
// else the sample, which is said.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Reading } from "../../shared/read/reading.ts";
import { type Composed, composeReading, composeSample, readSample, recognise } from "../compose.ts";
import { readTextFile } from "../import/file.ts";

export const root = fileURLToPath(new URL("../..", import.meta.url));
export const assets = join(root, "assets");

/** Path of a real issue by the beginning of its name, or null, which is said. */
export function seed(name: string): string | null {
  const folder = process.env.GAZETTE_SEEDS ?? join(root, "..", "shared", "seeds");
  try {
    const file = readdirSync(folder).find((entry) => entry.startsWith(`${name}_`));
    if (file) return join(folder, file);
  } catch {
    // no such folder: the sample stands in, as said below
  }
  console.log(`没有真实的公报文本${name}（${folder}）。`);
  return null;
}

export interface Printed extends Composed {
  readonly text: string;
  readonly reading: Reading;
}

/** A real issue as it was recognised, or null where it is missing. */
export async function readSeed(name: string, style: string): Promise<Printed | null> {
  const file = seed(name);
  if (file === null) return null;
  const { text } = await readTextFile(file);
  const reading = recognise(text, file);
  return { text, reading, ...composeReading(reading, style, "") };
}

/** A real issue, else the sample. */
export async function subject(name: string, style: string): Promise<Composed> {
  const found = await readSeed(name, style);
  if (found) return found;
  console.log("改用自带的示例公报。");
  return composeSample(readSample(assets), style);
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return round(sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN, 2);
}

export function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
