// What the style panel asks: what shall become of unsaved settings, under which name a style is kept, and how a style from
// a file is taken in. A refusal of the store stays in the dialog, with what was typed.
import { Button, Checkbox, Input, Modal } from "antd";
import { useState } from "react";
import { GazetteError } from "../../shared/api.ts";
import { longestLabel } from "../../shared/layout/styleRule.ts";
import { useWorkspace } from "../workspace.ts";
import { keepImported, type StyleQuestion, useStyleDesk } from "./styleDesk.ts";

export function StyleDialogs() {
  const question = useStyleDesk((desk) => desk.question);
  switch (question?.kind) {
    case "leave":
      return <LeaveDialog question={question} />;
    case "saveAs":
      return <SaveAsDialog question={question} />;
    case "import":
      return <ImportDialog question={question} />;
    case undefined:
      return null;
  }
}

function LeaveDialog({ question }: { readonly question: StyleQuestion & { kind: "leave" } }) {
  const { ask, discard, save } = useStyleDesk.getState();
  const label = useStyleDesk((desk) => desk.opened?.label ?? "");
  const own = useStyleDesk((desk) => desk.version > 0);
  const [busy, setBusy] = useState(false);
  const answer = (free: boolean) => {
    ask(null);
    question.settle(free);
  };
  const keep = async () => {
    setBusy(true);
    try {
      await save();
      answer(true);
    } catch (error) {
      answer(false);
      useWorkspace.getState().complain(error);
    }
  };
  return (
    <Modal
      open
      width={480}
      title="版式的改动还没有保存"
      onCancel={() => !busy && answer(false)}
      footer={[
        <Button
          key="discard"
          danger
          disabled={busy}
          onClick={() => {
            discard();
            answer(true);
          }}
        >
          放弃改动
        </Button>,
        <Button key="stay" disabled={busy} onClick={() => answer(false)}>
          继续修改
        </Button>,
        own ? (
          <Button key="save" type="primary" loading={busy} onClick={() => void keep()}>
            保存
          </Button>
        ) : (
          <Button key="saveAs" type="primary" onClick={() => ask({ kind: "saveAs", settle: question.settle })}>
            存为新版式…
          </Button>
        ),
      ]}
    >
      <p>右边的版面已照“{label}”的改动排出，但本期仍用改动前的版式付印。</p>
    </Modal>
  );
}

/** A name and a button that keeps; the dialog closes when it is kept. */
function useKeeping(keep: (label: string) => Promise<void>, done: () => void) {
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const run = async (label: string) => {
    setBusy(true);
    try {
      await keep(label);
      done();
    } catch (error) {
      if (error instanceof GazetteError) setFault(error.message);
      else useWorkspace.getState().complain(error);
      setBusy(false);
    }
  };
  return { fault, busy, run: (label: string) => void run(label.trim()) };
}

interface NameProps {
  readonly value: string;
  readonly fault: string | null;
  readonly onChange: (value: string) => void;
  readonly onEnter: () => void;
}

function NameBox({ value, fault, onChange, onEnter }: NameProps) {
  return (
    <div className="style-name">
      <label htmlFor="style-name">版式名称</label>
      <Input
        id="style-name"
        autoFocus
        maxLength={longestLabel}
        value={value}
        status={fault ? "error" : undefined}
        placeholder="如 示例政报版式"
        onFocus={(event) => event.target.select()}
        onChange={(event) => onChange(event.target.value)}
        onPressEnter={(event) => !event.nativeEvent.isComposing && onEnter()}
      />
      {fault && (
        <p className="setting-fault" role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}

function SaveAsDialog({ question }: { readonly question: StyleQuestion & { kind: "saveAs" } }) {
  const { ask, saveAs } = useStyleDesk.getState();
  const issue = useWorkspace((state) => state.issue);
  const [label, setLabel] = useState(issue ? `${issue.gazetteTitle}版式` : "");
  const end = (free: boolean) => {
    ask(null);
    question.settle(free);
  };
  const { fault, busy, run } = useKeeping(saveAs, () => end(true));
  return (
    <Modal
      open
      width={480}
      title="存为新版式"
      okText="存为新版式"
      okButtonProps={{ loading: busy, disabled: label.trim() === "" }}
      onOk={() => run(label)}
      onCancel={() => end(false)}
    >
      <NameBox value={label} fault={fault} onChange={setLabel} onEnter={() => label.trim() && run(label)} />
      <p className="hint">存好后本期改用它，别的期也可以选用。</p>
    </Modal>
  );
}

function ImportDialog({ question }: { readonly question: StyleQuestion & { kind: "import" } }) {
  const { ask } = useStyleDesk.getState();
  const taken = useWorkspace((state) => state.styles.some((style) => style.label === question.label));
  const [label, setLabel] = useState(question.label);
  const [use, setUse] = useState(true);
  const { fault, busy, run } = useKeeping(
    (name) => keepImported(question, name, use),
    () => ask(null),
  );
  const clash = taken && label.trim() === question.label ? `已有名为“${label.trim()}”的版式，请另起一个名称。` : null;
  return (
    <Modal
      open
      width={480}
      title="导入版式"
      okText="导入"
      okButtonProps={{ loading: busy, disabled: label.trim() === "" || clash !== null }}
      onOk={() => run(label)}
      onCancel={() => ask(null)}
    >
      <NameBox
        value={label}
        fault={clash ?? fault}
        onChange={setLabel}
        onEnter={() => label.trim() && !clash && run(label)}
      />
      <Checkbox checked={use} onChange={(event) => setUse(event.target.checked)}>
        本期改用它
      </Checkbox>
    </Modal>
  );
}
