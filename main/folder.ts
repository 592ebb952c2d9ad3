// Where the gazette of this user lives when nobody says otherwise: the platform's folder for application data.
import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** Absolute path: `chosen` (--data), else GAZETTE_DATA, else the platform's own place. The folder need not exist. */
export function dataFolder(
  chosen: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  platform: string,
): string {
  const named = chosen ?? env.GAZETTE_DATA;
  if (named) return resolve(named);
  if (platform === "win32") return join(env.APPDATA ?? join(homedir(), "AppData", "Roaming"), "zhengbao");
  if (platform === "darwin") return join(homedir(), "Library", "Application Support", "zhengbao");
  return join(env.XDG_DATA_HOME ?? join(homedir(), ".local", "share"), "zhengbao");
}
