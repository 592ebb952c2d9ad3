// The font set that layout measures with: which face stands for 宋 小标宋 黑 楷 仿宋 and 西文, and what follows when it
// lacks a character. Main builds it from shipped and installed files, the preview's worker from the bytes main serves; both
// from the same FontPlan, so both get the same lines.
import type { FaceId } from "./display.ts";
import { Face, type FaceBytes } from "./face.ts";

export const roles = ["song", "biaosong", "fangsong", "hei", "kai"] as const;
export type Role = (typeof roles)[number];
export const roleNames: Readonly<Record<Role, string>> = {
  song: "宋体",
  biaosong: "小标宋",
  fangsong: "仿宋",
  hei: "黑体",
  kai: "楷体",
};

/** What a face stands for: a role of text, or 西文, the letters and digits of those roles whose style says so. */
export const faceRoles = [...roles, "latin"] as const;
export type FaceRole = (typeof faceRoles)[number];
export const faceRoleNames: Readonly<Record<FaceRole, string>> = { ...roleNames, latin: "西文" };

export interface RolePlan {
  /** Faces in the order in which a character is looked for; the first is the face of the role. */
  readonly chain: readonly FaceId[];
  /** Set when the role's own typeface is not installed: a sentence for the user (“未安装仿宋，以宋体代替”). */
  readonly substitute: string | null;
}
export type FontPlan = Readonly<Record<FaceRole, RolePlan>>;

/** The shipped faces, 宋 黑 楷, on which every role falls back, character by character; the last has the most foreign
 *  letters (Ł, ź). */
const standIns: readonly FaceId[] = ["NotoSerifSC-400", "NotoSansSC-400", "LXGWWenKai-500"];

/** The faces of a role whose own face is `id`, in order. */
export function faceChain(id: FaceId): readonly FaceId[] {
  return [...new Set([id, ...standIns])];
}

export interface FaceInfo {
  readonly id: FaceId;
  /** Family as shown to the user: 思源宋体. */
  readonly family: string;
  readonly licence: string;
}

/** A face that was found on this machine, for choosing. */
export interface FoundFace extends FaceInfo {
  readonly origin: "随程序提供" | "本机安装";
  /** What its licence allows a file that it is embedded in, in words. */
  readonly embedding: string;
  /** 400 regular, 700 bold. */
  readonly weight: number;
  readonly italic: boolean;
  /** It says of itself that it is made for Chinese. */
  readonly chinese: boolean;
  /** Why it cannot be printed with, as a phrase; null when it can. */
  readonly unusable: string | null;
  /** The roles that it is usually taken for. */
  readonly usual: readonly FaceRole[];
}

/** What an office's typeface must have beside plain text; the last are rare characters of names. */
export const sampleMarks = "〔〕《》“”—…·①②℃㎡％№㵘䶮𬸚堃喆旻";

/** How many characters a face has of GB 2312 (6,763), of the 通用规范汉字表 (8,105), of U+4E00–9FA5 (20,902), and of the
 *  letters and digits (62). */
export interface FaceCoverage {
  readonly gb2312: number;
  readonly standard: number;
  readonly uro: number;
  readonly latin: number;
  /** Those of `sampleMarks` that it lacks. */
  readonly lacking: string;
}

export class Fonts {
  readonly plan: FontPlan;
  private readonly load: (id: FaceId) => Uint8Array | FaceBytes;
  private readonly infos: readonly FaceInfo[];
  private readonly faces = new Map<FaceId, Face>();

  /** `load` gives the bytes of a face; it is called once per face, when the first character needs it. `infos`: what faces
   *  are called in sentences. */
  constructor(plan: FontPlan, load: (id: FaceId) => Uint8Array | FaceBytes, infos: readonly FaceInfo[] = []) {
    this.plan = plan;
    this.load = load;
    this.infos = infos;
  }

  /** Family as shown to the user. */
  family(id: FaceId): string {
    return this.infos.find((face) => face.id === id)?.family ?? id;
  }

  face(id: FaceId): Face {
    let face = this.faces.get(id);
    if (!face) {
      face = new Face(id, this.load(id));
      this.faces.set(id, face);
    }
    return face;
  }
}
