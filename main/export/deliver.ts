// How a finished file comes to stand at its place: written beside it under another name, synced, judged as it was read
// back from the disk, then renamed. Whatever happens in between, the place holds the old file or the whole new one.
import { createHash, randomUUID } from "node:crypto";
import { open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { GazetteError } from "../../shared/api.ts";

/** Temporary files are named after their target (its hash, as names have a limit) and the process that writes them. */
const temporaryName = /^\.zhengbao-(?<key>[0-9a-f]{12})-(?<pid>\d+)-[0-9a-f]{8}\.tmp$/;

export function temporaryKey(target: string): string {
  return createHash("sha256").update(basename(target)).digest("hex").slice(0, 12);
}

/** Refuses a place that cannot take a file, before hours of work are spent on it. Throws GazetteError badFile. */
export async function checkTarget(target: string): Promise<void> {
  const folder = dirname(resolve(target));
  const about = async (path: string) => stat(path).catch(() => null);
  if ((await about(target))?.isDirectory())
    throw new GazetteError(
      "badFile",
      `${target} 是一个文件夹，请写明要生成的文件名，例如 ${join(target, "公报.pdf")}。`,
    );
  if (!(await about(folder))?.isDirectory())
    throw new GazetteError("badFile", `文件夹 ${folder} 不存在，请先建立它，或者换一个位置。`);
}

/** Puts `bytes` at `target` if `accept`, given the bytes as they were read back from the disk, says yes. Returns what
 *  it said. Throws GazetteError diskFull. Leftovers that killed processes left beside the target are removed. */
export async function deliver(
  target: string,
  bytes: Uint8Array,
  accept: (written: Uint8Array) => Promise<boolean>,
): Promise<boolean> {
  const folder = dirname(resolve(target));
  const key = temporaryKey(target);
  const temporary = join(folder, `.zhengbao-${key}-${process.pid}-${randomUUID().slice(0, 8)}.tmp`);
  try {
    await sweep(folder, (other, pid) => other === key && !isRunning(pid));
    await writeSynced(temporary, bytes);
    const accepted = await accept(await readFile(temporary));
    if (accepted) {
      await rename(temporary, target);
      await syncFolder(folder);
    }
    return accepted;
  } catch (error) {
    throw diskTrouble(error, target);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Removes temporary files in `folder` for which `stale` (temporaryKey of the target, process that wrote it) holds. */
export async function sweep(folder: string, stale: (key: string, pid: number) => boolean): Promise<void> {
  for (const name of await readdir(folder)) {
    const groups = temporaryName.exec(name)?.groups;
    if (groups?.key && stale(groups.key, Number(groups.pid))) await rm(join(folder, name), { force: true });
  }
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, "wx");
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The rename itself is only safe once the folder is on disk; Windows has no way to ask for it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** An error of the file system as a refusal with a sentence; any other error as it is. */
export function diskTrouble(error: unknown, target: string): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const cause = { cause: error };
  if (code === "ENOSPC" || code === "EDQUOT" || code === "EFBIG")
    return new GazetteError("diskFull", `磁盘空间不够，没有生成 ${target}，请腾出空间后再试。`, cause);
  if (code === "EROFS" || code === "EACCES" || code === "EPERM" || code === "EBUSY")
    return new GazetteError(
      "diskFull",
      `${target} 不能写入（磁盘只读、没有权限或文件正被打开），请换一个位置。`,
      cause,
    );
  if (code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR" || code === "ENAMETOOLONG" || code === "EIO")
    return new GazetteError("badFile", `${target} 这个位置不能存放文件，请换一个位置。`, cause);
  return error;
}
