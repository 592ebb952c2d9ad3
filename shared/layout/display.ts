// The display list 版面: what layout makes and what preview and PDF paint, glyph by glyph. Plain JSON.
// Units: pt, origin at the top left of the trimmed page, y down. Items stand in reading order, which is the order of
// the PDF's content stream and of its extracted text.
import type { NoticeId } from "../model/notice.ts";
import { type PictureInks, type RedInk, redLook, usualRed } from "./redInk.ts";

/** Names one face of the font set, e.g. "NotoSerifSC-400". */
export type FaceId = string;

/** Press inks: text is K only; red is the style's (redInk.ts). grey is 40 % K, white the paper. */
export type Ink = "black" | "red" | "grey" | "white";

/** Levels of black: 0 is full ink, 1 the paper. */
export const greyLevels: Readonly<Record<Exclude<Ink, "red">, number>> = { black: 0, grey: 0.6, white: 1 };

/** An ink on a screen, sRGB 0..1: what the preview paints and the screen PDF holds. Equal parts are a grey level. */
export function inkColour(ink: Ink, red: RedInk = usualRed): readonly [red: number, green: number, blue: number] {
  if (ink === "red") return redLook(red);
  const level = greyLevels[ink];
  return [level, level, level];
}

/** What is printed beside the notices; a section is its opener, and annual what a 总目录 lists. */
export type FrontPart = "cover" | "contents" | "imprint" | "section" | "annual";

/** Where text comes from. `from`: UTF-16 offset of the run's text in the paragraph's text. */
export type Source =
  | {
      readonly in: "body";
      readonly notice: NoticeId;
      readonly block: number;
      readonly cell?: readonly [row: number, cell: number, paragraph: number];
      /** Set for the text of a footnote: which one of the paragraph, from 0; `from` is then in that text as it is printed,
       *  behind its mark. */
      readonly note?: number;
      readonly from: number;
    }
  | { readonly in: "title" | "number"; readonly notice: NoticeId; readonly from: number }
  | {
      readonly in: "front";
      readonly part: FrontPart;
      /** Of a 总目录: which of its heads and entries, from 0 in printed order; `level` of a head, 0: it is an entry. */
      readonly row?: { readonly at: number; readonly level: 0 | 1 | 2 };
    };

/** Text that is not part of the approved text: tagged /Artifact in the PDF and left out when it is re-read.
 *  `repeat` is a table head shown again after a page break, `mark` what a 校样 says about the text. */
export type Artifact = "folio" | "runningHead" | "repeat" | "leader" | "filler" | "mark";

/** Part of a glyph's em box that is cut off, in 1/1000 em: 标点挤压. Ink never lies in the cut part. */
export interface Cut {
  /** Index of the glyph in the run. */
  readonly at: number;
  readonly left: number;
  readonly right: number;
}

/** Glyphs of one face and size on one baseline. Glyph i stands for `text[starts[i], starts[i+1])`; its advance box,
 *  after cutting, begins at `x + xs[i]`, and it is inked at `x + xs[i] - left/1000*size` when it has a cut. */
export interface TextRun {
  readonly kind: "text";
  readonly face: FaceId;
  readonly size: number;
  readonly ink: Ink;
  readonly x: number;
  /** Baseline. */
  readonly y: number;
  readonly gids: readonly number[];
  readonly xs: readonly number[];
  readonly text: string;
  readonly starts: readonly number[];
  readonly cuts?: readonly Cut[];
  readonly source?: Source;
  readonly artifact?: Artifact;
  /** Clockwise turn about (x, y): 90 for a vertical 刊名, 270 for a landscape table, whose head is at the left of its
   *  page; absent: upright. */
  readonly turn?: 90 | 270;
}

/** A straight rule, always an artifact. */
export interface Rule {
  readonly kind: "rule";
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly width: number;
  readonly ink: Ink;
  /** The notice that it is drawn for, as those of a table are, or the page itself, whatever stands on it. Absent: it is
   *  part of what is printed beside the notices. */
  readonly of?: { readonly notice: NoticeId } | "page";
}

/** A filled rectangle, always an artifact. */
export interface Fill {
  readonly kind: "fill";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly ink: Ink;
}

/** A rectangle that jumps to the start of a notice. */
export interface Link {
  readonly kind: "link";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly notice: NoticeId;
}

/** A picture in its box. `image` is the Figure's. */
export interface Picture {
  readonly kind: "picture";
  readonly image: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly alt: string;
  readonly source: { readonly in: "body"; readonly notice: NoticeId; readonly block: number };
}

export type Item = TextRun | Rule | Fill | Link | Picture;

export interface Page {
  readonly width: number;
  readonly height: number;
  /** Clockwise turn with which a screen shows the page, so that the lines of a landscape table lie; print takes it as it
   *  is. */
  readonly shown?: 90;
  readonly kind: "cover" | "contents" | "imprint" | "body" | "blank";
  /** Page label: "1" for a body page, "目1", "封面". Body pages print it as their folio. */
  readonly label: string;
  readonly items: readonly Item[];
}

/** One line of the contents 目录, and the place it points to. */
export interface ContentsEntry {
  readonly notice: NoticeId;
  readonly section: string;
  /** As printed in the contents. */
  readonly title: string;
  readonly number: string;
  readonly folio: string;
  /** Index in `pages` of the contents page it stands on; -1 where no contents are printed. */
  readonly contentsPage: number;
  /** Index in `pages` and y (pt) of the notice's title. */
  readonly page: number;
  readonly y: number;
}

/** Bookmark tree: sections, notices, embedded documents and annexes, chapters. */
export interface OutlineEntry {
  readonly title: string;
  readonly page: number;
  readonly y: number;
  readonly children: readonly OutlineEntry[];
}

/** Trouble the layout had, with its place; shown in the preview and the export report. */
export interface LayoutWarning {
  readonly code:
    | "missingGlyph"
    | "standInFace"
    | "substitutedFace"
    | "changedFace"
    | "overfullLine"
    | "tornLine"
    | "shrunkTable"
    | "splitRow"
    | "coarsePicture"
    /** Told at the export for archives. */
    | "untoldPicture";
  readonly message: string;
  readonly page?: number;
  readonly y?: number;
  readonly source?: Source;
  /** The character, for missingGlyph and standInFace. */
  readonly text?: string;
}

/** How the pages go on sheets 印张: `pages` in all, `fillers` of them added for the style's multiple, and how many more
 *  would fill the last sheet of four. */
export interface PagePlan {
  readonly pages: number;
  readonly fillers: number;
  readonly lacking: number;
}

export interface Layout {
  readonly plan: PagePlan;
  readonly pages: readonly Page[];
  readonly contents: readonly ContentsEntry[];
  readonly outline: readonly OutlineEntry[];
  readonly warnings: readonly LayoutWarning[];
  /** Faces that some glyph is set in, sorted. */
  readonly faces: readonly FaceId[];
  /** What its red is printed with; absent: the usual red. */
  readonly red?: RedInk;
  /** How a press prints its pictures; absent: in colours where it can. */
  readonly pictures?: PictureInks;
}
