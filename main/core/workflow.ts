// Workflow and sign-off over the API: what the rules judge is asked of the proofreader before, and what the store then
// takes is told to everyone. A signature is only taken for the text that its signer saw.
import { randomUUID } from "node:crypto";
import { type GazetteApi, GazetteError, type ProofApi, type WorkflowApi } from "../../shared/api.ts";
import { paragraph } from "../../shared/model/block.ts";
import {
  citedTitle,
  type IssueId,
  issueName,
  type Notice,
  type NoticeFields,
  numberLine,
} from "../../shared/model/notice.ts";
import type { StoredFinding } from "../../shared/proof/stored.ts";
import { demanded } from "../../shared/workflow/checkList.ts";
import type { StageName } from "../../shared/workflow/procedure.ts";
import type { TextHash } from "../../shared/workflow/text.ts";
import { type IssueWorkflow, type TextWorkflow, textWorkflow } from "../../shared/workflow/view.ts";
import { lacking, type Subject, type Waiver } from "../../shared/workflow/workflow.ts";
import type { Changed, CoreContext } from "./context.ts";

type WorkflowCalls = Pick<GazetteApi, keyof WorkflowApi>;

/** `proof`: what the check-lists are made of. */
export function workflowCalls(
  { store, change }: CoreContext,
  proof: Pick<ProofApi, "checkIssue" | "checkNotice">,
): WorkflowCalls {
  const { workflow } = store;

  async function checkList(subject: Subject, name: StageName): Promise<{ text: TextHash; findings: StoredFinding[] }> {
    const text = workflow.text(subject);
    const stage = workflow.state().procedure[subject.kind].find((one) => one.name === name);
    if (!stage || (stage.clean === null && stage.rules.length === 0)) return { text, findings: [] };
    const { id } = subject;
    const { findings } = await (subject.kind === "issue" ? proof.checkIssue(id) : proof.checkNotice(id));
    return { text, findings: demanded(stage, findings) };
  }

  function view(subject: Subject, text: TextHash): TextWorkflow {
    return textWorkflow(workflow.state(), subject, text, (one) => workflow.nameOf(one));
  }

  function issueView(id: IssueId): IssueWorkflow {
    const state = workflow.state();
    const { text, notices } = workflow.issueTexts(id);
    const own = new Set(notices.map(({ notice }) => notice));
    return {
      issue: view({ kind: "issue", id }, text),
      notices: notices.map((one) => view({ kind: "notice", id: one.notice }, one.text)),
      lacking: state.pressed.has(id)
        ? []
        : lacking(state, id, text, notices).map((refusal) => workflow.sentence(refusal)),
      corrections: state.corrections
        .filter(({ notice }) => own.has(notice))
        .map((one) => ({ ...one, title: workflow.nameOf({ kind: "notice", id: one.correction }) })),
    };
  }

  return {
    async office() {
      const { people, procedure } = workflow.state();
      return { people, procedure };
    },
    async saveOffice(stamp, who, { people, procedure }) {
      return change(stamp, "saveOffice", [who, people, procedure], () => {
        workflow.take({ type: "setOffice", who, people, procedure });
        return [{ people, procedure }, {}];
      });
    },
    async issueWorkflow(id) {
      return issueView(id);
    },
    async noticeWorkflow(id) {
      return view({ kind: "notice", id }, workflow.noticeText(id));
    },
    checkList,
    async changesSince(subject, signed) {
      return workflow.changesSince(subject, signed);
    },
    async sign(stamp, who, subject, stage, text, waived) {
      const list = await checkList(subject, stage);
      const reasons = new Map(waived.map(({ finding, reason }) => [finding, reason]));
      const open = list.findings.map(
        ({ id, rule, excerpt, message }): Waiver => ({
          ...{ finding: id, rule, excerpt: excerpt || message, reason: reasons.get(id)?.trim() ?? "" },
        }),
      );
      change(stamp, "sign", [who, subject, stage, text, waived], () => {
        if (list.text !== text || workflow.text(subject) !== text)
          throw new GazetteError("stale", `${workflow.nameOf(subject)}刚刚改过，没有签字，请看过现在的文字再签。`);
        workflow.take({ type: "sign", who, subject, stage, text, waived: open });
        return [null, touched(subject)];
      });
    },
    async sendBack(stamp, who, subject, stage, reason) {
      change(stamp, "sendBack", [who, subject, stage, reason], () => {
        workflow.take({ type: "sendBack", who, subject, stage, reason: reason.trim() });
        return [null, touched(subject)];
      });
    },
    async press(stamp, who, issue, text) {
      change(stamp, "press", [who, issue, text], () => {
        const now = workflow.issueTexts(issue);
        if (now.text !== text)
          throw new GazetteError("stale", `${issueName(now.issue)}刚刚改过，没有付印，请看过现在的文字再付印。`);
        workflow.take({ type: "press", who, issue, text, notices: now.notices });
        return [null, { issues: [issue], notices: now.notices.map(({ notice }) => notice) }];
      });
    },
    async reopenIssue(stamp, who, issue, reason) {
      change(stamp, "reopenIssue", [who, issue, reason], () => {
        workflow.take({ type: "reopen", who, issue, reason: reason.trim() });
        return [null, { issues: [issue] }];
      });
    },
    async createCorrection(stamp, who, issue, notice) {
      return change(stamp, "createCorrection", [who, issue, notice], () => {
        const id = randomUUID();
        const { fields, body } = correctionOf(store.notice(notice), issueName(store.issue(issue)));
        const made = store.createNotice(id, fields, body, stamp);
        workflow.take({ type: "correct", who, issue, notice, correction: id });
        return [made, { notices: [id], issues: [issue] }];
      });
    },
    async auditLog() {
      return workflow.entries();
    },
    async verifyAudit() {
      return workflow.verify();
    },
  };
}

function touched({ kind, id }: Subject): Changed {
  return kind === "issue" ? { issues: [id] } : { notices: [id] };
}

/** A correction as it is begun: what was wrong is left for a person to write. */
function correctionOf(printed: Notice, issue: string): { fields: NoticeFields; body: Notice["body"] } {
  const number = numberLine(printed);
  const named = `${citedTitle(printed)}${number ? `（${number}）` : ""}`;
  const fields: NoticeFields = {
    ...{ title: "更正", issuers: [], docNumber: "", uniformNumber: "" },
    ...{ kind: "其他", dated: "", section: "更正" },
  };
  return { fields, body: [paragraph("body", `《${issue}》刊登的${named}中，“”应为“”，特此更正。`)] };
}
