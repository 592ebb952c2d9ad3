// From what was read, or from the sample that is shipped, to an issue with its notices: the one place that decides
// how drafts are put into sections. Used by the core, which stores the result, and by the command line, which prints it.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { GazetteError } from "../shared/api.ts";
import type { Block } from "../shared/model/block.ts";
import { blocks, integer, issueFields, line, list, noticeShape, record } from "../shared/model/check.ts";
import type { Issue, IssueFields, Notice, NoticeFields, NoticeId, Section } from "../shared/model/notice.ts";
import { readGazette, readOffice } from "../shared/read/read.ts";
import type { Reading } from "../shared/read/reading.ts";
import { refusal } from "../shared/read/refusal.ts";
import type { SourceFile } from "../shared/read/source.ts";

export interface Composed {
  readonly issue: Issue;
  readonly notices: ReadonlyMap<NoticeId, Notice>;
  /** The files of the pictures that the notices show, by the names they have in figures. */
  readonly images: ReadonlyMap<string, Uint8Array>;
}

/** Title of the section that takes notices without one. */
const unsorted = "未分栏目";

/** What a file was recognised as. Throws GazetteError badFile, naming it, when it is no gazette or too garbled. */
export function recognise(text: string, fileName: string): Reading {
  const reason = refusal(text);
  if (reason !== null) throw new GazetteError("badFile", `“${fileName}”不能导入：${reason}。`);
  return readGazette(text);
}

/** What an office file was recognised as, with what could not be taken over. Throws as `recognise` does. */
export function recogniseOffice({ lines, findings }: SourceFile, fileName: string): Reading {
  const reason = refusal(lines.map(({ text }) => text).join("\n"));
  if (reason !== null) throw new GazetteError("badFile", `“${fileName}”不能导入：${reason}。`);
  const reading = readOffice(lines);
  return { ...reading, findings: [...findings, ...reading.findings] };
}

/** Sections in the order in which they are first named; notices of one section stand together, in the given order. */
export function groupSections(
  entries: readonly { readonly notice: NoticeId; readonly section: string }[],
  newId: () => string,
): Section[] {
  const groups = Map.groupBy(entries, (entry) => entry.section.trim() || unsorted);
  return Array.from(groups, ([title, members]) => ({ id: newId(), title, entries: members.map((m) => m.notice) }));
}

/** The fields of an issue for loose notices, which come without cover and imprint. */
export function looseIssue(dates: readonly string[], today: string): Omit<IssueFields, "style"> {
  const published = [...dates].sort().at(-1) || today;
  return {
    gazetteTitle: "公文汇编",
    officialTitle: "",
    englishTitle: "",
    year: Number(published.slice(0, 4)),
    number: 1,
    serial: null,
    published,
    organ: "",
    statement: [],
    slogans: [],
    imprint: [],
  };
}

/** A whole reading as an issue, every draft taken as recognised. `today` (ISO) dates loose notices without a date. */
export function composeReading(
  reading: Reading,
  style: string,
  today: string,
  images: Composed["images"] = new Map(),
): Composed {
  const notices = reading.drafts.map((draft, i) => {
    const { title, issuers, docNumber, uniformNumber, kind, dated, section } = draft;
    const fields: NoticeFields = { title, issuers, docNumber, uniformNumber, kind, dated, section };
    return { ...fields, id: `n${i + 1}`, body: draft.blocks, version: 1 };
  });
  const fields =
    reading.issue ??
    looseIssue(
      reading.drafts.map((draft) => draft.dated),
      today,
    );
  const entries = notices.map((notice) => ({ notice: notice.id, section: notice.section }));
  return {
    issue: { ...fields, style, id: "issue", version: 1, sections: groupSections(entries, counter("s")) },
    notices: new Map(notices.map((notice) => [notice.id, notice])),
    images,
  };
}

export interface Sample {
  readonly issue: IssueFields;
  /** `entries` are indexes into `notices`. */
  readonly sections: readonly { readonly title: string; readonly entries: readonly number[] }[];
  readonly notices: readonly (NoticeFields & { readonly body: readonly Block[] })[];
  readonly images: Composed["images"];
}

/** The authored sample issue of the assets. Throws ShapeError when the file is not as it should be. */
export function readSample(assets: string): Sample {
  const folder = join(assets, "sample");
  const json: unknown = JSON.parse(readFileSync(join(folder, "issue.json"), "utf8"));
  const pictures = readdirSync(folder).filter((name) => /\.(?:png|jpg)$/.test(name));
  const images = pictures.map((name): [string, Uint8Array] => {
    const bytes = readFileSync(join(folder, name));
    return [createHash("sha256").update(bytes).digest("hex"), bytes];
  });
  const read = record({
    issue: issueFields,
    sections: list(record({ title: line(200), entries: list(integer(0), 5000) }), 500),
    notices: list(record({ ...noticeShape, body: blocks }), 5000),
  })(json, "issue.json");
  return { ...read, images: new Map(images) };
}

/** The sections of the sample with the ids that its notices were given. */
export function sampleSections(sample: Sample, ids: readonly NoticeId[], newId: () => string): Section[] {
  return sample.sections.map(({ title, entries }) => ({
    id: newId(),
    title,
    entries: entries.map((index) => {
      const id = ids[index];
      if (id === undefined) throw new RangeError(`the sample has no notice ${index}`);
      return id;
    }),
  }));
}

export function composeSample(sample: Sample, style: string): Composed {
  const ids = sample.notices.map((_, i) => `n${i + 1}`);
  const sections = sampleSections(sample, ids, counter("s"));
  const notices = sample.notices.map((notice, i) => ({ ...notice, id: `n${i + 1}`, version: 1 }));
  return {
    issue: { ...sample.issue, style, id: "sample", version: 1, sections },
    notices: new Map(notices.map((notice) => [notice.id, notice])),
    images: sample.images,
  };
}

function counter(prefix: string): () => string {
  let count = 0;
  return () => `${prefix}${++count}`;
}
