// The typed contents page, its check against the notices, and the imprint.
import { describe, expect, test } from "vitest";
import { readContents, readImprint } from "../../shared/read/contents.ts";
import { checkContents, matchEntries } from "../../shared/read/contentsCheck.ts";
import { splitLines } from "../../shared/read/lines.ts";

const contents = (text: string) => readContents(splitLines(text));
const rows = (text: string) =>
  contents(text).entries.map(({ section, title, docNumber, page }) => [section, title, docNumber, page]);

describe("entries", () => {
  const fire = "关于加强防火工作的通知";
  test.each([
    ["leader dots", `市政府文件\n${fire}(示政发〔2024〕3号)......(6)`, [["市政府文件", fire, "示政发〔2024〕3号", 6]]],
    [
      "a tab before the page",
      `【市政府文件】\n- 1.${fire}\n(示政发〔2024〕3号)·····\t6`,
      [["市政府文件", fire, "示政发〔2024〕3号", 6]],
    ],
    ["the page on its own line", `${fire}\n(示政发〔2024〕3号)\n…… 6`, [["", fire, "示政发〔2024〕3号", 6]]],
    [
      "no number",
      `${fire} …………… 6\n关于绿化的通知 …………… 8`,
      [
        ["", fire, "", 6],
        ["", "关于绿化的通知", "", 8],
      ],
    ],
    [
      "no page",
      `${fire}\n示政发〔2024〕3号\n关于绿化的通知\n示政发〔2024〕4号`,
      [
        ["", fire, "示政发〔2024〕3号", null],
        ["", "关于绿化的通知", "示政发〔2024〕4号", null],
      ],
    ],
    [
      "a title over two lines, years in it",
      `关于印发《示例市规划\n(2021-2025年)》的通知\n(示政发〔2024〕3号) (6)`,
      [["", "关于印发《示例市规划（2021-2025年）》的通知", "示政发〔2024〕3号", 6]],
    ],
    [
      "the imprint in the middle of an entry",
      `10.${fire}\n\n主管:示例市人民政府\n编 委: 李 明 王小强\n赵敏\n(示政发〔2024〕3号)··6`,
      [["", fire, "示政发〔2024〕3号", 6]],
    ],
  ])("%s", (_name, text, entries) => expect(rows(text)).toEqual(entries));

  test("sections repeat on the next spread, slogans stand between", () => {
    const read = contents(
      "市政府文件\n甲局关于防火的通知(1)\n务实高效 服务群众\n市政府文件\n甲局关于防汛的通知(2)\n人 事 任 免\n甲局关于任职的通知(3)",
    );
    expect(read.sections.map((section) => section.title)).toEqual(["市政府文件", "市政府文件", "人事任免"]);
    expect(read.entries.map((entry) => entry.section)).toEqual(["市政府文件", "市政府文件", "人事任免"]);
    expect(read.slogans).toEqual(["务实高效 服务群众"]);
  });
});

test.each([
  [
    "主管：\n\n示例市人民政府\n\n主办：市政府办",
    [
      ["主管", "示例市人民政府"],
      ["主办", "市政府办"],
    ],
  ],
  [
    "编辑委员会\n主 任: 李 明\n编 委: 王小强 赵敏\n陈 静",
    [
      ["编辑委员会", ""],
      ["主任", "李明"],
      ["编委", "王小强 赵敏 陈静"],
    ],
  ],
  [
    "地址：东山路1号 电话：0000-1",
    [
      ["地址", "东山路1号"],
      ["电话", "0000-1"],
    ],
  ],
  ["各镇人民政府：", []],
])("imprint %s", (text, fields) => {
  expect(readImprint(splitLines(text)).fields.map(({ label, value }) => [label, value])).toEqual(fields);
});

describe("the check", () => {
  const notice = (title: string, docNumber: string, line: number, uniformNumber = "") => ({
    head: { title: `示例市人民政府${title}`, issuers: ["示例市人民政府"], docNumber, uniformNumber },
    line,
  });
  const bodies = [
    notice("关于防火的通知", "示政发〔2024〕3号", 101),
    notice("关于防汛的通知", "示政发〔2024〕4号", 201),
    notice("关于防旱的通知", "示政发〔2024〕5号", 301),
  ];
  const right =
    "关于防火的通知(示政发〔2024〕3号)(1)\n关于防汛的通知(示政发〔2024〕4号)(3)\n关于防旱的通知(示政发〔2024〕5号)(9)";
  const rules = (text: string) =>
    checkContents(contents(text), bodies).map(({ rule, severity, line }) => [rule, severity, line]);

  test.each([
    ["nothing wrong", right, []],
    ["another year", right.replace("〔2024〕4号", "〔2023〕4号"), [["toc.docno-mismatch", "error", 2]]],
    ["another title", right.replace("防汛", "防灾"), [["toc.title-mismatch", "error", 2]]],
    [
      "登记号 only there",
      right.replace("(示政发〔2024〕4号", "(SLDR—2024—00001 示政发〔2024〕4号"),
      [["toc.uniform-mismatch", "error", 2]],
    ],
    ["an entry without a notice", `${right}\n关于绿化的通知(示政发〔2024〕6号)(12)`, [["toc.extra", "error", 4]]],
    ["a notice without an entry", right.split("\n").slice(0, 2).join("\n"), [["toc.missing", "error", 301]]],
    [
      "another order",
      right
        .split("\n")
        .toReversed()
        .join("\n")
        .replace("(9)", "(1)")
        .replace(/\(1\)$/u, "(9)"),
      [
        ["toc.order", "warning", 1],
        ["toc.order", "warning", 2],
      ],
    ],
    ["a page that is a serial", right.replace("(3)", "(40)"), [["toc.page-order", "error", 2]]],
    [
      "a section twice",
      `甲类\n${right}\n甲类\n关于绿化的通知(10)`,
      [
        ["toc.extra", "error", 6],
        ["toc.section-duplicated", "hint", 5],
      ],
    ],
  ])("%s", (_name, text, found) => expect(rules(text)).toEqual(found));

  test("the message has both values and both lines", () => {
    const [finding] = checkContents(contents(right.replace("〔2024〕4号", "〔2023〕4号")), bodies);
    expect(finding).toMatchObject({
      message: "目录（第2行）的发文字号是“示政发〔2023〕4号”，正文（第201行）是“示政发〔2024〕4号”",
      excerpt: "示政发〔2023〕4号",
      evidence: "正文为 示政发〔2024〕4号（第201行）",
    });
  });
  test("the same number twice goes by title", () => {
    const { entries } = contents("关于防旱的通知(示政发〔2024〕3号)(1)\n关于防火的通知(示政发〔2024〕3号)(2)");
    expect(matchEntries(entries, bodies)).toEqual([2, 0]);
  });
});
