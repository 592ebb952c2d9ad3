import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Outbox, type SaveState } from "../../renderer/outbox.ts";
import { type GazetteApi, GazetteError } from "../../shared/api.ts";
import { type Block, paragraph } from "../../shared/model/block.ts";
import type { Issue, Notice } from "../../shared/model/notice.ts";

const notice: Notice = {
  id: "n1",
  title: "关于测试的通知",
  issuers: ["示例市人民政府"],
  docNumber: "示政发〔2026〕1号",
  uniformNumber: "",
  kind: "通知",
  dated: "2026-03-01",
  section: "市政府文件",
  body: [paragraph("body", "甲"), paragraph("body", "乙")],
  version: 1,
};
const issue: Issue = {
  id: "i1",
  gazetteTitle: "示例政报",
  officialTitle: "示例市人民政府公报",
  englishTitle: "",
  year: 2026,
  number: 1,
  serial: null,
  published: "",
  organ: "",
  statement: [],
  slogans: [],
  imprint: [],
  style: "gbt9704",
  sections: [{ id: "s1", title: "市政府文件", entries: ["n1"] }],
  version: 1,
};

/** A window with one issue and one notice, and a store whose answers the test gives one by one. */
function setUp() {
  const shown = { issue: issue as Issue | null, notices: new Map([[notice.id, notice]]) };
  const saves: SaveState[] = [];
  const refused: string[] = [];
  const calls: { method: string; args: unknown[]; answer(result: { version: number } | Error): Promise<void> }[] = [];
  const take =
    (method: string) =>
    (...args: unknown[]) =>
      new Promise((resolve, reject) => {
        calls.push({
          method,
          args,
          async answer(result) {
            if (result instanceof Error) reject(result);
            else resolve(result);
            await vi.advanceTimersByTimeAsync(0);
          },
        });
      });
  const names = ["patchBody", "updateNotice", "arrangeIssue", "updateIssue"];
  let seq = 0;
  const outbox = new Outbox({
    api: Object.fromEntries(names.map((name) => [name, take(name)])) as unknown as GazetteApi,
    stamp: () => ({ client: "window", seq: ++seq }),
    current: () => shown,
    onSave: (save) => saves.push(save),
    async onRefused(about, error) {
      refused.push(`${JSON.stringify(about)} ${error.code}`);
      shown.notices.set(notice.id, notice);
      outbox.storedNotice({ ...notice, version: 7 });
    },
  });
  outbox.storedNotice(notice);
  outbox.storedIssue(issue);
  const edit = (change: Partial<Notice>) => {
    shown.notices.set(notice.id, { ...(shown.notices.get(notice.id) ?? notice), ...change });
    outbox.touch();
  };
  return { outbox, shown, saves, refused, calls, edit };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe("Outbox", () => {
  it("sends the smallest patch with the version and says saved only after the answer", async () => {
    const { calls, saves, edit } = setUp();
    edit({ body: [notice.body[0] as Block, paragraph("body", "乙二")] });
    expect(calls.map(({ method }) => method)).toEqual(["patchBody"]);
    expect(calls[0]?.args).toEqual([
      { client: "window", seq: 1 },
      "n1",
      1,
      { from: 1, to: 2, blocks: [paragraph("body", "乙二")] },
    ]);
    expect(saves.at(-1)).toEqual({ state: "saving" });
    await calls[0]?.answer({ version: 2 });
    expect(saves.at(-1)).toEqual({ state: "saved" });
  });

  it("keeps one request in flight and sends later edits together, on the acknowledged version", async () => {
    const { calls, edit } = setUp();
    edit({ body: [paragraph("body", "一")] });
    edit({ body: [paragraph("body", "一二")] });
    edit({ body: [paragraph("body", "一二三")] });
    expect(calls).toHaveLength(1);
    await calls[0]?.answer({ version: 2 });
    expect(calls).toHaveLength(2);
    expect(calls[1]?.args.slice(2)).toEqual([2, { from: 0, to: 1, blocks: [paragraph("body", "一二三")] }]);
  });

  it("sends fields, arrangement and issue fields one after the other, each only as far as it differs", async () => {
    const { calls, shown, outbox, edit } = setUp();
    const sections = [{ id: "s1", title: "通告", entries: ["n1"] }];
    shown.issue = { ...issue, sections, number: 2 };
    edit({ docNumber: "示政发〔2026〕2号" });
    await calls[0]?.answer({ version: 2 });
    await calls[1]?.answer({ version: 2 });
    await calls[2]?.answer({ version: 3 });
    expect(calls.map(({ method, args }) => [method, ...args.slice(1)])).toEqual([
      ["updateNotice", "n1", 1, { docNumber: "示政发〔2026〕2号" }],
      ["arrangeIssue", "i1", 1, sections],
      ["updateIssue", "i1", 2, { number: 2 }],
    ]);
    await expect(outbox.settle()).resolves.toBe(true);
    expect(calls).toHaveLength(3);
  });

  it("repeats a request whose answer was lost with the same stamp and content, though typing went on", async () => {
    const { calls, saves, edit } = setUp();
    edit({ body: [paragraph("body", "一")] });
    await calls[0]?.answer(new GazetteError("internal", "连接断了。"));
    expect(saves.at(-1)).toEqual({ state: "failed", message: "连接断了。" });
    edit({ body: [paragraph("body", "一二")] });
    expect(calls).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1000);
    expect(calls[1]?.args).toEqual(calls[0]?.args);
    await calls[1]?.answer({ version: 2 });
    await calls[2]?.answer({ version: 3 });
    expect(saves.at(-1)).toEqual({ state: "saved" });
  });

  it("waits longer after each failure, and tries at once when asked to", async () => {
    const { calls, outbox, edit } = setUp();
    edit({ title: "新题名" });
    await calls[0]?.answer(new GazetteError("diskFull", "磁盘满了。"));
    await vi.advanceTimersByTimeAsync(1000);
    await calls[1]?.answer(new GazetteError("diskFull", "磁盘满了。"));
    await vi.advanceTimersByTimeAsync(1000);
    expect(calls).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1000);
    expect(calls).toHaveLength(3);
    await calls[2]?.answer(new GazetteError("diskFull", "磁盘满了。"));
    outbox.retry();
    expect(calls).toHaveLength(4);
  });

  it.each(["stale", "notAllowed"] as const)(
    "takes the stored state after %s, which no repetition cures",
    async (code) => {
      const { calls, saves, refused, edit } = setUp();
      edit({ title: "新题名" });
      await calls[0]?.answer(new GazetteError(code, "已在别处改过，或者已付印。"));
      expect(refused).toEqual([`{"notice":"n1"} ${code}`]);
      expect(saves.at(-1)).toEqual({ state: "saved" });
      edit({ title: "又一个题名" });
      expect(calls[1]?.args.slice(2)).toEqual([7, { title: "又一个题名" }]);
    },
  );

  it("settles with false when saving fails, so that nobody leaves thinking it is safe", async () => {
    const { calls, outbox, edit } = setUp();
    edit({ title: "新题名" });
    const settled = outbox.settle();
    await calls[0]?.answer(new GazetteError("diskFull", "磁盘满了。"));
    await expect(settled).resolves.toBe(false);
  });

  it("sends nothing for an edit that was taken back before it was sent", async () => {
    const { calls, edit } = setUp();
    edit({ title: "新题名" });
    edit({ docNumber: "改" });
    edit({ docNumber: notice.docNumber });
    await calls[0]?.answer({ version: 2 });
    expect(calls).toHaveLength(1);
  });
});
