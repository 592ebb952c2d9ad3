// The way of every PDF that may be trusted, whatever is in it: laid out, written, put on disk, read back from there and
// compared with what was approved. Only a file without a single mismatch is delivered.
import { type ExportPhase, type ExportReport, GazetteError } from "../../shared/api.ts";
import type { Layout, LayoutWarning } from "../../shared/layout/display.ts";
import type { Fonts } from "../../shared/layout/fonts.ts";
import { redName, usualRed } from "../../shared/layout/redInk.ts";
import { isPress, type PressFacts, type Profile } from "../../shared/model/profile.ts";
import { checkCondition } from "../pdf/inkProof.ts";
import { rulesOf } from "../pdf/metadata.ts";
import type { PrintCondition } from "../pdf/press.ts";
import { checkRules } from "../pdf/rules.ts";
import { type Expectation, type PdfProof, prepareProof, verifyPdf } from "../pdf/verify.ts";
import { type Images, type PdfMeta, type PdfProfile, paletteOf, sheetsOf, writePdf } from "../pdf/write.ts";
import { deliver } from "./deliver.ts";
import { sha256 } from "./fingerprint.ts";

/** A sentence for each rule of its profile that a file breaks, and when it is not meant for `condition`. */
export async function rulesBroken(bytes: Uint8Array, profile: Profile, condition?: PrintCondition): Promise<string[]> {
  const faults = await checkRules(bytes, rulesOf[profile]);
  return condition ? [...faults, ...(await checkCondition(bytes, condition))] : faults;
}

/** Where and how a PDF is made. */
export interface Printing {
  readonly fonts: Fonts;
  /** The files of the pictures that the notices show; absent: they show none. */
  readonly images?: Images;
  /** Absent: for the screen. */
  readonly profile?: PdfProfile;
  /** Path of the PDF; its folder must exist. */
  readonly out: string;
  readonly onProgress?: (phase: ExportPhase, done: number, total: number) => void;
  /** Looked at between the phases; whoever must stop at once runs the export in a thread and ends that. */
  readonly signal?: AbortSignal;
}

/** What is to be printed, and what must then stand in the file. */
export interface Composition {
  readonly name: string;
  /** Name of the house style. */
  readonly style: string;
  readonly layout: Layout;
  readonly meta: PdfMeta;
  /** Troubles of this profile alone, beside those of the layout. */
  readonly warnings?: readonly LayoutWarning[];
  /** Asked for when the file is written: it is made from what is stored, and never from the layout. */
  approved(): Omit<Expectation, "layout" | "sheets" | "pictures">;
}

/** `compose` lays out, and may refuse. A report with mismatches means that nothing was delivered and an older file at
 *  `out` still stands. Throws GazetteError diskFull, badFile, cancelled, or what `compose` throws. */
export async function printProved(
  compose: (onProgress: (done: number, total: number) => void) => Composition,
  { fonts, images = new Map(), profile = { name: "screen" }, out, onProgress: progress = () => {}, signal }: Printing,
): Promise<ExportReport> {
  const seconds: Record<ExportPhase, number> = { layout: 0, write: 0, verify: 0, deliver: 0 };
  const timed = async <T>(phase: ExportPhase, work: () => T | Promise<T>): Promise<T> => {
    if (signal?.aborted) throw new GazetteError("cancelled", "已取消导出，没有生成文件。");
    const start = performance.now();
    try {
      return await work();
    } finally {
      seconds[phase] = (performance.now() - start) / 1000;
    }
  };
  const counting = (phase: ExportPhase) => (done: number, total: number) => progress(phase, done, total);

  prepareProof();
  progress("layout", 0, 1);
  const {
    name,
    style,
    layout,
    meta,
    warnings = [],
    approved,
  } = await timed("layout", () => compose(counting("layout")));
  const bytes = await timed("write", () => writePdf(layout, fonts, meta, counting("write"), images, profile));

  const expectation = {
    layout,
    ...approved(),
    sheets: sheetsOf(layout, profile, meta.title),
    pictures: { images, palette: paletteOf(layout, profile) },
  };
  let proof: PdfProof | null = null;
  await timed("deliver", () =>
    deliver(out, bytes, async (written) => {
      proof = await timed("verify", async () => {
        const text = await verifyPdf(written, expectation, fonts, counting("verify"));
        const faults = await rulesBroken(written, profile.name, "condition" in profile ? profile.condition : undefined);
        return { ...text, mismatches: [...text.mismatches, ...faults] };
      });
      return proof.mismatches.length === 0;
    }),
  );
  if (proof === null) throw new RangeError("the PDF was delivered without proof");
  seconds.deliver -= seconds.verify;
  progress("deliver", 1, 1);
  return {
    ...(proof as PdfProof),
    issue: name,
    style,
    profile: profile.name,
    ...("condition" in profile ? { press: pressFacts(profile, layout, expectation.sheets) } : {}),
    warnings: [...layout.warnings, ...warnings],
    sha256: sha256(bytes),
    bytes: bytes.length,
    seconds,
  };
}

function pressFacts(
  { name, condition }: PdfProfile & { readonly condition: PrintCondition },
  { red = usualRed }: Layout,
  sides: Expectation["sheets"],
): PressFacts {
  const sheets = name === "booklet" ? (sides?.length ?? 0) / 2 : null;
  return { condition: condition.name, sha256: sha256(condition.profile), red: redName(red), sheets };
}

/** ISO 15930-7 asks for dates, and the clock is not read. `issue`: whose date is missing, in words. Throws GazetteError
 *  badRequest. */
export function refuseUndated({ name }: { readonly name: Profile }, published: string, issue: string): void {
  if (isPress(name) && published === "")
    throw new GazetteError("badRequest", `交印厂的PDF要写明日期，请先填写${issue}的出版日期再导出。`);
}

/** A character that no face can draw would leave a hole in print; `place` names where one stands that is in no notice,
 *  `titles` the notice. Throws GazetteError missingGlyph. */
export function refuseMissingGlyphs(
  layout: Layout,
  place: string,
  titleOf: (notice: string) => string | undefined,
): void {
  const missing = layout.warnings.filter((warning) => warning.code === "missingGlyph");
  const first = missing[0];
  if (!first) return;
  const source = first.source;
  const title = source && source.in !== "front" ? titleOf(source.notice) : undefined;
  const code = Array.from(first.text ?? "", (c) => `U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase()}`).join(" ");
  const more = missing.length > 1 ? `，另有${missing.length - 1}处` : "";
  throw new GazetteError(
    "missingGlyph",
    `${title ? `《${title}》` : place}中的“${first.text ?? ""}”（${code}）没有字体能够印出${more}，没有生成文件，请改用别的字或安装含有此字的字体。`,
  );
}
