// The type case 字盘: which glyph of which face a character is set in, for each role. Looks along the role's chain, so a
// rare character comes from the next face that has it; remembers every answer. All measures in em.
import { type Character, type CharClass, dashOfTwo } from "./breaks.ts";
import type { FaceId } from "./display.ts";
import type { Face } from "./face.ts";
import type { FaceRole, Fonts, Role } from "./fonts.ts";

export interface Glyph {
  readonly face: FaceId;
  readonly gid: number;
  readonly advance: number;
  /** Where the glyph's own box begins inside the advance: a narrow · is centred in its em. */
  readonly inset: number;
  /** How much of the em box holds no ink and may be cut off at either side: 0, or 0.1 … 0.5. */
  readonly cutLeft: number;
  readonly cutRight: number;
  /** Which face it is from, and which lacks the character, as a phrase; absent when it is from the face of the role. */
  readonly standIn?: string;
}

/** Characters that are a full em wide in Chinese though faces made for Latin draw them narrow; ⸺ is two. */
const fullWidth = /[“”‘’…—·⸺]/u;

const marks: ReadonlySet<CharClass> = new Set(["open", "close", "stop"]);

export class TypeCase {
  private readonly fonts: Fonts;
  private readonly latin: Readonly<Record<Role, FaceRole>>;
  private readonly glyphs = new Map<Role, Map<Character, Glyph | null>>();

  constructor(fonts: Fonts, latin: Readonly<Record<Role, FaceRole>>) {
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
      glyph = this.marked(this.find(role, character), role, character);
      glyphs.set(character, glyph);
    }
    return glyph;
  }

  /** A mark that another face has wider, or joined, is not lacking in the face of the role. */
  private marked(glyph: Glyph | null, role: Role, character: Character): Glyph | null {
    if (!glyph || character.kind === "space") return glyph;
    const { fonts } = this;
    const [first] = this.chain(role, character);
    if (first === undefined || first === glyph.face || fonts.face(first).glyph(codeOf(character)) !== 0) return glyph;
    return { ...glyph, standIn: `“${fonts.family(first)}”没有这个字，以“${fonts.family(glyph.face)}”代` };
  }

  private chain(role: Role, character: Character): readonly FaceId[] {
    const latin = (codeOf(character) < 0x300 || character.kind === "latin") && !isWide(character);
    return this.fonts.plan[latin ? this.latin[role] : role].chain;
  }

  private find(role: Role, character: Character): Glyph | null {
    const { text, kind } = character;
    const narrowSpace = isNarrowSpace(character);
    const code = codeOf(character);
    const wide = isWide(character);
    let narrow: Glyph | null = null;
    for (const id of this.chain(role, character)) {
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

const isNarrowSpace = ({ text, kind }: Character) => kind === "space" && text !== "\u3000";
const isWide = ({ text, kind }: Character) => kind !== "latin" && fullWidth.test(text);
const codeOf = (character: Character) => (isNarrowSpace(character) ? 0x20 : (character.text.codePointAt(0) ?? 0));

function cuts(face: Face, gid: number, advance: number, kind: CharClass): { cutLeft: number; cutRight: number } {
  const ink = marks.has(kind) && advance > 0.99 && advance < 1.01 ? face.inkBox(gid) : null;
  if (!ink) return { cutLeft: 0, cutRight: 0 };
  const steps = (room: number) => Math.max(0, Math.min(5, Math.floor(room * 10 + 1e-6))) / 10;
  return { cutLeft: steps(ink.xMin), cutRight: steps(1 - ink.xMax) };
}
