// Files from disk: what is read, with which encoding, and the sentence for everything else.
import { chmodSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { decode, largestFile, readTextFile } from "../../main/import/file.ts";
import { GazetteError } from "../../shared/api.ts";

const folder = mkdtempSync(join(tmpdir(), "zhengbao-file-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const words = "示例市人民政府\r\n关于加强防火工作的通知\n";
const utf16 = (text: string, big: boolean) => {
  const bytes = Buffer.from(text, "utf16le");
  return big ? bytes.swap16() : bytes;
};
const gbk = Buffer.from("cabec0fdcad0c8cbc3f1d5feb8ae", "hex"); // 示例市人民政府
const bytesOf = (...parts: (number[] | string | Buffer)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.from(part))));

describe("encodings", () => {
  test.each([
    ["UTF-8", Buffer.from(words), "UTF-8", words],
    ["UTF-8 with a mark", bytesOf([0xef, 0xbb, 0xbf], words), "UTF-8", words],
    ["UTF-16LE with a mark", bytesOf([0xff, 0xfe], utf16(words, false)), "UTF-16LE", words],
    ["UTF-16BE with a mark", bytesOf([0xfe, 0xff], utf16(words, true)), "UTF-16BE", words],
    ["UTF-16LE without", utf16(words, false), "UTF-16LE", words],
    ["UTF-16BE without", utf16(words, true), "UTF-16BE", words],
    ["ASCII in UTF-16, which is valid UTF-8", utf16("No. 3\n", false), "UTF-16LE", "No. 3\n"],
    ["GB18030", gbk, "GB18030", "示例市人民政府"],
    ["four bytes of GB18030", bytesOf([...gbk], [0x82, 0x35, 0x8f, 0x33]), "GB18030", "示例市人民政府\u9fa6"],
  ])("%s", (_name, bytes, encoding, text) => expect(decode(bytes, "稿.txt")).toEqual({ text, encoding }));
});

describe("refused by content", () => {
  test.each([
    ["empty", [], /是空文件/u],
    ["blank", " \r\n\t ", /没有文字/u],
    ["PDF", "%PDF-1.7\n", /是PDF文件.*另存为文本/u],
    ["Word", bytesOf("PK\u0003\u0004", "....word/document.xml"), /Word文档（.docx）/u],
    ["Excel", bytesOf("PK\u0003\u0004", "....xl/workbook.xml"), /Excel表格/u],
    ["OFD", bytesOf("PK\u0003\u0004", "....OFD.xml"), /OFD版式文件/u],
    ["zip", bytesOf("PK\u0003\u0004", "....a.txt"), /压缩文件/u],
    ["old Word or WPS", [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1], /旧版Word/u],
    ["RTF", "{\\rtf1\\ansi", /RTF/u],
    ["PNG", [0x89, 0x50, 0x4e, 0x47, 0x0d], /是图片/u],
    ["JPEG", [0xff, 0xd8, 0xff, 0xe0], /是图片/u],
    ["a database", "SQLite format 3\0", /数据库/u],
    ["binary", [1, 0, 2, 0, 0, 0, 3, 4, 5, 0], /不是文本文件/u],
    ["control characters", "文\u0001字\u0002\u0003", /不是文本文件/u],
    ["neither UTF-8 nor GB18030", [0xc4, 0xff, 0xff, 0x41], /编码认不出来/u],
    ["a broken UTF-8 mark file", [0xef, 0xbb, 0xbf, 0xe7, 0xa4], /按UTF-8解码时遇到错误的字节/u],
  ])("%s", (_name, content, sentence) => {
    const bytes = typeof content === "string" ? Buffer.from(content) : Buffer.from(content);
    const refusal = () => decode(bytes, "稿.txt");
    expect(refusal).toThrow(GazetteError);
    expect(refusal).toThrow(sentence);
    expect(refusal).toThrow(/^“稿.txt”[^。！]+。$/u);
  });
});

describe("from disk", () => {
  const file = (name: string, content: string | Buffer) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const refusal = (path: string) =>
    readTextFile(path).then(
      () => "read",
      (error: unknown) => (error instanceof GazetteError ? `${error.code} ${error.message}` : String(error)),
    );

  test("text with its encoding and hash", async () => {
    expect(await readTextFile(file("a.txt", gbk))).toEqual({
      text: "示例市人民政府",
      encoding: "GB18030",
      sha256: "44cc993ab18b92678e6cd5592c9c3db6f01aabe64c83557298efa224e04587c0",
    });
  });
  test("missing", async () => expect(await refusal(join(folder, "无.txt"))).toMatch(/^badFile “无.txt”找不到/u));
  test("a folder", async () => expect(await refusal(folder)).toMatch(/^badFile .*是文件夹/u));
  test("a name that is too long", async () =>
    expect(await refusal(join(folder, "长".repeat(200)))).toMatch(/^badFile .*路径太长/u));
  test("larger than the limit, without reading it", async () => {
    const path = file("大.txt", "");
    truncateSync(path, largestFile + 1);
    expect(await refusal(path)).toBe("badFile “大.txt”有65兆，超过64兆的上限，请拆成几个文件再导入。");
  });
  test.skipIf(process.getuid?.() === 0 || process.platform === "win32")("not readable", async () => {
    const path = file("密.txt", "文字");
    chmodSync(path, 0);
    expect(await refusal(path)).toMatch(/^badFile .*没有读取权限/u);
  });
});
