// Typefaces over the API: what the machine offers, what the office chose, and whether an issue would print in other faces
// than the last time.
import type { FontsApi } from "../../shared/api.ts";
import { type FontPlan, faceRoles } from "../../shared/layout/fonts.ts";
import { faceChanges, type PrintedFaces } from "../../shared/layout/printedFaces.ts";
import type { StyleSheet } from "../../shared/layout/style.ts";
import { usedRoles } from "../../shared/layout/usedRoles.ts";
import type { IssueId } from "../../shared/model/notice.ts";
import { planFaces } from "../fonts/facePlan.ts";
import type { CoreContext } from "./context.ts";

export function fontCalls(core: CoreContext): FontsApi {
  const { office, emit } = core;
  return {
    async fontState() {
      if (office.refresh()) emit({ type: "fontsChanged" });
      const { plan } = office.set;
      const usual = planFaces(office.set.installed, {}).plan;
      const roles = faceRoles.map((role) => {
        const { chain, substitute } = plan[role];
        const [face = ""] = chain;
        return { role, face, chosen: office.chosen(role), usual: usual[role].chain[0] ?? face, substitute };
      });
      return { roles, found: office.found(), trouble: office.trouble };
    },
    async faceCoverage(id) {
      await office.prepare(id);
      const { sha256: _, ...coverage } = office.facts(id);
      return coverage;
    },
    async chooseFace(role, id) {
      if (id !== null) await office.prepare(id);
      office.choose(role, id);
      emit({ type: "fontsChanged" });
    },
    async changedFaces(issue) {
      return changedFaces(core, issue);
    },
  };
}

/** A sentence for each face that is not as it was when the issue was last exported. */
export async function changedFaces({ store, office }: CoreContext, issue: IssueId): Promise<string[]> {
  const printed = store.printedFaces.find(issue);
  if (!printed) return [];
  for (const { chain } of Object.values(office.set.plan)) for (const id of chain) await office.prepare(id);
  const families = new Map(office.found().map((face) => [face.id, face.family]));
  return faceChanges(printed, {
    plan: office.set.plan,
    family: (id) => families.get(id) ?? id,
    sha256: (id) => office.facts(id).sha256,
  });
}

/** What is recorded of an export; `faces`: those that its sheet names. */
export function printedFaces(plan: FontPlan, style: StyleSheet, faces: PrintedFaces["faces"]): PrintedFaces {
  const roles = Array.from(usedRoles(style), (role) => [role, plan[role].chain[0]] as const);
  return { roles: Object.fromEntries(roles), faces: faces.map(({ id, family, sha256 }) => ({ id, family, sha256 })) };
}
