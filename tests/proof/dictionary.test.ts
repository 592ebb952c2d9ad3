// The dictionaries: files that say whence and when, one automaton over all words, tables for Excel and WPS.
import { describe, expect, test } from "vitest";
import { shippedDictionaries } from "../../main/dictionaries.ts";
import { entriesFromCsv, entriesToCsv, entryKinds } from "../../shared/proof/dictionary.ts";
import { lexiconOf } from "../../shared/proof/lexicon.ts";
import { assets, entries, entry, lexicon } from "./lexicon.ts";

describe("shipped files", () => {
  const files = shippedDictionaries(assets);

  test("each says its source and day; leaders and house words are the office's alone", () => {
    expect(files.map(({ kind }) => kind).sort()).toEqual(
      entryKinds.filter((kind) => kind !== "leader" && kind !== "house").sort(),
    );
    for (const { source, asOf } of files) expect([source.length > 5, asOf]).toEqual([true, "2026-06-30"]);
  });

  test("no word is in a dictionary twice for one time", () => {
    const seen = new Set<string>();
    const twice = entries.filter(({ kind, word, from, until }) => {
      const key = `${kind} ${word} ${from} ${until}`;
      return seen.size === seen.add(key).size;
    });
    expect(twice).toEqual([]);
  });

  test("no right form is a wrong form of another entry", () => {
    const wrong = entries.filter(({ kind }) => kind === "typo" || kind === "variant");
    expect(
      wrong.filter(({ right }) => lexicon.find("typo", right).length > 0 || lexicon.find("variant", right).length > 0),
    ).toEqual([]);
  });

  test("what a division belongs to is a division, up to the state", () => {
    const names = new Set(lexicon.entries("division").map(({ word }) => word));
    expect(lexicon.entries("division").filter(({ right }) => right !== "中华人民共和国" && !names.has(right))).toEqual(
      [],
    );
  });
});

describe("finding words", () => {
  const words = (...list: string[]) => lexiconOf(list.map((word) => entry({ kind: "house", word })));
  const places = (text: string, ...list: string[]) =>
    words(...list)
      .find("house", text)
      .map(({ from, to }) => text.slice(from, to) + from);

  test.each([
    ["each place", "甲乙甲乙", ["甲乙"], ["甲乙0", "甲乙2"]],
    ["the longer of two", "银保监会", ["保监会", "银保监会", "保监"], ["银保监会0"]],
    ["the earlier of two that overlap", "甲乙丙", ["甲乙", "乙丙"], ["甲乙0"]],
    ["a word in a word that was not finished", "甲乙丁", ["甲乙丙", "乙丁"], ["乙丁1"]],
    ["one character", "甲", ["甲"], ["甲0"]],
    ["words with a surrogate pair", "𠮷野家", ["𠮷野"], ["𠮷野0"]],
    ["nothing", "丙", ["甲"], []],
    ["nothing in nothing", "", ["甲"], []],
  ] as const)("%s", (_, text, list, expected) => expect(places(text, ...list)).toEqual(expected));

  test("as a plain search finds them, in random texts", () => {
    let seed = 7;
    const random = (n: number) => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return Math.floor((seed / 2147483648) * n);
    };
    const some = (length: number) => Array.from({ length }, () => "甲乙丙"[random(3)]).join("");
    for (let round = 0; round < 300; round++) {
      const list = [...new Set(Array.from({ length: 4 }, () => some(1 + random(4))))];
      const text = some(20);
      const naive: string[] = [];
      for (let at = 0; at < text.length; ) {
        const word = list.filter((each) => text.startsWith(each, at)).sort((a, b) => b.length - a.length)[0];
        if (word) naive.push(word + at);
        at += word?.length ?? 1;
      }
      expect([text, list, places(text, ...list)]).toEqual([text, list, naive]);
    }
  });

  test("not inside the other words that an entry excepts", () => {
    const one = lexiconOf([entry({ kind: "typo", word: "防犯", right: "防范", unless: "~罪|联~" })]);
    const found = (text: string) => one.find("typo", text).length;
    expect([found("防犯风险"), found("防犯罪"), found("联防犯"), found("防犯"), found("")]).toEqual([1, 0, 0, 1, 0]);
  });
});

describe("tables", () => {
  const list = [
    entry({ kind: "organ", word: "工商局", right: "市场监管局", until: "2019-04-01", note: "含“分局”，各县" }),
    entry({ kind: "organ", word: "环保局", right: "生态环境局", from: "1990-01-01", unless: "~面|~限" }),
  ];

  test("go out and come back the same", () => {
    const text = entriesToCsv("organ", list);
    expect(text).toMatch(/^\ufeff词语,现名,自,至,除外,次序,说明\r\n/u);
    expect(entriesFromCsv("organ", text)).toEqual({ entries: list, faults: [] });
  });

  test("quotes, commas and what a spreadsheet takes for a formula survive", () => {
    const odd = [entry({ kind: "house", word: '=合计"，",', note: "第一行" })];
    expect(entriesFromCsv("house", entriesToCsv("house", odd))).toEqual({ entries: odd, faults: [] });
  });

  test("dates as people write them, tabs between cells, and lines that are left out with the reason", () => {
    const text = [
      "词语\t现名\t自\t至\t除外\t次序\t说明",
      "农委\t农业农村局\t2001年3月5日\t2019/4/1",
      "",
      "坏词\t新词\t去年",
      "同词\t同词",
    ].join("\n");
    const { entries: read, faults } = entriesFromCsv("organ", text);
    expect(read).toEqual([
      entry({ kind: "organ", word: "农委", right: "农业农村局", from: "2001-03-05", until: "2019-04-01" }),
    ]);
    expect(faults).toEqual([
      "第4行“坏词”没有收入：“自”应是2026-06-25这样的日期。",
      "第5行“同词”没有收入：“现名”与词语相同。",
    ]);
  });
});
