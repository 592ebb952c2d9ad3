// The rules about colours. An archive (ISO 19005-2, 6.2.4) holds no CMYK beside an RGB intent; a press (ISO 15930-7, 6.2)
// no RGB, and what PDF/X-4 leaves open but a gazette asks for: text on the black plate alone, or on those of its one red.
import { PDFArray, PDFBool, PDFDict, type PDFDocument, PDFName, PDFNumber, PDFRawStream } from "pdf-lib";
import type { RuleSet } from "./metadata.ts";
import type { Paint } from "./operators.ts";
import { dictIn, formsOf, key, nameIn, onPages, type RulePage } from "./readObjects.ts";

/** A colour space, as far as it matters on which plates it prints. */
export interface Space {
  readonly kind: "grey" | "rgb" | "cmyk" | "spot" | "pattern" | "unknown";
  /** Of a spot: its name, what stands for it where there is no such plate, and the parts of that at full ink. */
  readonly plate: string;
  readonly alternate: Space | null;
  readonly full: readonly number[];
}

const plain = (kind: Space["kind"]): Space => ({ kind, plate: "", alternate: null, full: [] });

/** By their names (ISO 32000-1, 8.6.3), and those of inline images. */
const families: Readonly<Record<string, Space["kind"]>> = {
  DeviceGray: "grey",
  CalGray: "grey",
  DeviceRGB: "rgb",
  CalRGB: "rgb",
  DeviceCMYK: "cmyk",
  Pattern: "pattern",
};
const profiled: Readonly<Record<number, Space["kind"]>> = { 1: "grey", 3: "rgb", 4: "cmyk" };

/** Spaces in spaces are no deeper than this in a file that is not damaged: a name for an index of a plate of inks. */
const deepest = 5;

/** What a colour space of a file is; `named` are those of the resources. */
export function spaceOf(value: unknown, named?: PDFDict, depth = 0): Space {
  if (depth > deepest) return plain("unknown");
  if (value instanceof PDFName) {
    const name = value.decodeText();
    const family = families[name];
    if (family) return plain(family);
    const found = named?.lookup(value);
    return found === undefined ? plain("unknown") : spaceOf(found, undefined, depth + 1);
  }
  if (!(value instanceof PDFArray) || value.size() === 0) return plain("unknown");
  const family = value.lookup(0);
  const name = family instanceof PDFName ? family.decodeText() : "";
  if (name === "Indexed") return spaceOf(value.lookup(1), named, depth + 1);
  if (name === "ICCBased") {
    const count = value.lookupMaybe(1, PDFRawStream)?.dict.lookup(key("N"));
    return plain(profiled[count instanceof PDFNumber ? count.asNumber() : 0] ?? "unknown");
  }
  if (name !== "Separation") return plain(families[name] ?? "unknown");
  const plate = value.lookup(1);
  return {
    kind: "spot",
    plate: plate instanceof PDFName ? Buffer.from(plate.asBytes()).toString("utf8") : "",
    alternate: spaceOf(value.lookup(2), named, depth + 1),
    full: fullTint(value.lookup(3)),
  };
}

/** The end of an exponential function (ISO 32000-1, 7.10.3); empty for any other. */
function fullTint(tint: unknown): number[] {
  const ends = tint instanceof PDFDict ? tint.lookup(key("C1")) : undefined;
  return ends instanceof PDFArray
    ? ends.asArray().map((part) => (part instanceof PDFNumber ? part.asNumber() : Number.NaN))
    : [];
}

/** A paint with its space looked up. */
export interface Painted extends Paint {
  readonly resolved: Space;
}

/** What a page paints, in which spaces. */
export function paintedOn({ dict, use }: Pick<RulePage, "dict" | "use">): Painted[] {
  const named = dictIn(dictIn(dict, "Resources"), "ColorSpace");
  return use.paints.map((paint) => ({ ...paint, resolved: spaceOf(PDFName.of(paint.space), named) }));
}

export function colourFaults(document: PDFDocument, pages: readonly RulePage[], rules: RuleSet): string[] {
  const wrong = rules === "PDF/A-2u" ? ["cmyk", "DeviceCMYK"] : ["rgb", "DeviceRGB"];
  const [kind = "", name = ""] = wrong;
  const isOf = ({ resolved: { kind: own, alternate } }: Painted) => own === kind || alternate?.kind === kind;
  const said: readonly (readonly [is: (paint: Painted) => boolean, trouble: string])[] = [
    [isOf, `用了${name}的颜色`],
    [({ resolved }) => resolved.kind === "unknown" || resolved.alternate?.kind === "unknown", "用了不认识的颜色空间"],
    ...(rules === "PDF/A-2u" ? archived : printed),
  ];
  const forms = formsOf(document);
  return [
    ...said.flatMap(([is, trouble]) => [
      ...onPages(pages, (page) => paintedOn(page).some(is), trouble),
      ...(forms.some((form) => paintedOn(form).some(is)) ? [`嵌套的内容${trouble}`] : []),
    ]),
    ...onPages(pages, ({ use }) => use.inline > 0, "有写在内容里的图片，颜色没有核对"),
    ...objectFaults(document, kind, name),
    ...(rules === "PDF/X-4" ? plateFaults([...pages, ...forms].flatMap(paintedOn)) : []),
  ];
}

const isEven = ([first = 0, ...others]: readonly number[]): boolean => others.every((part) => part === first);

/** Black of red, green and blue is no black ink when it is printed. */
const archived = [
  [({ resolved, parts }: Painted) => resolved.kind === "rgb" && isEven(parts), "有用RGB写的黑色或灰色，应为单色黑"],
] as const;

const printed = [
  [(paint: Painted) => paint.by === "text" && !isOnOneInk(paint), "有文字不是只印在黑版或红色的版上"],
  [(paint: Painted) => paint.by !== "text" && !isOnOneInk(paint), "有线条或色块不是只印在黑版或红色的版上"],
] as const;

/** The names of all plates at once, and of those of the process inks. */
const everyPlate = "All";
const processPlates = new Set(["Cyan", "Magenta", "Yellow", "Black", "None"]);

/** Black, or the two inks of red, or a plate of its own. Marks for the printer go on all, being no part of the page. */
function isOnOneInk({ resolved, parts, artifact }: Painted): boolean {
  if (resolved.kind === "spot") return resolved.plate !== everyPlate || artifact;
  if (resolved.kind !== "cmyk") return true;
  const [c = 0, m = 0, y = 0, k = 0] = parts;
  return c === 0 && ((m === 0 && y === 0) || k === 0);
}

/** One plate beside those of the process inks, always described alike. */
function plateFaults(paints: readonly Painted[]): string[] {
  const spots = paints.filter(({ resolved }) => resolved.kind === "spot" && resolved.plate !== everyPlate);
  const byPlate = Map.groupBy(spots, ({ resolved }) => resolved.plate);
  const names = [...byPlate.keys()];
  return [
    ...(names.length > 1 ? [`专色不止一种：${names.join("、")}`] : []),
    ...names.filter((name) => processPlates.has(name)).map((name) => `专色借用了四色版的名称 ${name}`),
    ...[...byPlate]
      .filter(([, own]) => new Set(own.map(({ resolved }) => JSON.stringify(resolved))).size > 1)
      .map(([name]) => `专色 ${name} 的近似色前后不一`),
  ];
}

/** Pictures, shadings and groups of transparency name spaces of their own. */
function objectFaults(document: PDFDocument, kind: string, name: string): string[] {
  const faults: string[] = [];
  for (const [, object] of document.context.enumerateIndirectObjects()) {
    const dict = object instanceof PDFRawStream ? object.dict : object;
    if (!(dict instanceof PDFDict)) continue;
    const isImage = nameIn(dict, "Subtype") === "Image";
    const { kind: own, alternate } = spaceOf(dict.lookup(key("ColorSpace")));
    const isWrong = own === kind || alternate?.kind === kind;
    if (isWrong && (isImage || dict.has(key("ShadingType"))))
      faults.push(`有${isImage ? "图片" : "渐变"}用了${name}的颜色`);
    if (spaceOf(dictIn(dict, "Group")?.lookup(key("CS"))).kind === kind) faults.push(`有透明组用了${name}的颜色`);
    if (isImage && dict.lookup(key("Interpolate")) === PDFBool.True) faults.push("有图片要求插值");
  }
  return faults;
}
