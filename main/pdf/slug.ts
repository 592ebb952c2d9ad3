// The words beside a sheet that tell the printer what it is: outside of what is trimmed and on every plate. They are drawn
// as shapes, so that the text of a press file is the text of the issue and nothing else, for whatever reads it.
import type { PDFContext, PDFRef } from "pdf-lib";
import type { Face } from "../../shared/layout/face.ts";
import type { Fonts } from "../../shared/layout/fonts.ts";
import { mm } from "../../shared/layout/millimetre.ts";
import { type Corner, number } from "./content.ts";
import { glyphPath } from "./glyphPath.ts";
import { deflated } from "./objects.ts";

/** Type size, pt, and where the line stands: its baseline below the trim, its room from the left. */
const type = { size: 6, below: 7 * mm, inset: 8 * mm };

/** A character as it is drawn. */
interface Drawn {
  /** The form of its glyph in the resources; null for a blank. */
  readonly form: string | null;
  /** em */
  readonly advance: number;
}

/** The words of a file. Each glyph is drawn once, as a form of its own of a thousand units an em. */
export class Slugs {
  private readonly context: PDFContext;
  private readonly fonts: Fonts;
  private readonly drawn = new Map<string, Drawn>();
  private readonly forms = new Map<string, PDFRef>();

  constructor(context: PDFContext, fonts: Fonts) {
    this.context = context;
    this.fonts = fonts;
  }

  /** The forms that the contents name. */
  resources(): Readonly<Record<string, PDFRef>> {
    return Object.fromEntries(this.forms);
  }

  /** Content that draws a line in the colour that is chosen: below a trimmed sheet whose lower left corner is given, to
   *  `room` (pt) from it; a longer one is set smaller. A character that no face has is left out. */
  content(text: string, { left, top: foot }: Corner, room: number): string {
    const glyphs = Array.from(text, (character) => this.glyph(character));
    const length = glyphs.reduce((sum, { advance }) => sum + advance, 0);
    const size = Math.min(type.size, Math.floor(((room - 2 * type.inset) / Math.max(1, length)) * 10) / 10);
    let x = left + type.inset;
    const lines: string[] = [];
    for (const { form, advance } of glyphs) {
      const scale = number(size / unitsPerEm);
      if (form !== null)
        lines.push(`q ${scale} 0 0 ${scale} ${number(x)} ${number(foot - type.below)} cm /${form} Do Q`);
      x += advance * size;
    }
    return lines.join("\n");
  }

  private glyph(character: string): Drawn {
    let drawn = this.drawn.get(character);
    if (!drawn) {
      drawn = this.draw(character.codePointAt(0) ?? 0);
      this.drawn.set(character, drawn);
    }
    return drawn;
  }

  private draw(code: number): Drawn {
    const face = this.faceOf(code);
    if (face === null) return { form: null, advance: 0 };
    const gid = face.glyph(code);
    const box = face.inkBox(gid);
    const advance = face.advance(gid);
    if (box === null) return { form: null, advance };
    const form = `Slug${this.forms.size + 1}`;
    const scale = unitsPerEm / face.unitsPerEm;
    const content = `${scale === 1 ? "" : `${scale} 0 0 ${scale} 0 0 cm\n`}${glyphPath(face, gid)}\nf`;
    const stream = deflated(this.context, content);
    const edges = [box.xMin, box.yMin, box.xMax, box.yMax].map((edge) => edge * unitsPerEm);
    for (const [key, value] of this.context.obj({ Type: "XObject", Subtype: "Form", BBox: edges }).entries())
      stream.dict.set(key, value);
    this.forms.set(form, this.context.register(stream));
    return { form, advance };
  }

  /** The first face of 黑体, which is the plainest to draw, that has a character. */
  private faceOf(code: number): Face | null {
    const id = this.fonts.plan.hei.chain.find((one) => this.fonts.face(one).glyph(code) !== 0);
    return id === undefined ? null : this.fonts.face(id);
  }
}

const unitsPerEm = 1000;
