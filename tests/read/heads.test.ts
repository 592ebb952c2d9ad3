// Where notices begin, and what their titles say, in the ways offices print them.
import { describe, expect, test } from "vitest";
import { findHeads, isOrgan, noticeKind, splitIssuers } from "../../shared/read/heads.ts";
import { splitLines } from "../../shared/read/lines.ts";

const body = "\n\n各镇人民政府：\n\n现将有关事项通知如下。";
const heads = (text: string) =>
  findHeads(splitLines(text + body), -1).map(({ start, title, issuers, docNumber, uniformNumber, dated }) =>
    [start + 1, title, issuers.join("/"), docNumber, uniformNumber, dated].filter(Boolean),
  );

const fire = "示例市人民政府关于加强防火工作的通知";

describe("a head", () => {
  test.each<[string, string, (string | number)[]]>([
    [
      "title, then number",
      "示例市人民政府\n关于加强防火工作的通知\n示政发〔2024〕3号",
      [1, fire, "示例市人民政府", "示政发〔2024〕3号"],
    ],
    [
      "blank lines, ** and both numbers in one bracket",
      "**示例市人民政府\n\n关于加强防火工作的\n\n通 知**\n\n(SLDR—2024—00001 示政发〔2024〕3号)",
      [1, fire, "示例市人民政府", "示政发〔2024〕3号", "SLDR—2024—00001"],
    ],
    [
      "all on one line",
      "示例市人民政府 关于加强防火 工作的通知 (示政发[2024]3号)",
      [1, fire, "示例市人民政府", "示政发〔2024〕3号"],
    ],
    [
      "joint issuers",
      "中共示例市委办公室 示例市人民政府办公室 关于印发《示例市 防火方案》的通知\n\n示办发〔2024〕3号",
      [
        1,
        "中共示例市委办公室 示例市人民政府办公室关于印发《示例市防火方案》的通知",
        "中共示例市委办公室/示例市人民政府办公室",
        "示办发〔2024〕3号",
      ],
    ],
    [
      "a title without 关于 before its 《》",
      "示例市人民政府办公室\n印发《关于推行林长制的方案》的通知\n示政办发〔2024〕3号",
      [1, "示例市人民政府办公室印发《关于推行林长制的方案》的通知", "示例市人民政府办公室", "示政办发〔2024〕3号"],
    ],
    [
      "a date under the title",
      "中共示例市委\n关于加强作风建设的意见\n\n(2024年3月2日)\n\n示发〔2024〕1号",
      [1, "中共示例市委关于加强作风建设的意见", "中共示例市委", "示发〔2024〕1号", "2024-03-02"],
    ],
    [
      "the number above the title",
      "示政发〔2024〕3号\n\n示例市人民政府\n关于加强防火工作的通知",
      [1, fire, "示例市人民政府", "示政发〔2024〕3号"],
    ],
    [
      "登记号 on a line of its own",
      "SLDR-2024-00001\n\n示例市人民政府\n关于加强防火工作的通知\n示政发〔2024〕3号",
      [1, fire, "示例市人民政府", "示政发〔2024〕3号", "SLDR—2024—00001"],
    ],
    [
      "letter-spaced throughout",
      "示 例 市 人 民 政 府\n关 于 加 强 防 火 工 作 的 通 知\n文号：示政发〔2024〕3号",
      [1, fire, "示例市人民政府", "示政发〔2024〕3号"],
    ],
    ["an order", "示例市人民政府令\n\n第 12 号", [1, "示例市人民政府令", "示例市人民政府", "第12号"]],
    ["no number at all", fire, [1, fire, "示例市人民政府"]],
  ])("%s", (_name, text, head) => expect(heads(text)).toEqual([head]));

  test("not in what a body cites", () => {
    const cited = `${fire}\n示政发〔2024〕3号\n\n根据有关规定\n（示政发〔2023〕9号）\n要求，特此通知。\n\n1.示例市人民政府关于节水的通知（示政发〔2022〕1号）\n2.示例市人民政府关于绿化的通知（示政发〔2022〕2号）`;
    expect(heads(cited)).toHaveLength(1);
  });
  test("the embedded opinion of a forwarding notice is no notice", () => {
    const text = `示例市人民政府转发《示例市财政局关于加强预算管理的意见》的通知\n示政发〔2024〕8号\n\n各镇：\n\n请执行。\n\n示例市人民政府\n2024年5月1日\n\n示例市财政局关于加强预算管理的意见`;
    expect(heads(text)).toHaveLength(1);
  });
});

test.each([
  ["示例市人民政府关于李明等同志任免职的通知", "任免"],
  ["示例市人民政府关于表彰先进集体的决定", "决定"],
  ["示例市人民政府关于规划（2021—2030年）的批复", "批复"],
  ["示例市人民政府令", "命令"],
  ["示例市公园管理办法（试行）", "办法"],
  ["示例市任务清单", "其他"],
])("文种 of %s is %s", (title, kind) => expect(noticeKind(title)).toBe(kind));

test.each([
  ["示例市人民政府办公室", true],
  ["示例市人民政府 示例市财政局", true],
  ["现就有关事项", false],
  ["", false],
])("%s is an organ: %s", (text, organ) => expect(isOrgan(text)).toBe(organ));

test.each([
  ["中共示例市委办公室示例市人民政府办公室", ["中共示例市委办公室", "示例市人民政府办公室"]],
  ["示例市教育局 示例市财政局", ["示例市教育局", "示例市财政局"]],
])("issuers of %s", (text, issuers) => expect(splitIssuers(text)).toEqual(issuers));
