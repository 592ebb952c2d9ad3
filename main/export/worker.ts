// Runs one export in a thread of its own, so that the core keeps answering and cancelling means ending the thread.
import { parentPort, workerData } from "node:worker_threads";
import { type ExportPhase, type ExportReport, GazetteError } from "../../shared/api.ts";
import { annualTable } from "../../shared/layout/annual.ts";
import { openFaces } from "../fonts/faces.ts";
import { exportAnnual } from "./annual.ts";
import { deliver } from "./deliver.ts";
import { exportIssue } from "./export.ts";
import type { JobMessage, JobOrder } from "./job.ts";
import { exportNoticeZip } from "./noticePdfs.ts";
import { deliverSheet } from "./pressSheet.ts";
import { exportProofCopy } from "./proofCopy.ts";

const order: JobOrder = workerData; // written by job.ts, which starts this thread
const tell = (message: JobMessage) => parentPort?.postMessage(message);

try {
  tell({ type: "done", report: await work(order) });
} catch (error) {
  if (!(error instanceof GazetteError)) throw error;
  tell({ type: "refused", code: error.code, message: error.message });
}

async function work(order: JobOrder): Promise<ExportReport> {
  const faces = openFaces(order.faces);
  const printing = {
    fonts: faces.fonts,
    onProgress: (phase: ExportPhase, done: number, total: number) => tell({ type: "progress", phase, done, total }),
  };
  if (order.print === "issue") {
    const made = await exportIssue({ ...order, ...printing });
    const changes = order.faceChanges.map((message) => ({ code: "changedFace" as const, message }));
    const report = { ...made, warnings: [...changes, ...made.warnings] };
    if (report.mismatches.length === 0) await deliverSheet({ ...order, report }, order.sheet, faces);
    return report;
  }
  if (order.print === "notices") return exportNoticeZip({ ...order, ...printing }, order.out);
  if (order.print === "proofCopy") return exportProofCopy({ ...order, ...printing });
  const { report, rows } = await exportAnnual({ ...order, ...printing });
  if (report.mismatches.length === 0)
    await deliver(order.table, new TextEncoder().encode(annualTable(rows)), async () => true);
  return report;
}
