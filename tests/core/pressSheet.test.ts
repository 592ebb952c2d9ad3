// The 付印单 as the window gets it: a form and its data beside each export, and that the data proves that very file.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openCore } from "../../main/core.ts";
import { drawUpSheet, notSigned, readSheet, sheetJson } from "../../main/export/pressSheet.ts";
import { openForCheck, recheckSheet } from "../../main/export/recheck.ts";
import { openFaces } from "../../main/fonts/faces.ts";
import { readPdfText } from "../../main/pdf/reader.ts";
import type { CoreEvent } from "../../shared/api.ts";
import { testClock, testFolder } from "../store/folder.ts";

test("an export brings its 付印单, which proves the file that was exported", async () => {
  const core = openCore(testFolder(), { clock: testClock() });
  try {
    const issue = await core.api.createSample({ client: "test", seq: 1 });
    const ended = new Promise<CoreEvent>((resolve) => {
      core.onEvent((event) => {
        if (event.type === "exportDone" || event.type === "exportFailed") resolve(event);
      });
    });
    await core.api.startExport(issue.id, issue.style, "screen");
    const done = await ended;
    if (done.type !== "exportDone") throw new Error(JSON.stringify(done));
    const pathOf = (token = "") => core.download(token)?.path ?? "";
    expect(done.sheet?.fileName).toMatch(/付印单\.pdf$/u);
    expect(done.sheetData?.fileName).toMatch(/付印单\.json$/u);
    const form = (await readPdfText(readFileSync(pathOf(done.sheet?.download)))).join("");
    expect(form).toContain(done.report.sha256);
    const sheet = readSheet(readFileSync(pathOf(done.sheetData?.download), "utf8"), "付印单.json");
    expect(sheet).toMatchObject({ issue: { revision: issue.version }, pdf: { sha256: done.report.sha256 } });
    const { mismatches, notes } = await recheckSheet(await openForCheck(pathOf(done.download)), sheet, openFaces());
    expect({ mismatches, notes }).toEqual({ mismatches: [], notes: [] });
    expect(readSheet(sheetJson(sheet), "付印单.json")).toEqual(sheet);
    const { signOff: _signOff, ...before } = JSON.parse(sheetJson(sheet));
    expect(readSheet(JSON.stringify({ ...before, format: 1 }), "旧付印单.json").signOff).toEqual(notSigned);
    const notices = new Map(await Promise.all(sheetNotices(issue.sections, core.api)));
    const wrong = { ...done.report, mismatches: ["第1页不对"] };
    const made = { issue, notices, style: await core.api.style(issue.style), report: wrong, fileName: "a.pdf" };
    const order = { exported: sheet.exported, waiver: "", signOff: sheet.signOff };
    expect(() => drawUpSheet({ ...made, ...order }, openFaces())).toThrow(RangeError);
  } finally {
    await core.close();
  }
});

function sheetNotices(
  sections: readonly { readonly entries: readonly string[] }[],
  api: ReturnType<typeof openCore>["api"],
) {
  const ids = sections.flatMap(({ entries }) => entries);
  return ids.map(async (id) => [id, await api.notice(id)] as const);
}
