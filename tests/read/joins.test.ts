// Which lines go on in the next one.
import { describe, expect, test } from "vitest";
import { endsOpen, goesOnIn } from "../../shared/read/joins.ts";

const list = (...texts: string[]) => texts;

describe("a cut paragraph", () => {
  test.each([
    ["a comma", "跨两个部门的工程一律由市图书馆担任建设单位，", "负责组织施工和验收。"],
    ["a comma before something like a number", "对连片种植的果园、", "（一）类地块优先安排。"],
    ["an open bracket", "2.办好全民阅读活动。认真执行《示例市阅读促", "进办法（2024年修订）》。"],
    ["no full stop after a sentence", "一、明确分工。博物馆负责展陈，文化馆负责演出，共同办好“示", "例之夏”活动。"],
    [
      "no full stop in long text",
      "城区各书店应当在每年四月开展读书周活动，为市民免费提供座位和饮水，并安排",
      "专人值守。",
    ],
    ["closing bracket next", "开放时间以公告为准（冬季由图书馆与博物馆另行约定", "），不得随意变更。"],
    ["the bracket that closes an item", "2.按时开馆。节假日照常接待读者。", "（牵头单位：市图书馆，责任单位：各分馆）"],
  ])("%s", (_name, a, b) => expect(goesOnIn(a, [a, b], 0)).toBe(true));
  test("an item without a mark among items that have one", () => {
    const texts = list("1.甲馆负责售票。", "2.乙馆安排讲解员每周两次到学校介绍古代", "钱币知识。", "3.丙馆负责接待。");
    expect(goesOnIn(texts[1] ?? "", texts, 1)).toBe(true);
  });
});

describe("no cut paragraph", () => {
  test.each([
    ["a heading and its text", "（一）改善展厅照明，更新说明牌", "夜间开放时另行布置。"],
    ["a full stop", "本周起恢复夜场。", "各部门要加强领导。"],
    ["a numbered paragraph follows", "城区各书店应当在每年四月开展读书周活动，为市民免费提供座位", "二、主要任务"],
    ["names with posts", "王小慧 市博物馆副馆长、市文物保护协会秘书长兼", "李小明 市文化馆馆长"],
    ["a label", "市图书馆馆长 谢小明", "主持馆内全面工作。"],
    ["an annex follows", "请各馆在月底以前把开放计划连同经费预算一并送来", "附件：任务表"],
    ["a chapter", "第二章\u3000馆藏文物的登记、保管、陈列、修复和出借", "本章所称文物"],
    ["a new document begins", "方便群众，延长夜间开放时间，经馆务会议研究同", "为做好暑期接待工作，现作如下安排。"],
  ])("%s", (_name, a, b) => expect(goesOnIn(a, [a, b], 0)).toBe(false));
  test("a long heading among headings", () => {
    const texts = list(
      "（一）总馆馆长联系分馆负责图书流转工作",
      "张明同志联系东山分馆。",
      "（二）夜间开放（含节假日）值班人员接待责任制",
      "值班人员每两小时巡馆一次。",
      "三、考核",
      "（一）迟到的，扣减当月奖金。",
      "（二）旷工的，调离岗位。",
    );
    expect(goesOnIn(texts[2] ?? "", texts, 2)).toBe(false);
  });
});

test.each([
  ["方便群众，延长夜间开放时间，经馆务会议研究同", true],
  ["（九）夜间开放（含节假日）值班人员接待责任制", false],
  ["王小慧 市博物馆副馆长、市文物保护协会秘书长兼", false],
  ["请按时到岗。（市图书馆、市文化馆）", false],
])("%s breaks off: %s", (text, open) => expect(endsOpen(text)).toBe(open));
