// The export of a 总目录 as this window sees it.
import type { AnnualOrder } from "../../shared/layout/annual.ts";
import type { Profile } from "../../shared/model/profile.ts";
import { jobStore } from "../export/job.ts";
import { transport } from "../transport.ts";
import { useWorkspace } from "../workspace.ts";

export interface AnnualChoice {
  readonly year: number;
  readonly order: AnnualOrder;
  /** Name of the house style. */
  readonly style: string;
  readonly profile: Profile;
}

export const useAnnual = jobStore<AnnualChoice>();

export async function startAnnual(choice: AnnualChoice): Promise<void> {
  const { year, style, order, profile } = choice;
  // By the condition, and bound in the way, that issues are printed by; it has no cover to stand apart.
  const purpose = { ...useWorkspace.getState().settings.press, cover: "bound", profile } as const;
  await useAnnual.getState().run(choice, () => transport.api.startAnnual(year, style, order, purpose));
}
