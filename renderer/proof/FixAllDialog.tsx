// 全部改正: every correction of one rule that is always right, shown before it is made; any of them can be left out.

import { Checkbox, Modal, Spin } from "antd";
import { useEffect, useState } from "react";
import type { FixPreview } from "../../shared/api.ts";
import { citedTitle } from "../../shared/model/notice.ts";
import { noticeOf } from "../../shared/proof/stored.ts";
import { transport } from "../transport.ts";
import { useWorkspace } from "../workspace.ts";
import { useProofDesk } from "./proofDesk.ts";
import { rowsOf } from "./walk.ts";

export function FixAllDialog({ rule }: { readonly rule: string }) {
  const issue = useWorkspace((state) => state.issue?.id ?? null);
  const notices = useWorkspace((state) => state.notices);
  const label = useProofDesk((desk) => desk.rules.get(rule)?.label ?? rule);
  const [previews, setPreviews] = useState<readonly FixPreview[] | null>(null);
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const { show, complain } = useWorkspace.getState();
  useEffect(() => {
    if (issue === null) return;
    let open = true;
    transport.api
      .fixPreview(issue, rule)
      .then((found) => open && setPreviews(found))
      .catch((error) => {
        complain(error);
        show(null);
      });
    return () => {
      open = false;
    };
  }, [issue, rule, complain, show]);
  const chosen = (previews ?? []).filter((_, index) => !left.has(index));
  const fix = () => {
    show(null);
    void useProofDesk.getState().fix(rowsOf(chosen.map(({ finding }) => finding)));
  };
  return (
    <Modal
      open
      width={760}
      title={`全部改正：${label}`}
      className="dialog"
      okText={`改正${chosen.length}处`}
      okButtonProps={{ disabled: chosen.length === 0 }}
      onOk={fix}
      onCancel={() => show(null)}
    >
      {previews === null && <Spin description="正在列出" fullscreen={false} />}
      <ul className="fix-list">
        {previews?.map(({ finding, before, after }, index) => {
          const notice = notices.get(noticeOf(finding.place) ?? "");
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list does not change while it is shown
            <li key={index}>
              <Checkbox
                aria-label={`改正第${index + 1}处`}
                checked={!left.has(index)}
                onChange={(event) => setLeft(toggled(left, index, !event.target.checked))}
              />
              <div>
                <small className="muted">{notice && citedTitle(notice)}</small>
                <Change before={before} after={after} />
              </div>
            </li>
          );
        })}
      </ul>
    </Modal>
  );
}

function toggled(set: ReadonlySet<number>, index: number, inside: boolean): ReadonlySet<number> {
  const next = new Set(set);
  if (inside) next.add(index);
  else next.delete(index);
  return next;
}

/** Characters shown of what stays the same on each side. */
const around = 24;

/** What of a paragraph changes, between a little of what does not. */
function Change({ before, after }: { readonly before: string; readonly after: string }) {
  let head = 0;
  while (head < before.length && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < Math.min(before.length, after.length) - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const lead = before.slice(Math.max(0, head - around), head);
  const rest = before.slice(before.length - tail).slice(0, around);
  return (
    <p>
      {head > around && "…"}
      {lead}
      <del>{before.slice(head, before.length - tail)}</del>
      <ins>{after.slice(head, after.length - tail)}</ins>
      {rest}
      {tail > around && "…"}
    </p>
  );
}
