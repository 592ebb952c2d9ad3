// An office file read apart from the core: whatever is in it, the core goes on answering, and a file that takes too long
// or too much is given up with a sentence.
import { Worker } from "node:worker_threads";
import { GazetteError } from "../../../shared/api.ts";
import type { DocxOptions } from "./docx.ts";
import type { OfficeFile } from "./officeFile.ts";

export interface OfficeOrder {
  readonly bytes: Uint8Array;
  readonly fileName: string;
  readonly revisions: DocxOptions["revisions"];
}
export type OfficeAnswer = { readonly file: OfficeFile } | { readonly refused: string };

const limits = { seconds: 10, megabytes: 512 };

/** `module`: officeWorker.ts. Throws GazetteError badFile, naming the file. */
export async function readApart(order: OfficeOrder, module: URL): Promise<OfficeFile> {
  const answer = await answered(order, module);
  if (answer === "late" || answer === "large")
    throw new GazetteError(
      "badFile",
      `“${order.fileName}”${answer === "late" ? `${limits.seconds}秒内没有读完` : "展开后太大"}，请拆成几个文件再导入。`,
    );
  if ("refused" in answer) throw new GazetteError("badFile", answer.refused);
  return answer.file;
}

function answered(order: OfficeOrder, module: URL): Promise<OfficeAnswer | "late" | "large"> {
  const worker = new Worker(module, {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: limits.megabytes },
  });
  return new Promise<OfficeAnswer | "late" | "large">((resolve, reject) => {
    const timer = setTimeout(() => resolve("late"), limits.seconds * 1000);
    worker.on("message", (answer: OfficeAnswer) => resolve(answer));
    worker.on("error", (error: Error & { code?: string }) =>
      error.code === "ERR_WORKER_OUT_OF_MEMORY" ? resolve("large") : reject(error),
    );
    worker.on("exit", () => {
      clearTimeout(timer);
      reject(new Error("the reading ended early"));
    });
  }).finally(() => worker.terminate());
}

/** Whether a file is an office file or another ZIP; what is in it is seen when it is opened. */
export function isPackage(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
}
