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
  expect(file.suggestedFilename()).toMatch(/（印刷）\.pdf$/u);
  expect((await readFile(await file.path())).toString("latin1")).toMatch(/^%PDF-1\.6[\s\S]*\/TrimBox/u);

  await app.restart();
  await page.getByRole("navigation").getByRole("button", { name: "付印" }).click();
  await expect(purpose).toContainText("印刷");
});
