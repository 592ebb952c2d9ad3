// What was once found out about font files, kept in a file of the data folder: their faces, and of a face its hash and
// the characters it has. An entry holds as long as time and size of its font file are the same. Nothing is lost with it:
// a file that is missing, damaged or cannot be written costs the time to look again.
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import type { FaceCoverage } from "../../shared/layout/fonts.ts";
import { type Check, identifier, integer, line, list, nullable, oneOf, record } from "../../shared/model/check.ts";
import type { FileStamp, InstalledFace } from "./installed.ts";

/** What is known of a face that was read whole. `sha256`: of the face as one plain sfnt. */
export type FaceFacts = FaceCoverage & { readonly sha256: string };

type Face = Omit<InstalledFace, "path" | "face">;
interface Entry extends FileStamp {
  /** null: not looked at yet. */
  readonly faces: readonly Face[] | null;
  /** By index of the face; null: not looked at yet. */
  readonly facts: readonly (FaceFacts | null)[];
}

const format = 1;
const words = line(500);
const count = integer(0);
const faceShape: Check<Face> = record({
  id: identifier,
  names: list(words, 200),
  family: words,
  weight: count,
  italic: oneOf([true, false]),
  chinese: oneOf([true, false]),
  outlines: oneOf(["glyf", "CFF", null]),
  fsType: count,
});
const factsShape: Check<FaceFacts> = record({
  sha256: words,
  gb2312: count,
  standard: count,
  uro: count,
  latin: count,
  lacking: words,
});
const shape = list(
  record({
    path: line(5000),
    modified: integer(Number.MIN_SAFE_INTEGER),
    size: count,
    faces: nullable(list(faceShape, 256)),
    facts: list(nullable(factsShape), 256),
  }),
  100_000,
);

export class FaceMemory {
  private readonly file: string;
  private readonly entries: Map<string, Entry>;
  private changed = false;

  constructor(file: string) {
    this.file = file;
    this.entries = readEntries(file);
  }

  /** The faces of a font file; `read` when they are not known. */
  faces(path: string, stamp: FileStamp, read: () => readonly InstalledFace[]): InstalledFace[] {
    const entry = this.entry(path, stamp);
    let faces = entry?.faces;
    if (!faces) {
      faces = read().map(({ path: _path, face: _face, ...face }) => face);
      this.put(path, { ...stamp, faces, facts: entry?.facts ?? [] });
    }
    return faces.map((face, index) => ({ ...face, path, face: index }));
  }

  /** What is known of a face of the file; `measure` when it is not. */
  facts(path: string, index: number, stamp: FileStamp, measure: () => FaceFacts): FaceFacts {
    const entry = this.entry(path, stamp) ?? { ...stamp, faces: null, facts: [] };
    const known = entry.facts[index];
    if (known) return known;
    const found = measure();
    const facts = Array.from({ length: Math.max(entry.facts.length, index + 1) }, (_, i) => entry.facts[i] ?? null);
    facts[index] = found;
    this.put(path, { ...entry, facts });
    return found;
  }

  /** Puts it on disk if it changed. */
  save(): void {
    if (!this.changed) return;
    const temporary = `${this.file}.${process.pid}.tmp`;
    try {
      const entries = Array.from(this.entries, ([path, entry]) => ({ path, ...entry }));
      writeFileSync(temporary, JSON.stringify({ format, entries }));
      renameSync(temporary, this.file);
      this.changed = false;
    } catch {
      rmSync(temporary, { force: true });
    }
  }

  private entry(path: string, { modified, size }: FileStamp): Entry | undefined {
    const entry = this.entries.get(path);
    return entry && entry.modified === modified && entry.size === size ? entry : undefined;
  }

  private put(path: string, entry: Entry): void {
    this.entries.set(path, entry);
    this.changed = true;
  }
}

function readEntries(file: string): Map<string, Entry> {
  try {
    const json: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (typeof json !== "object" || json === null || !("format" in json) || json.format !== format) return new Map();
    const entries = shape("entries" in json ? json.entries : [], "entries");
    return new Map(entries.map(({ path, ...entry }) => [path, entry]));
  } catch {
    return new Map();
  }
}
