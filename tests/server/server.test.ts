// The loopback server over real sockets with a core that only remembers: the launch, calls, events, files, and what a
// hostile client gets.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type IncomingHttpHeaders, request } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Core } from "../../main/core.ts";
import { type GazetteServer, openServer } from "../../main/server.ts";
import { type CoreEvent, type GazetteApi, GazetteError } from "../../shared/api.ts";
import { client } from "../../shared/calls.ts";

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let folder: string;
let server: GazetteServer;
let listeners: Set<(event: CoreEvent) => void>;
let uploads: { name: string; bytes: string }[];
let faults: unknown[];

/** A core of a few methods; the others refuse. */
function rememberingCore(): Core {
  const missing = client(() => Promise.resolve({ ok: false, code: "notFound", message: "没有" }));
  const settings = new Map<string, string>();
  const api: GazetteApi = {
    ...missing,
    setting: async (key) => settings.get(key) ?? null,
    putSetting: async (key, value) => void settings.set(key, value),
    listIssues: async () => {
      throw new TypeError("a mistake of the programmer");
    },
  };
  return {
    api,
    onEvent: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    putUpload: (bytes, name) => {
      uploads.push({ name, bytes: new TextDecoder().decode(bytes) });
      return `u${uploads.length}`;
    },
    face: async (id) => {
      if (id !== "宋") throw new GazetteError("notFound", "没有这种字体。");
      return new Uint8Array([0, 1, 0, 0]);
    },
    image: async (id) => {
      if (id !== "5a") throw new GazetteError("notFound", "没有这张图片。");
      return { mime: "image/png", bytes: new Uint8Array([0x89, 0x50]) };
    },
    download: (token) => (token === "t1" ? { path: join(folder, "out.pdf"), fileName: "示例市政报.pdf" } : null),
    close: async () => {},
  };
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "zhengbao-server-"));
  writeFileSync(join(folder, "index.html"), "<!doctype html><title>政报工坊</title>");
  writeFileSync(join(folder, "out.pdf"), "%PDF-1.7");
  writeFileSync(join(folder, "secret.sqlite"), "secret");
  listeners = new Set();
  uploads = [];
  faults = [];
  const onError = (error: unknown) => faults.push(error);
  server = await openServer({ core: rememberingCore(), page: folder, port: 0, now: Date.now, onError });
});

afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
  expect(faults.filter((fault) => !(fault instanceof TypeError))).toEqual([]);
});

/** Sends exactly these headers and this path, as a browser would not always let one. */
function knock(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body: string | Uint8Array | Readable = "",
): Promise<Answer> {
  const { port } = new URL(server.origin);
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: "127.0.0.1", port, method, path, headers }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk) => chunks.push(chunk));
      incoming.on("end", () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: text });
      });
    });
    outgoing.on("error", reject);
    if (body instanceof Readable) body.pipe(outgoing);
    else outgoing.end(body);
  });
}

async function enter(): Promise<string> {
  const { pathname, search } = new URL(server.launchUrl(30_000));
  const { headers } = await knock("GET", pathname + search, { "sec-fetch-site": "cross-site" });
  return headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
}

async function call(method: string, args: unknown[]): Promise<unknown> {
  const headers = { cookie: await enter(), origin: server.origin, "content-type": "application/json" };
  return JSON.parse((await knock("POST", "/rpc", headers, JSON.stringify({ method, args }))).body);
}

describe("launch", () => {
  test("the token gives a cookie and leads to the page by a refresh", async () => {
    const { pathname, search } = new URL(server.launchUrl(30_000));
    const first = await knock("GET", pathname + search, { "sec-fetch-site": "cross-site" });
    expect(first.status).toBe(200);
    expect(first.body).toContain('<meta http-equiv="refresh" content="0;url=/">');
    const cookie = first.headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
    const page = await knock("GET", "/", { cookie });
    expect(page.body).toContain("政报工坊");
    const replay = await knock("GET", pathname + search);
    expect([replay.status, replay.headers["set-cookie"]]).toEqual([401, undefined]);
  });

  test("without a session there is nothing but a sentence", async () => {
    for (const path of ["/", "/index.html", "/face/宋", "/image/5a", "/download/t1", "/events"]) {
      const { status, body } = await knock("GET", encodeURI(path));
      expect([path, status]).toEqual([path, 401]);
      expect(body).toContain("请从程序重新打开政报工坊。");
    }
  });

  test("a port in use is refused with a sentence", async () => {
    const { port } = new URL(server.origin);
    const again = openServer({
      core: rememberingCore(),
      page: folder,
      port: Number(port),
      now: Date.now,
      onError: () => {},
    });
    await expect(again).rejects.toMatchObject({ code: "badRequest", message: expect.stringContaining(`端口${port}`) });
  });

  // Linux answers on all of 127.0.0.0/8, so another of its addresses shows what the server does not listen on.
  test.runIf(process.platform === "linux")("only 127.0.0.1 is listened on", async () => {
    const { port } = new URL(server.origin);
    const other = createServer();
    await new Promise<void>((resolve, reject) => {
      other.once("error", reject);
      other.listen(Number(port), "127.0.0.2", resolve);
    });
    await new Promise((resolve) => other.close(resolve));
  });
});

describe("calls", () => {
  test("a value is stored and read back", async () => {
    expect(await call("putSetting", ["pane", "280"])).toEqual({ ok: true });
    expect(await call("setting", ["pane"])).toEqual({ ok: true, value: "280" });
  });

  test("refusals and mistakes arrive as replies", async () => {
    expect(await call("notice", ["n1"])).toMatchObject({ ok: false });
    expect(await call("toString", [])).toMatchObject({ ok: false, code: "badRequest" });
    expect(await call("setting", [])).toMatchObject({ ok: false, code: "badRequest" });
    expect(await call("listIssues", [])).toMatchObject({ ok: false, code: "internal" });
    expect(faults).toHaveLength(1);
  });

  test.each([
    ["no JSON", "{", 400],
    ["no message", "[]", 400],
    ["null", "null", 400],
    ["bad UTF-8", new Uint8Array([0x22, 0xff, 0x22]), 400],
    ["too long", new Uint8Array(8 * 1024 * 1024 + 1), 413],
  ])("%s", async (_, body, status) => {
    const headers = { cookie: await enter(), origin: server.origin, "content-type": "application/json" };
    expect((await knock("POST", "/rpc", headers, body)).status).toBe(status);
  });
});

test("events reach the window until it goes away", async () => {
  const cookie = await enter();
  const response = await fetch(`${server.origin}/events`, { headers: { cookie } });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader?.read())?.value).toBe(":\n\n");
  const event: CoreEvent = { type: "changed", notices: [], issues: [], styles: [], client: "a" };
  for (const listener of listeners) listener(event);
  expect((await reader?.read())?.value).toBe(`data: ${JSON.stringify(event)}\n\n`);
  await reader?.cancel();
  await expect.poll(() => listeners.size).toBe(0);
});

describe("files", () => {
  test("an upload is handed to the core under its name", async () => {
    const headers = { cookie: await enter(), origin: server.origin, "content-type": "application/octet-stream" };
    const path = `/upload?name=${encodeURIComponent("第3期.txt")}`;
    const { status, body } = await knock("POST", path, headers, "正文");
    expect([status, JSON.parse(body)]).toEqual([200, { upload: "u1" }]);
    expect(uploads).toEqual([{ name: "第3期.txt", bytes: "正文" }]);
    expect((await knock("POST", "/upload", headers, "正文")).status).toBe(400);
  });

  test("an upload over 64 MiB is refused, announced or not", async () => {
    const headers = { cookie: await enter(), origin: server.origin, "content-type": "application/octet-stream" };
    const chunk = new Uint8Array(1024 * 1024);
    const streamed = await knock("POST", "/upload?name=a", headers, Readable.from(endless()));
    expect(streamed.status).toBe(413);

    function* endless() {
      for (;;) yield chunk;
    }

    const announced = { ...headers, "content-length": String(64 * 1024 * 1024 + 1) };
    const outcome = await knock("POST", "/upload?name=a", announced).then(({ status }) => status);
    expect(outcome).toBe(413);
    expect(uploads).toEqual([]);
  });

  test("a picture, kept by the browser since its name says its content", async () => {
    const cookie = await enter();
    const picture = await knock("GET", "/image/5a", { cookie });
    expect([picture.status, picture.headers["content-type"]]).toEqual([200, "image/png"]);
    expect(picture.headers["cache-control"]).toContain("immutable");
    expect((await knock("GET", "/image/5b", { cookie })).status).toBe(404);
    expect((await knock("GET", "/image/..%2f", { cookie })).status).toBe(400);
  });

  test("a face and a finished PDF", async () => {
    const cookie = await enter();
    const face = await knock("GET", "/face/%E5%AE%8B", { cookie });
    expect([face.status, face.headers["content-type"], face.body]).toEqual([200, "font/ttf", "\0\x01\0\0"]);
    const pdf = await knock("GET", "/download/t1", { cookie });
    expect([pdf.status, pdf.headers["content-type"], pdf.body]).toEqual([200, "application/pdf", "%PDF-1.7"]);
    expect(pdf.headers["content-disposition"]).toContain("filename*=UTF-8''%E7%A4%BA");
    expect((await knock("GET", "/face/x", { cookie })).status).toBe(404);
    expect((await knock("GET", "/download/t2", { cookie })).status).toBe(404);
  });

  test.each([
    "/../package.json",
    "/%2e%2e/package.json",
    "/..%2fpackage.json",
    "/..%5cpackage.json",
    "/%00",
    "/%",
    "//etc/passwd",
    "http://127.0.0.1/",
    "/secret.sqlite",
    "/assets",
    "/face/..%2f",
  ])("%s is not served", async (path) => {
    const cookie = await enter();
    const { status, body } = await knock("GET", path, { cookie });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(body).not.toContain("secret");
  });

  test("every answer carries the policy", async () => {
    const cookie = await enter();
    for (const path of ["/", "/nothing", "/%", "/face/%E5%AE%8B", "/download/t1", "/auth"]) {
      const { headers } = await knock("GET", path, { cookie });
      expect(headers["content-security-policy"]).toContain("default-src 'none'; script-src 'self';");
      expect(headers["x-content-type-options"]).toBe("nosniff");
      expect(headers["cross-origin-resource-policy"]).toBe("same-origin");
    }
  });
});
