// `fonts`: what a role is set in as the window has it, and the faces of the machine.
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { inUtf16, postScript, smallFace } from "../fonts/smallFaces.ts";
import { testFolder } from "../store/folder.ts";

const cli = fileURLToPath(new URL("../../main/cli.ts", import.meta.url));

test("roles and faces are listed, with the office's choice and what cannot be used", () => {
  const home = testFolder();
  mkdirSync(join(home, ".fonts"));
  writeFileSync(join(home, ".fonts", "f.ttf"), smallFace([inUtf16, postScript], { fsType: 2 }));
  const data = testFolder();
  writeFileSync(
    join(data, "fonts.json"),
    JSON.stringify({ format: 1, roles: { hei: { id: "LXGWWenKai-500", family: "霞鹜文楷" } } }),
  );
  const run = (...args: string[]) => {
    const env = { ...process.env, HOME: home };
    const done = spawnSync(process.execPath, [cli, "fonts", "--data", data, ...args], { encoding: "utf8", env });
    expect(done.status).toBe(0);
    return done.stdout;
  };
  const text = run();
  expect(text).toMatch(/^黑体　　霞鹜文楷（随程序提供），本单位选定$/mu);
  expect(text).toMatch(
    /^仿宋　　思源宋体（随程序提供），已安装的仿宋不能用于付印（字体许可不允许嵌入），以宋体代替$/mu,
  );
  expect(text).toMatch(/^ {2}TestFangSong {2}仿宋（字体许可不允许嵌入）$/mu);
  const { roles, found } = JSON.parse(run("--json"));
  expect(roles.map((one: { role: string; face: string }) => [one.role, one.face])).toEqual([
    ["song", "NotoSerifSC-400"],
    ["biaosong", "NotoSerifSC-700"],
    ["fangsong", "NotoSerifSC-400"],
    ["hei", "LXGWWenKai-500"],
    ["kai", "LXGWWenKai-500"],
    ["latin", "NotoSerifSC-400"],
  ]);
  expect(found).toContainEqual(expect.objectContaining({ id: "TestFangSong", unusable: "字体许可不允许嵌入" }));
});
