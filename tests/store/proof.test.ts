// What proofreading keeps in the store: the rule under which a correction was made, ignores that are never lost, and the
// office's own entries of the dictionaries.
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { openDatabase } from "../../main/store/database.ts";
import { migrations } from "../../main/store/migrations.ts";
import { Store } from "../../main/store/store.ts";
import { GazetteError } from "../../shared/api.ts";
import { paragraph } from "../../shared/model/block.ts";
import type { NoticeFields } from "../../shared/model/notice.ts";
import type { EntryFields } from "../../shared/proof/dictionary.ts";
import { testClock, testFolder } from "./folder.ts";

const by = { client: "window", seq: 1 };
const fields: NoticeFields = {
  ...{ title: "示例市人民政府关于公园的通知", issuers: ["示例市人民政府"], docNumber: "", uniformNumber: "" },
  ...{ dated: "2026-06-18", section: "" },
  kind: "通知",
};
const entry: EntryFields = {
  ...{ kind: "organ", word: "园林站", right: "绿化中心", from: "", until: "2025-01-01", unless: "", rank: 0, note: "" },
};

function open(folder: string, steps: readonly string[] = migrations): Store {
  const clock = testClock();
  return new Store(openDatabase(folder, clock, steps), clock);
}

function code(work: () => unknown): string {
  try {
    work();
    return "";
  } catch (error) {
    return error instanceof GazetteError ? error.code : String(error);
  }
}

test("a correction is journalled under its rule, a change by hand under none", () => {
  const store = open(testFolder());
  store.createNotice("n", fields, [paragraph("body", "请登陆平台。")], by);
  const patch = { from: 0, to: 1, blocks: [paragraph("body", "请登录平台。")] };
  store.patchBody("n", 1, patch, { ...by, seq: 2 }, "typo.log-in");
  store.updateNotice("n", 2, { title: "示例市人民政府关于绿地的通知" }, { ...by, seq: 3 }, "title.full-stop");
  store.patchBody("n", 3, { from: 0, to: 0, blocks: [] }, { ...by, seq: 4 });
  expect(store.changes("n").map(({ version, rule }) => [version, rule])).toEqual([
    ...[
      [1, ""],
      [1, ""],
      [2, "typo.log-in"],
      [3, "title.full-stop"],
      [4, ""],
    ],
  ]);
  store.close();
});

test("a journal from before there were rules is kept, its changes made by hand", () => {
  const folder = testFolder();
  const last = migrations.findIndex((step) => step.includes("CREATE TABLE ignores"));
  const before = openDatabase(folder, testClock(), migrations.slice(0, last));
  before.sqlite.exec(`INSERT INTO notices (id, fields, body, digest, characters, version, created, updated)
    VALUES ('n', '{}', '[]', '', 0, 1, '', '')`);
  before.sqlite.exec(`INSERT INTO journal (notice, version, part, "from", "to", removed, inserted, client, seq, at)
    VALUES ('n', 1, 'body', 0, 0, '[]', '[]', 'w', 1, '2026-06-18T08:00:00Z')`);
  before.close();
  const store = open(folder);
  expect(store.changes("n")).toMatchObject([{ version: 1, client: "w", rule: "" }]);
  store.close();
});

test("an ignore is taken back once, and cannot be removed by another hand", () => {
  const folder = testFolder();
  const store = open(folder);
  const request = {
    scope: "word",
    rule: "typo.variant",
    finding: "",
    quote: "惟一",
    issue: null,
    reason: "",
    by: "王编",
  } as const;
  store.ignores.add("g", request);
  const taken = store.ignores.revoke("g", "李审");
  expect(taken.revoked?.by).toBe("李审");
  expect(store.ignores.revoke("g", "王编")).toEqual(taken);
  expect(store.ignores.list("other")).toEqual([taken]);
  store.close();
  const file = new Sqlite(join(folder, "gazette.db"));
  expect(() => file.exec("DELETE FROM ignores")).toThrow("ignores are kept");
  file.exec("UPDATE ignores SET scope = 'everything'");
  file.close();
  const later = open(folder);
  expect(code(() => later.ignores.list(null))).toBe("storeUnusable");
  later.close();
});

test("an own entry is changed under its id; the same word at the same time is refused, at another time taken", () => {
  const folder = testFolder();
  const store = open(folder);
  store.entries.put("a", entry);
  expect(code(() => store.entries.put("b", { ...entry, right: "园林处" }))).toBe("badRequest");
  store.entries.put("b", { ...entry, from: "2024-01-01" });
  store.entries.put("a", { ...entry, word: "苗圃" });
  expect(store.entries.list("organ").map(({ id, word, from }) => [id, word, from])).toEqual([
    ["a", "苗圃", ""],
    ["b", "园林站", "2024-01-01"],
  ]);
  expect(store.entries.list("typo")).toEqual([]);
  store.entries.remove("a");
  store.entries.switch("b", true);
  store.entries.switch("b", true);
  expect([store.entries.list().length, [...store.entries.switchedOff()]]).toEqual([1, ["b"]]);
  store.entries.switch("b", false);
  expect(store.entries.switchedOff().size).toBe(0);
  store.close();
  const file = new Sqlite(join(folder, "gazette.db"));
  file.exec(`UPDATE entriesOwn SET fields = '{"kind":"organ"}'`);
  file.close();
  const later = open(folder);
  expect(code(() => later.entries.list())).toBe("storeUnusable");
  later.close();
});
