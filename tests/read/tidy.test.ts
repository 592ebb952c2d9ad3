// Wording: widths, spaces, letter-spaced words, cells; each row is what a dump has and what is stored.
import { describe, expect, test } from "vitest";
import { cellText, headerText } from "../../shared/read/cells.ts";
import { openMarks, tidy, tidyTitle, widen, wordsOf } from "../../shared/read/tidy.ts";

describe("widen", () => {
  test.each([
    ["认真落实,确保完成.", "认真落实，确保完成."],
    ["党组(党委):", "党组（党委）："],
    ["电话:0730-3555200", "电话：0730-3555200"],
    ["比例为1:3,共1,200人", "比例为1:3，共1,200人"],
    ["时间10:30至11:00", "时间10:30至11:00"],
    ["方案(2021-2025年)", "方案（2021-2025年）"],
    ["死亡率(1/10万)", "死亡率（1/10万）"],
    ["f(x)", "f(x)"],
    ["http://example.cn/a", "http://example.cn/a"],
    ["(一)加强领导", "（一）加强领导"],
  ])("%s", (text, wide) => expect(widen(text)).toBe(wide));
});

describe("tidy", () => {
  test.each([
    ["第一章 总 则", "第一章\u3000总则"],
    ["第十九条 规范合同管理。", "第十九条\u3000规范合同管理。"],
    ["第二条本办法由市图书馆解释。", "第二条\u3000本办法由市图书馆解释。"],
    ["2024 年 5 月 8 日", "2024年5月8日"],
    ["可用手机 APP、自助机借书", "可用手机APP、自助机借书"],
    ["1. 严禁钓鱼", "1.严禁钓鱼"],
    ["组 长：何 平 市图书馆馆长、研究员", "组长：何平 市图书馆馆长、研究员"],
    ["二、工作 措施", "二、工作措施"],
    ["1. 张 明 市财政局局长，兼任", "1.张明 市财政局局长，兼任"],
    ["副县长（挂职） 陈 静", "副县长（挂职） 陈静"],
    [
      "根据《示例省农业农村厅 示例省财政厅关于做好补贴发放工作的通知》，结合实际，现将有关 事项通知如下。",
      "根据《示例省农业农村厅 示例省财政厅关于做好补贴发放工作的通知》，结合实际，现将有关事项通知如下。",
    ],
  ])("%s", (text, tidied) => expect(tidy(text)).toBe(tidied));
  test("a title keeps only the space between joint issuers", () => {
    expect(tidyTitle("关于转发《示例省教育厅 示例省财政厅关于做好 资助工作的通知》的 通 知")).toBe(
      "关于转发《示例省教育厅 示例省财政厅关于做好资助工作的通知》的通知",
    );
  });
  test("two-character names set apart are closed up one by one", () => {
    expect(wordsOf("刘 洋 何小平 陈 静 王 强")).toEqual(["刘洋", "何小平", "陈静", "王强"]);
  });
  test.each([
    ["《示例市（", 2],
    ["“一件事”", 0],
    ["）接上页", 0],
  ])("%s leaves %i open", (text, open) => expect(openMarks(text)).toBe(open));
});

describe("cells", () => {
  test.each([
    ["刘 洋 何小平", "刘洋\n何小平"],
    ["合 计", "合计"],
    ["市发改局 市财政局", "市发改局\n市财政局"],
    ["市行政审 批服务局", "市行政审批服务局"],
    ["市文化 旅游局 市乡村 建设局", "市文化旅游局\n市乡村建设局"],
    ["省人民政府 办公厅 省财政厅", "省人民政府办公厅\n省财政厅"],
    ["东山镇 西河街道", "东山镇\n西河街道"],
    ["县文旅局 王小胜", "县文旅局\n王小胜"],
    ["书店、花店、茶馆等临街 商铺和集市", "书店、花店、茶馆等临街商铺和集市"],
    ["组长:李明 组员:周婷,赵敏", "组长：李明\n组员：周婷，赵敏"],
    ["31873", "31873"],
    ["2015 年86", "2015年86"],
  ])("%s", (raw, text) => expect(cellText(raw)).toBe(text));
  test("a header is one label", () => expect(headerText("牵头 市级领导")).toBe("牵头市级领导"));
});
