// The workflow in the store: sign-offs lapse with the text, what is printed cannot be changed by any way into the store,
// and nothing can be changed behind the log without being found.
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { describe, expect, it, test } from "vitest";
import { openDatabase } from "../../main/store/database.ts";
import { Store } from "../../main/store/store.ts";
import { GazetteError } from "../../shared/api.ts";
import { paragraph } from "../../shared/model/block.ts";
import { citedTitle, type IssueFields, type NoticeFields, type NoticeId } from "../../shared/model/notice.ts";
import { replay } from "../../shared/workflow/audit.ts";
import { defaultProcedure } from "../../shared/workflow/procedure.ts";
import { type Subject, stagesOf, stands } from "../../shared/workflow/workflow.ts";
import { people } from "../workflow/office.ts";
import { testClock, testFolder } from "./folder.ts";

const by = { client: "tester", seq: 1 };
const fieldsOf = (n: number): NoticeFields => ({
  ...{ title: `示例市人民政府关于第${n}件事的通知`, issuers: ["示例市人民政府"], docNumber: `示政发〔2026〕${n}号` },
  ...{ uniformNumber: "", kind: "通知", dated: "2026-03-02", section: "市政府文件" },
});
const issueFields: IssueFields = {
  ...{ gazetteTitle: "示例政报", officialTitle: "", englishTitle: "", year: 2026, number: 2, serial: null },
  ...{ published: "2026-06-30", organ: "", statement: [], slogans: [], imprint: [], style: "gbt9704" },
};
const notice = (id: NoticeId): Subject => ({ kind: "notice", id });
const issue: Subject = { kind: "issue", id: "i1" };

/** A store with two notices in an issue, and one beside it. */
function filled(folder: string): Store {
  const clock = testClock();
  const store = new Store(openDatabase(folder, clock), clock);
  for (const [i, id] of ["n1", "n2", "n3"].entries())
    store.createNotice(id, fieldsOf(i + 1), [paragraph("body", "现将有关事项通知如下。")], by);
  store.createIssue("i1", issueFields, [{ id: "s", title: "市政府文件", entries: ["n1", "n2"] }]);
  store.workflow.take({ type: "setOffice", who: null, people, procedure: defaultProcedure });
  return store;
}

function sign(
  store: Store,
  subject: Subject,
  who: string,
  ...stages: ("一审" | "二审" | "三审" | "一校" | "二校" | "三校")[]
): void {
  for (const stage of stages)
    store.workflow.take({ type: "sign", who, subject, stage, text: store.workflow.text(subject), waived: [] });
}

function signAll(store: Store): void {
  for (const id of ["n1", "n2"]) {
    sign(store, notice(id), "bian", "一审", "二审");
    sign(store, notice(id), "shen", "三审");
  }
  sign(store, issue, "jiao", "一校", "二校", "三校");
}

function press(store: Store): void {
  const { text, notices } = store.workflow.issueTexts("i1");
  store.workflow.take({ type: "press", who: "shen", issue: "i1", text, notices });
}

function withStore(work: (store: Store, folder: string) => void): void {
  const folder = testFolder();
  const store = filled(folder);
  try {
    work(store, folder);
  } finally {
    store.close();
  }
}

function standing(store: Store, subject: Subject): string {
  return stagesOf(store.workflow.state(), subject)
    .flatMap((one) => (stands(one) ? one.stage.name : []))
    .join("");
}

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof GazetteError && error.code === "notAllowed") return error.message;
    throw error;
  }
  throw new Error("it was not refused");
}

describe("a signed text", () => {
  test("lapses when it is edited, alone with its issue, and stands again when the edit is undone", () => {
    withStore((store) => {
      signAll(store);
      const before = store.notice("n1").body;
      const patch = { from: 0, to: 1, blocks: [paragraph("body", "现将有关事项通知如下：")] };
      store.patchBody("n1", 1, patch, by);
      expect([standing(store, notice("n1")), standing(store, notice("n2")), standing(store, issue)]).toEqual([
        "",
        "一审二审三审",
        "",
      ]);
      const { entries } = store.workflow.head();
      store.patchBody("n1", 2, { from: 0, to: 1, blocks: [paragraph("body", "又改一字。")] }, by);
      expect(store.workflow.head().entries).toBe(entries); // what has lapsed cannot lapse again
      store.patchBody("n1", 3, { from: 0, to: 1, blocks: before }, by);
      expect([standing(store, notice("n1")), standing(store, issue)]).toEqual(["一审二审三审", "一校二校三校"]);
      expect(
        store.workflow
          .entries()
          .slice(-4)
          .map(({ sentence }) => sentence),
      ).toEqual([
        "文字已改，一审、二审、三审失效",
        "文字已改，一校、二校、三校失效",
        "文字改回签字时的文字，一审、二审、三审恢复",
        "文字改回签字时的文字，一校、二校、三校恢复",
      ]);
    });
  });

  it.each<[string, (store: Store) => void, string, string]>([
    ["a field that prints", (store) => store.updateNotice("n1", 1, { docNumber: "示政发〔2026〕9号" }, by), "", ""],
    [
      "a field that does not print",
      (store) => store.updateNotice("n1", 1, { section: "别处" }, by),
      "一审二审三审",
      "一校二校三校",
    ],
    [
      "the order of the issue",
      (store) => store.arrangeIssue("i1", 1, [{ id: "s", title: "市政府文件", entries: ["n2", "n1"] }]),
      "一审二审三审",
      "",
    ],
    ["the house style", (store) => store.updateIssue("i1", 1, { style: "luxi" }), "一审二审三审", "一校二校三校"],
    ["the date of the issue", (store) => store.updateIssue("i1", 1, { published: "2026-07-01" }), "一审二审三审", ""],
    ["another notice of the issue away", (store) => void store.deleteNotice("n2"), "一审二审三审", ""],
    [
      "a notice that is in no issue",
      (store) => store.updateNotice("n3", 1, { title: "别的" }, by),
      "一审二审三审",
      "一校二校三校",
    ],
  ])("after changing %s", (_, change, ofNotice, ofIssue) => {
    withStore((store) => {
      signAll(store);
      change(store);
      expect([standing(store, notice("n1")), standing(store, issue)]).toEqual([ofNotice, ofIssue]);
    });
  });
});

describe("a printed issue", () => {
  const patch = { from: 0, to: 1, blocks: [paragraph("body", "改一字。")] };
  it.each<[string, (store: Store) => unknown]>([
    ["the text of a notice", (store) => store.patchBody("n1", 1, patch, by)],
    ["a field of a notice", (store) => store.updateNotice("n2", 1, { title: "别的" }, by)],
    ["its fields", (store) => store.updateIssue("i1", 1, { number: 3 })],
    ["its order", (store) => store.arrangeIssue("i1", 1, [])],
    ["its being there", (store) => store.deleteIssue("i1")],
    ["a notice's being there", (store) => store.deleteNotice("n1")],
  ])("refuses to change %s, and says who printed it and when", (_, change) => {
    withStore((store) => {
      signAll(store);
      press(store);
      const before = store.workflow.issueTexts("i1");
      expect(refusal(() => change(store))).toMatch(/已由申签于2026年11月2\d日.*付印，不能再改/u);
      expect(store.workflow.issueTexts("i1")).toEqual(before);
      store.workflow.take({ type: "reopen", who: "shen", issue: "i1", reason: "漏了一篇" });
      change(store);
    });
  });

  test("leaves the other notices alone", () => {
    withStore((store) => {
      signAll(store);
      press(store);
      expect(store.patchBody("n3", 1, patch, by)).toEqual({ version: 2 });
    });
  });
});

test("a refusal names the text it is about", () => {
  withStore((store) => {
    expect(refusal(() => press(store))).toBe(
      "《关于第1件事的通知》还没有签一审，不能付印（另有2处没有签），请签完再付印。",
    );
    expect(refusal(() => sign(store, issue, "bian", "一校"))).toBe(
      "示例政报2026年第2期的一校由校对签字，卞集的职责是编辑。",
    );
  });
});

test("the state is there after reopening, and is what the log says", () => {
  const folder = testFolder();
  const first = filled(folder);
  signAll(first);
  press(first);
  const state = first.workflow.state();
  first.close();
  const clock = testClock();
  const again = new Store(openDatabase(folder, clock), clock);
  try {
    expect(again.workflow.state()).toEqual(state);
    expect(again.workflow.verify()).toEqual({ ...again.workflow.head(), faults: [] });
  } finally {
    again.close();
  }
});

test("an action that was taken back with its transaction is not remembered", () => {
  withStore((store) => {
    const stamp = { client: "tester", seq: 7 };
    const half = () =>
      store.once(stamp, "half", () => {
        sign(store, notice("n1"), "bian", "一审");
        throw new Error("the disk is full");
      });
    expect(half).toThrow("the disk is full");
    expect(standing(store, notice("n1"))).toBe("");
    sign(store, notice("n1"), "bian", "一审");
    expect(standing(store, notice("n1"))).toBe("一审");
    expect(replay([]).state).not.toEqual(store.workflow.state());
    expect(store.workflow.verify().faults).toEqual([]);
  });
});

describe("tampering", () => {
  it.each([
    ["change", "UPDATE audit SET action = replace(action, 'bian', 'shen') WHERE n = 2"],
    ["remove", "DELETE FROM audit WHERE n = 2"],
    [
      "put one in place of an entry",
      "INSERT OR REPLACE INTO audit SELECT n, action, previous, hash FROM audit WHERE n = 2",
    ],
    ["append what does not follow", "INSERT INTO audit SELECT max(n) + 1, action, previous, hash FROM audit"],
    ["change a text", "UPDATE revisions SET record = ''"],
    ["remove a text", "DELETE FROM revisions"],
    ["put a text in place of another", "INSERT OR REPLACE INTO revisions SELECT sha256, '' FROM revisions"],
  ])("the store refuses to %s", (_, statement) => {
    withStore((store, folder) => {
      sign(store, notice("n1"), "bian", "一审");
      store.close();
      const sqlite = new Sqlite(join(folder, "gazette.db"));
      expect(() => sqlite.exec(statement)).toThrow(/append-only|follows|kept/u);
      sqlite.close();
    });
  });

  test("one changed byte anywhere in the log or in a signed text is found", () => {
    withTampered((store, sqlite) => {
      for (const [table, key, columns] of [
        ["audit", "n", ["action", "previous", "hash"]],
        ["revisions", "sha256", ["sha256", "record"]],
      ] as const)
        for (const row of sqlite.prepare<[], Record<string, string | number>>(`SELECT * FROM ${table}`).all())
          for (const column of columns) {
            const bytes = Buffer.from(String(row[column]));
            const put = sqlite.prepare(`UPDATE ${table} SET ${column} = ? WHERE ${key} = ?`);
            // Every byte of the chain; the long texts at every seventh.
            for (let at = 0; at < bytes.length; at += column === "record" ? 7 : 1) {
              const changed = Buffer.from(bytes);
              changed[at] = (changed[at] ?? 0) ^ 1;
              // Not every byte leaves valid UTF-8; what SQLite makes of it is another text all the same.
              const now = column === key ? changed.toString() : row[key];
              put.run(changed.toString(), row[key]);
              if (store.workflow.verify().faults.length === 0)
                throw new Error(`byte ${at} of ${table}.${column} of ${row[key]} was not missed`);
              put.run(row[column], now);
            }
          }
      expect(store.workflow.verify().faults).toEqual([]);
    });
  }, 120_000);

  it.each<[string, string, RegExp]>([
    ["a left-out entry", "DELETE FROM audit WHERE n = 4", /第5条前缺了记录/u],
    ["a changed number", "UPDATE audit SET n = 99 WHERE n = 5", /缺了记录/u],
    ["a text that is gone", "DELETE FROM revisions", /没有留存/u],
    [
      "a signed notice",
      "UPDATE notices SET deleted = 0, fields = replace(fields, '第1件', '第7件') WHERE id = 'n1'",
      /已损坏/u,
    ],
  ])("%s is found", (_, statement, sentence) => {
    withTampered((store, sqlite) => {
      sqlite.exec(statement);
      expect(store.workflow.verify().faults.join("；")).toMatch(sentence);
    });
  });

  test("a printed text is found that was changed along with its digest", () => {
    withTampered((store, sqlite) => {
      const other = store.notice("n3");
      sqlite.exec(
        "UPDATE notices SET (fields, body, digest) = (SELECT fields, body, digest FROM notices WHERE id = 'n3') WHERE id = 'n1'",
      );
      expect(store.workflow.verify().faults).toContain(`${citedTitle(other)}在程序之外被改动过，与付印时不同`);
    });
  });

  test("a cut-off tail is told by the head that was written down", () => {
    withTampered((store, sqlite) => {
      const printed = store.workflow.head();
      expect(store.workflow.has(printed)).toBe(true);
      sqlite.exec("DELETE FROM audit WHERE n > 6");
      expect(store.workflow.has(printed)).toBe(false);
    });
  });

  test("nothing is signed in a log that was tampered with, and a printed issue stays frozen", () => {
    const folder = testFolder();
    const first = filled(folder);
    signAll(first);
    press(first);
    first.close();
    const sqlite = unlocked(folder);
    sqlite.exec("UPDATE audit SET action = replace(action, '卞集', '卞某') WHERE n = 1");
    sqlite.close();
    const clock = testClock();
    const store = new Store(openDatabase(folder, clock), clock);
    try {
      expect(refusal(() => sign(store, notice("n3"), "bian", "一审"))).toMatch(/第1条被改动过，不能再签字/u);
      expect(refusal(() => store.deleteNotice("n1"))).toMatch(/不能再改/u);
    } finally {
      store.close();
    }
  });
});

/** A store in which much was signed and printed, and a second connection that no trigger holds. */
function withTampered(work: (store: Store, sqlite: Sqlite.Database) => void): void {
  withStore((store, folder) => {
    signAll(store);
    press(store);
    const sqlite = unlocked(folder);
    try {
      work(store, sqlite);
    } finally {
      sqlite.close();
    }
  });
}

function unlocked(folder: string): Sqlite.Database {
  const sqlite = new Sqlite(join(folder, "gazette.db"));
  for (const name of sqlite.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all())
    sqlite.exec(`DROP TRIGGER ${name}`);
  return sqlite;
}
