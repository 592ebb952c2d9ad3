// preview: from the key press to the painted page, in a real browser on the window as users have it. The clock is the
// page's own; the first glyph drawn after a key begins the painting, and the microtask behind it ends it.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Page } from "playwright";
import { findBrowser } from "../browser.ts";

export interface PreviewTimes {
  readonly pages: number;
  /** Milliseconds from key press to painted page, one per key. */
  readonly times: readonly number[];
}

const keys = 80;

/** Opens the sample issue in browser mode, types into a notice, and takes the times. Throws Error without a browser. */
export async function previewTimes(root: string): Promise<PreviewTimes> {
  const executablePath = findBrowser(process.env, process.platform);
  if (executablePath === null) throw new Error("没有找到浏览器，请安装 Chromium 或用 GAZETTE_BROWSER 指定。");
  const folder = mkdtempSync(join(tmpdir(), "zhengbao-bench-"));
  const server = spawn(process.execPath, [join(root, "main", "run.mjs"), "serve", "--no-open", "--data", folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const browser = await chromium.launch({ executablePath, args });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(await address(server.stdout));
    await page.getByRole("button", { name: "打开示例公报" }).click();
    const paragraphs = page.getByRole("textbox", { name: "正文" }).locator("p");
    await paragraphs.nth(1).click();
    await page.keyboard.press("End");
    await page.evaluate(watchPainting);
    for (let i = 0; i < keys; i++) {
      await page.keyboard.insertText("改");
      await page.evaluate(`paintedMoreThan(${i})`);
    }
    const times = await page.evaluate<number[]>("painted");
    return { pages: await pageCount(page), times: times.slice(5) };
  } finally {
    await browser.close();
    server.kill("SIGINT");
    await new Promise((resolve) => server.once("exit", resolve));
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The address that the server prints. */
async function address(output: NodeJS.ReadableStream): Promise<string> {
  let text = "";
  for await (const chunk of output) {
    text += String(chunk);
    const url = /http:\/\/\S+/.exec(text)?.[0];
    if (url) return url;
  }
  throw new Error("程序没有给出地址。");
}

/** Runs in the page: notes, for each insertion of text, when the print of it has been painted. */
const watchPainting = `
  painted = [];
  paintedMoreThan = async (count) => {
    while (painted.length <= count) await new Promise(requestAnimationFrame);
  };
  let typed = 0;
  addEventListener("beforeinput", () => { typed = performance.now(); }, true);
  const canvas = CanvasRenderingContext2D.prototype;
  const draw = canvas.fillText;
  canvas.fillText = function (...glyph) {
    if (typed > 0) {
      const begin = typed;
      typed = 0;
      queueMicrotask(() => painted.push(performance.now() - begin));
    }
    draw.apply(this, glyph);
  };
`;

async function pageCount(page: Page): Promise<number> {
  return Number(/(\d+)页/.exec(await page.locator(".top-bar").innerText())?.[1] ?? Number.NaN);
}
