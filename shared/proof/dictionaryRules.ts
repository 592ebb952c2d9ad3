// Rules that rest on the dictionaries: wrong characters, preferred forms, words to avoid, traditional characters, renamed
// institutions, places in the wrong province, and laws. What holds at the date of the notice is what counts.

import { printedDate } from "../model/notice.ts";
import type { EntryFields, EntryKind } from "./dictionary.ts";
import { endedBy, type FoundWord, holdsOn, type Lexicon } from "./lexicon.ts";
import type { TextRule } from "./rule.ts";

type Name = readonly [rule: string, code: string, severity: TextRule["severity"], basis: string];

/** A rule that corrects each word of a dictionary to its right form. */
function corrected(
  kind: EntryKind,
  [rule, code, severity, basis]: Name,
  message: (entry: EntryFields) => string,
): TextRule {
  return {
    ...{ rule, code, severity, basis },
    *find(text, { lexicon }) {
      for (const { entry, from, to } of lexicon.find(kind, text))
        yield { from, to, message: message(entry), ...(entry.right === "" ? {} : { fix: entry.right }) };
    },
  };
}

const script: TextRule = {
  ...{ rule: "text.traditional", code: "WO-021", severity: "warning", basis: "《通用规范汉字表》" },
  *find(text, { lexicon }) {
    // Characters that stand together are one word.
    const runs: { from: number; to: number; fix: string }[] = [];
    for (const { entry, from, to } of lexicon.find("script", text)) {
      const last = runs.at(-1);
      if (last?.to === from) runs[runs.length - 1] = { from: last.from, to, fix: last.fix + entry.right };
      else runs.push({ from, to, fix: entry.right });
    }
    for (const run of runs)
      yield { ...run, message: `“${text.slice(run.from, run.to)}”是繁体字或旧字形，应为“${run.fix}”` };
  },
};

/** Is a place of a text inside 《》, where the words are another document's? */
function inTitle(text: string, at: number): boolean {
  return text.lastIndexOf("《", at) > text.lastIndexOf("》", at - 1);
}

const former = /(?:原|前身为|更名前)[\p{Script=Han}]{0,4}$/u;

const renamed: TextRule = {
  ...{ rule: "institution.renamed", code: "WO-014", severity: "hint", basis: "机构改革方案" },
  *find(text, { dated, lexicon }) {
    for (const { entry, from, to } of firstOfEach(lexicon.find("organ", text))) {
      const all = lexicon.named("organ", entry.word);
      if (!all.every((each) => endedBy(each, dated))) continue;
      if (inTitle(text, from) || former.test(text.slice(Math.max(0, from - 8), from))) continue;
      const now = entry.right === "" ? "" : `，现为${entry.right}`;
      const message = `“${entry.word}”${printedDate(entry.until)}起已撤并或改名${now}，请核对`;
      yield { from, to, message, ...(/^[^（、或]+$/u.test(entry.right) ? { fix: entry.right } : {}) };
    }
  },
};

function firstOfEach(found: readonly FoundWord[]): FoundWord[] {
  return found.filter(({ from }, i) => found[i - 1]?.from !== from);
}

const bare = (name: string) => name.replace(/(?:[壮回维][\p{Script=Han}]*自治区|自治区|特别行政区|[省市])$/u, "");

/** What a division belongs to, from near to far. */
function parents(lexicon: Lexicon, { right }: EntryFields, depth = 0): string[] {
  if (right === "" || depth > 4) return [];
  const [above] = lexicon.named("division", right);
  return [right, ...(above ? parents(lexicon, above, depth + 1) : [])];
}

const places: TextRule = {
  ...{ rule: "place.parent", code: "WO-015", severity: "error", basis: "民政部行政区划" },
  *find(text, { dated, lexicon }) {
    const found = firstOfEach(lexicon.find("division", text));
    for (const [i, { entry, from, to }] of found.entries()) {
      const before = found[i - 1];
      const above = parents(lexicon, entry);
      if (!before || before.to !== from || above.length === 0) continue;
      if (
        lexicon
          .named("division", entry.word)
          .some((each) => parents(lexicon, each).some((name) => bare(name) === bare(before.entry.word)))
      )
        continue;
      // 长沙市株洲市 and 湖南省湖北省 stand beside each other; 四川省重庆市 is meant as one in the other.
      const level = parents(lexicon, before.entry).length;
      const beside = level === above.length && !(/[省区]$/u.test(before.entry.word) && /市$/u.test(entry.word));
      if (level > above.length || beside || !holdsOn(before.entry, dated)) continue;
      const owner = above[0] === "中华人民共和国" ? "是直辖市" : `属于${above[0]}`;
      const message = `${entry.word}${owner}，不属于${before.entry.word}`;
      yield { from: before.from, to, message };
    }
  },
};

const oldPlaces: TextRule = {
  ...{ rule: "place.renamed", code: "WO-015", severity: "hint", basis: "民政部行政区划" },
  *find(text, { dated, lexicon }) {
    for (const { entry, from, to } of firstOfEach(lexicon.find("division", text)))
      if (
        lexicon.named("division", entry.word).every((each) => endedBy(each, dated)) &&
        !inTitle(text, from) &&
        !former.test(text.slice(Math.max(0, from - 8), from))
      )
        yield {
          from,
          to,
          message: `“${entry.word}”${printedDate(entry.until)}起已改名${entry.note ? `，${entry.note}` : ""}，请核对`,
        };
  },
};

// ---- laws

const lawName = /《(中华人民共和国)?(\p{Script=Han}{2,24})》/gu;
const isOld = (text: string, at: number) => /原$/u.test(text.slice(Math.max(0, at - 2), at));

const repealed: TextRule = {
  ...{ rule: "law.repealed", code: "WO-017", severity: "warning", basis: "国家法律法规数据库" },
  *find(text, { dated, lexicon }) {
    for (const { 0: words, 2: name = "", index } of text.matchAll(lawName)) {
      const all = lexicon.named("law", name);
      const [entry] = all;
      // Without a date the day is taken to be today.
      if (!entry || all.some((each) => each.until === "" || (dated !== "" && dated < each.until))) continue;
      if (isOld(text, index) || /^[^，。；]{0,12}(?:废止|失效)/u.test(text.slice(index + words.length))) continue;
      const now = entry.right === "" ? "" : `，现行的是${lawTitle(entry.right)}`;
      yield { from: index, to: index + words.length, message: `${words}已于${printedDate(entry.until)}废止${now}` };
    }
  },
};

/** 民法典 -> 《中华人民共和国民法典》; regulations and decisions have no 中华人民共和国 of necessity. */
const lawTitle = (name: string) => (/法(?:典)?$/u.test(name) ? `《中华人民共和国${name}》` : `《${name}》`);

const early: TextRule = {
  ...{ rule: "law.not-in-force", code: "WO-017", severity: "warning", basis: "国家法律法规数据库" },
  *find(text, { dated, lexicon }) {
    if (dated === "") return;
    for (const { 0: words, 2: name = "", index } of text.matchAll(lawName)) {
      const all = lexicon.named("law", name);
      const [entry] = all;
      // A law that was passed may be cited by what takes effect along with it.
      const nextYear = `${Number(dated.slice(0, 4)) + 1}${dated.slice(4)}`;
      if (!entry || !all.every(({ from }) => from > nextYear)) continue;
      if (
        /[起将后]|施行|实施|宣传|贯彻|学习|草案/u.test(text.slice(Math.max(0, index - 12), index + words.length + 12))
      )
        continue;
      yield {
        ...{ from: index, to: index + words.length },
        message: `${words}${printedDate(entry.from)}起施行，这份公文的日期比它早，请核对`,
      };
    }
  },
};

/** 《中华人民共和国水土保护法》: no law, and one character away from one. */
const misnamed: TextRule = {
  ...{ rule: "law.name", code: "WO-018", severity: "warning", basis: "国家法律法规数据库" },
  *find(text, { lexicon }) {
    for (const { 0: words, 1: state, 2: name = "", index } of text.matchAll(lawName)) {
      if (!state || !/法$/u.test(name) || lexicon.named("law", name).length > 0) continue;
      const near = lexicon.entries("law").filter(({ word, until }) => until === "" && oneCharacterApart(word, name));
      const [entry] = near;
      if (entry && near.length === 1)
        yield {
          ...{ from: index, to: index + words.length },
          message: `没有${words}，是不是${lawTitle(entry.word)}，请核对`,
          fix: lawTitle(entry.word),
        };
    }
  },
};

function oneCharacterApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || Math.min(a.length, b.length) < 4) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  const [restA, restB] = [a.slice(at), b.slice(at)];
  if (a.length === b.length) return restA.slice(1) === restB.slice(1);
  return a.length > b.length ? restA.slice(1) === restB : restA === restB.slice(1);
}

export const dictionaryRules: readonly TextRule[] = [
  corrected(
    "typo",
    ["typo.wrong-char", "WO-010", "error", "《现代汉语词典》"],
    ({ word, right }) => `“${word}”应为“${right}”`,
  ),
  corrected(
    "variant",
    ["typo.variant", "WO-006 WO-011", "hint", "GF 1001—2001"],
    ({ word, right }) => `“${word}”一般写作“${right}”`,
  ),
  corrected(
    "redundant",
    ["word.redundant", "", "hint", "语法（成分赘余）"],
    ({ word, right }) => `“${word}”意思重复，可写作“${right}”`,
  ),
  corrected("caution", ["word.caution", "WO-016", "warning", "新华社禁用词和慎用词"], ({ word, right }) =>
    right === "" ? `“${word}”是慎用的说法，请改写` : `“${word}”一般写作“${right}”`,
  ),
  script,
  renamed,
  places,
  oldPlaces,
  repealed,
  early,
  misnamed,
];
