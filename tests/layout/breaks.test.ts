// Where lines may break: "|" free, "~" loose (inside a date), "^" seam (of a web address), "." hard (only when a word is
// longer than the line); nothing where they may not.
import { describe, expect, test } from "vitest";
import { breaksOf, type Character, characterAt, dashOfTwo, stretches } from "../../shared/layout/breaks.ts";

const charactersOf = (text: string): Character[] =>
  Array.from(text.matchAll(/——|./gu), (match) => (match[0] === "——" ? dashOfTwo : characterAt(text, match.index)));

const signs = { free: "|", loose: "~", seam: "^", hard: "", never: "" };
function show(text: string, shown: Record<string, string> = signs): string {
  const characters = charactersOf(text);
  const breaks = breaksOf(text, characters);
  return characters.map((one, i) => shown[breaks[i] ?? "never"] + one.text).join("");
}

describe("breaks", () => {
  const cases: readonly (readonly [name: string, want: string])[] = [
    ["between Chinese characters", "政|府|公|报"],
    ["no closing mark or stop begins a line", "你|好，|世|界。”|他|说"],
    ["no opening mark ends a line", "见|《示|例》|（一）|款"],
    ["marks that meet", "《甲》|《乙》，|“丙”、|“丁”"],
    ["a Latin word is whole", "用|APP|办|理"],
    ["a Latin word in quotation marks", "推|行|“Internet+”|行|动"],
    ["an English name with its sign", "与|O’Brien|先|生、|O'Brien|先|生"],
    ["a dash of two is whole, and begins no line", "目|的——|原|则|如|此……|等"],
    ["a dash typed as box drawing", "目|的──|原|则"],
    ["a web address breaks at its seams when it must", "见|https://^www.^a.^example/^b?^c=^d|查|阅"],
    ["a mail address", "寄|zb@^shili.^example|收"],
    ["a space ends a word", "NEW |WORDS |HERE"],
    ["an em space ends what stands before it", "第一条　|总|则"],
    ["straight quotation marks open and close in turn", '称|"甲|乙"|和|"丙"|的'],
  ];
  test.each(cases)("%s", (_, want) => {
    expect(show(want.replace(/[|~^]/gu, ""))).toBe(want);
  });
});

describe("atoms stay whole", () => {
  test.each([
    "5.2%",
    "５％",
    "37.5℃",
    "-5℃",
    "±3℃",
    "≥90%",
    "12㎡",
    "12平方米",
    "3.6万元",
    "1200余万元",
    "380 元",
    "35人次",
    "24小时",
    "3个月",
    "20个工作日",
    "2.5个百分点",
    "2026年度",
    "100km/h",
    "5mg/L",
    "GB/T",
    "9704—2012",
    "29°28′36″",
    "№12",
    "￥1,200.00",
    "$300",
    "#5",
    "〔2026〕1号",
    "〔2026〕第1号",
    "[2026]1号",
    "（2026）1号",
    "第三十八条",
    "第12次",
    "第一百二十三条",
    "附件2",
    "附表1-2",
    "（一）",
    "（12）",
    "0730-3555200",
    "13800138000",
    "9:30",
    "9：30",
    "1:500",
    "3.14",
    "2026-06-25",
    "5%—8%",
    "5～8℃",
    "1-3月",
    "2021—2025年",
    "二〇二六年",
    "SLDR—2026—00001",
    "Ⅳ级",
    "A级",
    "A4",
    "5G",
    "PM2.5",
    "COVID-19",
  ])("%s", (atom) => {
    expect(show(`共${atom}共`)).toBe(`共|${atom}|共`);
  });
});

describe("kept if it can be", () => {
  test.each([
    ["a date", "自|2026年~6月~25日|起"],
    ["a month", "至|2026年~6月|底"],
    ["a day", "于|6月~25日|前"],
    ["a span of dates", "从|2026年~6月~25日—~7月~1日|止"],
    ["a span of years", "在|2026年—~2030年|间"],
    ["a date in Chinese", "于|二〇二六年~六~月~二~十~五~日|印|发"],
    ["a time", "在|9时~30分|前"],
    ["the number of a standard", "按|GB/T ~9704—2012|印|制"],
  ])("%s", (_, want) => {
    expect(show(want.replace(/[|~]/gu, ""))).toBe(want);
  });
});

describe("避头尾", () => {
  test.each([..."，。、；：？！．）》〉」』】〗〕］｝”’·—…～－／%‰％℃°′″〃々㎡!),.:;?]}/~–｣｡､〞"])(
    "%s begins no line",
    (mark) => {
      expect(show(`甲${mark}`)).toBe(`甲${mark}`);
    },
  );
  test.each([..."（《〈「『【〖〔［｛“‘([{￥¥＄$￡£€№#＃／/｢〝"])("%s ends no line", (mark) => {
    expect(show(`${mark}甲`)).toBe(`${mark}甲`);
  });
  test("not with a space between either", () => {
    expect(show("（ 甲 ）")).toBe("（ 甲 ）");
  });
});

test("not all numbers that follow each other are one", () => {
  expect(show("第1，2，3项")).toBe("第|1，|2，|3项");
  expect(show("2026年3个")).toBe("2026年|3个");
});

test("in a word longer than a line any place will do, but no mark alone", () => {
  const all = { ...signs, hard: "." };
  expect(show("AB12", all)).toBe("A.B.1.2");
  expect(show("〔2026〕1号", all)).toBe("〔2.0.2.6〕.1.号");
});

test("classes", () => {
  const rows = {
    open: "（《“‘〔【",
    close: "）》”’〕】",
    stop: "，。、；：？！",
    dash: "—…",
    middle: "·～",
    latin: "aZ0%(é–",
    space: " \u3000",
    wide: "政𬸚℃×",
  };
  for (const [kind, characters] of Object.entries(rows))
    for (const character of characters) expect([character, characterAt(character, 0).kind]).toEqual([character, kind]);
});

test("no gap opens inside a word, a dash, a number or between it and its sign", () => {
  const open = (text: string) => {
    const characters = charactersOf(text);
    return characters
      .map((one, i) => (i > 0 && stretches(characters[i - 1] ?? one, one) ? "_" : "") + one.text)
      .join("");
  };
  expect(open("甲乙，AB12——……5.2%丙37.5℃￥3—5丁")).toBe("甲_乙_，_AB12_——……_5.2%_丙_37.5℃_￥3—5_丁");
});
