// The core as the window uses it: a file comes in, is accepted, arranged, edited, exported, and all is there after a
// restart. Exports run with the sample issue in the real worker thread.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Core, openCore } from "../../main/core.ts";
import { checkImage } from "../../main/import/image.ts";
import { readPdf } from "../../main/pdf/reader.ts";
import { type CoreEvent, GazetteError, type Stamp } from "../../shared/api.ts";
import { blockText, paragraph } from "../../shared/model/block.ts";
import type { IssueFields, NoticeFields } from "../../shared/model/notice.ts";
import { noted } from "../editor/bodies.ts";
import { jpeg } from "../pdf/pictures.ts";
import { testClock, testFolder } from "../store/folder.ts";

const dump = readFileSync(fileURLToPath(new URL("../fixtures/example-gazette.txt", import.meta.url)));

function stamps(client = "window"): () => Stamp {
  let seq = 0;
  return () => ({ client, seq: ++seq });
}

function open(folder: string): Core {
  const core = openCore(folder, { clock: testClock(), onError: (error) => expect.unreachable(String(error)) });
  onTestFinished(() => core.close());
  return core;
}

async function code(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return error instanceof GazetteError ? error.code : String(error);
}

function fieldsOf({ title, issuers, docNumber, uniformNumber, kind, dated, section }: NoticeFields): NoticeFields {
  return { title, issuers, docNumber, uniformNumber, kind, dated, section };
}

/** The first event of an export that ends it. */
function ended(core: Core): Promise<CoreEvent> {
  return new Promise((resolve) => {
    const stop = core.onEvent((event) => {
      if (event.type !== "exportDone" && event.type !== "exportFailed") return;
      stop();
      resolve(event);
    });
  });
}

describe("import", () => {
  test("a gazette is read, accepted, arranged and edited; after a restart all is there", async () => {
    const folder = testFolder();
    const core = open(folder);
    const { api } = core;
    const next = stamps();
    const events: CoreEvent[] = [];
    core.onEvent((event) => events.push(event));

    const review = await api.readUpload(core.putUpload(dump, "示例.txt"), "示例.txt");
    expect(review).toMatchObject({ fileName: "示例.txt", encoding: "UTF-8" });
    expect(review.drafts.length).toBeGreaterThanOrEqual(6);
    expect(review.issue).not.toBeNull();
    expect(await api.listNotices()).toEqual([]);

    const drafts = review.drafts.map((draft, index) => ({ index, fields: fieldsOf(draft) }));
    const first = drafts[0];
    if (!first || !review.issue) throw new Error("nothing was recognised");
    first.fields = { ...first.fields, title: "改过的题名" };
    const stamp = next();
    const decision = { issue: { ...review.issue, style: "gbt9704" }, drafts };
    const accepted = await api.acceptReview(stamp, review.id, decision);
    expect(accepted.notices).toHaveLength(drafts.length);
    expect(await api.acceptReview(stamp, review.id, decision)).toEqual(accepted);
    expect(await code(api.acceptReview(next(), review.id, decision))).toBe("notFound");
    expect(events.filter((event) => event.type === "changed")).toHaveLength(1);

    const id = accepted.issue ?? "";
    const issue = await api.issue(id);
    expect(issue.sections.flatMap((section) => section.entries)).toEqual(accepted.notices);
    expect(issue.sections.map((section) => section.title)).toEqual([
      ...new Set(drafts.map((draft) => draft.fields.section)),
    ]);
    const reversed = issue.sections.toReversed();
    expect(await api.arrangeIssue(next(), id, issue.version, reversed)).toEqual({ version: issue.version + 1 });
    expect(await code(api.arrangeIssue(next(), id, issue.version, reversed))).toBe("stale");

    const [noticeId = ""] = accepted.notices;
    const notice = await api.notice(noticeId);
    expect(notice.title).toBe("改过的题名");
    const patch = { from: 0, to: 1, blocks: [paragraph("body", "改过的第一段。")] };
    await api.patchBody(next(), noticeId, notice.version, patch);

    const source = await api.noticeSource(noticeId);
    expect(source?.text).toBe(new TextDecoder().decode(dump));
    expect(source).toMatchObject({ startLine: review.drafts[0]?.startLine, endLine: review.drafts[0]?.endLine });
    const again = await api.readUpload(core.putUpload(dump, "示例.txt"), "示例.txt");
    const numbered = again.drafts.filter((draft) => draft.docNumber !== "");
    expect(numbered.every((draft) => draft.findings.some((f) => f.rule === "import.known-number"))).toBe(true);
    await core.close();

    const { api: later } = open(folder);
    expect((await later.issue(id)).sections).toEqual(reversed);
    expect((await later.notice(noticeId)).body[0]).toEqual(paragraph("body", "改过的第一段。"));
    expect(await later.noticeSource(noticeId)).toEqual(source);
    expect(await later.listIssues()).toMatchObject([{ id, notices: drafts.length }]);
  });

  test("notices can be stored without an issue, and drafts left out", async () => {
    const core = open(testFolder());
    const review = await core.api.readUpload(core.putUpload(dump, "示例.txt"), "示例.txt");
    const draft = review.drafts[1];
    if (!draft) throw new Error("nothing was recognised");
    const decision = { issue: null, drafts: [{ index: 1, fields: fieldsOf(draft) }] };
    expect(await core.api.acceptReview(stamps()(), review.id, decision)).toMatchObject({ issue: null });
    expect(await core.api.listNotices()).toMatchObject([{ title: draft.title, issue: null }]);
    expect(await core.api.listIssues()).toEqual([]);
  });

  test("a draft that is not there stores nothing, and the review waits on", async () => {
    const core = open(testFolder());
    const next = stamps();
    const review = await core.api.readUpload(core.putUpload(dump, "示例.txt"), "示例.txt");
    const [draft] = review.drafts;
    if (!draft) throw new Error("nothing was recognised");
    const good = { index: 0, fields: fieldsOf(draft) };
    const bad = { issue: null, drafts: [good, { ...good, index: 99 }] };
    expect(await code(core.api.acceptReview(next(), review.id, bad))).toBe("badRequest");
    expect(await core.api.listNotices()).toEqual([]);
    expect((await core.api.acceptReview(next(), review.id, { issue: null, drafts: [good] })).notices).toHaveLength(1);
  });

  test("a discarded review and an upload that was read are gone", async () => {
    const core = open(testFolder());
    const upload = core.putUpload(dump, "示例.txt");
    const review = await core.api.readUpload(upload, "示例.txt");
    expect(await code(core.api.readUpload(upload, "示例.txt"))).toBe("notFound");
    await core.api.discardReview(review.id);
    expect(await code(core.api.acceptReview(stamps()(), review.id, { issue: null, drafts: [] }))).toBe("notFound");
  });

  test("control characters in a dump do not stop its notices from being stored", async () => {
    const core = open(testFolder());
    const text = dump.toString("utf8").replaceAll("通知", "通\u001b知").replace("。", "。\u0007");
    const review = await core.api.readUpload(core.putUpload(Buffer.from(text), "示例.txt"), "示例.txt");
    const drafts = review.drafts.map((draft, index) => ({ index, fields: fieldsOf(draft) }));
    const { notices } = await core.api.acceptReview(stamps()(), review.id, { issue: null, drafts });
    expect(notices).toHaveLength(review.drafts.length);
    const clean = await core.api.readUpload(core.putUpload(dump, "示例.txt"), "示例.txt");
    expect(review.drafts.map(fieldsOf)).toEqual(clean.drafts.map(fieldsOf));
  });

  test("files that nobody accepts do not pile up in memory; the newest can always be read", async () => {
    const core = open(testFolder());
    const reviews: string[] = [];
    for (let i = 0; i < 25; i++) reviews.push((await core.api.readUpload(core.putUpload(dump, "甲"), "甲")).id);
    const decision = { issue: null, drafts: [] };
    const next = stamps();
    expect(await code(core.api.acceptReview(next(), reviews[0] ?? "", decision))).toBe("notFound");
    await core.api.acceptReview(next(), reviews[24] ?? "", decision);
  });

  test("a file that is no text is refused with its name", async () => {
    const core = open(testFolder());
    const upload = core.putUpload(new TextEncoder().encode("%PDF-1.7\n%âãÏÓ"), "公报.pdf");
    await expect(core.api.readUpload(upload, "公报.pdf")).rejects.toMatchObject({ code: "badFile" });
  });
});

describe("the sample", () => {
  test("is made once per stamp, with every notice in a section", async () => {
    const { api } = open(testFolder());
    const stamp = stamps()();
    const issue = await api.createSample(stamp);
    expect(await api.createSample(stamp)).toEqual(issue);
    const notices = await api.listNotices();
    expect(notices.length).toBeGreaterThanOrEqual(8);
    expect(issue.sections.flatMap((section) => section.entries).sort()).toEqual(notices.map((n) => n.id).sort());
    expect(await api.listIssues()).toHaveLength(1);
  });
});

describe("styles and faces", () => {
  test("the program names what it has", async () => {
    const core = open(testFolder());
    const info = await core.api.appInfo();
    const styles = await core.api.styles();
    expect(styles.map((style) => style.name)).toEqual(expect.arrayContaining(["gbt9704", "linxiang"]));
    for (const { name, label } of styles) expect(await core.api.style(name)).toMatchObject({ name, label });
    expect(info.faces.map((face) => face.id)).toContain(info.fonts.song.chain[0]);
    expect((await core.face(info.fonts.song.chain[0] ?? "")).length).toBeGreaterThan(1_000_000);
    expect(await code(core.face("../../etc/passwd"))).toBe("notFound");
    expect(await code(core.api.style("../sample/issue"))).toBe("notFound");
  });
});

describe("export", () => {
  test("the sample becomes a proved PDF, told by events and kept in the data folder", async () => {
    const folder = testFolder();
    const core = open(folder);
    const issue = await core.api.createSample(stamps()());
    const phases: string[] = [];
    core.onEvent((event) => event.type === "exportProgress" && phases.push(event.phase));
    const done = ended(core);
    const { job } = await core.api.startExport(issue.id, issue.style, "screen");
    const event = await done;
    if (event.type !== "exportDone") throw new Error(JSON.stringify(event));
    expect(event.job).toBe(job);
    expect(event.report).toMatchObject({ mismatches: [], issue: "示例政报2026年第2期" });
    expect(event.report.contents.every((entry) => entry.right)).toBe(true);
    expect(event.report.notices.map((notice) => notice.id)).toEqual(issue.sections.flatMap((s) => s.entries));
    expect([...new Set(phases)]).toEqual(["layout", "write", "verify", "deliver"]);
    const file = core.download(event.download);
    expect(file?.fileName).toBe("示例政报2026年第2期.pdf");
    expect(
      readFileSync(file?.path ?? "")
        .subarray(0, 5)
        .toString(),
    ).toBe("%PDF-");
    expect(core.download("another")).toBeNull();
  });

  test("cancelling ends the export and leaves no file", async () => {
    const folder = testFolder();
    const core = open(folder);
    const issue = await core.api.createSample(stamps()());
    const failed = ended(core);
    const { job } = await core.api.startExport(issue.id, issue.style, "screen");
    await core.api.cancelExport(job);
    expect(await failed).toMatchObject({ type: "exportFailed", code: "cancelled", job });
    expect(readdirSync(join(folder, "exports"))).toEqual([]);
    await core.api.cancelExport(job);
  });

  test("a third export at a time is refused, and the two go on", async () => {
    const core = open(testFolder());
    const issue = await core.api.createSample(stamps()());
    const jobs = [
      await core.api.startExport(issue.id, issue.style, "screen"),
      await core.api.startExport(issue.id, issue.style, "screen"),
    ];
    await expect(core.api.startExport(issue.id, issue.style, "screen")).rejects.toMatchObject({
      code: "badRequest",
      message: expect.stringContaining("已有2份正在导出"),
    });
    for (const { job } of jobs) await core.api.cancelExport(job);
  });

  test("leftovers of a killed export are swept at the next start", async () => {
    const folder = testFolder();
    const core = open(folder);
    const issue = await core.api.createSample(stamps()());
    const failed = ended(core);
    await core.api.cancelExport((await core.api.startExport(issue.id, issue.style, "screen")).job);
    await failed;
    await core.close();
    const leftover = join(folder, "exports", ".zhengbao-0123456789ab-99-0123abcd.tmp");
    writeFileSync(leftover, "half");
    await open(folder).close();
    expect(existsSync(leftover)).toBe(false);
  });

  test("a character that no face has refuses the export and names it with its notice", async () => {
    const core = open(testFolder());
    const next = stamps();
    const issue = await core.api.createSample(next());
    const id = issue.sections[0]?.entries[0] ?? "";
    const notice = await core.api.notice(id);
    const patch = { from: 0, to: 0, blocks: [paragraph("body", "此处有\u{1f9ff}一字。")] };
    await core.api.patchBody(next(), id, notice.version, patch);
    const failed = ended(core);
    await core.api.startExport(issue.id, issue.style, "screen");
    const event = await failed;
    expect(event).toMatchObject({ type: "exportFailed", code: "missingGlyph" });
    const message = event.type === "exportFailed" ? event.message : "";
    expect(message).toContain("U+1F9FF");
    expect(message).toContain(notice.title);
  });

  test("an empty issue, an unknown style and an unknown issue are refused at once", async () => {
    const { api } = open(testFolder());
    const next = stamps();
    const sample = await api.createSample(next());
    const { id: _id, sections: _sections, version: _version, ...fields } = sample;
    const empty = await api.createIssue(next(), fields satisfies IssueFields);
    expect(await code(api.startExport(empty.id, "gbt9704", "screen"))).toBe("badRequest");
    expect(await code(api.startExport(sample.id, "nostyle", "screen"))).toBe("notFound");
    expect(await code(api.startExport("nowhere", "gbt9704", "screen"))).toBe("notFound");
    expect(await code(api.createIssue(next(), { ...fields, style: "nostyle" }))).toBe("notFound");
  });
});

describe("总目录", () => {
  test("a year's issues become a proved list with their folios, and a table of it", async () => {
    const core = open(testFolder());
    const next = stamps();
    const sample = await core.api.createSample(next());
    const { id: _id, sections: _sections, version: _version, ...fields } = sample;
    await core.api.createIssue(next(), { ...fields, number: 3 } satisfies IssueFields); // still empty: left out
    const printed = ended(core);
    await core.api.startExport(sample.id, sample.style, "screen");
    const issue = await printed;
    const end = ended(core);
    const { job } = await core.api.startAnnual(sample.year, "luxi", "number", "screen");
    const done = await end;
    if (done.type !== "exportDone" || issue.type !== "exportDone") throw new Error(JSON.stringify([issue, done]));
    expect(done).toMatchObject({
      job,
      fileName: "示例政报2026年总目录.pdf",
      report: { mismatches: [], style: "luxi" },
    });
    const table = core.download(done.table?.download ?? "");
    expect(table?.fileName).toBe("示例政报2026年总目录.csv");
    const [head, ...rows] = readFileSync(table?.path ?? "", "utf8").split("\r\n");
    expect(head).toBe("\ufeff栏目,题名,发文机关,文号,期号,页码");
    expect(rows.pop()).toBe("");
    const folios = issue.report.contents.map(({ number, onPage }) => `${number},2,${onPage}`);
    expect(rows.map((row) => row.split(",").slice(3).join()).sort()).toEqual(folios.sort());
    const pdf = await readPdf(readFileSync(core.download(done.download)?.path ?? ""));
    expect(pdf?.bookmarks.map(({ title }) => title)).toContain("示政令");
  });

  test("cancelling leaves neither file", async () => {
    const folder = testFolder();
    const core = open(folder);
    const sample = await core.api.createSample(stamps()());
    const failed = ended(core);
    const { job } = await core.api.startAnnual(sample.year, sample.style, "section", "screen");
    await core.api.cancelExport(job);
    expect(await failed).toMatchObject({ type: "exportFailed", code: "cancelled", job });
    expect(readdirSync(join(folder, "exports"))).toEqual([]);
  });

  test("a year without notices and an unknown style are refused at once", async () => {
    const { api } = open(testFolder());
    const next = stamps();
    const { id: _id, sections: _sections, version: _version, ...fields } = await api.createSample(next());
    await api.createIssue(next(), { ...fields, year: 2025 } satisfies IssueFields);
    for (const year of [2024, 2025])
      await expect(api.startAnnual(year, "gbt9704", "section", "screen")).rejects.toMatchObject({
        code: "notFound",
        message: `${year}年没有编入公文的期，编不成总目录，请换一个年份。`,
      });
    expect(await code(api.startAnnual(fields.year, "nostyle", "section", "screen"))).toBe("notFound");
  });
});

describe("pictures and footnotes", () => {
  const bridge = jpeg("colour");
  const figure = (image: string) =>
    ({ type: "figure", attrs: { image, width: 16, height: 8, share: 0.5, alt: "新桥" } }) as const;

  test("a picture is stored once, survives a restart, and is printed with the footnotes, proved", async () => {
    const folder = testFolder();
    const core = open(folder);
    const next = stamps();
    const put = () => core.api.putImage(core.putUpload(bridge, "桥.jpg"), "桥.jpg");
    const stored = await put();
    expect(stored).toEqual({ image: expect.stringMatching(/^[0-9a-f]{64}$/), width: 16, height: 8 });
    expect(await put()).toEqual(stored);
    const sample = await core.api.createSample(next());
    // Notices run on, so that the footnotes of one stand below the beginning of the next.
    for (const id of sample.sections.flatMap((section) => section.entries)) {
      const notice = await core.api.notice(id);
      const at = notice.body.findLastIndex((block) => block.type === "paragraph" && block.attrs.kind === "body") + 1;
      const blocks = [
        noted("body", "详见附件[以附件所列为准。]，并参照[另有规定的，从其规定。]执行。"),
        figure(stored.image),
      ];
      await core.api.patchBody(next(), id, notice.version, { from: at, to: at, blocks });
    }
    await core.close();

    const later = open(folder);
    expect(Buffer.from((await later.image(stored.image)).bytes).equals(bridge)).toBe(true);
    const end = ended(later);
    await later.api.startExport(sample.id, "linxiang", "screen");
    const done = await end;
    if (done.type !== "exportDone") throw new Error(JSON.stringify(done));
    const { path = "" } = later.download(done.download) ?? {};
    const pictures = (await readPdf(readFileSync(path)))?.pages.reduce((sum, page) => sum + page.pictures.length, 0);
    expect(pictures).toBe(done.report.notices.length + 1); // one of the sample's own
    expect(done.report.notices.every((notice) => notice.right)).toBe(true);
  });

  test("a picture that is not in the store refuses the export and names its notice", async () => {
    const core = open(testFolder());
    const next = stamps();
    const sample = await core.api.createSample(next());
    const id = sample.sections[0]?.entries[0] ?? "";
    const notice = await core.api.notice(id);
    const lost = { from: 0, to: 0, blocks: [figure("0f".repeat(32))] };
    await core.api.patchBody(next(), id, notice.version, lost);
    const end = ended(core);
    await core.api.startExport(sample.id, "gbt9704", "screen");
    expect(await end).toMatchObject({
      type: "exportFailed",
      code: "notFound",
      message: expect.stringContaining(`《${notice.title}》中有一张图片已不在稿库`),
    });
    await expect(core.image("0f".repeat(32))).rejects.toMatchObject({ code: "notFound" });
  });

  test("a drawing is stored as the picture that is printed", async () => {
    const core = open(testFolder());
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"><text y="30">示例</text></svg>';
    const { image, width, height } = await core.api.putImage(core.putUpload(Buffer.from(svg), "图.svg"), "图.svg");
    expect([width, height]).toEqual([3685, 2457]);
    const { mime, bytes } = await core.image(image);
    expect(mime).toBe("image/png");
    expect(checkImage(bytes, "图.png")).toEqual({ mime, width, height });
    await core.close();
  });

  test("what is no picture is refused with its name, and an upload is taken once", async () => {
    const core = open(testFolder());
    const token = core.putUpload(dump, "示例.txt");
    await expect(core.api.putImage(token, "示例.txt")).rejects.toMatchObject({
      code: "badFile",
      message: "“示例.txt”不是PNG、JPEG或SVG图片，请另存为PNG或JPEG后再插入。",
    });
    expect(await code(core.api.putImage(token, "示例.txt"))).toBe("notFound");
  });
});

test("a change is told to every listener with the client that made it, and a refused one to none", async () => {
  const core = open(testFolder());
  const next = stamps("left");
  const events: CoreEvent[] = [];
  const stop = core.onEvent((event) => events.push(event));
  const sample = await core.api.createSample(next());
  const id = sample.sections[0]?.entries[0] ?? "";
  await core.api.deleteNotice(next(), id);
  expect(events.at(-1)).toEqual({ type: "changed", notices: [id], issues: [sample.id], styles: [], client: "left" });
  const count = events.length;
  await code(core.api.updateNotice(next(), id, 1, { title: "迟了" }));
  expect(events).toHaveLength(count);
  stop();
  await core.api.restoreNotice(next(), id);
  expect(events).toHaveLength(count);
});

test("a notice written here starts empty and takes text", async () => {
  const core = open(testFolder());
  const next = stamps();
  const fields: NoticeFields = {
    title: "新稿",
    issuers: [],
    docNumber: "",
    uniformNumber: "",
    kind: "其他",
    dated: "",
    section: "",
  };
  const notice = await core.api.createNotice(next(), fields);
  expect(notice).toEqual({ ...fields, id: notice.id, body: [], version: 1 });
  await core.api.patchBody(next(), notice.id, 1, { from: 0, to: 0, blocks: [paragraph("body", "第一句。")] });
  expect((await core.api.notice(notice.id)).body.flatMap(blockText)).toEqual(["第一句。"]);
  expect(await core.api.noticeSource(notice.id)).toBeNull();
});
