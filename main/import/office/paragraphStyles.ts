// How a paragraph of a Word document looks and which list it belongs to, its own properties before those of its style and
// of the styles that this is based on (ISO/IEC 29500-1, 17.7.2).
import { child, children, isOn, propertyOf, type XmlElement } from "./xml.ts";

export interface ParagraphLook {
  /** Id of its list; null: none. */
  readonly list: string | null;
  /** Level in the list, from 0. */
  readonly level: number;
  readonly align: "center" | "right" | null;
  readonly pageBreak: boolean;
}

/** Twips from the left beyond which a short line is meant to stand at the right, as people move a 落款 with indents. */
const farRight = 4000;

export class ParagraphStyles {
  private readonly styles: ReadonlyMap<string, XmlElement>;
  private readonly byDefault: string | undefined;

  /** `styles`: root of word/styles.xml, null where there is none. */
  constructor(styles: XmlElement | null) {
    const paragraphs = children(styles, "w:style").filter(({ attributes }) => attributes.get("w:type") === "paragraph");
    this.styles = new Map(paragraphs.map((style) => [style.attributes.get("w:styleId") ?? "", style]));
    this.byDefault = paragraphs
      .find(({ attributes }) => ["1", "true"].includes(attributes.get("w:default") ?? ""))
      ?.attributes.get("w:styleId");
  }

  lookOf(own: XmlElement | undefined): ParagraphLook {
    const chain = this.chain(own);
    const first = <T>(read: (properties: XmlElement) => T | undefined): T | undefined => {
      for (const properties of chain) {
        const value = read(properties);
        if (value !== undefined) return value;
      }
      return undefined;
    };
    const list = first((properties) => propertyOf(child(properties, "w:numPr"), "w:numId"));
    const jc = first((properties) => propertyOf(properties, "w:jc"));
    const left = first((properties) => {
      const indent = child(properties, "w:ind");
      const value = indent?.attributes.get("w:left") ?? indent?.attributes.get("w:start");
      return value === undefined ? undefined : Number(value);
    });
    const align =
      jc === "center" ? "center" : jc === "right" || jc === "end" || (left ?? 0) >= farRight ? "right" : null;
    return {
      // 0 takes a paragraph out of the list of its style.
      list: list === undefined || list === "0" ? null : list,
      level: Number(first((properties) => propertyOf(child(properties, "w:numPr"), "w:ilvl")) ?? 0),
      align,
      pageBreak: first((properties) => isOn(properties, "w:pageBreakBefore")) ?? false,
    };
  }

  /** Properties from the nearest to the farthest. A style that is based on itself ends the chain. */
  private chain(own: XmlElement | undefined): XmlElement[] {
    const chain = own ? [own] : [];
    const seen = new Set<string>();
    let name = propertyOf(own, "w:pStyle") ?? this.byDefault;
    while (name !== undefined && !seen.has(name)) {
      seen.add(name);
      const style = this.styles.get(name);
      const properties = child(style, "w:pPr");
      if (properties) chain.push(properties);
      name = propertyOf(style, "w:basedOn");
    }
    return chain;
  }
}
