// What lies behind a path, in browser mode and under Electron's app:// alike: the files of the built renderer, the
// faces and pictures of the preview, uploads and finished PDFs. One function from Request to Response, so both serve
// the same bytes under the same headers and the traversal tests hold for both.
import { openAsBlob } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, join, relative, resolve } from "node:path";
import { GazetteError } from "../shared/api.ts";
import type { Finished } from "./export/shelf.ts";
import { attachment, guardHeaders, safeSegments } from "./gate.ts";
import type { StoredImage } from "./store/images.ts";

/** The part of the core that moves files. */
export interface Files {
  putUpload(bytes: Uint8Array, fileName: string): string | Promise<string>;
  face(id: string): Uint8Array | Promise<Uint8Array>;
  image(id: string): StoredImage | Promise<StoredImage>;
  download(token: string): Finished | null | Promise<Finished | null>;
}

export const uploadLimit = 64 * 1024 * 1024;

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".ttf": "font/ttf",
  ".wasm": "application/wasm",
};

/** The part of a Request that is read here; a Request of Electron is one, the server makes one from its sockets. */
export interface Ask {
  readonly method: string;
  readonly url: string;
  readonly headers: { get(name: string): string | null };
  readonly body: AsyncIterable<Uint8Array> | null;
}

/** Answers a request whose sender the gate has let in. `page` is the folder of the built renderer. */
export async function answer(ask: Ask, files: Files, page: string): Promise<Response> {
  const url = new URL(ask.url);
  const segments = url.pathname === "/" ? ["index.html"] : safeSegments(url.pathname);
  if (segments === null) return refused(400, "badRequest", "地址不正确。");
  const [place, name] = segments;
  try {
    if (ask.method === "POST")
      return place === "upload" && segments.length === 1
        ? await receive(ask, files, url.searchParams.get("name") ?? "")
        : refused(405, "badRequest", "此地址不能这样使用。");
    if (ask.method !== "GET" && ask.method !== "HEAD") return refused(405, "badRequest", "此地址不能这样使用。");
    if (place === "face" && name !== undefined && segments.length === 2) return await face(files, name);
    if (place === "image" && name !== undefined && segments.length === 2) return await image(files, name);
    if (place === "download" && name !== undefined && segments.length === 2) return await download(files, name);
    return await staticFile(page, segments);
  } catch (error) {
    if (error instanceof GazetteError) return refused(error.code === "notFound" ? 404 : 422, error.code, error.message);
    throw error;
  }
}

/** A refusal as the transport of the renderer reads it: {code, message}. */
export function refused(status: number, code: GazetteError["code"], message: string): Response {
  return new Response(JSON.stringify({ ok: false, code, message }), {
    status,
    headers: { ...guardHeaders, "content-type": "application/json; charset=utf-8", "cache-control": "no-store" },
  });
}

async function receive(ask: Ask, files: Files, name: string): Promise<Response> {
  if (name === "" || name.length > 255) return refused(400, "badRequest", "上传的文件没有合适的名称。");
  const bytes = await readBody(ask, uploadLimit);
  if (bytes === null) return refused(413, "badFile", `“${name}”超过64兆字节，不能导入。`);
  return new Response(JSON.stringify({ upload: await files.putUpload(bytes, name) }), {
    headers: { ...guardHeaders, "content-type": "application/json; charset=utf-8", "cache-control": "no-store" },
  });
}

/** The whole body, or null as soon as it is longer than `limit` bytes. */
export async function readBody(ask: Ask, limit: number): Promise<Uint8Array | null> {
  if (Number(ask.headers.get("content-length") ?? 0) > limit) return null;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of ask.body ?? []) {
    length += chunk.length;
    if (length > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

async function face(files: Files, id: string): Promise<Response> {
  return new Response(Uint8Array.from(await files.face(id)), {
    headers: { ...guardHeaders, "content-type": "font/ttf", "cache-control": "no-store" },
  });
}

/** Named after its content, so it never changes. */
async function image(files: Files, id: string): Promise<Response> {
  const { mime, bytes } = await files.image(id);
  return new Response(Uint8Array.from(bytes), {
    headers: { ...guardHeaders, "content-type": mime, "cache-control": "private, max-age=31536000, immutable" },
  });
}

async function download(files: Files, token: string): Promise<Response> {
  const file = await files.download(token);
  const bytes = file && (await openAsBlob(file.path).catch(() => null));
  if (!bytes) return refused(404, "notFound", "这份文件已不在，请重新导出。");
  return new Response(bytes, {
    headers: {
      ...guardHeaders,
      "content-type": extname(file.path) === ".pdf" ? "application/pdf" : "application/octet-stream",
      "content-length": String(bytes.size),
      "content-disposition": attachment(file.fileName),
      "cache-control": "no-store",
    },
  });
}

async function staticFile(page: string, segments: readonly string[]): Promise<Response> {
  const path = resolve(page, join(...segments));
  const inside = relative(page, path);
  if (inside.startsWith("..")) return refused(400, "badRequest", "地址不正确。");
  const type = types[extname(path)];
  const bytes = type === undefined ? null : await readFile(path).catch(() => null);
  if (bytes === null || type === undefined) return refused(404, "notFound", "没有这个页面。");
  return new Response(bytes, {
    headers: {
      ...guardHeaders,
      "content-type": type,
      // Vite names what lies in assets/ after its content.
      "cache-control": segments[0] === "assets" ? "private, max-age=31536000, immutable" : "no-cache",
    },
  });
}
