// Browser mode: the core behind a loopback server that only the browser window opened by us can use. The gate judges
// every request first; then /auth opens a session, /rpc calls the core, /events pushes, and routes.ts serves files.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { pipeline } from "node:stream/promises";
import { GazetteError } from "../shared/api.ts";
import { dispatch } from "../shared/calls.ts";
import { findBrowser, hasDisplay, openWindow } from "./browser.ts";
import { pageFolder, prepare } from "./bundle.ts";
import { type Core, openCore } from "./core.ts";
import { guardHeaders, Passes, refusal, sessionCookie } from "./gate.ts";
import { type Ask, answer, readBody, refused } from "./routes.ts";

const rpcLimit = 8 * 1024 * 1024;
const heartbeat = 20_000;
/** A window we open asks at once; a person needs time to copy a printed address. */
const openedLifetime = 30_000;
const printedLifetime = 10 * 60_000;

export interface ServerOptions {
  readonly core: Core;
  /** Folder of the built renderer. */
  readonly page: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Milliseconds, for the life of launch tokens. */
  readonly now: () => number;
  readonly onError: (error: unknown) => void;
}

export interface GazetteServer {
  /** http://127.0.0.1:port */
  readonly origin: string;
  /** A fresh address that opens the window once within `lifetime` milliseconds. */
  launchUrl(lifetime: number): string;
  close(): Promise<void>;
}

/** Listens on 127.0.0.1 only. Throws GazetteError when the port cannot be had. */
export async function openServer(options: ServerOptions): Promise<GazetteServer> {
  const passes = new Passes(options.now);
  const server = createServer({ maxHeaderSize: 16 * 1024, requestTimeout: 30_000 });
  await listen(server, options.port);
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  server.on("request", (incoming, outgoing) => {
    respond(incoming, outgoing, origin, passes, options).catch((error) => {
      // A window that closes in the middle of an answer is no fault of ours.
      if (!outgoing.destroyed) options.onError(error);
      outgoing.destroy();
    });
  });
  return {
    origin,
    launchUrl: (lifetime) => `${origin}/auth?token=${passes.issue(lifetime)}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const taken = error.code === "EADDRINUSE" || error.code === "EACCES";
      const advice = `端口${port}不能使用（已被占用或没有权限），请换一个端口，或不指定端口。`;
      reject(taken ? new GazetteError("badRequest", advice, { cause: error }) : error);
    });
    server.listen(port, "127.0.0.1", resolve);
  });
}

async function respond(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  origin: string,
  passes: Passes,
  { core, page, onError }: ServerOptions,
): Promise<void> {
  const ask = readAsk(incoming, origin);
  if (ask === null) return send(outgoing, refused(400, "badRequest", "地址不正确。"));
  const url = new URL(ask.url);
  const knock = {
    method: ask.method,
    path: url.pathname,
    host: incoming.headers.host ?? null,
    origin: ask.headers.get("origin"),
    fetchSite: ask.headers.get("sec-fetch-site"),
    contentType: ask.headers.get("content-type"),
    cookie: ask.headers.get("cookie"),
  };
  const no = refusal(knock, origin, (session) => passes.admits(session));
  if (no)
    return send(
      outgoing,
      ask.method === "GET" ? notice(no.status, no.sentence) : refused(no.status, "badRequest", no.sentence),
    );
  if (url.pathname === "/auth") return send(outgoing, enter(url, passes));
  if (url.pathname === "/events") return stream(outgoing, core);
  if (url.pathname === "/rpc" && ask.method === "POST") return send(outgoing, await call(ask, core, onError));
  return send(outgoing, await answer(ask, core, page));
}

/** Null for a request whose target is no path (a proxy's absolute form, OPTIONS *). */
function readAsk(incoming: IncomingMessage, origin: string): Ask | null {
  const target = incoming.url ?? "";
  const method = incoming.method ?? "GET";
  if (!target.startsWith("/") || target.startsWith("//")) return null;
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) if (typeof value === "string") headers.set(name, value);
  // Stopping early must leave the socket open for the answer that says why.
  return { method, url: origin + target, headers, body: incoming.iterator({ destroyOnReturn: false }) };
}

async function send(outgoing: ServerResponse, response: Response): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (response.body === null || outgoing.req.method === "HEAD") outgoing.end();
  else await pipeline(response.body, outgoing);
}

/** Takes the launch token for a session cookie. The step to / is a refresh and no redirect, because a redirect would
 *  still count as cross-site and lose the strict cookie. */
function enter(url: URL, passes: Passes): Response {
  const session = passes.redeem(url.searchParams.get("token") ?? "");
  if (session === null) return notice(401, "这个地址已用过或已过期，请重新启动政报工坊。");
  const response = notice(200, "正在打开……", `<meta http-equiv="refresh" content="0;url=/">`);
  response.headers.set("set-cookie", sessionCookie(url.port, session));
  return response;
}

/** A page of one sentence, for a person who looks at the browser. */
function notice(status: number, sentence: string, head = ""): Response {
  const html = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><link rel="icon" href="data:,"><title>政报工坊</title>${head}<p>${sentence}</p></html>\n`;
  const headers = { ...guardHeaders, "content-type": "text/html; charset=utf-8", "cache-control": "no-store" };
  return new Response(html, { status, headers });
}

async function call(ask: Ask, core: Core, onError: (error: unknown) => void): Promise<Response> {
  const body = await readBody(ask, rpcLimit);
  if (body === null) return refused(413, "badRequest", "内容太长，一次最多8兆字节。");
  let message: unknown;
  try {
    message = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    return refused(400, "badRequest", "请求的格式不对。");
  }
  if (typeof message !== "object" || message === null || !("method" in message) || !("args" in message))
    return refused(400, "badRequest", "请求的格式不对。");
  const reply = await dispatch(core.api, message.method, message.args, onError);
  const headers = { ...guardHeaders, "content-type": "application/json; charset=utf-8", "cache-control": "no-store" };
  return new Response(JSON.stringify(reply), { headers });
}

/** Server-sent events, one CoreEvent each, until the window goes away. */
function stream(outgoing: ServerResponse, core: Core): Promise<void> {
  outgoing.writeHead(200, { ...guardHeaders, "content-type": "text/event-stream", "cache-control": "no-store" });
  outgoing.write(":\n\n");
  const stop = core.onEvent((event) => outgoing.write(`data: ${JSON.stringify(event)}\n\n`));
  const beat = setInterval(() => outgoing.write(":\n\n"), heartbeat);
  return new Promise((resolve) =>
    outgoing.on("close", () => {
      stop();
      clearInterval(beat);
      resolve();
    }),
  );
}

export interface ServeOptions {
  /** Data folder; made when missing. */
  readonly folder: string;
  readonly port: number;
  /** Open a window in an installed browser; otherwise print the address. */
  readonly open: boolean;
}

/** Runs browser mode until its window closes or the process is told to stop. Throws GazetteError when it cannot start. */
export async function serve({ folder, port, open }: ServeOptions): Promise<void> {
  const onError = (error: unknown) => console.error(error);
  // A folder that cannot be used is refused before the page is built.
  const core = openCore(folder, { clock: () => new Date(), onError });
  try {
    await prepare("renderer", say);
    const stopped = signalled();
    const server = await openServer({ core, page: pageFolder, port, now: Date.now, onError });
    try {
      await (open ? showWindow(server, folder, stopped) : printAddress(server, stopped));
    } finally {
      await server.close();
    }
  } finally {
    await core.close();
  }
}

function say(line: string): void {
  console.log(line);
}

async function printAddress(server: GazetteServer, stopped: Promise<void>): Promise<void> {
  say(`请在浏览器中打开（十分钟内有效，只能用一次）：${server.launchUrl(printedLifetime)}`);
  await stopped;
}

async function showWindow(server: GazetteServer, folder: string, stopped: Promise<void>): Promise<void> {
  const browser = hasDisplay(process.env, process.platform) ? findBrowser(process.env, process.platform) : null;
  if (browser === null) {
    say(hasDisplay(process.env, process.platform) ? "没有找到 Edge、Chrome 或 Chromium。" : "这里没有图形界面。");
    return printAddress(server, stopped);
  }
  const window = openWindow(browser, server.launchUrl(openedLifetime), folder);
  const closed = new Promise<boolean>((resolve) => {
    window.once("error", () => resolve(false));
    window.once("exit", (code) => resolve(code === 0));
  });
  say(`政报工坊已在窗口中打开，关闭窗口即退出。`);
  const orderly = await Promise.race([closed, stopped.then(() => true)]);
  if (window.exitCode === null) window.kill();
  if (orderly) return;
  say(`浏览器未能正常打开（${browser}）。`);
  return printAddress(server, stopped);
}

/** Resolves at Ctrl+C or a request to end; further signals while closing change nothing. */
function signalled(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => resolve());
  });
}
