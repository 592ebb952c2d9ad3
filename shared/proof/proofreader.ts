// Proofreads what is stored, again and again while it is edited: what a block has is remembered by the block, which is
// never changed in place, what a paragraph has by its text, and what a notice has as a whole by the notice. So a keystroke
// costs its own paragraph, and an issue the notices that changed. The window has one proofreader for the text under the
// cursor, the core one for all that needs the issue and the store.
import { type Block, paragraphText } from "../model/block.ts";
import { type Issue, type Notice, type NoticeFields, type NoticeId, printedDate } from "../model/notice.ts";
import {
  checkPassage,
  excerptOf,
  type Found,
  findIssue,
  findStructure,
  openIn,
  rangeOf,
  type TextHit,
  unpairedCode,
} from "./checkIssue.ts";
import type { EntryFields } from "./dictionary.ts";
import { type Lexicon, lexiconOf } from "./lexicon.ts";
import { type OpenMark, type ParagraphMark, spanningMarks } from "./pairs.ts";
import type { Context, IssueHit } from "./rule.ts";
import { fingerprint, noticeOf, type ProofPlace, type StoredFinding } from "./stored.ts";
import { findInStore, type StoreView } from "./storeRules.ts";
import { blockPassages, type Passage, type ProofNotice, placeIn, proofNotice, storedIssue } from "./subject.ts";

/** A paragraph with what its text has; its `block` is not that of the body. */
interface ReadPassage {
  readonly passage: Passage;
  readonly hits: readonly TextHit[];
  readonly open: readonly OpenMark[];
}

/** A block as it was read for a date; `told` are the passages about which there is something to say. */
interface ReadBlock {
  readonly dated: string;
  readonly passages: number;
  readonly told: readonly (ReadPassage & { readonly index: number })[];
}

interface ReadNotice {
  readonly subject: ProofNotice;
  readonly structure: readonly Found[];
}

/** A finding before it has an identity. */
type Draft = Omit<StoredFinding, "id" | "ignored">;

/** Paragraphs that are remembered before all are forgotten. */
const most = 50_000;

const fieldsOnCover = ["officialTitle", "organ", "statement", "slogans", "imprint"] as const;

export class Proofreader {
  private readonly lexicon: Lexicon;
  private readonly texts = new Map<string, readonly TextHit[]>();
  private readonly blocks = new WeakMap<Block, ReadBlock>();
  private readonly notices = new WeakMap<Notice, ReadNotice>();

  /** `entries`: all that are switched on; another set of them is another proofreader. */
  constructor(entries: readonly EntryFields[]) {
    this.lexicon = lexiconOf(entries);
  }

  /** What the paragraphs of a notice have, one by one; for each keystroke. */
  typing(notice: Notice): StoredFinding[] {
    return identified(this.inTexts(notice), [notice.id]);
  }

  /** Reads a notice ahead, so that `issue` finds it read. */
  prepare(notice: Notice): void {
    this.inTexts(notice);
    this.whole(notice);
  }

  /** What a notice has in its paragraphs, as a whole and against the store. */
  notice(notice: Notice, view: StoreView): StoredFinding[] {
    const { subject, structure } = this.whole(notice);
    const alone = { id: null, fields: null, published: "", notices: [subject], frame: [] };
    const others = [...structure, ...findInStore(alone, view)];
    return identified([...this.inTexts(notice), ...draftsOf(others)], [notice.id]);
  }

  /** All that an issue has; `notices` in printed order. */
  issue(issue: Issue, notices: readonly Notice[], view: StoreView): StoredFinding[] {
    const read = notices.map((notice) => this.whole(notice));
    const whole = storedIssue(
      issue,
      read.map(({ subject }) => subject),
    );
    const others = [
      ...read.flatMap(({ structure }) => structure),
      ...findIssue(whole, this.lexicon),
      ...findInStore(whole, view),
    ];
    return identified(
      [...this.inFields(issue), ...notices.flatMap((notice) => this.inTexts(notice)), ...draftsOf(others)],
      notices.map(({ id }) => id),
    );
  }

  private whole(notice: Notice): ReadNotice {
    let read = this.notices.get(notice);
    if (read === undefined) {
      const subject = proofNotice(notice, notice.body);
      read = { subject, structure: findStructure(subject, this.lexicon) };
      this.notices.set(notice, read);
    }
    return read;
  }

  /** What the words of cover and imprint have. */
  private inFields(issue: Issue): Draft[] {
    const { officialTitle, organ, statement, slogans, imprint } = issue;
    const texts = { officialTitle: [officialTitle], organ: [organ], statement, slogans };
    const lines = { ...texts, imprint: imprint.flatMap(({ label, value }) => [label, value]) };
    return fieldsOnCover.flatMap((field) =>
      lines[field].flatMap((text) =>
        this.readPassage({ text, kind: "note", block: -1, starts: [] }, issue.published).hits.map(({ rule, hit }) => {
          const { from, to } = hit;
          const words = { quote: text.slice(from, to), excerpt: excerptOf(text, from, to) };
          return draft(rule, hit, { place: { in: "issue", field }, ...words });
        }),
      ),
    );
  }

  private inTexts(notice: Notice): Draft[] {
    const title: Passage = { text: notice.title, kind: "title", block: -1, starts: [] };
    const told = [this.readPassage(title, notice.dated)];
    const open: ParagraphMark<ReadPassage>[] = [];
    const where = new Map<ReadPassage, number>();
    let before = 0;
    for (const [at, block] of notice.body.entries()) {
      const read = this.readBlock(block, notice.dated);
      for (const each of read.told) {
        told.push(each);
        where.set(each, at);
        for (const mark of each.open) {
          const next = notice.body[at + 1];
          const continued = next?.type === "paragraph" && paragraphText(next).startsWith("“");
          open.push({ ...mark, paragraph: each, index: before + each.index, continued });
        }
      }
      before += read.passages;
    }
    const spanning = spanningMarks(open);
    return told.flatMap((each) => {
      const passage = { ...each.passage, block: where.get(each) ?? -1 };
      const closed = spanning.get(each);
      return each.hits.flatMap(({ rule, hit }) =>
        rule.code === unpairedCode && closed?.includes(hit.from)
          ? []
          : [draft(rule, hit, inPassage(notice.id, passage, hit.from, hit.to))],
      );
    });
  }

  private readBlock(block: Block, dated: string): ReadBlock {
    const known = this.blocks.get(block);
    if (known?.dated === dated) return known;
    const passages = blockPassages(block, 0);
    const told = passages
      .map((passage, index) => ({ ...this.readPassage(passage, dated), index }))
      .filter(({ hits }) => hits.length > 0);
    const read = { dated, passages: passages.length, told };
    this.blocks.set(block, read);
    return read;
  }

  private readPassage(passage: Passage, dated: string): ReadPassage {
    const key = `${passage.kind} ${dated} ${passage.text}`;
    let hits = this.texts.get(key);
    if (hits === undefined) {
      if (this.texts.size >= most) this.texts.clear();
      const context: Context = { dated, lexicon: this.lexicon };
      hits = checkPassage(passage, context);
      this.texts.set(key, hits);
    }
    return { passage, hits, open: openIn(passage.text, hits) };
  }
}

// ---- from hits to findings

/** Findings in reading order, each with its identity: those of the issue, then notice by notice as `notices` has them. */
function identified(drafts: readonly Draft[], notices: readonly NoticeId[]): StoredFinding[] {
  const order = new Map(notices.map((id, i) => [id, i]));
  const rank = (place: ProofPlace): readonly number[] => {
    if (place.in === "issue") return [-1];
    const notice = order.get(place.notice) ?? notices.length;
    if (place.in === "field") return [notice, -1, place.field === "title" ? -1 : 0, 0, 0, place.from];
    const [row = -1, cell = -1, paragraph = -1] = place.cell ?? [];
    return [notice, place.block, row, cell, paragraph + (place.note ?? -1) / 1000, place.from];
  };
  const times = new Map<string, number>();
  return drafts
    .map((draft) => ({ draft, rank: rank(draft.place) }))
    .sort((a, b) => byNumbers(a.rank, b.rank) || byName(a.draft.rule, b.draft.rule))
    .map(({ draft }) => {
      const { rule, place, excerpt, evidence } = draft;
      const key = [rule, noticeOf(place) ?? "", excerpt, ...evidence.map(({ quote }) => quote)].join("\n");
      const time = (times.get(key) ?? 0) + 1;
      times.set(key, time);
      return { id: fingerprint(time === 1 ? key : `${key}\n${time}`), ...draft, ignored: null };
    });
}

const byName = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function byNumbers(a: readonly number[], b: readonly number[]): number {
  for (const [i, value] of a.entries()) if (value !== (b[i] ?? 0)) return value - (b[i] ?? 0);
  return 0;
}

type Words = Pick<StoredFinding, "place" | "quote" | "excerpt">;

function draft(
  { rule, severity }: Pick<StoredFinding, "rule" | "severity">,
  hit: Omit<IssueHit, "notice">,
  words: Words,
): Draft {
  const { message, fix, evidence = [] } = hit;
  return { rule, severity, message, ...words, ...(fix === undefined ? {} : { fix }), evidence };
}

/** A hit that has no place in what is stored (in a line of a dump) gives none. */
function draftsOf(found: readonly Found[]): Draft[] {
  return found.flatMap(({ rule, hit }) => {
    const words = wordsOf(hit);
    return words === null ? [] : [draft(rule, hit, words)];
  });
}

function inPassage(notice: NoticeId, passage: Passage, from: number, to: number): Words {
  const { text } = passage;
  const place = placeIn({ id: notice }, passage, from, to);
  return { place, quote: text.slice(from, to), excerpt: excerptOf(text, from, to) };
}

function wordsOf(hit: IssueHit): Words | null {
  const { notice, passage, row, field, issueField } = hit;
  if (notice === null) {
    const quote = hit.excerpt ?? "";
    return issueField === undefined ? null : { place: { in: "issue", field: issueField }, quote, excerpt: quote };
  }
  if (notice.id === null) return null;
  const id = notice.id;
  if (field !== undefined) {
    const quote = printedField(notice, field);
    return { place: { in: "field", notice: id, field, from: 0, to: quote.length }, quote, excerpt: quote };
  }
  if (row) {
    const grid = notice.grids.find(({ block }) => block === row.block);
    if (!grid) return null;
    const [r, column] = [row.row ?? 0, row.column ?? 0];
    const quote = grid.rows[r]?.[column] ?? "";
    // A place that a cell from above covers has no cell of its own: the first of the row stands for it.
    const cell = [r, Math.max(0, grid.cells[r]?.[column] ?? 0), 0] as const;
    const place = { in: "body", notice: id, block: row.block, cell, from: 0, to: quote.length } as const;
    return { place, quote, excerpt: hit.excerpt ?? quote };
  }
  if (!passage) return null;
  const { from, to } = rangeOf(hit);
  return inPassage(id, passage, from, to);
}

/** A field as it is printed. */
function printedField(notice: ProofNotice, field: keyof NoticeFields): string {
  if (field === "dated") return printedDate(notice.dated);
  const value = notice[field];
  return typeof value === "string" ? value : value.join(" ");
}
