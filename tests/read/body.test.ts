// The kinds of paragraphs, and what a notice says of itself.
import { describe, expect, test } from "vitest";
import { paragraphText } from "../../shared/model/block.ts";
import { readBody } from "../../shared/read/body.ts";
import { splitLines } from "../../shared/read/lines.ts";

function read(text: string, title = "示例市人民政府关于加强防火工作的通知") {
  const lines = splitLines(text);
  const body = readBody({ title, body: 0, dated: "" }, lines, lines.length);
  const kinds = body.blocks.map((block) =>
    block.type === "paragraph" ? `${block.attrs.kind} ${paragraphText(block)}` : block.type,
  );
  return { ...body, kinds };
}

describe("kinds", () => {
  test("a notice with a regulation, its annexes and notes", () => {
    const { kinds, signers, dated, addressee, annexes, embedded, counts } = read(
      `各镇人民政府，街道办事处，

市直各单位：

《示例市节水办法》已经市人民政府同意，现印发给你们。

附件：1.节水指标（略）
2.联系人名单

示例市人民政府办公室
示例市水利局
二〇二四年三月二日

示例市节水

办法

（草案）

第一章 总 则

第一条 下列单位适用本办法：

（一）机关；

（二）学校。

第二条 第一条规定的单位应当节水。

附件 2

联系人名单

单位：人

单位\t姓名\t电话
水利局\t李 明\t0000-1

备注：以上人员变动时由接任者递补`,
      "示例市人民政府办公室 示例市水利局关于印发《示例市节水办法》的通知",
    );
    expect(kinds).toEqual([
      "addressee 各镇人民政府，街道办事处，市直各单位：",
      "body 《示例市节水办法》已经市人民政府同意，现印发给你们。",
      "annexNote 附件：1.节水指标（略）",
      "annexNote 2.联系人名单",
      "signature 示例市人民政府办公室",
      "signature 示例市水利局",
      "date 二〇二四年三月二日",
      "documentTitle 示例市节水办法",
      "subtitle （草案）",
      "chapter 第一章\u3000总则",
      "article 第一条\u3000下列单位适用本办法：",
      "item （一）机关；",
      "item （二）学校。",
      "article 第二条\u3000第一条规定的单位应当节水。",
      "annexLabel 附件2",
      "annexTitle 联系人名单",
      "unit 单位：人",
      "table",
      "note 备注：以上人员变动时由接任者递补",
    ]);
    expect({ signers, dated, addressee, embedded }).toEqual({
      signers: ["示例市人民政府办公室", "示例市水利局"],
      dated: "2024-03-02",
      addressee: "各镇人民政府，街道办事处，市直各单位：",
      embedded: [{ title: "示例市节水办法" }],
    });
    expect(annexes).toEqual([
      { number: 1, title: "节水指标", omitted: true },
      { number: 2, title: "联系人名单", omitted: false },
    ]);
    expect(counts).toMatchObject({
      paragraphs: 18,
      headings: { chapters: 1, articles: 2, level_paren_yi: 2, level_num: 0 },
      tables: [{ title: "联系人名单", dataRows: 1 }],
    });
  });
  test.each([
    [
      "no addressee: a sentence with a colon",
      "现将有关事项通告如下：\n\n一、禁止燃放。",
      ["body 现将有关事项通告如下：", "level1 一、禁止燃放。"],
    ],
    [
      "an annex with a title of two lines",
      "附件\n\n示例市城区公园建设\n\n任务分解表\n\n序号\t单位\n1\t甲",
      ["annexLabel 附件", "annexTitle 示例市城区公园建设任务分解表", "table"],
    ],
    [
      "an order signed by a person",
      "现予公布。\n\n市长 王小明\n\n2024年3月2日",
      ["body 现予公布。", "signature 市长 王小明", "date 2024年3月2日"],
    ],
    [
      "signer and date on one line",
      "请遵照执行。\n\n　　　示例市人民政府　　2024年3月2日",
      ["body 请遵照执行。", "signature 示例市人民政府", "date 2024年3月2日"],
    ],
    [
      "（一） under a heading is no item",
      "第一条 总则。\n\n一、要求\n\n（一）加强领导。",
      ["article 第一条\u3000总则。", "level1 一、要求", "level2 （一）加强领导。"],
    ],
    [
      "several annexes on one line",
      "附件：1.甲表 2.乙表\n\n示例市人民政府\n2024年3月2日",
      ["annexNote 附件：1.甲表", "annexNote 2.乙表", "signature 示例市人民政府", "date 2024年3月2日"],
    ],
    [
      "附件1：title over a text",
      "示例市人民政府\n2024年3月2日\n\n附件1：值班安排\n\n各单位每日安排一人。",
      [
        "signature 示例市人民政府",
        "date 2024年3月2日",
        "annexLabel 附件1",
        "annexTitle 值班安排",
        "body 各单位每日安排一人。",
      ],
    ],
  ])("%s", (_name, text, kinds) => expect(read(text).kinds).toEqual(kinds));
});

describe("doubts", () => {
  test.each([
    ["请遵照执行。", ["notice.no-date"]],
    ["附件：甲表\n\n示例市人民政府\n2024年3月2日", ["annex.missing"]],
    [
      "附件：甲乙任务分配表\n\n示例市人民政府\n2024年3月2日\n\n附件\n\n甲乙任务分解表\n\n序号\t单位\n1\t甲",
      ["annex.title-mismatch"],
    ],
    ["方便群众，延长夜间开放时间，经馆务会议研究同\n\n示例市人民政府\n2024年3月2日", ["import.open-end"]],
    ["请遵照执行。\n\n示例市人民政府\n2024年3月2日", []],
  ])("%s", (text, rules) => expect(read(text).findings.map((finding) => finding.rule)).toEqual(rules));
});
