// Sign-off as an office does it: people and process are set up, notices and issue are signed, an edit makes a sign-off
// lapse, the printed issue refuses edits politely, a correction is opened, and the log vouches for all of it.
import type { Page } from "playwright/test";
import { expect, test } from "./app.ts";

const strip = (page: Page, name: RegExp | string) => page.getByRole("region", { name });
const places = (page: Page) => page.getByRole("navigation", { name: "位置" });

async function setUp(page: Page): Promise<void> {
  await places(page).getByRole("button", { name: "付印" }).click();
  await page.getByRole("button", { name: "设置人员与流程" }).click();
  const dialog = page.getByRole("dialog", { name: "人员与流程" });
  await dialog.getByRole("button", { name: "加人" }).click();
  await dialog.getByLabel("第1人的姓名").fill("王编");
  await expect(dialog.getByRole("alert")).toHaveText("“王编”没有职责，请从编辑、校对、审签中至少选一项。");
  const people = dialog.getByRole("region", { name: "人员" });
  for (const role of ["编辑", "校对", "审签"]) await people.getByRole("checkbox", { name: role }).check();
  for (const stage of ["二审", "三审", "二校", "三校"])
    await dialog.getByRole("button", { name: `删去${stage}` }).click();
  await dialog.getByRole("button", { name: "保存" }).click();
  await expect(dialog).toBeHidden();
  await places(page).getByRole("button", { name: "本期" }).click();
}

/** Signs in the open dialog; what the check-list still finds is let pass with a reason. */
async function sign(page: Page, stage: string): Promise<void> {
  const dialog = page.getByRole("dialog", { name: `签${stage}` });
  await expect(
    dialog.getByText("核对清单上的各项没有差错").or(dialog.getByRole("region", { name: "核对清单" })),
  ).toBeVisible();
  for (const reason of await dialog.getByPlaceholder("放行理由").all()) await reason.fill("原文如此，已与来文核对");
  if (!(await dialog.getByText("王编（").isVisible())) {
    await dialog.getByRole("combobox", { name: "签字人" }).click();
    await page.locator(".ant-select-item-option", { hasText: "王编" }).click();
  }
  await dialog.getByRole("button", { name: `签${stage}` }).click();
  await expect(dialog).toBeHidden();
}

test("an issue is signed, printed, frozen, corrected and taken back", async ({ app }) => {
  test.slow();
  app.page.setDefaultTimeout(20_000);
  const { page } = app;
  await page.getByRole("button", { name: "打开示例公报" }).click();
  const entries = page.locator("[role=treeitem][aria-level='2']");
  await expect(entries.first()).toBeVisible({ timeout: 40_000 });
  await expect(page.locator(".stage-strip")).toHaveCount(0); // an office without people has no workflow
  for (let left = await entries.count(); left > 2; left--) {
    await entries.last().focus();
    await page.keyboard.press("Delete");
    await expect(entries).toHaveCount(left - 1);
  }
  await setUp(page);
  await expect(entries.first()).toContainText("稿");

  // Every notice is signed, one by one.
  const ofNotice = strip(page, /^《.*》的审签$/u);
  for (const entry of await entries.all()) {
    await entry.click();
    await ofNotice.getByRole("button", { name: "签一审…" }).click();
    await sign(page, "一审");
    await expect(ofNotice.locator(".sign-stage.signed")).toContainText("王编");
  }

  // An edit re-opens this notice alone, and undoing it brings the sign-off back.
  const text = page.getByRole("textbox", { name: "正文" });
  await entries.first().click();
  await text.locator("p").first().click();
  await page.keyboard.press("End");
  await page.keyboard.type("改");
  await expect(ofNotice.locator(".sign-stage.lapsed")).toContainText("已失效：文字已改");
  await ofNotice.getByRole("button", { name: "看改动" }).click();
  const changes = page.getByRole("dialog", { name: "王编签一审以后的改动" });
  await expect(changes.locator("ins")).toHaveText("改");
  await changes.getByRole("button", { name: "合上" }).click();
  await text.focus();
  await expect(entries.first().locator(".stage-mark")).toHaveText("稿!");
  await expect(entries.nth(1).locator(".stage-mark")).toHaveText("一审");
  await page.keyboard.press("Control+z");
  await expect(ofNotice.locator(".sign-stage.signed")).toContainText("王编");

  // The issue cannot be printed before it was proofread.
  await places(page).getByRole("button", { name: "付印" }).click();
  const gate = page.getByRole("region", { name: "审签", exact: true });
  await expect(gate.getByRole("listitem").filter({ hasText: "还没有签一校" })).toBeVisible();
  await expect(gate.getByRole("button", { name: "付印…" })).toBeDisabled();
  await gate.getByRole("button", { name: "签一校…" }).click();
  await sign(page, "一校");
  await gate.getByRole("button", { name: "付印…" }).click();
  await page.getByRole("dialog", { name: /^付印/u }).getByRole("button", { name: "付印" }).click();
  await expect(gate.getByText(/^本期已由王编于.*付印，不能再改/u)).toBeVisible();

  // What is printed is read, and not changed.
  await places(page).getByRole("button", { name: "本期" }).click();
  const before = await text.innerText();
  await text.locator("p").first().click();
  await page.keyboard.type("改");
  await expect(page.getByRole("toolbar", { name: "正文格式" })).toHaveCount(0);
  expect(await text.innerText()).toBe(before);
  await entries.first().focus();
  await page.keyboard.press("Alt+ArrowDown");
  await expect(page.getByRole("status", { name: "消息" })).toContainText("本期已由王编于");
  await page.getByRole("tab", { name: "公文信息" }).click();
  await expect(page.getByLabel("发文字号")).toBeDisabled();

  await ofNotice.getByRole("button", { name: "另开更正…" }).click();
  await page.getByRole("dialog", { name: "另开更正" }).getByRole("button", { name: "另开更正" }).click();
  await expect(ofNotice.getByText(/王编.*已另开更正，在稿库/u)).toBeVisible();

  // The correction is a notice of its own in the store, and says what it corrects.
  await page.getByRole("button", { name: "到稿库" }).click();
  await page.locator(".ant-table-row", { hasText: "更正" }).first().click();
  await expect(strip(page, "《更正》的审签")).toContainText("更正的是示例政报2026年第2期《");
  await expect(strip(page, "《更正》的审签").getByRole("button", { name: "签一审…" })).toBeVisible();

  // It is all there after a power cut, and the log vouches for it.
  await app.restart("SIGKILL");
  await places(page).getByRole("button", { name: "付印" }).click();
  await expect(gate.getByText(/^本期已由王编于/u)).toBeVisible({ timeout: 40_000 });
  await gate.getByRole("button", { name: "审签记录" }).click();
  const log = page.getByRole("dialog", { name: "审签记录" });
  await expect(log.getByRole("row")).toContainText([/签字人/u, /另开更正/u, /付印，公文\d+份/u, /签一校/u]);
  await log.getByRole("button", { name: "核对" }).click();
  await expect(log.getByRole("heading", { name: /条记录没有改动过$/u })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(log).toBeHidden();

  await gate.getByRole("button", { name: "撤回付印…" }).click();
  const back = page.getByRole("dialog", { name: /^撤回/u });
  await expect(back.getByRole("button", { name: "撤回付印" })).toBeDisabled();
  await back.getByLabel("理由").fill("漏了一篇");
  await back.getByRole("button", { name: "撤回付印" }).click();
  await expect(gate.getByRole("button", { name: "付印…" })).toBeEnabled();
  await places(page).getByRole("button", { name: "本期" }).click();
  await text.locator("p").first().click();
  await page.keyboard.type("改");
  await expect(ofNotice.locator(".sign-stage.lapsed")).toContainText("已失效：文字已改");
});
