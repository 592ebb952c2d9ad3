// The 总目录 of a year, as a secretary makes it: from 稿库, proved, as PDF and as a table.
import { readFile } from "node:fs/promises";
import { expect, test } from "./app.ts";

test("a year's issues become a 总目录, as PDF and as a table that names every notice", async ({ app }) => {
  const { page } = app;
  await page.getByRole("button", { name: "打开示例公报" }).click();
  const entries = page.locator("[role=treeitem][aria-level='2']");
  await expect(entries.first()).toBeVisible();
  const count = await entries.count();

  await page.getByRole("navigation").getByRole("button", { name: "稿库" }).click();
  await page.getByRole("button", { name: "编总目录…" }).click();
  const dialog = page.getByRole("dialog", { name: "编总目录" });
  await expect(dialog.getByText("2026年（1期）")).toBeVisible();
  await expect(dialog.getByRole("listitem")).toHaveText([`示例政报2026年第2期 ${count}篇`]);
  await dialog.getByText("按文号").click();
  await dialog.getByRole("button", { name: "导出总目录" }).click();
  await expect(dialog.getByRole("heading", { name: "《示例政报2026年总目录》已导出，核对相符" })).toBeVisible({
    timeout: 40_000,
  });

  const fetched = async (name: string) => {
    const download = page.waitForEvent("download");
    await dialog.getByRole("link", { name }).click();
    const file = await download;
    return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
  };
  const pdf = await fetched("下载PDF");
  expect(pdf.name).toBe("示例政报2026年总目录.pdf");
  expect(pdf.bytes.subarray(0, 5).toString("latin1")).toBe("%PDF-");
  const table = await fetched("下载表格");
  expect(table.name).toBe("示例政报2026年总目录.csv");
  const [head, ...rows] = table.bytes.toString("utf8").trimEnd().split("\r\n");
  expect(head).toBe("\ufeff栏目,题名,发文机关,文号,期号,页码");
  expect(rows).toHaveLength(count);

  await dialog.getByRole("button", { name: "合上" }).click();
  await expect(dialog).toBeHidden();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "查找命令、公文和期" }).fill("zml");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("button", { name: "导出总目录" })).toBeEnabled();
});
