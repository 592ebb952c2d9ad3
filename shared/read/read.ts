// Reads a gazette dump: the frame of the issue, the notices, and what is doubtful. Pure; a person accepts the result in
// the review table before anything is stored. Ask `refusal` first whether the text can be read at all.
import type { Finding } from "../proof/proof.ts";
import { readBody } from "./body.ts";
import { type CheckedNotice, checkContents, matchEntries } from "./contentsCheck.ts";
import { type Frame, readFrame } from "./frame.ts";
import { clearFurniture } from "./furniture.ts";
import { type Head, noticeKind } from "./heads.ts";
import { clearLetterhead } from "./letterhead.ts";
import { type Line, officeLines, splitLines } from "./lines.ts";
import type { Draft, Reading } from "./reading.ts";
import type { SourceLine } from "./source.ts";
import { annexLabel, fold } from "./tidy.ts";

export function readGazette(text: string): Reading {
  return readLines(splitLines(text));
}

/** Reads an office file: its tables, pictures and footnotes are taken as they are. */
export function readOffice(source: readonly SourceLine[]): Reading {
  const { lines, findings } = clearLetterhead(officeLines(source));
  const reading = readLines(lines);
  return { ...reading, findings: [...findings, ...reading.findings] };
}

function readLines(given: readonly Line[]): Reading {
  const { lines, findings } = clearFurniture(given);
  const frame = readFrame(lines);
  const { contents, heads } = frame;
  const checked = heads.map((head): CheckedNotice => ({ head, line: head.numberLine }));
  const places = matchEntries(contents.entries, checked);
  const sections = new Set(contents.sections.map((section) => fold(section.title)));
  let printed = "";
  const drafts = heads.map((head, i) => {
    const listed = contents.entries[places.indexOf(i)]?.section;
    const section = listed || printed;
    let end = frame.ends[i] ?? lines.length;
    printed = "";
    // A section's name printed above the next notice belongs to that.
    for (; end > head.body; end--) {
      const text = lines[end - 1]?.bare ?? "";
      const name = /^【(.+)】$/u.exec(text)?.[1] ?? (sections.has(fold(text)) ? text : "");
      if (text !== "" && name === "") break;
      printed = name || printed;
    }
    return readDraft(head, lines, end, section);
  });
  if (heads.length === 0) drafts.push(...looseAnnexes(lines));
  const { issue, missing } = completed(frame.issue, drafts);
  return {
    issue,
    printedContents: contents.entries,
    drafts,
    findings: [
      ...findings,
      ...missing,
      ...checkContents(contents, checked),
      ...(heads.length > 0 ? unclaimed(frame) : []),
      ...normalised(lines, drafts),
    ],
  };
}

/** An issue must have a name, a year and a number: what the cover does not tell is filled in, and said. */
function completed(issue: Frame["issue"], drafts: readonly Draft[]): { issue: Frame["issue"]; missing: Finding[] } {
  if (!issue) return { issue, missing: [] };
  const years = drafts.map((draft) => Number(draft.dated.slice(0, 4))).filter((year) => year > 0);
  const fields = {
    gazetteTitle: issue.gazetteTitle || "公报",
    year: issue.year || Math.max(...years, 2000),
    number: issue.number || 1,
  };
  const names = [
    issue.gazetteTitle === "" ? `刊名（暂填“${fields.gazetteTitle}”）` : "",
    issue.year === 0 ? `年份（暂填${fields.year}）` : "",
    issue.number === 0 ? `期号（暂填第${fields.number}期）` : "",
  ].filter(Boolean);
  const message = `封面上没有认出${names.join("、")}，请补填`;
  const missing: Finding[] =
    names.length > 0 ? [{ rule: "issue.incomplete", severity: "warning", message, excerpt: issue.gazetteTitle }] : [];
  return { issue: { ...issue, ...fields }, missing };
}

function readDraft(head: Head, lines: readonly Line[], end: number, section: string): Draft {
  const body = readBody(head, lines, end);
  return {
    title: head.title,
    issuers: head.issuers,
    docNumber: head.docNumber,
    uniformNumber: head.uniformNumber,
    kind: noticeKind(head.title),
    section,
    startLine: head.start + 1,
    endLine: end,
    ...body,
  };
}

/** A file of annexes without their notice is one draft, named after its first annex. */
function looseAnnexes(lines: readonly Line[]): Draft[] {
  const start = lines.findIndex((line) => annexLabel.test(line.bare));
  if (start < 0) return [];
  let end = lines.length;
  while (lines[end - 1]?.bare === "") end--;
  const body = readBody({ title: "", body: start, dated: "" }, lines, end);
  const title = body.annexes[0]?.title ?? "附件";
  const finding: Finding = {
    rule: "notice.no-head",
    severity: "warning",
    message: `文件里只有附件，没有认出公文的标题和发文字号，暂以“${title}”为题，请补填`,
    excerpt: title,
    line: start + 1,
  };
  const fields = { title, issuers: [], docNumber: "", uniformNumber: "", kind: "其他", section: "" } as const;
  return [
    {
      ...fields,
      startLine: start + 1,
      endLine: end,
      ...body,
      findings: [finding, ...body.findings.filter(({ rule }) => rule !== "notice.no-date")],
    },
  ];
}

/** Lines that were not understood, a finding for each run of them. */
function unclaimed(frame: Frame): Finding[] {
  const runs: Line[][] = [];
  for (const line of frame.rest) {
    const run = runs.at(-1);
    if (run && line.no - (run.at(-1)?.no ?? 0) <= 4) run.push(line);
    else runs.push([line]);
  }
  return runs.map((run) => {
    const [first, last] = [run[0]?.no ?? 0, run.at(-1)?.no ?? 0];
    return {
      rule: "import.unclaimed",
      severity: "warning",
      message: `第${first === last ? first : `${first}—${last}`}行的文字不知属于哪里，没有收入`,
      excerpt: run.map((line) => line.bare).join(" "),
      line: first,
    };
  });
}

/** What was normalised in the notices' text, counted once for the file. */
function normalised(lines: readonly Line[], drafts: readonly Draft[]): Finding[] {
  let marks = 0;
  let spaces = 0;
  let residue = 0;
  const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;
  for (const { startLine, endLine } of drafts)
    for (const line of lines.slice(startLine - 1, endLine)) {
      if (line.cells) continue;
      marks += count(line.bare, /[,;:?!()]/gu) - count(line.text, /[,;:?!()]/gu);
      spaces += Math.max(0, count(line.bare, / /gu) - count(line.text, /[ \u3000]/gu));
      if (/\*\*|^\s*[-*•] /u.test(line.raw)) residue++;
    }
  const findings: Finding[] = [];
  const report = (rule: string, n: number, message: string, excerpt: string) => {
    if (n > 0) findings.push({ rule, severity: "hint", message, excerpt });
  };
  report("import.width", marks, `正文中半角标点${marks}处已改为全角（数字、比值、电话不动）`, ", ; : ? ! ( )");
  report("import.spaces", spaces, `正文中多余的空格${spaces}个已去掉`, "总 则");
  report("import.residue", residue, `排版符号残留${residue}行（** 和列表符号）已去掉`, "**");
  return findings;
}
