// The main job through the window, as a secretary does it: from a file to a proved PDF, by mouse and by keyboard, and
// everything still there after the power went.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright/test";
import { expect, test } from "./app.ts";

const gazette = fileURLToPath(new URL("../fixtures/example-gazette.txt", import.meta.url));

async function openSample(page: Page): Promise<void> {
  await page.getByRole("button", { name: "打开示例公报" }).click();
  await expect(entries(page).first()).toBeVisible();
}

const entries = (page: Page) => page.locator("[role=treeitem][aria-level='2']");
const entry = (page: Page, words: string | RegExp) => page.getByRole("treeitem", { name: words });
const place = (page: Page, name: string) => page.getByRole("navigation").getByRole("button", { name });
const message = (page: Page) => page.getByRole("status", { name: "消息" });

/** Titles of the structure in order, without folios. */
async function titles(page: Page): Promise<string[]> {
  return entries(page).locator(".name").allInnerTexts();
}

async function saved(page: Page): Promise<void> {
  await expect(page.getByRole("status", { name: "保存状态" })).toHaveText("已保存");
}

async function importFile(
  page: Page,
  file: string | { name: string; mimeType: string; buffer: Buffer },
): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: /^导入/ }).click();
  await (await chooser).setFiles(file);
}

test("a file becomes a proved PDF, and all of it is there after the power went", async ({ app }) => {
  const { page } = app;
  await importFile(page, gazette);
  const review = page.getByRole("main", { name: "导入核对" });
  await expect(review.getByText("认出7篇公文")).toBeVisible();
  await expect(review.getByRole("region", { name: "对整个文件的提示" })).toContainText("示县政人〔2025〕6号");
  await review.getByLabel("第2篇文号").fill("示县政通〔2025〕8号");
  await review.getByLabel("留用第6篇").uncheck();
  await review.getByRole("button", { name: "入库并建立新一期（6篇）" }).click();

  await expect(entries(page)).toHaveCount(6);
  await expect(page.getByRole("button", { name: "切换期" })).toContainText("示例县政报 2025年第4期");
  await entry(page, /养殖禁养区/).click();
  await page.keyboard.press("Alt+ArrowUp");
  await expect(message(page)).toContainText("现为“县政府文件”第1篇");
  await expect(entry(page, /养殖禁养区/)).toBeFocused();
  const text = page.getByRole("textbox", { name: "正文" });
  await text.locator("p").first().click();
  await page.keyboard.press("Home");
  await page.keyboard.type("经研究决定，");
  await saved(page);
  const order = await titles(page);

  await page.keyboard.press("Control+p");
  await expect(page.getByRole("heading", { name: /已导出，核对相符/ })).toBeVisible({ timeout: 40_000 });
  const report = page.getByRole("article", { name: "核对报告" });
  await expect(report.getByRole("row", { name: /养殖禁养区.*示县政通〔2025〕8号.*相符/ })).toBeVisible();
  await expect(report.getByText("不符")).toHaveCount(0);
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "下载PDF" }).click();
  const pdf = await readFile(await (await download).path());
  expect(pdf.subarray(0, 5).toString("latin1")).toBe("%PDF-");

  await app.restart("SIGKILL");
  await place(page, "本期").click();
  await expect(entries(page)).toHaveCount(6);
  expect(await titles(page)).toEqual(order);
  await entry(page, /养殖禁养区/).click();
  await expect(text).toContainText("经研究决定，");
  await page.getByRole("tab", { name: "公文信息" }).click();
  await expect(page.getByLabel("发文字号")).toHaveValue("示县政通〔2025〕8号");
});

test("notices are dragged into another section, and the move is taken back", async ({ app }) => {
  const { page } = app;
  await openSample(page);
  const before = await titles(page);
  await entries(page)
    .nth(1)
    .dragTo(page.getByRole("treeitem", { name: /^栏目/ }).first());
  await expect.poll(() => titles(page)).toEqual([before[1], before[0], ...before.slice(2)]);
  await message(page).getByRole("button", { name: "撤销" }).click();
  await expect.poll(() => titles(page)).toEqual(before);
  await page.keyboard.press("Control+y");
  await expect.poll(() => titles(page)).toEqual([before[1], before[0], ...before.slice(2)]);
});

test("the structure shows the printed folios and follows the text", async ({ app }) => {
  const { page } = app;
  await openSample(page);
  const folios = () => entries(page).locator(".folio").allInnerTexts();
  await expect.poll(folios, { timeout: 20_000 }).not.toContain("…");
  const before = (await folios()).map(Number);
  expect(before[0]).toBe(1);
  expect(before).toEqual(before.toSorted((a, b) => a - b));
  await entries(page).first().press("Delete");
  await expect.poll(async () => (await folios())[0]).toBe("1");
  expect(await folios()).toHaveLength(before.length - 1);
});

test("a notice leaves the issue for the store and comes back; a deleted one is restored", async ({ app }) => {
  const { page } = app;
  await openSample(page);
  const first = (await titles(page))[0] ?? "";
  const count = await entries(page).count();
  await entries(page).first().press("Delete");
  await expect(entries(page)).toHaveCount(count - 1);

  await place(page, "稿库").click();
  await page.getByText("未入编", { exact: true }).first().click();
  await expect(page.getByText("1篇，共")).toBeVisible();
  await page.getByRole("checkbox", { name: /^选/ }).check();
  await page.getByRole("button", { name: "删除（1）" }).click();
  await expect(page.getByText("这里还没有公文。")).toBeVisible();
  await message(page).getByRole("button", { name: "撤销" }).click();
  await expect(page.getByRole("checkbox", { name: /^选/ })).toHaveCount(1);

  await place(page, "本期").click();
  await page.getByRole("button", { name: "添加", exact: true }).click();
  await page.getByRole("menuitem", { name: "从稿库添加公文" }).click();
  await page.getByRole("dialog").getByRole("checkbox").check();
  await page.getByRole("button", { name: "放入1篇" }).click();
  await expect(entries(page)).toHaveCount(count);
  expect(await titles(page)).toContain(first);
});

test("a notice deleted from the store is put back into its place in the issue", async ({ app }) => {
  const { page } = app;
  await openSample(page);
  const all = await titles(page);
  await place(page, "稿库").click();
  await page.getByRole("checkbox", { name: /^选.*防汛抗旱/ }).check();
  await page.getByRole("button", { name: "删除（1）" }).click();
  await message(page).getByRole("button", { name: "撤销" }).waitFor();
  await place(page, "本期").click();
  await expect(entries(page)).toHaveCount(all.length - 1);
  await message(page).getByRole("button", { name: "撤销" }).click();
  await expect.poll(() => titles(page)).toEqual(all);
});

test("sections are made, renamed and deleted from the keyboard", async ({ app }) => {
  const { page } = app;
  await openSample(page);
  const count = await entries(page).count();
  const section = page.getByRole("treeitem", { name: /^栏目/ }).first();
  await section.focus();
  await page.keyboard.press("F2");
  await page.keyboard.type("要闻");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("treeitem", { name: /^栏目 要闻/ })).toBeFocused();
  await page.keyboard.press("Delete");
  await expect(page.getByRole("treeitem", { name: /^栏目 要闻/ })).toHaveCount(0);
  expect(await entries(page).count()).toBeLessThan(count);
  await page.keyboard.press("Control+z");
  await expect(page.getByRole("treeitem", { name: /^栏目 要闻/ })).toBeVisible();
  await expect(entries(page)).toHaveCount(count);
});

test("an issue is made after the last one, deleted, and restored", async ({ app }) => {
  const { page } = app;
  await openSample(page);
  const name = page.getByRole("button", { name: "切换期" });
  await name.click();
  await page.getByRole("menuitem", { name: "新建一期" }).click();
  await page.getByRole("dialog").getByLabel("期号", { exact: true }).fill("9");
  await page.getByRole("button", { name: "建立", exact: true }).click();
  await expect(name).toContainText("第9期");
  await expect(entries(page)).toHaveCount(0);
  await name.click();
  await page.getByRole("menuitem", { name: /^删除/ }).click();
  await expect(name).not.toContainText("第9期");
  await message(page).getByRole("button", { name: "撤销" }).click();
  await expect(name).toContainText("第9期");
});

test("the fields of the issue reach the cover and outlive a restart", async ({ app }) => {
  const { page } = app;
  await openSample(page);
  await entry(page, "封面").click();
  await page.getByLabel("期号", { exact: true }).fill("7");
  await expect(page.getByRole("button", { name: "切换期" })).toContainText("第7期");
  await saved(page);
  await app.restart("SIGKILL");
  await expect(page.getByRole("button", { name: "切换期" })).toContainText("第7期");
});

test("files that are no gazette are refused with the reason, one after the other, and nothing is stored", async ({
  app,
}) => {
  const { page } = app;
  const picture = {
    name: "照片.txt",
    mimeType: "text/plain",
    buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]),
  };
  await importFile(page, picture);
  const refusals = page.getByRole("complementary", { name: "导入" }).getByRole("alert");
  await expect(refusals).toContainText("照片.txt");
  await importFile(page, { name: "空.txt", mimeType: "text/plain", buffer: Buffer.alloc(0) });
  await expect(refusals).toContainText("空.txt");
  await refusals.getByRole("button", { name: "知道了" }).click();
  await expect(refusals).toHaveCount(0);
  await place(page, "稿库").click();
  await expect(page.getByRole("button", { name: "打开示例公报" })).toBeVisible();
});

test("commands are found by pinyin initials", async ({ app }) => {
  const { page } = app;
  await openSample(page);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("dgk");
  await expect(page.getByRole("option")).toHaveText([/到稿库/]);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main", { name: "稿库" })).toBeVisible();
});

test("the window fits a small screen", async ({ app }) => {
  const { page } = app;
  await page.setViewportSize({ width: 1280, height: 720 });
  await openSample(page);
  for (const name of ["稿库", "本期", "付印"]) {
    await place(page, name).click();
    await expect(page.getByRole("main", { name })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1280);
  }
});
