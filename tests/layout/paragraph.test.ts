// Reference cases of line composition. A line is printed as its text; a subscript shows how many tenths of an em of a
// mark are cut off, so that squeezing is seen.
import { describe, expect, test } from "vitest";
import { collect, narrowest, widthOf } from "../../shared/layout/galley.ts";
import { type SetLine, type Shape, setParagraph } from "../../shared/layout/paragraph.ts";
import { TypeCase } from "../../shared/layout/typecase.ts";
import type { Align } from "../../shared/model/block.ts";
import { fonts, showLine, smallStyle } from "./workshop.ts";

const typeCase = new TypeCase(fonts, smallStyle().latin);
const copyOf = (text: string, latinGap = 0) => ({
  text,
  roles: [{ to: Math.max(1, text.length), role: "song" as const }],
  latinGap,
});
const shapeOf = (characters: number, align: Align = "justify", indent = 0): Shape => ({
  size: 10,
  measure: characters * 10,
  align,
  indents: (_, index) => [index === 0 ? indent : 0, 0],
  right: 0,
});
const set = (text: string, characters: number, align: Align = "justify", indent = 0) =>
  setParagraph(copyOf(text), shapeOf(characters, align, indent), typeCase);

describe("lines", () => {
  const cases: readonly (readonly [name: string, characters: number, text: string, want: readonly string[]])[] = [
    ["full lines", 4, "一二三四五六七八九十", ["一二三四", "五六七八", "九十"]],
    ["a stop at the end takes half", 5, "一二三四五六七八九，十甲乙丙", ["一二三四五", "六七八九，₅", "十甲乙丙"]],
    ["squeezing before pushing out", 10, "一二，四五，七八九十，甲乙丙丁", ["一二，₃四五，₂七八九十，₅", "甲乙丙丁"]],
    ["marks that meet", 20, "见《甲》《乙》，“丙”、（丁）。", ["见《甲》₅《乙》₅，₅“丙”₅、₅（丁）₅。₅"]],
    ["an opening mark at the start takes half", 6, "一二三四五《甲乙》六七八", ["一二三四五", "₅《甲乙》₅六七八"]],
    ["no stop begins a line", 6, "一二三四五六，七八九十甲乙", ["一二三四五", "六，七八九十", "甲乙"]],
    ["no opening mark ends a line", 6, "一二三四五（六七八九十）甲乙", ["一二三四五", "₅（六七八九十）₅", "甲乙"]],
    [
      "no single character with its stop on the last line",
      12,
      "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子丑寅卯辰。",
      ["一二三四五六七八九十甲乙", "丙丁戊己庚辛壬癸子丑寅", "卯辰。₅"],
    ],
    [
      "marks inside are squeezed evenly, here to leave no single character on the last line",
      12,
      "一，二，三，四五六七八九十甲乙丙丁戊己庚辛壬癸子。",
      ["一，₄二，₃三，₃四五六七八九十", "甲乙丙丁戊己庚辛壬癸子。₅"],
    ],
    [
      "marks at the end of a line that meet take one em",
      10,
      "一二三四五六七八九）。甲乙丙丁",
      ["一二三四五六七八九）₅。₅", "甲乙丙丁"],
    ],
    ["three that meet", 20, "见“《甲》”。乙", ["见“₅《甲》₅”₅。乙"]],
    [
      "nothing is squeezed that need not be",
      6,
      "一，二，三，四，五，六，七，八",
      ["一，二，三，₅", "四，五，六，₅", "七，八"],
    ],
    ["a dash, an ellipsis and numbers are not squeezed", 9, "一——二……三四，五六七八", ["一——二……三四，₅", "五六七八"]],
    ["straight quotation marks", 8, '他称"甲乙丙丁戊己"之', ['他称"甲乙丙丁戊', '己"之']],
    ["a dash of two stays whole", 5, "一二三四——五六七八", ["一二三", "四——五六", "七八"]],
    ["an ellipsis stays whole", 5, "一二三四……五六七八", ["一二三", "四……五六", "七八"]],
    ["a document number stays whole", 9, "一二三四五六〔2026〕1号七八九十", ["一二三四五六", "₅〔2026〕₃1号七八九十"]],
    [
      "a date stays whole where the line before can take it",
      12,
      "一二三四五六七八九十2026年6月25日甲乙丙丁戊己庚",
      ["一二三四五六七八九十", "2026年6月25日甲乙丙丁戊", "己庚"],
    ],
    [
      "a web address longer than the line breaks at its seams",
      12,
      "见https://www.example.gov/index?id=1甲",
      ["见https://www.example.", "gov/index?id=1甲"],
    ],
    [
      "a word longer than the line breaks somewhere",
      4,
      "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
      ["ABCDE", "FGHIJK", "LMNOP", "QRSTU", "VWXYZ"],
    ],
    ["a mail address breaks after @", 12, "寄zhengbao@shili.example.gov收", ["寄zhengbao@shili.", "example.gov收"]],
    ["forced line breaks", 6, "一二\n三四五六七八", ["一二", "三四五六七八"]],
    ["spaces at the ends of lines fall away", 4, "AB CD EF GH IJ", ["AB CD", "EF GH", "IJ"]],
    ["an em space within a line stays", 8, "第一条　一二三四五六", ["第一条　一二三四", "五六"]],
    ["an empty paragraph is one empty line", 8, "", [""]],
  ];
  test.each(cases)("%s", (_, characters, text, want) => {
    expect(set(text, characters).map(showLine)).toEqual(want);
  });

  const atoms: readonly (readonly [atom: string, before: number, want: readonly string[]])[] = [
    ["5.2%", 11, ["一二三四五六七八九十甲", "5.2%乙丙丁戊己庚辛"]],
    ["37.5℃", 10, ["一二三四五六七八九十", "37.5℃乙丙丁戊己庚辛"]],
    ["12㎡", 11, ["一二三四五六七八九十甲", "12㎡乙丙丁戊己庚辛"]],
    ["3.6万元", 10, ["一二三四五六七八九十", "3.6万元乙丙丁戊己庚辛"]],
    ["100km/h", 10, ["一二三四五六七八九十", "100km/h乙丙丁戊己庚"]],
    ["〔2026〕13号", 10, ["一二三四五六七八九十", "₅〔2026〕13号乙丙丁戊己庚"]],
    ["第三十八条", 10, ["一二三四五六七八九十", "第三十八条乙丙丁戊己庚辛"]],
    ["0730-3555200", 10, ["一二三四五六七八九十", "0730-3555200乙丙丁戊"]],
    ["￥1,200.00", 10, ["一二三四五六七八九十", "￥1,200.00乙丙丁戊己庚"]],
    ["№12", 11, ["一二三四五六七八九十甲", "№12乙丙丁戊己庚辛"]],
    ["2021—2025年", 10, ["一二三四五六七八九十", "2021—2025年乙丙丁戊己"]],
    ["——", 11, ["一二三四五六七八九十", "甲——乙丙丁戊己庚辛"]],
    ["……", 11, ["一二三四五六七八九十", "甲……乙丙丁戊己庚辛"]],
  ];
  test.each(atoms)("%s goes whole to the next line", (atom, before, want) => {
    const lines = set(`${"一二三四五六七八九十甲".slice(0, before)}${atom}乙丙丁戊己庚辛`, 12).map(showLine);
    expect([lines[0], [lines[1], lines[2]].join("").slice(0, want[1]?.length)]).toEqual(want);
  });

  test.each([..."，。、；：？！．）》〉」』】〗〕］｝”’·…—～－／%‰％℃°′″〃々㎡!),.:;?]}"])(
    "%s takes the character before it to the next line",
    (mark) => {
      // The mark is alone on no line, and no line is so short of marks that squeezing could save it.
      const lines = set(`一二三四五六七${mark}八九十甲乙`, 7);
      expect(lines[0]?.runs.map((run) => run.text).join("")).toBe("一二三四五六");
      expect(lines[1]?.runs[0]?.text[0]).toBe("七");
    },
  );
  test.each([..."（《〈「『【〖〔［｛“‘([{￥$￡№＃"])("%s goes with the character after it", (mark) => {
    const [first, second] = set(`一二三四五六${mark}七八九十甲乙`, 7);
    expect(first?.runs.map((run) => run.text).join("")).toBe("一二三四五六");
    expect(second?.runs.map((run) => run.text).join("")).toMatch(`${mark}七`);
  });

  const faults: readonly (readonly [name: string, characters: number, text: string, want: readonly string[]])[] = [
    ["a number of sixty digits", 10, "0".repeat(60), ["forced 17", "forced 17", "forced 17", "9"]],
    ["opening marks without end", 6, "（".repeat(30), ["forced 12", "forced 12", "6"]],
    ["closing marks without end", 6, "）".repeat(30), ["forced 12", "forced 12", "6"]],
    ["a word longer than the line", 6, "甲ABCDEFGHIJKLMNOP乙", ["forced 8", "forced 8", "2"]],
    ["a web address, at a seam", 9, "寄zhengbao@shili.example.gov收阅办理", ["loose 10", "loose 17", "4"]],
    ["a character wider than the line", 0.5, "甲乙", ["overfull 1", "overfull 1"]],
    ["spaces longer than the line", 6, `甲${"　".repeat(30)}乙丙`, ["loose 1", "2"]],
  ];
  test.each(faults)("what cannot be done is said: %s", (_, characters, text, want) => {
    const lines = set(text, characters);
    const length = (line: SetLine) => line.runs.reduce((sum, run) => sum + run.text.length, 0);
    expect(lines.map((line) => (line.fault ? `${line.fault} ` : "") + length(line))).toEqual(want);
  });

  test("a full line ends at the measure, to a thousandth of a point", () => {
    const lines = set(
      "根据《示例市办法》（示政发〔2026〕12号），95.5%的单位于3月1日前，完成了“示例”任务。".repeat(3),
      21,
    );
    for (const line of lines.slice(0, -1)) expect(line.x + line.width).toBeCloseTo(210, 2);
    expect(lines.length).toBeGreaterThan(3);
  });

  test("a 200-character web address is set within the measure", () => {
    const lines = set(`见https://www.example.gov/${"path/".repeat(36)}页`, 20);
    expect(lines.map(showLine).join("")).toHaveLength(206);
    for (const line of lines) expect(line.x + line.width).toBeLessThanOrEqual(200.001);
  });

  test("a line that holds little but a long word is left short, not torn apart", () => {
    const [first] = set("（www.example.gov/abcdefghijklmnop）甲乙丙丁", 19);
    expect(first?.runs.at(-1)?.xs.at(1)).toBeLessThan(12);
  });
});

describe("positions", () => {
  const xs = (text: string, characters: number, align: Align = "justify", indent = 0) =>
    set(text, characters, align, indent).map((line) => line.runs.flatMap((run) => run.xs.map((x) => run.x + x)));

  test("characters stand on the grid", () => {
    expect(xs("一二三四五六", 4, "justify", 2)).toEqual([
      [20, 30],
      [0, 10, 20, 30],
    ]);
  });
  test("justification is even, and never inside a number or a dash", () => {
    expect(xs("一二三四五六七八九——十甲", 11)[0]?.at(-1)).toBe(90);
    const digits = (line: readonly number[] = []) => (line[5] ?? 0) - (line[2] ?? 0);
    const [stretched] = xs("一二1234三四五六七八九十〔2026〕1号", 12);
    expect(stretched?.[1]).toBeGreaterThan(10);
    expect(digits(stretched)).toBeCloseTo(digits(xs("一二1234", 12)[0]), 2);
  });
  test("centred and right-aligned", () => {
    expect(xs("一二", 6, "center")).toEqual([[20, 30]]);
    expect(xs("一二", 6, "right")).toEqual([[40, 50]]);
  });
  test("a squeezed mark moves what follows, a trimmed opening mark is drawn half an em to the left", () => {
    const [line] = set("《一》《二》三四", 10, "left");
    expect(line?.runs[0]?.cuts).toEqual([
      { at: 0, left: 500, right: 0 },
      { at: 2, left: 0, right: 500 },
    ]);
    expect(line?.runs[0]?.xs).toEqual([0, 5, 15, 20, 30, 40, 50, 60]);
  });
});

describe("glyphs", () => {
  test.each([
    ["quotes, dash and ellipsis come at full width", "“示”‘例’……", 8],
    ["—— is one glyph of two em", "甲——乙", 4],
    ["· is centred in an em", "甲·乙", 3],
    ["an em space is an em", "甲　乙", 3],
    ["a plain space is a quarter", "甲 乙", 2.25],
  ])("%s", (_, text, em) => {
    // Marks at the ends are trimmed; characters around them keep them whole.
    expect(widthOf(copyOf(`中${text}中`), typeCase) - 2).toBeCloseTo(text.includes("”‘") ? em - 0.5 : em, 5);
  });
  test("·is drawn in the middle", () => {
    const [line] = set("甲·乙", 5);
    expect(line?.runs[0]?.xs[1]).toBeCloseTo(10 + (10 - 3.27) / 2, 1);
  });
  test("Chinese and Latin keep the style's gap", () => {
    expect(widthOf(copyOf("用A办", 0.125), typeCase) - widthOf(copyOf("用A办"), typeCase)).toBeCloseTo(0.25, 5);
  });
  test("but a number keeps none to its sign", () => {
    expect(widthOf(copyOf("用37.5℃办", 0.125), typeCase) - widthOf(copyOf("用37.5℃办"), typeCase)).toBeCloseTo(
      0.125,
      5,
    );
  });
  test("a character that no face has is left out and named", () => {
    const [line] = set("甲\u{10FFFD}乙", 5);
    expect(line?.missing).toEqual([{ text: "\u{10FFFD}", at: 1 }]);
    expect(line?.runs.map((run) => run.text)).toEqual(["甲", "乙"]);
    expect(line?.runs.flatMap((run) => run.gids)).not.toContain(0);
  });
  test("a character that the face lacks comes from the next, with its width, in a run of its own", () => {
    const [line] = set("甲𰻞乙", 5);
    expect(line?.runs.map(({ face, text, x }) => [face, text, x])).toEqual([
      ["serif", "甲", 0],
      ["sans", "𰻞", 10],
      ["serif", "乙", 20],
    ]);
    expect(line?.missing).toEqual([]);
  });
  test("’ is narrow in a Latin word and wide as a quotation mark", () => {
    expect(widthOf(copyOf("中n’s中"), typeCase)).toBeLessThan(widthOf(copyOf("中n中"), typeCase) + 0.8);
    expect(widthOf(copyOf("中’中"), typeCase)).toBe(3);
  });
  test("straight quotation marks are Latin", () => {
    expect(widthOf(copyOf('中"中'), typeCase)).toBeLessThan(2.5);
  });
  test("rare characters", () => {
    const [line] = set("㵘䶮𬸚堃", 5);
    expect(line?.missing).toEqual([]);
    expect(line?.runs[0]?.starts).toEqual([0, 1, 2, 4]);
  });
});

test("the least width of a column is its longest word", () => {
  expect(narrowest(collect(copyOf("见〔2026〕12号文"), 0, 12, typeCase))).toBeCloseTo(
    widthOf(copyOf("〔2026〕12号"), typeCase),
    5,
  );
  expect(narrowest(collect(copyOf("一二三"), 0, 3, typeCase))).toBe(1);
});
