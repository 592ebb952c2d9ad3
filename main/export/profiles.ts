// A profile of shared/model/profile.ts with what it needs from outside: the printing condition that a press file is meant
// for, and how thick the sheets of a booklet are.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Profile } from "../../shared/model/profile.ts";
import type { PdfProfile } from "../pdf/write.ts";

/** As the writer takes it, but for what comes from the issue. */
export type ExportProfile = Exclude<PdfProfile, { readonly name: "archive" }> | { readonly name: "archive" };

/** 爬移 of 80 g paper, mm for each sheet. */
export const usualCreep = 0.1;

/** `creep`: mm, for booklets. */
export function exportProfile(assets: string, name: Profile, creep = usualCreep): ExportProfile {
  if (name === "screen" || name === "archive") return { name };
  const condition = { identifier: "FOGRA39", profile: readFileSync(join(assets, "press", "FOGRA39L.icc")) };
  return name === "press" ? { name, condition } : { name, condition, creep: (creep * 72) / 25.4 };
}
