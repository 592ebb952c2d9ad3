// The notices of the open issue as PDFs of their own, in one download for the web site.
import { readFile } from "node:fs/promises";
import { unzipSync } from "fflate";
import { expect, test } from "./app.ts";

test("each notice of the sample issue comes as a PDF, with an index, in one ZIP", async ({ app }) => {
  const { page } = app;
  await page.getByRole("button", { name: "打开示例公报" }).click();
  await expect(page.getByRole("treeitem").first()).toBeVisible();
  await page.getByRole("navigation").getByRole("button", { name: "付印" }).click();
  await page.getByRole("button", { name: "各文单独的PDF" }).click();
  await expect(page.getByRole("heading", { name: "各文已单独导出，核对相符" })).toBeVisible({ timeout: 40_000 });
  await expect(page.getByRole("status").getByText("13篇各一个PDF")).toBeVisible();
  await expect(page.getByRole("button", { name: "导出PDF" })).toBeVisible();
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "下载全部（ZIP）" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe("示例政报2026年第2期各文单独的PDF.zip");
  const names = Object.keys(unzipSync(await readFile(await file.path())));
  expect(names.filter((name) => /^\d\d-.+\.pdf$/u.test(name)).length).toBe(13);
  expect(names.slice(-2)).toEqual(["index.csv", "index.json"]);
});
