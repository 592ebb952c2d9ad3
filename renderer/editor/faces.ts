// The editor shows text in the faces it is printed in: each role's first face, fetched from the core when a character
// first needs it. CSS names them gazette-song, gazette-hei and so on.
import { type FontPlan, roles } from "../../shared/layout/fonts.ts";
import { transport } from "../transport.ts";

let registered = false;

export function registerFaces(plan: FontPlan): void {
  if (registered) return;
  registered = true;
  for (const role of roles) {
    const [id] = plan[role].chain;
    if (id) document.fonts.add(new FontFace(`gazette-${role}`, `url("${transport.faceUrl(id)}")`, { display: "swap" }));
  }
}
