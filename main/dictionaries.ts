// The dictionaries that come with the program: JSON files of assets/dictionaries, each with its source and day.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Dictionary, dictionaryFile, type EntryFields } from "../shared/proof/dictionary.ts";

/** In the order of their file names. Throws ShapeError when a file is not as it should be. */
export function shippedDictionaries(assets: string): Dictionary[] {
  const folder = join(assets, "dictionaries");
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => dictionaryFile(JSON.parse(readFileSync(join(folder, name), "utf8")), name));
}

export function shippedEntries(assets: string): EntryFields[] {
  return shippedDictionaries(assets).flatMap(({ entries }) => entries);
}
