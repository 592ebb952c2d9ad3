// The red of a gazette: how a press makes it, and how that looks on a screen. Layout only says “red”; preview, PDF and
// proof ask here what red is.

/** Magenta and yellow in percent; on a plate of its own 专色 when that has a name, for which the two then stand where the
 *  ink itself is not to be had. */
export interface RedInk {
  /** "": printed with the plates of magenta and yellow. */
  readonly plate: string;
  readonly magenta: number;
  readonly yellow: number;
}

/** What a press prints pictures with. */
export type PictureInks = "colour" | "grey";

/** Whether pictures are printed in four inks: not on pages that are printed in black, or in black and a 专色. */
export function hasColourPictures(red: RedInk, pictures: PictureInks): boolean {
  return pictures === "colour" && red.plate === "";
}

/** The red of 公文 (layout-facts, Press). */
export const usualRed: RedInk = { plate: "", magenta: 80, yellow: 80 };

/** Names that a plate of its own may not have: those of the process inks, and what PDF keeps for itself (ISO 32000-1,
 *  8.6.6.4). */
export const takenPlates = ["All", "None", "Cyan", "Magenta", "Yellow", "Black"] as const;

type Rgb = readonly [red: number, green: number, blue: number];

/** Paper, magenta, yellow and both on each other as FOGRA39 prints them, relative to its paper, in sRGB of 0..255. */
const solids: { readonly [ink in "paper" | "magenta" | "yellow" | "both"]: Rgb } = {
  paper: [255, 255, 255],
  magenta: [230, 10, 128],
  yellow: [255, 237, 0],
  both: [228, 29, 37],
};

/** How dots of a share cover paper as sRGB counts it: fitted to what the profile of FOGRA39 gives, within 9 of 255 from
 *  20 to 100 percent. */
const covered = (percent: number): number => (percent / 100) ** (4 / 3);

/** sRGB of 0..1: the share of paper that has no ink, one or both (Demichel), each in its own colour. */
export function redLook({ magenta, yellow }: RedInk): Rgb {
  const [m, y] = [covered(magenta), covered(yellow)];
  const mixed = (part: 0 | 1 | 2): number => {
    const { paper, magenta: inM, yellow: inY, both } = solids;
    const level =
      (1 - m) * (1 - y) * paper[part] + m * (1 - y) * inM[part] + (1 - m) * y * inY[part] + m * y * both[part];
    return Math.round(level) / 255;
  };
  return [mixed(0), mixed(1), mixed(2)];
}

/** M80 Y80, or with the name of its plate: 专色 PANTONE 485 C（M95 Y100）. */
export function redName({ plate, magenta, yellow }: RedInk): string {
  const mix = `M${magenta} Y${yellow}`;
  return plate === "" ? mix : `专色 ${plate}（${mix}）`;
}
