// The store: what was acknowledged is there after reopening, after kill -9 and after a full disk; what is not ours,
// newer or damaged is refused and left as it is.
import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import Sqlite from "better-sqlite3";
import { describe, expect, onTestFinished, test } from "vitest";
import { openDatabase, refusing } from "../../main/store/database.ts";
import { migrations } from "../../main/store/migrations.ts";
import { type Change, Store } from "../../main/store/store.ts";
import { GazetteError } from "../../shared/api.ts";
import { type Block, type BodyPatch, paragraph, patchBody } from "../../shared/model/block.ts";
import { maxBlocks } from "../../shared/model/check.ts";
import type { IssueFields, NoticeFields } from "../../shared/model/notice.ts";
import { testClock, testFolder } from "./folder.ts";

const by = { client: "tester", seq: 1 };
const fields: NoticeFields = {
  title: "示例市人民政府关于加强河道管理的通告",
  issuers: ["示例市人民政府"],
  docNumber: "示政通告〔2026〕1号",
  uniformNumber: "",
  kind: "通告",
  dated: "2026-03-02",
  section: "市政府文件",
};
const issueFields: IssueFields = {
  gazetteTitle: "示例政报",
  officialTitle: "示例市人民政府公报",
  englishTitle: "",
  year: 2026,
  number: 2,
  serial: 18,
  published: "2026-06-30",
  organ: "",
  statement: [],
  slogans: [],
  imprint: [],
  style: "gbt9704",
};

function openStore(folder: string): Store {
  const clock = testClock();
  return new Store(openDatabase(folder, clock), clock);
}

function withStore(work: (store: Store, folder: string) => void): void {
  const folder = testFolder();
  const store = openStore(folder);
  try {
    work(store, folder);
  } finally {
    store.close();
  }
}

/** The error that `work` throws, or null. */
function refusal(work: () => unknown): GazetteError | null {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof GazetteError) return error;
    throw error;
  }
}

/** The body that the journal of a notice leads to. */
function replay(changes: readonly Change[]): readonly Block[] {
  return changes
    .filter((change) => change.part === "body")
    .reduce<readonly Block[]>(
      (body, { from, to, inserted }) => patchBody(body, { from, to, blocks: inserted as Block[] }),
      [],
    );
}

const hashOf = (file: string) => createHash("sha256").update(readFileSync(file)).digest("hex");

describe("notices", () => {
  test("everything is there after reopening", () => {
    const folder = testFolder();
    const first = openStore(folder);
    const body = [paragraph("addressee", "各县区人民政府："), paragraph("body", "一行\n又一行")];
    first.createNotice("n", fields, body, by);
    first.patchBody("n", 1, { from: 1, to: 2, blocks: [paragraph("body", "新的一段𬸚")] }, by);
    first.updateNotice("n", 2, { docNumber: "示政通告〔2026〕2号" }, by);
    first.createIssue("i", issueFields, [{ id: "s", title: "市政府文件", entries: ["n"] }]);
    first.putSetting("panes", "[1,2]");
    first.close();
    const store = openStore(folder);
    expect(store.notice("n")).toEqual({
      ...fields,
      docNumber: "示政通告〔2026〕2号",
      id: "n",
      version: 3,
      body: [body[0], paragraph("body", "新的一段𬸚")],
    });
    expect(store.issue("i").sections).toEqual([{ id: "s", title: "市政府文件", entries: ["n"] }]);
    expect(store.listNotices()).toMatchObject([
      { id: "n", characters: 13, issue: { id: "i", name: "示例政报2026年第2期" } },
    ]);
    expect(store.setting("panes")).toBe("[1,2]");
    expect(store.setting("other")).toBeNull();
    store.close();
  });

  test("a change on an old version is refused as stale and changes nothing", () =>
    withStore((store) => {
      store.createNotice("n", fields, [paragraph("body", "甲")], by);
      store.patchBody("n", 1, { from: 0, to: 1, blocks: [paragraph("body", "乙")] }, by);
      const late: BodyPatch = { from: 0, to: 1, blocks: [] };
      expect(refusal(() => store.patchBody("n", 1, late, by))?.code).toBe("stale");
      expect(refusal(() => store.updateNotice("n", 1, { title: "丙" }, by))?.code).toBe("stale");
      expect(store.notice("n")).toMatchObject({ version: 2, title: fields.title, body: [paragraph("body", "乙")] });
    }));

  test("a patch outside the body is refused", () =>
    withStore((store) => {
      store.createNotice("n", fields, [paragraph("body", "甲")], by);
      expect(refusal(() => store.patchBody("n", 1, { from: 1, to: 2, blocks: [] }, by))?.code).toBe("badRequest");
      expect(store.notice("n").version).toBe(1);
    }));

  test("a body that grows beyond what can be read back is refused", () =>
    withStore((store) => {
      const many = new Array(maxBlocks).fill(paragraph("body", "甲"));
      store.createNotice("n", fields, many, by);
      const patch = { from: 0, to: 0, blocks: [paragraph("body", "乙")] };
      expect(refusal(() => store.patchBody("n", 1, patch, by))?.message).toContain(`不能超过${maxBlocks}段`);
      expect(store.notice("n").version).toBe(1);
    }));

  test("the journal replays to the body and keeps what was removed", () =>
    withStore((store) => {
      store.createNotice("n", fields, [paragraph("body", "甲"), paragraph("body", "乙")], by);
      store.patchBody("n", 1, { from: 0, to: 1, blocks: [] }, by);
      store.updateNotice("n", 2, { dated: "2026-03-03" }, by);
      store.patchBody("n", 3, { from: 1, to: 1, blocks: [paragraph("note", "注：丙")] }, { client: "other", seq: 7 });
      const changes = store.changes("n");
      expect(replay(changes)).toEqual(store.notice("n").body);
      expect(changes.map(({ version, part }) => `${version} ${part}`)).toEqual([
        "1 fields",
        "1 body",
        "2 body",
        "3 fields",
        "4 body",
      ]);
      expect(changes[2]).toMatchObject({ from: 0, to: 1, removed: [paragraph("body", "甲")], inserted: [] });
      expect(changes[4]).toMatchObject({ client: "other", seq: 7 });
    }));

  test("the same stamp answers again and changes nothing; another request under it is refused", () =>
    withStore((store) => {
      store.createNotice("n", fields, [], by);
      const stamp = { client: "w", seq: 4 };
      const add = () =>
        store.patchBody("n", store.notice("n").version, { from: 0, to: 0, blocks: [paragraph("body", "甲")] }, stamp);
      expect(store.once(stamp, ["add"], add)).toEqual({ answer: { version: 2 }, repeated: false });
      expect(store.once(stamp, ["add"], add)).toEqual({ answer: { version: 2 }, repeated: true });
      expect(refusal(() => store.once(stamp, ["other"], add))?.code).toBe("badRequest");
      expect(store.notice("n").body).toHaveLength(1);
    }));

  test("old answers are forgotten, and no others", () => {
    const clock = testClock();
    const store = new Store(openDatabase(testFolder(), clock), clock);
    const ask = (seq: number) => store.once({ client: "w", seq }, ["x"], () => seq).repeated;
    ask(1);
    const between = clock();
    ask(2);
    store.forgetAnswers(between);
    expect([ask(1), ask(2)]).toEqual([false, true]);
    store.close();
  });

  test("a refused call keeps no answer, and nothing of it is stored", () =>
    withStore((store) => {
      const stamp = { client: "w", seq: 5 };
      const failing = () => {
        store.createNotice("half", fields, [], stamp);
        return store.notice("nowhere");
      };
      expect(refusal(() => store.once(stamp, ["x"], failing))?.code).toBe("notFound");
      expect(store.listNotices()).toEqual([]);
      expect(store.once(stamp, ["y"], () => 1).repeated).toBe(false);
    }));

  test("a deleted notice leaves its issue and comes back to the store", () =>
    withStore((store) => {
      store.createNotice("n", fields, [paragraph("body", "甲")], by);
      store.createIssue("i", issueFields, [{ id: "s", title: "文件", entries: ["n"] }]);
      expect(store.deleteNotice("n")).toBe("i");
      expect(store.issue("i")).toMatchObject({ version: 2, sections: [{ id: "s", entries: [] }] });
      expect(store.listNotices()).toEqual([]);
      expect(refusal(() => store.notice("n"))?.code).toBe("notFound");
      store.restoreNotice("n");
      expect(store.notice("n").body).toEqual([paragraph("body", "甲")]);
    }));

  test("an imported file is kept byte for byte", () =>
    withStore((store) => {
      const bytes = Uint8Array.from([0xef, 0xbb, 0xbf, 0, 13, 10, 255]);
      store.addSource("s", "公报.txt", bytes);
      store.createNotice("n", fields, [], by, { source: "s", startLine: 3, endLine: 9 });
      store.createNotice("own", fields, [], by);
      const source = store.source("n");
      expect({ ...source, bytes: [...(source?.bytes ?? [])] }).toEqual({
        fileName: "公报.txt",
        bytes: [...bytes],
        startLine: 3,
        endLine: 9,
      });
      expect(store.source("own")).toBeNull();
    }));
});

describe("issues", () => {
  function twoIssues(store: Store): void {
    for (const id of ["a", "b", "c"]) store.createNotice(id, { ...fields, title: id }, [], by);
    store.createIssue("i", issueFields, [{ id: "s", title: "甲", entries: ["a", "b"] }]);
    store.createIssue("j", { ...issueFields, number: 3 }, []);
  }

  test("arranging replaces sections and order at once", () =>
    withStore((store) => {
      twoIssues(store);
      const sections = [
        { id: "t", title: "乙", entries: ["b"] },
        { id: "s", title: "甲", entries: ["c", "a"] },
      ];
      expect(store.arrangeIssue("i", 1, sections)).toEqual({ version: 2 });
      expect(store.issue("i").sections).toEqual(sections);
    }));

  test.each([
    ["a notice of another issue", "j", "a", "stale"],
    ["a notice that is not there", "i", "nowhere", "notFound"],
  ])("%s is refused and the order stays", (_, issue, notice, code) =>
    withStore((store) => {
      twoIssues(store);
      const before = store.issue(issue);
      const sections = [{ id: "s", title: "甲", entries: [notice] }];
      expect(refusal(() => store.arrangeIssue(issue, 1, sections))?.code).toBe(code);
      expect(store.issue(issue)).toEqual(before);
    }),
  );

  test("a deleted issue frees its notices and comes back with those still free", () =>
    withStore((store) => {
      twoIssues(store);
      expect(store.deleteIssue("i")).toEqual(["a", "b"]);
      expect(store.listIssues().map((issue) => issue.id)).toEqual(["j"]);
      store.arrangeIssue("j", 1, [{ id: "s", title: "乙", entries: ["b"] }]);
      expect(store.restoreIssue("i")).toEqual(["a"]);
      expect(store.issue("i").sections).toEqual([{ id: "s", title: "甲", entries: ["a"] }]);
    }));
});

describe("trouble of the disk", () => {
  test("a full disk refuses the change, keeps the rest, and goes on once there is room", () => {
    const folder = testFolder();
    const clock = testClock();
    const database = openDatabase(folder, clock);
    const store = new Store(database, clock);
    store.createNotice("n", fields, [], by);
    const pages = Number(database.sqlite.pragma("page_count", { simple: true }));
    database.sqlite.pragma(`max_page_count = ${pages + 20}`);
    const grow = () =>
      store.patchBody(
        "n",
        store.notice("n").version,
        { from: 0, to: 0, blocks: [paragraph("body", "字".repeat(2000))] },
        by,
      );
    let acknowledged = 1;
    let full: GazetteError | null = null;
    for (let i = 0; i < 100 && !full; i++) {
      full = refusal(grow);
      if (!full) acknowledged++;
    }
    expect(full?.code).toBe("diskFull");
    expect(full?.message).toContain("磁盘已满");
    expect(store.notice("n").version).toBe(acknowledged);
    database.sqlite.pragma("max_page_count = 100000");
    expect(grow()).toEqual({ version: acknowledged + 1 });
    store.close();
    const reopened = openStore(folder);
    expect(replay(reopened.changes("n"))).toEqual(reopened.notice("n").body);
    reopened.close();
  });

  // What a tmpfs without room, a torn cable and a bad sector were seen to answer with.
  test.each([
    ["SQLITE_FULL", "diskFull", "磁盘已满"],
    ["SQLITE_IOERR_SHMSIZE", "diskFull", "可能已满"],
    ["SQLITE_IOERR_FSYNC", "diskFull", "可能已满"],
    ["SQLITE_IOERR_READ", "storeUnusable", "已损坏"],
    ["SQLITE_CORRUPT_VTAB", "storeUnusable", "已损坏"],
    ["ENOENT", "diskFull", "不能写入"],
    ["ENOTDIR", "storeUnusable", "已有一个文件"],
  ])("%s is told as %s", (given, code, words) => {
    const trouble = () => {
      throw Object.assign(new Error("trouble"), { code: given });
    };
    expect(refusal(() => refusing("/data/gazette.db", trouble))).toMatchObject({
      code,
      message: expect.stringContaining(words),
    });
  });

  test("a read-only store says so", () => {
    const clock = testClock();
    const database = openDatabase(testFolder(), clock);
    const store = new Store(database, clock);
    database.sqlite.pragma("query_only = ON");
    expect(refusal(() => store.createNotice("n", fields, [], by))?.code).toBe("diskFull");
    expect(store.listNotices()).toEqual([]);
    store.close();
  });
});

describe("what is not a sound store of this version is refused and left alone", () => {
  function sound(folder: string): string {
    const store = openStore(folder);
    for (let i = 0; i < 40; i++)
      store.createNotice(`n${i}`, fields, [paragraph("body", `第${i}份的正文`.repeat(60))], by);
    store.close();
    return join(folder, "gazette.db");
  }
  const cases: readonly (readonly [string, string, (folder: string) => string])[] = [
    [
      "a text file",
      "不是政报工坊的稿库",
      (folder) => {
        writeFileSync(join(folder, "gazette.db"), "示例".repeat(1000));
        return join(folder, "gazette.db");
      },
    ],
    [
      "a database of another program",
      "不是政报工坊的稿库",
      (folder) => {
        const other = new Sqlite(join(folder, "gazette.db"));
        other.exec("CREATE TABLE things (id INTEGER)");
        other.close();
        return join(folder, "gazette.db");
      },
    ],
    [
      "a newer store",
      "请先升级程序",
      (folder) => {
        const file = sound(folder);
        const newer = new Sqlite(file);
        newer.pragma("user_version = 99");
        newer.close();
        return file;
      },
    ],
    [
      "a store cut short",
      "已损坏",
      (folder) => {
        const file = sound(folder);
        truncateSync(file, 4096 * 9);
        return file;
      },
    ],
    [
      "a store with a page of zeros",
      "已损坏",
      (folder) => {
        const file = sound(folder);
        const bytes = readFileSync(file);
        bytes.fill(0, 4096 * 2, 4096 * 3);
        writeFileSync(file, bytes);
        return file;
      },
    ],
  ];
  test.each(cases)("%s", (_, words, make) => {
    const folder = testFolder();
    const file = make(folder);
    const before = hashOf(file);
    const error = refusal(() => openStore(folder));
    expect(error?.code).toBe("storeUnusable");
    expect(error?.message).toContain(words);
    expect(hashOf(file)).toBe(before);
  });

  test("one changed byte of a body is found when that notice is read; the others stay readable", () => {
    const folder = testFolder();
    const file = sound(folder);
    const bytes = readFileSync(file);
    // It stands in the notice's row and in the journal's.
    for (let at = bytes.indexOf("第7份的"); at >= 0; at = bytes.indexOf("第7份的")) bytes.write("第8份的", at);
    writeFileSync(file, bytes);
    const store = openStore(folder);
    expect(refusal(() => store.notice("n7"))?.code).toBe("storeUnusable");
    expect(store.notice("n6").body).toHaveLength(1);
    store.close();
  });

  test("a folder that another process uses", () => {
    const folder = testFolder();
    const store = openStore(folder);
    expect(refusal(() => openStore(folder))?.message).toContain("正在使用数据文件夹");
    store.close();
    openStore(folder).close();
  });

  test.each(["occupied", "occupied/below"])("a file where the folder should be: %s", (name) => {
    const folder = testFolder();
    writeFileSync(join(folder, "occupied"), "");
    expect(refusal(() => openStore(join(folder, name)))).toMatchObject({
      code: "storeUnusable",
      message: expect.stringContaining("已有一个文件"),
    });
  });

  test.skipIf(process.platform === "win32")("a new folder is for its owner alone", () => {
    const folder = join(testFolder(), "new", "data");
    openStore(folder).close();
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });
});

describe("migrations", () => {
  test("an older store is copied, then brought up to date", () => {
    const folder = testFolder();
    const old = openStore(folder);
    old.createNotice("n", fields, [paragraph("body", "甲")], by);
    old.close();
    const clock = testClock();
    const database = openDatabase(folder, clock, [...migrations, "ALTER TABLE settings ADD COLUMN note TEXT"]);
    expect(database.sqlite.pragma("user_version", { simple: true })).toBe(migrations.length + 1);
    expect(new Store(database, clock).notice("n").body).toEqual([paragraph("body", "甲")]);
    database.close();
    const copy = readdirSync(folder).find((name) => name.startsWith(`gazette-v${migrations.length}-`));
    const restored = testFolder();
    mkdirSync(restored, { recursive: true });
    writeFileSync(join(restored, "gazette.db"), readFileSync(join(folder, copy ?? "")));
    const store = openStore(restored);
    expect(store.notice("n").version).toBe(1);
    store.close();
  });

  test("a migration that fails leaves the store as it was", () => {
    const folder = testFolder();
    openStore(folder).close();
    const steps = [...migrations, "CREATE TABLE half (id TEXT) STRICT; INSERT INTO nowhere VALUES (1)"];
    expect(() => openDatabase(folder, testClock(), steps)).toThrow(/nowhere/);
    const store = openStore(folder);
    expect(store.listNotices()).toEqual([]);
    store.close();
  });

  test("the connection syncs every commit and trusts no schema", () => {
    const database = openDatabase(testFolder(), testClock());
    const pragma = (name: string) => database.sqlite.pragma(name, { simple: true });
    expect(
      ["journal_mode", "synchronous", "foreign_keys", "trusted_schema", "cell_size_check", "busy_timeout"].map(pragma),
    ).toEqual(["wal", 2, 1, 0, 1, 5000]);
    database.close();
  });
});

describe("kill -9", () => {
  const rounds = 20;
  test(`a writer killed ${rounds} times loses no acknowledged change`, { timeout: 60_000 }, async () => {
    const folder = testFolder();
    const first = openStore(folder);
    first.createNotice("n", fields, [], by);
    first.close();
    for (let round = 0; round < rounds; round++) {
      const acknowledged = await typeUntilKilled(folder, 1 + ((round * 7) % 23));
      const store = openStore(folder);
      const { version, body } = store.notice("n");
      expect(version).toBeGreaterThanOrEqual(acknowledged);
      expect(body).toEqual([paragraph("body", `第${version}稿`)]);
      expect(replay(store.changes("n"))).toEqual(body);
      store.close();
    }
  });

  /** Runs a writer, kills it after `acks` acknowledged changes, and gives the last version it was told of. */
  function typeUntilKilled(folder: string, acks: number): Promise<number> {
    const script = fileURLToPath(new URL("./writer.ts", import.meta.url));
    const child: ChildProcess = spawn(process.execPath, [script, folder], { stdio: ["ignore", "pipe", "inherit"] });
    onTestFinished(() => {
      child.kill("SIGKILL");
    });
    return new Promise((resolve, reject) => {
      let last = 0;
      let seen = 0;
      if (!child.stdout) return reject(new Error("no output"));
      createInterface({ input: child.stdout }).on("line", (line) => {
        last = Number(line);
        if (++seen === acks) child.kill("SIGKILL");
      });
      child.once("error", reject);
      child.once("close", (_, signal) =>
        signal === "SIGKILL" ? resolve(last) : reject(new Error(`the writer ended by itself after ${seen} changes`)),
      );
    });
  }
});
