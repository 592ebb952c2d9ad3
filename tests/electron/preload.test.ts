// The bridge as the window sees it: two functions, one channel each way, no event object of Electron's.
import { EventEmitter } from "node:events";
import { expect, test, vi } from "vitest";

const fake = vi.hoisted(() => ({ exposed: {} as Record<string, unknown>, invoked: [] as unknown[][] }));
const ipcRenderer = Object.assign(new EventEmitter(), {
  invoke: async (...args: unknown[]) => void fake.invoked.push(args),
});

vi.mock("electron", () => ({
  contextBridge: {
    exposeInMainWorld: (name: string, value: unknown) => {
      fake.exposed[name] = value;
    },
  },
  get ipcRenderer() {
    return ipcRenderer;
  },
}));

interface Bridge {
  call(method: string, args: unknown[]): Promise<unknown>;
  onEvent(listener: (event: unknown) => void): () => void;
}

test("exposes call and onEvent, nothing else", async () => {
  await import("../../main/preload.ts");
  expect(Object.keys(fake.exposed)).toEqual(["gazette"]);
  const bridge = fake.exposed.gazette as Bridge;
  expect(Object.keys(bridge)).toEqual(["call", "onEvent"]);

  await bridge.call("notice", ["n1"]);
  expect(fake.invoked).toEqual([["gazette:call", "notice", ["n1"]]]);

  const seen: unknown[][] = [];
  const stop = bridge.onEvent((...args) => seen.push(args));
  ipcRenderer.emit("gazette:event", { sender: "secret" }, { type: "changed" });
  stop();
  ipcRenderer.emit("gazette:event", { sender: "secret" }, { type: "changed" });
  expect(seen).toEqual([[{ type: "changed" }]]);
});
