// The faces that an issue was last exported with, and what a change of them since then means: another face has other
// widths, so lines may end elsewhere than in the pages that were looked at.
import type { FaceId } from "./display.ts";
import { type FaceRole, type FontPlan, faceRoleNames, faceRoles } from "./fonts.ts";

export interface PrintedFaces {
  /** The face of each role that the style sets anything in. */
  readonly roles: Readonly<Partial<Record<FaceRole, FaceId>>>;
  /** Every face that some glyph was from, with the SHA-256 of its bytes. */
  readonly faces: readonly { readonly id: FaceId; readonly family: string; readonly sha256: string }[];
}

/** The faces as they are now. */
export interface FacesNow {
  readonly plan: FontPlan;
  /** Family as shown to the user. */
  family(id: FaceId): string;
  sha256(id: FaceId): string;
}

/** A sentence for each role that is set in another face than it was, or in another version of it. */
export function faceChanges({ roles, faces }: PrintedFaces, now: FacesNow): string[] {
  const printed = new Map(faces.map((face) => [face.id, face]));
  const changed = new Map<FaceId, boolean>();
  const isOther = (id: FaceId, sha256: string): boolean => {
    const known = changed.get(id) ?? now.sha256(id) !== sha256;
    changed.set(id, known);
    return known;
  };
  const told = new Set<FaceId>();
  const sentences = faceRoles.flatMap((role): string[] => {
    const before = roles[role];
    const was = before === undefined ? undefined : printed.get(before);
    // Nothing was set in this role, so nothing can move.
    if (!was) return [];
    told.add(was.id);
    const { chain, substitute } = now.plan[role];
    const [id = was.id] = chain;
    const name = faceRoleNames[role];
    if (id !== was.id) {
      const why = substitute === null ? "" : `（${substitute}）`;
      return [
        `${name}上次导出用“${was.family}”，现在用“${now.family(id)}”${why}，换行和页码可能变动：要同上次一样，请装回原来的字体，并在“字体”中选定它；就用现在的，请重看版面。`,
      ];
    }
    return isOther(id, was.sha256)
      ? [`${name}所用的“${was.family}”换过版本，与上次导出时不同，换行和页码可能变动，请重看版面。`]
      : [];
  });
  const inUse = new Set(Object.values(now.plan).flatMap(({ chain }) => chain));
  const standIns = faces.filter(({ id, sha256 }) => !told.has(id) && inUse.has(id) && isOther(id, sha256));
  return [
    ...sentences,
    ...standIns.map(({ family }) => `补缺字的“${family}”换过版本，与上次导出时不同，请重看版面中用它补的字。`),
  ];
}
