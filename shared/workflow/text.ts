// What a sign-off binds to: the text of a notice, or an issue as it is arranged, without anything that only the layout
// knows. It is written as lines, so that two of them can be compared: each a JSON array of what stands there, its words,
// and what else belongs to it. Two texts are the same when their lines are.
import { type Block, type Paragraph, paragraphText } from "../model/block.ts";
import type { Issue, Notice, NoticeId } from "../model/notice.ts";

/** SHA-256 of a record, hex. */
export type TextHash = string;

/** The fields that print, and the body: words, footnotes, emphasis, kinds of paragraphs, cells of tables, pictures. How
 *  wide a column or a picture is, how a paragraph is aligned, where a page is broken, is layout. 文种, 成文日期 and 栏目 of
 *  the fields are not printed with a notice. */
export function noticeRecord({ title, issuers, docNumber, uniformNumber, body }: Notice): string {
  return recordOf([
    ["title", title],
    ["issuers", issuers.join("、"), issuers.length],
    ["docNumber", docNumber],
    ["uniformNumber", uniformNumber],
    ...body.flatMap(blockLines),
  ]);
}

/** What stands around the notices, their order, and their texts. The house style is layout. */
export function issueRecord(issue: Issue, textOf: (notice: NoticeId) => TextHash): string {
  return recordOf([
    ["gazetteTitle", issue.gazetteTitle],
    ["officialTitle", issue.officialTitle],
    ["englishTitle", issue.englishTitle],
    ["number", `${issue.year}年第${issue.number}期`],
    ["serial", issue.serial === null ? "" : `总第${issue.serial}期`],
    ["published", issue.published],
    ["organ", issue.organ],
    ...issue.statement.map((words): Line => ["statement", words]),
    ...issue.slogans.map((words): Line => ["slogan", words]),
    ...issue.imprint.map(({ label, value }): Line => ["imprint", label + value, label.length]),
    ...issue.sections.flatMap(({ title, entries }): Line[] => [
      ["section", title],
      ...entries.map((id): Line => [entryLine, id, textOf(id)]),
    ]),
  ]);
}

/** What stands there, its words, and what else makes it another line when it changes. */
export type Line = readonly [kind: string, words: string, ...more: unknown[]];

/** The kind of a line whose words are the id of a notice. */
export const entryLine = "entry";

function recordOf(lines: readonly Line[]): string {
  return lines.map((line) => JSON.stringify(line)).join("\n");
}

function blockLines(block: Block): Line[] {
  switch (block.type) {
    case "paragraph":
      return [paragraphLine(block)];
    case "table":
      return [
        ["table", ""],
        ...block.content.flatMap((row, r) =>
          row.content.flatMap(({ type, attrs: { colspan, rowspan }, content }, c) =>
            content.map((paragraph): Line => {
              const [kind, words, ...more] = paragraphLine(paragraph);
              return [kind, words, ...more, type, r, c, colspan, rowspan];
            }),
          ),
        ),
      ];
    case "figure":
      return [["figure", block.attrs.alt, block.attrs.image]];
    case "forced_break":
      return [];
  }
}

/** The editor may part a run of text anywhere, so emphasis is told by where in the words it stands. */
function paragraphLine(paragraph: Paragraph): Line {
  const notes: string[] = [];
  const strong: number[] = [];
  let at = 0;
  for (const inline of paragraph.content ?? []) {
    if (inline.type === "footnote") notes.push(inline.attrs.text);
    if (inline.type !== "text") at += 1;
    else {
      const to = at + inline.text.length;
      if (inline.marks && inline.marks.length > 0) {
        if (strong.at(-1) === at) strong.pop();
        else strong.push(at);
        strong.push(to);
      }
      at = to;
    }
  }
  return [paragraph.attrs.kind, paragraphText(paragraph), notes, strong];
}
