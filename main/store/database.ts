// Opens the SQLite file of a data folder so that nothing acknowledged is ever lost and nothing foreign is ever touched:
// one writer per folder, identity and health checked before the first write, a copy before each migration, every
// commit synced. SQLite's errors become refusals with a sentence here and nowhere else.
import { closeSync, existsSync, mkdirSync, openSync, readSync, statfsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import Sqlite from "better-sqlite3";
import { GazetteError } from "../../shared/api.ts";
import { applicationId, migrations } from "./migrations.ts";

export interface Database {
  readonly sqlite: Sqlite.Database;
  /** Path of the store, for messages. */
  readonly file: string;
  /** Checkpoints, closes and frees the folder for the next process. */
  close(): void;
}

/** Opens or makes `gazette.db` in `folder`. `steps` are the migrations, given only by tests.
 *  Throws GazetteError storeUnusable (in use, foreign, newer, damaged) or diskFull. The file is then untouched. */
export function openDatabase(folder: string, now: () => Date, steps: readonly string[] = migrations): Database {
  const file = join(resolve(folder), "gazette.db");
  return refusing(file, () => {
    makeFolder(folder);
    const lock = takeLock(folder);
    try {
      return { ...openStoreFile(file, now, steps, lock), file };
    } catch (error) {
      lock.close();
      throw error;
    }
  });
}

/** Opens the store of `folder` beside whoever is using it, to look at it only: nothing is made, changed or brought up to
 *  date. Throws GazetteError notFound without a store, storeUnusable for one that an older program left as it was. */
export function openForReading(folder: string): Database {
  const file = join(resolve(folder), "gazette.db");
  return refusing(file, () => {
    if (!existsSync(file))
      throw new GazetteError("notFound", `${resolve(folder)} 里没有稿库，请用 --data 写明数据文件夹。`);
    checkHeader(file);
    const sqlite = new Sqlite(file, { readonly: true, timeout: 5000 });
    try {
      if (checkIdentity(sqlite, file, migrations.length) < migrations.length)
        throw new GazetteError("storeUnusable", `稿库 ${file} 是旧版程序留下的，请先用现在的程序打开一次。`);
      sqlite.pragma("trusted_schema = OFF");
    } catch (error) {
      sqlite.close();
      throw error;
    }
    return { sqlite, file, close: () => sqlite.close() };
  });
}

function openStoreFile(file: string, now: () => Date, steps: readonly string[], lock: Sqlite.Database) {
  checkHeader(file);
  const sqlite = new Sqlite(file, { timeout: 5000 });
  try {
    const version = checkIdentity(sqlite, file, steps.length);
    // better-sqlite3 is built with synchronous=NORMAL as the default of WAL, which may lose the last commits when the
    // power fails; FULL must be said, on every connection.
    sqlite.pragma("journal_mode = WAL");
    sqlite.pragma("synchronous = FULL");
    sqlite.pragma("fullfsync = ON"); // macOS only
    sqlite.pragma("foreign_keys = ON");
    sqlite.pragma("trusted_schema = OFF");
    sqlite.pragma("cell_size_check = ON");
    sqlite.pragma("wal_autocheckpoint = 1000");
    migrate(sqlite, file, version, now, steps);
  } catch (error) {
    sqlite.close();
    throw error;
  }
  return {
    sqlite,
    close() {
      sqlite.close();
      lock.close();
    },
  };
}

/** Only its owner may look into a folder that is made here: it holds what is not yet published. */
function makeFolder(folder: string): void {
  const missing: string[] = [];
  for (let path = resolve(folder); !existsSync(path) && path !== dirname(path); path = dirname(path))
    missing.unshift(path);
  // Node's own `recursive` never returns where the system refuses with ENOENT, as in /proc.
  for (const path of missing)
    try {
      mkdirSync(path, { mode: 0o700 });
    } catch (error) {
      if (!(errorCode(error) === "EEXIST" && isFolder(path))) throw error; // another process was faster
    }
  if (!isFolder(folder)) throw occupied(folder);
  // WAL needs shared memory, which network file systems do not give.
  const networkTypes = [0x6969, 0x517b, 0xff534d42, 0xfe534d42];
  if (resolve(folder).startsWith("\\\\") || networkTypes.includes(statfsSync(folder).type >>> 0))
    throw new GazetteError(
      "storeUnusable",
      `数据文件夹 ${folder} 在网络盘上，稿库放在那里不可靠，请改用本机硬盘上的文件夹。`,
    );
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** An SQLite transaction that is never ended: a lock of the operating system, which dies with the process. */
function takeLock(folder: string): Sqlite.Database {
  const lock = new Sqlite(join(folder, "instance.lock"), { timeout: 0 });
  try {
    lock.exec("BEGIN EXCLUSIVE");
    return lock;
  } catch (error) {
    lock.close();
    if (errorCode(error).startsWith("SQLITE_BUSY"))
      throw new GazetteError(
        "storeUnusable",
        `另一个政报工坊正在使用数据文件夹 ${folder}，请先关闭它，或者另选一个数据文件夹。`,
      );
    throw error;
  }
}

/** SQLite would take a short or strange file for an empty database and write over it. */
function checkHeader(file: string): void {
  const about = statSync(file, { throwIfNoEntry: false });
  if (about && !about.isFile()) throw foreign(file);
  if (!about || about.size === 0) return;
  const header = Buffer.alloc(16);
  const handle = openSync(file, "r");
  try {
    readSync(handle, header, 0, 16, 0);
  } finally {
    closeSync(handle);
  }
  if (header.toString("latin1") !== "SQLite format 3\0") throw foreign(file);
}

/** The user_version of the store, 0 for a new one; refuses what is not ours, is newer or is damaged. */
function checkIdentity(sqlite: Sqlite.Database, file: string, newest: number): number {
  const id = sqlite.pragma("application_id", { simple: true });
  const version = Number(sqlite.pragma("user_version", { simple: true }));
  if (id !== applicationId) {
    const empty = sqlite.prepare("SELECT count(*) FROM sqlite_schema").pluck().get() === 0;
    if (id !== 0 || version !== 0 || !empty) throw foreign(file);
    return 0;
  }
  if (version > newest)
    throw new GazetteError(
      "storeUnusable",
      `稿库 ${file} 是更新的政报工坊建立的（稿库第${version}版，本程序只认到第${newest}版），没有改动它，请先升级程序。`,
    );
  const health = sqlite.pragma("quick_check(1)", { simple: true });
  if (health !== "ok") throw damaged(file);
  return version;
}

function migrate(
  sqlite: Sqlite.Database,
  file: string,
  version: number,
  now: () => Date,
  steps: readonly string[],
): void {
  if (version > 0 && version < steps.length) {
    const stamp = now()
      .toISOString()
      .replace(/[-:]|\.\d+/g, "");
    sqlite.prepare("VACUUM INTO ?").run(file.replace(/\.db$/, `-v${version}-${stamp}.db`));
  }
  for (const [index, step] of steps.entries())
    if (index >= version)
      sqlite
        .transaction(() => {
          sqlite.exec(step);
          sqlite.pragma(`application_id = ${applicationId}`);
          sqlite.pragma(`user_version = ${index + 1}`);
        })
        .immediate();
}

function foreign(file: string): GazetteError {
  return new GazetteError("storeUnusable", `${file} 不是政报工坊的稿库，没有改动它，请另选一个数据文件夹。`);
}

function occupied(folder: string, options?: ErrorOptions): GazetteError {
  return new GazetteError(
    "storeUnusable",
    `数据文件夹的位置 ${folder} 上已有一个文件，无法在那里建立稿库，请另选一个数据文件夹。`,
    options,
  );
}

/** What a person can do about a store whose content is not what was written. */
export function damaged(file: string, options?: ErrorOptions): GazetteError {
  return new GazetteError(
    "storeUnusable",
    `稿库 ${file} 已损坏，没有改动它，请先把整个数据文件夹复制一份留存，再从备份恢复。`,
    options,
  );
}

function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

/** Runs `work`; trouble of the disk or of the file is thrown as a GazetteError, the rest as it is. */
export function refusing<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = errorCode(error);
    const cause = { cause: error };
    if (/^(SQLITE_FULL|ENOSPC|EDQUOT)/.test(code))
      throw new GazetteError("diskFull", `磁盘已满，这一步没有存入稿库 ${file}，请腾出空间后再试。`, cause);
    if (/^(SQLITE_READONLY|SQLITE_CANTOPEN|EROFS|EACCES|EPERM|ENOENT)/.test(code))
      throw new GazetteError("diskFull", `稿库 ${file} 所在的位置不能写入，请检查磁盘和文件夹的权限。`, cause);
    if (/^(SQLITE_CORRUPT|SQLITE_IOERR_(READ|SHORT_READ|CORRUPTFS|DATA))/.test(code)) throw damaged(file, cause);
    // A full disk is told in many ways: the log that cannot grow, the shared memory, the sync.
    if (code.startsWith("SQLITE_IOERR"))
      throw new GazetteError("diskFull", `稿库 ${file} 写不进去，磁盘可能已满或有故障，请检查磁盘后再试。`, cause);
    if (code === "SQLITE_NOTADB") throw foreign(file);
    if (/^(ENOTDIR|EEXIST|EISDIR)/.test(code)) throw occupied(dirname(file), cause);
    if (code.startsWith("SQLITE_BUSY"))
      throw new GazetteError("storeUnusable", `稿库 ${file} 正被别的程序占用，请关闭那个程序后再试。`, cause);
    throw error;
  }
}
