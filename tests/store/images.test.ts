// The pictures of the store: each once under the name of its content, and told to be damaged when it is not that.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { openDatabase } from "../../main/store/database.ts";
import { migrations } from "../../main/store/migrations.ts";
import { Store } from "../../main/store/store.ts";
import { jpeg, png } from "../pdf/pictures.ts";
import { testClock, testFolder } from "./folder.ts";

function openStore(folder: string): Store {
  const clock = testClock();
  return new Store(openDatabase(folder, clock), clock);
}

const about = { mime: "image/png", width: 16, height: 8 };
const bridge = png({ colour: 2 });

test("a picture is there after reopening, byte for byte; put twice it has one name, another one another", () => {
  const folder = testFolder();
  const store = openStore(folder);
  const name = store.images.put(bridge, about);
  expect(store.images.put(Uint8Array.from(bridge), about)).toBe(name);
  expect(store.images.put(jpeg("colour"), { ...about, mime: "image/jpeg" })).not.toBe(name);
  store.close();
  const again = openStore(folder);
  const found = again.images.find(name);
  expect(found?.mime).toBe("image/png");
  expect(Buffer.from(found?.bytes ?? []).equals(bridge)).toBe(true);
  expect(again.images.find("0f".repeat(32))).toBeNull();
  again.close();
});

test("a picture whose bytes were changed is told as damage", () => {
  const folder = testFolder();
  const store = openStore(folder);
  const name = store.images.put(bridge, about);
  store.close();
  const other = new Sqlite(join(folder, "gazette.db"));
  other.prepare("UPDATE images SET bytes = ?").run(Buffer.from("other"));
  other.close();
  const again = openStore(folder);
  expect(() => again.images.find(name)).toThrow(expect.objectContaining({ code: "storeUnusable" }));
  again.close();
});

test("a store made before there were pictures takes them, and a copy of it is kept", () => {
  const folder = testFolder();
  openDatabase(folder, testClock(), migrations.slice(0, 1)).close();
  const store = openStore(folder);
  const name = store.images.put(bridge, about);
  expect(store.images.find(name)?.mime).toBe("image/png");
  store.close();
  expect(readdirSync(folder).filter((file) => /^gazette-v1-.*\.db$/.test(file))).toHaveLength(1);
});
