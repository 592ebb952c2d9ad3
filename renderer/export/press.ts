// The export of the open issue, and whether the issue was changed since.
import type { Issue } from "../../shared/model/notice.ts";
import { transport } from "../transport.ts";
import { entriesOf, useWorkspace, type Workspace } from "../workspace.ts";
import { type Job, jobStore } from "./job.ts";

/** The issue as it was handed to the export; its objects are compared to tell whether it was changed since. */
export type Printed = Pick<Workspace, "notices"> & { readonly issue: Issue };

export type Press = Job<Printed>;

export const usePress = jobStore<Printed>();

/** Exports the open issue. */
export async function startPress(): Promise<void> {
  const { issue, notices, settings } = useWorkspace.getState();
  if (!issue) return;
  await usePress
    .getState()
    .run({ issue, notices }, () => transport.api.startExport(issue.id, issue.style, settings.profile));
}

export function changedSince({ issue, notices }: Printed, now: Workspace): boolean {
  return issue !== now.issue || entriesOf(issue.sections).some((id) => notices.get(id) !== now.notices.get(id));
}
