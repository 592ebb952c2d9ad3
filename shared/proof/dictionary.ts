// The dictionaries 词典 as data: one shape of entry for all of them, each with the days between which it holds, so that a
// notice of its time is not corrected by what came later. Shipped ones are files of assets/dictionaries; an office adds
// its own in the store. What rules make of them is lexicon.ts's.
import { type Check, integer, isoDate, line, list, oneOf, record, ShapeError, subset } from "../model/check.ts";

/** What an entry is; its columns mean, by kind:
 *  | kind      | word                      | right                | from, until          | unless           | rank  |
 *  | typo      | wrong form 布署            | right form 部署       | –                    | other words      | –     |
 *  | variant   | form not recommended 想像  | recommended 想象      | –                    | other words      | –     |
 *  | redundant | more words than needed    | fewer                | –                    | other words      | –     |
 *  | caution   | words to avoid            | what to write, or "" | –                    | other words      | –     |
 *  | script    | traditional character     | its standard form    | –                    | other words      | –     |
 *  | organ     | institution 工商局         | its successor        | it had this name     | other words      | –     |
 *  | division  | place 张家界市             | what it belongs to   | it had this name     | other words      | –     |
 *  | law       | law, without 中华人民共和国  | its successor, or "" | in force             | –                | –     |
 *  | leader    | person                    | posts, parted by 、   | held them            | –                | order |
 *  | lookalike | characters confused       | –                    | –                    | –                | –     |
 *  | house     | words never to be flagged | –                    | –                    | –                | –     | */
export const entryKinds = [
  ...([
    "typo",
    "variant",
    "redundant",
    "caution",
    "script",
    "organ",
    "division",
    "law",
    "leader",
    "lookalike",
    "house",
  ] as const),
];
export type EntryKind = (typeof entryKinds)[number];

export const entryKindNames: Readonly<Record<EntryKind, string>> = {
  typo: "错别字",
  variant: "异形词",
  redundant: "赘余",
  caution: "慎用词",
  script: "繁体字",
  organ: "机构",
  division: "行政区划",
  law: "法律法规",
  leader: "领导排序",
  lookalike: "形近字",
  house: "本单位写法",
};

export interface EntryFields {
  readonly kind: EntryKind;
  readonly word: string;
  readonly right: string;
  /** ISO days; from "": always, until "": still. `until` is the first day on which it no longer holds. */
  readonly from: string;
  readonly until: string;
  /** Other words in which these characters stand, parted by |, with ~ for the word: ~罪|预~. */
  readonly unless: string;
  /** Place in the order of leaders, from 1; 0 for other kinds. */
  readonly rank: number;
  readonly note: string;
}

export interface Entry extends EntryFields {
  readonly id: string;
  /** Made in this office; the others come with the program and do not change, but can be switched off. */
  readonly own: boolean;
  readonly off: boolean;
}

/** A shipped dictionary as its file has it. */
export interface Dictionary {
  readonly kind: EntryKind;
  /** Where the words are from, and the day (ISO) as of which they are right. */
  readonly source: string;
  readonly asOf: string;
  readonly entries: readonly EntryFields[];
}

/** Longest word, in UTF-16 units. */
const longest = 60;

const shape = {
  kind: oneOf(entryKinds),
  word: line(longest, 1),
  right: line(200),
  from: isoDate,
  until: isoDate,
  unless: line(500),
  rank: integer(0, 9999),
  note: line(500),
};

/** Entries whose word is written into the text by a rule; without it they say nothing. */
const corrected = new Set<EntryKind>(["typo", "variant", "redundant", "script", "division"]);

/** An entry with all its columns; throws ShapeError for one that says nothing. */
export const entryFields: Check<EntryFields> = (value, path) => sensible(record(shape)(value, path), path);

function sensible(entry: EntryFields, path: string): EntryFields {
  if (corrected.has(entry.kind) && entry.right === "") throw new ShapeError(`${path}.right`, "不能空着");
  if (entry.word === entry.right) throw new ShapeError(`${path}.right`, "与词语相同");
  if (entry.kind === "leader" && entry.rank === 0) throw new ShapeError(`${path}.rank`, "应从1起");
  if (entry.until !== "" && entry.until <= entry.from) throw new ShapeError(`${path}.until`, "应晚于起始日期");
  for (const other of entry.unless === "" ? [] : entry.unless.split("|"))
    if (!/^[^~]*~[^~]*$/u.test(other) || other === "~")
      throw new ShapeError(`${path}.unless`, "应写成“~罪|预~”，~代表词语");
  return entry;
}

/** A shipped file; its entries state only the columns that their kind uses. Throws ShapeError. */
export const dictionaryFile: Check<Dictionary> = (value, path) => {
  const { kind, ...head } = record({
    kind: oneOf(entryKinds),
    source: line(500, 1),
    asOf: isoDate,
    entries: list(subset({ ...shape, kind: oneOf(entryKinds) }), 20_000),
  })(value, path);
  const blank = { word: "", right: "", from: "", until: "", unless: "", rank: 0, note: "" };
  const entries = head.entries.map((entry, i) => entryFields({ ...blank, ...entry, kind }, `${path}.entries[${i}]`));
  return { ...head, kind, entries };
};

// ---- tables for Excel and WPS

const heads = ["词语", "应为", "自", "至", "除外", "次序", "说明"] as const;

/** The heads of a table of a kind; only their order counts when it is read. */
function headsOf(kind: EntryKind): readonly string[] {
  const right: Partial<Record<EntryKind, string>> = { organ: "现名", division: "属于", law: "现行", leader: "职务" };
  return heads.map((head) => (head === "应为" ? (right[kind] ?? head) : head));
}

/** CSV with a byte order mark, which Excel and WPS need to read Chinese. */
export function entriesToCsv(kind: EntryKind, entries: readonly EntryFields[]): string {
  const rows = entries.map(({ word, right, from, until, unless, rank, note }) =>
    [word, right, from, until, unless, rank === 0 ? "" : String(rank), note].map(csvCell).join(","),
  );
  return `\ufeff${[headsOf(kind).join(","), ...rows].join("\r\n")}\r\n`;
}

function csvCell(text: string): string {
  // A leading = would be taken for a formula by a spreadsheet.
  const plain = /^[=+\-@]/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** Reads such a table, with commas or tabs between its cells. What cannot be taken is told by line, the rest is given. */
export function entriesFromCsv(kind: EntryKind, text: string): { entries: EntryFields[]; faults: string[] } {
  const entries: EntryFields[] = [];
  const faults: string[] = [];
  for (const { line: no, cells } of csvRows(text.replace(/^\ufeff/u, ""))) {
    const [word = "", right = "", from = "", until = "", unless = "", rank = "", note = ""] = cells.map((cell) =>
      cell.trim().replace(/^'(?=[=+\-@])/u, ""),
    );
    if (word === "" || (no === 1 && word === heads[0])) continue;
    try {
      const given = { kind, word, right, unless, note, rank: rank === "" ? 0 : Number(rank) };
      entries.push(entryFields({ ...given, from: isoDay(from), until: isoDay(until) }, "词条"));
    } catch (error) {
      if (!(error instanceof ShapeError)) throw error;
      const column = { word: 0, right: 1, from: 2, until: 3, unless: 4, rank: 5, note: 6 }[
        error.path.split(".").at(-1) ?? ""
      ];
      const head = column === undefined ? "" : `“${headsOf(kind)[column]}”`;
      faults.push(`第${no}行“${word}”没有收入：${head}${error.fault}。`);
    }
  }
  return { entries, faults };
}

/** 2019/4/1, 2019年4月1日, 2019-4-1 -> 2019-04-01; anything else as it is. */
function isoDay(text: string): string {
  const [, year, month = "", day = ""] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/u.exec(text) ?? [];
  return year ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : text;
}

function* csvRows(text: string): Generator<{ line: number; cells: string[] }> {
  let [no, cells, cell, quoted, first] = [1, [] as string[], "", false, 1];
  for (let i = 0; i <= text.length; i++) {
    const char = text[i] ?? "\n";
    if (quoted && i < text.length) {
      if (char === '"' && text[i + 1] === '"') i++;
      else if (char === '"') {
        quoted = false;
        continue;
      }
      if (char === "\n") no++;
      cell += char;
    } else if (char === '"' && cell === "") quoted = true;
    else if (char === "," || char === "\t") {
      cells.push(cell);
      cell = "";
    } else if (char === "\n") {
      yield { line: first, cells: [...cells, cell.replace(/\r$/u, "")] };
      [cells, cell] = [[], ""];
      first = ++no;
    } else cell += char;
  }
}
