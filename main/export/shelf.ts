// The finished files of the window, in one folder of the data. The window fetches each at once; the newest few stay, so
// that one can be had again when the first saving went wrong, and the folder does not grow for ever.
import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { diskTrouble, sweep } from "./deliver.ts";
import { fileNameOf } from "./fileName.ts";

export interface Finished {
  readonly path: string;
  /** The name under which a person saves it. */
  readonly fileName: string;
}

/** Bytes of a name; what tells files apart comes behind it. */
const longestName = 180;
/** Finished files that are kept: an issue makes three. */
const kept = 30;
/** Ends with the time it was made and a part that makes it single; nothing else in the folder is ours to remove. */
const shelved = /-(?<made>\d{8}T\d{6}Z)-[0-9a-f]{8}\.(?:pdf|csv|json|zip)$/;

export class Shelf {
  private readonly folder: string;
  private readonly finished = new Map<string, Finished>();

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Where a file made at `at` goes, a path no other has; `title` is what it holds. Makes the folder. Throws GazetteError
   *  diskFull or badFile. */
  place(title: string, at: Date, ending: "pdf" | "csv" | "json" | "zip" = "pdf"): Finished {
    try {
      mkdirSync(this.folder, { recursive: true });
    } catch (error) {
      throw diskTrouble(error, this.folder);
    }
    const name = fileNameOf(title, longestName);
    const made = at.toISOString().replace(/[-:]|\.\d+/g, "");
    return {
      path: join(this.folder, `${name}-${made}-${randomUUID().slice(0, 8)}.${ending}`),
      fileName: `${name}.${ending}`,
    };
  }

  /** Takes a finished file; returns the token that `find` knows it by. */
  put(file: Finished): string {
    const token = randomUUID();
    this.finished.set(token, file);
    for (const [old] of this.finished) {
      if (this.finished.size <= kept) break;
      this.finished.delete(old);
    }
    return token;
  }

  find(token: string): Finished | null {
    return this.finished.get(token) ?? null;
  }

  /** Removes all but the newest files; never one that `find` gives, whatever the clock said when it was made. */
  async tidy(): Promise<void> {
    const found = new Set(Array.from(this.finished.values(), (file) => file.path));
    const made = (name: string) => shelved.exec(name)?.groups?.made ?? "";
    const newestFirst = (await names(this.folder))
      .filter((name) => shelved.test(name))
      .sort((a, b) => (made(a) < made(b) ? 1 : -1));
    for (const name of newestFirst.slice(kept))
      if (!found.has(join(this.folder, name))) await rm(join(this.folder, name), { force: true });
  }

  /** At the start of the only process on this folder: a temporary file belongs to nobody any more. */
  async open(): Promise<void> {
    if ((await names(this.folder)).length > 0) await sweep(this.folder, () => true);
    await this.tidy();
  }
}

/** Names in the folder; none when it was not made yet. */
async function names(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  });
}
