// Which face stands for which role: what the office chose, else the first of a role's usual typefaces that is installed,
// else the face that is shipped.
import type { FaceId } from "../../shared/layout/display.ts";
import {
  type FaceInfo,
  type FaceRole,
  type FontPlan,
  type FoundFace,
  faceChain,
  faceRoleNames,
  type RolePlan,
} from "../../shared/layout/fonts.ts";
import type { FaceChoices } from "./choices.ts";
import type { InstalledFace } from "./installed.ts";

export interface ShippedFace extends FaceInfo {
  readonly weight: number;
  /** The file in its npm package; a packaged program may keep the files of all packages in one folder. */
  readonly file: string;
}

const ofl = "SIL Open Font License 1.1";
export const shippedFaces: readonly ShippedFace[] = [
  {
    id: "NotoSerifSC-400",
    family: "思源宋体",
    licence: ofl,
    weight: 400,
    file: "@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf",
  },
  {
    id: "NotoSerifSC-700",
    family: "思源宋体 粗体",
    licence: ofl,
    weight: 700,
    file: "@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf",
  },
  {
    id: "NotoSansSC-400",
    family: "思源黑体",
    licence: ofl,
    weight: 400,
    file: "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf",
  },
  {
    id: "LXGWWenKai-500",
    family: "霞鹜文楷",
    licence: ofl,
    weight: 500,
    file: "@fontsource/lxgw-wenkai/files/lxgw-wenkai-latin-500-normal.woff",
  },
];
const song = "NotoSerifSC-400";
const hei = "NotoSansSC-400";
const kai = "LXGWWenKai-500";

/** The usual typefaces of a role by their installed names, best first, and the shipped face when there is none: those
 *  that GB/T 9704 offices use, then those of the systems. */
const usual: Readonly<Record<FaceRole, { readonly names: readonly string[]; readonly shipped: FaceId }>> = {
  song: { names: ["宋体", "SimSun", "方正书宋_GBK", "FZShuSong-Z01"], shipped: song },
  biaosong: {
    names: [
      "方正小标宋简体",
      "FZXiaoBiaoSong-B05S",
      "FZXBSJW--GB1-0",
      "方正小标宋_GBK",
      "FZXiaoBiaoSong-B05",
      "FZXBSK--GBK1-0",
      "方正小标宋_GB18030",
      "CESI小标宋-GB2312",
      "华文中宋",
      "STZhongsong",
    ],
    shipped: "NotoSerifSC-700",
  },
  fangsong: {
    names: [
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
    ],
    shipped: song,
  },
  hei: { names: ["黑体", "SimHei", "方正黑体_GBK", "FZHei-B01", "CESI黑体-GB2312", "CESI黑体"], shipped: hei },
  kai: {
    names: [
      "楷体_GB2312",
      "KaiTi_GB2312",
      "楷体",
      "KaiTi",
      "方正楷体_GBK",
      "FZKai-Z03",
      "CESI楷体-GB2312",
      "华文楷体",
      "STKaiti",
    ],
    shipped: kai,
  },
  latin: { names: ["Times New Roman"], shipped: song },
};

/** Faces that can stand for a role, and those that cannot with the reason: the shipped ones, then the installed ones. */
export function foundFaces(installed: readonly InstalledFace[]): FoundFace[] {
  const own = new Set(shippedFaces.map((face) => face.id));
  return [
    ...shippedFaces.map(({ id, family, licence, weight }): FoundFace => {
      const about = { weight, italic: false, chinese: true, unusable: null, usual: usualRoles((name) => name === id) };
      return { id, family, licence, origin: "随程序提供", embedding: "开源许可，可以嵌入和分发", ...about };
    }),
    ...installed
      .filter((face) => !own.has(face.id))
      .map(
        ({ id, family, names, weight, italic, chinese, fsType, outlines }): FoundFace => ({
          id,
          family,
          licence: installedLicence,
          origin: "本机安装",
          embedding: embeddingRight(fsType),
          weight,
          italic,
          chinese,
          unusable: refusal(outlines, fsType),
          usual: usualRoles((name) => names.includes(name)),
        }),
      ),
  ];
}

const installedLicence = "本机安装的字体";

function usualRoles(isNamed: (name: string) => boolean): FaceRole[] {
  return Object.entries(usual).flatMap(([role, { names, shipped }]) =>
    isKey(role, usual) && [...names, shipped].some(isNamed) ? [role] : [],
  );
}

function isKey<K extends string>(key: string, record: Readonly<Record<K, unknown>>): key is K {
  return Object.hasOwn(record, key);
}

/** OS/2 fsType: 2 forbids embedding, 0x100 subsetting, 0x200 anything but bitmaps; 4 and 8 allow documents. */
function refusal(outlines: InstalledFace["outlines"], fsType: number): string | null {
  if ((fsType & 0xf) === 2) return "字体许可不允许嵌入";
  if (fsType & 0x100) return "字体许可不允许子集嵌入";
  if (fsType & 0x200) return "字体许可只允许嵌入点阵";
  return outlines === null ? "字体文件不全，或者没有汉字编码" : null;
}

function embeddingRight(fsType: number): string {
  if ((fsType & 0xf) === 2) return "许可不允许嵌入文件";
  if (fsType & 0x100) return "许可只允许整套嵌入，不允许只嵌入用到的字";
  if (fsType & 0x200) return "许可只允许嵌入点阵字形";
  if (fsType & 4) return "可以嵌入，供阅读和打印";
  return fsType & 8 ? "可以嵌入，供阅读、打印和编辑" : "可以嵌入，没有限制";
}

export interface FacePlan {
  readonly plan: FontPlan;
  /** The shipped faces, then the installed ones that some role is set in. */
  readonly infos: readonly FaceInfo[];
}

export function planFaces(installed: readonly InstalledFace[], choices: FaceChoices): FacePlan {
  const found = new Map(foundFaces(installed).map((face) => [face.id, face]));
  const nameOf = (id: FaceId) => found.get(id)?.family ?? id;

  const planRole = (role: FaceRole): RolePlan => {
    const { face, reason } = usualFace(installed, found, role);
    const first = face ?? usual[role].shipped;
    const choice = choices[role];
    if (!choice) {
      const substitute = role === "fangsong" && !face ? `${reason || "未安装仿宋"}，以宋体代替` : null;
      return { chain: faceChain(first), substitute };
    }
    const chosen = found.get(choice.id);
    if (chosen && chosen.unusable === null) return { chain: faceChain(chosen.id), substitute: null };
    const why = chosen ? `不能用于付印（${chosen.unusable}）` : "已不在本机";
    return {
      chain: faceChain(first),
      substitute: `${faceRoleNames[role]}选定的“${choice.family}”${why}，以${nameOf(first)}代替`,
    };
  };
  const plan: FontPlan = {
    song: planRole("song"),
    biaosong: planRole("biaosong"),
    fangsong: planRole("fangsong"),
    hei: planRole("hei"),
    kai: planRole("kai"),
    latin: planRole("latin"),
  };
  const used = new Set(Object.values(plan).map((role) => role.chain[0]));
  const infos = [...found.values()].filter((face) => face.origin === "随程序提供" || used.has(face.id));
  return { plan, infos: infos.map(({ id, family, licence }) => ({ id, family, licence })) };
}

/** The first usual typeface of a role that can be printed with; of one name the upright face nearest to regular. With
 *  none, the reason of the best that cannot. */
function usualFace(
  installed: readonly InstalledFace[],
  found: ReadonlyMap<FaceId, FoundFace>,
  role: FaceRole,
): { readonly face: FaceId | null; readonly reason: string } {
  let reason = "";
  for (const name of usual[role].names) {
    const named = installed
      .filter((face) => face.names.includes(name))
      .sort((a, b) => Number(a.italic) - Number(b.italic) || Math.abs(a.weight - 400) - Math.abs(b.weight - 400));
    for (const { id } of named) {
      const face = found.get(id);
      if (face?.unusable === null) return { face: id, reason: "" };
      if (face) reason = `已安装的${name}不能用于付印（${face.unusable}）`;
    }
  }
  return { face: null, reason };
}
