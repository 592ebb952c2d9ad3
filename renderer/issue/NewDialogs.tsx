// New issue, new notice: the fields first, so that nothing without a name gets into the store.
import { Modal } from "antd";
import { useState } from "react";
import type { IssueFields, NoticeFields, SectionId } from "../../shared/model/notice.ts";
import { useWorkspace } from "../workspace.ts";
import { IssueForm, nextIssueFields } from "./IssueForm.tsx";
import { NoticeFieldList } from "./NoticeForm.tsx";

/** Runs once and then closes the dialog; after a failure it stays open, with what was typed. */
function useOnce(make: () => Promise<void>): { readonly busy: boolean; run(): void } {
  const [busy, setBusy] = useState(false);
  const { show, complain } = useWorkspace.getState();
  const run = async () => {
    setBusy(true);
    try {
      await make();
      show(null);
    } catch (error) {
      complain(error);
      setBusy(false);
    }
  };
  return { busy, run: () => void run() };
}

export function NewIssue() {
  const { issue, styles, show, createIssue } = useWorkspace.getState();
  const [fields, setFields] = useState<IssueFields>(() =>
    nextIssueFields(issue, new Date().getFullYear(), issue?.style ?? styles[0]?.name ?? ""),
  );
  const { busy, run: create } = useOnce(() => createIssue(fields));
  return (
    <Modal
      open
      width={760}
      title={issue ? "新建一期（照本期填好，请核对）" : "新建一期"}
      okText="建立"
      okButtonProps={{ loading: busy, disabled: fields.gazetteTitle.trim() === "" }}
      onOk={create}
      onCancel={() => show(null)}
      className="dialog"
    >
      <IssueForm value={fields} onChange={(change) => setFields({ ...fields, ...change })} />
    </Modal>
  );
}

export function NewNotice({ section }: { readonly section: SectionId }) {
  const { issue, show, createNotice } = useWorkspace.getState();
  const title = issue?.sections.find((each) => each.id === section)?.title ?? "";
  const [fields, setFields] = useState<NoticeFields>({
    title: "",
    issuers: [],
    docNumber: "",
    uniformNumber: "",
    kind: "通知",
    dated: "",
    section: title,
  });
  const { busy, run: create } = useOnce(() => createNotice(fields, section));
  return (
    <Modal
      open
      width={720}
      title={`新建公文，放入“${title}”`}
      okText="建立"
      okButtonProps={{ loading: busy, disabled: fields.title.trim() === "" }}
      onOk={create}
      onCancel={() => show(null)}
      className="dialog"
    >
      <div className="form field-grid">
        <NoticeFieldList value={fields} onChange={(change) => setFields({ ...fields, ...change })} />
      </div>
    </Modal>
  );
}
