// 忽略清单: what was ignored in this issue and in this office, by whom, when and why; each can be taken back.
import { Button, Checkbox, Modal, Table } from "antd";
import { useEffect, useState } from "react";
import type { Ignore } from "../../shared/proof/ignore.ts";
import { nextStamp, transport } from "../transport.ts";
import { useWorkspace } from "../workspace.ts";
import { useProofDesk } from "./proofDesk.ts";

const { api } = transport;

export function IgnoreList() {
  const issue = useWorkspace((state) => state.issue?.id ?? null);
  const rules = useProofDesk((desk) => desk.rules);
  const [ignores, setIgnores] = useState<readonly Ignore[] | null>(null);
  const [withRevoked, setWithRevoked] = useState(false);
  const { show, complain, settings } = useWorkspace.getState();
  useEffect(() => {
    let open = true;
    api
      .ignores(issue)
      .then((found) => open && setIgnores(found))
      .catch(complain);
    return () => {
      open = false;
    };
  }, [issue, complain]);
  const revoke = (ignore: Ignore) =>
    void api
      .revokeIgnore(nextStamp(), ignore.id, settings.person || ignore.by)
      .then((revoked) => setIgnores((list) => list?.map((one) => (one.id === ignore.id ? revoked : one)) ?? null))
      .then(() => useProofDesk.getState().check())
      .catch(complain);
  const shown = ignores?.filter(({ revoked }) => withRevoked || revoked === null) ?? [];
  return (
    <Modal open width={860} title="忽略清单" className="dialog" footer={null} onCancel={() => show(null)}>
      <p className="dialog-tools">
        <Checkbox checked={withRevoked} onChange={(event) => setWithRevoked(event.target.checked)}>
          连同已取消的
        </Checkbox>
      </p>
      <Table<Ignore>
        size="small"
        rowKey="id"
        loading={ignores === null}
        dataSource={shown}
        pagination={false}
        scroll={{ y: 420 }}
        locale={{ emptyText: "还没有忽略过差错。" }}
        columns={[
          {
            title: "忽略的内容",
            render: (_, { scope, rule, quote }) => (
              <>
                {scope !== "rule" && <q>{quote}</q>}
                <small className="muted">
                  {scope === "here" ? "一处，" : scope === "word" ? "这个写法，" : "整类，"}
                  {rules.get(rule)?.label ?? rule}
                </small>
              </>
            ),
          },
          { title: "用于", width: 90, render: (_, { issue: of }) => (of === null ? "本单位" : "本期") },
          { title: "理由", render: (_, { reason }) => reason || <span className="muted">没有写</span> },
          {
            title: "谁、何时",
            width: 150,
            render: (_, { by, at, revoked }) => (
              <>
                {by}
                <small className="muted digits">{day(at)}</small>
                {revoked && (
                  <small className="muted">
                    {revoked.by}于{day(revoked.at)}取消
                  </small>
                )}
              </>
            ),
          },
          {
            title: "",
            width: 96,
            render: (_, ignore) =>
              ignore.revoked === null && (
                <Button size="small" onClick={() => revoke(ignore)}>
                  取消忽略
                </Button>
              ),
          },
        ]}
      />
    </Modal>
  );
}

function day(iso: string): string {
  return new Date(iso).toLocaleString("zh-CN", { dateStyle: "short", timeStyle: "short" });
}
