// The notices of an issue as PDFs of their own: each holds its notice and nothing else, says where it was printed, and is
// named so that every system takes it. The sample issue in a style in which notices share pages.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { composeSample, readSample } from "../../main/compose.ts";
import { type Core, openCore } from "../../main/core.ts";
import { sha256 } from "../../main/export/fingerprint.ts";
import { exportNoticeFolder, exportNoticeZip } from "../../main/export/noticePdfs.ts";
import { loadStyle } from "../../main/export/styles.ts";
import { openFonts } from "../../main/fonts/faces.ts";
import { readPdfText } from "../../main/pdf/reader.ts";
import type { CoreEvent } from "../../shared/api.ts";
import { paragraph } from "../../shared/model/block.ts";
import { type NoticeId, squash } from "../../shared/model/notice.ts";
import { testClock, testFolder } from "../store/folder.ts";

const assets = fileURLToPath(new URL("../../assets", import.meta.url));
const sample = composeSample(readSample(assets), "linxiang");
const ids = sample.issue.sections.flatMap(({ entries }) => entries);
const request = { ...sample, style: loadStyle(assets, "linxiang"), fonts: openFonts() };

/** The issue with three of its notices only. */
function some(chosen: readonly (NoticeId | undefined)[]): typeof request {
  const sections = sample.issue.sections.map((section) => {
    return { ...section, entries: section.entries.filter((id) => chosen.includes(id)) };
  });
  return { ...request, issue: { ...sample.issue, sections } };
}
const three = some([ids[0], ids[4], ids[6]]);

interface Row {
  readonly title: string;
  readonly first: string;
  readonly last: string;
  readonly file: string;
  readonly sha256: string;
}
const rowsIn = (json: string): readonly Row[] => JSON.parse(json).notices;

describe("the notices of the sample issue", () => {
  let zip: Readonly<Record<string, Uint8Array>> = {};
  let pages = 0;
  const text = (name: string) => Buffer.from(zip[name] ?? []).toString("utf8");
  const folder = mkdtempSync(join(tmpdir(), "zhengbao-notices-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  beforeAll(async () => {
    const out = join(folder, "all.zip");
    const report = await exportNoticeZip(request, out);
    expect(report.mismatches).toEqual([]);
    zip = unzipSync(readFileSync(out));
    pages = report.pages;
  });

  test("are as many files as notices, with an index that names each", () => {
    const rows = rowsIn(text("index.json"));
    expect(Object.keys(zip)).toEqual([...rows.map(({ file }) => file), "index.csv", "index.json"]);
    expect(rows.map(({ title }) => title)).toEqual(ids.map((id) => sample.notices.get(id)?.title));
    expect(text("index.csv").split("\r\n").length).toBe(rows.length + 2);
    expect(pages).toBeGreaterThan(Number(rows.at(-1)?.last));
  });

  test("share pages, and none holds a title of another", async () => {
    const rows = rowsIn(text("index.json"));
    expect(rows.some(({ first }, i) => first === rows[i - 1]?.last)).toBe(true);
    for (const { title, file } of rows) {
      const found = (await readPdfText(zip[file] ?? new Uint8Array())).join("");
      expect(rows.filter((row) => found.includes(squash(row.title))).map((row) => row.title)).toEqual([title]);
    }
  });

  test("say of themselves where they were printed", () => {
    const [row] = rowsIn(text("index.json"));
    const file = Buffer.from(zip[row?.file ?? ""] ?? []).toString("utf8");
    expect(file).toContain(`<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${row?.title}<`);
    expect(file).toContain(`载《示例政报》2026年第2期（总第18期）第${row?.first}至${row?.last}页`);
    expect(file).toContain("<rdf:li>示政令〔2026〕1号</rdf:li>");
    expect(file).toContain("<pdfaid:part>2</pdfaid:part>");
  });
});

test("the same issue gives the same bytes", async () => {
  const folder = testFolder();
  for (const name of ["a.zip", "b.zip"]) await exportNoticeZip(three, join(folder, name));
  expect(readFileSync(join(folder, "a.zip")).equals(readFileSync(join(folder, "b.zip")))).toBe(true);
});

test("what an earlier export left is taken away, unless somebody changed it, and nothing else", async () => {
  const folder = join(testFolder(), "各文");
  await exportNoticeFolder(three, folder);
  const before = rowsIn(readFileSync(join(folder, "index.json"), "utf8"));
  writeFileSync(join(folder, "领导批注.txt"), "请上网");
  writeFileSync(join(folder, before[2]?.file ?? ""), "另换的文件");
  await exportNoticeFolder(some([ids[0]]), folder);
  const [row] = rowsIn(readFileSync(join(folder, "index.json"), "utf8"));
  expect(readdirSync(folder).sort()).toEqual(
    [row?.file, before[2]?.file, "index.csv", "index.json", "领导批注.txt"].sort(),
  );
});

test("when one does not hold what was approved, it is named and none is made", async () => {
  const folder = testFolder();
  let written = false;
  const notice = sample.notices.get(ids[4] ?? "");
  if (!notice) throw new RangeError("the sample is too small");
  const shifting = {
    ...notice,
    get body() {
      return written ? [...notice.body, paragraph("body", "付印之后才加的一句。")] : notice.body;
    },
  };
  const report = await exportNoticeFolder(
    {
      ...three,
      notices: new Map([...sample.notices, [notice.id, shifting]]),
      onProgress: (phase) => {
        if (phase === "verify") written = true;
      },
    },
    join(folder, "各文"),
  );
  expect(report.mismatches.join("\n")).toContain(notice.title);
  expect(report.notices.filter(({ right }) => !right).map(({ title }) => title)).toEqual([notice.title]);
  expect(readdirSync(folder)).toEqual([]);
});

test("a signal stops it before anything is written", async () => {
  const folder = testFolder();
  const stop = new AbortController();
  const onProgress = () => stop.abort();
  const work = exportNoticeZip({ ...three, onProgress, signal: stop.signal }, join(folder, "各文.zip"));
  await expect(work).rejects.toMatchObject({ code: "cancelled" });
  expect(readdirSync(folder)).toEqual([]);
});

describe("over the API", () => {
  const open = (folder: string): Core => {
    const core = openCore(folder, { clock: testClock(), onError: (error) => expect.unreachable(String(error)) });
    onTestFinished(() => core.close());
    return core;
  };
  const ended = (core: Core) =>
    new Promise<CoreEvent>((resolve) => {
      core.onEvent((event) => {
        if (event.type === "exportDone" || event.type === "exportFailed") resolve(event);
      });
    });

  test("they come as one ZIP under a name that says what it is", async () => {
    const core = open(testFolder());
    const issue = await core.api.createSample({ client: "window", seq: 1 });
    const end = ended(core);
    await core.api.startNoticePdfs(issue.id, "linxiang");
    const event = await end;
    if (event.type !== "exportDone") throw new Error(JSON.stringify(event));
    expect(event.fileName).toBe("示例政报2026年第2期各文单独的PDF.zip");
    const bytes = readFileSync(core.download(event.download)?.path ?? "");
    expect(sha256(bytes)).toBe(event.report.sha256);
    expect(Object.keys(unzipSync(bytes)).length).toBe(event.report.notices.length + 2);
  });

  test("an export that is stopped leaves nothing", async () => {
    const folder = testFolder();
    const core = open(folder);
    const issue = await core.api.createSample({ client: "window", seq: 1 });
    const end = ended(core);
    const { job } = await core.api.startNoticePdfs(issue.id, "gbt9704");
    await core.api.cancelExport(job);
    expect(await end).toMatchObject({ type: "exportFailed", code: "cancelled" });
    expect(readdirSync(join(folder, "exports"))).toEqual([]);
  });
});
