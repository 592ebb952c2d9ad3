// Which face stands for which role, and that the files of the packages are what the rest takes them for.
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { unpackFace } from "../../main/fonts/container.ts";
import { openFaces } from "../../main/fonts/faces.ts";
import { installedFaces } from "../../main/fonts/installed.ts";
import { Face } from "../../shared/layout/face.ts";
import { roles } from "../../shared/layout/fonts.ts";
import { paintFace } from "../../shared/layout/paintFace.ts";
import { collected, fangsongGbk, inUtf16, latin, type NameRecord, postScript, smallFace, utf16 } from "./smallFaces.ts";

const folder = mkdtempSync(join(tmpdir(), "zhengbao-fonts-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const none = openFaces({ installed: [] });

let places = 0;
function placed(...files: [name: string, bytes: Uint8Array][]): string {
  const place = join(folder, String(++places));
  mkdirSync(place);
  for (const [name, bytes] of files) writeFileSync(join(place, name), bytes);
  return place;
}

describe("shipped faces", () => {
  test("every role falls back on all of 宋, 黑 and 楷", () => {
    for (const role of roles)
      expect(none.plan[role].chain).toEqual(
        expect.arrayContaining(["NotoSerifSC-400", "NotoSansSC-400", "LXGWWenKai-500"]),
      );
    expect(none.plan.song.chain[0]).toBe("NotoSerifSC-400");
    expect(none.plan.biaosong.chain[0]).toBe("NotoSerifSC-700");
    expect(none.plan.hei.chain[0]).toBe("NotoSansSC-400");
    expect(none.plan.kai.chain[0]).toBe("LXGWWenKai-500");
  });

  test.each(none.infos.map((info) => info.id))("%s has the characters of official text", (id) => {
    const face = none.fonts.face(id);
    const missing = Array.from("第一条〔2026〕①—…“”《》（），。：；？！、·℃％￥№").filter(
      (c) => face.glyph(c.codePointAt(0) ?? 0) === 0,
    );
    expect(missing).toEqual([]);
  });

  test("a joined dash of two em is found in 宋, 小标宋 and 黑", () => {
    for (const id of ["NotoSerifSC-400", "NotoSerifSC-700", "NotoSansSC-400"]) {
      const face = none.fonts.face(id);
      expect(face.advance(face.ligature("——"))).toBe(2);
    }
  });

  test("a packaged program finds the same files in one folder", () => {
    const file = "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf";
    const path = createRequire(import.meta.url).resolve(file);
    const place = placed();
    copyFileSync(path, join(place, basename(file)));
    const packaged = openFaces({ folder: place, installed: [] });
    expect(packaged.bytes("NotoSansSC-400").length).toBe(none.bytes("NotoSansSC-400").length);
  });

  test("an unknown face is a programmer's mistake", () => {
    expect(() => none.bytes("NoSuchFace")).toThrow(RangeError);
  });
});

describe("仿宋", () => {
  test("that is not installed is replaced by 宋, with a sentence", () => {
    expect(none.plan.fangsong).toEqual({
      chain: ["NotoSerifSC-400", "NotoSansSC-400", "LXGWWenKai-500"],
      substitute: "未安装仿宋，以宋体代替",
    });
  });

  test("that is installed is used, and is listed with its name", () => {
    const faces = openFaces({ installed: [placed(["simfang.ttf", smallFace([inUtf16, postScript])])] });
    expect(faces.plan.fangsong).toEqual({
      chain: ["TestFangSong", "NotoSerifSC-400", "NotoSansSC-400", "LXGWWenKai-500"],
      substitute: null,
    });
    expect(faces.infos.at(-1)).toEqual({ id: "TestFangSong", family: "仿宋", licence: "本机安装的字体" });
  });

  test("the office's 仿宋_GB2312 goes before the system's", () => {
    const gb: NameRecord[] = [
      { ...inUtf16, bytes: utf16("仿宋_GB2312") },
      { ...postScript, bytes: utf16("FangSongGB") },
    ];
    const place = placed(["a.ttf", smallFace([inUtf16, postScript])], ["z.ttf", smallFace(gb)]);
    expect(openFaces({ installed: [place] }).plan.fangsong.chain[0]).toBe("FangSongGB");
  });

  test.each([
    ["forbids embedding", { fsType: 2 }, "字体许可不允许嵌入"],
    ["forbids subsets", { fsType: 0x100 }, "字体许可不允许子集嵌入"],
    ["allows bitmaps only", { fsType: 0x200 }, "字体许可只允许嵌入点阵"],
    ["has no Unicode cmap", { unicode: false }, "字体文件不全，或者没有汉字编码"],
  ])("that %s is not used, and the sentence says why", (_, options, reason) => {
    const faces = openFaces({ installed: [placed(["f.ttf", smallFace([inUtf16, postScript], options)])] });
    expect(faces.plan.fangsong.substitute).toBe(`已安装的仿宋不能用于付印（${reason}），以宋体代替`);
  });

  test("with PostScript outlines is used too", () => {
    const faces = openFaces({ installed: [placed(["f.otf", smallFace([inUtf16, postScript], { outlines: "CFF " })])] });
    expect(faces.plan.fangsong.chain[0]).toBe("TestFangSong");
  });

  test.each([4, 8])("with fsType %i may stand in documents", (fsType) => {
    const faces = openFaces({ installed: [placed(["f.ttf", smallFace([inUtf16, postScript], { fsType })])] });
    expect(faces.plan.fangsong.substitute).toBeNull();
  });
});

describe("installed fonts", () => {
  test.each<[string, NameRecord]>([
    ["Windows Unicode", inUtf16],
    ["Windows GBK", { platform: 3, encoding: 3, id: 1, bytes: Uint8Array.from(fangsongGbk) }],
    ["Macintosh GBK", { platform: 1, encoding: 25, id: 1, bytes: Uint8Array.from(fangsongGbk) }],
    ["Unicode platform", { platform: 0, encoding: 3, id: 16, bytes: utf16("仿宋") }],
  ])("names of the %s kind are read", (_, record) => {
    const [face] = installedFaces([placed(["f.ttf", smallFace([record, postScript])])]);
    expect(face?.names).toContain("仿宋");
  });

  test("a PostScript name of the Macintosh kind is read", () => {
    const record: NameRecord = { platform: 1, encoding: 0, id: 6, bytes: latin("MacFang") };
    expect(installedFaces([placed(["f.ttf", smallFace([record])])])[0]?.id).toBe("MacFang");
  });

  test("what is no font, is cut off, or leads nowhere is passed over; folders are walked once", () => {
    const place = placed(
      ["a.ttf", smallFace([inUtf16, postScript])],
      ["text.ttf", latin("no font at all")],
      ["empty.otf", new Uint8Array()],
      ["readme.txt", latin("x")],
    );
    symlinkSync(join(place, "gone.ttf"), join(place, "dangling.ttf"));
    symlinkSync(place, join(place, "again"));
    expect(installedFaces([place, join(folder, "missing")]).map((face) => face.id)).toEqual(["TestFangSong"]);
  });

  test("the faces of a collection are listed apart, and each can be taken out", () => {
    const [first, second] = ["First", "Second"].map((name) => smallFace([{ ...postScript, bytes: utf16(name) }]));
    if (!first || !second) throw new RangeError("two faces are made");
    const collection = collected([first, second]);
    const faces = installedFaces([placed(["f.ttc", collection])]);
    expect(faces.map(({ face, id }) => [face, id])).toEqual([
      [0, "First"],
      [1, "Second"],
    ]);
    expect(Buffer.from(unpackFace(collection, 1)).equals(Buffer.from(second))).toBe(true);
    expect(() => unpackFace(collection, 2)).toThrow(RangeError);
  });
});

describe("the face for painting", () => {
  const source = none.fonts.face("NotoSansSC-400");
  const painted = new Face("paint", paintFace(source));

  test("paints glyph g as U+F0000+g, with its advance and outline", () => {
    for (const character of "第条，《a1—") {
      const gid = source.glyph(character.codePointAt(0) ?? 0);
      expect(painted.glyph(0xf0000 + gid)).toBe(gid);
      expect(painted.advance(gid)).toBe(source.advance(gid));
      expect(painted.inkBox(gid)).toEqual(source.inkBox(gid));
    }
  });

  test("has nothing left to shape by", () => {
    for (const tag of ["GSUB", "GPOS", "GDEF", "fpgm", "cvt "])
      expect(() => painted.tableBytes(tag)).toThrow(RangeError);
    expect(painted.glyph("第".codePointAt(0) ?? 0)).toBe(0);
  });
});

test("a woff that was cut off is a damaged file, not a face", () => {
  const file = createRequire(import.meta.url).resolve(
    "@fontsource/lxgw-wenkai/files/lxgw-wenkai-latin-500-normal.woff",
  );
  expect(() => unpackFace(readFileSync(file).subarray(0, 100_000))).toThrow();
});
