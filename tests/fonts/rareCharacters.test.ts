// Rare characters of personal and place names, and the marks of official text, the whole way to the proof: in every role
// each is inked, drawn with its own outline, and read back from the finished PDF as what it is.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { exportIssue } from "../../main/export/export.ts";
import { loadStyle } from "../../main/export/styles.ts";
import { gb2312Characters } from "../../main/fonts/coverage.ts";
import { openFaces } from "../../main/fonts/faces.ts";
import { firstLevel, secondLevel, thirdLevel } from "../../main/fonts/standardCharacters.ts";
import { readPdfText } from "../../main/pdf/reader.ts";
import { type Role, roles } from "../../shared/layout/fonts.ts";
import { paragraph } from "../../shared/model/block.ts";
import type { Issue, Notice } from "../../shared/model/notice.ts";
import { testFolder } from "../store/folder.ts";

const assets = fileURLToPath(new URL("../../assets", import.meta.url));
const style = loadStyle(assets, "gbt9704");
const { fonts, plan, infos } = openFaces({ installed: [] });

/** Of names and places, most of them from the third level of the 通用规范汉字表, half of them beyond U+9FA5. */
const rare =
  "㵘䶮𬸚堃喆旻昇淼甯祎禛翀赟璟玥琰珺垚焱犇骉鱻龑婳嬛㛃䜣䢺㑊㧑㬎㴔㸆㻬㽏䓖䝙䥽䲠䴘𠅤𠙶𠳐𡎚𡐓𣗋𣲗𣸣𤧛𤩽𦈡𧿹𨱇𨺙𩽾𪣻𫄧𫍣𬀩𬇙𬍛𬘭𬣙𬭎𬬻𬱖𬴊";
const marks = "〔〕①②⑩℃㎡％‰№—……《》〈〉“”‘’·、￥×";

function issueOf(texts: readonly string[]): { issue: Issue; notices: Map<string, Notice> } {
  const notice: Notice = {
    id: "n",
    version: 1,
    title: "示例市人民政府关于㵘䶮二村更名的通知",
    issuers: ["示例市人民政府"],
    docNumber: "示政发〔2026〕1号",
    uniformNumber: "",
    kind: "通知",
    dated: "2026-03-01",
    section: "市政府文件",
    body: texts.map((text) => paragraph("body", text)),
  };
  const issue: Issue = {
    id: "i",
    version: 1,
    gazetteTitle: "示例政报",
    officialTitle: "示例市人民政府公报",
    englishTitle: "",
    year: 2026,
    number: 1,
    serial: null,
    published: "2026-03-20",
    organ: "",
    statement: [],
    slogans: [],
    imprint: [],
    style: "gbt9704",
    sections: [{ id: "s", title: "市政府文件", entries: ["n"] }],
  };
  return { issue, notices: new Map([["n", notice]]) };
}

async function printed(role: Role, texts: readonly string[]) {
  const out = join(testFolder(), "out.pdf");
  const sheet = { ...style, body: role };
  const report = await exportIssue({ ...issueOf(texts), style: sheet, fonts, out });
  if (report.mismatches.length > 0) return { report, read: "" };
  const read = (await readPdfText(readFileSync(out))).join("").replace(/\s/gu, "");
  return { report, read };
}

describe.each(roles)("in %s", (role) => {
  test("rare characters and marks are inked and read back", async () => {
    const { report, read } = await printed(role, [rare, marks, `GB/T 9704-2012（${rare.slice(0, 9)}）`]);
    expect(report.mismatches).toEqual([]);
    expect(report.warnings.filter(({ code }) => code === "missingGlyph" || code === "standInFace")).toEqual([]);
    expect(read).toContain(marks);
    for (const character of rare) expect(read).toContain(character);
  });

  test("so is every character of the third level of the 通用规范汉字表", async () => {
    const { report, read } = await printed(role, thirdLevel.match(/.{1,400}/gu) ?? []);
    expect(report.mismatches).toEqual([]);
    const inText = new Set(read);
    expect(Array.from(thirdLevel).filter((character) => !inText.has(character))).toEqual([]);
  });
});

test("the lists are whole", () => {
  expect(new Set(rare).size).toBeGreaterThan(53);
  expect([firstLevel, secondLevel, thirdLevel].map((level) => new Set(level).size)).toEqual([3500, 3000, 1605]);
  expect(new Set(firstLevel + secondLevel + thirdLevel).size).toBe(8105);
  expect(new Set(gb2312Characters()).size).toBe(6763);
  expect(gb2312Characters()).toMatch(/^啊.*齄$/u);
});

test.each(infos)("$family has them all", ({ id }) => {
  const face = fonts.face(id);
  const all = rare + marks + firstLevel + secondLevel + thirdLevel + gb2312Characters();
  expect(Array.from(all).filter((character) => face.glyph(character.codePointAt(0) ?? 0) === 0)).toEqual([]);
});

test("a character that only another face has is told once, with the notice, the faces, and how often it is there", async () => {
  const lacking = "\u{20BB7}";
  const { report } = await printed("song", [`王${lacking}。`, `王${lacking}、李${lacking}。`]);
  expect(report.mismatches).toEqual([]);
  expect(plan.song.chain[0]).toBe("NotoSerifSC-400");
  expect(report.warnings.filter(({ code }) => code === "standInFace")).toEqual([
    expect.objectContaining({
      message: `《示例市人民政府关于㵘䶮二村更名的通知》中的“${lacking}”（U+20BB7）“思源宋体”没有这个字，以“霞鹜文楷”代，共3处，请看字形是否合适。`,
      text: lacking,
      source: expect.objectContaining({ in: "body", notice: "n", block: 0, from: 1 }),
    }),
  ]);
});
