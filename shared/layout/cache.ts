// What layout keeps between two calls: the lines of every block, by the identity of its Block object, and the type case.
// A changed block is a new object (block.ts), so nothing here goes stale; another style or other fonts empty it.
import type { FlowMemory } from "./flow.ts";
import type { Fonts } from "./fonts.ts";
import type { StyleSheet } from "./style.ts";
import { TypeCase } from "./typecase.ts";

const mostTexts = 20_000;

export class LayoutCache {
  private style: StyleSheet | null = null;
  private fonts: Fonts | null = null;
  private typeCase: TypeCase | null = null;
  private kept = new WeakMap<object, Map<string, unknown>>();
  private texts = new Map<string, unknown>();
  private flowed: FlowMemory = new WeakMap();

  /** Begins a layout: the type case for its characters. Forgets everything when style or fonts are not those of the
   *  last time. */
  begin(style: StyleSheet, fonts: Fonts): TypeCase {
    if (!this.typeCase || style !== this.style || fonts !== this.fonts) {
      this.typeCase = new TypeCase(fonts, style.latin);
      this.kept = new WeakMap();
      this.texts = new Map();
      this.flowed = new WeakMap();
      this.style = style;
      this.fonts = fonts;
    }
    return this.typeCase;
  }

  /** Pages by the piece they begin with. */
  get pages(): FlowMemory {
    return this.flowed;
  }

  /** What `make` gave for a text, which has no object of its own to hang on; made at the first asking. */
  named<T>(key: string, make: () => T): T {
    if (this.texts.has(key)) return this.texts.get(key) as T;
    // Titles in the course of being typed: all but those of a very large book are forgotten now and then.
    if (this.texts.size >= mostTexts) this.texts.clear();
    const value = make();
    this.texts.set(key, value);
    return value;
  }

  /** What `make` gave for this object and key, made at the first asking. One key always asks for one type. */
  get<T>(object: object, key: string, make: () => T): T {
    let entries = this.kept.get(object);
    if (!entries) {
      entries = new Map();
      this.kept.set(object, entries);
    }
    if (entries.has(key)) return entries.get(key) as T;
    const value = make();
    entries.set(key, value);
    return value;
  }
}
