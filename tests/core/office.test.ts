// A Word document through the core: read apart, reviewed, accepted with its pictures, its source kept; a hostile one is
// refused with a sentence and the core goes on.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Document, ImageRun, Packer, Paragraph } from "docx";
import { strToU8, zipSync } from "fflate";
import { expect, onTestFinished, test } from "vitest";
import { type Core, openCore } from "../../main/core.ts";
import { testClock, testFolder } from "../store/folder.ts";

const png = readFileSync(fileURLToPath(new URL("../../assets/sample/openness.png", import.meta.url)));

function open(): Core {
  const core = openCore(testFolder(), { clock: testClock() });
  onTestFinished(() => core.close());
  return core;
}

async function letter(): Promise<Uint8Array> {
  const children = [
    new Paragraph("示政办发〔2026〕12号"),
    new Paragraph("示例县人民政府办公室关于加强农村公路养护的通知"),
    new Paragraph("各乡镇人民政府："),
    new Paragraph("现就有关事项通知如下。"),
    new Paragraph({ children: [new ImageRun({ type: "png", data: png, transformation: { width: 100, height: 80 } })] }),
    new Paragraph("示例县人民政府办公室"),
    new Paragraph("2026年3月5日"),
  ];
  return new Uint8Array(await Packer.toBuffer(new Document({ sections: [{ children }] })));
}

test("a Word document becomes a notice with its picture, and its source can be read", async () => {
  const { api, image, putUpload } = open();
  const review = await api.readUpload(putUpload(await letter(), "来文.docx"), "来文.docx");
  expect(review).toMatchObject({ encoding: "Word文档", drafts: [{ docNumber: "示政办发〔2026〕12号" }] });
  const [draft] = review.drafts;
  if (!draft) throw new Error("no draft");
  const { startLine: _s, endLine: _e, paragraphs: _p, tables: _t, findings: _f, excerpt: _x, ...fields } = draft;
  const stamp = { client: "window", seq: 1 };
  const { notices } = await api.acceptReview(stamp, review.id, { issue: null, drafts: [{ index: 0, fields }] });
  const notice = await api.notice(notices[0] ?? "");
  const figure = notice.body.find((block) => block.type === "figure");
  expect(figure?.type === "figure" && (await image(figure.attrs.image)).bytes.length).toBe(png.length);
  const source = await api.noticeSource(notice.id);
  expect(source?.text.split("\n").slice(3, 6)).toEqual(["现就有关事项通知如下。", "〔图片〕", "示例县人民政府办公室"]);
});

test.each([
  ["nothing of a document", { "a.txt": strToU8("甲") }, /压缩文件/],
  ["a document type", { "word/document.xml": strToU8('<!DOCTYPE a [<!ENTITY x "y">]><a/>') }, /不安全/],
])("%s is refused with a sentence", async (_, parts, words) => {
  const { api, putUpload } = open();
  const token = putUpload(zipSync(parts), "来文.docx");
  await expect(api.readUpload(token, "来文.docx")).rejects.toMatchObject({
    code: "badFile",
    message: expect.stringMatching(words),
  });
  expect(await api.listNotices()).toEqual([]);
});
