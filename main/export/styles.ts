// The house styles that are shipped: JSON files in assets/styles, some of which extend another.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { GazetteError } from "../../shared/api.ts";
import { baseOf, parseStyle, type StyleSheet } from "../../shared/layout/style.ts";

/** Names of the house styles, sorted. */
export function styleNames(assets: string): string[] {
  return readdirSync(join(assets, "styles"))
    .filter((file) => file.endsWith(".json"))
    .map((file) => file.slice(0, -".json".length))
    .sort();
}

/** Throws GazetteError notFound, with the names there are, for a style that is not shipped. */
export function loadStyle(assets: string, name: string): StyleSheet {
  const names = styleNames(assets);
  if (!names.includes(name))
    throw new GazetteError("notFound", `没有名为“${name}”的版式，可用的版式有：${names.join("、")}。`);
  const json: unknown = JSON.parse(readFileSync(join(assets, "styles", `${name}.json`), "utf8"));
  const base = baseOf(json);
  return parseStyle(json, base === null ? undefined : loadStyle(assets, base));
}
