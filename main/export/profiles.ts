// A profile of shared/model/profile.ts with what it needs from outside: the printing condition that a press file is meant
// for, and how a booklet is made.
import { readFileSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { mm } from "../../shared/layout/millimetre.ts";
import { GazetteError } from "../../shared/model/gazetteError.ts";
import { type Cover, type Profile, usualCreep } from "../../shared/model/profile.ts";
import { largestProfile, readIccProfile } from "../pdf/iccProfile.ts";
import type { PrintCondition } from "../pdf/press.ts";
import type { PdfProfile } from "../pdf/write.ts";

/** As the writer takes it, but for what comes from the issue. */
export type ExportProfile = Exclude<PdfProfile, { readonly name: "archive" }> | { readonly name: "archive" };

/** How a press prints; what is left out is as usual. */
export interface PressMeans {
  /** The printer's own; absent: FOGRA39, whose profile comes with the program. */
  readonly condition?: PrintCondition;
  /** mm for each sheet of a booklet. */
  readonly creep?: number;
  readonly cover?: Cover;
}

export function exportProfile(assets: string, name: Profile, means: PressMeans = {}): ExportProfile {
  if (name === "screen" || name === "archive") return { name };
  const condition = means.condition ?? ownCondition(assets);
  if (name === "press") return { name, condition };
  const { creep = usualCreep, cover = "bound" } = means;
  return { name, condition, creep: creep * mm, cover };
}

/** The printer's own condition, by the path of its ICC profile. Throws GazetteError badFile. */
export async function readCondition(path: string): Promise<PrintCondition> {
  const name = basename(path);
  const refused = (what: string, cause?: unknown) => new GazetteError("badFile", `“${name}”${what}。`, { cause });
  const info = await stat(path).catch((error: unknown) => {
    throw refused("找不到或不能读取，请核对输出特性文件的文件名", error);
  });
  if (!info.isFile()) throw refused("不是普通文件，请写明一个ICC特性文件");
  // One that is too large is refused by its size, before it is read.
  if (info.size > largestProfile) throw refused("太大，不像是ICC特性文件，请核对是不是写错了文件");
  const bytes = await readFile(path).catch((error: unknown) => {
    throw refused("不能读取，请检查权限", error);
  });
  return readIccProfile(bytes, name);
}

function ownCondition(assets: string): PrintCondition {
  const profile = readFileSync(join(assets, "press", "FOGRA39L.icc"));
  return { registered: "FOGRA39", name: "FOGRA39", profile };
}
