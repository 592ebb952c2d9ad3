// The folder of finished PDFs: names that every system takes, tokens, and that it does not grow for ever.
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { Shelf } from "../../main/export/shelf.ts";
import { testFolder } from "../store/folder.ts";

const day = (n: number) => new Date(Date.UTC(2026, 0, n));

test.each([
  ["示例政报2026年第2期", "示例政报2026年第2期"],
  ['政报/第"1":期?', "政报_第_1__期_"],
  ["长".repeat(100), `${"长".repeat(59)}…`],
])("the PDF of %s is saved as %s.pdf", (issue, name) => {
  const file = new Shelf(join(testFolder(), "exports")).place(issue, day(1));
  expect(file.fileName).toBe(`${name}.pdf`);
  expect(basename(file.path).startsWith(`${name}-20260101T000000Z-`)).toBe(true);
});

describe("the folder", () => {
  test("is refused with a sentence when a file stands in its place", () => {
    const place = join(testFolder(), "exports");
    writeFileSync(place, "");
    expect(() => new Shelf(place).place("期", day(1))).toThrow("不能存放文件");
  });

  test("keeps the thirty newest files, and what is not one of them", async () => {
    const folder = join(testFolder(), "exports");
    const shelf = new Shelf(folder);
    const made = Array.from({ length: 34 }, (_, i) => shelf.place(i % 2 ? "甲期" : "乙期", day(i + 1)).path);
    const others = ["领导批注.pdf", "notes.txt"];
    for (const path of [...made, ...others.map((name) => join(folder, name))]) writeFileSync(path, "");
    await shelf.tidy();
    const kept = made.slice(4).map((path) => basename(path));
    expect(readdirSync(folder).sort()).toEqual([...kept, ...others].sort());
  });

  test("keeps one that was just made under a clock that had jumped back", async () => {
    const shelf = new Shelf(join(testFolder(), "exports"));
    for (let n = 2; n < 33; n++) writeFileSync(shelf.place("期", day(n)).path, "");
    const file = shelf.place("期", day(1));
    writeFileSync(file.path, "");
    const token = shelf.put(file);
    await shelf.tidy();
    expect(shelf.find(token)).toEqual(file);
    expect(readdirSync(join(file.path, ".."))).toContain(basename(file.path));
  });

  test("is swept of temporary files when it is opened, and need not be there", async () => {
    const folder = join(testFolder(), "exports");
    await new Shelf(folder).open();
    mkdirSync(folder);
    writeFileSync(join(folder, ".zhengbao-0123456789ab-99-0123abcd.tmp"), "half");
    await new Shelf(folder).open();
    expect(readdirSync(folder)).toEqual([]);
  });
});

test("only the newest tokens are known, and none that was not given", () => {
  const shelf = new Shelf(join(testFolder(), "exports"));
  const tokens = Array.from({ length: 32 }, (_, i) => shelf.put({ path: `/exports/${i}.pdf`, fileName: "期.pdf" }));
  expect(tokens.map((token) => shelf.find(token) !== null)).toEqual([false, false, ...new Array(30).fill(true)]);
  expect(shelf.find("another")).toBeNull();
});
