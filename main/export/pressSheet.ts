// The 付印单 of an exported PDF: drawn up from the issue and the report of its proof, written as a form (PDF) and as JSON
// beside it, and read again when a PDF is checked against it.
import { userInfo } from "node:os";
import type { ExportReport } from "../../shared/api.ts";
import { approvedText } from "../../shared/layout/approved.ts";
import type { Layout } from "../../shared/layout/display.ts";
import { LayoutCache, layoutIssue } from "../../shared/layout/layout.ts";
import { type PressSheet, pressSheetLayout, type SheetNotice } from "../../shared/layout/pressSheet.ts";
import type { StyleSheet } from "../../shared/layout/style.ts";
import {
  anyText,
  type Check,
  integer,
  line,
  list,
  nullable,
  oneOf,
  record,
  ShapeError,
} from "../../shared/model/check.ts";
import { GazetteError } from "../../shared/model/gazetteError.ts";
import { type Issue, type Notice, type NoticeId, numberLine } from "../../shared/model/notice.ts";
import { profiles } from "../../shared/model/profile.ts";
import { unsigned } from "../../shared/workflow/view.ts";
import type { FaceSet } from "../fonts/faces.ts";
import { printedTexts } from "../pdf/printedOrder.ts";
import { verifyPdf } from "../pdf/verify.ts";
import { writePdf } from "../pdf/write.ts";
import { deliver } from "./deliver.ts";
import { inOrder } from "./export.ts";
import { sha256 } from "./fingerprint.ts";

/** What was exported. */
export interface Exported {
  readonly issue: Issue;
  readonly notices: ReadonlyMap<NoticeId, Notice>;
  readonly style: StyleSheet;
  /** Without mismatches. */
  readonly report: ExportReport;
  /** Name of the PDF file. */
  readonly fileName: string;
  /** `at`: ISO with its zone. */
  readonly exported: PressSheet["exported"];
  readonly waiver: string;
  readonly signOff: PressSheet["signOff"];
}

/** Of a file that comes from no store, or from an office without workflow. */
export const notSigned: PressSheet["signOff"] = { words: unsigned, entries: 0, head: "" };

/** Where the form and its data go, and what only the caller knows. */
export interface SheetOrder {
  readonly form: string;
  readonly data: string;
  readonly fileName: string;
  readonly exported: PressSheet["exported"];
  readonly waiver: string;
  readonly signOff: PressSheet["signOff"];
}

/** Draws up the 付印单 of a delivered file and puts form and data in their places. Throws GazetteError diskFull or
 *  badFile. */
export async function deliverSheet(
  made: Pick<Exported, "issue" | "notices" | "style" | "report">,
  { form, data, ...order }: SheetOrder,
  faces: FaceSet,
): Promise<void> {
  const sheet = drawUpSheet({ ...made, ...order }, faces);
  await deliver(form, await sheetPdf(sheet, faces), async () => true);
  await deliver(data, new TextEncoder().encode(sheetJson(sheet)), async () => true);
}

/** Whoever is logged in at this machine; "" where the system does not know. */
export function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    return ""; // a user without an entry in the system's list
  }
}

/** ISO with the zone of this machine: 2026-03-20T09:05:00+08:00. */
export function zonedTime(now: Date): string {
  const minutes = -now.getTimezoneOffset();
  const two = (value: number) => String(Math.floor(Math.abs(value))).padStart(2, "0");
  const local = new Date(now.getTime() + minutes * 60_000).toISOString().slice(0, 19);
  return `${local}${minutes < 0 ? "-" : "+"}${two(minutes / 60)}:${two(minutes % 60)}`;
}

/** Throws RangeError for a report with mismatches: such a file was never delivered. */
export function drawUpSheet(made: Exported, faces: FaceSet): PressSheet {
  const { issue, notices, style, report } = made;
  if (report.mismatches.length > 0) throw new RangeError("a press sheet for a file that was not delivered");
  const layout = layoutIssue(issue, notices, style, faces.fonts, new LayoutCache());
  const ordered = inOrder(issue, notices);
  const blocks = ordered.flatMap((notice) => notice.body);
  const texts = printedTexts(approvedText(issue, notices, style), layout);
  return {
    issue: { name: report.issue, published: issue.published, revision: issue.version, style: style.label },
    pages: report.pages,
    characters: report.characters,
    tables: blocks.filter((block) => block.type === "table").length,
    pictures: blocks.filter((block) => block.type === "figure").length,
    notices: ordered.map((notice): SheetNotice => {
      const { text = "", pieces = [] } = texts.get(notice.id) ?? {};
      const [from = "", to = from] = pageLabels(layout, notice.id);
      const number = numberLine(notice);
      return { title: notice.title, number, from, to, characters: text.length, sha256: sha256(text), pieces };
    }),
    pdf: { name: made.fileName, profile: report.profile, bytes: report.bytes, sha256: report.sha256 },
    faces: layout.faces.map((id) => {
      const info = faces.infos.find((face) => face.id === id);
      if (!info) throw new RangeError(`face ${id} is in the layout and not in the font set`);
      return { ...info, sha256: sha256(faces.bytes(id)) };
    }),
    exported: made.exported,
    warnings: report.warnings.map(({ page, message }) => ({
      page: page === undefined ? "" : (layout.pages[page]?.label ?? ""),
      message,
    })),
    waiver: made.waiver,
    signOff: made.signOff,
    press: report.press ?? null,
  };
}

/** Labels of the first and the last page on which a notice stands. */
function pageLabels(layout: Layout, notice: NoticeId): string[] {
  const pages = layout.pages.filter(({ items }) =>
    items.some((item) => (item.kind === "text" || item.kind === "picture") && sourceNotice(item.source) === notice),
  );
  return pages.length === 0 ? [] : [pages[0]?.label ?? "", pages.at(-1)?.label ?? ""];
}

function sourceNotice(source: { readonly in: string; readonly notice?: NoticeId } | undefined): NoticeId | undefined {
  return source?.notice;
}

/** The form, proved as every PDF is. Throws RangeError when the proof fails. */
async function sheetPdf(sheet: PressSheet, { fonts }: FaceSet): Promise<Uint8Array> {
  const layout = pressSheetLayout(sheet, fonts);
  const title = `${sheet.issue.name}付印单`;
  const meta = { title, author: "", subject: "", published: sheet.exported.at.slice(0, 10), key: sheet.pdf.sha256 };
  const bytes = await writePdf(layout, fonts, meta);
  const text = layout.pages.flatMap(({ items }) => items.flatMap((item) => (item.kind === "text" ? item.text : [])));
  const approved = [{ part: "sheet", lines: [text.join("")] }];
  const { mismatches } = await verifyPdf(bytes, { layout, approved, contents: null, notices: [] }, fonts);
  if (mismatches.length > 0) throw new RangeError(`the press sheet is not as it was laid out: ${mismatches[0]}`);
  return bytes;
}

// ---- as JSON

const kind = "zhengbao press sheet";
/** 1 had no sign-off. */
const format = 2;

export function sheetJson(sheet: PressSheet): string {
  return `${JSON.stringify({ kind, format, ...sheet }, null, 1)}\n`;
}

const hash: Check<string> = (value, path) => {
  if (typeof value !== "string" || !/^[0-9a-f]{64}$/.test(value)) throw new ShapeError(path, "应是64位的校验码");
  return value;
};
const textOfHash: Check<string> = (value, path) => (value === "" ? "" : hash(value, path));
const words = line(5000);
const many = 20_000;
const shape: Check<PressSheet> = record({
  issue: record({ name: words, published: words, revision: integer(0), style: words }),
  pages: integer(0),
  characters: integer(0),
  tables: integer(0),
  pictures: integer(0),
  notices: list(
    record({
      title: words,
      number: words,
      from: words,
      to: words,
      characters: integer(0),
      sha256: hash,
      pieces: list(record({ at: integer(0), length: integer(0) }), many),
    }),
    many,
  ),
  pdf: record({ name: words, profile: oneOf(profiles), bytes: integer(0), sha256: hash }),
  faces: list(record({ id: words, family: words, licence: words, sha256: hash }), many),
  exported: record({ by: words, at: words, program: words }),
  warnings: list(record({ page: words, message: anyText(5000) }), many),
  waiver: anyText(5000),
  signOff: record({ words: anyText(20_000), entries: integer(0), head: textOfHash }),
  press: nullable(record({ condition: words, sha256: hash, red: words, sheets: nullable(integer(0)) })),
});

/** Reads the JSON of a sheet. Throws GazetteError badFile, naming the file and the fault. */
export function readSheet(text: string, fileName: string): PressSheet {
  const refuse = (fault: string, cause?: unknown) =>
    new GazetteError("badFile", `“${fileName}”不是付印单：${fault}。`, { cause });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw refuse("不是JSON文件", error);
  }
  if (typeof json !== "object" || json === null || !("kind" in json) || json.kind !== kind)
    throw refuse("没有付印单的标记");
  const { kind: _, format: written, ...fields } = { format: null, press: null, ...json };
  if (written !== 1 && written !== format) throw refuse("是别的版本的程序写的");
  try {
    return shape(written === 1 ? { ...fields, signOff: notSigned } : fields, "付印单");
  } catch (error) {
    if (error instanceof ShapeError) throw refuse(error.message, error);
    throw error;
  }
}
