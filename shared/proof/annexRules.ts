// Annexes 附件 of a notice: what its list 附件说明 says, what its text refers to, and what follows.
import { squash } from "../model/notice.ts";
import { type NoticeHit, type NoticeRule, seen } from "./rule.ts";
import type { ProofNotice } from "./subject.ts";

/** 见附件3 where there are two; `none`: where there is none, which may also be an annex not recognised. */
function* annexReferences(notice: ProofNotice, none: boolean): Generator<NoticeHit> {
  const labels = notice.passages.filter(({ kind }) => kind === "annexLabel" || kind === "annexNote");
  const known = labels.flatMap(({ text, kind }) => {
    const number = kind === "annexLabel" ? /\d+/u.exec(text)?.[0] : /(?:^|：|:)\s*(\d+)[.．]/u.exec(text)?.[1];
    return number ? [Number(number)] : [];
  });
  const highest = Math.max(labels.length > 0 ? 1 : 0, ...known);
  if ((highest === 0) !== none) return;
  for (const passage of notice.passages.filter(
    ({ kind }) => kind !== "annexLabel" && kind !== "annexNote" && kind !== "title",
  ))
    for (const match of passage.text.matchAll(/(?:详见|见|按照?|填写|填报)附件(\d{1,2})(?![-—.\d])/gu)) {
      const value = Number(match[1]);
      if (value > highest)
        yield {
          passage,
          from: match.index,
          to: match.index + match[0].length,
          message: highest === 0 ? `正文说“${match[0]}”，后面没有附件` : `正文说“${match[0]}”，而附件只有${highest}个`,
        };
    }
}

/** 附件1, 附件2, 附件4. */
function* annexLabels(notice: ProofNotice): Generator<NoticeHit> {
  let before = 0;
  for (const passage of notice.passages) {
    const number = passage.kind === "annexLabel" ? /^附\s*件\s*(\d+)(?![-—\d])/u.exec(passage.text)?.[1] : undefined;
    if (number === undefined) continue;
    const value = Number(number);
    if (before > 0 && value !== before + 1 && value !== 1 && value !== before)
      yield { passage, message: `附件从第${before}个跳到第${value}个，请看是编号有误还是漏排` };
    before = value;
  }
}

/** 附件说明 lists more annexes than follow. */
function* annexCount(notice: ProofNotice): Generator<NoticeHit> {
  const first = notice.passages.findIndex(({ kind }) => kind === "annexLabel");
  const notes = notice.passages.slice(0, first < 0 ? undefined : first).filter(({ kind }) => kind === "annexNote");
  const listed = notes.filter(({ text }) => !/^附\s*件\s*[：:]\s*$/u.test(text));
  const numbers = notice.passages.flatMap(({ kind, text }) =>
    kind === "annexLabel" ? [Number(/^附\s*件\s*(\d+)(?![-—\d])/u.exec(text)?.[1] ?? 0)] : [],
  );
  const left = listed.some(({ text }) => /[（(]略[）)]|此略|另[附发]|另行/u.test(text));
  const [passage] = listed;
  const highest = Math.max(0, ...numbers);
  // An annex may have annexes of its own, without a number or counting anew: only the highest number tells.
  if (passage && !left && listed.length > 1 && highest > 0 && highest !== listed.length)
    yield { passage, message: `附件说明列了${listed.length}个附件，后面印到附件${highest}，数目不符` };
}

const noteMarks = /[。；，、]$/u;

function* annexNoteForm(notice: ProofNotice): Generator<NoticeHit> {
  for (const passage of notice.passages.filter(({ kind }) => kind === "annexNote")) {
    const { text } = passage;
    const label = /^附\s*件\s*(?:\d|[一二三四五六七八九十])+\s*[：:]/u.exec(text);
    if (label) yield { passage, from: 0, to: label[0].length, message: "附件说明应写作“附件：1.…”，序号在冒号后面" };
    if (noteMarks.test(text))
      yield { passage, from: text.length - 1, to: text.length, fix: "", message: "附件名称后不加标点" };
  }
}

/** 附件：1.公园名录 beside an annex 1 headed 公园名单. What is another thing altogether was told apart wrongly; in a dump
 *  the reader looks at this itself. */
function* annexTitles(notice: ProofNotice): Generator<NoticeHit> {
  const { passages, typed } = notice;
  if (typed.length > 0) return;
  const listed = passages.flatMap((passage) => {
    if (passage.kind !== "annexNote") return [];
    const [, number, name = ""] = /^(?:附\s*件\s*[：:]\s*)?(?:(\d+)\s*[.．、])?\s*(.+)$/u.exec(passage.text) ?? [];
    return name === "" ? [] : [{ passage, number: Number(number ?? 1), name: bare(name) }];
  });
  for (const [i, label] of passages.entries()) {
    if (label.kind !== "annexLabel" || passages[i + 1]?.kind !== "annexTitle") continue;
    const heads = passages.slice(i + 1, i + 4).filter(({ kind }) => kind === "annexTitle");
    const number = Number(/^附\s*件\s*(\d+)(?![-—\d])/u.exec(label.text)?.[1] ?? 1);
    const note = listed.find((each) => each.number === number);
    const [head] = heads;
    const title = bare(heads.map(({ text }) => text).join(""));
    if (!note || !head || title.includes(note.name) || note.name.includes(title) || !alike(title, note.name)) continue;
    yield {
      passage: head,
      message: `附件${number}的标题是“${squash(heads.map(({ text }) => text).join(""))}”，附件说明里是“${note.passage.text.replace(/^附\s*件\s*[：:]\s*/u, "")}”，请统一`,
      evidence: [seen(notice, note.passage)],
    };
  }
}

const bare = (text: string) => text.replace(/[\s《》〈〉“”、，。；（）()]/gu, "");

/** Half of the characters of the shorter, or more, stand in both in the same order. */
function alike(a: string, b: string): boolean {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const x of a) {
    const next = [0];
    for (let j = 0; j < b.length; j++)
      next.push(x === b[j] ? (row[j] ?? 0) + 1 : Math.max(row[j + 1] ?? 0, next[j] ?? 0));
    row = next;
  }
  return 2 * (row[b.length] ?? 0) > Math.min(a.length, b.length);
}

export const annexRules: readonly NoticeRule[] = [
  {
    rule: "annex.beyond",
    code: "DF-013",
    severity: "error",
    basis: "逻辑校验",
    find: (notice) => annexReferences(notice, false),
  },
  {
    rule: "annex.none",
    code: "DF-013",
    severity: "warning",
    basis: "逻辑校验",
    find: (notice) => annexReferences(notice, true),
  },
  { rule: "annex.gap", code: "DF-012", severity: "error", basis: "GB/T 9704 7.3.4", find: annexLabels },
  { rule: "annex.count", code: "DF-012", severity: "warning", basis: "GB/T 9704 7.3.4、7.3.7", find: annexCount },
  {
    rule: "annex.note-form",
    code: "DF-010 DF-011",
    severity: "warning",
    basis: "GB/T 9704 7.3.4",
    find: annexNoteForm,
  },
  {
    rule: "annex.title-mismatch",
    code: "DF-012",
    severity: "warning",
    basis: "GB/T 9704 7.3.4、7.3.7",
    find: annexTitles,
  },
];
