// The export of the open issue as this window sees it: one job at a time, its progress, and its proof report.
import { create } from "zustand";
import type { CoreEvent, ExportPhase, ExportReport } from "../../shared/api.ts";
import type { Issue } from "../../shared/model/notice.ts";
import { transport } from "../transport.ts";
import { entriesOf, useWorkspace, type Workspace } from "../workspace.ts";

/** The issue as it was handed to the export; its objects are compared to tell whether it was changed since. */
export type Printed = Pick<Workspace, "notices"> & { readonly issue: Issue };

export type Press =
  | { readonly state: "idle" }
  | {
      readonly state: "running";
      readonly printed: Printed;
      /** null until the core has named it. */
      readonly job: string | null;
      readonly phase: ExportPhase;
      readonly done: number;
      readonly total: number;
    }
  | {
      readonly state: "done";
      readonly printed: Printed;
      readonly report: ExportReport;
      readonly fileName: string;
      readonly download: string;
    }
  | {
      readonly state: "failed";
      readonly printed: Printed;
      readonly message: string;
      readonly report: ExportReport | null;
    };

interface PressStore {
  readonly press: Press;
  /** Waits until everything typed is in the store, then exports the open issue. */
  start(): Promise<void>;
  cancel(): Promise<void>;
  dismiss(): void;
}

type JobEvent = Extract<CoreEvent, { job: string }>;

export const usePress = create<PressStore>()((set, get) => {
  // Events of a job may come before the answer that names it.
  let early: JobEvent[] = [];

  function take(event: JobEvent): void {
    const { press } = get();
    if (press.state !== "running") return;
    if (press.job === null) {
      early.push(event);
      return;
    }
    if (event.job !== press.job) return;
    const { printed } = press;
    if (event.type === "exportProgress") {
      const { phase, done, total } = event;
      set({ press: { ...press, phase, done, total } });
    } else if (event.type === "exportDone") {
      const { report, fileName, download } = event;
      set({ press: { state: "done", printed, report, fileName, download } });
    } else if (event.code === "cancelled") {
      set({ press: { state: "idle" } });
      useWorkspace.getState().say("已停止导出，没有生成文件");
    } else {
      set({ press: { state: "failed", printed, message: event.message, report: event.report } });
    }
  }

  transport.onEvent((event) => {
    if ("job" in event) take(event);
  });

  return {
    press: { state: "idle" },

    async start() {
      const { issue, notices, settled, dismissToast } = useWorkspace.getState();
      if (!issue || get().press.state === "running") return;
      dismissToast();
      set({ press: { state: "running", printed: { issue, notices }, job: null, phase: "layout", done: 0, total: 0 } });
      early = [];
      try {
        if (!(await settled())) return set({ press: { state: "idle" } });
        const { job } = await transport.api.startExport(issue.id, issue.style);
        const { press } = get();
        if (press.state === "running") set({ press: { ...press, job } });
        for (const event of early) take(event);
      } catch (error) {
        set({ press: { state: "idle" } });
        useWorkspace.getState().complain(error);
      }
    },

    async cancel() {
      const { press } = get();
      if (press.state !== "running" || press.job === null) return;
      try {
        await transport.api.cancelExport(press.job);
      } catch (error) {
        useWorkspace.getState().complain(error);
      }
    },

    dismiss: () => set({ press: { state: "idle" } }),
  };
});

export function changedSince({ issue, notices }: Printed, now: Workspace): boolean {
  return issue !== now.issue || entriesOf(issue.sections).some((id) => notices.get(id) !== now.notices.get(id));
}
