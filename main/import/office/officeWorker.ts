// Reads one office file in a thread of its own, which can be ended when a file takes too long.
import { parentPort, workerData } from "node:worker_threads";
import { GazetteError } from "../../../shared/api.ts";
import { readOfficeFile } from "./officeFile.ts";
import type { OfficeAnswer, OfficeOrder } from "./officeThread.ts";

const { bytes, fileName, revisions }: OfficeOrder = workerData; // written by officeThread.ts, which starts this thread

parentPort?.postMessage(await answer());

async function answer(): Promise<OfficeAnswer> {
  try {
    return { file: await readOfficeFile(bytes, fileName, revisions) };
  } catch (error) {
    if (error instanceof GazetteError) return { refused: error.message };
    throw error;
  }
}
