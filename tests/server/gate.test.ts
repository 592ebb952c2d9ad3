// The rules of the gate as tables: who is let in, who is refused and with which status.
import { describe, expect, test } from "vitest";
import { attachment, type Knock, Passes, refusal, safeSegments, sessionCookie } from "../../main/gate.ts";

const origin = "http://127.0.0.1:8123";
const page: Knock = {
  method: "GET",
  path: "/",
  host: "127.0.0.1:8123",
  origin: null,
  fetchSite: "same-origin",
  contentType: null,
  cookie: "gazette-8123=good",
};
const rpc: Knock = { ...page, method: "POST", path: "/rpc", origin, contentType: "application/json" };
const upload: Knock = { ...rpc, path: "/upload", contentType: "application/octet-stream" };
const auth: Knock = { ...page, path: "/auth", fetchSite: "cross-site", cookie: null };

describe("refusal", () => {
  const cases: [string, Knock, number | null][] = [
    ["the window", page, null],
    ["an address typed by hand", { ...page, fetchSite: "none" }, null],
    ["a client that sends no Sec-Fetch-Site", { ...page, fetchSite: null }, null],
    ["a call", rpc, null],
    ["a call with a charset", { ...rpc, contentType: "application/json; charset=utf-8" }, null],
    ["an upload", upload, null],
    ["the launch page", auth, null],
    ["HEAD", { ...page, method: "HEAD" }, null],
    ["our cookie among others", { ...page, cookie: "a=b; gazette-8123=good; c" }, null],

    ["DNS rebinding", { ...page, host: "evil.example:8123" }, 421],
    ["localhost", { ...page, host: "localhost:8123" }, 421],
    ["another port", { ...page, host: "127.0.0.1:80" }, 421],
    ["no host", { ...page, host: null }, 421],
    ["DNS rebinding of the launch", { ...auth, host: "evil.example" }, 421],
    ["a foreign origin", { ...rpc, origin: "http://evil.example" }, 403],
    ["the opaque origin", { ...rpc, origin: "null" }, 403],
    ["a foreign origin at the launch", { ...auth, origin: "http://evil.example" }, 403],
    ["a call without origin", { ...rpc, origin: null }, 403],
    ["an upload without origin", { ...upload, origin: null }, 403],
    ["a link on another site", { ...page, fetchSite: "cross-site" }, 403],
    ["another port of the same machine", { ...page, fetchSite: "same-site" }, 403],
    ["a call that looks like the launch", { ...rpc, path: "/auth", fetchSite: "cross-site" }, 403],
    ["a form", { ...rpc, contentType: "application/x-www-form-urlencoded" }, 415],
    ["plain text", { ...rpc, contentType: "text/plain" }, 415],
    ["no content type", { ...rpc, contentType: null }, 415],
    ["JSON as an upload", { ...upload, contentType: "application/json" }, 415],
    ["a post elsewhere", { ...rpc, path: "/events" }, 405],
    ["PUT", { ...rpc, method: "PUT" }, 405],
    ["OPTIONS", { ...page, method: "OPTIONS" }, 405],
    ["no cookie", { ...page, cookie: null }, 401],
    ["a wrong cookie", { ...page, cookie: "gazette-8123=bad" }, 401],
    ["an empty cookie", { ...page, cookie: "gazette-8123=" }, 401],
    ["the cookie of another gazette", { ...page, cookie: "gazette-9000=good" }, 401],
    ["a call without session", { ...rpc, cookie: null }, 401],
  ];
  test.each(cases)("%s", (_, knock, status) => {
    expect(refusal(knock, origin, (session) => session === "good")?.status ?? null).toBe(status);
  });
});

describe("Passes", () => {
  test("a token opens one session, once", () => {
    const passes = new Passes(() => 0);
    const token = passes.issue(30_000);
    const session = passes.redeem(token);
    expect(session !== null && passes.admits(session)).toBe(true);
    expect(passes.redeem(token)).toBeNull();
  });

  test("a token expires, unknown and altered ones open nothing", () => {
    let now = 0;
    const passes = new Passes(() => now);
    const token = passes.issue(30_000);
    expect(passes.redeem("")).toBeNull();
    expect(passes.redeem(`${token}x`)).toBeNull();
    now = 30_001;
    expect(passes.redeem(token)).toBeNull();
    expect(passes.admits(token)).toBe(false);
  });

  test("two tokens wait side by side", () => {
    const passes = new Passes(() => 0);
    const [first, second] = [passes.issue(1), passes.issue(1)];
    expect(first).not.toBe(second);
    expect(passes.redeem(second)).not.toBeNull();
    expect(passes.redeem(first)).not.toBeNull();
  });
});

test("the cookie cannot be read by scripts and does not follow links", () => {
  expect(sessionCookie("8123", "s")).toBe("gazette-8123=s; Path=/; HttpOnly; SameSite=Strict");
});

describe("safeSegments", () => {
  const cases: [string, string[] | null][] = [
    ["/assets/main-1.js", ["assets", "main-1.js"]],
    ["/face/%E5%AE%8B", ["face", "宋"]],
    ["/../package.json", null],
    ["/%2e%2e/package.json", null],
    ["/..%2fpackage.json", null],
    ["/..%5cpackage.json", null],
    ["/a/..%2f..%2fpackage.json", null],
    ["/%252e%252e/package.json", null],
    ["/.hidden", null],
    ["/a%00.js", null],
    ["/%", null],
    ["/%zz", null],
    ["/C:/windows", null],
    ["//etc/passwd", null],
    ["/a//b", null],
    ["/", null],
    ["", null],
  ];
  test.each(cases)("%s", (path, segments) => expect(safeSegments(path)).toEqual(segments));
});

test("a download keeps its Chinese name and cannot end the header", () => {
  expect(attachment('政报"\r\n(1).pdf')).toBe("attachment; filename*=UTF-8''%E6%94%BF%E6%8A%A5%22%0D%0A%281%29.pdf");
});
