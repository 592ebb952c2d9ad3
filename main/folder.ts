// Where the gazette of this user lives when nobody says otherwise: the platform's folder for application data.
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { GazetteError } from "../shared/api.ts";

/** Absolute path: `chosen` (--data), else GAZETTE_DATA, else the platform's own place. The folder need not exist. Throws
 *  GazetteError storeUnusable when the user has no home to put it in, as in a container. */
export function dataFolder(
  chosen: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  platform: string,
): string {
  const named = chosen ?? env.GAZETTE_DATA;
  if (named) return resolve(named);
  if (platform === "win32") return join(env.APPDATA ?? join(home(), "AppData", "Roaming"), "zhengbao");
  if (platform === "darwin") return join(home(), "Library", "Application Support", "zhengbao");
  return join(env.XDG_DATA_HOME ?? join(home(), ".local", "share"), "zhengbao");
}

function home(): string {
  try {
    return homedir();
  } catch (cause) {
    const advice = "找不到当前用户的主文件夹，请用 --data 或 GAZETTE_DATA 写明数据文件夹。";
    throw new GazetteError("storeUnusable", advice, { cause });
  }
}
