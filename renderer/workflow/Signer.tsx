// Who signs: one of the office's people by name, and the frame of every dialog in which somebody signs for something. A
// refusal of the core stays in the dialog, with what was typed.
import { Input, Modal, Select } from "antd";
import { type ReactNode, useState } from "react";
import { GazetteError } from "../../shared/api.ts";
import { namesOfRoles, type Person, type PersonId, type Role } from "../../shared/workflow/procedure.ts";
import { Field } from "../form/fields.tsx";
import { useWorkspace } from "../workspace.ts";
import { useWorkflow } from "./workflowDesk.ts";

interface SignerProps {
  readonly people: readonly Person[];
  readonly value: PersonId | null;
  readonly onChange: (who: PersonId) => void;
}

export function Signer({ people, value, onChange }: SignerProps) {
  const options = people.map(({ id, name, roles }) => ({
    value: id,
    label: `${name}（${namesOfRoles(roles).replaceAll("或", "、")}）`,
  }));
  return (
    <Select aria-label="签字人" placeholder="选择自己的姓名" options={options} value={value} onChange={onChange} />
  );
}

/** People who hold one of the roles, and who of them works at this window. */
export function useSigner(may: readonly Role[]) {
  const people = useWorkflow((desk) => desk.office?.people ?? []).filter(({ roles }) =>
    roles.some((role) => may.includes(role)),
  );
  const remembered = useWorkspace((state) => state.settings.person);
  const [chosen, setChosen] = useState<PersonId | null>(null);
  const who = people.find(({ id, name }) => (chosen === null ? name === remembered : id === chosen)) ?? null;
  return { people, who, choose: setChosen };
}

interface DeedProps {
  readonly title: string;
  readonly okText: string;
  /** Who may do it. */
  readonly may: readonly Role[];
  /** What the reason is asked for; absent: none is asked. */
  readonly reason?: string;
  /** Something else must be filled in first. */
  readonly waits?: boolean;
  readonly width?: number;
  /** Done by `who`; a GazetteError is shown. */
  readonly run: (who: PersonId, reason: string) => Promise<void>;
  readonly children: ReactNode;
}

export function DeedDialog({ title, okText, may, reason, waits = false, width = 520, run, children }: DeedProps) {
  const { people, who, choose } = useSigner(may);
  const [why, setWhy] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const close = () => useWorkflow.getState().ask(null);
  const act = async () => {
    if (!who) return;
    setBusy(true);
    setFault(null);
    try {
      // What is signed for is what the store holds.
      if (await useWorkspace.getState().settled()) {
        await run(who.id, why.trim());
        useWorkspace.getState().putSettings({ person: who.name });
        close();
      }
    } catch (error) {
      if (error instanceof GazetteError) setFault(error.message);
      else useWorkspace.getState().complain(error);
    }
    setBusy(false);
  };
  const ready = who !== null && !waits && (reason === undefined || why.trim() !== "");
  return (
    <Modal
      open
      width={width}
      title={title}
      className="dialog deed"
      okText={okText}
      okButtonProps={{ disabled: !ready, loading: busy }}
      onOk={() => void act()}
      onCancel={() => !busy && close()}
    >
      {children}
      <div className="form">
        {reason !== undefined && (
          <Field label="理由" hint={reason} wide>
            {(id) => (
              <Input.TextArea
                id={id}
                value={why}
                maxLength={500}
                autoSize={{ minRows: 2, maxRows: 4 }}
                onChange={(event) => setWhy(event.target.value)}
              />
            )}
          </Field>
        )}
        <Field label="签字人" wide>
          {() => <Signer people={people} value={who?.id ?? null} onChange={choose} />}
        </Field>
      </div>
      {people.length === 0 && <p className="error-text">名单里没有{namesOfRoles(may)}，请先在“人员与流程”里加人。</p>}
      {fault && (
        <p className="error-text" role="alert">
          {fault}
        </p>
      )}
    </Modal>
  );
}
