// The editor shows text in the faces it is printed in: each role's first face, fetched from the core when a character
// first needs it. CSS names them gazette-song, gazette-hei and so on.
import type { FaceId } from "../../shared/layout/display.ts";
import { type FontPlan, type Role, roles } from "../../shared/layout/fonts.ts";
import { transport } from "../transport.ts";

const registered = new Map<Role, { readonly id: FaceId; readonly face: FontFace }>();

/** Called again with another plan, it changes the faces that are others. */
export function registerFaces(plan: FontPlan): void {
  for (const role of roles) {
    const [id] = plan[role].chain;
    const before = registered.get(role);
    if (id === undefined || id === before?.id) continue;
    if (before) document.fonts.delete(before.face);
    const face = new FontFace(`gazette-${role}`, `url("${transport.faceUrl(id)}")`, { display: "swap" });
    document.fonts.add(face);
    registered.set(role, { id, face });
  }
}
