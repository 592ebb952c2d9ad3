// Numbers of paragraphs and their numerals, as a table.
import { describe, expect, test } from "vitest";
import { chineseInteger, chineseNumeral, numbering } from "../../shared/model/numbering.ts";

describe("numerals", () => {
  test.each([
    [1, "一"],
    [10, "十"],
    [11, "十一"],
    [20, "二十"],
    [38, "三十八"],
    [100, "一百"],
    [101, "一百零一"],
    [110, "一百一十"],
    [1005, "一千零五"],
    [9999, "九千九百九十九"],
  ])("%i is %s, both ways", (value, text) => {
    expect(chineseNumeral(value)).toBe(text);
    expect(chineseInteger(text)).toBe(value);
  });
  test.each([
    ["二〇二四", 2024],
    ["二○二四", 2024],
    ["一百一十二", 112],
    ["两", 2],
    ["", null],
    ["十十", null],
    ["甲", null],
  ])("%s reads as %s", (text, value) => expect(chineseInteger(text)).toBe(value));
  test.each([0, 10000, 1.5, -1])("%d has no numeral", (value) =>
    expect(() => chineseNumeral(value)).toThrow(RangeError),
  );
});

describe("numbering", () => {
  test.each([
    ["一、总体要求", "level1", 1, 2],
    ["十二、附则", "level1", 12, 3],
    ["（一）基本原则", "level2", 1, 3],
    ["(二十三) 加强监督", "level2", 23, 5],
    ["1.加强领导", "level3", 1, 2],
    ["12．落实责任", "level3", 12, 3],
    ["2.2024年任务表", "level3", 2, 2],
    ["3、落实责任", "level3", 3, 2],
    ["（1）交通", "level4", 1, 3],
    ["(10)其他", "level4", 10, 4],
    ["第一章　总则", "chapter", 1, 3],
    ["第二节 监督", "section", 2, 3],
    ["第十一条　本办法", "article", 11, 4],
    ["第三十五条 中央、省属单位", "article", 35, 5],
    ["第1条 适用范围", "article", 1, 3],
  ])("%s", (text, kind, value, length) => expect(numbering(text)).toEqual({ kind, value, length }));
  test.each([
    "2.5万人参加",
    "1000人以上的单位",
    "第三条规定的情形",
    "第二章的规定",
    "（党组）会议",
    "一是加强领导",
    "第一方阵",
    "2024年工作",
    "",
  ])("%s has no number", (text) => expect(numbering(text)).toBeNull());
});
