// What a person sees of an export, whatever is exported: how far it is, and what its proof says.
import { Button, Progress } from "antd";
import type { ExportPhase, ExportReport } from "../../shared/api.ts";
import { CheckOutlined, StopOutlined, WarningOutlined } from "../icons.tsx";
import type { Job } from "./job.ts";

const phases: readonly { readonly key: ExportPhase; readonly doing: string }[] = [
  { key: "layout", doing: "排版" },
  { key: "write", doing: "写出PDF" },
  { key: "verify", doing: "重读核对" },
  { key: "deliver", doing: "存盘" },
];

interface RunningProps {
  readonly job: Job<unknown> & { state: "running" };
  /** What the layout counts. */
  readonly unit: string;
  readonly onStop: () => void;
}

export function Running({ job, unit, onStop }: RunningProps) {
  const at = phases.findIndex((phase) => phase.key === job.phase);
  const phase = phases[at];
  const part = job.total > 0 ? job.done / job.total : 0;
  const counted = { layout: unit, write: "页", verify: "页", deliver: "" }[job.phase];
  const count = job.total > 0 && counted ? ` ${job.done}/${job.total} ${counted}` : "";
  return (
    <div className="running">
      <h2>
        正在{phase?.doing}
        {count}
      </h2>
      <Progress
        aria-label="导出进度"
        percent={Math.round(((at + part) / phases.length) * 100)}
        showInfo={false}
        strokeColor="#1f5fbf"
      />
      <ol className="phases">
        {phases.map(({ key, doing }, i) => (
          <li
            key={key}
            className={i < at ? "past" : i === at ? "now" : ""}
            aria-current={i === at ? "step" : undefined}
          >
            {doing}
          </li>
        ))}
      </ol>
      <Button icon={<StopOutlined />} disabled={job.job === null} onClick={onStop}>
        停止导出
      </Button>
    </div>
  );
}

interface VerdictProps {
  readonly right: boolean;
  readonly title: string;
  readonly text: string;
}

export function Verdict({ right, title, text }: VerdictProps) {
  return (
    <header className={right ? "verdict right" : "verdict wrong"} role={right ? "status" : "alert"}>
      {right ? <CheckOutlined /> : <WarningOutlined />}
      <div>
        <h1>{title}</h1>
        <p>{text}</p>
      </div>
    </header>
  );
}

export function Mismatches({ report }: { readonly report: ExportReport }) {
  if (report.mismatches.length === 0) return null;
  return (
    <section>
      <h2>不符之处（{report.mismatches.length}处）</h2>
      <ul className="plain-list">
        {report.mismatches.map((sentence) => (
          <li key={sentence} className="finding error">
            <span>{sentence}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** 1.2兆字节 */
export function size(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)}千字节` : `${(bytes / 1_000_000).toFixed(1)}兆字节`;
}

/** Of the whole export, to a tenth. */
export function seconds(report: ExportReport): string {
  const { layout, write, verify, deliver } = report.seconds;
  return (layout + write + verify + deliver).toFixed(1);
}
