// The 付印单: the form that goes with an issue to the printer and into the file, with a place for those who sign. Plain
// data, and the display list of its page: what the issue is, which text stands on which pages, the fingerprints of the
// PDF, of every text and of every face, what the layout warned of. A long issue goes on on a further page.
import type { Align } from "../model/block.ts";
import { printedDate } from "../model/notice.ts";
import { type Profile, profileNames } from "../model/profile.ts";
import type { Ink, Item, Layout, Page } from "./display.ts";
import type { FaceInfo, Fonts, Role } from "./fonts.ts";
import { setParagraph } from "./paragraph.ts";
import { TypeCase } from "./typecase.ts";
import { emCentre } from "./workshop.ts";

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

const mm = 72 / 25.4;
const paper = { width: 210 * mm, height: 297 * mm };
const margin = { side: 21 * mm, top: 17 * mm, foot: 16 * mm };
const measure = paper.width - 2 * margin.side;
const rule = { thin: 0.5, thick: 1.2 };
/** Room between a rule and the words of its cell, pt. */
const inset = 4;
const signers = ["编辑", "校对", "审核", "批准", "日期"];

/** How close the form is set, in the order in which it is tried: share of the sizes of its tables. */
const densities = [1, 0.88, 0.76];

/** The form as one page of A4, set closer where there are many notices; as several where even that does not do. */
export function pressSheetLayout(sheet: PressSheet, fonts: Fonts): Layout {
  const typeCase = typeCaseOf(fonts);
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

/** 34829 -> 34,829 */
function grouped(number: number): string {
  return String(number).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

function spaced(text: string, every: number): string {
  return text.match(new RegExp(`.{1,${every}}`, "g"))?.join(" ") ?? "";
}

/** 2026-03-20T09:05:00+08:00 -> 2026年3月20日9时05分 */
function clockTime(iso: string): string {
  const [, date = "", hour = "", minute = ""] = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})/.exec(iso) ?? [];
  return date === "" ? iso : `${printedDate(date)}${Number(hour)}时${minute}分`;
}

// ---------------------------------------------------------------- a ruled form

interface Type {
  readonly size?: number;
  readonly role?: Role;
  readonly align?: Align;
}

interface Cell extends Type {
  readonly text: string;
  /** Of the measure. */
  readonly share: number;
}

function typeCaseOf(fonts: Fonts): TypeCase {
  return new TypeCase(fonts, { song: "song", biaosong: "biaosong", fangsong: "song", hei: "hei", kai: "kai" });
}

interface SetCell {
  readonly items: Item[];
  readonly height: number;
}

/** Rows from the top of the page down; what does not fit begins a new page. */
class Form {
  private readonly typeCase: TypeCase;
  private readonly density: number;
  private readonly pages: Item[][] = [[]];
  private y = margin.top;

  constructor(typeCase: TypeCase, density: number) {
    this.typeCase = typeCase;
    this.density = density;
  }

  /** A line without rules. */
  line(text: string, type: Type, height: number): void {
    const set = this.set(text, measure, type);
    this.put(set.items, margin.side, this.y + (height - set.height) / 2);
    this.y += height;
  }

  gap(height: number): void {
    this.y += height * this.density;
  }

  /** Rows between rules. `least`: heights below which no row goes, pt, the last one for all that follow. */
  table(rows: readonly (readonly Cell[])[], least: readonly number[] = [16]): void {
    let top = this.y;
    for (const [i, cells] of rows.entries()) {
      const set = cells.map(({ size = 9, ...cell }) =>
        this.set(cell.text, cell.share * measure - 2 * inset, { ...cell, size: size * this.density }),
      );
      const lowest = (least[i] ?? least.at(-1) ?? 0) * this.density;
      const height = Math.max(lowest, ...set.map((cell) => cell.height + 5 * this.density));
      if (this.y + height > paper.height - margin.foot) {
        this.frame(top);
        this.pages.push([]);
        this.y = margin.top;
        top = this.y;
      }
      if (this.y > top) this.rule(margin.side, this.y, margin.side + measure, this.y, rule.thin);
      let x = margin.side;
      for (const [k, cell] of set.entries()) {
        this.put(cell.items, x + inset, this.y + (height - cell.height) / 2);
        x += (cells[k]?.share ?? 0) * measure;
        if (k < set.length - 1) this.rule(x, this.y, x, this.y + height, rule.thin);
      }
      this.y += height;
    }
    this.frame(top);
  }

  finish(): Layout {
    const pages = this.pages.map(
      (items, i): Page => ({ ...paper, kind: "imprint", label: String(i + 1), items: items.map(rounded) }),
    );
    const faces = new Set(
      pages.flatMap(({ items }) => items.flatMap((item) => (item.kind === "text" ? item.face : []))),
    );
    return {
      plan: { pages: pages.length, fillers: 0, lacking: 0 },
      pages,
      contents: [],
      outline: [],
      warnings: [],
      faces: [...faces].sort(),
    };
  }

  private frame(top: number): void {
    const [left, right] = [margin.side, margin.side + measure];
    this.rule(left, top, right, top, rule.thick);
    this.rule(left, this.y, right, this.y, rule.thick);
    this.rule(left, top, left, this.y, rule.thick);
    this.rule(right, top, right, this.y, rule.thick);
  }

  private rule(x1: number, y1: number, x2: number, y2: number, width: number, ink: Ink = "black"): void {
    this.pages.at(-1)?.push({ kind: "rule", x1, y1, x2, y2, width, ink });
  }

  private put(items: readonly Item[], x: number, y: number): void {
    for (const item of items)
      if (item.kind === "text") this.pages.at(-1)?.push({ ...item, x: item.x + x, y: item.y + y });
  }

  /** Words in a box of a width, from its top left corner. */
  private set(text: string, width: number, { size = 9, role = "song", align = "left" }: Type): SetCell {
    if (text === "") return { items: [], height: 0 };
    const pitch = size * 1.25;
    const lines = setParagraph(
      { text, roles: [{ to: text.length, role }], latinGap: 0 },
      { size, measure: width, align, indents: () => [0, 0], right: 0 },
      this.typeCase,
    );
    const items = lines.flatMap((line, i) =>
      line.runs.map(({ face, size: own, x, gids, xs, text: words, starts, cuts }): Item => {
        const run = { kind: "text" as const, face, size: own, ink: "black" as const, gids, xs, text: words, starts };
        return { ...run, x, y: (i + 0.5) * pitch + emCentre * size, ...(cuts ? { cuts } : {}) };
      }),
    );
    return { items, height: lines.length * pitch };
  }
}

/** To a thousandth of a pt, as every display list is. */
function rounded(item: Item): Item {
  const to = (value: number) => Math.round(value * 1000) / 1000;
  if (item.kind === "text") return { ...item, x: to(item.x), y: to(item.y) };
  if (item.kind !== "rule") return item;
  return { ...item, x1: to(item.x1), y1: to(item.y1), x2: to(item.x2), y2: to(item.y2) };
}
