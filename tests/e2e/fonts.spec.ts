// The typefaces as an office sees and sets them: samples in the faces themselves, what a choice does to the lines before
// it is made, the pages in the face that was chosen, and a warning when an issue would print otherwise than the last time.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright/test";
import { openFaces } from "../../main/fonts/faces.ts";
import { inUtf16, type NameRecord, postScript, renamed } from "../fonts/smallFaces.ts";
import { expect, test } from "./app.ts";

const dialog = (page: Page) => page.getByRole("dialog", { name: "字体" });
const role = (page: Page, name: string) => dialog(page).getByRole("tab", { name: new RegExp(`^${name} `, "u") });
const card = (page: Page, family: string) => dialog(page).getByRole("article", { name: family, exact: true });
const message = (page: Page) => page.getByRole("status", { name: "消息" });
const status = (page: Page) => page.locator(".status-bar");

async function openSample(page: Page): Promise<void> {
  await page.getByRole("button", { name: "打开示例公报" }).click();
  await expect(page.locator(".print-mark")).toHaveText(/^[1-9]\d*页/, { timeout: 20_000 });
}

async function openFonts(page: Page): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.keyboard.insertText("字体");
  await page.keyboard.press("Enter");
  await expect(role(page, "宋体")).toBeVisible();
}

/** 霞鹜文楷 under the name of an installed 仿宋. */
function install(home: string, ...records: NameRecord[]): string {
  mkdirSync(join(home, ".fonts"), { recursive: true });
  const path = join(home, ".fonts", "simfang.ttf");
  const face = openFaces({ installed: [] }).bytes("LXGWWenKai-500");
  writeFileSync(path, renamed(face, records.length > 0 ? records : [inUtf16, postScript]));
  return path;
}

test("a role is set in another face: what it does is said first, then the pages show it, and it can be taken back", async ({
  app: { page },
}) => {
  await openSample(page);
  await expect(status(page)).toContainText("未安装仿宋，以宋体代替");
  await openFonts(page);
  await role(page, "仿宋").click();
  await expect(role(page, "仿宋")).toContainText("代用");
  await expect(card(page, "思源宋体")).toContainText("通用规范汉字8105个全有");
  await expect(card(page, "思源宋体")).toContainText("许可SIL Open Font License 1.1，开源许可，可以嵌入和分发");
  await dialog(page).getByRole("textbox", { name: "查找字体" }).fill("文楷");
  await dialog(page).getByRole("button", { name: "霞鹜文楷" }).click();
  await expect(dialog(page).getByRole("status", { name: "改用的影响" })).toHaveText(
    /^改用后，本期有\d+篇公文的\d+行从别的字起头，(仍是|由)\d+页/,
    { timeout: 20_000 },
  );
  const sample = card(page, "霞鹜文楷").getByRole("img", { name: "霞鹜文楷的样字" });
  await expect(sample).toBeVisible();
  expect(await sample.evaluate((element) => getComputedStyle(element).fontFamily)).toContain("LXGWWenKai-500");
  expect(await page.evaluate(() => document.fonts.check('20px "gazette-sample-LXGWWenKai-500"'))).toBe(true);

  await dialog(page).getByRole("button", { name: "仿宋改用它" }).click();
  await expect(role(page, "仿宋")).toContainText("本单位选定");
  await expect(status(page)).not.toContainText("未安装仿宋");
  await message(page).getByRole("button", { name: "撤销" }).click();
  await expect(role(page, "仿宋")).toContainText("代用");
  await expect(status(page)).toContainText("未安装仿宋，以宋体代替");
});

test("a face installed meanwhile is found; gone again, the issue says in which face it was exported", async ({
  app,
}) => {
  test.slow(); // it exports, and the program is started twice
  const { page, folder } = app;
  await openSample(page);
  const path = install(folder);
  await openFonts(page);
  await role(page, "仿宋").click();
  await expect(role(page, "仿宋")).toContainText("本机安装");
  await expect(card(page, "仿宋")).toContainText("可以嵌入，没有限制");
  await dialog(page).getByRole("button", { name: "合上" }).click();
  await expect(status(page)).not.toContainText("未安装仿宋");
  await page.getByRole("button", { name: "导出PDF", exact: true }).click();
  await expect(page.getByRole("heading", { name: /已导出，核对相符/ })).toBeVisible({ timeout: 40_000 });

  rmSync(path);
  await app.restart();
  await expect(message(page)).toContainText("仿宋上次导出用“仿宋”，现在用“思源宋体”（未安装仿宋，以宋体代替）");
  await message(page).getByRole("button", { name: "看字体" }).click();
  await expect(dialog(page)).toContainText("换行和页码可能变动");
  await dialog(page).getByRole("button", { name: "合上" }).click();
  await page.getByRole("navigation").getByRole("button", { name: "付印" }).click();
  await expect(page.getByRole("region", { name: "付印前" })).toContainText("字体与上次导出时不同");
});
