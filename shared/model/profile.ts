// What an exported PDF is for. One layout serves them all; what differs is what stands around the pages and how colours
// and structure are written.

/** screen: linked and bookmarked, for reading. archive: to the rules of PDF/A-2u, tagged after PDF/UA-1. press: single
 *  pages with bleed and marks, to the rules of PDF/X-4. booklet: the press pages two up on sheets, to be folded and
 *  stapled. */
export const profiles = ["screen", "archive", "press", "booklet"] as const;
export type Profile = (typeof profiles)[number];

/** What a secretary calls each, how a file of it is called behind its title, and when it is wanted. */
export const profileNames: Readonly<
  Record<Profile, { readonly label: string; readonly file: string; readonly help: string }>
> = {
  screen: { label: "屏幕阅读", file: "", help: "有书签和目录链接，用于网上发布、传阅和办公打印。" },
  archive: {
    label: "归档",
    file: "归档版",
    help: "按PDF/A-2u和PDF/UA-1的要求写成，带结构标签，用于长期保存和无障碍阅读。",
  },
  press: {
    label: "印刷",
    file: "印刷版",
    help: "单页，四边出血3毫米，成品以外有裁切线和说明；文字只用黑版，红色按版式用品红、黄两版或专色，交印厂制版。",
  },
  booklet: {
    label: "骑马钉拼版",
    file: "骑马钉拼版",
    help: "两页一面拼好，对折后在折缝装订，页数补足4的倍数，其余同“印刷”。",
  },
};

/** Whether a press prints it, on the inks and by the profile of a printer. */
export const isPress = (profile: Profile): boolean => profile === "press" || profile === "booklet";

/** 爬移 of 80 g paper, mm for each sheet; and the most that may be asked for. */
export const usualCreep = 0.1;
export const mostCreep = 2;

/** Whether the cover of a booklet is printed with the text, or on a sheet of its own, as of other paper 封面单做. */
export const covers = ["bound", "apart"] as const;
export type Cover = (typeof covers)[number];

/** How a press prints a file; the rest go by the profile alone. */
export interface PressChoice {
  /** The printer's ICC profile, by its SHA-256; null: FOGRA39, whose profile comes with the program. */
  readonly condition: string | null;
  /** mm for each sheet of a booklet, up to `mostCreep`. */
  readonly creep: number;
  readonly cover: Cover;
}

export const usualChoice: PressChoice = { condition: null, creep: usualCreep, cover: "bound" };

/** What a file is made for; a bare profile is printed as usual. */
export type Purpose = Profile | (PressChoice & { readonly profile: Profile });

export function purposeOf(purpose: Purpose): PressChoice & { readonly profile: Profile } {
  return typeof purpose === "string" ? { profile: purpose, ...usualChoice } : purpose;
}

/** What a press file was made with, for those who print it. */
export interface PressFacts {
  /** Name of the printing condition, and SHA-256 of its ICC profile. */
  readonly condition: string;
  readonly sha256: string;
  /** What red is printed with: M80 Y80. */
  readonly red: string;
  /** Sheets of paper; null: pages by themselves. */
  readonly sheets: number | null;
}

/** The name of a file without its ending: 示例政报2026年第1期-印刷版. */
export function profileTitle(title: string, profile: Profile): string {
  const { file } = profileNames[profile];
  return file === "" ? title : `${title}-${file}`;
}
