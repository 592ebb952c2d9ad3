// The export of a 总目录 as this window sees it.
import type { AnnualOrder } from "../../shared/layout/annual.ts";
import { jobStore } from "../export/job.ts";
import { transport } from "../transport.ts";

export interface AnnualChoice {
  readonly year: number;
  readonly order: AnnualOrder;
  /** Name of the house style. */
  readonly style: string;
}

export const useAnnual = jobStore<AnnualChoice>();

export async function startAnnual(choice: AnnualChoice): Promise<void> {
  const { year, style, order } = choice;
  await useAnnual.getState().run(choice, () => transport.api.startAnnual(year, style, order));
}
