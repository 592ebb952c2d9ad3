// Printing conditions over the API: the ICC profiles of printers, checked when they come in, and what an export is made
// for by them.
import { type GazetteApi, GazetteError } from "../../shared/api.ts";
import { type Purpose, purposeOf } from "../../shared/model/profile.ts";
import { type ExportProfile, exportProfile } from "../export/profiles.ts";
import { readIccProfile } from "../pdf/iccProfile.ts";
import type { CoreContext } from "./context.ts";
import type { Intake } from "./intake.ts";

type ConditionCalls = Pick<GazetteApi, "printConditions" | "putPrintCondition" | "removePrintCondition">;

export function conditionCalls({ store }: CoreContext, { take }: Pick<Intake, "take">): ConditionCalls {
  return {
    async printConditions() {
      return store.conditions.list();
    },
    async putPrintCondition(token, fileName) {
      const bytes = take(token, fileName, "特性文件");
      const { name } = readIccProfile(bytes, fileName);
      return store.conditions.put(bytes, name, fileName);
    },
    async removePrintCondition(id) {
      store.conditions.remove(id);
    },
  };
}

/** What a file is written as. Throws GazetteError notFound for a condition that was removed. */
export function profileFor(purpose: Purpose, { store, assets }: Pick<CoreContext, "store" | "assets">): ExportProfile {
  const { profile, condition, creep, cover } = purposeOf(purpose);
  if (condition === null) return exportProfile(assets, profile, { creep, cover });
  const found = store.conditions.find(condition);
  if (!found) throw new GazetteError("notFound", "所选的输出特性文件已不在，请在付印处重新选择。");
  const { bytes, fileName } = found;
  return exportProfile(assets, profile, { creep, cover, condition: readIccProfile(bytes, fileName) });
}
