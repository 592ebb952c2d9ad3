// Corrections 改正: a finding's fix as a change of its notice, a patch of one block or a field, with everything else in the
// paragraph (bold text, footnotes, line breaks) left as it is.
import {
  type Block,
  type BodyPatch,
  type Cell,
  type Inline,
  inlineText,
  type Paragraph,
  paragraphText,
  type TextNode,
} from "../model/block.ts";
import type { Notice, NoticeFields } from "../model/notice.ts";
import type { ProofPlace, StoredFinding } from "./stored.ts";

/** One step of putting a notice right, under one rule. */
export type FixStep =
  | { readonly rule: string; readonly patch: BodyPatch }
  | { readonly rule: string; readonly fields: Partial<NoticeFields> };

type Fixed = StoredFinding & { readonly fix: string };

/** The findings that have a fix at a place that can be written to. */
export function canFix(finding: StoredFinding): finding is Fixed {
  const { place, fix } = finding;
  return fix !== undefined && (place.in === "body" || (place.in === "field" && place.field === "title"));
}

/** The steps that put findings right, each of one rule. Their places are those of `notice`; of two that overlap the first
 *  in reading order is made. Throws RangeError for a finding whose words are not there. */
export function fixSteps(notice: Notice, findings: readonly StoredFinding[]): FixStep[] {
  const steps: FixStep[] = [];
  const body = [...notice.body];
  let { title } = notice;
  // From the end, so that what is put right does not move what is yet to be; neighbours of one rule are one step, with
  // the blocks between them.
  for (const { rule, place, fix, quote } of withoutOverlaps(findings.filter(canFix)).reverse()) {
    if (wordsAt(notice, place) !== quote) throw new RangeError(`the words of ${rule} are not there`);
    const last = steps.at(-1);
    if (place.in === "field") {
      title = title.slice(0, place.from) + fix + title.slice(place.to);
      if (last && "fields" in last && last.rule === rule) steps.pop();
      steps.push({ rule, fields: { title } });
    } else if (place.in === "body") {
      const from = place.block;
      const before = body[from];
      if (!before) continue;
      body[from] = written(before, place, fix);
      const joins = last && "patch" in last && last.rule === rule;
      const to = joins ? last.patch.to : from + 1;
      if (joins) steps.pop();
      steps.push({ rule, patch: { from, to, blocks: body.slice(from, to) } });
    }
  }
  return steps;
}

/** The text of the paragraph, footnote or field that a place is in; null when there is none. */
export function textAt(notice: Notice, place: ProofPlace): string | null {
  if (place.in === "issue") return null;
  if (place.in === "field") {
    const value = notice[place.field];
    return typeof value === "string" ? value : null;
  }
  const block = notice.body[place.block];
  const paragraph = block && paragraphAt(block, place);
  if (!paragraph) return null;
  if (place.note === undefined) return paragraphText(paragraph);
  const notes = (paragraph.content ?? []).flatMap((inline) => (inline.type === "footnote" ? [inline.attrs.text] : []));
  return notes[place.note] ?? null;
}

const range = (place: ProofPlace) => (place.in === "issue" ? { from: 0, to: 0 } : { from: place.from, to: place.to });

function wordsAt(notice: Notice, place: ProofPlace): string | null {
  const { from, to } = range(place);
  return textAt(notice, place)?.slice(from, to) ?? null;
}

type BodyPlace = Extract<ProofPlace, { in: "body" }>;

/** In the order of their blocks, and in each paragraph from left to right. */
function withoutOverlaps(fixes: readonly Fixed[]): Fixed[] {
  const blockOf = ({ place }: Fixed) => (place.in === "body" ? place.block : -1);
  const key = ({ place }: Fixed) => (place.in === "body" ? `${place.block} ${place.cell} ${place.note}` : place.in);
  return [...Map.groupBy(fixes, key).values()]
    .flatMap((group) => {
      let end = -1;
      return group
        .toSorted((a, b) => range(a.place).from - range(b.place).from)
        .filter(({ place }) => {
          const { from, to } = range(place);
          if (from < end) return false;
          end = to;
          return true;
        });
    })
    .sort((a, b) => blockOf(a) - blockOf(b));
}

function paragraphAt(block: Block, { cell }: BodyPlace): Paragraph | undefined {
  if (block.type === "paragraph") return block;
  if (block.type !== "table" || !cell) return undefined;
  const [row, column, paragraph] = cell;
  return block.content[row]?.content[column]?.content[paragraph];
}

/** The block with other words at a place. */
function written(block: Block, place: BodyPlace, words: string): Block {
  if (block.type === "paragraph") return rewritten(block, place, words);
  if (block.type !== "table" || !place.cell) return block;
  const [r, c, p] = place.cell;
  const content = block.content.map((row, i) =>
    i !== r
      ? row
      : {
          ...row,
          content: row.content.map(
            (cell, j): Cell =>
              j !== c
                ? cell
                : { ...cell, content: cell.content.map((each, k) => (k === p ? rewritten(each, place, words) : each)) },
          ),
        },
  );
  return { ...block, content };
}

function rewritten(paragraph: Paragraph, { note, from, to }: BodyPlace, words: string): Paragraph {
  const inlines = paragraph.content ?? [];
  if (note !== undefined) {
    let n = -1;
    const content = inlines.map((inline): Inline => {
      if (inline.type !== "footnote" || ++n !== note) return inline;
      const { text } = inline.attrs;
      return { ...inline, attrs: { text: text.slice(0, from) + words + text.slice(to) } };
    });
    return { ...paragraph, content };
  }
  const out: Inline[] = [];
  let [at, placed] = [0, false];
  for (const inline of inlines) {
    const length = inlineText(inline).length;
    const [start, end] = [Math.max(0, from - at), Math.min(length, to - at)];
    at += length;
    if (start >= length || end <= 0) {
      out.push(inline);
      continue;
    }
    // The new words take the look of the first they replace; a line break or footnote within goes with them only when
    // it is what is replaced.
    if (inline.type !== "text") {
      if (inline.type === "footnote") out.push(inline);
      continue;
    }
    const text = inline.text.slice(0, start) + (placed ? "" : words) + inline.text.slice(end);
    placed = true;
    if (text !== "") out.push({ ...inline, text });
  }
  const content = joined(out);
  const { content: _before, ...bare } = paragraph;
  return content.length > 0 ? { ...bare, content } : bare;
}

/** Neighbouring texts of the same look as one, as the editor has them. */
function joined(inlines: readonly Inline[]): Inline[] {
  const out: Inline[] = [];
  for (const inline of inlines) {
    const last = out.at(-1);
    if (last?.type === "text" && inline.type === "text" && sameMarks(last, inline))
      out[out.length - 1] = { ...last, text: last.text + inline.text };
    else out.push(inline);
  }
  return out;
}

const sameMarks = (a: TextNode, b: TextNode) =>
  (a.marks ?? []).map(({ type }) => type).join() === (b.marks ?? []).map(({ type }) => type).join();
