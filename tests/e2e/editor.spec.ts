// The editor and the page beside it in a real Chromium: what only a browser can show — the clipboard of Word and WPS,
// an input method composing, borders dragged with the pointer, and the print that follows the text.
import type { Page } from "playwright/test";
import { type App, expect, test } from "./app.ts";

/** The sample issue with its first notice open, laid out. */
async function openSample({ page }: App): Promise<void> {
  await page.getByRole("button", { name: /示例公报/ }).click();
  await expect(page.getByRole("textbox", { name: "正文" })).toBeVisible();
  await expect(page.getByRole("img", { name: "第1页", exact: true })).toBeVisible({ timeout: 20_000 });
}

const text = (page: Page) => page.getByRole("textbox", { name: "正文" });

/** The browser tells the editor of a caret moved by its own keys with the next frame. */
async function caretSettled(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
}

/** Puts the caret into a new empty paragraph before all others. */
async function newFirstParagraph(page: Page): Promise<void> {
  await text(page).locator("p").first().click();
  await page.keyboard.press("Control+Home");
  await caretSettled(page);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+Home");
  await caretSettled(page);
}

/** The first blocks of the text: "kind text" of a paragraph, "table" and its rows. */
async function blocks(page: Page, count: number): Promise<string[]> {
  return text(page).evaluate(
    (root, n) =>
      [...root.children].slice(0, n).map((element) => {
        const rows = [...element.querySelectorAll("tr")].map((row) =>
          [...row.cells].map((cell) => cell.textContent + (cell.colSpan > 1 ? `×${cell.colSpan}` : "")).join(" "),
        );
        return rows.length > 0
          ? `table ${rows.join(" | ")}`
          : `${element.getAttribute("data-kind")} ${element.textContent}`;
      }),
    count,
  );
}

async function paste(page: Page, data: Record<string, string>): Promise<void> {
  await text(page).evaluate((root, items) => {
    const clipboardData = new DataTransfer();
    for (const [type, value] of Object.entries(items)) clipboardData.setData(type, value);
    root.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, data);
}

const word = `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><style><!-- p.MsoNormal {margin:0cm;} --></style></head>
<body lang=ZH-CN><!--StartFragment-->
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><b><span lang=EN-US><span style='mso-list:Ignore'>一、<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span></b><![endif]><b>试行范围<span lang=EN-US><o:p></o:p></span></b></p>
<p class=MsoNormal style='text-indent:24.0pt'>本市行政区
域内适用。</p>
<table class=MsoNormalTable border=1><tr><td colspan=2 width=160><p class=MsoNormal align=center>项目</p></td><td width=80><p>数</p></td></tr>
<tr><td width=80><p>甲</p></td><td width=80><p>乙</p></td><td width=80><p>1</p></td></tr></table>
<p class=MsoNormal><o:p>&nbsp;</o:p></p><!--EndFragment--></body></html>`;

const web = `<meta charset="utf-8"><div class="TRS_Editor"><p style="text-align:center"><strong>关于试行的说明</strong></p>
<p>　　（一）第一项。</p><script>window.pwned = true</script><img src="file:///C:/x.png"></div>`;

test("Word's clipboard becomes paragraphs with their numbers, and a table", async ({ app }) => {
  await openSample(app);
  await newFirstParagraph(app.page);
  await paste(app.page, { "text/html": word, "text/plain": "一、试行范围" });
  expect(await blocks(app.page, 3)).toEqual([
    "level1 一、试行范围",
    "body 本市行政区域内适用。",
    "table 项目×2 数 | 甲 乙 1",
  ]);
});

test("a web page's clipboard brings no script and no picture, and says so of the picture", async ({ app }) => {
  await openSample(app);
  await newFirstParagraph(app.page);
  await paste(app.page, { "text/html": web });
  expect(await blocks(app.page, 2)).toEqual(["body 关于试行的说明", "level2 （一）第一项。"]);
  expect(await app.page.evaluate(() => "pwned" in window)).toBe(false);
  await expect(text(app.page).locator("img")).toHaveCount(0);
  await expect(app.page.getByText(/^文字里的图片没有一同粘贴进来/)).toBeVisible();
});

test("plain text becomes a paragraph a line", async ({ app }) => {
  await openSample(app);
  await newFirstParagraph(app.page);
  await paste(app.page, { "text/plain": "第一条　甲\r\n\r\n（一）乙；" });
  expect(await blocks(app.page, 2)).toEqual(["article 第一条　甲", "item （一）乙；"]);
});

test("text copied here keeps the kinds it was given", async ({ app }) => {
  await openSample(app);
  const { page } = app;
  await newFirstParagraph(page);
  await page.keyboard.insertText("说明文字");
  await page.keyboard.press("Control+Alt+1");
  await page.keyboard.press("Shift+Home");
  await caretSettled(page);
  const html = await text(page).evaluate((root) => {
    const clipboardData = new DataTransfer();
    root.dispatchEvent(new ClipboardEvent("copy", { clipboardData, bubbles: true, cancelable: true }));
    return clipboardData.getData("text/html");
  });
  expect(html).toContain("data-pm-slice");
  await page.keyboard.press("End");
  await caretSettled(page);
  await page.keyboard.press("Enter");
  await paste(page, { "text/html": html });
  expect(await blocks(page, 2)).toEqual(["level1 说明文字", "level1 说明文字"]);
});

test("a kind chosen from the menu is the paragraph's, and the text has the focus again", async ({ app }) => {
  await openSample(app);
  const { page } = app;
  await newFirstParagraph(page);
  await page.getByRole("combobox", { name: "段落种类" }).click();
  await page.locator(".ant-select-item-option", { hasText: "附件题名" }).click();
  await expect(text(page)).toBeFocused();
  expect((await blocks(page, 1))[0]).toBe("annexTitle ");
});

test("an input method composes a number without being disturbed, and one undo takes it back", async ({ app }) => {
  await openSample(app);
  const { page } = app;
  await newFirstParagraph(page);
  const client = await page.context().newCDPSession(page);
  const compose = async (typed: string, chosen: string) => {
    for (let i = 1; i <= typed.length; i++)
      await client.send("Input.imeSetComposition", { text: typed.slice(0, i), selectionStart: i, selectionEnd: i });
    await client.send("Input.insertText", { text: chosen });
  };
  await compose("yi", "一、");
  await expect(text(page).locator("p").first()).toHaveAttribute("data-kind", "level1");
  await compose("zongti", "总体");
  await compose("yaoqiu", "要求");
  expect((await blocks(page, 1))[0]).toBe("level1 一、总体要求");
  await expect(page.getByText("已保存")).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect(text(page)).not.toContainText("总体要求");
});

test("typing over selected cells replaces them all", async ({ app }) => {
  await openSample(app);
  const { page } = app;
  await newFirstParagraph(page);
  await paste(page, { "text/html": "<table><tr><td>甲</td><td>乙</td></tr><tr><td>丙</td><td>丁</td></tr></table>" });
  const cells = text(page).locator("td");
  await cells.nth(0).hover();
  await page.mouse.down();
  await cells.nth(3).hover();
  await page.mouse.up();
  await expect(text(page).locator(".selectedCell")).toHaveCount(4);
  await page.keyboard.press("1");
  expect((await blocks(page, 1))[0]).toBe("table 1  |  ");
});

test("a column's border follows the pointer, and the table stays as wide as the text", async ({ app }) => {
  await openSample(app);
  const { page } = app;
  await newFirstParagraph(page);
  await paste(page, { "text/html": "<table><tr><td>甲</td><td>乙</td></tr></table>" });
  const [left, table] = [text(page).locator("td").first(), text(page).locator("table").first()];
  const [cell, before] = [await left.boundingBox(), await table.boundingBox()];
  if (!cell || !before) throw new Error("the table is not shown");
  const [x, y] = [cell.x + cell.width, cell.y + cell.height / 2];
  await page.mouse.move(x - 1, y);
  await page.mouse.down();
  await page.mouse.move(x - 60, y, { steps: 4 });
  await page.mouse.up();
  await page.mouse.move(x, y + 200);
  await expect.poll(async () => Math.round((await table.boundingBox())?.width ?? 0)).toBe(Math.round(before.width));
  expect((await left.boundingBox())?.width).toBeLessThan(cell.width - 20);
});

test("the print follows the text, and a click in it finds the word", async ({ app }) => {
  await openSample(app);
  const { page } = app;
  const sheet = page.getByRole("img", { name: "第1页", exact: true });
  const pixels = () => sheet.evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL().length);
  const before = await pixels();
  await newFirstParagraph(page);
  await page.keyboard.insertText("此处新写一段，应当马上印在纸上。");
  await expect.poll(pixels).not.toBe(before);

  const box = await sheet.boundingBox();
  if (!box) throw new Error("the page is not shown");
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await expect(text(page)).toBeFocused();
  await page.keyboard.insertText("▲");
  await expect(text(page).locator("p", { hasText: "▲" })).toBeVisible();
  await expect(text(page).locator("p").first()).not.toContainText("▲");
});

test("each notice keeps its own steps of undo", async ({ app }) => {
  await openSample(app);
  const { page } = app;
  await newFirstParagraph(page);
  await page.keyboard.insertText("只在第一篇");
  const entry = (index: number) => page.locator(".row.entry").nth(index);
  await entry(1).click();
  await expect(text(page).getByText("只在第一篇")).toHaveCount(0);
  await page.keyboard.press("Control+z");
  await entry(0).click();
  await expect(text(page).getByText("只在第一篇")).toBeVisible();
  await text(page).focus();
  await page.keyboard.press("Control+z");
  await expect(text(page).getByText("只在第一篇")).toHaveCount(0);
});

test("a change made in another window comes in under the caret, which stays", async ({ app }) => {
  await openSample(app);
  const { page } = app;
  const other = await page.context().newPage();
  await other.goto(new URL("/", page.url()).href);
  await expect(text(other)).toBeVisible();
  await text(page).locator("p").nth(2).click();
  await page.keyboard.press("End");
  await caretSettled(page);
  await newFirstParagraph(other);
  await other.keyboard.insertText("另一窗口所写");
  await expect(text(page).locator("p").first()).toHaveText("另一窗口所写");
  await page.keyboard.insertText("▲");
  await expect(text(page).locator("p").nth(3)).toContainText("▲");
  await expect(text(other).locator("p").nth(3)).toContainText("▲");
  await other.close();
});

test("pages are turned and enlarged by the keyboard", async ({ app }) => {
  await openSample(app);
  const { page } = app;
  const desk = page.getByRole("document", { name: "版面各页" });
  await desk.focus();
  await page.keyboard.press("PageDown");
  await expect(page.getByRole("img", { name: "第2页", exact: true })).toBeVisible();
  const width = (await page.getByRole("img", { name: "第2页", exact: true }).boundingBox())?.width ?? 0;
  await page.keyboard.press("+");
  await expect
    .poll(async () => (await page.getByRole("img", { name: "第2页", exact: true }).boundingBox())?.width ?? 0)
    .toBeGreaterThan(width);
});

test("choosing spreads keeps the page that is read", async ({ app }) => {
  await openSample(app);
  const { page } = app;
  await page
    .getByRole("treeitem", { name: /防汛抗旱/ })
    .first()
    .click();
  const title = page.getByRole("img", { name: "第36页", exact: true });
  await expect(title).toBeInViewport();
  for (const arrangement of ["对开", "单页", "对开"]) {
    await page.getByText(arrangement, { exact: true }).click();
    await expect(title).toBeInViewport();
  }
});
