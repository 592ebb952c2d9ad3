// Which ICC profiles a press file may be made by: that of the program, changed into what a printer might send by mistake.
import { readFileSync } from "node:fs";
import { PDFDict, PDFDocument, PDFHexString, PDFName } from "pdf-lib";
import { expect, test } from "vitest";
import { exportProfile } from "../../main/export/profiles.ts";
import { largestProfile, readIccProfile } from "../../main/pdf/iccProfile.ts";
import { checkCondition } from "../../main/pdf/inkProof.ts";
import { srgbProfile } from "../../main/pdf/outputIntent.ts";
import { checkRules } from "../../main/pdf/rules.ts";
import { sheetsOf, writePdf } from "../../main/pdf/write.ts";
import { GazetteError } from "../../shared/model/gazetteError.ts";
import { assets, meta } from "./profiled.ts";
import { fonts, layout } from "./subject.ts";

const fogra = readFileSync(`${assets}/press/FOGRA39L.icc`);

/** The profile with bytes put into it. */
function changed(at: number, put: string | readonly number[]): Uint8Array {
  const bytes = Uint8Array.from(fogra);
  bytes.set(typeof put === "string" ? Buffer.from(put, "latin1") : put, at);
  return bytes;
}

/** The profile with one tag more at its end in the place of another. */
function retagged(from: string, name: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(fogra.length + data.length);
  bytes.set(fogra);
  bytes.set(data, fogra.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, bytes.length);
  for (let at = 132; at < 132 + view.getUint32(128) * 12; at += 12) {
    if (fogra.toString("latin1", at, at + 4) !== from) continue;
    bytes.set(Buffer.from(name, "latin1"), at);
    view.setUint32(at + 4, fogra.length);
    view.setUint32(at + 8, data.length);
    return bytes;
  }
  throw new RangeError(`no tag ${from}`);
}

/** A multi-localised name of version 4. */
function localised(names: Readonly<Record<string, string>>): Uint8Array {
  const records = Object.entries(names).map(([language, text]) => ({
    language,
    words: Buffer.from(text, "utf16le").swap16(),
  }));
  const head = Buffer.alloc(16 + records.length * 12);
  head.write("mluc", 0, "latin1");
  head.writeUInt32BE(records.length, 8);
  head.writeUInt32BE(12, 12);
  let from = head.length;
  for (const [i, { language, words }] of records.entries()) {
    head.write(`${language}XX`, 16 + i * 12, "latin1");
    head.writeUInt32BE(words.length, 20 + i * 12);
    head.writeUInt32BE(from, 24 + i * 12);
    from += words.length;
  }
  return Buffer.concat([head, ...records.map(({ words }) => words)]);
}

test.each<[string, Uint8Array, string]>([
  ["the program's own", fogra, "FOGRA39L coated"],
  [
    "version 4.2 with a Chinese name",
    retagged("desc", "desc", localised({ en: "Press", zh: "示例印厂 胶印机" })),
    "示例印厂 胶印机",
  ],
  ["version 4.2 with another name", retagged("desc", "desc", localised({ de: "Druck" })), "Druck"],
  ["a name that is none", retagged("desc", "desc", Buffer.from("text\0\0\0\0")), "示例印厂"],
])("taken: %s", (_, bytes, name) => {
  expect(readIccProfile(bytes, "示例印厂.icc")).toMatchObject({ registered: null, name });
});

test.each<[string, Uint8Array, RegExp]>([
  ["an empty file", new Uint8Array(), /不是ICC特性文件/],
  ["a text", Buffer.from("印刷".repeat(100)), /不是ICC特性文件/],
  ["a file without its signature", changed(36, "scpa"), /不是ICC特性文件/],
  ["a file that was cut off", fogra.subarray(0, 60_000), /不完整，可能没有传完/],
  ["a profile of a display", srgbProfile(), /显示器的特性文件/],
  ["a profile of a scanner", changed(12, "scnr"), /扫描仪或相机的特性文件/],
  ["a profile that links two devices", changed(12, "link"), /设备链接的特性文件/],
  ["an output profile of red, green and blue", changed(16, "RGB "), /RGB的特性文件，印刷要用CMYK四色的/],
  ["an output profile of grey", changed(16, "GRAY"), /灰度的特性文件/],
  ["an output profile of seven inks", changed(16, "7CLR"), /别种颜色的特性文件/],
  ["version 4.4, newer than PDF/X-4", changed(8, [4, 0x40]), /版本是4\.4，PDF\/X-4只用2\.x和4\.0至4\.2版/],
  ["version 5", changed(8, [5, 0]), /版本是5\.0/],
  ["version 1", changed(8, [1, 0]), /版本是1\.0/],
  ["no way from inks to colours", retagged("A2B0", "xxxx", new Uint8Array(8)), /内容不完整/],
  ["no way from colours to inks", retagged("B2A0", "xxxx", new Uint8Array(8)), /内容不完整/],
  ["a tag beyond the end", changed(132 + 4, [0x7f, 0xff, 0xff, 0xff]), /内容不完整/],
  ["a table of tags beyond the end", changed(128, [0x00, 0xff, 0xff, 0xff]), /内容不完整/],
  ["a file too large", new Uint8Array(largestProfile + 1), /17兆字节，特性文件至多16兆字节/],
])("refused: %s", (_, bytes, sentence) => {
  const read = () => readIccProfile(bytes, "示例印厂.icc");
  expect(read).toThrow(GazetteError);
  expect(read).toThrow(/^“示例印厂\.icc”.*。$/u);
  expect(read).toThrow(sentence);
});

test("a press file holds the printer's profile, and says so as one that is in no registry", async () => {
  const condition = readIccProfile(retagged("desc", "desc", localised({ zh: "示例印厂 胶印机" })), "a.icc");
  const profile = exportProfile(assets, "press", { condition });
  if (profile.name !== "press") throw new RangeError("press is another profile");
  const bytes = await writePdf(layout, fonts, meta, undefined, undefined, profile);
  expect(await checkRules(bytes, "PDF/X-4")).toEqual([]);
  const document = await PDFDocument.load(bytes, { updateMetadata: false });
  const intent = document.context
    .enumerateIndirectObjects()
    .map(([, object]) => object)
    .find((object) => object instanceof PDFDict && object.get(PDFName.of("S")) === PDFName.of("GTS_PDFX"));
  const said = (key: string) =>
    intent instanceof PDFDict ? intent.lookupMaybe(PDFName.of(key), PDFHexString)?.decodeText() : undefined;
  expect(["OutputConditionIdentifier", "OutputCondition", "Info", "RegistryName"].map(said)).toEqual([
    "Custom",
    "示例印厂 胶印机",
    "示例印厂 胶印机",
    undefined,
  ]);
  expect(await checkCondition(bytes, condition)).toEqual([]);
  const { condition: other } = exportProfile(assets, "press") as typeof profile;
  expect(await checkCondition(bytes, other)).toEqual(["输出意图的特性文件不是FOGRA39的"]);
  expect(sheetsOf(layout, profile, meta.title)?.[0]?.slug).toContain("示例印厂 胶印机");
});
