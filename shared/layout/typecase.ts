// The type case 字盘: which glyph of which face a character is set in, for each role. Looks along the role's chain, so a
// rare character comes from the next face that has it; remembers every answer. All measures in em.
import { type Character, type CharClass, dashOfTwo } from "./breaks.ts";
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

/** Characters that are a full em wide in Chinese though faces made for Latin draw them narrow; ⸺ is two. */
const fullWidth = /[“”‘’…—·⸺]/u;

const marks: ReadonlySet<CharClass> = new Set(["open", "close", "stop"]);

export class TypeCase {
  private readonly fonts: Fonts;
  private readonly latin: Readonly<Record<Role, Role>>;
  private readonly glyphs = new Map<Role, Map<Character, Glyph | null>>();

  constructor(fonts: Fonts, latin: Readonly<Record<Role, Role>>) {
    this.fonts = fonts;
    this.latin = latin;
  }

  /** The glyph of a character; null when no face of the chain has it. Of —— it is null, too, when the face that has
   *  the dash does not join two of them. */
  glyph(role: Role, character: Character): Glyph | null {
    let glyphs = this.glyphs.get(role);
    if (!glyphs) {
      glyphs = new Map();
      this.glyphs.set(role, glyphs);
    }
    let glyph = glyphs.get(character);
    if (glyph === undefined) {
      glyph = this.find(role, character);
      glyphs.set(character, glyph);
    }
    return glyph;
  }

  private find(role: Role, { text, kind }: Character): Glyph | null {
    const narrowSpace = kind === "space" && text !== "\u3000";
    const code = narrowSpace ? 0x20 : (text.codePointAt(0) ?? 0);
    const wide = kind !== "latin" && fullWidth.test(text);
    const chain = this.fonts.plan[(code < 0x300 || kind === "latin") && !wide ? this.latin[role] : role].chain;
    let narrow: Glyph | null = null;
    for (const id of chain) {
      const face = this.fonts.face(id);
      if (text === dashOfTwo.text) {
        const gid = face.ligature(text);
        if (gid !== 0) return { face: id, gid, advance: 2, inset: 0, cutLeft: 0, cutRight: 0 };
        continue;
      }
      const gid = wide ? face.fullWidth(code) : kind === "latin" ? face.proportional(code) : face.glyph(code);
      if (gid === 0) continue;
      if (narrowSpace) return { face: id, gid, advance: 0.25, inset: 0, cutLeft: 0, cutRight: 0 };
      const advance = face.advance(gid);
      if (!wide || advance >= 0.95) return { face: id, gid, advance, inset: 0, ...cuts(face, gid, advance, kind) };
      narrow ??= { face: id, gid, advance: 1, inset: (1 - advance) / 2, cutLeft: 0, cutRight: 0 };
      if (text === "·") break;
    }
    return narrow;
  }
}

function cuts(face: Face, gid: number, advance: number, kind: CharClass): { cutLeft: number; cutRight: number } {
  const ink = marks.has(kind) && advance > 0.99 && advance < 1.01 ? face.inkBox(gid) : null;
  if (!ink) return { cutLeft: 0, cutRight: 0 };
  const steps = (room: number) => Math.max(0, Math.min(5, Math.floor(room * 10 + 1e-6))) / 10;
  return { cutLeft: steps(ink.xMin), cutRight: steps(1 - ink.xMax) };
}
