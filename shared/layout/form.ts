// A ruled form on A4, for what goes along with an issue: lines and tables from the top of the page down, what does not fit
// on a further page. Used by 付印单 and 校对记录.
import type { Align } from "../model/block.ts";
import { printedDate } from "../model/notice.ts";
import type { FaceId, Ink, Item, Layout, Page, TextRun } from "./display.ts";
import type { Fonts, Role } from "./fonts.ts";
import { mm } from "./millimetre.ts";
import { setParagraph } from "./paragraph.ts";
import { TypeCase } from "./typecase.ts";
import { emCentre } from "./workshop.ts";

const paper = { width: 210 * mm, height: 297 * mm };
const margin = { side: 21 * mm, top: 17 * mm, foot: 16 * mm };
const measure = paper.width - 2 * margin.side;
const rule = { thin: 0.5, thick: 1.2 };
/** Room between a rule and the words of its cell, pt. */
const inset = 4;

export interface Type {
  /** pt; 9 when absent. */
  readonly size?: number;
  readonly role?: Role;
  readonly align?: Align;
  readonly ink?: Ink;
}

export interface Cell extends Type {
  readonly text: string;
  /** Of the measure. */
  readonly share: number;
}

/** The faces of forms: upright 宋 stands for 仿宋, which an office may lack. */
export function formTypeCase(fonts: Fonts): TypeCase {
  return new TypeCase(fonts, { song: "song", biaosong: "biaosong", fangsong: "song", hei: "hei", kai: "kai" });
}

/** `height`: of its lines, pt. */
export interface SetWords {
  readonly items: readonly TextRun[];
  readonly height: number;
}

/** Rows from the top of the page down; what does not fit begins a new page. */
export class Form {
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
    return {
      plan: { pages: pages.length, fillers: 0, lacking: 0 },
      pages,
      contents: [],
      outline: [],
      warnings: [],
      faces: facesOf(pages),
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

  private put(items: readonly TextRun[], x: number, y: number): void {
    for (const item of items) this.pages.at(-1)?.push({ ...item, x: item.x + x, y: item.y + y });
  }

  private set(text: string, width: number, type: Type): SetWords {
    return setWords(text, width, type, this.typeCase);
  }
}

/** Words in a box of a width, pt, from its top left corner. */
export function setWords(
  text: string,
  width: number,
  { size = 9, role = "song", align = "left", ink = "black" }: Type,
  typeCase: TypeCase,
): SetWords {
  if (text === "") return { items: [], height: 0 };
  const pitch = size * 1.25;
  const lines = setParagraph(
    { text, roles: [{ to: text.length, role }], latinGap: 0 },
    { size, measure: width, align, indents: () => [0, 0], right: 0 },
    typeCase,
  );
  const items = lines.flatMap((line, i) =>
    line.runs.map(({ face, size: own, x, gids, xs, text: words, starts, cuts }): TextRun => {
      const run = { kind: "text" as const, face, size: own, ink, gids, xs, text: words, starts };
      return { ...run, x, y: (i + 0.5) * pitch + emCentre * size, ...(cuts ? { cuts } : {}) };
    }),
  );
  return { items, height: lines.length * pitch };
}

/** The faces that pages are set in. */
export function facesOf(pages: readonly Page[]): FaceId[] {
  const faces = pages.flatMap(({ items }) => items.flatMap((item) => (item.kind === "text" ? item.face : [])));
  return [...new Set(faces)].sort();
}

/** To a thousandth of a pt, as every display list is. */
export function rounded(item: Item): Item {
  const to = (value: number) => Math.round(value * 1000) / 1000;
  if (item.kind === "text") return { ...item, x: to(item.x), y: to(item.y) };
  if (item.kind !== "rule") return item;
  return { ...item, x1: to(item.x1), y1: to(item.y1), x2: to(item.x2), y2: to(item.y2) };
}

/** 34829 -> 34,829 */
export function grouped(number: number): string {
  return String(number).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** 2026-03-20T09:05:00+08:00 -> 2026年3月20日9时05分 */
export function clockTime(iso: string): string {
  const [, date = "", hour = "", minute = ""] = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})/.exec(iso) ?? [];
  return date === "" ? iso : `${printedDate(date)}${Number(hour)}时${minute}分`;
}
