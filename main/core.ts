// The core of the program without window or transport: opens a data folder and gives the API that the window, the
// command line and tests call. With core/ the only place that composes store, import, fonts and export; they do not know
// each other. It decides who is told of a change.
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import manifest from "../package.json" with { type: "json" };
import { type CoreEvent, type GazetteApi, GazetteError } from "../shared/api.ts";
import { conditionCalls } from "./core/conditions.ts";
import type { CoreContext } from "./core/context.ts";
import { openExports } from "./core/exports.ts";
import { fontCalls } from "./core/fonts.ts";
import { openIntake } from "./core/intake.ts";
import { libraryCalls } from "./core/library.ts";
import { proofCalls } from "./core/proof.ts";
import { styleCalls } from "./core/styles.ts";
import { workflowCalls } from "./core/workflow.ts";
import type { Finished } from "./export/shelf.ts";
import type { FaceOptions } from "./fonts/faces.ts";
import { OfficeFaces } from "./fonts/officeFaces.ts";
import { HouseStyles } from "./houseStyles.ts";
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
  /** Module that paints a drawing in a worker thread; default: import/drawingWorker.ts beside the sources. */
  readonly drawingWorker?: URL;
  /** Module that reads an office file in a worker thread; default: import/office/officeWorker.ts beside the sources. */
  readonly officeWorker?: URL;
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
  /** The bytes of a face, in use or to be looked at. Throws GazetteError notFound, badFile. */
  face(id: string): Promise<Uint8Array>;
  /** A picture of the store as a screen shows it. Throws GazetteError notFound. */
  image(id: string): Promise<StoredImage>;
  /** A finished export, by the token of its exportDone event. */
  download(token: string): Finished | null;
  /** Stops exports, closes the store and frees the data folder. */
  close(): Promise<void>;
}

/** A window repeats a call within minutes, and never over a restart of the core; older answers serve nobody. */
const answerLife = 7 * 24 * 3600 * 1000;

/** Opens (or makes) the gazette store in `folder`. Throws GazetteError storeUnusable or diskFull. */
export function openCore(folder: string, options: CoreOptions): Core {
  const assets = options.assets ?? fileURLToPath(new URL("../assets", import.meta.url));
  const store = openStore(folder, options.clock);
  const listeners = new Set<(event: CoreEvent) => void>();
  const office = new OfficeFaces(resolve(folder), options.faces ?? {});

  const context: CoreContext = {
    folder: resolve(folder),
    assets,
    worker: options.worker ?? new URL("./export/worker.ts", import.meta.url),
    drawingWorker: options.drawingWorker ?? new URL("./import/drawingWorker.ts", import.meta.url),
    officeWorker: options.officeWorker ?? new URL("./import/office/officeWorker.ts", import.meta.url),
    version: manifest.version,
    clock: options.clock,
    store,
    styles: new HouseStyles(assets, store.styles),
    office,
    get faceOptions() {
      return office.options;
    },
    faces: () => office.set,
    emit(event) {
      for (const listener of listeners) listener(event);
    },
    change(stamp, method, args, work) {
      let changed: ReturnType<typeof work>[1] = {};
      const { entries } = store.workflow.head();
      const { answer, repeated } = store.once(stamp, [method, args], () => {
        const [answer, touched] = work();
        changed = touched;
        return answer;
      });
      const { notices = [], issues = [], styles = [], proof } = changed;
      const workflow = store.workflow.head().entries > entries;
      if (!repeated)
        context.emit({
          ...{ type: "changed", notices, issues, styles, client: stamp.client },
          ...(workflow && { workflow }),
          ...(proof && { proof }),
        });
      return answer;
    },
    onError: options.onError ?? (() => {}),
  };
  const { faces } = context;
  const intake = openIntake(context);
  const proof = proofCalls(context);
  const exports = openExports(context, proof);

  const api: GazetteApi = {
    async appInfo() {
      const { plan, infos } = faces();
      return { version: context.version, dataFolder: context.folder, fonts: plan, faces: infos };
    },
    async setting(key) {
      return store.setting(key);
    },
    async putSetting(key, value) {
      store.putSetting(key, value);
    },
    ...styleCalls(context),
    ...fontCalls(context),
    ...libraryCalls(context),
    ...proof,
    ...workflowCalls(context, proof),
    ...intake.calls,
    ...conditionCalls(context, intake),
    ...exports.calls,
  };

  return {
    api,
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    putUpload: intake.put,
    async face(id) {
      if (!office.found().some((face) => face.id === id && face.unusable === null))
        throw new GazetteError("notFound", `没有字体 ${id}。`);
      await office.prepare(id);
      return faces().bytes(id);
    },
    async image(id) {
      const image = store.images.find(id);
      if (!image) throw new GazetteError("notFound", "这张图片已不在稿库。");
      if (image.mime !== "image/jpeg") return image;
      const { shownOnScreen } = await import("./pdf/picture.ts");
      const shown = await shownOnScreen(image.bytes, id);
      return shown ? { mime: "image/jpeg", bytes: shown } : image;
    },
    download: exports.download,
    async close() {
      await exports.close();
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
