// The 付印单: the form that goes with an issue to the printer and into the file, with a place for those who sign. Plain
// data, and the display list of its page: what the issue is, which text stands on which pages, the fingerprints of the
// PDF, of every text and of every face, what the layout warned of. A long issue goes on on a further page.
import type { Align } from "../model/block.ts";
import { printedDate } from "../model/notice.ts";
import { type PressFacts, type Profile, profileNames } from "../model/profile.ts";
import type { Layout } from "./display.ts";
import type { FaceInfo, Fonts, Role } from "./fonts.ts";
import { type Cell, clockTime, Form, formTypeCase, grouped } from "./form.ts";
import type { TypeCase } from "./typecase.ts";

/** Hashes are SHA-256, hex. */
export interface PressSheet {
  readonly issue: {
    readonly name: string;
    /** ISO; "" when not set. */
    readonly published: string;
    /** The version of the stored issue that was printed. */
    readonly revision: number;
    /** Name of the house style. */
    readonly style: string;
  };
  readonly pages: number;
  readonly characters: number;
  readonly tables: number;
  readonly pictures: number;
  /** In printed order. */
  readonly notices: readonly SheetNotice[];
  /** `profile`: what the file is for (ExportReport). */
  readonly pdf: { readonly name: string; readonly profile: Profile; readonly bytes: number; readonly sha256: string };
  readonly faces: readonly (FaceInfo & { readonly sha256: string })[];
  /** `at`: as the caller's clock says it, ISO with its zone. */
  readonly exported: { readonly by: string; readonly at: string; readonly program: string };
  /** Sentences of the layout, each with its page label or "". */
  readonly warnings: readonly { readonly page: string; readonly message: string }[];
  /** Why it is printed in spite of the warnings; "" where nobody has said. */
  readonly waiver: string;
  /** Who signed the texts and let them be printed. */
  readonly signOff: SheetSignOff;
  /** What a press prints it by; null or absent: no file for a press. */
  readonly press?: PressFacts | null;
}

export interface SheetSignOff {
  readonly words: string;
  /** The audit log as it was then: how many entries, and the hash of the last; "" where there is none. */
  readonly entries: number;
  readonly head: string;
}

export interface SheetNotice {
  readonly title: string;
  /** As under the title, without its brackets. */
  readonly number: string;
  /** Labels of its first and its last page. */
  readonly from: string;
  readonly to: string;
  readonly characters: number;
  /** Of the printed text in UTF-8, without white space. */
  readonly sha256: string;
  /** Where the text stands in the text of the file (UTF-16 offsets, white space and artifacts aside): one piece, but
   *  where footnotes stand at the foot of a page on which the next notice has begun. */
  readonly pieces: readonly { readonly at: number; readonly length: number }[];
}

const signers = ["编辑", "校对", "审核", "批准", "日期"];

/** How close the form is set, in the order in which it is tried: share of the sizes of its tables. */
const densities = [1, 0.88, 0.76];

/** The form as one page of A4, set closer where there are many notices; as several where even that does not do. */
export function pressSheetLayout(sheet: PressSheet, fonts: Fonts): Layout {
  const typeCase = formTypeCase(fonts);
  for (const density of densities) {
    const layout = formOf(sheet, typeCase, density);
    if (layout.pages.length === 1) return layout;
  }
  return formOf(sheet, typeCase, 1);
}

function formOf(sheet: PressSheet, typeCase: TypeCase, density: number): Layout {
  const form = new Form(typeCase, density);
  form.line("付印单", { size: 24, role: "biaosong", align: "center" }, 34);
  form.line(sheet.issue.name, { size: 14, role: "kai", align: "center" }, 26);
  const fact = (label: string, value: string): Cell[] => [
    { text: label, share: 0.14, role: "hei", align: "center" },
    { text: value, share: 0.36 },
  ];
  const wide = (label: string, value: string, size = 9): Cell[] => [
    { text: label, share: 0.14, role: "hei", align: "center" },
    { text: value, share: 0.86, size },
  ];
  form.table([
    [...fact("出版日期", printedDate(sheet.issue.published) || "未定"), ...fact("版式", sheet.issue.style)],
    [...fact("公文", `${sheet.notices.length}份`), ...fact("页数", `${sheet.pages}页`)],
    [
      ...fact("字数", `${grouped(sheet.characters)}字`),
      ...fact("表格、图片", `${sheet.tables}张，${sheet.pictures}幅`),
    ],
    [...fact("导出人", sheet.exported.by), ...fact("导出时间", clockTime(sheet.exported.at))],
    [...fact("稿件版本", `第${sheet.issue.revision}版`), ...fact("程序", sheet.exported.program)],
    ...(sheet.press ? [wide("印刷", pressWords(sheet.press))] : []),
    wide("PDF文件", `${sheet.pdf.name}（${profileNames[sheet.pdf.profile].label}），${grouped(sheet.pdf.bytes)}字节`),
    wide("SHA-256校验码", spaced(sheet.pdf.sha256, 8), 8),
  ]);
  form.gap(9);
  form.table([
    noticeRow(["序", "题名", "文号", "页码", "字数", "文字校验码"], "hei"),
    ...sheet.notices.map(({ title, number, from, to, characters, sha256 }, i) =>
      noticeRow(
        [
          String(i + 1),
          title,
          number,
          from === to ? from : `${from}—${to}`,
          grouped(characters),
          sha256.slice(0, shownDigits),
        ],
        "song",
      ),
    ),
  ]);
  form.gap(9);
  form.table([
    faceRow(["字体", "许可", "字体文件校验码"], "hei"),
    ...sheet.faces.map((face) => faceRow([face.family, face.licence, face.sha256], "song")),
  ]);
  form.gap(9);
  const warnings = sheet.warnings.map(({ page, message }) => (page ? `第${page}页：${message}` : message));
  form.table([
    wide("版面提示", warnings.length === 0 ? "没有。" : `共${warnings.length}处。${listed(warnings)}`, 8.5),
    ...(warnings.length === 0 ? [] : [wide("放行理由", sheet.waiver || "　", 8.5)]),
  ]);
  form.gap(9);
  const { words, entries, head } = sheet.signOff;
  form.table([
    wide("审签", words, 8.5),
    ...(entries === 0 ? [] : [wide("审签记录", `共${entries}条，末条校验码 ${spaced(head, 8)}`, 8)]),
  ]);
  form.gap(9);
  const share = 1 / signers.length;
  const names = signers.map((text): Cell => ({ text, share, role: "hei", align: "center" }));
  form.table([names, signers.map((): Cell => ({ text: "", share }))], [20, 36]);
  return form.finish();
}

/** Digits of a text's hash on the form; the JSON beside it has them all. */
const shownDigits = 16;

/** Sentences of the layout are many where a table is large; the JSON beside the form has them all. */
const mostListed = 4;

function listed(warnings: readonly string[]): string {
  const more = warnings.length > mostListed ? `；另有${warnings.length - mostListed}处，见同名的JSON文件` : "";
  const named = warnings.slice(0, mostListed).map((sentence) => sentence.replace(/。$/u, ""));
  return `${named.join("；")}${more}。`;
}

function noticeRow(texts: readonly string[], role: Role): Cell[] {
  const shares = [0.05, 0.43, 0.2, 0.09, 0.09, 0.14];
  const aligns: Align[] = ["center", "left", "left", "center", "right", "left"];
  return texts.map((text, i): Cell => {
    const align = role === "hei" ? "center" : (aligns[i] ?? "left");
    return { text, share: shares[i] ?? 0, role, align, size: role === "song" && i === 5 ? 6.2 : 8.5 };
  });
}

function faceRow(texts: readonly string[], role: Role): Cell[] {
  const shares = [0.22, 0.25, 0.53];
  return texts.map((text, i): Cell => {
    const align = role === "hei" ? "center" : "left";
    return { text, share: shares[i] ?? 0, role, align, size: role === "song" && i === 2 ? 6.6 : 8.5 };
  });
}

function pressWords({ condition, sha256, red, sheets }: PressFacts): string {
  const paper = sheets === null ? "" : `，用纸${sheets}张`;
  return `输出特性${condition}（校验码${sha256.slice(0, shownDigits)}），红色${red}${paper}`;
}

function spaced(text: string, every: number): string {
  return text.match(new RegExp(`.{1,${every}}`, "g"))?.join(" ") ?? "";
}
