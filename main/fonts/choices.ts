// The faces that the office chose for its roles, in a file of the data folder that window and command line both read.
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { FaceId } from "../../shared/layout/display.ts";
import { type FaceRole, faceRoles } from "../../shared/layout/fonts.ts";
import { identifier, line, oneOf, record, subset } from "../../shared/model/check.ts";
import { GazetteError } from "../../shared/model/gazetteError.ts";

/** `family`: as it was shown when it was chosen, for the sentence when the face is gone. */
export interface FaceChoice {
  readonly id: FaceId;
  readonly family: string;
}
export type FaceChoices = Readonly<Partial<Record<FaceRole, FaceChoice>>>;

const choice = record({ id: identifier, family: line(500) });
const shape = record({
  format: oneOf([1]),
  roles: subset({ song: choice, biaosong: choice, fangsong: choice, hei: choice, kai: choice, latin: choice }),
});

const fileIn = (folder: string) => join(folder, "fonts.json");

/** `trouble`: what is wrong with the file, when nothing could be read from it. */
export function readChoices(folder: string): { readonly choices: FaceChoices; readonly trouble: string | null } {
  const file = fileIn(folder);
  try {
    const { roles } = shape(JSON.parse(readFileSync(file, "utf8")), "fonts.json");
    return { choices: roles, trouble: null };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return { choices: {}, trouble: null };
    return { choices: {}, trouble: `选定字体的记录 ${file} 读不出来，现按通常的字体排版，请在“字体”中重新选定。` };
  }
}

/** The choices with one changed; null takes it back. */
export function withChoice(choices: FaceChoices, role: FaceRole, choice: FaceChoice | null): FaceChoices {
  const entries = faceRoles.flatMap((each) => {
    const kept = each === role ? choice : choices[each];
    return kept ? [[each, kept] as const] : [];
  });
  return Object.fromEntries(entries);
}

/** On disk when it returns. Throws GazetteError diskFull. */
export function writeChoices(folder: string, choices: FaceChoices): void {
  const file = fileIn(folder);
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    const handle = openSync(temporary, "w", 0o600);
    try {
      writeSync(handle, `${JSON.stringify({ format: 1, roles: choices }, null, 1)}\n`);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(temporary, file);
  } catch (cause) {
    rmSync(temporary, { force: true });
    const advice = `字体没有选定：${file} 写不进去，请看磁盘是否已满、数据文件夹能否写入，再选一次。`;
    throw new GazetteError("diskFull", advice, { cause });
  }
}
