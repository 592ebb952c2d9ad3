// What the window remembers between starts. The core keeps it, since browser mode has a new origin at each start and so
// no storage of its own.
import type { IssueId } from "../shared/model/notice.ts";
import { type Profile, profiles } from "../shared/model/profile.ts";

export type Place = "store" | "issue" | "press";

/** Widths in px. */
export interface WindowSettings {
  readonly place: Place;
  readonly issue: IssueId | null;
  readonly structureWidth: number;
  /** null: a share of the window. */
  readonly pageWidth: number | null;
  readonly structureOpen: boolean;
  /** What the last export was for. */
  readonly profile: Profile;
}

/** Name of the setting that holds it. */
export const settingsKey = "window";

export const defaultSettings: WindowSettings = {
  place: "issue",
  issue: null,
  structureWidth: 264,
  pageWidth: null,
  structureOpen: true,
  profile: "screen",
};

/** Reads what was remembered, with the defaults for whatever is missing or of another kind. */
export function readSettings(saved: string | null): WindowSettings {
  const found: unknown = saved === null ? null : JSON.parse(saved);
  if (typeof found !== "object" || found === null) return defaultSettings;
  const { place, issue, structureWidth, pageWidth, structureOpen, profile } = { ...defaultSettings, ...found };
  return {
    place: place === "store" || place === "press" ? place : "issue",
    issue: typeof issue === "string" ? issue : null,
    structureWidth: typeof structureWidth === "number" ? structureWidth : defaultSettings.structureWidth,
    pageWidth: typeof pageWidth === "number" ? pageWidth : null,
    structureOpen: structureOpen !== false,
    profile: profiles.find((one) => one === profile) ?? defaultSettings.profile,
  };
}
