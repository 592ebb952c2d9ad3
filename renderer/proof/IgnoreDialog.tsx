// 忽略: a person says that a finding is right as it stands, how far that holds, and why. It can be taken back.
import { Input, Modal, Radio } from "antd";
import { useState } from "react";
import type { IgnoreScope } from "../../shared/proof/ignore.ts";
import type { StoredFinding } from "../../shared/proof/stored.ts";
import { Field } from "../form/fields.tsx";
import { useWorkspace } from "../workspace.ts";
import { useProofDesk } from "./proofDesk.ts";

const reasons = ["原文如此，已与来文核对", "本地通行写法", "引用原文，不能改"];

export function IgnoreDialog({ finding, onClose }: { readonly finding: StoredFinding; readonly onClose: () => void }) {
  const issue = useWorkspace((state) => state.issue);
  const remembered = useWorkspace((state) => state.settings.person);
  const rule = useProofDesk((desk) => desk.rules.get(finding.rule));
  const [scope, setScope] = useState<IgnoreScope>("here");
  const [office, setOffice] = useState(false);
  const [reason, setReason] = useState("");
  const [by, setBy] = useState(remembered);
  // One place of one text cannot hold for other issues.
  const everywhere = office && scope !== "here";
  const needsReason = finding.severity === "error" || rule?.severity === "error";
  const ready = by.trim() !== "" && (!needsReason || reason.trim() !== "");
  const ignore = () => {
    useWorkspace.getState().putSettings({ person: by.trim() });
    onClose();
    void useProofDesk.getState().ignore({
      scope,
      rule: finding.rule,
      finding: scope === "here" ? finding.id : "",
      quote: scope === "rule" ? "" : finding.quote,
      issue: everywhere ? null : (issue?.id ?? null),
      reason: reason.trim(),
      by: by.trim(),
    });
  };
  return (
    <Modal
      open
      width={560}
      title="忽略这处差错"
      className="dialog"
      okText="忽略"
      okButtonProps={{ disabled: !ready }}
      onOk={ignore}
      onCancel={onClose}
    >
      <p className="ignore-what">{finding.message}</p>
      <div className="form">
        <Field label="范围" wide>
          {() => (
            <Radio.Group
              aria-label="范围"
              className="stacked"
              value={scope}
              onChange={(event) => setScope(event.target.value)}
            >
              <Radio value="here">只这一处</Radio>
              {finding.quote && <Radio value="word">凡写作“{short(finding.quote)}”的地方</Radio>}
              <Radio value="rule">这一类问题全部：{rule?.label ?? finding.rule}</Radio>
            </Radio.Group>
          )}
        </Field>
        {scope !== "here" && (
          <Field label="用于" wide>
            {() => (
              <Radio.Group aria-label="用于" value={office} onChange={(event) => setOffice(event.target.value)}>
                <Radio value={false}>本期</Radio>
                <Radio value={true}>本单位以后各期</Radio>
              </Radio.Group>
            )}
          </Field>
        )}
        <Field label="理由" hint={needsReason ? "差错要写明理由才能忽略，理由印在校对记录上。" : "可以不写。"} wide>
          {(id) => (
            <>
              <Input.TextArea
                id={id}
                value={reason}
                maxLength={200}
                autoSize={{ minRows: 2, maxRows: 4 }}
                onChange={(event) => setReason(event.target.value)}
              />
              <div className="quick-reasons">
                {reasons.map((text) => (
                  <button key={text} type="button" className="chip" onClick={() => setReason(text)}>
                    {text}
                  </button>
                ))}
              </div>
            </>
          )}
        </Field>
        <Field label="谁忽略的" wide>
          {(id) => (
            <Input
              id={id}
              value={by}
              maxLength={20}
              placeholder="姓名"
              onChange={(event) => setBy(event.target.value)}
            />
          )}
        </Field>
      </div>
    </Modal>
  );
}

function short(words: string): string {
  return words.length > 16 ? `${words.slice(0, 16)}…` : words;
}
