// Runs one export in a thread of its own, so that the core keeps answering and cancelling means ending the thread.
import { parentPort, workerData } from "node:worker_threads";
import { GazetteError } from "../../shared/api.ts";
import { openFonts } from "../fonts/faces.ts";
import { exportIssue } from "./export.ts";
import type { JobMessage, JobOrder } from "./job.ts";

const order: JobOrder = workerData; // written by job.ts, which starts this thread
const tell = (message: JobMessage) => parentPort?.postMessage(message);

try {
  const report = await exportIssue({
    issue: order.issue,
    notices: order.notices,
    style: order.style,
    images: order.images,
    fonts: openFonts(order.faces),
    out: order.out,
    onProgress: (phase, done, total) => tell({ type: "progress", phase, done, total }),
  });
  tell({ type: "done", report });
} catch (error) {
  if (!(error instanceof GazetteError)) throw error;
  tell({ type: "refused", code: error.code, message: error.message });
}
