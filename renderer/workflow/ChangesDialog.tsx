// 签字后的改动: what a signed text said then and says now, paragraph by paragraph, with the words that differ marked.
import { Button, Modal, Spin } from "antd";
import { useEffect, useState } from "react";
import { differenceOf, type TextChange } from "../../shared/workflow/changes.ts";
import type { TextWorkflow } from "../../shared/workflow/view.ts";
import type { Signature } from "../../shared/workflow/workflow.ts";
import { transport } from "../transport.ts";
import { useWorkspace } from "../workspace.ts";
import { useWorkflow } from "./workflowDesk.ts";

interface ChangesProps {
  readonly text: TextWorkflow;
  readonly signature: Signature;
}

export function ChangesDialog({ text, signature }: ChangesProps) {
  const [changes, setChanges] = useState<readonly TextChange[] | null>(null);
  const { kind, id } = text.subject;
  const close = () => useWorkflow.getState().ask(null);
  useEffect(() => {
    const { settled, complain } = useWorkspace.getState();
    settled()
      .then(() => transport.api.changesSince({ kind, id }, signature.text))
      .then(setChanges)
      .catch(complain);
  }, [kind, id, signature]);
  return (
    <Modal
      open
      width={720}
      title={`${signature.name}签${signature.stage}以后的改动`}
      className="dialog changes"
      footer={<Button onClick={close}>合上</Button>}
      onCancel={close}
    >
      <p className="deed-text">{text.name}</p>
      {changes === null && <Spin size="small" />}
      {changes?.length === 0 && <p className="check-clean">文字与签字时相同。</p>}
      <ul>
        {changes?.map((change, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is shown once and does not change
          <Change key={i} change={change} />
        ))}
      </ul>
    </Modal>
  );
}

function Change({ change: { before, after } }: { readonly change: TextChange }) {
  if (before === after) return <li>{before || "（空行）"}：格式、表格、图片或所含文字有改动</li>;
  const { head, gone, come, tail } = differenceOf(before ?? "", after ?? "");
  return (
    <li>
      {before !== null && (
        <p>
          <span className="muted">原为</span>
          {head}
          {gone && <del>{gone}</del>}
          {tail}
        </p>
      )}
      {after !== null && (
        <p>
          <span className="muted">现为</span>
          {head}
          {come && <ins>{come}</ins>}
          {tail}
        </p>
      )}
    </li>
  );
}
