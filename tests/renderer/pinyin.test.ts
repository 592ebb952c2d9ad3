import { describe, expect, it } from "vitest";
import { initials, matches } from "../../renderer/palette/pinyin.ts";

describe("initials", () => {
  it.each([
    ["导出PDF", "dcpdf"],
    ["新建一期", "xjyq"],
    ["从稿库添加公文", "cgktjgw"],
    ["任免", "rm"],
    ["安全", "aq"],
    ["二○二六", "e○el"],
    ["示政办发〔2026〕5号", "szbf〔2026〕5h"],
    // The first and an early character of every initial, where a boundary would be off by one.
    ["吧擦搭额发嘎哈及卡拉马那哦怕七然撒他瓦夕呀杂", "bcdefghjklmnopqrstwxyz"],
  ])("of %s are %s", (text, letters) => {
    expect(initials(text)).toBe(letters);
  });
});

describe("matches", () => {
  it.each([
    ["", true],
    ["导出", true],
    ["dc", true],
    ["DC", true],
    ["pdf", true],
    ["dc pdf", true],
    ["cd", false],
    ["dc 稿", false],
  ])("%s", (query, found) => {
    expect(matches("导出PDF", query)).toBe(found);
  });
});
