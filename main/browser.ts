// Finds an installed Chromium, Edge or Chrome and opens the gazette in it as an application window. The launch address
// holds a one-time token and a command line is visible to every user of the machine, so the browser is given a local
// launch.html that only its owner can read (Jupyter's way).
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";

type Env = Readonly<Record<string, string | undefined>>;

/** Path of a browser, or null. GAZETTE_BROWSER goes before anything installed. */
export function findBrowser(env: Env, platform: string, exists: (path: string) => boolean = existsSync): string | null {
  if (env.GAZETTE_BROWSER) return env.GAZETTE_BROWSER;
  return candidates(env, platform).find(exists) ?? null;
}

function candidates(env: Env, platform: string): string[] {
  if (platform === "win32") {
    const folders = [env.ProgramFiles, env["ProgramFiles(x86)"], env.LOCALAPPDATA].filter(
      (folder) => folder !== undefined,
    );
    const programs = ["Microsoft\\Edge\\Application\\msedge.exe", "Google\\Chrome\\Application\\chrome.exe"];
    return programs.flatMap((program) => folders.map((folder) => `${folder}\\${program}`));
  }
  if (platform === "darwin")
    return ["Google Chrome", "Microsoft Edge", "Chromium"].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const edges = ["microsoft-edge", "microsoft-edge-stable"];
  const folders = (env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return [...names, ...edges].flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** Can a window appear at all? */
export function hasDisplay(env: Env, platform: string): boolean {
  return platform !== "linux" || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/** Opens `url` as an application window with a profile of its own, so that the process lives as long as the window. */
export function openWindow(browser: string, url: string, folder: string): ChildProcess {
  const launch = join(folder, "launch.html");
  // The mode counts only for a file that is made.
  rmSync(launch, { force: true });
  writeFileSync(launch, launchPage(url), { mode: 0o600, flag: "wx" });
  const args = [
    `--app=${pathToFileURL(launch)}`,
    `--user-data-dir=${join(folder, "browser")}`,
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--disable-extensions",
    "--start-maximized",
    // Chromium refuses to start as root with its sandbox.
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  ];
  const window = spawn(browser, args, { stdio: "ignore" });
  window.once("exit", () => rmSync(launch, { force: true }));
  return window;
}

function launchPage(url: string): string {
  const title = '<meta name="google" content="notranslate"><title>政报工坊</title>';
  return `<!doctype html><meta charset="utf-8">${title}<meta http-equiv="refresh" content="0;url=${url}">\n`;
}
