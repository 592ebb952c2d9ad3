// Rules across the store: what an issue says against the notices and issues that were there before it. They look at a
// view of the store, plain data, and so run wherever that can be had.
import { parseDocNumber } from "../model/docNumber.ts";
import { type IssueId, type Notice, type NoticeFields, type NoticeId, printedDate, squash } from "../model/notice.ts";
import type { Found } from "./checkIssue.ts";
import { type Citation, citationsOf, plainTitle, titleTail } from "./citations.ts";
import type { IssueHit, RuleName } from "./rule.ts";
import type { Evidence } from "./stored.ts";
import { type ProofIssue, proofNotice } from "./subject.ts";

export interface StoreNotice extends Pick<NoticeFields, "title" | "docNumber" | "uniformNumber" | "dated"> {
  readonly id: NoticeId;
  readonly issue: { readonly id: IssueId; readonly name: string } | null;
}
export interface StoreIssue {
  readonly id: IssueId;
  readonly name: string;
  readonly gazetteTitle: string;
  readonly year: number;
  readonly number: number;
  readonly serial: number | null;
  readonly published: string;
}
/** A notice of the store says that another document no longer holds, or changes it. */
export interface Relation {
  readonly kind: "repeals" | "revises";
  readonly by: NoticeId;
  /** What is repealed or revised: its title without 《》 and number, each "" when not said. */
  readonly title: string;
  readonly number: string;
}
export interface StoreView {
  readonly notices: readonly StoreNotice[];
  readonly issues: readonly StoreIssue[];
  readonly relations: readonly Relation[];
}

export interface StoreRule extends RuleName {
  readonly find: (issue: ProofIssue, store: Shelves) => Iterable<IssueHit>;
}

/** The view with the ways into it that the rules take; notices of the issue itself are left out. */
interface Shelves extends StoreView {
  readonly byNumber: ReadonlyMap<string, readonly StoreNotice[]>;
  readonly byTitle: ReadonlyMap<string, readonly StoreNotice[]>;
  readonly byId: ReadonlyMap<NoticeId, StoreNotice>;
}

/** What an issue, or a notice alone, has against the store. */
export function findInStore(issue: ProofIssue, view: StoreView): Found[] {
  const inside = new Set(issue.notices.map(({ id }) => id));
  const notices = view.notices.filter(({ id }) => !inside.has(id));
  const store = {
    ...view,
    notices,
    byNumber: Map.groupBy(notices, ({ docNumber }) => docNumber),
    byTitle: Map.groupBy(notices, ({ title }) => plainTitle(title)),
    byId: new Map(view.notices.map((notice) => [notice.id, notice])),
  };
  return storeRules.flatMap((rule) => Array.from(rule.find(issue, store), (hit) => ({ rule, hit })));
}

/** What a notice says of others: 同时废止, 关于废止…的决定, 关于修改…的决定. */
export function relationsOf(notice: Notice): Relation[] {
  const subject = proofNotice(notice, notice.body);
  const cited = citationsOf([subject]).filter(({ number, title }) => number !== "" || title.length >= 8);
  const whole = /关于(?:宣布)?(?:废止|失效)|(?:废止|失效).{0,12}(?:决定|通知|公告)$/u.test(notice.title);
  return cited.flatMap((citation): Relation[] => {
    const { title, number, passage } = citation;
    if (passage.kind === "title")
      return /关于(?:修改|修订)$/u.test(passage.text.slice(0, citation.from))
        ? [{ kind: "revises", by: notice.id, title, number }]
        : [];
    const repeals = whole ? number !== "" : saysRepealed(citation);
    return repeals ? [{ kind: "repeals", by: notice.id, title, number }] : [];
  });
}

/** 《…》（…）同时废止: the verb follows in the same sentence, with nothing but other titles and numbers before it. */
function saysRepealed({ passage, to }: Citation): boolean {
  const rest = passage.text.slice(to).split(/[。；]/u)[0] ?? "";
  return /^(?:[、和及以与\s]*《[^》]*》(?:[（(][^（）()]*[）)])?)*(?:等)?(?:\d+件|[一二三四五六七八九十]+件)?(?:规范性)?(?:文件)?，?(?:自[^，。；]{2,20}起|即日起)?，?(?:同时|即行|予以|一并|自行)?(?:废止|失效|停止执行)(?=$|[，、）)])/u.test(
    rest,
  );
}

const sourceOf = (notice: StoreNotice): string =>
  notice.issue ? `${notice.title}（${notice.issue.name}）` : notice.title;

function evidence(notice: StoreNotice, field: "title" | "docNumber"): Evidence {
  const quote = notice[field];
  return {
    place: { in: "field", notice: notice.id, field, from: 0, to: quote.length },
    quote,
    source: sourceOf(notice),
  };
}

const where = ({ issue }: StoreNotice) => (issue ? `已刊于${issue.name}` : "已在稿库里");

/** 第1号 of orders begins anew with each mayor. */
const isNumbered = (docNumber: string) => parseDocNumber(docNumber) !== null;

function* printedBefore({ notices }: ProofIssue, { byNumber, byTitle }: Shelves): Generator<IssueHit> {
  for (const notice of notices) {
    const numbered = isNumbered(notice.docNumber);
    const alike = byTitle.get(plainTitle(notice.title)) ?? [];
    const same = alike.find(
      (other) => other.dated === notice.dated && notice.dated !== "" && other.docNumber === notice.docNumber,
    );
    if (same)
      yield {
        notice,
        field: "title",
        message: `这份公文${where(same)}，请看是否重复刊登`,
        evidence: [evidence(same, "title")],
      };
    const [used] = numbered && !same ? (byNumber.get(notice.docNumber) ?? []) : [];
    if (used)
      yield {
        notice,
        field: "docNumber",
        message: `发文字号“${notice.docNumber}”与“${used.title}”（${where(used)}）相同，请核对`,
        evidence: [evidence(used, "docNumber")],
      };
  }
}

function* citedTitles({ notices }: ProofIssue, { byNumber, byTitle }: Shelves): Generator<IssueHit> {
  for (const { notice, passage, from, to, title, number } of citationsOf(notices)) {
    if (passage.kind === "title" || number === "") continue;
    const [stored] = byNumber.get(number) ?? [];
    if (stored && !sameDocument(title, stored.title))
      yield {
        ...{ notice, passage, from, to },
        message: `${number}在稿库里的标题是《${stored.title}》，这里引作《${title}》，请核对`,
        evidence: [evidence(stored, "title")],
      };
    if (stored || title.length < 10) continue;
    const found = byTitle.get(plainTitle(title)) ?? [];
    const [other] = found;
    if (other && found.length === 1 && isNumbered(other.docNumber) && !/^\p{Script=Han}*联/u.test(number))
      yield {
        ...{ notice, passage, from, to },
        message: `《${title}》在稿库里的发文字号是${other.docNumber}，这里引作${number}，请核对`,
        evidence: [evidence(other, "docNumber")],
      };
  }
}

/** 《办法》 for what a notice hands out, or a title without its issuers, is another way to cite the same. */
function sameDocument(cited: string, stored: string): boolean {
  const [a, b] = [plainTitle(cited), plainTitle(stored)];
  return titleTail(cited) === titleTail(stored) || a.includes(b) || b.includes(a);
}

/** Serials of one code and year that the store must hold before a missing one is worth a word. */
const enough = 3;

/** A cited number of this office whose neighbours are in the store. */
function* citedMissing({ notices }: ProofIssue, { byNumber, notices: stored }: Shelves): Generator<IssueHit> {
  const known = [...stored, ...notices].flatMap(({ docNumber }) => parseDocNumber(docNumber) ?? []);
  const serials = Map.groupBy(known, ({ agencyCode, year }) => `${agencyCode}${year}`);
  const printed = new Set(notices.map(({ docNumber }) => docNumber));
  for (const { notice, passage, from, to, number } of citationsOf(notices)) {
    const parsed = parseDocNumber(number);
    if (!parsed || byNumber.has(number) || printed.has(number)) continue;
    const others = (serials.get(`${parsed.agencyCode}${parsed.year}`) ?? []).map(({ serial }) => serial);
    const between = others.some((serial) => serial < parsed.serial) && others.some((serial) => serial > parsed.serial);
    if (between && others.length >= enough)
      yield {
        ...{ notice, passage, from, to },
        message: `稿库里有${parsed.agencyCode}〔${parsed.year}〕前后各号，没有${number}，请核对文号`,
      };
  }
}

function* relationsOffered({ notices }: ProofIssue, store: Shelves): Generator<IssueHit> {
  for (const { kind, by, title, number } of store.relations) {
    const notice = notices.find(({ id }) => id === by);
    const stored = notice && relationTarget(store, title, number);
    if (!notice || !stored) continue;
    const cited = citationsOf([notice]).find((each) => each.title === title && each.number === number);
    const message = `这里${kind === "repeals" ? "废止" : "修改"}的《${title}》${where(stored)}，可以登记两者的关系`;
    const place = cited ? { passage: cited.passage, from: cited.from, to: cited.to } : { field: "title" as const };
    yield { notice, ...place, message, evidence: [evidence(stored, "title")] };
  }
}

function relationTarget(store: Shelves, title: string, number: string): StoreNotice | undefined {
  const [numbered] = number === "" ? [] : (store.byNumber.get(number) ?? []);
  if (numbered) return numbered;
  const named = store.byTitle.get(plainTitle(title)) ?? [];
  return number === "" && named.length === 1 ? named[0] : undefined;
}

/** A document cited as in force that a notice of the store, of an earlier day, has repealed. */
function* citedRepealed({ notices }: ProofIssue, { relations, byId }: Shelves): Generator<IssueHit> {
  const repeals = relations.filter(({ kind, number }) => kind === "repeals" && number !== "");
  if (repeals.length === 0) return;
  const byNumber = Map.groupBy(repeals, ({ number }) => number);
  for (const { notice, passage, from, to, number } of citationsOf(notices)) {
    const repeal = byNumber.get(number)?.find(({ by }) => by !== notice.id);
    const repealer = repeal && byId.get(repeal.by);
    if (!repealer || repealer.dated === "" || notice.dated === "" || repealer.dated >= notice.dated) continue;
    const sentence = passage.text.slice(from).split("。")[0] ?? "";
    if (/废止|失效|停止执行|原/u.test(sentence) || passage.text.slice(Math.max(0, from - 4), from).includes("原"))
      continue;
    yield {
      ...{ notice, passage, from, to },
      message: `${number}已由${repealer.docNumber || `《${repealer.title}》`}（${printedDate(repealer.dated)}）废止，请核对引用`,
      evidence: [evidence(repealer, "title")],
    };
  }
}

/** The number of an issue follows that of the last; the total number too. */
function* issueNumber({ id, fields }: ProofIssue, { issues }: Shelves): Generator<IssueHit> {
  if (!fields) return;
  const mine = issues.filter((issue) => issue.id !== id && squash(issue.gazetteTitle) === squash(fields.gazetteTitle));
  const proof = (issue: StoreIssue): Evidence => ({ place: null, quote: `第${issue.number}期`, source: issue.name });
  const twin = mine.find(({ year, number }) => year === fields.year && number === fields.number);
  const name = `${fields.year}年第${fields.number}期`;
  if (twin)
    yield {
      notice: null,
      issueField: "number",
      excerpt: name,
      message: `稿库里已有${name}，期号重复`,
      evidence: [proof(twin)],
    };
  const before = mine
    .filter(({ year, number }) => year < fields.year || (year === fields.year && number < fields.number))
    .sort((a, b) => a.year - b.year || a.number - b.number)
    .at(-1);
  if (!before) return;
  const expected = before.year === fields.year ? before.number + 1 : before.year === fields.year - 1 ? 1 : null;
  if (expected !== null && expected !== fields.number)
    yield {
      ...{ notice: null, issueField: "number", excerpt: name },
      message: `上一期是${before.year}年第${before.number}期，这一期应是${fields.year}年第${expected}期，现为第${fields.number}期，请核对`,
      evidence: [proof(before)],
    };
  if (
    expected === fields.number &&
    before.serial !== null &&
    fields.serial !== null &&
    fields.serial !== before.serial + 1
  )
    yield {
      ...{ notice: null, issueField: "serial", excerpt: `总第${fields.serial}期` },
      message: `上一期是总第${before.serial}期，这一期应是总第${before.serial + 1}期，现为总第${fields.serial}期，请核对`,
      evidence: [{ ...proof(before), quote: `总第${before.serial}期` }],
    };
  if (before.published !== "" && fields.published !== "" && fields.published <= before.published)
    yield {
      ...{ notice: null, issueField: "published", excerpt: printedDate(fields.published) },
      message: `出版日期${printedDate(fields.published)}不晚于上一期的${printedDate(before.published)}，请核对`,
      evidence: [{ ...proof(before), quote: printedDate(before.published) }],
    };
}

export const storeRules: readonly StoreRule[] = [
  { rule: "store.printed-before", code: "", severity: "error", basis: "公报编辑校验", find: printedBefore },
  { rule: "store.cited-title", code: "", severity: "warning", basis: "公文引用惯例", find: citedTitles },
  { rule: "store.cited-missing", code: "", severity: "hint", basis: "公文引用惯例", find: citedMissing },
  { rule: "store.relation", code: "", severity: "hint", basis: "公报编辑校验", find: relationsOffered },
  { rule: "store.cited-repealed", code: "", severity: "warning", basis: "公文引用惯例", find: citedRepealed },
  { rule: "issue.number", code: "", severity: "warning", basis: "公报编辑校验", find: issueNumber },
];
