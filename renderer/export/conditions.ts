// The printing conditions that the office loaded, as this window knows them: asked of the core when the place of printing
// is opened, and after each change that is made here.
import { create } from "zustand";
import type { PrintConditionSummary } from "../../shared/api.ts";
import { transport } from "../transport.ts";
import { pickUserFiles } from "../userFiles.ts";
import { useWorkspace } from "../workspace.ts";

/** Null until they were asked for. */
export const useConditions = create<{ readonly list: readonly PrintConditionSummary[] | null }>()(() => ({
  list: null,
}));

export async function refreshConditions(): Promise<void> {
  const list = await transport.api.printConditions();
  useConditions.setState({ list });
  const { settings } = useWorkspace.getState();
  if (settings.press.condition !== null && !list.some(({ id }) => id === settings.press.condition)) choose(null);
}

/** What is printed by from now on; null: FOGRA39. */
export function choose(condition: string | null): void {
  const { settings, putSettings } = useWorkspace.getState();
  putSettings({ press: { ...settings.press, condition } });
}

/** Lets the user pick a profile, takes it into the store and prints by it. */
export function loadCondition(): void {
  const take = async (file: File) => {
    const upload = await transport.upload(file);
    const { id, name } = await transport.api.putPrintCondition(upload, file.name);
    choose(id);
    await refreshConditions();
    useWorkspace.getState().say(`已装入输出特性“${name}”，印刷用的PDF按它导出`);
  };
  pickUserFiles(".icc,.icm", false, ([file]) => {
    if (file) void take(file).catch(useWorkspace.getState().complain);
  });
}

export async function removeCondition({ id, name }: PrintConditionSummary): Promise<void> {
  await transport.api.removePrintCondition(id);
  await refreshConditions();
  useWorkspace.getState().say(`已移去输出特性“${name}”，此前导出的PDF不受影响`);
}
