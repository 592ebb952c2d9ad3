// The faces of this office: what its machine offers, what it chose for its roles, and what follows for layout and print.
// Kept by the core as long as the data folder is open; the command line reads the same choices.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { FaceId } from "../../shared/layout/display.ts";
import type { FaceRole, FoundFace } from "../../shared/layout/fonts.ts";
import { GazetteError } from "../../shared/model/gazetteError.ts";
import { readChoices, withChoice, writeChoices } from "./choices.ts";
import { coverageOf } from "./coverage.ts";
import { foundFaces } from "./facePlan.ts";
import { cacheOf, type FaceOptions, type FaceSet, faceFile, loadFace, openFaces } from "./faces.ts";
import { fileStamp, installedFaces } from "./installed.ts";
import { type FaceFacts, FaceMemory } from "./memory.ts";
import { prepareFace } from "./partialFace.ts";

interface Opened {
  readonly set: FaceSet;
  readonly options: FaceOptions;
  readonly trouble: string | null;
}

export class OfficeFaces {
  private readonly folder: string | null;
  private readonly given: FaceOptions;
  private readonly memory: FaceMemory | undefined;
  private opened: Opened | null = null;
  private readonly preparing = new Map<FaceId, Promise<void>>();

  /** `folder`: the data folder; null: there is none, so nothing is chosen and nothing remembered. */
  constructor(folder: string | null, options: FaceOptions) {
    this.folder = folder;
    this.given = options;
    this.memory = folder === null ? undefined : new FaceMemory(join(folder, "fonts-seen.json"));
  }

  /** The faces in use. */
  get set(): FaceSet {
    return this.current().set;
  }

  /** With these, another thread opens the same faces. */
  get options(): FaceOptions {
    return this.current().options;
  }

  /** A sentence when the record of the choices could not be read. */
  get trouble(): string | null {
    return this.current().trouble;
  }

  /** Looks for installed faces again; true when another face than before stands for some role. */
  refresh(): boolean {
    const before = this.opened;
    this.opened = null;
    const now = this.current();
    if (!before) return false;
    const same = (get: (opened: Opened) => unknown) => JSON.stringify(get(before)) === JSON.stringify(get(now));
    const samePlan = same(({ set }) => set.plan);
    // What was read of the faces is kept where it can be.
    if (samePlan && same(({ set, trouble }) => [set.installed, trouble])) this.opened = before;
    return !samePlan;
  }

  found(): FoundFace[] {
    return foundFaces(this.set.installed);
  }

  /** The role's face as the office chose it; null: none was chosen. */
  chosen(role: FaceRole): FaceId | null {
    return this.options.choices?.[role]?.id ?? null;
  }

  /** Sets a role in a face; null: in what is usual. Throws GazetteError notFound or badRequest, naming the face, when it
   *  is not there or cannot be printed with, diskFull when the choice cannot be kept. */
  choose(role: FaceRole, id: FaceId | null): void {
    if (this.folder === null) throw new RangeError("a face is chosen without a data folder");
    const choice = id === null ? null : this.choosable(role, id);
    const { choices } = readChoices(this.folder);
    writeChoices(this.folder, withChoice(choices, role, choice));
    this.opened = null;
  }

  /** Reads the whole face at the first asking; then from memory while its file stays the same. Throws GazetteError
   *  notFound, badFile. */
  facts(id: FaceId): FaceFacts {
    const face = this.found().find((one) => one.id === id);
    if (!face) throw new GazetteError("notFound", "这个字体已不在本机，请重新打开“字体”。");
    const { options, set } = this.current();
    const file = faceFile(id, set.installed, options);
    try {
      const measure = () => {
        const bytes = loadFace(id, set.installed, options);
        return { sha256: createHash("sha256").update(bytes).digest("hex"), ...coverageOf(id, bytes) };
      };
      if (!this.memory) return measure();
      const facts = this.memory.facts(file.path, file.face, fileStamp(file.path), measure);
      this.memory.save();
      return facts;
    } catch (cause) {
      if (cause instanceof GazetteError) throw cause;
      throw new GazetteError("badFile", `字体“${face.family}”的文件已损坏，不能用，请另选字体。`, { cause });
    }
  }

  /** Makes ready what takes seconds, with pauses for others: redrawing PostScript outlines. Without it, the first use of
   *  the face takes so long. */
  async prepare(id: FaceId): Promise<void> {
    const { options, set } = this.current();
    const face = set.installed.find((one) => one.id === id);
    const cache = cacheOf(options);
    if (face?.outlines !== "CFF" || cache === null) return;
    let work = this.preparing.get(id);
    if (!work) {
      // Whatever is wrong with the file is told by those who use it.
      work = prepareFace(face.path, face.face, cache)
        .catch(() => {})
        .finally(() => this.preparing.delete(id));
      this.preparing.set(id, work);
    }
    await work;
  }

  private choosable(role: FaceRole, id: FaceId): { id: FaceId; family: string } {
    const face = this.found().find((one) => one.id === id);
    if (!face) throw new GazetteError("notFound", "这个字体已不在本机，请重新打开“字体”后再选。");
    if (face.unusable !== null)
      throw new GazetteError("badRequest", `“${face.family}”不能用于付印：${face.unusable}，请另选字体。`);
    const { gb2312, latin } = this.facts(id);
    if (role === "latin" ? latin < 62 : gb2312 === 0)
      throw new GazetteError(
        "badRequest",
        `“${face.family}”没有${role === "latin" ? "全部字母和数字" : "汉字"}，请另选字体。`,
      );
    return { id, family: face.family };
  }

  private current(): Opened {
    if (!this.opened) {
      const { choices, trouble } = this.folder === null ? { choices: {}, trouble: null } : readChoices(this.folder);
      const found = this.given.found ?? installedFaces(this.given.installed, this.memory);
      this.memory?.save();
      const cache = this.folder !== null && existsSync(this.folder) ? { cache: join(this.folder, "cache") } : {};
      const options = { ...cache, ...this.given, found, choices };
      this.opened = { set: openFaces(options), options, trouble };
    }
    return this.opened;
  }
}
