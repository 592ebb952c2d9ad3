// 签字: the check-list of the stage is read first; what it still finds is put right, or let pass with a reason each.
import { Button, Input, Spin } from "antd";
import { useEffect, useState } from "react";
import type { FindingId, StoredFinding } from "../../shared/proof/stored.ts";
import type { StageName } from "../../shared/workflow/procedure.ts";
import type { TextHash } from "../../shared/workflow/text.ts";
import { lapseWords, type TextWorkflow } from "../../shared/workflow/view.ts";
import { useProofDesk } from "../proof/proofDesk.ts";
import { rowsOf } from "../proof/walk.ts";
import { nextStamp, transport } from "../transport.ts";
import { useWorkspace } from "../workspace.ts";
import { DeedDialog } from "./Signer.tsx";
import { useWorkflow } from "./workflowDesk.ts";

const { api } = transport;

interface SignProps {
  readonly text: TextWorkflow;
  readonly stage: StageName;
}

export function SignDialog({ text, stage }: SignProps) {
  const { subject, name, stages } = text;
  const list = useCheckList(text, stage);
  const [reasons, setReasons] = useState(knownReasons);
  const standing = stages.find((one) => one.stage.name === stage);
  const findings = list?.findings ?? [];
  const open = findings.filter(({ id }) => !reasons.get(id)?.trim()).length;
  const put = (ids: readonly FindingId[], reason: string) =>
    setReasons(new Map([...reasons, ...ids.map((id) => [id, reason] as const)]));
  return (
    <DeedDialog
      title={`签${stage}`}
      okText={`签${stage}`}
      may={standing?.stage.roles ?? []}
      waits={list === null || open > 0}
      width={findings.length > 0 ? 720 : 520}
      run={async (who) => {
        const waived = findings.map(({ id }) => ({ finding: id, reason: reasons.get(id)?.trim() ?? "" }));
        await api.sign(nextStamp(), who, subject, stage, list?.text ?? "", waived);
        useWorkspace.getState().say(`已签${stage}：${name}`);
      }}
    >
      <p className="deed-text">{name}</p>
      {standing?.signature && standing.lapse && (
        <p className="muted">
          {standing.signature.name}签过，已失效：{lapseWords[standing.lapse]}。
        </p>
      )}
      <p className="muted">签的是现在的文字；以后文字一改，这个签字就失效，版式怎么改都不影响。</p>
      {list === null && (
        <p role="status">
          <Spin size="small" /> 正在核对应当没有差错的各项
        </p>
      )}
      {list && findings.length === 0 && <p className="check-clean">核对清单上的各项没有差错。</p>}
      {findings.length > 0 && (
        <CheckList findings={findings} reasons={reasons} onReason={put} open={open} stage={stage} />
      )}
    </DeedDialog>
  );
}

/** Why findings were let pass by those who signed before; whoever signs now stands for it anew, and may write otherwise. */
function knownReasons(): ReadonlyMap<FindingId, string> {
  const { view, loose } = useWorkflow.getState();
  const texts = [...(view?.notices ?? []), view?.issue, loose];
  const signatures = texts.flatMap((text) => text?.stages.map((one) => one.signature) ?? []);
  return new Map(
    signatures.flatMap((one) => one?.waived.map(({ finding, reason }) => [finding, reason] as const) ?? []),
  );
}

/** Null until it is read. What is typed must be in the store first. */
function useCheckList({ subject }: TextWorkflow, stage: StageName) {
  const [list, setList] = useState<{ text: TextHash; findings: readonly StoredFinding[] } | null>(null);
  const { kind, id } = subject;
  useEffect(() => {
    let left = false;
    const { settled, complain } = useWorkspace.getState();
    settled()
      .then(() => api.checkList({ kind, id }, stage))
      .then((found) => left || setList(found))
      .catch(complain);
    return () => {
      left = true;
    };
  }, [kind, id, stage]);
  return list;
}

interface CheckListProps {
  readonly findings: readonly StoredFinding[];
  readonly reasons: ReadonlyMap<FindingId, string>;
  readonly onReason: (ids: readonly FindingId[], reason: string) => void;
  readonly open: number;
  readonly stage: StageName;
}

function CheckList({ findings, reasons, onReason, open, stage }: CheckListProps) {
  const [common, setCommon] = useState("");
  const rows = rowsOf(findings);
  return (
    <section className="check-list" aria-label="核对清单">
      <h3>
        {findings.length}处差错，改正后再签；确实不改的逐处写明理由
        {open > 0 && <span className="muted">（还有{open}处没有写）</span>}
      </h3>
      <ul>
        {rows.map((row) => (
          <li key={row.key}>
            <p>
              {row.finding.message}
              <Button
                type="link"
                size="small"
                onClick={() => {
                  useWorkflow.getState().ask(null);
                  useWorkspace.getState().go("proof");
                  useProofDesk.getState().show(row, false);
                }}
              >
                查看
              </Button>
            </p>
            <Input
              size="small"
              aria-label={`${row.finding.quote || row.finding.message}的放行理由`}
              placeholder="放行理由"
              maxLength={200}
              value={reasons.get(row.finding.id) ?? ""}
              onChange={(event) => onReason([row.finding.id], event.target.value)}
            />
          </li>
        ))}
      </ul>
      {findings.length > 1 && (
        <div className="check-common">
          <Input
            size="small"
            aria-label="共同的理由"
            placeholder="几处同一理由时写在这里"
            maxLength={200}
            value={common}
            onChange={(event) => setCommon(event.target.value)}
          />
          <Button
            size="small"
            disabled={common.trim() === "" || open === 0}
            onClick={() =>
              onReason(
                findings.flatMap(({ id }) => (reasons.get(id)?.trim() ? [] : id)),
                common.trim(),
              )
            }
          >
            填入没有写的{open}处
          </Button>
        </div>
      )}
      <p className="muted">理由随{stage}的签字记入审签记录。</p>
    </section>
  );
}
