// The faces of an office over the API: what is found, what is chosen and kept, and what is said when an issue would print
// in other faces than the last time.
import { existsSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { type Core, openCore } from "../../main/core.ts";
import { readSheet } from "../../main/export/pressSheet.ts";
import { unpackFace } from "../../main/fonts/container.ts";
import { openFaces } from "../../main/fonts/faces.ts";
import type { CoreEvent } from "../../shared/api.ts";
import type { FaceRole } from "../../shared/layout/fonts.ts";
import { testClock, testFolder } from "../store/folder.ts";
import { latinFace } from "./cffFaces.ts";
import { inUtf16, type NameRecord, postScript, renamed, smallFace, utf16 } from "./smallFaces.ts";

const shipped = openFaces({ installed: [] });
const fangsong = (fsType = 0) => renamed(shipped.bytes("NotoSansSC-400"), [inUtf16, postScript], { fsType });
const named = (family: string, id: string): NameRecord[] => [
  { ...inUtf16, bytes: utf16(family) },
  { ...postScript, bytes: utf16(id) },
];

/** A core whose machine has the fonts of a folder, and what it tells. */
function open(folder: string, fonts: string): { core: Core; told: CoreEvent[] } {
  const onError = (error: unknown) => expect.unreachable(String(error));
  const core = openCore(folder, { clock: testClock(), faces: { installed: [fonts] }, onError });
  onTestFinished(() => core.close());
  const told: CoreEvent[] = [];
  core.onEvent((event) => event.type !== "changed" && event.type !== "exportProgress" && told.push(event));
  return { core, told };
}

async function roleOf(core: Core, role: FaceRole) {
  const { roles } = await core.api.fontState();
  return roles.find((one) => one.role === role);
}

describe("choosing", () => {
  test("a face that is installed meanwhile is found, and stands for its role at once", async () => {
    const fonts = testFolder();
    const { core, told } = open(testFolder(), fonts);
    expect(await roleOf(core, "fangsong")).toMatchObject({ face: "NotoSerifSC-400", chosen: null });
    writeFileSync(join(fonts, "simfang.ttf"), smallFace([inUtf16, postScript]));
    expect(await roleOf(core, "fangsong")).toEqual({
      role: "fangsong",
      face: "TestFangSong",
      chosen: null,
      usual: "TestFangSong",
      substitute: null,
    });
    expect(told).toEqual([{ type: "fontsChanged" }]);
    await core.api.fontState();
    expect(told).toHaveLength(1);
  });

  test("is kept over a restart, and taken back", async () => {
    const [folder, fonts] = [testFolder(), testFolder()];
    writeFileSync(join(fonts, "a.ttf"), renamed(shipped.bytes("NotoSansSC-400"), named("示例小标宋", "ShiLi")));
    const first = open(folder, fonts);
    await first.core.api.chooseFace("biaosong", "ShiLi");
    expect((await first.core.api.appInfo()).fonts.biaosong.chain[0]).toBe("ShiLi");
    expect(first.told).toEqual([{ type: "fontsChanged" }]);
    await first.core.close();
    const second = open(folder, fonts);
    expect(await roleOf(second.core, "biaosong")).toMatchObject({ face: "ShiLi", chosen: "ShiLi", substitute: null });
    await second.core.api.chooseFace("biaosong", null);
    expect(await roleOf(second.core, "biaosong")).toMatchObject({ face: "NotoSerifSC-700", chosen: null });
  });

  test("a shipped face may stand for another role", async () => {
    const { core } = open(testFolder(), testFolder());
    await core.api.chooseFace("fangsong", "LXGWWenKai-500");
    expect(await roleOf(core, "fangsong")).toMatchObject({ face: "LXGWWenKai-500", substitute: null });
  });

  test("a chosen face that is gone is told by its name, with what stands in", async () => {
    const [folder, fonts] = [testFolder(), testFolder()];
    const file = join(fonts, "a.ttf");
    writeFileSync(file, renamed(shipped.bytes("NotoSansSC-400"), named("示例楷", "ShiLiKai")));
    const { core } = open(folder, fonts);
    await core.api.chooseFace("kai", "ShiLiKai");
    rmSync(file);
    expect(await roleOf(core, "kai")).toEqual({
      role: "kai",
      face: "LXGWWenKai-500",
      chosen: "ShiLiKai",
      usual: "LXGWWenKai-500",
      substitute: "楷体选定的“示例楷”已不在本机，以霞鹜文楷代替",
    });
  });

  test.each<[string, () => Uint8Array, string]>([
    ["may not be embedded", () => fangsong(2), "“仿宋”不能用于付印：字体许可不允许嵌入，请另选字体。"],
    ["may not be subset", () => fangsong(0x100), "“仿宋”不能用于付印：字体许可不允许子集嵌入，请另选字体。"],
    [
      "holds nothing behind its header",
      () => smallFace([inUtf16, postScript]),
      "字体“仿宋”的文件已损坏，不能用，请另选字体。",
    ],
  ])("a face that %s is refused with a sentence, and nothing changes", async (_, face, message) => {
    const [folder, fonts] = [testFolder(), testFolder()];
    writeFileSync(join(fonts, "f.ttf"), face());
    const { core, told } = open(folder, fonts);
    await expect(core.api.chooseFace("hei", "TestFangSong")).rejects.toMatchObject({ message });
    await expect(core.api.chooseFace("hei", "NoSuchFace")).rejects.toMatchObject({ code: "notFound" });
    expect(told).toEqual([]);
    expect(existsSync(join(folder, "fonts.json"))).toBe(false);
  });

  test("a record of choices that cannot be read is told, and the usual faces are used", async () => {
    const folder = testFolder();
    writeFileSync(join(folder, "fonts.json"), '{"format":1,"roles":{"song":');
    const { trouble, roles } = await open(folder, testFolder()).core.api.fontState();
    expect(trouble).toContain("fonts.json 读不出来");
    expect(roles[0]).toMatchObject({ role: "song", face: "NotoSerifSC-400" });
  });
});

describe("coverage", () => {
  test("counts characters, and is remembered while the file stays the same", async () => {
    const [folder, fonts] = [testFolder(), testFolder()];
    const file = join(fonts, "f.ttf");
    const at = new Date("2026-01-02T03:04:05Z");
    const bytes = fangsong();
    writeFileSync(file, bytes);
    utimesSync(file, at, at);
    const all = { gb2312: 6763, standard: 8105, uro: 20902, latin: 62, lacking: "" };
    const first = open(folder, fonts);
    expect(await first.core.api.faceCoverage("TestFangSong")).toEqual(all);
    await first.core.close();
    writeFileSync(file, new Uint8Array(bytes.length));
    utimesSync(file, at, at);
    const second = open(folder, fonts);
    expect(await second.core.api.faceCoverage("TestFangSong")).toEqual(all);
    await second.core.close();
    utimesSync(file, at, new Date("2026-01-02T03:04:06Z"));
    const third = open(folder, fonts);
    await expect(third.core.api.faceCoverage("TestFangSong")).rejects.toMatchObject({ code: "notFound" });
  });

  test("a memory that was damaged is set aside", async () => {
    const folder = testFolder();
    writeFileSync(join(folder, "fonts-seen.json"), '{"format":1,"entries":[{"path":5}]}');
    const { api } = open(folder, testFolder()).core;
    expect(await api.faceCoverage("LXGWWenKai-500")).toMatchObject({ gb2312: 6763, standard: 8105 });
  });
});

test("PostScript outlines are redrawn once, and kept where they can be had again", async () => {
  vi.stubEnv("GAZETTE_CACHE", "");
  onTestFinished(() => void vi.unstubAllEnvs());
  const [folder, fonts] = [testFolder(), testFolder()];
  writeFileSync(join(fonts, "f.otf"), latinFace());
  const { core } = open(folder, fonts);
  expect(await core.api.faceCoverage("TestFangSong")).toMatchObject({ gb2312: 0, latin: 62 });
  await core.api.chooseFace("latin", "TestFangSong");
  await expect(core.api.chooseFace("song", "TestFangSong")).rejects.toMatchObject({
    message: "“仿宋”没有汉字，请另选字体。",
  });
  expect(readdirSync(join(folder, "cache", "faces"))).toHaveLength(1);
  const plain = await core.face("TestFangSong");
  expect(Buffer.from(plain).equals(Buffer.from(unpackFace(latinFace())))).toBe(true);
});

test("an issue tells when it would print in other faces than the last time, and its 付印单 does", async () => {
  const fonts = testFolder();
  const { core } = open(testFolder(), fonts);
  const { id, style } = await core.api.createSample({ client: "test", seq: 1 });
  expect(await core.api.changedFaces(id)).toEqual([]);
  await exported(core, id, style);
  expect(await core.api.changedFaces(id)).toEqual([]);
  await core.api.chooseFace("kai", "NotoSansSC-400");
  const sentence =
    "楷体上次导出用“霞鹜文楷”，现在用“思源黑体”，换行和页码可能变动：要同上次一样，请装回原来的字体，并在“字体”中选定它；就用现在的，请重看版面。";
  expect(await core.api.changedFaces(id)).toEqual([sentence]);
  const { report, sheet } = await exported(core, id, style);
  expect(report.warnings[0]).toEqual({ code: "changedFace", message: sentence });
  expect(sheet.warnings[0]).toEqual({ page: "", message: sentence });
  expect(await core.api.changedFaces(id)).toEqual([]);
}, 60_000);

async function exported(core: Core, id: string, style: string) {
  const ended = new Promise<CoreEvent>((resolve) => {
    const stop = core.onEvent((event) => {
      if (event.type !== "exportDone" && event.type !== "exportFailed") return;
      stop();
      resolve(event);
    });
  });
  await core.api.startExport(id, style, "screen");
  const done = await ended;
  if (done.type !== "exportDone") throw new Error(JSON.stringify(done));
  const path = core.download(done.sheetData?.download ?? "")?.path ?? "";
  return { report: done.report, sheet: readSheet(readFileSync(path, "utf8"), "付印单.json") };
}
