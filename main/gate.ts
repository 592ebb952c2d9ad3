// Who may talk to the loopback server: every rule about hosts, origins, tokens, cookies, paths and headers. A page on
// the web must not reach the gazette through the user's browser (DNS rebinding, cross-site requests), and another
// program or user of this machine must not open it. Nothing here touches a socket, so each rule is a row in a test.
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** What the gate looks at in a request; absent headers are null. `path` is the path of the URL, without the query. */
export interface Knock {
  readonly method: string;
  readonly path: string;
  readonly host: string | null;
  readonly origin: string | null;
  readonly fetchSite: string | null;
  readonly contentType: string | null;
  readonly cookie: string | null;
}

export interface Refusal {
  readonly status: number;
  readonly sentence: string;
}

/** Content type each POST must have: a form or a text/plain of a foreign page cannot send these without asking. */
const postTypes: Readonly<Record<string, string>> = {
  "/rpc": "application/json",
  "/upload": "application/octet-stream",
};

/** Null when the request may pass. `origin` is ours (http://127.0.0.1:port); `admits` knows the sessions. */
export function refusal(knock: Knock, origin: string, admits: (session: string) => boolean): Refusal | null {
  const port = new URL(origin).port;
  if (knock.host !== `127.0.0.1:${port}`) return { status: 421, sentence: "请用程序给出的地址打开。" };
  if (knock.origin !== null && knock.origin !== origin) return { status: 403, sentence: "不接受其他网页的请求。" };
  // The launch page is a local file, so the step from it to /auth counts as cross-site.
  const auth = knock.method === "GET" && knock.path === "/auth";
  if (!auth && knock.fetchSite !== null && knock.fetchSite !== "same-origin" && knock.fetchSite !== "none")
    return { status: 403, sentence: "不接受其他网页的请求。" };
  if (knock.method === "POST") {
    const type = postTypes[knock.path];
    if (type === undefined) return { status: 405, sentence: "此地址不能这样使用。" };
    if (knock.origin === null) return { status: 403, sentence: "不接受其他程序的请求。" };
    if (knock.contentType?.split(";")[0]?.trim().toLowerCase() !== type)
      return { status: 415, sentence: "请求的格式不对。" };
  } else if (knock.method !== "GET" && knock.method !== "HEAD")
    return { status: 405, sentence: "此地址不能这样使用。" };
  if (auth) return null;
  const session = cookieValue(knock.cookie, cookieName(port));
  if (session === null || !admits(session))
    return { status: 401, sentence: "这个页面已与程序断开，请从程序重新打开政报工坊。" };
  return null;
}

/** Cookies ignore ports; the port in the name keeps two running gazettes apart. */
export function cookieName(port: string): string {
  return `gazette-${port}`;
}

export function sessionCookie(port: string, session: string): string {
  return `${cookieName(port)}=${session}; Path=/; HttpOnly; SameSite=Strict`;
}

function cookieValue(header: string | null, name: string): string | null {
  for (const pair of header?.split(";") ?? []) {
    const [key, value] = pair.trim().split("=", 2);
    if (key === name && value) return value;
  }
  return null;
}

/** One-time launch tokens and the sessions they open. Only hashes are kept. `now` gives milliseconds. */
export class Passes {
  private readonly now: () => number;
  private readonly tokens: { hash: Buffer; expires: number }[] = [];
  private readonly sessions: Buffer[] = [];

  constructor(now: () => number) {
    this.now = now;
  }

  /** A fresh token of 32 random bytes, good once within `lifetime` milliseconds. */
  issue(lifetime: number): string {
    const token = randomBytes(32).toString("base64url");
    this.tokens.push({ hash: sha256(token), expires: this.now() + lifetime });
    return token;
  }

  /** The session that the token opens, or null when it is unknown, used or expired. */
  redeem(token: string): string | null {
    const hash = sha256(token);
    const index = this.tokens.findIndex((known) => timingSafeEqual(known.hash, hash));
    const [known] = index < 0 ? [] : this.tokens.splice(index, 1);
    if (!known || known.expires < this.now()) return null;
    const session = randomBytes(32).toString("base64url");
    this.sessions.push(sha256(session));
    return session;
  }

  admits(session: string): boolean {
    const hash = sha256(session);
    return this.sessions.some((known) => timingSafeEqual(known, hash));
  }
}

function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

/** Segments of a URL path below the served folder, decoded once; null for anything that could lead out of it. */
export function safeSegments(path: string): string[] | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return null;
  }
  const segments = decoded.split("/").slice(1);
  const safe = segments.every((part) => part !== "" && !part.startsWith(".") && !/[\0\\:%]/.test(part));
  return decoded.startsWith("/") && safe ? segments : null;
}

/** Header value that saves a download under a Chinese name (RFC 6266, RFC 8187). */
export function attachment(fileName: string): string {
  const encoded = encodeURIComponent(fileName).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
  return `attachment; filename*=UTF-8''${encoded}`;
}

/** antd writes its styles into style elements, hence 'unsafe-inline' for styles; scripts come from our files only.
 *  Trusted Types admit two policies: ProseMirror's clipboard and our own for the address of the preview's worker. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "font-src 'self' blob: data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "frame-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types ProseMirrorClipboard gazette",
].join("; ");

/** Headers of every answer, in browser mode and under app:// alike. */
export const guardHeaders: Readonly<Record<string, string>> = {
  "content-security-policy": contentSecurityPolicy,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
  "permissions-policy": "camera=(), microphone=(), geolocation=(), usb=(), serial=(), payment=()",
};
