// Printing conditions in the store: each file once, as it came.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openDatabase } from "../../main/store/database.ts";
import { Store } from "../../main/store/store.ts";
import { testClock, testFolder } from "./folder.ts";

const profile = readFileSync(new URL("../../assets/press/FOGRA39L.icc", import.meta.url));

test("a profile is kept once, listed by name, found by its hash and removed", () => {
  const folder = testFolder();
  const clock = testClock();
  let store = new Store(openDatabase(folder, clock), clock);
  const first = store.conditions.put(profile, "乙厂", "b.icc");
  store.conditions.put(new Uint8Array([1, 2, 3]), "甲厂", "a.icc");
  expect(store.conditions.put(profile, "乙厂", "改名.icc").id).toBe(first.id);
  store.close();
  store = new Store(openDatabase(folder, clock), clock);
  expect(
    store.conditions
      .list()
      .map(({ name, fileName }) => `${name} ${fileName}`)
      .sort(),
  ).toEqual(["乙厂 改名.icc", "甲厂 a.icc"].sort());
  const found = store.conditions.find(first.id);
  expect(Buffer.compare(found?.bytes ?? new Uint8Array(), profile)).toBe(0);
  store.conditions.remove(first.id);
  store.conditions.remove(first.id);
  expect(store.conditions.find(first.id)).toBeNull();
  expect(store.conditions.list().length).toBe(1);
  store.close();
});
