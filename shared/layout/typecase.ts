// The type case 字盘: which glyph of which face a character is set in, for each role. Looks along the role's chain, so a
// rare character comes from the next face that has it; remembers every answer. All measures in em.
import { type CharClass, classOf } from "./breaks.ts";
import type { FaceId } from "./display.ts";
import type { Face } from "./face.ts";
import type { Fonts, Role } from "./fonts.ts";

export interface Glyph {
  readonly face: FaceId;
  readonly gid: number;
  readonly advance: number;
  /** Where the glyph's own box begins inside the advance: a narrow · is centred in its em. */
  readonly inset: number;
  /** How much of the em box holds no ink and may be cut off at either side: 0, or 0.1 … 0.5. */
  readonly cutLeft: number;
  readonly cutRight: number;
}

/** Characters that are a full em wide in Chinese though faces made for Latin draw them narrow. */
const fullWidth = /[“”‘’…—·]/u;

const marks: ReadonlySet<CharClass> = new Set(["open", "close", "stop"]);

export class TypeCase {
  private readonly fonts: Fonts;
  private readonly latin: Readonly<Record<Role, Role>>;
  private readonly glyphs = new Map<Role, Map<string, Glyph | null>>();

  constructor(fonts: Fonts, latin: Readonly<Record<Role, Role>>) {
    this.fonts = fonts;
    this.latin = latin;
  }

  /** The glyph of one character, or of —— which faces join to one glyph; null when no face of the chain has it. */
  glyph(role: Role, text: string): Glyph | null {
    let glyphs = this.glyphs.get(role);
    if (!glyphs) {
      glyphs = new Map();
      this.glyphs.set(role, glyphs);
    }
    let glyph = glyphs.get(text);
    if (glyph === undefined) {
      glyph = this.find(role, text);
      glyphs.set(text, glyph);
    }
    return glyph;
  }

  private find(role: Role, text: string): Glyph | null {
    const code = text.codePointAt(0) ?? 0;
    const chain = this.fonts.plan[code < 0x300 && !fullWidth.test(text) ? this.latin[role] : role].chain;
    let narrow: Glyph | null = null;
    for (const id of chain) {
      const face = this.fonts.face(id);
      if (text === "——") {
        const gid = face.ligature(text);
        if (gid !== 0) return { face: id, gid, advance: 2, inset: 0, cutLeft: 0, cutRight: 0 };
        continue;
      }
      const wide = fullWidth.test(text);
      const gid = wide ? face.fullWidth(code) : face.glyph(code);
      if (gid === 0) continue;
      if (code === 0x20) return { face: id, gid, advance: 0.25, inset: 0, cutLeft: 0, cutRight: 0 };
      const advance = face.advance(gid);
      if (!wide || advance >= 0.95) return { face: id, gid, advance, inset: 0, ...cuts(face, gid, advance, text) };
      narrow ??= { face: id, gid, advance: 1, inset: (1 - advance) / 2, cutLeft: 0, cutRight: 0 };
      if (text === "·") break;
    }
    return narrow;
  }
}

function cuts(face: Face, gid: number, advance: number, text: string): { cutLeft: number; cutRight: number } {
  const ink = marks.has(classOf(text)) && advance > 0.99 && advance < 1.01 ? face.inkBox(gid) : null;
  if (!ink) return { cutLeft: 0, cutRight: 0 };
  const steps = (room: number) => Math.max(0, Math.min(5, Math.floor(room * 10 + 1e-6))) / 10;
  return { cutLeft: steps(ink.xMin), cutRight: steps(1 - ink.xMax) };
}
