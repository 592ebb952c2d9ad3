// The body of one notice: its lines become paragraphs with their kinds and tables, in the order of the dump; and what
// the notice says of itself is drawn from them: addressee, signers, date, embedded documents, annexes.
import { type Block, type Inline, notelessKinds, noteMark, type ParagraphKind, paragraph } from "../model/block.ts";
import { printedDate } from "../model/notice.ts";
import { numbering } from "../model/numbering.ts";
import type { Finding } from "../proof/proof.ts";
import { wholeDate } from "./dates.ts";
import { type Head, isOrgan, splitIssuers } from "./heads.ts";
import { endsOnComma, endsOpen, goesOnIn } from "./joins.ts";
import type { Line } from "./lines.ts";
import type { Draft } from "./reading.ts";
import { annexTitleOf, assignRoles, type Item, omitted, partLine, type Text } from "./roles.ts";
import { gatherTables } from "./tables.ts";
import { fold } from "./tidy.ts";

export type Body = Pick<
  Draft,
  "blocks" | "lines" | "signers" | "addressee" | "annexes" | "embedded" | "counts" | "findings" | "dated"
>;

export function readBody(head: Pick<Head, "title" | "body" | "dated">, lines: readonly Line[], end: number): Body {
  const gathered = gatherTables(lines.slice(head.body, end));
  const repeats = gathered.filter((item) => item.type === "text" && item.repeat).length;
  const plain = gathered.flatMap((item): Item[] => {
    if (item.type !== "text") return [item];
    return item.repeat ? [] : partLine(item.line);
  });
  const items = joinAll(assignRoles(plain, head.title));
  const texts = items.filter((item) => item.type === "text");
  const tables = items.filter((item) => item.type === "table");
  const annexes = readAnnexes(texts);
  const { signers, dated } = closing(texts);
  const content = texts.find((text) => text.role !== "addressee");
  const last = lines[end - 1];
  const notes = lines.slice(head.body, end).flatMap((line) => line.notes ?? []);
  return {
    // The date printed in parentheses under a title stays with the text.
    blocks: head.dated
      ? [paragraph("subtitle", `（${printedDate(head.dated)}）`), ...toBlocks(items, notes)]
      : toBlocks(items, notes),
    lines: [...(head.dated ? [[head.body]] : []), ...items.map((item) => item.lines)],
    signers,
    dated: dated || head.dated,
    addressee: texts
      .filter((text) => text.role === "addressee")
      .map((text) => text.text)
      .join(""),
    annexes,
    embedded: texts.filter((text) => text.role === "documentTitle").map(({ text }) => ({ title: text })),
    counts: {
      paragraphs: texts.length + repeats,
      headings: countHeadings(texts),
      tables: tables.map(({ title, columns, dataRows }) => ({ title, columns, dataRows })),
      firstChars: (content?.text ?? "").slice(0, 20),
      lastChars: (last?.raw ?? "").replace(/\*\*/gu, "").trimEnd().slice(-20),
    },
    findings: [...tables.flatMap((table) => table.findings), ...doubts(texts, annexes, dated || head.dated)],
  };
}

function joinAll(items: readonly Item[]): Item[] {
  const texts = items.map((item) => (item.type === "text" ? item.text : ""));
  const out: Item[] = [];
  for (const [i, item] of items.entries()) {
    const before = out.at(-1);
    const free = item.type === "text" && item.role === null;
    if (before?.type === "text" && free && (before.role === null || before.role === "note")) {
      if (item.whole ? endsOnComma(before.text) : goesOnIn(before.text, texts, i - 1)) {
        out[out.length - 1] = { ...before, text: before.text + item.text, lines: [...before.lines, ...item.lines] };
        continue;
      }
    }
    if (before?.type === "text" && item.type === "text" && before.role === "addressee" && item.role === "addressee") {
      out[out.length - 1] = { ...before, text: before.text + item.text, lines: [...before.lines, ...item.lines] };
      continue;
    }
    out.push(item);
  }
  return out;
}

/** `notes`: the footnotes whose marks stand in the texts, in order. */
function toBlocks(items: readonly Item[], notes: readonly string[]): Block[] {
  let underArticle = false;
  let noted = 0;
  return items.map((item) => {
    if (item.type !== "text") return item.block;
    const numbered = item.role ? null : (numbering(item.text)?.kind ?? null);
    if (numbered === "article") underArticle = true;
    else if (numbered === "level1" || item.role === "documentTitle" || item.role === "annexTitle") underArticle = false;
    const kind = item.role ?? (numbered === "level2" && underArticle ? "item" : (numbered ?? "body"));
    const marks = item.text.split(noteMark).length - 1;
    noted += marks;
    return marks === 0 ? paragraph(kind, item.text) : withNotes(kind, item.text, notes.slice(noted - marks, noted));
  });
}

/** A paragraph with footnotes where its marks stand; kinds that take none have them in parentheses. */
function withNotes(kind: ParagraphKind, text: string, notes: readonly string[]): Block {
  const pieces = text.split(noteMark);
  if (notelessKinds.includes(kind))
    return paragraph(kind, pieces.map((piece, i) => piece + (notes[i] ? `（${notes[i]}）` : "")).join(""));
  const content = pieces.flatMap((piece, i): Inline[] => [
    ...(piece === "" ? [] : [{ type: "text" as const, text: piece }]),
    ...(notes[i] ? [{ type: "footnote" as const, attrs: { text: notes[i] } }] : []),
  ]);
  return { type: "paragraph", attrs: { kind }, content };
}

function countHeadings(texts: readonly Text[]): Draft["counts"]["headings"] {
  const kinds = texts.map((text) => (text.role === null ? numbering(text.text)?.kind : undefined));
  const count = (kind: ParagraphKind) => kinds.filter((each) => each === kind).length;
  return {
    level_yi: count("level1"),
    level_paren_yi: count("level2"),
    level_num: count("level3"),
    level_paren_num: count("level4"),
    chapters: count("chapter"),
    articles: count("article"),
  };
}

/** Signers and date of the notice itself: of the first 落款. */
function closing(texts: readonly Text[]): { signers: string[]; dated: string } {
  const own = texts.findIndex((text) => text.role === "documentTitle" || text.role === "annexLabel");
  const dates = texts.flatMap((text, i) => (text.role === "date" ? [i] : []));
  const signed = dates.find((i) => texts[i - 1]?.role === "signature");
  const at = signed ?? dates.find((i) => own < 0 || i < own);
  if (at === undefined) return { signers: [], dated: "" };
  const signers: string[] = [];
  for (let i = at - 1; texts[i]?.role === "signature"; i--) signers.unshift(...signersOf(texts[i]?.text ?? ""));
  return { signers, dated: wholeDate(texts[at]?.text ?? "") ?? "" };
}

/** Organs on one line are several, 市长 王小明 is one. */
function signersOf(text: string): string[] {
  return isOrgan(text) ? splitIssuers(text) : [text];
}

function readAnnexes(texts: readonly Text[]): Draft["annexes"] {
  // Behind the first annex a list is that annex's own.
  const first = texts.findIndex((text) => text.role === "annexLabel");
  const listed = texts
    .slice(0, first < 0 ? texts.length : first)
    .filter((text) => text.role === "annexNote")
    .map((text) => ({ ...annexTitleOf(text.text), omitted: omitted.test(text.text) }))
    .filter((annex) => annex.title !== "");
  if (listed.length > 0) return listed;
  return texts.flatMap((text, i) => {
    const label = texts[i - 1];
    if (text.role !== "annexTitle" || label?.role !== "annexLabel") return [];
    const number = /\d+/u.exec(label.text)?.[0];
    return [{ number: number ? Number(number) : null, title: text.text, omitted: false }];
  });
}

/** What a person should look at: no date, text that breaks off, an annex that is listed and not printed, or printed under another title. */
function doubts(texts: readonly Text[], annexes: Draft["annexes"], dated: string): Finding[] {
  const findings: Finding[] = [];
  const first = texts[0];
  if (dated === "")
    findings.push({
      rule: "notice.no-date",
      severity: "warning",
      message: "没有认出成文日期，请补填",
      excerpt: first?.text.slice(0, 20) ?? "",
      ...(first?.lines[0] ? { line: first.lines[0] } : {}),
    });
  for (const text of texts) {
    if (text.role || !endsOpen(text.text)) continue;
    findings.push({
      rule: "import.open-end",
      severity: "warning",
      message: `第${text.lines.at(-1)}行的话没有写完，可能缺字，也可能是排版顺序错乱，请对照原件`,
      excerpt: text.text.slice(-20),
      line: text.lines.at(-1) ?? 0,
    });
  }
  const printed = texts.filter(
    (text) => text.role === "annexTitle" || text.role === "documentTitle" || text.role === "tableTitle",
  );
  for (const annex of annexes) {
    if (annex.omitted || printed.some((text) => fold(text.text) === fold(annex.title))) continue;
    const note = texts.find((text) => text.role === "annexNote" && fold(text.text).includes(fold(annex.title)));
    const labels = texts.filter((text) => text.role === "annexLabel");
    const label = labels.find((text) => (/\d+/u.exec(text.text)?.[0] ?? "1") === String(annex.number ?? 1));
    const body = label && texts[texts.indexOf(label) + 1];
    findings.push({
      rule: body?.role === "annexTitle" ? "annex.title-mismatch" : "annex.missing",
      severity: "warning",
      message:
        body?.role === "annexTitle"
          ? `附件说明写“${annex.title}”，附件正文的标题是“${body.text}”（第${body.lines[0]}行）`
          : `附件说明列有“${annex.title}”，后面没有找到这个附件`,
      excerpt: annex.title,
      ...(note?.lines[0] ? { line: note.lines[0] } : {}),
    });
  }
  return findings;
}
