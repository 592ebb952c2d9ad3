// Exports over the API: what each is made of, the jobs that run in worker threads, and the shelf of finished files.
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type GazetteApi, GazetteError, type ProofApi } from "../../shared/api.ts";
import { annualHeads, issuesOfYear } from "../../shared/layout/annual.ts";
import { type Issue, issueName, type Notice, type NoticeId } from "../../shared/model/notice.ts";
import { isPress, profileTitle, purposeOf } from "../../shared/model/profile.ts";
import { type Job, type JobOrder, startJob } from "../export/job.ts";
import { readSheet, systemUser, zonedTime } from "../export/pressSheet.ts";
import { type Finished, Shelf } from "../export/shelf.ts";
import type { Store } from "../store/store.ts";
import { profileFor } from "./conditions.ts";
import type { CoreContext } from "./context.ts";
import { changedFaces, printedFaces } from "./fonts.ts";

/** What is made along with an exported file, by the names it has in the exportDone event. */
type Beside = Readonly<Partial<Record<"table" | "sheet" | "sheetData", Finished>>>;

/** Each takes a thread and some 200 MB. */
const exportsAtOnce = 2;

type ExportCalls = Pick<
  GazetteApi,
  "startExport" | "startNoticePdfs" | "startProofCopy" | "startAnnual" | "cancelExport"
>;

export interface Exports {
  readonly calls: ExportCalls;
  /** A finished export, by the token of its exportDone event. */
  download(token: string): Finished | null;
  /** Stops all jobs. */
  close(): Promise<void>;
}

export function openExports(core: CoreContext, proof: Pick<ProofApi, "checkIssue" | "ignores">): Exports {
  const { folder, worker, store, styles, clock, emit, onError } = core;
  const shelf = new Shelf(join(folder, "exports"));
  const jobs = new Map<string, Job>();
  const swept = shelf.open().catch(onError);

  const calls: ExportCalls = {
    async startExport(id, style, purpose) {
      const { profile } = purposeOf(purpose);
      const faceChanges = await changedFaces(core, id);
      const issue = store.issue(id);
      const sheet = styles.sheet(style);
      refuseEmpty(issue);
      if (isPress(profile)) store.workflow.requirePressed(id);
      refuseTooMany();
      const notices = noticesOf(issue);
      const now = clock();
      const file = shelf.place(profileTitle(issueName(issue), profile), now);
      const beside = {
        sheet: shelf.place(`${issueName(issue)}付印单`, now),
        sheetData: shelf.place(`${issueName(issue)}付印单`, now, "json"),
      };
      const places = { form: beside.sheet.path, data: beside.sheetData.path, fileName: file.fileName };
      const exported = { by: systemUser(), at: zonedTime(now), program: `政报工坊 ${core.version}` };
      const pressSheet = { ...places, exported, waiver: "", signOff: store.workflow.signOff(id) };
      const images = imagesOf(store, notices);
      const order = {
        issue,
        notices,
        style: sheet,
        images,
        faces: core.faceOptions,
        out: file.path,
        sheet: pressSheet,
        faceChanges,
      };
      const { plan } = core.faces();
      const keepFaces = () => {
        const { faces } = readSheet(readFileSync(beside.sheetData.path, "utf8"), beside.sheetData.fileName);
        store.printedFaces.put(id, printedFaces(plan, sheet, faces));
      };
      return begin({ print: "issue", ...order, profile: profileFor(purpose, core) }, file, beside, keepFaces);
    },
    async startNoticePdfs(id, style) {
      const issue = store.issue(id);
      const sheet = styles.sheet(style);
      refuseEmpty(issue);
      refuseTooMany();
      const notices = noticesOf(issue);
      const file = shelf.place(`${issueName(issue)}各文单独的PDF`, clock(), "zip");
      const order = { issue, notices, style: sheet, images: imagesOf(store, notices), faces: core.faceOptions };
      return begin({ print: "notices", ...order, out: file.path }, file, {});
    },
    async startProofCopy(id, style, by) {
      const issue = store.issue(id);
      const sheet = styles.sheet(style);
      refuseEmpty(issue);
      refuseTooMany();
      const { findings, characters } = await proof.checkIssue(id);
      const ignores = await proof.ignores(id);
      const now = clock();
      const notices = noticesOf(issue);
      const file = shelf.place(`${issueName(issue)}校样`, now);
      const made = { by: by || systemUser(), at: zonedTime(now), program: `政报工坊 ${core.version}` };
      const order = { issue, notices, style: sheet, images: imagesOf(store, notices), faces: core.faceOptions };
      return begin({ print: "proofCopy", ...order, findings, ignores, characters, made, out: file.path }, file, {});
    },
    async startAnnual(year, style, order, purpose) {
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
      const file = shelf.place(profileTitle(name, purposeOf(purpose).profile), clock());
      const table = shelf.place(name, clock(), "csv");
      const places = { out: file.path, table: table.path, profile: profileFor(purpose, core) };
      return begin({ print: "annual", year, order, issues, style: sheet, faces: core.faceOptions, ...places }, file, {
        table,
      });
    },
    async cancelExport(job) {
      await jobs.get(job)?.cancel();
    },
  };

  function refuseEmpty({ sections }: Issue): void {
    if (sections.every(({ entries }) => entries.length === 0))
      throw new GazetteError("badRequest", "这一期还没有编入公文，请先编入再导出。");
  }

  function refuseTooMany(): void {
    if (jobs.size >= exportsAtOnce)
      throw new GazetteError("badRequest", `已有${jobs.size}份正在导出，请等其中一份完成或先取消，再导出这一份。`);
  }

  function noticesOf(issue: Issue): Map<NoticeId, Notice> {
    return new Map(issue.sections.flatMap(({ entries }) => entries.map((id) => [id, store.notice(id)])));
  }

  /** Starts an export in the background; events tell the rest. `beside` is made along with the file; `keep` keeps what is
   *  to be known of it later. */
  function begin(order: JobOrder, file: Finished, beside: Beside, keep = () => {}): { job: string } {
    const job = randomUUID();
    const started = startJob(order, worker, (phase, done, total) =>
      emit({ type: "exportProgress", job, phase, done, total }),
    );
    jobs.set(job, started);
    void finish(job, started, file, beside, keep);
    return { job };
  }

  async function finish(job: string, started: Job, file: Finished, beside: Beside, keep: () => void): Promise<void> {
    try {
      const report = await started.result;
      const mismatch = report.mismatches[0];
      if (mismatch === undefined) {
        keep();
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

  return {
    calls,
    download: (token) => shelf.find(token),
    async close() {
      await swept;
      await Promise.all(Array.from(jobs.values(), (job) => job.cancel()));
    },
  };
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
