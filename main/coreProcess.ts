// The program of the process that Electron's main process forks for the core. Its types come from Electron's, its code
// uses nothing of Electron but the channel to the parent.
import { openCore } from "./core.ts";
import { serveCore } from "./remote.ts";

const { parentPort } = process;

serveCore(
  {
    send: (message) => parentPort.postMessage(message),
    receive: (listener) => parentPort.on("message", ({ data }) => listener(data)),
  },
  ({ folder, assets, faces }, onError) =>
    openCore(folder, {
      clock: () => new Date(),
      assets,
      // Bundled beside this file, see bundle.ts.
      worker: new URL("./exportWorker.js", import.meta.url),
      drawingWorker: new URL("./drawingWorker.js", import.meta.url),
      officeWorker: new URL("./officeWorker.js", import.meta.url),
      ...(faces === null ? {} : { faces: { folder: faces } }),
      onError,
    }),
  (error) => console.error(error),
);
