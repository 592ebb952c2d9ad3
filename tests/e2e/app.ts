// The program as a user starts it, for the browser tests: a server of its own with a data folder of its own, and a
// page that has opened the printed address. `app.restart()` is what a user does after a power cut.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test as base, expect, type Page } from "playwright/test";

const root = dirname(dirname(import.meta.dirname));

export interface App {
  /** Data folder of this test. */
  readonly folder: string;
  readonly page: Page;
  /** Ends the program, by default as Ctrl+C does ("SIGKILL": as a power cut), and starts it on the same folder. */
  restart(signal?: "SIGINT" | "SIGKILL"): Promise<void>;
}

/** Tests take `app`; a test also fails on any error in the browser's console. */
export const test = base.extend<{ app: App }>({
  app: async ({ page }, use) => {
    const folder = mkdtempSync(join(tmpdir(), "zhengbao-e2e-"));
    const errors: string[] = [];
    let ending = false;
    // What a page says about a server that was taken from under it is no error of the page.
    const note = (text: string) => void (ending || errors.push(text));
    page.on("pageerror", (error) => note(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") note(message.text());
    });
    let server = await start(folder);
    await page.goto(server.url);
    await page.waitForURL(new URL("/", server.url).href);
    const restart = async (signal: "SIGINT" | "SIGKILL" = "SIGINT") => {
      ending = true;
      await stop(server.child, signal);
      server = await start(folder);
      await page.goto(server.url);
      await page.waitForURL(new URL("/", server.url).href);
      ending = false;
    };
    try {
      await use({ folder, page, restart });
    } finally {
      ending = true;
      await page.close();
      await stop(server.child, "SIGINT");
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    }
    expect(errors).toEqual([]);
  },
});
export { expect };

/** Starts `cli -- serve` and waits for the address it prints. */
function start(folder: string): Promise<{ child: ChildProcess; url: string }> {
  const args = [join(root, "main", "run.mjs"), "serve", "--no-open", "--data", folder, "--port", "0"];
  // A process group of its own, so that a kill reaches the program behind the launcher.
  // A home of its own, where a test installs fonts.
  const env = { ...process.env, HOME: folder };
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  return new Promise((resolve, reject) => {
    let output = "";
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const url = /http:\/\/127\.0\.0\.1:\d+\/auth\?token=[\w-]+/.exec(output)?.[0];
      if (url) resolve({ child, url });
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("exit", (code) => reject(new Error(`the program ended with ${code}: ${output}`)));
  });
}

function stop(child: ChildProcess, signal: "SIGINT" | "SIGKILL"): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return resolve();
    child.once("exit", () => resolve());
    if (signal === "SIGKILL") process.kill(-child.pid, signal);
    else child.kill(signal);
  });
}
