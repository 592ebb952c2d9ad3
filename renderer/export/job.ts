// One export at a time as this window sees it, whatever is exported: its progress, then its proof report.
import { create } from "zustand";
import type { CoreEvent, ExportPhase, ExportReport } from "../../shared/api.ts";
import { transport } from "../transport.ts";
import { useWorkspace } from "../workspace.ts";

/** `of`: what is exported. */
export type Job<T> =
  | { readonly state: "idle" }
  | {
      readonly state: "running";
      readonly of: T;
      /** null until the core has named it. */
      readonly job: string | null;
      readonly phase: ExportPhase;
      readonly done: number;
      readonly total: number;
    }
  | ({ readonly state: "done"; readonly of: T } & Delivered)
  | {
      readonly state: "failed";
      readonly of: T;
      readonly message: string;
      readonly report: ExportReport | null;
    };

type JobEvent = Extract<CoreEvent, { job: string }>;
type Delivered = Omit<Extract<CoreEvent, { type: "exportDone" }>, "type" | "job">;

export interface JobStore<T> {
  readonly job: Job<T>;
  /** Waits until everything typed is in the store, then begins; does nothing while one is running. */
  run(of: T, begin: () => Promise<{ job: string }>): Promise<void>;
  cancel(): Promise<void>;
  /** Puts the result away. */
  dismiss(): void;
}

export function jobStore<T>() {
  return create<JobStore<T>>()((set, get) => {
    // Events of a job may come before the answer that names it.
    let early: JobEvent[] = [];

    function take(event: JobEvent): void {
      const { job } = get();
      if (job.state !== "running") return;
      if (job.job === null) {
        early.push(event);
        return;
      }
      if (event.job !== job.job) return;
      const { of } = job;
      if (event.type === "exportProgress") {
        const { phase, done, total } = event;
        set({ job: { ...job, phase, done, total } });
      } else if (event.type === "exportDone") {
        const { type: _type, job: _job, ...delivered } = event;
        set({ job: { state: "done", of, ...delivered } });
      } else if (event.code === "cancelled") {
        set({ job: { state: "idle" } });
        useWorkspace.getState().say("已停止导出，没有生成文件");
      } else {
        set({ job: { state: "failed", of, message: event.message, report: event.report } });
      }
    }

    transport.onEvent((event) => {
      if ("job" in event) take(event);
    });

    return {
      job: { state: "idle" },

      async run(of, begin) {
        const { settled, dismissToast } = useWorkspace.getState();
        if (get().job.state === "running") return;
        dismissToast();
        set({ job: { state: "running", of, job: null, phase: "layout", done: 0, total: 0 } });
        early = [];
        try {
          if (!(await settled())) return set({ job: { state: "idle" } });
          const { job: name } = await begin();
          const { job } = get();
          if (job.state === "running") set({ job: { ...job, job: name } });
          for (const event of early) take(event);
        } catch (error) {
          set({ job: { state: "idle" } });
          useWorkspace.getState().complain(error);
        }
      },

      async cancel() {
        const { job } = get();
        if (job.state !== "running" || job.job === null) return;
        try {
          await transport.api.cancelExport(job.job);
        } catch (error) {
          useWorkspace.getState().complain(error);
        }
      },

      dismiss: () => set({ job: { state: "idle" } }),
    };
  });
}
