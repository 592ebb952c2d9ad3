import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { lookOf } from "../../renderer/editor/look.ts";
import { parseStyle } from "../../shared/layout/style.ts";

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../assets/styles/${name}.json`, import.meta.url), "utf8"));
const gbt = parseStyle(read("gbt9704"));
const linxiang = parseStyle(read("linxiang"), gbt);

test.each([
  ["body text in the face of the style", gbt, "font-family: var(--fangsong)"],
  ["measure of the style", linxiang, "--measure: 37em"],
  ["headings run in by sentence", gbt, 'p[data-kind="level2"] .sentence { font-family: var(--kai); }'],
  ["articles by number", gbt, 'p[data-kind="article"] .number { font-family: var(--hei); }'],
  [
    "sizes relative to the grid",
    linxiang,
    'p[data-kind="documentTitle"] { font-family: var(--biaosong); font-size: 1.500em',
  ],
])("%s", (_name, style, expected) => {
  expect(lookOf(style)).toContain(expected);
});
