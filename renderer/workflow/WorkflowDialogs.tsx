// What is asked before something is signed for: a stage, sending back, printing and taking it back, a correction; and the
// two lists, people and procedure, and the audit log.
import { issueName } from "../../shared/model/notice.ts";
import { roles } from "../../shared/workflow/procedure.ts";
import { nextStamp, transport } from "../transport.ts";
import { useWorkspace } from "../workspace.ts";
import { AuditDialog } from "./AuditDialog.tsx";
import { ChangesDialog } from "./ChangesDialog.tsx";
import { OfficeDialog } from "./OfficeDialog.tsx";
import { SignDialog } from "./SignDialog.tsx";
import { DeedDialog } from "./Signer.tsx";
import { type Question, useWorkflow } from "./workflowDesk.ts";

const { api } = transport;

export function WorkflowDialogs() {
  const question = useWorkflow((desk) => desk.question);
  switch (question?.kind) {
    case "sign":
      return <SignDialog text={question.text} stage={question.stage} />;
    case "changes":
      return <ChangesDialog text={question.text} signature={question.signature} />;
    case "sendBack":
      return <SendBackDialog question={question} />;
    case "press":
      return <PressDialog />;
    case "reopen":
      return <ReopenDialog />;
    case "correct":
      return <CorrectDialog question={question} />;
    case "office":
      return <OfficeDialog />;
    case "log":
      return <AuditDialog />;
    case undefined:
      return null;
  }
}

type Of<K extends Question["kind"]> = Extract<Question, { readonly kind: K }>;

function SendBackDialog({ question: { text, stage } }: { readonly question: Of<"sendBack"> }) {
  const { subject, name, stages } = text;
  const from = stages.findIndex((one) => one.stage.name === stage);
  const taken = stages.slice(from).flatMap(({ stage: { name: one }, signature }) => (signature ? one : []));
  return (
    <DeedDialog
      title={`退回${stage}`}
      okText="退回"
      may={roles}
      reason="写明要改什么，签字的人在这篇公文上看得到。"
      run={async (who, reason) => {
        await api.sendBack(nextStamp(), who, subject, stage, reason);
        useWorkspace.getState().say(`已退回${stage}：${name}`);
      }}
    >
      <p className="deed-text">{name}</p>
      <p className="muted">{taken.join("、")}的签字撤销，改好后重签。</p>
    </DeedDialog>
  );
}

function PressDialog() {
  const issue = useWorkspace((state) => state.issue);
  const view = useWorkflow((desk) => desk.view);
  if (!issue || !view) return null;
  return (
    <DeedDialog
      title={`付印${issueName(issue)}`}
      okText="付印"
      may={["approver"]}
      run={async (who) => {
        // What was edited since the stages were read may be layout only; the core compares the texts.
        const now = await api.issueWorkflow(issue.id);
        await api.press(nextStamp(), who, issue.id, now.issue.text);
        useWorkspace.getState().say(`${issueName(issue)}已付印，可以导出给印厂的文件`);
      }}
    >
      <p className="deed-text">公文{view.notices.length}份，各环节已签完。</p>
      <p className="muted">付印以后，本期的编排和各篇公文都不能再改；要改须由审签的人撤回付印。</p>
    </DeedDialog>
  );
}

function ReopenDialog() {
  const issue = useWorkspace((state) => state.issue);
  if (!issue) return null;
  return (
    <DeedDialog
      title={`撤回${issueName(issue)}的付印`}
      okText="撤回付印"
      may={["approver"]}
      reason="记入审签记录。"
      run={async (who, reason) => {
        await api.reopenIssue(nextStamp(), who, issue.id, reason);
        useWorkspace.getState().say(`已撤回${issueName(issue)}的付印`);
      }}
    >
      <p className="muted">
        撤回以后可以再改，改过的公文要重签。已经交给印厂的文件请一并收回；已经发出的不要撤回，请另开更正。
      </p>
    </DeedDialog>
  );
}

function CorrectDialog({ question: { text } }: { readonly question: Of<"correct"> }) {
  const issue = useWorkspace((state) => state.issue);
  if (!issue) return null;
  return (
    <DeedDialog
      title="另开更正"
      okText="另开更正"
      may={["editor", "approver"]}
      run={async (who) => {
        await api.createCorrection(nextStamp(), who, issue.id, text.subject.id);
        const { refreshLibrary, go, say } = useWorkspace.getState();
        await refreshLibrary();
        say("更正已放在稿库，写好后编入以后的一期", { label: "到稿库", run: () => go("store") });
      }}
    >
      <p className="deed-text">{text.name}</p>
      <p className="muted">已经印出的文字不动。更正是一篇新的公文，与这一篇相连，编入以后的一期，同样逐环节签字。</p>
    </DeedDialog>
  );
}
