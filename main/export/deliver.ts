// How a finished file comes to stand at its place: written beside it under another name, synced, judged as it was read
// back from the disk, then renamed. Whatever happens in between, the place holds the old file or the whole new one.
import { createHash, randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { access, constants, open, readdir, readFile, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { setImmediate } from "node:timers/promises";
import { GazetteError } from "../../shared/api.ts";

/** Temporary files are named after their target (its hash, as names have a limit) and the process that writes them. */
const temporaryName = /^\.zhengbao-(?<key>[0-9a-f]{12})-(?<pid>\d+)-[0-9a-f]{8}\.tmp$/;

/** Bytes of a file name that every usual file system takes. */
const longestName = 255;

export function temporaryKey(target: string): string {
  return createHash("sha256").update(basename(target)).digest("hex").slice(0, 12);
}

/** Refuses a place that cannot take a file, before hours of work are spent on it. Throws GazetteError badFile. */
export async function checkTarget(target: string): Promise<void> {
  const about = async (path: string) => stat(path).catch(() => null);
  const old = await about(target);
  if (old?.isDirectory() || /[\\/]$/.test(target))
    throw new GazetteError(
      "badFile",
      `${target} 是一个文件夹，请写明要生成的文件名，例如 ${join(target, "公报.pdf")}。`,
    );
  // A rename would put the file in the place of the device itself.
  if (old && !old.isFile()) throw new GazetteError("badFile", `${target} 是设备或管道，不是文件，请换一个位置。`);
  if (Buffer.byteLength(basename(target)) > longestName)
    throw new GazetteError("badFile", `要生成的文件名太长（“${basename(target).slice(0, 20)}……”），请改短。`);
  const folder = dirname(resolve(target));
  const around = await about(folder);
  if (!around) throw new GazetteError("badFile", `文件夹 ${folder} 不存在，请先建立它，或者换一个位置。`);
  if (!around.isDirectory()) throw new GazetteError("badFile", `${folder} 是一个文件，不是文件夹，请换一个位置。`);
  // A rename would also pass over the write protection of an old file.
  for (const path of old ? [folder, target] : [folder])
    await access(path, constants.W_OK).catch((error) => {
      throw diskTrouble(error, target);
    });
}

/** The same for a folder of files, which may not exist yet; the one around it must. Throws GazetteError badFile. */
export async function checkTargetFolder(folder: string): Promise<void> {
  const about = async (path: string) => stat(path).catch(() => null);
  const old = await about(folder);
  if (old && !old.isDirectory()) throw new GazetteError("badFile", `${folder} 是一个文件，不是文件夹，请换一个位置。`);
  const around = dirname(resolve(folder));
  if (!old && !(await about(around))?.isDirectory())
    throw new GazetteError("badFile", `文件夹 ${around} 不存在，请先建立它，或者换一个位置。`);
  await access(old ? folder : around, constants.W_OK).catch((error) => {
    throw diskTrouble(error, folder);
  });
}

/** Puts `bytes` at `target` if `accept`, given the bytes as they were read back from the disk, says yes. Returns what
 *  it said. A link stays, and what it names is replaced. Throws GazetteError diskFull or badFile. Leftovers that killed
 *  processes left beside the target are removed. */
export async function deliver(
  target: string,
  bytes: Uint8Array,
  accept: (written: Uint8Array) => Promise<boolean>,
): Promise<boolean> {
  const place = await realpath(target).catch(() => resolve(target));
  const folder = dirname(place);
  const key = temporaryKey(place);
  const temporary = join(folder, `.zhengbao-${key}-${process.pid}-${randomUUID().slice(0, 8)}.tmp`);
  const abandon = () => rmSync(temporary, { force: true });
  process.once("exit", abandon);
  try {
    await sweep(folder, (other, pid) => other === key && !isRunning(pid));
    await writeSynced(temporary, bytes);
    const accepted = await accept(await readFile(temporary));
    if (accepted) {
      // A request to stop that came while the judge was busy is heard before the rename, not after it.
      await setImmediate();
      await rename(temporary, place);
      await syncFolder(folder);
    }
    return accepted;
  } catch (error) {
    throw diskTrouble(error, target);
  } finally {
    await rm(temporary, { force: true });
    process.off("exit", abandon);
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
  if (["ENOENT", "ENOTDIR", "EISDIR", "EEXIST", "ENAMETOOLONG", "EIO"].includes(String(code)))
    return new GazetteError("badFile", `${target} 这个位置不能存放文件，请换一个位置。`, cause);
  return error;
}
