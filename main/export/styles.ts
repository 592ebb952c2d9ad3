// Where house styles are found: the shipped ones are JSON files in assets/styles, the office's own come from the store
// by way of the core. Either may extend either; what is handed on is always a style in full.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { GazetteError } from "../../shared/api.ts";
import { baseOf, parseStyle, type StyleSheet } from "../../shared/layout/style.ts";

/** The JSON of a style by its name; undefined: there is none. */
export type FindStyle = (name: string) => unknown;

/** Names of the shipped house styles, sorted. */
export function styleNames(assets: string): string[] {
  return readdirSync(join(assets, "styles"))
    .filter((file) => file.endsWith(".json"))
    .map((file) => file.slice(0, -".json".length))
    .sort();
}

/** Looks among the shipped styles first, then where `own` looks. */
export function styleFinder(assets: string, own: FindStyle = () => undefined): FindStyle {
  const shipped = styleNames(assets);
  return (name) =>
    shipped.includes(name) ? JSON.parse(readFileSync(join(assets, "styles", `${name}.json`), "utf8")) : own(name);
}

/** Throws GazetteError notFound, with the names there are, for a style that is not shipped. */
export function loadStyle(assets: string, name: string): StyleSheet {
  const find = styleFinder(assets);
  const json = find(name);
  if (json === undefined)
    throw new GazetteError("notFound", `没有名为“${name}”的版式，可用的版式有：${styleNames(assets).join("、")}。`);
  return resolveStyle(json, name, find);
}

/** The style in full, filled in from the styles it extends. Throws GazetteError badRequest for a fault in one of them, a
 *  base that is not there, and bases that lead back to where they began. */
export function resolveStyle(json: unknown, name: string, find: FindStyle, above: readonly string[] = []): StyleSheet {
  const chain = [...above, name];
  const base = baseOf(json);
  if (base !== null && chain.includes(base))
    throw new GazetteError(
      "badRequest",
      `版式的底本绕成了圈（${[...chain, base].join("→")}），请把其中一种改为以别的版式为底本。`,
    );
  const found = base === null ? undefined : find(base);
  return parseStyle(json, base === null || found === undefined ? undefined : resolveStyle(found, base, find, chain));
}
