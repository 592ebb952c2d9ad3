// Names of the files of notices: what Windows, a web server and a long title do to them.
import { expect, test } from "vitest";
import { fileNameOf } from "../../main/export/fileName.ts";
import { noticeFileName } from "../../main/export/noticeIndex.ts";

test.each([
  ["示例政报2026年第2期", "示例政报2026年第2期"],
  ["关于“A/B”路段\\施工:通告?", "关于“A_B”路段_施工_通告_"],
  ["两家 联合\n发文", "两家 联合 发文"],
  [" .隐藏的点. ", "隐藏的点"],
  ["零\u200b宽\u202e字", "零宽字"],
  ["NUL", "_NUL"],
  ["com1.附件", "_com1.附件"],
  ["conférence", "conférence"],
  ["e\u0301", "é"],
])("%j as a file name is %s", (title, name) => {
  expect(fileNameOf(title, 180)).toBe(name);
});

test("a name is cut between characters, and says so", () => {
  expect(fileNameOf("县".repeat(50), 31)).toBe(`${"县".repeat(9)}…`);
  expect(fileNameOf("𬸚".repeat(5), 15)).toBe("𬸚𬸚𬸚…");
  expect(fileNameOf("县".repeat(10), 30)).toBe("县".repeat(10));
});

test.each([
  ["关于防火的通告", "示政通〔2026〕2号", 3, 12, "03-关于防火的通告（示政通〔2026〕2号）.pdf"],
  ["任免通知", "", 7, 9, "07-任免通知.pdf"],
  ["任免通知", "", 7, 120, "007-任免通知.pdf"],
  ["长".repeat(90), "示政发〔2026〕1号", 1, 1, `01-${"长".repeat(53)}…（示政发〔2026〕1号）.pdf`],
])("%s (%s), notice %i of %i, is %s", (title, docNumber, order, count, name) => {
  expect(noticeFileName({ title, docNumber }, order, count)).toBe(name);
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
});
