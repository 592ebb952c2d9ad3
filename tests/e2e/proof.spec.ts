// 校对 through the window: findings walked by keyboard in text and print, put right, taken back, ignored with a reason, a
// word of the office's own, the statistics, 读校 and the 校样.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright/test";
import { expect, test } from "./app.ts";

const gazette = readFileSync(fileURLToPath(new URL("../fixtures/example-gazette.txt", import.meta.url)), "utf8");
/** A wrong word and a wrong mark are put where the text is right. */
const faulty = gazette.replace("现将划定", "现布署划定").replace("饮用水水源一级、", "饮用水水源一级,");

async function openFaulty(page: Page): Promise<void> {
  expect(faulty).not.toBe(gazette);
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: /^导入/ }).click();
  await (await chooser).setFiles({ name: "来稿.txt", mimeType: "text/plain", buffer: Buffer.from(faulty) });
  await page.getByRole("button", { name: /^入库并建立新一期/ }).click();
  await expect(page.locator("[role=treeitem][aria-level='2']").first()).toBeVisible();
}

const list = (page: Page) => page.getByRole("region", { name: "差错" });
const finding = (page: Page, words: string) => list(page).getByRole("button", { name: words });
const text = (page: Page) => page.getByRole("textbox", { name: "正文" });
const message = (page: Page) => page.getByRole("status", { name: "消息" });

test("a finding is walked to by F7, shown in text and print, put right by keyboard, and taken back", async ({
  app,
}) => {
  const { page } = app;
  await openFaulty(page);
  await page.keyboard.press("F7");
  await expect(page.getByRole("main", { name: "校对" })).toBeVisible();
  await finding(page, "“布署”应为“部署”").click();
  await expect(text(page).locator(".proof-mark.lit")).toHaveText("布署");
  await expect(page.locator(".sheet-finding.lit")).toBeVisible();
  await page.keyboard.press("Control+Enter");
  await expect(message(page)).toContainText("已改正“布署”");
  await expect(text(page)).toContainText("现部署划定");
  await expect(finding(page, "“布署”应为“部署”")).toHaveCount(0);
  await message(page).getByRole("button", { name: "撤销" }).click();
  await expect(text(page)).toContainText("现布署划定");
  await expect(finding(page, "“布署”应为“部署”")).toBeVisible();
});

test("words typed wrong are found while typing", async ({ app }) => {
  const { page } = app;
  await openFaulty(page);
  await page.getByRole("treeitem", { name: /养殖禁养区/ }).click();
  await text(page).locator("p").first().click();
  await page.keyboard.press("End");
  await page.keyboard.type("请认真贯彻执行本通知布署。");
  await expect(text(page).locator(".proof-mark.error", { hasText: "布署" })).toHaveCount(2);
});

test("an error is ignored only with a reason and a name; the list of ignores gives it back", async ({ app }) => {
  const { page } = app;
  await openFaulty(page);
  await page.keyboard.press("Control+3");
  await finding(page, "“布署”应为“部署”").click();
  await list(page).getByRole("button", { name: "忽略…" }).click();
  const dialog = page.getByRole("dialog", { name: "忽略这处差错" });
  const sure = dialog.getByRole("button", { name: /^忽 ?略$/ });
  await dialog.getByLabel("谁忽略的").fill("王校对");
  await expect(sure).toBeDisabled();
  await dialog.getByRole("button", { name: "引用原文，不能改" }).click();
  await sure.click();
  await expect(finding(page, "“布署”应为“部署”")).toHaveCount(0);
  await list(page)
    .getByRole("button", { name: /^已忽略 1/ })
    .click();
  await expect(finding(page, "“布署”应为“部署”")).toBeVisible();
  await list(page).getByRole("button", { name: "校对的更多操作" }).click();
  await page.getByRole("menuitem", { name: "忽略清单…" }).click();
  const ignores = page.getByRole("dialog", { name: "忽略清单" });
  await expect(ignores.getByRole("row", { name: /布署.*引用原文，不能改.*王校对/ })).toBeVisible();
  await ignores.getByRole("button", { name: "取消忽略" }).click();
  await expect(ignores.getByText("还没有忽略过差错。")).toBeVisible();
  await page.keyboard.press("Escape");
  await list(page)
    .getByRole("button", { name: /^已忽略/ })
    .click();
  await expect(finding(page, "“布署”应为“部署”")).toBeVisible();
});

test("a word of the office's own dictionary is found from then on", async ({ app }) => {
  const { page } = app;
  await openFaulty(page);
  await page.keyboard.press("Control+3");
  await list(page).getByRole("button", { name: "校对的更多操作" }).click();
  await page.getByRole("menuitem", { name: "词典…" }).click();
  const dialog = page.getByRole("dialog", { name: "词典" });
  await dialog.getByRole("button", { name: "增加词条" }).click();
  const entry = page.getByRole("dialog", { name: /增加词条/ });
  await entry.getByLabel("错写").fill("养殖场户");
  await entry.getByLabel("应写").fill("养殖户");
  await entry.getByRole("button", { name: /^增 ?加$/ }).click();
  await expect(entry).toBeHidden();
  await expect(dialog.getByText("养殖场户")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(finding(page, "“养殖场户”应为“养殖户”")).toBeVisible();
});

test("the 校样 is made and proved; 读校 is walked by keyboard", async ({ app }) => {
  const { page } = app;
  await openFaulty(page);
  await page.keyboard.press("Control+3");
  await expect(finding(page, "“布署”应为“部署”")).toBeVisible();
  await list(page).getByRole("button", { name: "校对的更多操作" }).click();
  await page.getByRole("menuitem", { name: "读校…" }).click();
  const reading = page.getByRole("dialog", { name: /读校/ });
  await expect(reading.getByRole("listitem").first()).toHaveAttribute("aria-current", "true");
  await page.keyboard.press("Space");
  await page.keyboard.press("x");
  await expect(reading.getByText("已读2篇，共7篇，不符1篇")).toBeVisible();
  await page.keyboard.press("Escape");
  await list(page).getByRole("button", { name: "校对的更多操作" }).click();
  await page.getByRole("menuitem", { name: "印校样…" }).click();
  const dialog = page.getByRole("dialog", { name: "印校样" });
  await dialog.getByLabel("校对人").fill("王校对");
  await dialog.getByRole("button", { name: "生成校样" }).click();
  await expect(dialog.getByText("校样已生成，核对相符")).toBeVisible({ timeout: 30_000 });
  const download = page.waitForEvent("download");
  await dialog.getByRole("link", { name: "下载校样" }).click();
  expect((await download).suggestedFilename()).toBe("示例县政报2025年第4期校样.pdf");
});
