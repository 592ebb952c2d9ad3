// What spreadsheets show for a number.
import { describe, expect, test } from "vitest";
import { shownNumber } from "../../main/import/office/numberFormat.ts";

describe("numbers", () => {
  test.each([
    [1234.5, "General", "1234.5"],
    [0.1 + 0.2, "General", "0.3"],
    [12345678901234, "General", "1.23457E+13"],
    [1234567.891, "#,##0", "1,234,568"],
    [1234567.891, "#,##0.00", "1,234,567.89"],
    [0.1234, "0.0%", "12.3%"],
    [1.005, "0.00", "1.01"],
    [5, "000", "005"],
    [0, "#", ""],
    [3.5, "0.##", "3.5"],
    [-3, "0", "-3"],
    [-1234, "#,##0;(#,##0)", "(1,234)"],
    [0, '0;-0;"无"', "无"],
    [12, '0"万元"', "12万元"],
    [12, "0\\人", "12人"],
    [1234567, "0,", "1235"],
    [12, '[红色][>10]0"人"', "12人"],
    [1234.5, "_ * #,##0.00_ ;_ * -#,##0.00_ ", "1,234.50"],
    [-12.5, "¥0.0", "-¥12.5"],
    [12345, "0.00E+00", "1.23E+04"],
  ])("%d as %s: %s", (value, format, shown) => expect(shownNumber(value, format).trim()).toBe(shown));
});

describe("dates and times", () => {
  test.each([
    [46086, 'yyyy"年"m"月"d"日"', "2026年3月5日"],
    [46086, "yyyy-mm-dd", "2026-03-05"],
    [46086, "[$-804]yyyy/m/d;@", "2026/3/5"],
    [59, "yyyy/m/d", "1900/2/28"],
    [61, "yyyy/m/d", "1900/3/1"],
    [46086.5625, "h:mm", "13:30"],
    [46086.5625, "h:mm AM/PM", "1:30 PM"],
    [46086.5625, "上午/下午h时mm分", "下午1时30分"],
    [1.5, "[h]:mm", "36:00"],
    [46086, "aaaa", "aaaa"],
  ])("%d as %s: %s", (value, format, shown) => expect(shownNumber(value, format)).toBe(shown));

  test("counted from 1904", () => expect(shownNumber(44624, "yyyy-mm-dd", true)).toBe("2026-03-05"));
});
