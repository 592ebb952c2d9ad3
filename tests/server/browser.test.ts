// Which browser is taken, and that the launch token reaches it through a file that only its owner can read.
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findBrowser, hasDisplay, openWindow } from "../../main/browser.ts";

type Env = Record<string, string>;

describe("findBrowser", () => {
  const edge = "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe";
  const chrome = "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe";
  const windows = { ProgramFiles: "C:\\Program Files", "ProgramFiles(x86)": "C:\\Program Files (x86)" };
  const macChrome = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
  const macEdge = "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge";
  const cases: [string, string, Env, string[], string | null][] = [
    [
      "the one the user names",
      "linux",
      { GAZETTE_BROWSER: "/opt/b", PATH: "/usr/bin" },
      ["/usr/bin/chromium"],
      "/opt/b",
    ],
    ["Chromium before Chrome", "linux", { PATH: "/a:/b" }, ["/a/google-chrome", "/b/chromium"], "/b/chromium"],
    ["Edge on Linux", "linux", { PATH: "/a:/b" }, ["/b/microsoft-edge"], "/b/microsoft-edge"],
    ["none on Linux", "linux", { PATH: "/a" }, ["/b/chromium"], null],
    ["no PATH", "linux", {}, [], null],
    ["Edge before Chrome on Windows", "win32", windows, [chrome, edge], edge],
    ["Chrome on Windows", "win32", windows, [chrome], chrome],
    ["Chrome before Edge on macOS", "darwin", {}, [macEdge, macChrome], macChrome],
  ];
  test.runIf(process.platform !== "win32").each(cases)("%s", (_, platform, env, installed, found) => {
    expect(findBrowser(env, platform, (path) => installed.includes(path))).toBe(found);
  });
});

test.each([
  ["linux", {}, false],
  ["linux", { DISPLAY: ":0" }, true],
  ["linux", { WAYLAND_DISPLAY: "wayland-0" }, true],
  ["win32", {}, true],
  ["darwin", {}, true],
])("a display on %s with %j: %s", (platform, env: Env, expected) => {
  expect(hasDisplay(env, platform)).toBe(expected);
});

test.runIf(process.platform !== "win32")("the token stands in no command line", async () => {
  const folder = mkdtempSync(join(tmpdir(), "zhengbao-browser-"));
  const url = "http://127.0.0.1:8123/auth?token=secret";
  const launch = join(folder, "launch.html");
  writeFileSync(launch, "left over, and readable to all", { mode: 0o644 });
  const child = openWindow(process.execPath, url, folder);
  expect(child.spawnargs.join(" ")).not.toContain("secret");
  expect(child.spawnargs).toContain(`--app=file://${launch}`);
  expect(readFileSync(launch, "utf8")).toContain(url);
  expect(statSync(launch).mode & 0o777).toBe(0o600);
  await new Promise((resolve) => child.on("exit", resolve));
  expect(existsSync(launch)).toBe(false);
  rmSync(folder, { recursive: true });
});
