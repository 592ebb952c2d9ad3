// What is read aloud in 读校.
import { describe, expect, test } from "vitest";
import { spokenDate, spokenText } from "../../renderer/proof/spoken.ts";

describe("titles and numbers", () => {
  test.each([
    ["示政办发〔2026〕15号", "示政办发，六角括号，二零二六，括号完，一五号"],
    ["关于印发《示例办法（试行）》的通知", "关于印发，书名号，示例办法，括号，试行，括号完，书名号完，的通知"],
    ["《办法》", "书名号，办法，书名号完"],
    ["SSDR—2026—00001", "SSDR，连接号，二零二六，连接号，零零零零一"],
    ["", ""],
  ])("%s", (text, spoken) => expect(spokenText(text)).toBe(spoken));
});

describe("dates", () => {
  test.each([
    ["2026-03-05", "二零二六年三月五日"],
    ["2026-10-10", "二零二六年十月十日"],
    ["2026-12-31", "二零二六年十二月三十一日"],
    ["2026-11-20", "二零二六年十一月二十日"],
    ["", "没有日期"],
  ])("%s", (iso, spoken) => expect(spokenDate(iso)).toBe(spoken));
});
