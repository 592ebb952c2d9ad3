// The faces the program prints with, read when their first character is asked for.
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import type { FaceId } from "../../shared/layout/display.ts";
import type { FaceBytes } from "../../shared/layout/face.ts";
import { type FaceInfo, type FontPlan, Fonts } from "../../shared/layout/fonts.ts";
import { GazetteError } from "../../shared/model/gazetteError.ts";
import type { FaceChoices } from "./choices.ts";
import { planFaces, shippedFaces } from "./facePlan.ts";
import { type InstalledFace, installedFaces } from "./installed.ts";
import { openFace } from "./partialFace.ts";

export interface FaceOptions {
  /** A folder that holds the shipped files under their base names; absent: the npm packages. */
  readonly folder?: string;
  /** Where installed fonts are looked for; absent: the folders of the system. */
  readonly installed?: readonly string[];
  /** What was found there, when that is known already: nothing is looked for. */
  readonly found?: readonly InstalledFace[];
  readonly choices?: FaceChoices;
  /** Folder for what can be made again, where GAZETTE_CACHE names none. */
  readonly cache?: string;
}

export interface FaceSet {
  readonly plan: FontPlan;
  /** The shipped faces and all that are in use. */
  readonly infos: readonly FaceInfo[];
  readonly installed: readonly InstalledFace[];
  readonly fonts: Fonts;
  /** A face, of the plan or not, as one plain sfnt with TrueType outlines, read on first use. Throws RangeError for an
   *  unknown id, GazetteError badFile when the file of an installed face cannot be read any more. */
  bytes(id: FaceId): Uint8Array;
}

/** Lists the installed fonts (some 30 ms); no face is read before its first character is asked for. */
export function openFaces(options: FaceOptions = {}): FaceSet {
  const installed = options.found ?? installedFaces(options.installed);
  const { plan, infos } = planFaces(installed, options.choices ?? {});
  const used = new Set(Object.values(plan).flatMap(({ chain }) => chain));
  const loaded = new Map<FaceId, Uint8Array>();
  const bytes = (id: FaceId): Uint8Array => {
    let face = loaded.get(id);
    if (!face) {
      face = loadFace(id, installed, options);
      // One that is only looked at is not kept.
      if (used.has(id)) loaded.set(id, face);
    }
    return face;
  };
  // Layout, print and proof look at few of its outlines; a face that was read whole for the window is at hand.
  const load = (id: FaceId) => loaded.get(id) ?? openPart(id, installed, options);
  return { plan, infos, installed, bytes, fonts: new Fonts(plan, load, infos) };
}

/** The font set alone, for those who only measure or write. */
export function openFonts(options: FaceOptions = {}): Fonts {
  return openFaces(options).fonts;
}

/** A face that may be no longer in use, for a sample or its hash. Throws as `bytes` of a FaceSet. */
export function loadFace(id: FaceId, installed: readonly InstalledFace[], options: FaceOptions): Uint8Array {
  const part = openPart(id, installed, options);
  part.fetch?.(0, part.bytes.length);
  return part.bytes;
}

/** The same face, read piece by piece. */
function openPart(id: FaceId, installed: readonly InstalledFace[], options: FaceOptions): FaceBytes {
  return readFace(id, installed, options, (path, face) => openFace(path, face, cacheOf(options)));
}

/** Where unpacked faces are kept; null: nowhere. */
export function cacheOf({ cache }: FaceOptions): string | null {
  return process.env.GAZETTE_CACHE || cache || null;
}

function readFace<T>(
  id: FaceId,
  installed: readonly InstalledFace[],
  options: FaceOptions,
  read: (path: string, face: number) => T,
): T {
  const { path, face, family } = faceFile(id, installed, options);
  try {
    return read(path, face);
  } catch (cause) {
    if (family === null) throw cause;
    const advice = `字体“${family}”的文件 ${path} 读不出来，请重新安装它，或在“字体”中另选。`;
    throw new GazetteError("badFile", advice, { cause });
  }
}

/** Where a face is; `family` is null for a shipped one. Throws RangeError for an unknown id. */
export function faceFile(
  id: FaceId,
  installed: readonly InstalledFace[],
  { folder }: FaceOptions,
): { readonly path: string; readonly face: number; readonly family: string | null } {
  const shipped = shippedFaces.find((candidate) => candidate.id === id);
  if (shipped) {
    const path = folder ? join(folder, basename(shipped.file)) : createRequire(import.meta.url).resolve(shipped.file);
    return { path, face: 0, family: null };
  }
  const face = installed.find((candidate) => candidate.id === id);
  if (!face) throw new RangeError(`no face ${id}`);
  return face;
}
