// Whatever is done to a Word document or a workbook, it is read or refused with a sentence: never another exception, never
// without end. Mutations of bytes of the ZIP and of the words of its XML, from a seed that is printed when one fails.
import { Document, Packer, Paragraph, Table, TableCell, TableRow, TextRun } from "docx";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { expect, test } from "vitest";
import { readOfficeFile } from "../../main/import/office/officeFile.ts";
import { GazetteError } from "../../shared/api.ts";
import { readOffice } from "../../shared/read/read.ts";

function randomOf(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state % most;
  };
}

async function letter(): Promise<Uint8Array> {
  const cell = (text: string) => new TableCell({ children: [new Paragraph(text)] });
  const children = [
    new Paragraph("示政办发〔2026〕12号"),
    new Paragraph("示例县人民政府办公室关于加强农村公路养护的通知"),
    new Paragraph({ children: [new TextRun({ text: "现就有关事项", bold: true }), new TextRun("通知如下。")] }),
    new Table({ rows: [1, 2].map((row) => new TableRow({ children: [cell(`甲${row}`), cell(`乙${row}`)] })) }),
    new Paragraph("2026年3月5日"),
  ];
  return new Uint8Array(await Packer.toBuffer(new Document({ sections: [{ children }] })));
}

/** Words that change the sense of a document where they stand. */
const words = [
  ...[
    "<w:p>",
    "</w:p>",
    "<w:tbl>",
    "</w:tc>",
    "<w:tc/>",
    '<w:gridSpan w:val="99999"/>',
    "<w:vMerge/>",
    "<w:ins>",
    "&#0;",
  ],
  ...[
    '<w:numPr><w:numId w:val="1"/></w:numPr>',
    "<!DOCTYPE a>",
    "<![CDATA[",
    "\ufffe",
    "<w:sdt>",
    '<w:ilvl w:val="-1"/>',
  ],
];

function mutated(source: Uint8Array, random: (most: number) => number): Uint8Array {
  if (random(2) === 0) {
    const bytes = source.slice();
    for (let n = random(8); n >= 0; n--) bytes[random(bytes.length)] = random(256);
    return random(4) === 0 ? bytes.subarray(0, random(bytes.length)) : bytes;
  }
  const parts = unzipSync(source);
  const names = Object.keys(parts).filter((name) => name.endsWith(".xml") || name.endsWith(".rels"));
  const name = names[random(names.length)] ?? "";
  let xml = strFromU8(parts[name] ?? new Uint8Array());
  for (let n = random(6); n >= 0; n--) {
    const at = random(xml.length + 1);
    const taken = random(3) === 0 ? random(40) : 0;
    xml = xml.slice(0, at) + (words[random(words.length)] ?? "") + xml.slice(at + taken);
  }
  return zipSync({ ...parts, [name]: strToU8(xml) });
}

test("400 mutated documents are read or refused with a sentence", async () => {
  const source = await letter();
  for (let seed = 1; seed <= Number(process.env.GAZETTE_MUTANTS ?? 400); seed++) {
    const bytes = mutated(source, randomOf(seed));
    try {
      const { lines } = await readOfficeFile(bytes, "来文.docx", seed % 2 === 0 ? "accept" : "reject");
      const { drafts } = readOffice(lines);
      for (const { blocks } of drafts)
        for (const block of blocks)
          if (block.type === "table") {
            const widths = block.content.map((row) => row.content.reduce((sum, { attrs }) => sum + attrs.colspan, 0));
            expect(Math.min(...widths), `seed ${seed}`).toBeGreaterThan(0);
          }
    } catch (error) {
      if (!(error instanceof GazetteError)) throw new Error(`seed ${seed}`, { cause: error });
      expect(error.message, `seed ${seed}`).toMatch(/^“来文\.docx”.+。$/u);
    }
  }
});
