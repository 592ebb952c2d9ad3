// The faces the program prints with: four that are shipped (OFL, TrueType outlines, full coverage of the 通用规范汉字表)
// and, for 仿宋, which no free licence offers, one that the user has installed. Every role falls back, character by
// character, on the shipped 宋, 黑 and 楷; the last has the most foreign letters (Ł, ź).
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import type { FaceId } from "../../shared/layout/display.ts";
import { type FaceInfo, type FontPlan, Fonts } from "../../shared/layout/fonts.ts";
import { unpackFace } from "./container.ts";
import { type InstalledFace, installedFaces } from "./installed.ts";

interface ShippedFace extends FaceInfo {
  /** The file in its npm package; a packaged program may keep the files of all packages in one folder. */
  readonly file: string;
}

const ofl = "SIL Open Font License 1.1";
const shipped: readonly ShippedFace[] = [
  {
    id: "NotoSerifSC-400",
    family: "思源宋体",
    licence: ofl,
    file: "@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf",
  },
  {
    id: "NotoSerifSC-700",
    family: "思源宋体 粗体",
    licence: ofl,
    file: "@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf",
  },
  {
    id: "NotoSansSC-400",
    family: "思源黑体",
    licence: ofl,
    file: "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf",
  },
  {
    id: "LXGWWenKai-500",
    family: "霞鹜文楷",
    licence: ofl,
    file: "@fontsource/lxgw-wenkai/files/lxgw-wenkai-latin-500-normal.woff",
  },
];
const song = "NotoSerifSC-400";
const hei = "NotoSansSC-400";
const kai = "LXGWWenKai-500";

/** Installed faces that may stand for 仿宋, best first: the one GB/T 9704 offices use, then those of the systems. */
const fangsongNames = [
  "仿宋_GB2312",
  "FangSong_GB2312",
  "方正仿宋_GBK",
  "FZFangSong-Z02",
  "方正仿宋_GB18030",
  "方正仿宋简体",
  "CESI仿宋-GB2312",
  "仿宋",
  "FangSong",
  "华文仿宋",
  "STFangsong",
  "朱雀仿宋",
  "Zhuque Fangsong",
  "Zhuque Fangsong (technical preview)",
];

export interface FaceOptions {
  /** A folder that holds the shipped files under their base names; absent: the npm packages. */
  readonly folder?: string;
  /** Where installed fonts are looked for; absent: the folders of the system. */
  readonly installed?: readonly string[];
}

export interface FaceSet {
  readonly plan: FontPlan;
  /** Every face of the plan. */
  readonly infos: readonly FaceInfo[];
  readonly fonts: Fonts;
  /** A face as one plain sfnt with TrueType outlines, read on first use. Throws RangeError for an unknown id. */
  bytes(id: FaceId): Uint8Array;
}

/** Lists the installed fonts (some 30 ms); no face is read before its first character is asked for. */
export function openFaces(options: FaceOptions = {}): FaceSet {
  const fangsong = chooseFangsong(installedFaces(options.installed));
  const loaded = new Map<FaceId, Uint8Array>();
  const bytes = (id: FaceId): Uint8Array => {
    let face = loaded.get(id);
    if (!face) {
      face = fangsong.face && id === fangsong.face.postScript ? loadInstalled(fangsong.face) : loadShipped(id, options);
      loaded.set(id, face);
    }
    return face;
  };
  const plan = fontPlan(fangsong);
  const infos: FaceInfo[] = shipped.map(({ id, family, licence }) => ({ id, family, licence }));
  if (fangsong.face)
    infos.push({ id: fangsong.face.postScript, family: fangsong.face.names[0] ?? "仿宋", licence: "本机安装的字体" });
  return { plan, infos, bytes, fonts: new Fonts(plan, bytes) };
}

/** The font set alone, for those who only measure or write. */
export function openFonts(options: FaceOptions = {}): Fonts {
  return openFaces(options).fonts;
}

interface Fangsong {
  readonly face: InstalledFace | null;
  /** Why there is none, when there is none. */
  readonly reason: string;
}

function chooseFangsong(installed: readonly InstalledFace[]): Fangsong {
  let reason = "未安装仿宋";
  for (const name of fangsongNames)
    for (const face of installed) {
      if (!face.names.includes(name)) continue;
      if (face.unusable === null && /^[\w-]+$/.test(face.postScript)) return { face, reason: "" };
      reason = `已安装的${name}不能用于付印（${face.unusable ?? "字体名称不全"}）`;
    }
  return { face: null, reason };
}

function fontPlan(fangsong: Fangsong): FontPlan {
  const role = (...chain: FaceId[]) => ({ chain: [...new Set([...chain, song, hei, kai])], substitute: null });
  return {
    song: role(song),
    biaosong: role("NotoSerifSC-700"),
    fangsong: fangsong.face
      ? role(fangsong.face.postScript)
      : { ...role(song), substitute: `${fangsong.reason}，以宋体代替` },
    hei: role(hei),
    kai: role(kai),
  };
}

function loadShipped(id: FaceId, options: FaceOptions): Uint8Array {
  const face = shipped.find((candidate) => candidate.id === id);
  if (!face) throw new RangeError(`no face ${id}`);
  const path = options.folder
    ? join(options.folder, basename(face.file))
    : createRequire(import.meta.url).resolve(face.file);
  return unpackFace(readFileSync(path));
}

function loadInstalled(face: InstalledFace): Uint8Array {
  return unpackFace(readFileSync(face.path), face.face);
}
