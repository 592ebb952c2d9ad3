// 发文字号 and 登记号 in the widths and brackets that dumps have.
import { describe, expect, test } from "vitest";
import { findDocNumber, findUniformNumber, formatDocNumber, parseDocNumber } from "../../shared/model/docNumber.ts";

describe("发文字号", () => {
  test.each([
    ["示政办发〔2024〕5号", "示政办发〔2024〕5号"],
    ["示政发[2024]12号", "示政发〔2024〕12号"],
    ["示政发（2024）12 号", "示政发〔2024〕12号"],
    ["示政发［2024］ 第012 号", "示政发〔2024〕12号"],
    ["示 政 发〔2024〕3号", "示政发〔2024〕3号"],
  ])("%s", (text, canonical) => {
    const number = parseDocNumber(text);
    expect(number && formatDocNumber(number)).toBe(canonical);
  });
  test.each(["示政发2024年5号", "〔2024〕5号", "示政发〔24〕5号", "关于示政发〔2024〕5号的说明", ""])(
    "%s is none",
    (text) => expect(parseDocNumber(text)).toBeNull(),
  );
  test("found in a line with its place", () => {
    expect(findDocNumber("关于防汛的通知 (示政办函〔2024〕9号) (12)")).toEqual({
      text: "示政办函〔2024〕9号",
      from: 9,
      to: 21,
    });
  });
});

describe("登记号", () => {
  test.each([
    ["(SLDR—2024—00001 示政发〔2024〕3号)", "SLDR—2024—00001", 1],
    ["SLDR-2024-01002", "SLDR—2024—01002", 0],
    ["SLDR－2024－01002", "SLDR—2024—01002", 0],
    ["SLDR——2024——01002", "SLDR—2024—01002", 0],
  ])("%s", (text, canonical, from) => expect(findUniformNumber(text)).toMatchObject({ text: canonical, from }));
  test.each(["电话 0730-3555200", "SLDR2024", "GB/T 9704-2012"])("%s is none", (text) =>
    expect(findUniformNumber(text)).toBeNull(),
  );
});
