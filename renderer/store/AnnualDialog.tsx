// 编总目录: year, order and style are chosen, then the list of all that was printed in that year is made, proved, and
// offered as PDF and as a table.
import { Button, Modal, Segmented, Select } from "antd";
import { useEffect, useState } from "react";
import type { AnnualOrder } from "../../shared/layout/annual.ts";
import { profileNames, profiles } from "../../shared/model/profile.ts";
import { Mismatches, Running, seconds, size, Verdict } from "../export/JobView.tsx";
import type { Job } from "../export/job.ts";
import { Field } from "../form/fields.tsx";
import { DownloadOutlined, FilePdfOutlined, TableOutlined } from "../icons.tsx";
import { styleOptions } from "../style/styleOptions.ts";
import { transport } from "../transport.ts";
import { useWorkspace } from "../workspace.ts";
import { type AnnualChoice, startAnnual, useAnnual } from "./annual.ts";
import { yearsOf } from "./library.ts";

const orders = [
  { value: "section", label: "按栏目" },
  { value: "issuer", label: "按发文机关" },
  { value: "number", label: "按文号" },
] satisfies { value: AnnualOrder; label: string }[];

export function AnnualDialog() {
  const job = useAnnual((state) => state.job);
  const [choice, setChoice] = useState<AnnualChoice>(() => (job.state === "idle" ? firstChoice() : job.of));
  const possible = useWorkspace((state) => yearsOf(state.issues ?? []).some(({ year }) => year === choice.year));
  const { dismiss, cancel } = useAnnual.getState();
  const running = job.state === "running";
  // A result is shown once: later the notices may be others.
  useEffect(
    () => () => {
      const { job: left, dismiss: putAway } = useAnnual.getState();
      if (left.state !== "running") putAway();
    },
    [],
  );
  const close = () => {
    if (!running) useWorkspace.getState().show(null);
  };
  return (
    <Modal
      open
      width={640}
      title="编总目录"
      className="dialog annual"
      closable={!running}
      onCancel={close}
      footer={
        job.state === "idle" ? (
          <>
            <Button onClick={close}>取消</Button>
            <Button
              type="primary"
              icon={<FilePdfOutlined />}
              disabled={!possible}
              onClick={() => void startAnnual(choice)}
            >
              导出总目录
            </Button>
          </>
        ) : (
          !running && (
            <>
              <Button onClick={dismiss}>重新选择</Button>
              <Button onClick={close}>合上</Button>
            </>
          )
        )
      }
    >
      {job.state === "idle" && <Choice value={choice} onChange={setChoice} />}
      {running && <Running job={job} unit="期" onStop={() => void cancel()} />}
      {job.state === "done" && <Done job={job} />}
      {job.state === "failed" && (
        <>
          <Verdict right={false} title="没有交出总目录" text={job.message} />
          {job.report && <Mismatches report={job.report} />}
        </>
      )}
    </Modal>
  );
}

/** The year and the style of the open issue, else of the latest. */
function firstChoice(): AnnualChoice {
  const { issue, issues, styles } = useWorkspace.getState();
  const years = yearsOf(issues ?? []).map(({ year }) => year);
  const year = issue && years.includes(issue.year) ? issue.year : (years[0] ?? 0);
  return { year, order: "section", profile: "screen", style: issue?.style ?? styles[0]?.name ?? "" };
}

interface ChoiceProps {
  readonly value: AnnualChoice;
  readonly onChange: (value: AnnualChoice) => void;
}

function Choice({ value, onChange }: ChoiceProps) {
  const issues = useWorkspace((state) => state.issues);
  const styles = useWorkspace((state) => state.styles);
  const years = yearsOf(issues ?? []);
  const chosen = years.find(({ year }) => year === value.year)?.issues ?? [];
  const twice = chosen.find(({ id, name }) => chosen.some((other) => other.name === name && other.id !== id));
  if (years.length === 0) return <p>还没有编入公文的期。先编好几期，再来编总目录。</p>;
  return (
    <div className="form">
      <Field label="年份" wide>
        {(id) => (
          <Select
            id={id}
            value={value.year}
            options={years.map(({ year, issues: found }) => ({ value: year, label: `${year}年（${found.length}期）` }))}
            onChange={(year) => onChange({ ...value, year })}
          />
        )}
      </Field>
      <Field label="编排" wide>
        {() => (
          <Segmented
            aria-label="编排"
            options={orders}
            value={value.order}
            onChange={(order) => onChange({ ...value, order })}
          />
        )}
      </Field>
      <Field label="版式" wide>
        {(id) => (
          <Select
            id={id}
            value={value.style}
            options={styleOptions(styles)}
            onChange={(style) => onChange({ ...value, style })}
          />
        )}
      </Field>
      <Field label="用途" wide>
        {(id) => (
          <Select
            id={id}
            value={value.profile}
            options={profiles.map((one) => ({ value: one, label: profileNames[one].label }))}
            onChange={(profile) => onChange({ ...value, profile })}
          />
        )}
      </Field>
      <h3>收入的期（{chosen.length}期）</h3>
      <ul className="plain-list annual-issues">
        {chosen.map(({ id, name, notices }) => (
          <li key={id}>
            {name} <span className="muted digits">{notices}篇</span>
          </li>
        ))}
      </ul>
      {twice && <p className="outdated">“{twice.name}”在稿库里不止一份，都会收入，请先核对。</p>}
      <p className="hint">各期照自己的版式排出页码。编成后程序会重读PDF，逐字核对；有一处不符就不交出文件。</p>
    </div>
  );
}

function Done({ job: { report, fileName, download, table } }: { readonly job: Job<AnnualChoice> & { state: "done" } }) {
  return (
    <>
      <Verdict
        right
        title={`《${report.issue}》已导出，核对相符`}
        text={`${report.pages}页，${report.characters.toLocaleString("zh-CN")}字逐字重读相符。`}
      />
      <div className="deliver">
        <Button
          type="primary"
          size="large"
          icon={<DownloadOutlined />}
          href={transport.downloadUrl(download)}
          download={fileName}
        >
          下载PDF
        </Button>
        {table && (
          <Button
            size="large"
            icon={<TableOutlined />}
            href={transport.downloadUrl(table.download)}
            download={table.fileName}
          >
            下载表格
          </Button>
        )}
        <span className="muted digits">
          {size(report.bytes)}，用时{seconds(report)}秒
        </span>
      </div>
      {report.warnings.length > 0 && (
        <ul className="plain-list">
          {[...new Set(report.warnings.map(({ message }) => message))].map((message) => (
            <li key={message} className="finding warning">
              <span>{message}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
