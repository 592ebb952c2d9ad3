// What the window remembers between starts. The core keeps it, since browser mode has a new origin at each start and so
// no storage of its own.
import type { IssueId } from "../shared/model/notice.ts";
import { covers, mostCreep, type PressChoice, type Profile, profiles, usualChoice } from "../shared/model/profile.ts";

export const placeNames = ["store", "issue", "proof", "press"] as const;
export type Place = (typeof placeNames)[number];

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
  readonly press: PressChoice;
  readonly findingsWidth: number;
  /** Who works at this window, for what is signed with a name; "" until asked. */
  readonly person: string;
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
  press: usualChoice,
  findingsWidth: 360,
  person: "",
};

/** Reads what was remembered, with the defaults for whatever is missing or of another kind. */
export function readSettings(saved: string | null): WindowSettings {
  const found: unknown = saved === null ? null : JSON.parse(saved);
  if (typeof found !== "object" || found === null) return defaultSettings;
  const { place, issue, structureWidth, pageWidth, structureOpen, profile, press, findingsWidth, person } = {
    ...defaultSettings,
    ...found,
  };
  return {
    place: placeNames.find((one) => one === place) ?? defaultSettings.place,
    issue: typeof issue === "string" ? issue : null,
    structureWidth: typeof structureWidth === "number" ? structureWidth : defaultSettings.structureWidth,
    pageWidth: typeof pageWidth === "number" ? pageWidth : null,
    structureOpen: structureOpen !== false,
    profile: profiles.find((one) => one === profile) ?? defaultSettings.profile,
    press: readChoice(press),
    findingsWidth: typeof findingsWidth === "number" ? findingsWidth : defaultSettings.findingsWidth,
    person: typeof person === "string" ? person : "",
  };
}

function readChoice(found: unknown): PressChoice {
  if (typeof found !== "object" || found === null) return usualChoice;
  const { condition, creep, cover } = { ...usualChoice, ...found };
  return {
    condition: typeof condition === "string" ? condition : null,
    creep: typeof creep === "number" && creep >= 0 && creep <= mostCreep ? creep : usualChoice.creep,
    cover: covers.find((one) => one === cover) ?? usualChoice.cover,
  };
}
