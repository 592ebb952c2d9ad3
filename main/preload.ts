// The bridge between the sandboxed window and the main process: one call, one event, nothing else of Electron.
import { contextBridge, ipcRenderer } from "electron";

contextBridge.exposeInMainWorld("gazette", {
  call: (method: unknown, args: unknown): Promise<unknown> => ipcRenderer.invoke("gazette:call", method, args),
  onEvent: (listener: (event: unknown) => void): (() => void) => {
    const forward = (_: unknown, event: unknown) => listener(event);
    ipcRenderer.on("gazette:event", forward);
    return () => ipcRenderer.off("gazette:event", forward);
  },
});
