// Files that come in, over the API: kept in memory until a person has accepted what was recognised in them. Nothing of
// them is in the store before.
import { randomUUID } from "node:crypto";
import { type GazetteApi, GazetteError, type Review, type ReviewDecision, type Stamp } from "../../shared/api.ts";
import { type Block, blockText } from "../../shared/model/block.ts";
import { type IssueId, type NoticeFields, type NoticeId, numberLine } from "../../shared/model/notice.ts";
import type { Finding } from "../../shared/proof/proof.ts";
import type { Draft, Reading } from "../../shared/read/reading.ts";
import { groupSections, recognise, recogniseOffice } from "../compose.ts";
import type { FaceSet } from "../fonts/faces.ts";
import type { DrawingMeans } from "../import/drawing.ts";
import { decode } from "../import/file.ts";
import { checkImage, takeImage } from "../import/image.ts";
import { isPackage, readApart } from "../import/office/officeThread.ts";
import type { DrawingRole } from "../import/svg.ts";
import type { Store } from "../store/store.ts";
import type { Changed, CoreContext } from "./context.ts";

/** A file that was sent, or read and not yet accepted. */
interface Held {
  readonly bytes: Uint8Array;
  readonly fileName: string;
  /** Null until it is read. */
  readonly reading: Reading | null;
  /** Pictures in it, by the names that figures have for them. */
  readonly images: ReadonlyMap<string, Uint8Array>;
}

interface Read extends Pick<Held, "images"> {
  readonly reading: Reading;
  /** Encoding of a text; what an office file is. */
  readonly encoding: string;
}

/** Files that nobody accepted or discarded are dropped, oldest first, beyond these limits. */
const heldBytes = 192 * 1024 * 1024;
const heldFiles = 20;

type IntakeCalls = Pick<GazetteApi, "readUpload" | "acceptReview" | "discardReview" | "noticeSource" | "putImage">;

export interface Intake {
  readonly calls: IntakeCalls;
  /** Keeps an uploaded file in memory; returns the token by which the calls name it. */
  put(bytes: Uint8Array, fileName: string): string;
  /** Takes out a file that was sent, to be used once. Throws GazetteError notFound; `what` it is, such as 文件. */
  take(token: string, fileName: string, what: string): Uint8Array;
}

export function openIntake({ store, styles, faces, drawingWorker, officeWorker, change }: CoreContext): Intake {
  const held = new Map<string, Held>(); // oldest first

  function hold(file: Held): string {
    const id = randomUUID();
    held.set(id, file);
    let bytes = Array.from(held.values(), (one) => one.bytes.length).reduce((sum, length) => sum + length, 0);
    for (const [oldest, { bytes: freed }] of held) {
      if (held.size <= heldFiles && bytes <= heldBytes) break;
      held.delete(oldest);
      bytes -= freed.length;
    }
    return id;
  }

  function take(token: string, fileName: string, what: string): Uint8Array {
    const upload = held.get(token);
    if (!upload || upload.reading) throw new GazetteError("notFound", `“${fileName}”还没有传完，请重新选择${what}。`);
    held.delete(token);
    return upload.bytes;
  }

  async function read(bytes: Uint8Array, fileName: string): Promise<Read> {
    if (!isPackage(bytes)) {
      const { text, encoding } = decode(bytes, fileName);
      return { reading: recognise(text, fileName), encoding, images: new Map() };
    }
    const { images, kind, ...source } = await readApart({ bytes, fileName, revisions: "accept" }, officeWorker);
    return { reading: recogniseOffice(source, fileName), encoding: kind, images };
  }

  /** The text of a file that was imported, its lines as they were counted then. */
  async function textOf(bytes: Uint8Array, fileName: string): Promise<string> {
    if (!isPackage(bytes)) return decode(bytes, fileName).text;
    const { lines } = await readApart({ bytes, fileName, revisions: "accept" }, officeWorker);
    return lines
      .map(({ text, block }) => (block ? (block.type === "table" ? "〔表格〕" : "〔图片〕") : text))
      .join("\n");
  }

  const calls: IntakeCalls = {
    async readUpload(token, fileName) {
      const bytes = take(token, fileName, "文件");
      const { reading, encoding, images } = await read(bytes, fileName);
      const id = hold({ bytes, fileName, reading, images });
      return toReview(id, fileName, encoding, reading, knownNumbers(store));
    },
    async acceptReview(stamp, review, decision) {
      if (decision.issue) styles.require(decision.issue.style);
      const answer = change(stamp, "acceptReview", [review, decision], () => {
        const file = held.get(review);
        if (!file?.reading) throw new GazetteError("notFound", "这次导入的内容已不在，请重新导入文件。");
        return accept(store, file, file.reading, decision, stamp);
      });
      held.delete(review);
      return answer;
    },
    async discardReview(review) {
      held.delete(review);
    },
    async noticeSource(id) {
      const source = store.source(id);
      if (!source) return null;
      const { fileName, bytes, startLine, endLine } = source;
      return { fileName, text: await textOf(bytes, fileName), startLine, endLine };
    },

    async putImage(token, fileName) {
      const bytes = take(token, fileName, "图片");
      const picture = await takeImage(bytes, fileName, { ...lettersOf(faces()), worker: drawingWorker });
      const { width, height } = picture;
      return { image: store.images.put(picture.bytes, picture), width, height };
    },
  };

  return { calls, take, put: (bytes, fileName) => hold({ bytes, fileName, reading: null, images: new Map() }) };
}

/** What the letters of a drawing are set in. */
function lettersOf({ plan, fonts, bytes }: FaceSet): Pick<DrawingMeans, "face" | "hasGlyph"> {
  const idOf = (role: DrawingRole) => plan[role].chain[0] ?? "";
  return {
    face: (role) => bytes(idOf(role)),
    hasGlyph: (role, letter) => fonts.face(idOf(role)).glyph(letter.codePointAt(0) ?? 0) !== 0,
  };
}

function knownNumbers(store: Store): ReadonlyMap<string, string> {
  return new Map(store.listNotices().map((notice) => [notice.docNumber, notice.title]));
}

/** What the review table shows. A notice whose 文号 is in the store already gets a warning. */
function toReview(
  id: string,
  fileName: string,
  encoding: string,
  reading: Reading,
  known: ReadonlyMap<string, string>,
): Review {
  return {
    id,
    fileName,
    encoding,
    issue: reading.issue,
    findings: reading.findings,
    drafts: reading.drafts.map((draft) => {
      const stored = draft.docNumber ? known.get(draft.docNumber) : undefined;
      const again: Finding[] =
        stored === undefined
          ? []
          : [
              {
                rule: "import.known-number",
                severity: "warning",
                message: `稿库中已有文号为${numberLine(draft)}的公文“${stored}”，请核对是否重复导入。`,
                excerpt: draft.docNumber,
                line: draft.startLine,
              },
            ];
      const texts = draft.blocks.flatMap(blockText);
      return {
        ...fieldsOf(draft),
        startLine: draft.startLine,
        endLine: draft.endLine,
        paragraphs: draft.blocks.filter((block) => block.type === "paragraph").length,
        tables: draft.blocks.filter((block) => block.type === "table").length,
        findings: [...draft.findings, ...again],
        excerpt: texts.slice(0, 3).join("\n").slice(0, 200),
      };
    }),
  };
}

function fieldsOf({ title, issuers, docNumber, uniformNumber, kind, dated, section }: NoticeFields): NoticeFields {
  return { title, issuers, docNumber, uniformNumber, kind, dated, section };
}

/** Stores the drafts that were kept, their file, and the issue if one was asked for; inside the caller's transaction. */
function accept(
  store: Store,
  file: Held,
  reading: Reading,
  decision: ReviewDecision,
  stamp: Stamp,
): readonly [{ notices: NoticeId[]; issue: IssueId | null }, Changed] {
  const chosen = decision.drafts.map(({ index, fields }): { draft: Draft; fields: NoticeFields } => {
    const draft = reading.drafts[index];
    if (!draft) throw new GazetteError("badRequest", `这个文件里没有第${index + 1}份公文，请重新导入。`);
    return { draft, fields };
  });
  const shown = new Set(chosen.flatMap(({ draft }) => draft.blocks.flatMap(imageOf)));
  for (const [image, bytes] of file.images)
    if (shown.has(image)) store.images.put(bytes, checkImage(bytes, file.fileName));
  const source = randomUUID();
  store.addSource(source, file.fileName, file.bytes);
  const entries = chosen.map(({ draft, fields }) => {
    const origin = { source, startLine: draft.startLine, endLine: draft.endLine };
    return {
      notice: store.createNotice(randomUUID(), fields, draft.blocks, stamp, origin).id,
      section: fields.section,
    };
  });
  const notices = entries.map((entry) => entry.notice);
  if (!decision.issue) return [{ notices, issue: null }, { notices }];
  const issue = store.createIssue(randomUUID(), decision.issue, groupSections(entries, randomUUID)).id;
  return [
    { notices, issue },
    { notices, issues: [issue] },
  ];
}

function imageOf(block: Block): string[] {
  return block.type === "figure" ? [block.attrs.image] : [];
}
