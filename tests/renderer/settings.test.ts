import { describe, expect, it } from "vitest";
import { defaultSettings, readSettings } from "../../renderer/settings.ts";

describe("readSettings", () => {
  it.each([
    ["nothing remembered", null, defaultSettings],
    ["no object", "3", defaultSettings],
    ["some of it", '{"place":"store","pageWidth":600}', { ...defaultSettings, place: "store", pageWidth: 600 }],
    [
      "values of another kind",
      '{"place":"校对","issue":5,"structureWidth":"宽","structureOpen":null}',
      defaultSettings,
    ],
    ["a use that there is not", '{"profile":"plate"}', defaultSettings],
    ["the use of the last export", '{"profile":"archive"}', { ...defaultSettings, profile: "archive" }],
    [
      "fields of another version",
      '{"theme":"dark","structureOpen":false}',
      { ...defaultSettings, structureOpen: false },
    ],
  ])("takes %s", (_, saved, settings) => {
    expect(readSettings(saved)).toEqual(settings);
  });
});
