// Workbooks as tables.
import { strToU8, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { openPackage } from "../../main/import/office/package.ts";
import { readXlsx } from "../../main/import/office/xlsx.ts";
import type { SourceFile } from "../../shared/read/source.ts";

interface Sheet {
  readonly name: string;
  /** Inside of the worksheet element. */
  readonly xml: string;
  readonly state?: string;
}

function workbook(sheets: readonly Sheet[], strings: readonly string[] = []): Uint8Array {
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>`;
  const entries = sheets.map(
    ({ name, state }, i) =>
      `<sheet name="${name}" sheetId="${i + 1}" r:id="r${i}"${state ? ` state="${state}"` : ""}/>`,
  );
  const parts: Record<string, string> = {
    "_rels/.rels": `<Relationships>${relation("a", "officeDocument", "xl/workbook.xml")}</Relationships>`,
    "xl/workbook.xml": `<workbook xmlns:r="r"><sheets>${entries.join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships>${sheets
      .map((_, i) => relation(`r${i}`, "worksheet", `worksheets/sheet${i}.xml`))
      .join(
        "",
      )}${relation("s", "sharedStrings", "sharedStrings.xml")}${relation("t", "styles", "styles.xml")}</Relationships>`,
    "xl/sharedStrings.xml": `<sst>${strings.map((text) => `<si>${text}</si>`).join("")}</sst>`,
    "xl/styles.xml":
      '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="0.0%"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="31"/><xf numFmtId="164"/></cellXfs></styleSheet>',
    ...Object.fromEntries(sheets.map(({ xml }, i) => [`xl/worksheets/sheet${i}.xml`, `<worksheet>${xml}</worksheet>`])),
  };
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])));
}

const read = async (bytes: Uint8Array): Promise<SourceFile> => readXlsx(await openPackage(bytes, "表.xlsx"), "表.xlsx");

function shape({ lines }: SourceFile): (string | string[][])[] {
  return lines.map(({ text, block }) =>
    block?.type === "table"
      ? block.content.map((row) =>
          row.content.map(({ attrs, content }) => {
            const words = content.map((each) =>
              (each.content ?? []).map((inline) => (inline.type === "text" ? inline.text : "")).join(""),
            );
            return `${words.join("/")}${attrs.colspan > 1 || attrs.rowspan > 1 ? ` ${attrs.colspan}x${attrs.rowspan}` : ""}`;
          }),
        )
      : text,
  );
}

test("values as they are shown, merges as spans, margins left out, hidden rows and columns left out", async () => {
  const xml = `<cols><col min="5" max="5" width="9" hidden="1"/></cols><sheetData>
    <row r="3"><c r="B3" t="s"><v>0</v></c><c r="C3"/><c r="D3" t="inlineStr"><is><t>完成率</t></is></c></row>
    <row r="4"><c r="B4" t="s"><v>1</v></c><c r="C4" s="1"><v>46086</v></c><c r="D4" s="2"><v>0.5</v></c><c r="E4"><v>9</v></c></row>
    <row r="5"><c r="C5" t="str"><f>A1</f><v>甲</v></c><c r="D5" t="b"><v>1</v></c></row>
    <row r="6" hidden="1"><c r="B6"><v>7</v></c></row>
    <row r="7"><c r="B7"><v>12.5</v></c></row></sheetData>
    <mergeCells><mergeCell ref="B3:C3"/><mergeCell ref="B4:B5"/></mergeCells>`;
  const file = await read(
    workbook([{ name: "项目进度", xml }], ["<t>项目</t>", "<r><t>东</t></r><r><t>村</t></r><rPh><t>dōng</t></rPh>"]),
  );
  expect(shape(file)).toEqual([
    "项目进度",
    [
      ["项目 2x1", "完成率"],
      ["东村 1x2", "2026年3月5日", "50.0%"],
      ["甲", "是"],
      ["12.5", "", ""],
    ],
  ]);
});

test("sheets that are shown, each with its name unless the program gave it", async () => {
  const one = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>';
  const file = await read(
    workbook([
      { name: "Sheet1", xml: one },
      { name: "隐藏", xml: one, state: "hidden" },
      { name: "空表", xml: "<sheetData/>" },
      { name: "附表", xml: one },
    ]),
  );
  expect(shape(file)).toEqual([[["1"]], "附表", [["1"]]]);
});

describe("refused or told", () => {
  test("no sheets", async () => {
    const bytes = zipSync({ "a.xml": strToU8("<a/>") });
    await expect(read(bytes)).rejects.toMatchObject({ code: "badFile", message: expect.stringMatching(/没有工作表/) });
  });
  test("more columns than a table can have", async () => {
    const cells = Array.from({ length: 300 }, (_, i) => `<c><v>${i}</v></c>`).join("");
    const { findings } = await read(workbook([{ name: "大表", xml: `<sheetData><row>${cells}</row></sheetData>` }]));
    expect(findings.map(({ rule }) => rule)).toEqual(["import.large-sheet"]);
  });
});
