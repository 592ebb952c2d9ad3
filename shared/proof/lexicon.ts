// The dictionaries compiled for looking up: one Aho-Corasick automaton over all words finds, in one pass over a text, every
// place of every word, however many there are. Rules ask for the words of their kind.
import type { EntryFields, EntryKind } from "./dictionary.ts";

export interface FoundWord {
  readonly entry: EntryFields;
  /** UTF-16 offsets. */
  readonly from: number;
  readonly to: number;
}

export interface Lexicon {
  /** The words of a kind in a text, from left to right, of two that overlap the longer; not inside the other words that
   *  an entry excepts. A word that has several entries gives each. */
  find(kind: EntryKind, text: string): readonly FoundWord[];
  /** All entries of a kind. */
  entries(kind: EntryKind): readonly EntryFields[];
  /** Entries of that very word. */
  named(kind: EntryKind, word: string): readonly EntryFields[];
}

/** Did an entry hold on a day (ISO)? Without a day: does it hold now. */
export function holdsOn({ from, until }: EntryFields, day: string): boolean {
  if (day === "") return until === "";
  return (from === "" || from <= day) && (until === "" || day < until);
}

/** Had an entry ceased to hold by a day (ISO)? Not known for a text without a date. */
export function endedBy({ until }: EntryFields, day: string): boolean {
  return day !== "" && until !== "" && until <= day;
}

/** Compiles entries; a word may have several, of other times. */
export function lexiconOf(entries: readonly EntryFields[]): Lexicon {
  const byKind = Map.groupBy(entries, ({ kind }) => kind);
  const byWord = Map.groupBy(entries, ({ kind, word }) => `${kind} ${word}`);
  const sought = entries.filter(({ kind }) => kind !== "law" && kind !== "lookalike");
  const automaton = automatonOf(sought);
  // Rules of several kinds look at one text in turn.
  let last: { readonly text: string; readonly found: Map<EntryKind, FoundWord[]> } = { text: "", found: new Map() };
  return {
    find(kind, text) {
      if (last.text !== text) last = { text, found: Map.groupBy(automaton(text), ({ entry }) => entry.kind) };
      const all = last.found.get(kind);
      return all ? longestOnly(all, text) : [];
    },
    entries: (kind) => byKind.get(kind) ?? [],
    named: (kind, word) => byWord.get(`${kind} ${word}`) ?? [],
  };
}

function longestOnly(found: readonly FoundWord[], text: string): FoundWord[] {
  const out: FoundWord[] = [];
  const ordered = found.toSorted((a, b) => a.from - b.from || b.to - a.to);
  let to = 0;
  for (const word of ordered) {
    const last = out.at(-1);
    const again = last?.from === word.from && last.to === word.to;
    if ((word.from < to && !again) || inOtherWord(word, text)) continue;
    out.push(word);
    to = word.to;
  }
  return out;
}

function inOtherWord({ entry, from, to }: FoundWord, text: string): boolean {
  if (entry.unless === "") return false;
  return entry.unless.split("|").some((other) => {
    const at = other.indexOf("~");
    return text.endsWith(other.slice(0, at), from) && text.startsWith(other.slice(at + 1), to);
  });
}

/** Nodes are numbers, the root 0; an edge is keyed by its node and its UTF-16 unit. */
function automatonOf(entries: readonly EntryFields[]): (text: string) => FoundWord[] {
  const edges = new Map<number, number>();
  const ends: EntryFields[][] = [[]];
  const edge = (node: number, unit: number) => edges.get(node * 65536 + unit);
  const levels: { readonly node: number; readonly parent: number; readonly unit: number }[][] = [];
  for (const entry of entries) {
    let node = 0;
    for (let i = 0; i < entry.word.length; i++) {
      const unit = entry.word.charCodeAt(i);
      let next = edge(node, unit);
      if (next === undefined) {
        next = ends.push([]) - 1;
        edges.set(node * 65536 + unit, next);
        levels[i] ??= [];
        levels[i]?.push({ node: next, parent: node, unit });
      }
      node = next;
    }
    ends[node]?.push(entry);
  }
  // Where to go on when no edge fits: the longest end of what was read that begins a word. Parents come first.
  const fail = new Int32Array(ends.length);
  for (const { node, parent, unit } of levels.slice(1).flat()) {
    let back = fail[parent] ?? 0;
    while (back > 0 && edge(back, unit) === undefined) back = fail[back] ?? 0;
    fail[node] = edge(back, unit) ?? 0;
    ends[node] = [...(ends[node] ?? []), ...(ends[fail[node] ?? 0] ?? [])];
  }
  return (text) => {
    const found: FoundWord[] = [];
    let node = 0;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      let next = edge(node, unit);
      while (next === undefined && node > 0) {
        node = fail[node] ?? 0;
        next = edge(node, unit);
      }
      node = next ?? 0;
      if (node > 0)
        for (const entry of ends[node] ?? []) found.push({ entry, from: i + 1 - entry.word.length, to: i + 1 });
    }
    return found;
  };
}
