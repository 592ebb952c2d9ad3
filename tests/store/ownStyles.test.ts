// The office's own styles in the store: kept with a digest, changed on their version, deleted without being lost.
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { openDatabase } from "../../main/store/database.ts";
import { Store } from "../../main/store/store.ts";
import { GazetteError } from "../../shared/api.ts";
import { testClock, testFolder } from "./folder.ts";

function open(folder: string): Store {
  const clock = testClock();
  return new Store(openDatabase(folder, clock), clock);
}

function code(work: () => unknown): string {
  try {
    work();
    return "";
  } catch (error) {
    return error instanceof GazetteError ? error.code : String(error);
  }
}

test("styles are listed as they were made, changed on their version, and found though deleted", () => {
  const store = open(testFolder());
  const { styles } = store;
  styles.add("b", "乙", { extends: "gbt9704" });
  styles.add("a", "甲", { extends: "gbt9704", body: "kai" });
  expect(styles.list().map((style) => style.name)).toEqual(["b", "a"]);
  expect(styles.replace("a", 1, "甲二", { extends: "b" })).toMatchObject({ label: "甲二", version: 2 });
  expect([code(() => styles.replace("a", 1, "", {})), code(() => styles.replace("c", 1, "", {}))]).toEqual([
    "stale",
    "notFound",
  ]);
  styles.setDeleted("b", true);
  expect(styles.list().map((style) => style.name)).toEqual(["a"]);
  expect(styles.find("b")?.json).toEqual({ extends: "gbt9704" });
  expect(styles.find("c")).toBeUndefined();
  store.close();
});

test("a style that was edited by another hand is refused", () => {
  const folder = testFolder();
  const store = open(folder);
  store.styles.add("a", "甲", { extends: "gbt9704" });
  store.close();
  const file = new Sqlite(join(folder, "gazette.db"));
  file.exec(`UPDATE styles SET json = '{"extends":"linxiang"}'`);
  file.close();
  const later = open(folder);
  expect(code(() => later.styles.list())).toBe("storeUnusable");
  later.close();
});
