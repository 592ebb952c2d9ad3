// The core of the program without window or transport: opens a data folder and gives the API that the window, the
// command line and tests call. The only place that composes store, import, fonts and export; they do not know each
// other. It decides who is told of a change, and what is kept in memory until a person has accepted it.
import { randomUUID } from "node:crypto";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import manifest from "../package.json" with { type: "json" };
import {
  type CoreEvent,
  type GazetteApi,
  GazetteError,
  type Review,
  type ReviewDecision,
  type Stamp,
} from "../shared/api.ts";
import { annualHeads, issuesOfYear } from "../shared/layout/annual.ts";
import { blockText } from "../shared/model/block.ts";
import {
  type Issue,
  type IssueId,
  issueName,
  type Notice,
  type NoticeFields,
  type NoticeId,
  numberLine,
} from "../shared/model/notice.ts";
import { profileNames } from "../shared/model/profile.ts";
import type { Finding } from "../shared/proof/proof.ts";
import type { Draft, Reading } from "../shared/read/reading.ts";
import { groupSections, readSample, recognise, sampleSections } from "./compose.ts";
import { type Job, type JobOrder, startJob } from "./export/job.ts";
import { systemUser, zonedTime } from "./export/pressSheet.ts";
import { exportProfile } from "./export/profiles.ts";
import { type Finished, Shelf } from "./export/shelf.ts";
import { type FaceOptions, openFaces } from "./fonts/faces.ts";
import { HouseStyles } from "./houseStyles.ts";
import { decode } from "./import/file.ts";
import { checkImage } from "./import/image.ts";
import { openDatabase } from "./store/database.ts";
import type { StoredImage } from "./store/images.ts";
import { Store } from "./store/store.ts";

export interface CoreOptions {
  /** Now; injected so that tests and repeated runs are reproducible. */
  readonly clock: () => Date;
  /** Folder that holds styles/ and sample/; default: assets/ beside the sources. */
  readonly assets?: string;
  /** Module that runs an export in a worker thread; default: export/worker.ts beside the sources. */
  readonly worker?: URL;
  readonly faces?: FaceOptions;
  /** Told of faults of the program that a background job ran into. */
  readonly onError?: (error: unknown) => void;
}

export interface Core {
  readonly api: GazetteApi;
  /** Returns a function that stops listening. */
  onEvent(listener: (event: CoreEvent) => void): () => void;
  /** Keeps an uploaded file in memory until it is read; returns the token that `readUpload` takes. */
  putUpload(bytes: Uint8Array, fileName: string): string;
  /** The bytes of a face of the font plan. Throws GazetteError notFound. */
  face(id: string): Uint8Array;
  /** A picture of the store. Throws GazetteError notFound. */
  image(id: string): StoredImage;
  /** A finished export, by the token of its exportDone event. */
  download(token: string): Finished | null;
  /** Stops exports, closes the store and frees the data folder. */
  close(): Promise<void>;
}

/** A file that was sent, or read and not yet accepted. */
interface Held {
  readonly bytes: Uint8Array;
  readonly fileName: string;
  /** Null until it is read. */
  readonly reading: Reading | null;
}
/** What is made along with an exported file, by the names it has in the exportDone event. */
type Beside = Readonly<Partial<Record<"table" | "sheet" | "sheetData", Finished>>>;
interface Changed {
  readonly notices?: readonly NoticeId[];
  readonly issues?: readonly IssueId[];
  readonly styles?: readonly string[];
}

/** Files that nobody accepted or discarded are dropped, oldest first, beyond these limits. */
const heldBytes = 192 * 1024 * 1024;
const heldFiles = 20;
/** Each takes a thread and some 200 MB. */
const exportsAtOnce = 2;
/** A window repeats a call within minutes, and never over a restart of the core; older answers serve nobody. */
const answerLife = 7 * 24 * 3600 * 1000;

/** Opens (or makes) the gazette store in `folder`. Throws GazetteError storeUnusable or diskFull. */
export function openCore(folder: string, options: CoreOptions): Core {
  const assets = options.assets ?? fileURLToPath(new URL("../assets", import.meta.url));
  const worker = options.worker ?? new URL("./export/worker.ts", import.meta.url);
  const faceOptions = options.faces ?? {};
  const onError = options.onError ?? (() => {});
  const store = openStore(folder, options.clock);
  const styles = new HouseStyles(assets, store.styles);
  const shelf = new Shelf(join(resolve(folder), "exports"));

  const listeners = new Set<(event: CoreEvent) => void>();
  const held = new Map<string, Held>(); // oldest first
  const jobs = new Map<string, Job>();
  let openedFaces: ReturnType<typeof openFaces> | null = null;
  const faces = () => {
    openedFaces ??= openFaces(faceOptions);
    return openedFaces;
  };

  function emit(event: CoreEvent): void {
    for (const listener of listeners) listener(event);
  }

  /** One stamped change: in the store once, and told to everyone when it is. `work` returns its answer and what it
   *  touched. */
  function change<T>(stamp: Stamp, method: string, args: unknown, work: () => readonly [T, Changed]): T {
    let changed: Changed = {};
    const { answer, repeated } = store.once(stamp, [method, args], () => {
      const [answer, touched] = work();
      changed = touched;
      return answer;
    });
    const { notices = [], issues = [], styles: restyled = [] } = changed;
    if (!repeated) emit({ type: "changed", notices, issues, styles: restyled, client: stamp.client });
    return answer;
  }

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

  const api: GazetteApi = {
    async appInfo() {
      return {
        version: manifest.version,
        dataFolder: resolve(folder),
        fonts: faces().plan,
        faces: faces().infos,
      };
    },

    async styles() {
      return styles.list();
    },
    async style(name) {
      return styles.sheet(name);
    },
    async saveStyle(stamp, name, label, json, version) {
      return change(stamp, "saveStyle", [name, label, json, version], () => {
        const saved = styles.save(name, label, json, version);
        return [saved, { styles: [saved.name] }];
      });
    },
    async deleteStyle(stamp, name) {
      change(stamp, "deleteStyle", [name], () => [styles.remove(name), { styles: [name] }]);
    },
    async restoreStyle(stamp, name) {
      change(stamp, "restoreStyle", [name], () => [styles.restore(name), { styles: [name] }]);
    },
    async exportStyle(name) {
      return styles.file(name);
    },
    async readStyle(text, fileName) {
      return styles.read(text, fileName);
    },

    async listNotices() {
      return store.listNotices();
    },
    async notice(id) {
      return store.notice(id);
    },
    async createNotice(stamp, fields) {
      return change(stamp, "createNotice", [fields], () => {
        const notice = store.createNotice(randomUUID(), fields, [], stamp);
        return [notice, { notices: [notice.id] }];
      });
    },
    async updateNotice(stamp, id, version, fields) {
      return change(stamp, "updateNotice", [id, version, fields], () => [
        store.updateNotice(id, version, fields, stamp),
        { notices: [id] },
      ]);
    },
    async patchBody(stamp, id, version, patch) {
      return change(stamp, "patchBody", [id, version, patch], () => [
        store.patchBody(id, version, patch, stamp),
        { notices: [id] },
      ]);
    },
    async deleteNotice(stamp, id) {
      change(stamp, "deleteNotice", [id], () => {
        const issue = store.deleteNotice(id);
        return [null, { notices: [id], issues: issue ? [issue] : [] }];
      });
    },
    async restoreNotice(stamp, id) {
      change(stamp, "restoreNotice", [id], () => {
        store.restoreNotice(id);
        return [null, { notices: [id] }];
      });
    },

    async listIssues() {
      return store.listIssues();
    },
    async issue(id) {
      return store.issue(id);
    },
    async createIssue(stamp, fields) {
      styles.require(fields.style);
      return change(stamp, "createIssue", [fields], () => {
        const issue = store.createIssue(randomUUID(), fields, []);
        return [issue, { issues: [issue.id] }];
      });
    },
    async updateIssue(stamp, id, version, fields) {
      if (fields.style !== undefined) styles.require(fields.style);
      return change(stamp, "updateIssue", [id, version, fields], () => [
        store.updateIssue(id, version, fields),
        { issues: [id] },
      ]);
    },
    async arrangeIssue(stamp, id, version, sections) {
      return change(stamp, "arrangeIssue", [id, version, sections], () => [
        store.arrangeIssue(id, version, sections),
        { issues: [id] },
      ]);
    },
    async deleteIssue(stamp, id) {
      change(stamp, "deleteIssue", [id], () => [null, { notices: store.deleteIssue(id), issues: [id] }]);
    },
    async restoreIssue(stamp, id) {
      change(stamp, "restoreIssue", [id], () => [null, { notices: store.restoreIssue(id), issues: [id] }]);
    },
    async createSample(stamp) {
      return change(stamp, "createSample", [], () => {
        const sample = readSample(assets);
        for (const [name, bytes] of sample.images) store.images.put(bytes, checkImage(bytes, name));
        const notices = sample.notices.map(({ body, ...fields }) => {
          return store.createNotice(randomUUID(), fields, body, stamp).id;
        });
        const issue = store.createIssue(randomUUID(), sample.issue, sampleSections(sample, notices, randomUUID));
        return [issue, { notices, issues: [issue.id] }];
      });
    },

    async readUpload(token, fileName) {
      const upload = held.get(token);
      if (!upload || upload.reading) throw new GazetteError("notFound", `“${fileName}”还没有传完，请重新选择文件。`);
      held.delete(token);
      const { text, encoding } = decode(upload.bytes, fileName);
      const reading = recognise(text, fileName);
      const id = hold({ bytes: upload.bytes, fileName, reading });
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
      return { fileName, text: decode(bytes, fileName).text, startLine, endLine };
    },

    async putImage(token, fileName) {
      const upload = held.get(token);
      if (!upload || upload.reading) throw new GazetteError("notFound", `“${fileName}”还没有传完，请重新选择图片。`);
      held.delete(token);
      const { mime, width, height } = checkImage(upload.bytes, fileName);
      return { image: store.images.put(upload.bytes, { mime, width, height }), width, height };
    },

    async startExport(id, style, profile) {
      const issue = store.issue(id);
      const sheet = styles.sheet(style);
      const ids = issue.sections.flatMap((section) => section.entries);
      if (ids.length === 0) throw new GazetteError("badRequest", "这一期还没有编入公文，请先编入再导出。");
      refuseTooMany();
      const notices = noticesOf(issue);
      const now = options.clock();
      const file = shelf.place(
        `${issueName(issue)}${profile === "screen" ? "" : `（${profileNames[profile].label}）`}`,
        now,
      );
      const beside = {
        sheet: shelf.place(`${issueName(issue)}付印单`, now),
        sheetData: shelf.place(`${issueName(issue)}付印单`, now, "json"),
      };
      const places = { form: beside.sheet.path, data: beside.sheetData.path, fileName: file.fileName };
      const exported = { by: systemUser(), at: zonedTime(now), program: `政报工坊 ${manifest.version}` };
      const pressSheet = { ...places, exported, waiver: "" };
      const images = imagesOf(store, notices);
      const order = { issue, notices, style: sheet, images, faces: faceOptions, out: file.path, sheet: pressSheet };
      return begin({ print: "issue", ...order, profile: exportProfile(assets, profile) }, file, beside);
    },
    async startAnnual(year, style, order) {
      const sheet = styles.sheet(style);
      const stored = store.listIssues().filter((summary) => summary.year === year);
      const found = issuesOfYear(
        year,
        stored.map(({ id }) => ({ issue: store.issue(id) })),
      );
      refuseTooMany();
      const issues = found.map(({ issue }) => ({
        issue,
        notices: noticesOf(issue),
        style: styles.sheet(issue.style),
      }));
      const name = annualHeads(year, found).join("");
      const file = shelf.place(name, options.clock());
      const table = shelf.place(name, options.clock(), "csv");
      const places = { out: file.path, table: table.path };
      return begin({ print: "annual", year, order, issues, style: sheet, faces: faceOptions, ...places }, file, {
        table,
      });
    },
    async cancelExport(job) {
      await jobs.get(job)?.cancel();
    },

    async setting(key) {
      return store.setting(key);
    },
    async putSetting(key, value) {
      store.putSetting(key, value);
    },
  };

  function refuseTooMany(): void {
    if (jobs.size >= exportsAtOnce)
      throw new GazetteError("badRequest", `已有${jobs.size}份正在导出，请等其中一份完成或先取消，再导出这一份。`);
  }

  function noticesOf(issue: Issue): Map<NoticeId, Notice> {
    return new Map(issue.sections.flatMap(({ entries }) => entries.map((id) => [id, store.notice(id)])));
  }

  /** Starts an export in the background; events tell the rest. `beside` is made along with the file. */
  function begin(order: JobOrder, file: Finished, beside: Beside): { job: string } {
    const job = randomUUID();
    const started = startJob(order, worker, (phase, done, total) =>
      emit({ type: "exportProgress", job, phase, done, total }),
    );
    jobs.set(job, started);
    void finish(job, started, file, beside);
    return { job };
  }

  async function finish(job: string, started: Job, file: Finished, beside: Beside): Promise<void> {
    try {
      const report = await started.result;
      const mismatch = report.mismatches[0];
      if (mismatch === undefined) {
        const put = (one: Finished) => ({ fileName: one.fileName, download: shelf.put(one) });
        const others = Object.fromEntries(Object.entries(beside).map(([name, one]) => [name, put(one)]));
        emit({ type: "exportDone", job, report, ...put(file), ...others });
        shelf.tidy().catch(onError);
      } else {
        const more = report.mismatches.length > 1 ? `（另有${report.mismatches.length - 1}处）` : "";
        const message = `核对没有通过，没有生成文件：${mismatch}${more}`;
        emit({ type: "exportFailed", job, code: "proofFailed", message, report });
      }
    } catch (error) {
      const refused = error instanceof GazetteError;
      const message = refused ? error.message : "导出时程序内部出错，没有生成文件；公文没有改动，请再试一次。";
      emit({ type: "exportFailed", job, code: refused ? error.code : "internal", message, report: null });
      if (!refused) onError(error);
    } finally {
      jobs.delete(job);
    }
  }

  const swept = shelf.open().catch(onError);

  return {
    api,
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    putUpload(bytes, fileName) {
      return hold({ bytes, fileName, reading: null });
    },
    face(id) {
      if (!faces().infos.some((face) => face.id === id)) throw new GazetteError("notFound", `没有字体 ${id}。`);
      return faces().bytes(id);
    },
    image(id) {
      const image = store.images.find(id);
      if (!image) throw new GazetteError("notFound", "这张图片已不在稿库。");
      return image;
    },
    download(token) {
      return shelf.find(token);
    },
    async close() {
      await swept;
      await Promise.all(Array.from(jobs.values(), (job) => job.cancel()));
      listeners.clear();
      store.close();
    },
  };
}

function openStore(folder: string, clock: () => Date): Store {
  const store = new Store(openDatabase(folder, clock), clock);
  try {
    store.forgetAnswers(new Date(clock().getTime() - answerLife));
    return store;
  } catch (error) {
    store.close();
    throw error;
  }
}

/** The files of the pictures that the notices show; one that is missing is told by the export, which knows where. */
function imagesOf(store: Store, notices: ReadonlyMap<NoticeId, Notice>): Map<string, Uint8Array> {
  const images = new Map<string, Uint8Array>();
  for (const block of Array.from(notices.values()).flatMap((notice) => notice.body)) {
    const image = block.type === "figure" && !images.has(block.attrs.image) && store.images.find(block.attrs.image);
    if (image && block.type === "figure") images.set(block.attrs.image, image.bytes);
  }
  return images;
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
