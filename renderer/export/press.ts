// The export of the open issue, and whether the issue was changed since.
import type { Issue } from "../../shared/model/notice.ts";
import { transport } from "../transport.ts";
import { entriesOf, useWorkspace, type Workspace } from "../workspace.ts";
import { type Job, jobStore } from "./job.ts";

/** The issue as it was handed to the export; its objects are compared to tell whether it was changed since. */
export interface Printed extends Pick<Workspace, "notices"> {
  readonly issue: Issue;
  /** The issue, or each notice as a PDF of its own. */
  readonly made: "issue" | "notices";
}

export type Press = Job<Printed>;

export const usePress = jobStore<Printed>();

/** Exports the open issue. */
export async function startPress(): Promise<void> {
  const { issue, notices, settings } = useWorkspace.getState();
  if (!issue) return;
  await usePress
    .getState()
    .run({ issue, notices, made: "issue" }, () =>
      transport.api.startExport(issue.id, issue.style, { ...settings.press, profile: settings.profile }),
    );
}

/** Exports each notice of the open issue by itself. */
export async function startNoticePdfs(): Promise<void> {
  const { issue, notices } = useWorkspace.getState();
  if (!issue) return;
  await usePress
    .getState()
    .run({ issue, notices, made: "notices" }, () => transport.api.startNoticePdfs(issue.id, issue.style));
}

export function changedSince({ issue, notices }: Printed, now: Workspace): boolean {
  return issue !== now.issue || entriesOf(issue.sections).some((id) => notices.get(id) !== now.notices.get(id));
}
