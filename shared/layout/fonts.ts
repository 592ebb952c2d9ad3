// The font set that layout measures with: which face stands for 宋 小标宋 黑 楷 仿宋, and what follows when it lacks a
// character. Main builds it from shipped and installed files, the preview's worker from the bytes main serves; both
// from the same FontPlan, so both get the same lines.
import type { FaceId } from "./display.ts";
import { Face } from "./face.ts";

export const roles = ["song", "biaosong", "fangsong", "hei", "kai"] as const;
export type Role = (typeof roles)[number];
export const roleNames: Readonly<Record<Role, string>> = {
  song: "宋体",
  biaosong: "小标宋",
  fangsong: "仿宋",
  hei: "黑体",
  kai: "楷体",
};

export interface RolePlan {
  /** Faces in the order in which a character is looked for; the first is the face of the role. */
  readonly chain: readonly FaceId[];
  /** Set when the role's own typeface is not installed: a sentence for the user (“未安装仿宋，以宋体代替”). */
  readonly substitute: string | null;
}
export type FontPlan = Readonly<Record<Role, RolePlan>>;

export interface FaceInfo {
  readonly id: FaceId;
  /** Family as shown to the user: 思源宋体. */
  readonly family: string;
  readonly licence: string;
}

export class Fonts {
  readonly plan: FontPlan;
  private readonly load: (id: FaceId) => Uint8Array;
  private readonly faces = new Map<FaceId, Face>();

  /** `load` gives the bytes of a face; it is called once per face, when the first character needs it. */
  constructor(plan: FontPlan, load: (id: FaceId) => Uint8Array) {
    this.plan = plan;
    this.load = load;
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
