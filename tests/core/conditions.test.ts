// A printer's own profile over the API: loaded once, printed by, named on the 付印单, and gone when it is removed.
import { readFileSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { type Core, openCore } from "../../main/core.ts";
import { readSheet } from "../../main/export/pressSheet.ts";
import { openForCheck, recheckSheet } from "../../main/export/recheck.ts";
import { openFaces } from "../../main/fonts/faces.ts";
import { readPdfText } from "../../main/pdf/reader.ts";
import type { CoreEvent } from "../../shared/api.ts";
import type { Purpose } from "../../shared/model/profile.ts";
import { testClock, testFolder } from "../store/folder.ts";

const fogra = readFileSync(new URL("../../assets/press/FOGRA39L.icc", import.meta.url));
/** Another file of the same condition. */
const own = Uint8Array.from(fogra);
own.set(Buffer.from("SHILI39L", "latin1"), 336 + 12);

function open(): Core {
  const core = openCore(testFolder(), { clock: testClock(), onError: (error) => expect.unreachable(String(error)) });
  onTestFinished(() => core.close());
  return core;
}

function ended(core: Core): Promise<CoreEvent> {
  return new Promise((resolve) => {
    core.onEvent((event) => {
      if (event.type === "exportDone" || event.type === "exportFailed") resolve(event);
    });
  });
}

test("a booklet with its cover apart is printed by the printer's profile, and its 付印单 says so", async () => {
  const core = open();
  const { api } = core;
  const issue = await api.createSample({ client: "test", seq: 1 });
  const { id, name } = await api.putPrintCondition(core.putUpload(own, "印厂.icc"), "印厂.icc");
  expect(await api.printConditions()).toEqual([{ id, name, fileName: "印厂.icc" }]);
  const end = ended(core);
  const purpose: Purpose = { profile: "booklet", condition: id, creep: 0.2, cover: "apart" };
  await api.startExport(issue.id, "luxi", purpose);
  const done = await end;
  if (done.type !== "exportDone") throw new Error(JSON.stringify(done));
  expect(done.fileName).toBe("示例政报2026年第2期-骑马钉拼版.pdf");
  const { pages, press } = done.report;
  const sheets = 1 + Math.ceil((pages - 2) / 4);
  expect(press).toEqual({ condition: name, sha256: id, red: "M80 Y80", sheets });
  const pathOf = (token = "") => core.download(token)?.path ?? "";
  const form = (await readPdfText(readFileSync(pathOf(done.sheet?.download)))).join("");
  expect(form).toContain(
    `输出特性${name.replace(/\s/gu, "")}（校验码${id.slice(0, 16)}），红色M80Y80，用纸${sheets}张`,
  );
  const sheet = readSheet(readFileSync(pathOf(done.sheetData?.download), "utf8"), "付印单.json");
  expect(sheet.press).toEqual(press);
  const { mismatches } = await recheckSheet(await openForCheck(pathOf(done.download)), sheet, openFaces());
  expect(mismatches).toEqual([]);
});

test("a profile that is none is refused, and one that was removed is not printed by", async () => {
  const core = open();
  const { api } = core;
  const issue = await api.createSample({ client: "test", seq: 1 });
  await expect(api.putPrintCondition(core.putUpload(fogra.subarray(0, 500), "a.icc"), "a.icc")).rejects.toMatchObject({
    code: "badFile",
  });
  await expect(api.putPrintCondition("nothing", "a.icc")).rejects.toMatchObject({ code: "notFound" });
  const { id } = await api.putPrintCondition(core.putUpload(fogra, "a.icc"), "a.icc");
  await api.removePrintCondition(id);
  expect(await api.printConditions()).toEqual([]);
  const purpose: Purpose = { profile: "press", condition: id, creep: 0, cover: "bound" };
  await expect(api.startExport(issue.id, issue.style, purpose)).rejects.toMatchObject({ code: "notFound" });
});
