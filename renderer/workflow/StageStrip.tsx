// The stages of a text in a line: who signed what and when, what lapsed and why, and what is to be done next.
import { Button, Dropdown } from "antd";
import dayjs from "dayjs";
import type { NoticeId } from "../../shared/model/notice.ts";
import { localTime } from "../../shared/workflow/audit.ts";
import { namesOfRoles } from "../../shared/workflow/procedure.ts";
import { lapseWords, type TextWorkflow } from "../../shared/workflow/view.ts";
import { nextStage, type Standing, type Subject, stands } from "../../shared/workflow/workflow.ts";
import { CheckOutlined, DownOutlined, WarningOutlined } from "../icons.tsx";
import { useTextWorkflow, useWorkflow } from "./workflowDesk.ts";
import "./workflow.css";

export function StageStrip({ subject }: { readonly subject: Subject }) {
  const text = useTextWorkflow(subject);
  const corrections = useWorkflow((desk) => desk.view?.corrections);
  if (!text) return null;
  const { pressed, corrects } = text;
  const next = nextStage(text.stages);
  const own = corrections?.filter(({ notice }) => notice === subject.id) ?? [];
  return (
    <section className="stage-strip" aria-label={`${text.name}的审签`}>
      <ol>
        {text.stages.map((one) => (
          <StageChip key={one.stage.name} text={text} standing={one} isNext={one.stage === next && !pressed} />
        ))}
      </ol>
      {!pressed && <Deeds text={text} />}
      {pressed && (
        <span className="stage-note">
          {pressed.name}
          {dayjs(pressed.at).format("M月D日")}付印
        </span>
      )}
      {pressed && subject.kind === "notice" && (
        <Button size="small" onClick={() => useWorkflow.getState().ask({ kind: "correct", text })}>
          另开更正…
        </Button>
      )}
      {text.sentBack && !pressed && (
        <p className="stage-note">
          {text.sentBack.name}
          {dayjs(text.sentBack.at).format("M月D日")}退回{text.sentBack.stage}：{text.sentBack.reason}
        </p>
      )}
      {corrects && <p className="stage-note">更正的是{corrects}</p>}
      {own.map((one) => (
        <p key={one.correction} className="stage-note">
          {one.name}
          {dayjs(one.at).format("M月D日")}已另开更正，在稿库
        </p>
      ))}
    </section>
  );
}

interface ChipProps {
  readonly text: TextWorkflow;
  readonly standing: Standing;
  readonly isNext: boolean;
}

function StageChip({ text, standing, isNext }: ChipProps) {
  const { stage, signature, lapse } = standing;
  if (!signature)
    return (
      <li className={isNext ? "sign-stage next" : "sign-stage"} title={`由${namesOfRoles(stage.roles)}签字`}>
        <b>{stage.name}</b>
        {isNext && <span>待签</span>}
      </li>
    );
  const waived = signature.waived.map(({ excerpt, reason }) => `放行“${excerpt}”：${reason}`);
  const title = [`${signature.name}，${localTime(signature.at)}`, ...waived].join("\n");
  return (
    <li className={lapse ? "sign-stage lapsed" : "sign-stage signed"} title={title}>
      {lapse ? <WarningOutlined /> : <CheckOutlined />}
      <b>{stage.name}</b>
      <span>
        {signature.name} {dayjs(signature.at).format("M月D日")}
      </span>
      {lapse && <span>已失效：{lapseWords[lapse]}</span>}
      {lapse === "text" && (
        <button type="button" onClick={() => useWorkflow.getState().ask({ kind: "changes", text, signature })}>
          看改动
        </button>
      )}
      {!lapse && waived.length > 0 && <span>放行{waived.length}处</span>}
    </li>
  );
}

/** What can be done with a text that is not printed. */
function Deeds({ text }: { readonly text: TextWorkflow }) {
  const { ask } = useWorkflow.getState();
  const next = nextStage(text.stages);
  const signed = text.stages.filter(({ signature }) => signature !== null);
  const back = signed.map(({ stage }) => ({
    key: stage.name,
    label: `退回${stage.name}…`,
    onClick: () => ask({ kind: "sendBack", text, stage: stage.name }),
  }));
  return (
    <>
      {next && (
        <Button size="small" onClick={() => ask({ kind: "sign", text, stage: next.name })}>
          签{next.name}…
        </Button>
      )}
      {back.length > 0 && (
        <Dropdown trigger={["click"]} menu={{ items: back }}>
          <Button size="small" type="text">
            退回
            <DownOutlined />
          </Button>
        </Dropdown>
      )}
    </>
  );
}

/** How far a notice has come, in the structure: the last stage that stands; 稿 before the first, ! where one lapsed. */
export function StageMark({ notice }: { readonly notice: NoticeId }) {
  const text = useTextWorkflow({ kind: "notice", id: notice });
  if (!text || text.stages.length === 0) return null;
  const last = text.stages.findLast(stands);
  const lapsed = !text.pressed && text.stages.some(({ lapse }) => lapse !== null);
  const title = lapsed ? "文字或流程有变，签字已失效，要重签" : last ? `已签${last.stage.name}` : "还没有签字";
  return (
    <span className={lapsed ? "stage-mark lapsed" : "stage-mark"} title={title}>
      {last?.stage.name ?? "稿"}
      {lapsed && "!"}
    </span>
  );
}
