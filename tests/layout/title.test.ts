// Titles broken by sense into balanced lines; "|" stands between lines.
import { describe, expect, test } from "vitest";
import { collect } from "../../shared/layout/galley.ts";
import { breakEntry, breakTitle } from "../../shared/layout/title.ts";
import { TypeCase } from "../../shared/layout/typecase.ts";
import { fonts, smallStyle } from "./workshop.ts";

const typeCase = new TypeCase(fonts, smallStyle().latin);

function broken(text: string, room: number): string {
  const galley = collect({ text, roles: [{ to: text.length, role: "song" }], latinGap: 0 }, 0, text.length, typeCase);
  const ends = breakTitle(galley, room).map((end) => galley.sorts[end]?.at ?? text.length);
  return ends.map((end, i) => text.slice(ends[i - 1] ?? 0, end)).join("|");
}

describe("titles", () => {
  test.each([
    ["one line when it fits", 20, "关于做好防汛抗旱工作的通知"],
    ["words stay whole", 14, "关于开展全市安全生产|监督检查工作的通知"],
    ["a short 《》 is not torn", 14, "关于印发|《示例市停车管理办法》|的通知".replace("|的", "的")],
    ["as few lines as can be", 9, "关于进一步加强全市|森林防火工作的通知"],
    ["two documents in one title", 20, "关于印发《示例市甲办法》|《示例市乙办法》的通知"],
    ["a year is not torn", 16, "关于公布2026年度示例市|重大行政决策事项目录的通知"],
    [
      "a word is not torn to save a line",
      20,
      "关于印发《提升社会治理效能|打造平安中国建设示例样板|实施方案(2021—2025)》的通知",
    ],
    [
      "nor is the name of the place and its government",
      14,
      "示例市人民政府办公室关于|公布2026年度示例市人民政府|重大行政决策事项目录的通知",
    ],
    ["at a space that somebody set", 14, "中共示例县委办公室 |示例县人民政府办公室|关于开展检查的通知"],
    ["a mark of quotation is not torn", 16, "关于成立示例县“雪亮工程”|工作领导小组的通知"],
  ])("%s", (_, room, want) => {
    expect(broken(want.replaceAll("|", ""), room)).toBe(want);
  });
  test("no last line of one or two characters, no line that begins with 的", () => {
    for (let room = 6; room < 24; room++) {
      const lines = broken("关于同意设立示例市示例镇示例村的卫生室的批复", room).split("|");
      expect(lines.at(-1)?.length).toBeGreaterThan(2);
      expect(lines.filter((line) => line.startsWith("的"))).toEqual([]);
    }
  });
  test("what fills more than eight lines is broken like text", () => {
    const lines = broken("示例市示例局".repeat(30), 18).split("|");
    expect(lines.map((line) => line.length)).toEqual(new Array(10).fill(18));
  });
  test("a 《》 longer than a line is broken all the same", () => {
    expect(
      broken("关于印发《示例市城镇老旧小区改造项目建设资金管理暂行办法》的通知", 14).split("|").length,
    ).toBeGreaterThan(2);
  });
});

test("in the contents a 《》 is broken rather than that its line stays short", () => {
  const text = "示例市人民政府办公室关于印发《示例市政府领导班子深入开展调查研究的工作方案》的通知";
  const galley = collect({ text, roles: [{ to: text.length, role: "song" }], latinGap: 0 }, 0, text.length, typeCase);
  const [end = 0] = breakEntry(galley, 37, 36);
  expect(text.slice(galley.sorts[end]?.at)).toBe("工作方案》的通知");
});

test("in the contents lines are filled, and still broken by sense", () => {
  const text = "示例市人民政府关于公布2026年度示例市重大行政决策事项目录的通知";
  const galley = collect({ text, roles: [{ to: text.length, role: "song" }], latinGap: 0 }, 0, text.length, typeCase);
  const [end = 0] = breakEntry(galley, 28, 27);
  expect(text.slice(galley.sorts[end]?.at)).toBe("目录的通知");
});
