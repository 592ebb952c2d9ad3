// Both ends of the channel between Electron's main process and the core's, over a real MessageChannel.
import { MessageChannel, type MessagePort } from "node:worker_threads";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Core } from "../../main/core.ts";
import { type Channel, type Order, RemoteCore, serveCore } from "../../main/remote.ts";
import { type CoreEvent, type GazetteApi, GazetteError } from "../../shared/api.ts";
import { client } from "../../shared/calls.ts";

const order: Order = { folder: "/data", assets: "/assets", faces: null };
const missing: GazetteApi = client(async () => ({ ok: false, code: "notFound", message: "没有这篇公文。" }));

let ports: MessageChannel;
let remote: RemoteCore;
let orders: Order[];
let uploads: [string, string][];
let faults: unknown[];
let emit: (event: CoreEvent) => void;
let closed: number;
let refuseToOpen: Error | null;

function channelOf(port: MessagePort): Channel {
  return { send: (message) => port.postMessage(message), receive: (listener) => port.on("message", listener) };
}

function open(received: Order): Core {
  orders.push(received);
  if (refuseToOpen) throw refuseToOpen;
  return {
    api: {
      ...missing,
      setting: async (key) => `value of ${key}`,
      listIssues: async () => {
        throw new TypeError("a mistake of the programmer");
      },
    },
    onEvent: (listener) => {
      emit = listener;
      return () => {};
    },
    putUpload: (bytes, name) => {
      uploads.push([name, new TextDecoder().decode(bytes)]);
      return "u1";
    },
    face: async (id) => {
      if (id !== "song") throw new GazetteError("notFound", "没有这种字体。");
      return new Uint8Array([0, 1]);
    },
    image: async (id) => {
      if (id !== "5a") throw new GazetteError("notFound", "没有这张图片。");
      return { mime: "image/png", bytes: new Uint8Array([9]) };
    },
    download: (token) => (token === "t1" ? { path: "/data/a.pdf", fileName: "a.pdf" } : null),
    close: async () => {
      closed += 1;
    },
  };
}

beforeEach(() => {
  ports = new MessageChannel();
  [orders, uploads, faults, closed, refuseToOpen] = [[], [], [], 0, null];
  serveCore(channelOf(ports.port1), open, (error) => faults.push(error));
  remote = new RemoteCore(channelOf(ports.port2));
});
afterEach(() => ports.port1.close());

describe("an open core", () => {
  beforeEach(() => remote.open(order));

  test("got the order", () => expect(orders).toEqual([order]));

  test.each([
    ["setting", ["pane"], { ok: true, value: "value of pane" }],
    ["notice", ["n1"], { ok: false }],
    ["constructor", [], { ok: false, code: "badRequest" }],
    ["setting", "pane", { ok: false, code: "badRequest" }],
    ["listIssues", [], { ok: false, code: "internal" }],
  ])("%s(%j)", async (method, args, reply) => {
    expect(await remote.call(method, args)).toMatchObject(reply);
    expect(faults).toHaveLength(method === "listIssues" ? 1 : 0);
  });

  test("answers find their questions", async () => {
    const keys = ["a", "b", "c"];
    const replies = await Promise.all(keys.map((key) => remote.call("setting", [key])));
    expect(replies).toEqual(keys.map((key) => ({ ok: true, value: `value of ${key}` })));
  });

  test("files pass", async () => {
    expect(await remote.putUpload(new TextEncoder().encode("正文"), "第3期.txt")).toBe("u1");
    expect(uploads).toEqual([["第3期.txt", "正文"]]);
    expect(await remote.face("song")).toEqual(new Uint8Array([0, 1]));
    expect(await remote.image("5a")).toEqual({ mime: "image/png", bytes: new Uint8Array([9]) });
    await expect(remote.image("x")).rejects.toMatchObject({ code: "notFound", message: "没有这张图片。" });
    await expect(remote.face("x")).rejects.toMatchObject({ code: "notFound", message: "没有这种字体。" });
    expect(await remote.download("t1")).toEqual({ path: "/data/a.pdf", fileName: "a.pdf" });
    expect(await remote.download("t2")).toBeNull();
  });

  test("events arrive", async () => {
    const seen: CoreEvent[] = [];
    remote.onEvent((event) => seen.push(event));
    const event: CoreEvent = { type: "changed", notices: ["n1"], issues: [], styles: [], client: "a" };
    emit(event);
    await expect.poll(() => seen).toEqual([event]);
  });

  test("closes", async () => {
    await remote.close();
    expect(closed).toBe(1);
  });
});

test("a store that cannot be opened is refused with its own code and sentence", async () => {
  refuseToOpen = new GazetteError("storeUnusable", "数据文件由更新的版本写成。");
  await expect(remote.open(order)).rejects.toMatchObject({ code: "storeUnusable", message: refuseToOpen.message });
});

test("a mistake is logged there and told here in a sentence", async () => {
  refuseToOpen = new TypeError("x is not a function");
  await expect(remote.open(order)).rejects.toMatchObject({
    code: "internal",
    message: expect.not.stringContaining("x"),
  });
  expect(faults).toEqual([refuseToOpen]);
});

test("nothing waits for a core that is gone", async () => {
  await remote.open(order);
  ports.port1.removeAllListeners("message");
  const face = remote.face("song");
  const call = remote.call("setting", ["pane"]);
  remote.end();
  await expect(face).rejects.toMatchObject({ code: "internal" });
  expect(await call).toMatchObject({ ok: false, code: "internal" });
  expect(await remote.call("setting", ["pane"])).toMatchObject({ ok: false, code: "internal" });
});
