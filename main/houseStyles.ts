// The house styles that can be chosen: those that come with the program and the office's own, which may be made, changed,
// handed on as files and taken in. Stands between the store and the shipped files, which do not know each other.
import { GazetteError, type StyleFile, type StyleSummary } from "../shared/api.ts";
import { baseOf, type StyleSheet } from "../shared/layout/style.ts";
import { isObject } from "../shared/layout/styleRule.ts";
import { styleJson } from "../shared/layout/styleSettings.ts";
import { type FindStyle, resolveStyle, styleFinder, styleNames } from "./export/styles.ts";
import type { OwnStyles } from "./store/ownStyles.ts";

/** What an own style extends that extends nothing in its file, so that it keeps up with settings that are new. */
const commonBase = "gbt9704";

export class HouseStyles {
  private readonly assets: string;
  private readonly own: OwnStyles;
  private readonly find: FindStyle;

  constructor(assets: string, own: OwnStyles) {
    this.assets = assets;
    this.own = own;
    this.find = styleFinder(assets, (name) => own.find(name)?.json);
  }

  /** The shipped ones, then the office's. */
  list(): StyleSummary[] {
    return [
      ...styleNames(this.assets).map((name) => this.summary(name, this.labelOf(name), this.find(name), 0)),
      ...this.own.list().map(({ name, label, json, version }) => this.summary(name, label, json, version)),
    ];
  }

  /** Throws GazetteError notFound for a style that there is none of. */
  require(name: string): unknown {
    const json = this.find(name);
    if (json === undefined) throw new GazetteError("notFound", `没有名为“${name}”的版式，请另选一种。`);
    return json;
  }

  /** A style in full. Throws GazetteError notFound. */
  sheet(name: string): StyleSheet {
    return resolveStyle(this.require(name), name, this.find);
  }

  /** Throws GazetteError badRequest: a label twice, a shipped style, a fault in the style or in one that extends it. */
  save(wanted: string, label: string, json: Readonly<Record<string, unknown>>, version: number | null): StyleSummary {
    if (version !== null) this.requireOwn(wanted);
    const name = version === null ? this.freeName(wanted) : wanted;
    if (this.list().some((style) => style.label === label && style.name !== name))
      throw new GazetteError("badRequest", `已有名为“${label}”的版式，请另起一个名称。`);
    const kept = this.asKept({ ...json, name, label });
    const find: FindStyle = (other) => (other === name ? kept : this.find(other));
    for (const other of this.own.list())
      if (other.name !== name && chainOf(other.json, find).includes(name)) resolveStyle(other.json, other.name, find);
    const saved = version === null ? this.own.add(name, label, kept) : this.own.replace(name, version, label, kept);
    return this.summary(name, label, kept, saved.version);
  }

  /** Throws GazetteError badRequest for a shipped style, and for one that an issue or another style needs. */
  remove(name: string): void {
    const { label } = this.requireOwn(name);
    const [issue, ...more] = this.own.issuesIn(name);
    if (issue !== undefined) {
      const issues = more.length > 0 ? `《${issue}》等${more.length + 1}期` : `《${issue}》`;
      throw new GazetteError("badRequest", `${issues}正用着“${label}”，没有删除，请先为其另选版式。`);
    }
    const child = this.own.list().find((other) => baseOf(other.json) === name);
    if (child)
      throw new GazetteError("badRequest", `“${child.label}”以“${label}”为底本，没有删除，请先删除“${child.label}”。`);
    this.own.setDeleted(name, true);
  }

  restore(name: string): void {
    const { label } = this.requireOwn(name);
    if (this.list().some((style) => style.label === label && style.name !== name))
      throw new GazetteError("badRequest", `已另有名为“${label}”的版式，没有恢复。`);
    this.own.setDeleted(name, false);
  }

  /** As a file that another office can take in: it extends nothing but what comes with the program. */
  file(name: string): { fileName: string; text: string } {
    const sheet = this.sheet(name);
    const shipped = styleNames(this.assets);
    const base = chainOf(this.find(name), this.find).find((each) => shipped.includes(each)) ?? null;
    const json = styleJson(sheet, base === null ? null : this.sheet(base));
    return {
      fileName: `${sheet.label.replace(/[\\/:*?"<>|]/gu, "_")}.json`,
      text: `${JSON.stringify(json, null, 2)}\n`,
    };
  }

  /** Throws GazetteError badFile, naming the file and its fault. */
  read(text: string, fileName: string): StyleFile {
    try {
      const json = parseJson(text);
      const { name, label } = resolveStyle(json, "", this.find);
      return { name, label, json };
    } catch (error) {
      if (!(error instanceof GazetteError)) throw error;
      throw new GazetteError("badFile", `“${fileName}”没有导入：${error.message}`, { cause: error });
    }
  }

  /** What is stored of a style: what differs from its base, or from the common base. Throws GazetteError badRequest. */
  private asKept(json: Readonly<Record<string, unknown>> & { readonly name: string }): Record<string, unknown> {
    const sheet = resolveStyle(json, json.name, this.find);
    return styleJson(sheet, this.sheet(baseOf(json) ?? commonBase));
  }

  private summary(name: string, label: string, json: unknown, version: number): StyleSummary {
    const base = baseOf(json);
    return {
      name,
      label,
      own: version > 0,
      base: base === null ? null : { name: base, label: this.labelOf(base) },
      version,
    };
  }

  /** Read from the file alone: a fault in one style does not hide the others. */
  private labelOf(name: string): string {
    const json = this.find(name);
    return isObject(json) && typeof json.label === "string" ? json.label : name;
  }

  private requireOwn(name: string): { readonly label: string } {
    if (styleNames(this.assets).includes(name))
      throw new GazetteError("badRequest", "这种版式随程序提供，不能改动或删除，请存为新版式。");
    const own = this.own.find(name);
    if (!own) throw new GazetteError("notFound", "这种版式已不在稿库。");
    return own;
  }

  private freeName(wanted: string): string {
    const stem = wanted.replace(/-\d+$/u, "").slice(0, 36);
    for (let n = 2; ; n++) {
      const name = n === 2 && this.find(wanted) === undefined ? wanted : `${stem}-${n}`;
      if (this.find(name) === undefined) return name;
    }
  }
}

/** Names of the styles that a style extends, the nearest first. */
function chainOf(json: unknown, find: FindStyle): string[] {
  const chain: string[] = [];
  for (let base = baseOf(json); base !== null && !chain.includes(base); base = baseOf(find(base))) chain.push(base);
  return chain;
}

function parseJson(text: string): Record<string, unknown> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new GazetteError("badFile", "它不是JSON文件，或者没有写完整。", { cause });
  }
  if (!isObject(json)) throw new GazetteError("badFile", "版式文件应是一个JSON对象。");
  return json;
}
