// 审签记录: every entry of the log, newest first, and the button that checks the whole chain.
import { Button, Modal, Spin } from "antd";
import { useEffect, useState } from "react";
import { type AuditEntry, type AuditProof, localTime } from "../../shared/workflow/audit.ts";
import { Verdict } from "../export/JobView.tsx";
import { transport } from "../transport.ts";
import { useWorkspace } from "../workspace.ts";
import { useWorkflow } from "./workflowDesk.ts";

export function AuditDialog() {
  const [entries, setEntries] = useState<readonly AuditEntry[] | null>(null);
  const [proof, setProof] = useState<AuditProof | "checking" | null>(null);
  const { complain } = useWorkspace.getState();
  useEffect(() => {
    transport.api
      .auditLog()
      .then((log) => setEntries(log.toReversed()))
      .catch(useWorkspace.getState().complain);
  }, []);
  const check = () => {
    setProof("checking");
    transport.api
      .verifyAudit()
      .then(setProof)
      .catch((error: unknown) => {
        setProof(null);
        complain(error);
      });
  };
  return (
    <Modal
      open
      width={860}
      title="审签记录"
      className="dialog audit"
      footer={
        <Button disabled={proof === "checking"} loading={proof === "checking"} onClick={check}>
          核对
        </Button>
      }
      onCancel={() => useWorkflow.getState().ask(null)}
    >
      {proof && proof !== "checking" && <Result proof={proof} />}
      {entries === null && <Spin size="small" />}
      {entries?.length === 0 && <p>还没有记录。设好人员与流程以后，每次签字、退回、付印都记在这里，不能改也不能删。</p>}
      {entries && entries.length > 0 && (
        <table className="report-table">
          <thead>
            <tr>
              <th>序</th>
              <th>时间</th>
              <th>签字人</th>
              <th>公文</th>
              <th>事项</th>
            </tr>
          </thead>
          <tbody>
            {entries.map(({ n, at, name, about, sentence, hash }) => (
              <tr key={n} title={`校验码 ${hash}`}>
                <td className="digits">{n}</td>
                <td className="digits">{localTime(at)}</td>
                <td>{name || "——"}</td>
                <td>{about}</td>
                <td>{sentence}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Modal>
  );
}

function Result({ proof: { entries, head, faults } }: { readonly proof: AuditProof }) {
  if (faults.length === 0)
    return (
      <Verdict
        right
        title={`${entries}条记录没有改动过`}
        text={`记录逐条相接，签过字的文字与当时相同。末条校验码 ${head || "无"}，付印单上印的应是它或更早的一条。`}
      />
    );
  return (
    <>
      <Verdict
        right={false}
        title={`有${faults.length}处被改动过`}
        text="请把整个数据文件夹复制一份留存，再从备份恢复。"
      />
      <ul className="plain-list">
        {faults.map((fault) => (
          <li key={fault} className="finding error">
            {fault}
          </li>
        ))}
      </ul>
    </>
  );
}
