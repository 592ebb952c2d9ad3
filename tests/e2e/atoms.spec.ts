// Pictures, footnotes and forced breaks in a real Chromium: how they come into the text, how they look there and on the
// page beside it, and how they leave it.
import type { Page } from "playwright/test";
import { jpeg, png, turnedJpeg } from "../pdf/pictures.ts";
import { type App, expect, test } from "./app.ts";

const text = (page: Page) => page.getByRole("textbox", { name: "正文" });
const figure = (page: Page) => text(page).locator("figure");

/** The sample issue with its first notice open and laid out, the caret at the start of its text. */
async function openSample({ page }: App): Promise<void> {
  await page.getByRole("button", { name: /示例公报/ }).click();
  await expect(page.getByRole("img", { name: "第1页", exact: true })).toBeVisible({ timeout: 20_000 });
  await text(page).locator("p").first().click();
  await page.keyboard.press("Control+Home");
  await settled(page);
}

/** The browser tells the editor of a caret moved by its own keys with the next frame. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
}

async function saved(page: Page): Promise<void> {
  await expect(page.getByText("已保存").first()).toBeVisible();
}

/** Pastes or drops files, in Chromium's own objects. */
async function give(
  page: Page,
  event: "paste" | "drop",
  files: readonly { name: string; type: string; bytes: Uint8Array }[],
) {
  const plain = files.map(({ name, type, bytes }) => ({ name, type, base64: Buffer.from(bytes).toString("base64") }));
  await text(page).evaluate(
    (root, { event, plain }) => {
      const data = new DataTransfer();
      for (const { name, type, base64 } of plain)
        data.items.add(new File([Uint8Array.from(atob(base64), (each) => each.charCodeAt(0))], name, { type }));
      const place = root.querySelectorAll("p")[2]?.getBoundingClientRect();
      const options = {
        bubbles: true,
        cancelable: true,
        clientX: (place?.left ?? 0) + 5,
        clientY: (place?.top ?? 0) + 5,
      };
      root.dispatchEvent(
        event === "paste"
          ? new ClipboardEvent("paste", { clipboardData: data, ...options })
          : new DragEvent("drop", { dataTransfer: data, ...options }),
      );
    },
    { event, plain },
  );
}

const bridge = { name: "桥.png", type: "image/png", bytes: png({ colour: 2 }) };

/** The share of strongly coloured pixels of a page of the preview, in thousandths: none in print but a picture's. */
async function colourfulness(page: Page, label: string): Promise<number> {
  return page.getByRole("img", { name: label, exact: true }).evaluate((canvas) => {
    if (!(canvas instanceof HTMLCanvasElement)) return -1;
    const { data } = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
    let coloured = 0;
    for (let i = 0; i < data.length; i += 4) {
      const [r = 0, g = 0, b = 0] = [data[i], data[i + 1], data[i + 2]];
      if (g > 200 && r < 60 && b < 60) coloured++;
    }
    return Math.round((coloured * 4000) / data.length);
  });
}

test("a pasted picture stands in the text and on the page, and takes its width, words and caption", async ({ app }) => {
  await openSample(app);
  const { page } = app;
  await give(page, "paste", [bridge]);
  await expect(figure(page)).toBeVisible();
  await expect.poll(() => colourfulness(page, "第1页")).toBeGreaterThan(1);
  const small = await colourfulness(page, "第1页");
  await page.getByRole("combobox", { name: "图片宽度" }).click();
  await page.locator(".ant-select-item-option", { hasText: "75%" }).click();
  await expect.poll(() => colourfulness(page, "第1页")).toBeGreaterThan(small * 6);
  await page.getByRole("textbox", { name: "替代文字" }).fill("新桥通车");
  await page.keyboard.press("Enter");
  await expect(figure(page).locator("img")).toHaveAttribute("alt", "新桥通车");
  await page.getByRole("button", { name: "写图题" }).click();
  await page.keyboard.insertText("图1　新桥");
  await expect(text(page).locator('p[data-kind="caption"]')).toHaveText("图1　新桥");
  await saved(page);
  await app.restart();
  await expect(figure(app.page)).toBeVisible();
  await expect(figure(app.page).locator("img")).toHaveAttribute("alt", "新桥通车");
});

test("a picture is picked from the menu; one of a camera held upright stands upright", async ({ app }) => {
  await openSample(app);
  const { page } = app;
  const chosen = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "插入", exact: true }).click();
  await page.getByRole("menuitem", { name: "图片" }).click();
  await (await chosen).setFiles({ name: "桥.jpg", mimeType: "image/jpeg", buffer: Buffer.from(turnedJpeg(6)) });
  await expect(figure(page)).toBeVisible();
  const { width = 0, height = 0 } = (await figure(page).boundingBox()) ?? {};
  expect(height / width).toBeCloseTo(2, 1);
  const natural = await figure(page)
    .locator("img")
    .evaluate((picture) => picture instanceof HTMLImageElement && [picture.naturalWidth, picture.naturalHeight]);
  expect(natural).toEqual([8, 16]);
});

test("a dropped drawing stands in the text and on the page as the picture that is printed", async ({ app }) => {
  await openSample(app);
  const { page } = app;
  const drawing =
    '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"><rect width="60" height="20" fill="#0f0"/></svg>';
  await give(page, "drop", [{ name: "示意图.svg", type: "image/svg+xml", bytes: Buffer.from(drawing) }]);
  await expect(figure(page)).toBeVisible();
  const shown = figure(page).locator("img");
  await expect
    .poll(() => shown.evaluate((picture) => picture instanceof HTMLImageElement && picture.naturalWidth))
    .toBe(3685);
  await expect.poll(() => colourfulness(page, "第1页")).toBeGreaterThan(50);
});

test("pictures are dropped where they are let go, one below the other, and deleted by either key", async ({ app }) => {
  await openSample(app);
  const { page } = app;
  await give(page, "drop", [bridge, { name: "河.jpg", type: "image/jpeg", bytes: jpeg("colour") }]);
  await expect(figure(page)).toHaveCount(2);
  const order = await text(page).evaluate((root) => [...root.children].slice(0, 6).map((each) => each.tagName));
  expect(order).toEqual(["P", "P", "P", "FIGURE", "FIGURE", "P"]);
  await page.keyboard.press("Backspace");
  await expect(figure(page)).toHaveCount(1);
  await figure(page).click();
  await page.keyboard.press("Delete");
  await expect(figure(page)).toHaveCount(0);
});

test("what is typed on a selected picture is its caption, and so with Enter", async ({ app }) => {
  await openSample(app);
  const { page } = app;
  await give(page, "paste", [bridge]);
  await expect(figure(page)).toHaveClass(/ProseMirror-selectednode/);
  await page.keyboard.type("x");
  const caption = text(page).locator('p[data-kind="caption"]');
  await expect(caption).toHaveText("x");
  await figure(page).click();
  await page.keyboard.press("Enter");
  await page.keyboard.insertText("图1");
  await expect(caption).toHaveText("x图1");
  await expect(figure(page)).toHaveCount(1);
});

test("a footnote is written by its key, counted in the text, changed by a click, and deleted", async ({ app }) => {
  await openSample(app);
  const { page } = app;
  const marks = text(page).locator("sup");
  const field = page.getByRole("textbox", { name: "脚注文字" });
  await page.keyboard.press("Control+Alt+f");
  await expect(field).toBeFocused();
  await page.keyboard.insertText("见附件1。");
  await page.keyboard.press("Enter");
  await expect(marks).toHaveCount(1);
  await expect(text(page)).toBeFocused();
  await page.keyboard.insertText("再者");
  await expect(text(page).locator("p").first()).toContainText(/^再者/);
  await page.getByRole("button", { name: "插入", exact: true }).click();
  await page.getByRole("menuitem", { name: /脚注/ }).click();
  await page.keyboard.insertText("另见第三条。");
  await page.getByRole("button", { name: "确定" }).click();
  await expect(marks).toHaveCount(2);
  const shown = await marks.evaluateAll((all) => all.map((each) => getComputedStyle(each, "::before").content));
  expect(new Set(shown).size).toBe(1); // the browser counts them: counter(footnote, footnote-mark)
  await marks.first().click();
  await expect(field).toHaveValue("见附件1。");
  await field.fill("见附件2。");
  await page.keyboard.press("Enter");
  await expect(marks.first()).toHaveAttribute("data-note", "见附件2。");
  await marks.first().click();
  await page.getByRole("button", { name: "删除脚注" }).click();
  await expect(marks).toHaveCount(1);
  await page.keyboard.press("Control+z");
  await expect(marks).toHaveCount(2);
  await page.keyboard.press("Control+Alt+f");
  await expect(field).toBeFocused();
  await page.keyboard.insertText("不要了");
  await page.keyboard.press("Escape");
  await expect(field).toHaveCount(0);
  await expect(marks).toHaveCount(2);
});

test("a footnote left by a click elsewhere is kept, and deleted by Backspace", async ({ app }) => {
  await openSample(app);
  const { page } = app;
  await page.keyboard.press("Control+Alt+f");
  await page.keyboard.insertText("见附件1。");
  await text(page).locator("p").nth(3).click();
  const marks = text(page).locator("sup");
  await expect(marks).toHaveAttribute("data-note", "见附件1。");
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("ArrowRight");
  await settled(page);
  await page.keyboard.press("Backspace");
  await expect(marks).toHaveCount(0);
});

test("a footnote left by key for the next notice is kept in its own", async ({ app }) => {
  await openSample(app);
  const { page } = app;
  const rows = page.getByRole("treeitem", { selected: true });
  const here = await rows.innerText();
  const marks = text(page).locator("sup");
  await page.keyboard.press("Control+Alt+f");
  await page.keyboard.insertText("见附件1。");
  await page.keyboard.press("Alt+PageDown");
  await expect(rows).not.toHaveText(here);
  await expect(page.getByRole("textbox", { name: "脚注文字" })).toHaveCount(0);
  await expect(marks).toHaveCount(0);
  await page.keyboard.press("Alt+PageUp");
  await expect(marks).toHaveAttribute("data-note", "见附件1。");
  await page.keyboard.press("Control+Alt+f");
  await page.keyboard.press("Alt+PageDown");
  await page.keyboard.press("Alt+PageUp");
  await expect(marks).toHaveCount(1);
});

test("a picture that arrives while an input method composes waits for the end of it", async ({ app }) => {
  await openSample(app);
  const { page } = app;
  let arrive = () => {};
  const held = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  await page.route("**/upload?*", async (route) => {
    await held;
    await route.continue();
  });
  await give(page, "paste", [bridge]);
  const client = await page.context().newCDPSession(page);
  await client.send("Input.imeSetComposition", { text: "zongti", selectionStart: 6, selectionEnd: 6 });
  const put = page.waitForResponse((response) => response.request().postData()?.includes("putImage") ?? false);
  arrive();
  await (await put).finished();
  await settled(page);
  await expect(text(page).locator("p").first()).toContainText(/^zongti/);
  await expect(figure(page)).toHaveCount(0);
  await client.send("Input.insertText", { text: "总体" });
  await expect(figure(page)).toBeVisible();
  await expect(text(page).locator("p").first()).toContainText(/^总体/);
});

test("forced breaks are shown with their words, and the page beside them follows", async ({ app }) => {
  await openSample(app);
  const { page } = app;
  const pages = page.getByRole("img", { name: /^第\d+页$/ });
  await expect(pages.first()).toBeVisible();
  await page.keyboard.press("Control+Enter");
  const lines = text(page).locator(".forced-break");
  await expect(lines).toHaveText(["分页符"]);
  await page.getByRole("button", { name: "插入", exact: true }).click();
  await page.getByRole("menuitem", { name: /分栏符/ }).click();
  await expect(lines).toHaveText(["分页符", "分栏符"]);
  await saved(page);
  await page.keyboard.press("Backspace");
  await expect(lines).toHaveText(["分页符"]);
});

test("a table is laid on its side from its menu", async ({ app }) => {
  await openSample(app);
  const { page } = app;
  await page.getByRole("button", { name: "插入表格" }).click();
  await page.getByRole("button", { name: "插入", exact: true }).last().click();
  await page.getByRole("button", { name: "表格", exact: true }).click();
  await page.getByRole("menuitem", { name: "横排（单独成页）" }).or(page.getByText("横排（单独成页）")).first().click();
  await expect(text(page).locator(".tableWrapper.landscape")).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect(text(page).locator(".tableWrapper.landscape")).toHaveCount(0);
});

for (const [what, file, says] of [
  [
    "a drawing with a script",
    {
      name: "图.svg",
      type: "image/svg+xml",
      bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
    },
    /“图\.svg”带有脚本/,
  ],
  ["a GIF", { name: "动图.gif", type: "image/gif", bytes: Buffer.from("GIF89a......") }, /“动图\.gif”是GIF图片/],
  ["a broken PNG", { ...bridge, bytes: bridge.bytes.subarray(0, 60) }, /“桥\.png”已损坏/],
] as const)
  test(`${what} is refused in a sentence and leaves the text as it was`, async ({ app }) => {
    await openSample(app);
    const { page } = app;
    const before = await text(page).innerText();
    await give(page, "paste", [file]);
    await expect(page.getByText(says)).toBeVisible();
    expect(await text(page).innerText()).toBe(before);
  });

test("words copied with a picture of them bring the words alone", async ({ app }) => {
  await openSample(app);
  const { page } = app;
  await text(page).evaluate((root, base64) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/html", "<p>甲</p>");
    clipboardData.setData("text/plain", "甲");
    clipboardData.items.add(
      new File([Uint8Array.from(atob(base64), (each) => each.charCodeAt(0))], "a.png", { type: "image/png" }),
    );
    root.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, Buffer.from(bridge.bytes).toString("base64"));
  await expect(text(page).locator("p").first()).toContainText(/^甲/);
  await expect(figure(page)).toHaveCount(0);
});
