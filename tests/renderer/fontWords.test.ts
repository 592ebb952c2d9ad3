import { describe, expect, test } from "vitest";
import { effectSentence, facesFor } from "../../renderer/fonts/words.ts";
import type { FoundFace } from "../../shared/layout/fonts.ts";

const face = (id: string, about: Partial<FoundFace> = {}): FoundFace => ({
  id,
  family: id,
  licence: "",
  origin: "本机安装",
  embedding: "",
  weight: 400,
  italic: false,
  chinese: true,
  unusable: null,
  usual: [],
  ...about,
});
const found = [
  face("Arial", { chinese: false }),
  face("甲体", { unusable: "字体许可不允许嵌入", usual: ["fangsong"] }),
  face("乙体"),
  face("FangSong", { family: "仿宋", usual: ["fangsong"] }),
];

test.each([
  ["fangsong", "", ["FangSong", "乙体", "甲体"]],
  ["kai", "", ["FangSong", "乙体", "甲体"]],
  ["latin", "", ["Arial", "FangSong", "乙体", "甲体"]],
  ["fangsong", "fang", ["FangSong"]],
  ["fangsong", "ARIAL", ["Arial"]],
  ["fangsong", "丙", []],
] as const)("for %s, looking for “%s”: what may be chosen", (role, query, ids) => {
  const listed = facesFor(found, role, query).map(({ id }) => id);
  expect(listed.toSorted()).toEqual(ids.toSorted());
});

test("the usual faces of a role stand first, those that cannot be printed with last", () => {
  const listed = facesFor(found, "fangsong", "").map(({ id }) => id);
  expect([listed[0], listed.at(-1)]).toEqual(["FangSong", "甲体"]);
});

describe("what a choice does", () => {
  const none = { pagesBefore: 61, pagesAfter: 61, lines: 0, notices: 0, lacking: [] };
  test.each([
    ["nothing", none, "改用后，本期的换行和页码都不变。"],
    ["moves lines", { ...none, lines: 37, notices: 5 }, "改用后，本期有5篇公文的37行从别的字起头，仍是61页。"],
    [
      "moves pages",
      { ...none, lines: 37, notices: 5, pagesAfter: 62 },
      "改用后，本期有5篇公文的37行从别的字起头，由61页变为62页。",
    ],
    [
      "lacks characters",
      { ...none, lacking: ["㵘", "䶮"] },
      "改用后，本期的换行和页码都不变；它没有㵘、䶮，由别的字体代。",
    ],
    ["cannot be told", null, "换行会不会变现在算不出来，改用后请重看版面。"],
  ])("%s", (_, changes, want) => {
    expect(effectSentence(changes)).toBe(want);
  });
});
