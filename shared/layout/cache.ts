// What layout keeps between two calls: the lines of every block, by the identity of its Block object, and the type case.
// A changed block is a new object (block.ts), so nothing here goes stale; another style or other fonts empty it.
import type { FlowMemory, Piece } from "./flow.ts";
import type { Fonts } from "./fonts.ts";
import type { StyleSheet } from "./style.ts";
import { TypeCase } from "./typecase.ts";

const mostTexts = 20_000;

/** What is kept for one object: a block is set anew wherever it comes to stand, and moves with each paragraph that is
 *  begun above it. Undo finds the last places again. */
const mostEntries = 12;

export class LayoutCache {
  private style: StyleSheet | null = null;
  private fonts: Fonts | null = null;
  private typeCase: TypeCase | null = null;
  private kept = new WeakMap<object, Map<string, unknown>>();
  private texts = new Map<string, unknown>();
  private flowed: FlowMemory = new WeakMap();
  private parts: readonly (readonly Piece[])[] = [];
  private whole: Piece[] = [];
  private count = 0;

  /** Begins a layout: the type case for its characters. Forgets everything when style or fonts are not those of the
   *  last time. */
  begin(style: StyleSheet, fonts: Fonts): TypeCase {
    if (!this.typeCase || style !== this.style || fonts !== this.fonts) {
      this.typeCase = new TypeCase(fonts, style.latin);
      this.kept = new WeakMap();
      this.texts = new Map();
      this.flowed = new WeakMap();
      this.parts = [];
      this.whole = [];
      this.style = style;
      this.fonts = fonts;
    }
    return this.typeCase;
  }

  /** Pages by the piece they begin with. */
  get pages(): FlowMemory {
    return this.flowed;
  }

  /** The parts one after the other. The array is the same at every call, changed where a part is another than before: a
   *  bound volume has a hundred thousand pieces, and a keystroke changes those of one notice. */
  sequence(parts: readonly (readonly Piece[])[]): readonly Piece[] {
    const before = this.parts;
    const most = Math.min(parts.length, before.length);
    let start = 0;
    let from = 0;
    while (start < most && parts[start] === before[start]) from += parts[start++]?.length ?? 0;
    let same = 0;
    while (same < most - start && parts[parts.length - 1 - same] === before[before.length - 1 - same]) same++;
    const inserted = parts.slice(start, parts.length - same).flat();
    const removed = before.slice(start, before.length - same).reduce((sum, part) => sum + part.length, 0);
    const tail = inserted.length === removed ? [] : this.whole.slice(from + removed);
    if (inserted.length !== removed) this.whole.length = from;
    for (const [i, piece] of inserted.entries()) this.whole[from + i] = piece;
    for (const piece of tail) this.whole.push(piece);
    this.parts = parts;
    return this.whole;
  }

  /** A number that was not given before. */
  nextNumber(): number {
    return this.count++;
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

  /** What `make` gave for this object and key, made at the first asking, or again when many other keys were asked for
   *  since. One key always asks for one type. */
  get<T>(object: object, key: string, make: () => T): T {
    let entries = this.kept.get(object);
    if (!entries) {
      entries = new Map();
      this.kept.set(object, entries);
    }
    if (entries.has(key)) return entries.get(key) as T;
    const value = make();
    if (entries.size >= mostEntries) for (const oldest of entries.keys()) if (entries.delete(oldest)) break;
    entries.set(key, value);
    return value;
  }
}
