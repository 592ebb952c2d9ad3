// One export in the background: starts the worker thread, passes its progress on, and can end it at any moment.
import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import { Worker } from "node:worker_threads";
import { type ExportPhase, type ExportReport, GazetteError, type GazetteErrorCode } from "../../shared/api.ts";
import type { AnnualOrder } from "../../shared/layout/annual.ts";
import type { StyleSheet } from "../../shared/layout/style.ts";
import type { Issue, Notice, NoticeId } from "../../shared/model/notice.ts";
import type { FaceOptions } from "../fonts/faces.ts";
import type { IssueOfYear } from "./annual.ts";
import { sweep, temporaryKey } from "./deliver.ts";
import type { SheetOrder } from "./pressSheet.ts";
import type { ExportProfile } from "./profiles.ts";
import type { ProofCopyRequest } from "./proofCopy.ts";

export type JobOrder = IssueOrder | NoticesOrder | ProofCopyOrder | AnnualJobOrder;

interface Order {
  readonly style: StyleSheet;
  readonly faces: FaceOptions;
  /** A path that no other job writes. */
  readonly out: string;
}

interface WithNotices extends Order {
  readonly issue: Issue;
  readonly notices: ReadonlyMap<NoticeId, Notice>;
  /** The files of the pictures that the notices show. */
  readonly images: ReadonlyMap<string, Uint8Array>;
}

/** Each notice as a PDF of its own, all in one ZIP. */
interface NoticesOrder extends WithNotices {
  readonly print: "notices";
}

/** The issue with the marks of proofreading. */
interface ProofCopyOrder extends WithNotices, Pick<ProofCopyRequest, "findings" | "ignores" | "characters" | "made"> {
  readonly print: "proofCopy";
}

interface IssueOrder extends WithNotices {
  readonly print: "issue";
  readonly profile: ExportProfile;
  /** Its 付印单; its paths, too, no other job writes. */
  readonly sheet: SheetOrder;
  /** A sentence for each face that is not as it was when the issue was last exported. */
  readonly faceChanges: readonly string[];
}

interface AnnualJobOrder extends Order {
  readonly print: "annual";
  readonly year: number;
  readonly order: AnnualOrder;
  readonly profile: ExportProfile;
  readonly issues: readonly IssueOfYear[];
  /** Where its rows go as a table; also a path that no other job writes. */
  readonly table: string;
}

export type JobMessage =
  | { readonly type: "progress"; readonly phase: ExportPhase; readonly done: number; readonly total: number }
  | { readonly type: "done"; readonly report: ExportReport }
  | { readonly type: "refused"; readonly code: GazetteErrorCode; readonly message: string };

export interface Job {
  /** The report; rejects with a GazetteError for a refusal (cancelled among them), else with the fault. */
  readonly result: Promise<ExportReport>;
  /** Resolves when the thread has ended and its files are gone. */
  cancel(): Promise<void>;
}

export function startJob(
  order: JobOrder,
  module: URL,
  onProgress: (phase: ExportPhase, done: number, total: number) => void,
): Job {
  // As the launcher does it: V8 would take 100 MB more for short-lived objects of a large issue.
  const worker = new Worker(module, { workerData: order, resourceLimits: { maxYoungGenerationSizeMb: 48 } });
  let cancelled = false;
  const result = new Promise<ExportReport>((resolve, reject) => {
    worker.on("message", (message: JobMessage) => {
      if (message.type === "progress") onProgress(message.phase, message.done, message.total);
      else if (message.type === "done") resolve(message.report);
      else reject(new GazetteError(message.code, message.message));
    });
    worker.on("error", reject);
    worker.on("exit", () =>
      reject(
        cancelled ? new GazetteError("cancelled", "已取消导出，没有生成文件。") : new Error("the export ended early"),
      ),
    );
  });
  return {
    result,
    async cancel() {
      cancelled = true;
      await worker.terminate();
      const beside =
        order.print === "annual" ? [order.table] : order.print === "issue" ? [order.sheet.form, order.sheet.data] : [];
      for (const out of [order.out, ...beside]) {
        await sweep(dirname(out), (key) => key === temporaryKey(out));
        await result.catch(() => rm(out, { force: true }));
      }
    },
  };
}
