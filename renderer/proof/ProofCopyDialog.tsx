// 印校样: the issue as it is printed with every finding marked and numbered, and the 校对记录 behind it, for those who read on
// paper. Proved like every PDF.
import { Button, Input, Modal } from "antd";
import { useEffect } from "react";
import { Mismatches, Running, seconds, size, Verdict } from "../export/JobView.tsx";
import { jobStore } from "../export/job.ts";
import { Field } from "../form/fields.tsx";
import { DownloadOutlined, PrinterOutlined } from "../icons.tsx";
import { transport } from "../transport.ts";
import { useWorkspace } from "../workspace.ts";
import { useProofDesk } from "./proofDesk.ts";

const useProofCopy = jobStore<null>();

async function start(): Promise<void> {
  const { issue, settings } = useWorkspace.getState();
  if (!issue) return;
  await useProofCopy
    .getState()
    .run(null, () => transport.api.startProofCopy(issue.id, issue.style, settings.person.trim()));
}

export function ProofCopyDialog() {
  const job = useProofCopy((state) => state.job);
  const person = useWorkspace((state) => state.settings.person);
  const findings = useProofDesk((desk) => desk.rows.length);
  const { show, putSettings } = useWorkspace.getState();
  const running = job.state === "running";
  // A result is shown once: later the text may be another.
  useEffect(
    () => () => {
      const { job: left, dismiss } = useProofCopy.getState();
      if (left.state !== "running") dismiss();
    },
    [],
  );
  const close = () => {
    if (!running) show(null);
  };
  return (
    <Modal
      open
      width={600}
      title="印校样"
      className="dialog"
      closable={!running}
      onCancel={close}
      footer={
        job.state === "idle" ? (
          <>
            <Button onClick={close}>取消</Button>
            <Button type="primary" icon={<PrinterOutlined />} onClick={() => void start()}>
              生成校样
            </Button>
          </>
        ) : (
          !running && <Button onClick={close}>合上</Button>
        )
      }
    >
      {job.state === "idle" && (
        <>
          <p>
            校样与印出来的版面逐字相同；{findings}处差错在文中划线，页边编号，后面附校对记录，可以用笔批改后签字存档。
          </p>
          <div className="form">
            <Field label="校对人" hint="印在校对记录上。" wide>
              {(id) => (
                <Input
                  id={id}
                  value={person}
                  maxLength={20}
                  onChange={(event) => putSettings({ person: event.target.value })}
                />
              )}
            </Field>
          </div>
        </>
      )}
      {running && <Running job={job} unit="页" onStop={() => void useProofCopy.getState().cancel()} />}
      {job.state === "done" && (
        <>
          <Verdict right title="校样已生成，核对相符" text={`共${job.report.pages}页，正文与付印的文字逐字相同。`} />
          <div className="deliver">
            <Button
              type="primary"
              icon={<DownloadOutlined />}
              href={transport.downloadUrl(job.download)}
              download={job.fileName}
            >
              下载校样
            </Button>
            <span className="muted digits">
              {job.fileName}，{size(job.report.bytes)}，用时{seconds(job.report)}秒
            </span>
          </div>
        </>
      )}
      {job.state === "failed" && (
        <>
          <Verdict right={false} title="没有生成校样" text={job.message} />
          {job.report && <Mismatches report={job.report} />}
        </>
      )}
    </Modal>
  );
}
