// The inks of a file against those of the layout, read from the operators that choose them. PDFium tells how a colour
// looks (pageProof.ts), and black looks alike on one plate, on four, or of red, green and blue; here each page may use
// what the profile writes its inks in and nothing else.
import { PDFArray, PDFDict } from "pdf-lib";
import { greyLevels, type Ink, inkColour, type Layout, type Page } from "../../shared/layout/display.ts";
import { type RedInk, usualRed } from "../../shared/layout/redInk.ts";
import type { Sheet } from "./booklet.ts";
import { type Painted, paintedOn } from "./colourRules.ts";
import type { Use } from "./operators.ts";
import type { PrintCondition } from "./press.ts";
import { documentOf, key, onPages, pagesOf, type RulePage, streamBytes } from "./readObjects.ts";

/** `sheets`: of a file for a press; null: pages by themselves, in the colours of a screen. A file whose objects or whose
 *  pages are not those of the layout is told of by others. */
export async function checkInks(bytes: Uint8Array, layout: Layout, sheets: readonly Sheet[] | null): Promise<string[]> {
  const document = await documentOf(bytes);
  const pages = document ? pagesOf(document) : [];
  const printed = sheets
    ? sheets.map(({ placed }) => placed.flatMap(({ page }) => layout.pages[page] ?? []))
    : layout.pages.map((page) => [page]);
  if (pages.length !== printed.length) return [];
  const red = layout.red ?? usualRed;
  const wanted = printed.map((on) => wantedOf(on, red, sheets !== null));
  const found = pages.map((page) => new Map(paintedOn(page).map((paint) => [keyOf(paint), nameOf(paint)])));
  const strange = new Map<string, RulePage[]>();
  const lacking = new Map<string, RulePage[]>();
  for (const [i, page] of pages.entries()) {
    for (const [ink, name] of found[i] ?? []) if (!wanted[i]?.has(ink)) put(strange, name, page);
    for (const [ink, name] of wanted[i] ?? []) if (!found[i]?.has(ink)) put(lacking, name, page);
  }
  return [
    ...[...strange].flatMap(([name, on]) => onPages(on, () => true, `有版面上没有的油墨：${name}`)),
    ...[...lacking].flatMap(([name, on]) => onPages(on, () => true, `没有用版面上的油墨：${name}`)),
  ];
}

/** A sentence when the output intent of a press file holds another ICC profile than that of the condition. A file without
 *  an intent is told of by the rules. */
export async function checkCondition(bytes: Uint8Array, { name, profile }: PrintCondition): Promise<string[]> {
  const intents = (await documentOf(bytes))?.catalog.lookup(key("OutputIntents"));
  const intent = intents instanceof PDFArray ? intents.lookup(0) : undefined;
  const held = intent instanceof PDFDict ? streamBytes(intent.lookup(key("DestOutputProfile"))) : null;
  return held === null || Buffer.compare(held, profile) === 0 ? [] : [`输出意图的特性文件不是${name}的`];
}

function put(lists: Map<string, RulePage[]>, name: string, page: RulePage): void {
  const list = lists.get(name);
  if (list) list.push(page);
  else lists.set(name, [page]);
}

/** How an ink is written: family of its space, plate with what stands for it, parts. */
interface Written {
  readonly kind: string;
  readonly plate?: string;
  readonly parts: readonly number[];
  readonly full?: readonly number[];
}

function keyOf({ by, resolved: { kind, plate, full }, parts }: Painted): string {
  return textOf(by, { kind, plate, parts, full });
}

function textOf(by: Use, { kind, plate = "", parts, full = [] }: Written): string {
  const rounded = (values: readonly number[]) => values.map((value) => value.toFixed(3)).join(" ");
  return `${by} ${kind} ${plate} ${rounded(parts)} ${rounded(full)}`;
}

const useNames: Readonly<Record<Use, string>> = { text: "文字", fill: "色块", stroke: "线条" };
const kindNames: Readonly<Record<string, string>> = { grey: "单色黑", rgb: "RGB", cmyk: "CMYK", spot: "专色" };

function nameOf({ by, resolved: { kind, plate }, parts }: Painted): string {
  return named(by, { kind, plate, parts });
}

/** 文字RGB 0 0 0 */
function named(by: Use, { kind, plate = "", parts }: Written): string {
  const values = parts.map((part) => Math.round(part * 100) / 100).join(" ");
  return `${useNames[by]}${kindNames[kind] ?? kind}${plate ? ` ${plate}` : ""} ${values}`;
}

/** What the pages that stand together on a side are painted in, by key, each with its name. */
function wantedOf(pages: readonly Page[], red: RedInk, isPress: boolean): ReadonlyMap<string, string> {
  const wanted = new Map<string, string>();
  const want = (by: Use, written: Written) => wanted.set(textOf(by, written), named(by, written));
  for (const item of pages.flatMap(({ items }) => items))
    if (item.kind === "text" || item.kind === "rule" || item.kind === "fill")
      want(item.kind === "rule" ? "stroke" : item.kind, writtenAs(item.ink, red, isPress));
  if (isPress) want("stroke", onEveryPlate);
  return wanted;
}

const onEveryPlate: Written = { kind: "spot", plate: "All", parts: [1], full: [1, 1, 1, 1] };

function writtenAs(ink: Ink, red: RedInk, isPress: boolean): Written {
  if (ink !== "red") return { kind: "grey", parts: [greyLevels[ink]] };
  if (!isPress) return { kind: "rgb", parts: inkColour(ink, red) };
  const mix = [0, red.magenta / 100, red.yellow / 100, 0];
  return red.plate === "" ? { kind: "cmyk", parts: mix } : { kind: "spot", plate: red.plate, parts: [1], full: mix };
}
