// The house style as an office sets it: tried on the pages at once, taken back, kept as a style of its own, printed with,
// handed on as a file and taken in; and the layout's warnings, each at its place.
import { readFile } from "node:fs/promises";
import type { Page } from "playwright/test";
import { expect, test } from "./app.ts";

const panel = (page: Page) => page.getByRole("region", { name: "版式设置" });
const box = (page: Page, name: string) => panel(page).getByRole("textbox", { name, exact: true });
const pages = (page: Page) => page.locator(".print-mark");
const dialog = (page: Page) => page.getByRole("dialog");
const kept = (page: Page) => panel(page).getByRole("status", { name: "版式保存状态" });
const chosen = (page: Page) => panel(page).locator(".style-choice");

/** Opens the sample issue and its style; answers how many pages it has. */
async function openPanel(page: Page): Promise<number> {
  await page.getByRole("button", { name: "打开示例公报" }).click();
  await expect(pages(page)).toHaveText(/^[1-9]\d*页/, { timeout: 20_000 });
  await page.getByRole("tab", { name: "版式设置" }).click();
  await expect(box(page, "每行字数")).toHaveValue("28");
  return Number.parseInt(await pages(page).innerText(), 10);
}

async function saveAs(page: Page, label: string): Promise<void> {
  await panel(page).getByRole("button", { name: "存为新版式…" }).click();
  await dialog(page).getByLabel("版式名称").fill(label);
  await dialog(page).getByRole("button", { name: "存为新版式" }).click();
  await expect(chosen(page)).toContainText(label);
}

async function importStyle(page: Page, name: string, text: string): Promise<void> {
  await panel(page).getByRole("button", { name: "文件" }).click();
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("menuitem", { name: "导入版式文件…" }).click();
  await (await chooser).setFiles({ name, mimeType: "application/json", buffer: Buffer.from(text) });
}

test("a setting is tried on the pages, taken back and done again; what may not be is told at its field", async ({
  app,
}) => {
  const { page } = app;
  const before = await openPanel(page);
  await box(page, "每行字数").fill("22");
  await expect(pages(page)).not.toHaveText(`${before}页`);
  const after = Number.parseInt(await pages(page).innerText(), 10);
  expect(after).toBeGreaterThan(before);
  await expect(kept(page)).toHaveText("改动已排在版面上，还没有保存");

  await page.keyboard.press("Control+z");
  await expect(box(page, "每行字数")).toHaveValue("28");
  await expect(pages(page)).toHaveText(`${before}页`);
  await expect(kept(page)).toHaveText("没有未保存的改动");
  await page.keyboard.press("Control+y");
  await expect(pages(page)).toHaveText(`${after}页`);

  await box(page, "每行字数").fill("99");
  await expect(panel(page).getByRole("alert")).toHaveText(/^版心连同订口宽.*纸宽210毫米放不下。$/);
  await box(page, "每页行数").fill("二十二");
  await expect(panel(page).getByRole("alert").last()).toHaveText("应为5至100之间的整数。");
  await expect(pages(page)).toHaveText(`${after}页`);
  await panel(page).getByRole("button", { name: "撤销版式改动" }).click();
  await expect(box(page, "每行字数")).toHaveValue("28");
  await box(page, "每页行数").press("Escape");
  await expect(box(page, "每页行数")).toHaveValue("22");
  await expect(panel(page).getByRole("alert")).toHaveCount(0);
  await panel(page).getByRole("button", { name: "重做版式改动" }).click();
  await expect(box(page, "每行字数")).toHaveValue("22");
  await expect(pages(page)).toHaveText(`${after}页`);
});

test("a style is kept as a new one, the issue is printed in it, and both are there after the power went", async ({
  app,
}) => {
  const { page } = app;
  const before = await openPanel(page);
  await box(page, "每行字数").fill("22");
  await expect(pages(page)).not.toHaveText(`${before}页`);
  const after = await pages(page).innerText();
  await saveAs(page, "示例政报疏排");
  await expect(kept(page)).toHaveText("没有未保存的改动");
  await expect(panel(page)).toContainText("本单位的版式");
  await page.keyboard.press("Control+p");
  await expect(page.getByRole("heading", { name: /已导出，核对相符/ })).toBeVisible({ timeout: 40_000 });
  await expect(page.getByText(`${after}，目录`)).toBeVisible();

  await app.restart("SIGKILL");
  await page.getByRole("navigation").getByRole("button", { name: "本期" }).click();
  await expect(pages(page)).toHaveText(after, { timeout: 20_000 });
  await page.getByRole("tab", { name: "本期信息" }).click();
  await expect(page.locator(".field", { hasText: "版式设置" })).toContainText("示例政报疏排");
});

test("an own style is changed under its name; leaving it unsaved asks", async ({ app }) => {
  const { page } = app;
  const before = await openPanel(page);
  await box(page, "每页行数").fill("21");
  await saveAs(page, "本市公报");
  await box(page, "每页行数").fill("20");
  await page.getByRole("tab", { name: "正文", exact: true }).click();
  await dialog(page).getByRole("button", { name: "继续修改" }).click();
  await expect(box(page, "每页行数")).toHaveValue("20");
  await page.keyboard.press("Control+s");
  await expect(kept(page)).toHaveText("没有未保存的改动");

  await box(page, "每页行数").fill("12");
  await expect(pages(page)).not.toHaveText(`${before}页`);
  await page.getByRole("navigation").getByRole("button", { name: "稿库" }).click();
  await dialog(page).getByRole("button", { name: "放弃改动" }).click();
  await expect(page.getByRole("main", { name: "稿库" })).toBeVisible();
  await page.getByRole("navigation").getByRole("button", { name: "本期" }).click();
  await expect(box(page, "每页行数")).toHaveValue("20");

  // Back to the base, setting by setting.
  await panel(page).getByRole("button", { name: "恢复每页行数" }).click();
  await expect(pages(page)).toHaveText(`${before}页`);
  await page.getByRole("tab", { name: "公文信息" }).click();
  await dialog(page).getByRole("button", { name: "保存", exact: true }).click();
  await expect(page.getByLabel("发文字号")).toBeVisible();
});

test("a style that is slow to save is saved once, however often that is asked for", async ({ app }) => {
  const { page } = app;
  await openPanel(page);
  await box(page, "每页行数").fill("21");
  await saveAs(page, "本市公报");
  let saves = 0;
  let store = () => {};
  const held = new Promise<void>((resolve) => {
    store = resolve;
  });
  await page.route("**/rpc", async (route) => {
    if (route.request().postDataJSON().method === "saveStyle") {
      saves++;
      await held;
    }
    await route.continue();
  });
  await box(page, "每页行数").fill("20");
  await page.keyboard.press("Control+s");
  await page.keyboard.press("Control+s");
  await page.getByRole("tab", { name: "正文", exact: true }).click();
  await dialog(page).getByRole("button", { name: "保存", exact: true }).click();
  await expect(dialog(page).getByRole("button", { name: "放弃改动" })).toBeDisabled();
  await expect(dialog(page).getByRole("button", { name: "继续修改" })).toBeDisabled();
  store();
  await expect(page.getByRole("textbox", { name: "正文" })).toBeVisible();
  await expect(page.getByText("已保存版式“本市公报”")).toBeVisible();
  expect(saves).toBe(1);
});

test("a click on the page turns to the settings of what stands there; settings are found by their words", async ({
  app,
}) => {
  const { page } = app;
  await openPanel(page);
  const sheet = page.getByRole("img", { name: "第1页" });
  await expect(sheet).toBeVisible();
  const size = await sheet.boundingBox();
  await sheet.click({ position: { x: (size?.width ?? 0) / 2, y: (size?.height ?? 0) * 0.16 } });
  await expect(panel(page).getByRole("heading", { name: "公文题名" })).toBeVisible();
  await panel(page).getByRole("button", { name: "一级标题" }).click();
  await panel(page).getByRole("switch", { name: "与下段同页" }).click();
  await expect(panel(page).getByRole("tab", { name: /各级标题与要素/ })).toContainText("各级标题与要素");
  await panel(page).getByLabel("只看不同的").check();
  await expect(panel(page).locator(".setting")).toHaveCount(1);
  await panel(page).getByLabel("只看不同的").uncheck();
  await panel(page).getByLabel("查找设置").fill("骑马钉");
  await expect(panel(page).locator(".setting")).toHaveCount(1);
  await panel(page).getByRole("combobox", { name: "补白·总页数" }).press("Enter");
  await page.getByTitle("凑成4的倍数（骑马钉）").click();
  await expect(page.locator(".status-bar")).toContainText("合骑马钉");
});

test("a style is handed on as a file and taken in; a broken file is refused with its fault", async ({ app }) => {
  const { page } = app;
  await openPanel(page);
  await box(page, "每行字数").fill("25");
  await saveAs(page, "本市公报");
  await panel(page).getByRole("button", { name: "文件" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "导出为文件" }).click();
  expect((await download).suggestedFilename()).toBe("本市公报.json");
  const text = await readFile(await (await download).path(), "utf8");
  expect(JSON.parse(text)).toMatchObject({ extends: "gbt9704", label: "本市公报", grid: { characters: 25 } });

  const message = page.getByRole("status", { name: "消息" });
  await importStyle(page, "坏.json", text.replace("25", "2"));
  await expect(message).toContainText("“坏.json”没有导入");
  await expect(message).toContainText("“字与行·每行字数”（grid.characters）写作2，应为5至100之间的整数。");
  await importStyle(page, "半.json", text.slice(0, 20));
  await expect(message).toContainText("“半.json”没有导入：它不是JSON文件，或者没有写完整。");

  await importStyle(page, "本市公报.json", text);
  await expect(dialog(page).getByRole("alert")).toHaveText("已有名为“本市公报”的版式，请另起一个名称。");
  await expect(dialog(page).getByRole("button", { name: /^导\s?入$/ })).toBeDisabled();
  await dialog(page).getByLabel("版式名称").fill("邻市公报");
  await dialog(page)
    .getByRole("button", { name: /^导\s?入$/ })
    .click();
  await expect(chosen(page)).toContainText("邻市公报");

  await panel(page).getByRole("button", { name: "文件" }).click();
  await page.getByRole("menuitem", { name: "删除“邻市公报”" }).click();
  await expect(message).toContainText("正用着“邻市公报”，没有删除");
  await panel(page).getByRole("combobox", { name: "本期的版式" }).press("Enter");
  await page.getByTitle("本市公报").last().click();
  await expect(box(page, "每行字数")).toHaveValue("25");
});

test("warnings are told, walked through with F8 and lit at their place", async ({ app }) => {
  const { page } = app;
  await openPanel(page);
  await page.getByRole("tab", { name: "正文", exact: true }).click();
  const paragraphs = page.getByRole("textbox", { name: "正文" }).locator("p");
  for (const at of [1, 3]) {
    await paragraphs.nth(at).click();
    await page.keyboard.press("End");
    await page.keyboard.insertText("\u{1F600}");
  }
  const walk = page.getByRole("toolbar", { name: "版面提示" });
  await expect(walk).toContainText("提示2处");
  await page.keyboard.press("F8");
  await expect(walk).toContainText("提示1/2处");
  await expect(page.locator(".sheet-trouble.lit")).toBeInViewport();
  await walk.getByRole("button", { name: "上一处提示" }).click();
  await expect(walk).toContainText("提示2/2处");
  await walk.getByRole("button", { name: /^提示/ }).click();
  await page
    .getByRole("button", { name: /没有字体可印/ })
    .first()
    .click();
  await expect(walk).toContainText("提示1/2处");
  await expect(page.locator(".sheet-trouble")).toHaveCount(2);
});
