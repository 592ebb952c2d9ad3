// House styles as files: what is inherited, what is refused and with which words.
import { describe, expect, test } from "vitest";
import { GazetteError } from "../../shared/api.ts";
import { baseOf, measureOf, parseStyle, settingOf } from "../../shared/layout/style.ts";
import { shippedStyle } from "./workshop.ts";

describe("shipped styles", () => {
  test("gbt9704 is the grid of GB/T 9704: 22 lines of 28 characters in 156 by 225 mm", () => {
    const style = shippedStyle("gbt9704");
    expect((measureOf(style) * 25.4) / 72).toBeCloseTo(156, 0);
    expect((style.grid.lines * style.grid.pitch * 25.4) / 72).toBeCloseTo(229.8, 0);
    expect(settingOf(style, "body")).toMatchObject({ role: "fangsong", size: 15.79, indent: 2 });
  });
  test("linxiang is 28 lines of 37 characters in song, and inherits the rest", () => {
    const style = shippedStyle("linxiang");
    expect([style.grid.characters, style.grid.lines, style.numberBrackets]).toEqual([37, 28, ["(", ")"]]);
    expect(settingOf(style, "level1")).toMatchObject({ role: "song", size: 12, lead: { role: "hei" } });
    expect(style.text.article).toEqual(shippedStyle("gbt9704").text.article);
  });
});

describe("parseStyle", () => {
  const base = shippedStyle("gbt9704");
  const changed = (changes: object) => () => parseStyle({ extends: "gbt9704", name: "mine", ...changes }, base);

  test("states only what differs", () => {
    const style = changed({ text: { body: { indent: 0 } } })();
    expect(style.text.body).toEqual({ ...base.text.body, indent: 0 });
    expect(style.grid).toEqual(base.grid);
  });
  test("the base by name", () => {
    expect([baseOf({ extends: "a" }), baseOf({}), baseOf(null)]).toEqual(["a", null, null]);
  });

  const refused: readonly (readonly [name: string, json: () => unknown, words: string])[] = [
    ["no object", () => parseStyle("x"), "JSON"],
    ["a base that is not there", () => parseStyle({ extends: "other", name: "mine" }, base), "“other”"],
    ["an unknown setting", changed({ gird: {} }), "“gird”"],
    ["an unknown kind of paragraph", changed({ text: { boddy: {} } }), "“各级标题与要素”（text）有一项“boddy”"],
    [
      "a word where a number belongs",
      changed({ text: { body: { size: "小四" } } }),
      '“各级标题与要素·正文·字号”（text.body.size）写作"小四"，应为4至100之间的数，或null',
    ],
    [
      "a number out of range",
      changed({ grid: { lines: 2 } }),
      "“字与行·每页行数”（grid.lines）写作2，应为5至100之间的整数。",
    ],
    [
      "an unknown role",
      changed({ body: "comic" }),
      '“正文字体”（body）写作"comic"，应为宋体（song）、小标宋（biaosong）、',
    ],
    ["a folio without its number", changed({ folio: { pattern: "—" } }), "含有{n}"],
    ["a running head on two lines", changed({ runningHead: { odd: "甲\n乙" } }), "应为不超过100字的一行文字。"],
    ["a folio on two lines", changed({ folio: { pattern: "—\u2028{n}" } }), "应为含有{n}、不超过100字的一行文字。"],
    ["a name that ends a line", changed({ name: "mine\n" }), "小写字母"],
    ["a label longer than one may be typed", changed({ label: "版".repeat(61) }), "应为不超过60字的一行文字。"],
    ["part of a line that is no quarter", changed({ text: { title: { lines: 1.3 } } }), "以四分之一为单位"],
    ["a run-in beginning without its end", changed({ text: { body: { lead: { role: "hei" } } } }), "段首变体"],
    [
      "a type area wider than the paper",
      changed({ page: { width: 150 } }),
      "版心连同订口宽184.0毫米，纸宽150毫米放不下。",
    ],
    ["a type area higher than the paper", changed({ grid: { lines: 40 } }), "纸高297毫米放不下。"],
    ["a folio below the paper", changed({ folio: { below: 40 } }), "页码在版心下40毫米，版心下只有30.2毫米的纸。"],
    [
      "a running head above the paper",
      changed({ typeArea: { top: 10 }, runningHead: { odd: "{gazette}", above: 12 } }),
      "书眉在版心上12毫米，天头只有10毫米。",
    ],
    ["nothing to stand on", () => parseStyle({ name: "mine", label: "" }), "没有写"],
  ];
  test.each(refused)("refuses %s", (_, parse, words) => {
    expect(parse).toThrow(GazetteError);
    expect(parse).toThrow(words);
  });
});
