// What is said when faces are not those that an issue was last exported with: whatever may move a line, and nothing else.
import { describe, expect, test } from "vitest";
import { type FaceRole, type FontPlan, faceRoles } from "../../shared/layout/fonts.ts";
import { faceChanges, type PrintedFaces } from "../../shared/layout/printedFaces.ts";

const families: Readonly<Record<string, string>> = {
  song: "思源宋体",
  fang: "仿宋_GB2312",
  kai: "霞鹜文楷",
  other: "示例仿宋",
};

function planOf(faces: Partial<Record<FaceRole, string>>, substitute: string | null = null): FontPlan {
  const entries = faceRoles.map((role) => [role, { chain: [faces[role] ?? "song", "kai"], substitute }]);
  return Object.fromEntries(entries);
}

function changes(plan: FontPlan, printed: PrintedFaces, hashes: Readonly<Record<string, string>> = {}): string[] {
  return faceChanges(printed, {
    plan,
    family: (id) => families[id] ?? id,
    sha256: (id) => hashes[id] ?? `sha of ${id}`,
  });
}

const face = (id: string) => ({ id, family: families[id] ?? id, sha256: `sha of ${id}` });
const before: PrintedFaces = {
  roles: { song: "song", fangsong: "fang", hei: "hei" },
  faces: [face("song"), face("fang"), face("kai")],
};

describe("faces since the last export", () => {
  test.each<[string, FontPlan, Readonly<Record<string, string>>, string[]]>([
    ["are the same", planOf({ fangsong: "fang", hei: "hei" }), {}, []],
    [
      "another for a role",
      planOf({ fangsong: "other", hei: "hei" }),
      {},
      [
        "仿宋上次导出用“仿宋_GB2312”，现在用“示例仿宋”，换行和页码可能变动：要同上次一样，请装回原来的字体，并在“字体”中选定它；就用现在的，请重看版面。",
      ],
    ],
    [
      "another version for a role",
      planOf({ fangsong: "fang", hei: "hei" }),
      { fang: "new" },
      ["仿宋所用的“仿宋_GB2312”换过版本，与上次导出时不同，换行和页码可能变动，请重看版面。"],
    ],
    [
      "another version for characters that others lack",
      planOf({ fangsong: "fang", hei: "hei" }),
      { kai: "new" },
      ["补缺字的“霞鹜文楷”换过版本，与上次导出时不同，请重看版面中用它补的字。"],
    ],
    ["another for a role in which nothing was set", planOf({ fangsong: "fang", hei: "song" }), {}, []],
    ["another for a role that its style does not use", planOf({ fangsong: "fang", hei: "hei", kai: "fang" }), {}, []],
  ])("%s", (_, plan, hashes, want) => {
    expect(changes(plan, before, hashes)).toEqual(want);
  });

  test("gone, with what stands in", () => {
    const [sentence] = changes(planOf({ hei: "hei" }, "未安装仿宋，以宋体代替"), before);
    expect(sentence).toContain("现在用“思源宋体”（未安装仿宋，以宋体代替），");
  });
});
