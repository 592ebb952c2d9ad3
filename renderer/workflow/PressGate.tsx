// In 付印: whether the issue may be printed by the office's workflow, what is lacking, and the step itself.
import { Button } from "antd";
import { inUse } from "../../shared/workflow/procedure.ts";
import { unsigned } from "../../shared/workflow/view.ts";
import { StageStrip } from "./StageStrip.tsx";
import { frozenWords, useWorkflow } from "./workflowDesk.ts";

/** What is lacking is many at first; the first few say enough. */
const mostListed = 6;

export function PressGate() {
  const office = useWorkflow((desk) => desk.office);
  const view = useWorkflow((desk) => desk.view);
  const { ask } = useWorkflow.getState();
  if (!office || !view) return null;
  if (!inUse(office) && !view.issue.pressed)
    return (
      <p className="muted">
        没有设审签人员，付印单上写“{unsigned.replace("。", "")}”。
        <Button type="link" size="small" onClick={() => ask({ kind: "office" })}>
          设置人员与流程
        </Button>
      </p>
    );
  const { lacking, issue } = view;
  const { pressed } = issue;
  return (
    <section className="press-gate" aria-label="审签">
      <h2>审签</h2>
      <StageStrip subject={issue.subject} />
      {pressed ? (
        <>
          <p>{frozenWords(pressed)}</p>
          <Button onClick={() => ask({ kind: "reopen" })}>撤回付印…</Button>
        </>
      ) : (
        <>
          {lacking.length > 0 && (
            <ul className="plain-list">
              {lacking.slice(0, mostListed).map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
              {lacking.length > mostListed && <li>另有{lacking.length - mostListed}处没有签。</li>}
            </ul>
          )}
          <Button disabled={lacking.length > 0} onClick={() => ask({ kind: "press" })}>
            付印…
          </Button>
        </>
      )}
      <p>
        <Button type="link" size="small" onClick={() => ask({ kind: "log" })}>
          审签记录
        </Button>
        <Button type="link" size="small" onClick={() => ask({ kind: "office" })}>
          人员与流程
        </Button>
      </p>
    </section>
  );
}
