// What the PDF is for is chosen where it is exported: the file is that of the choice, and the choice is remembered.
import { readFile } from "node:fs/promises";
import { expect, test } from "./app.ts";

test("a file for the printer is exported, and the purpose is there at the next start", async ({ app }) => {
  const { page } = app;
  const before = page.getByRole("region", { name: "付印前" });
  const purpose = before.locator(".ant-select", { has: page.getByRole("combobox", { name: "用途" }) });
  await page.getByRole("button", { name: "打开示例公报" }).click();
  await expect(page.getByRole("treeitem").first()).toBeVisible();
  await page.getByRole("navigation").getByRole("button", { name: "付印" }).click();
  await expect(purpose).toContainText("屏幕阅读");
  await purpose.click();
  await page.locator(".ant-select-item-option", { hasText: "印刷" }).click();
  await expect(before.getByText("四边出血3毫米")).toBeVisible();
  await before.getByRole("button", { name: "导出PDF" }).click();
  await expect(page.getByRole("heading", { name: /已导出，核对相符/ })).toBeVisible({ timeout: 40_000 });
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "下载PDF" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/-印刷版\.pdf$/u);
  expect((await readFile(await file.path())).toString("latin1")).toMatch(/^%PDF-1\.6[\s\S]*\/TrimBox/u);

  await app.restart();
  await page.getByRole("navigation").getByRole("button", { name: "付印" }).click();
  await expect(purpose).toContainText("印刷");
});

test("a booklet is counted in sheets, its cover apart, and printed by the profile that was loaded", async ({ app }) => {
  const { page } = app;
  const before = page.getByRole("region", { name: "付印前" });
  const select = (name: string) => before.locator(".ant-select", { has: page.getByRole("combobox", { name }) });
  const choose = async (name: string, option: string) => {
    await select(name).click();
    await page.locator(".ant-select-dropdown:visible .ant-select-item-option", { hasText: option }).click();
  };
  await page.getByRole("button", { name: "打开示例公报" }).click();
  await expect(page.getByRole("treeitem").first()).toBeVisible();
  await page.getByRole("navigation").getByRole("button", { name: "付印" }).click();
  await expect(select("输出特性")).toHaveCount(0);
  await choose("版式", "双栏公报版式");
  await choose("用途", "骑马钉拼版");
  await expect(before.getByText("M80 Y80")).toBeVisible();
  await expect(before.getByText(/^6张，另有空白\d页$/u)).toBeVisible();
  await choose("封面", "封面单做一张");
  await expect(before.getByText(/^\d+张（封面1张，内文\d+张），另有空白\d页$/u)).toBeVisible();

  const load = async (file: { name: string; mimeType: string; buffer: Buffer }) => {
    const chooser = page.waitForEvent("filechooser");
    await before.getByRole("button", { name: "装入" }).click();
    await (await chooser).setFiles(file);
  };
  const profile = await readFile(new URL("../../assets/press/FOGRA39L.icc", import.meta.url));
  await load({ name: "公报.icc", mimeType: "", buffer: Buffer.from("公报") });
  await expect(page.getByText("“公报.icc”不是ICC特性文件，请选择印厂提供的 .icc 或 .icm 文件。")).toBeVisible();
  await expect(select("输出特性")).toContainText("FOGRA39（程序自带）");
  await load({ name: "印厂.icc", mimeType: "", buffer: profile });
  await expect(select("输出特性")).toContainText("FOGRA39L coated");

  await before.getByRole("button", { name: "导出PDF" }).click();
  await expect(page.getByRole("heading", { name: /已导出，核对相符/ })).toBeVisible({ timeout: 60_000 });
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "下载PDF" }).click();
  expect((await download).suggestedFilename()).toMatch(/-骑马钉拼版\.pdf$/u);

  await app.restart();
  await page.getByRole("navigation").getByRole("button", { name: "付印" }).click();
  await expect(select("封面")).toContainText("封面单做一张");
  await expect(select("输出特性")).toContainText("FOGRA39L coated");
  await before.getByRole("button", { name: "移去输出特性“FOGRA39L coated”" }).click();
  await expect(select("输出特性")).toContainText("FOGRA39（程序自带）");
});
