// 人员与流程: who works in the office with which roles, and the stages of a notice and of an issue. Nothing is kept before
// it can work; why it cannot is said while it is being written.
import { Button, Checkbox, Input, Modal, Select } from "antd";
import { useEffect, useState } from "react";
import { GazetteError } from "../../shared/api.ts";
import type { Severity } from "../../shared/proof/proof.ts";
import type { RuleSummary } from "../../shared/proof/ruleNames.ts";
import {
  inUse,
  type Office,
  officeFault,
  type Person,
  type Role,
  roleNames,
  roles,
  type Stage,
  stageNames,
} from "../../shared/workflow/procedure.ts";
import { DeleteOutlined, PlusOutlined, UpOutlined } from "../icons.tsx";
import { nextStamp, transport } from "../transport.ts";
import { useWorkspace } from "../workspace.ts";
import { Signer, useSigner } from "./Signer.tsx";
import { useWorkflow } from "./workflowDesk.ts";

const roleOptions = roles.map((value) => ({ value, label: roleNames[value] }));

export function OfficeDialog() {
  const stored = useWorkflow((desk) => desk.office);
  return stored && <OfficeForm stored={stored} />;
}

function OfficeForm({ stored }: { readonly stored: Office }) {
  const [people, setPeople] = useState(stored.people);
  const [procedure, setProcedure] = useState(stored.procedure);
  const [refused, setRefused] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const signer = useSigner(["approver"]);
  const close = () => useWorkflow.getState().ask(null);
  const fault = officeFault({ people, procedure });
  const asks = inUse(stored);
  const save = async () => {
    setBusy(true);
    setRefused(null);
    try {
      const named = people.map((person) => ({ ...person, name: person.name.trim() }));
      await transport.api.saveOffice(nextStamp(), asks ? (signer.who?.id ?? "") : null, { people: named, procedure });
      if (signer.who) useWorkspace.getState().putSettings({ person: signer.who.name });
      useWorkspace.getState().say(people.length > 0 ? "人员与流程已保存" : "已不设审签人员，付印不经流程");
      close();
    } catch (error) {
      if (error instanceof GazetteError) setRefused(error.message);
      else useWorkspace.getState().complain(error);
    }
    setBusy(false);
  };
  return (
    <Modal
      open
      width={820}
      title="人员与流程"
      className="dialog office"
      okText="保存"
      okButtonProps={{ disabled: fault !== null || (asks && !signer.who), loading: busy }}
      onOk={() => void save()}
      onCancel={() => !busy && close()}
    >
      <p className="muted">
        在这里写上谁做编辑、校对和审签，公文和全期就要逐环节签字，签完才能付印。不写人时不经流程，照旧直接导出。签字凭姓名，没有口令，请各人只签自己的名。
      </p>
      <People value={people} onChange={setPeople} />
      <Chain label="每篇公文" value={procedure.notice} onChange={(notice) => setProcedure({ ...procedure, notice })} />
      <Chain label="全期" value={procedure.issue} onChange={(issue) => setProcedure({ ...procedure, issue })} />
      <Checkbox
        checked={procedure.distinct}
        onChange={(event) => setProcedure({ ...procedure, distinct: event.target.checked })}
      >
        前后两个环节不能由同一人签字
      </Checkbox>
      {asks && (
        <p className="office-signer">
          由谁改动：
          <Signer people={signer.people} value={signer.who?.id ?? null} onChange={signer.choose} />
        </p>
      )}
      {(refused ?? fault) && (
        <p className="error-text" role="alert">
          {refused ?? fault}
        </p>
      )}
    </Modal>
  );
}

interface PeopleProps {
  readonly value: readonly Person[];
  readonly onChange: (people: readonly Person[]) => void;
}

function People({ value, onChange }: PeopleProps) {
  const put = (index: number, change: Partial<Person>) =>
    onChange(value.map((person, i) => (i === index ? { ...person, ...change } : person)));
  return (
    <section aria-label="人员">
      <h3>人员</h3>
      {value.map((person, i) => (
        <div key={person.id} className="office-row">
          <Input
            aria-label={`第${i + 1}人的姓名`}
            placeholder="姓名"
            maxLength={20}
            value={person.name}
            onChange={(event) => put(i, { name: event.target.value })}
          />
          <Checkbox.Group
            options={roleOptions}
            value={[...person.roles]}
            onChange={(chosen: Role[]) => put(i, { roles: roles.filter((role) => chosen.includes(role)) })}
          />
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={`删去${person.name || `第${i + 1}人`}`}
            title="删去"
            onClick={() => onChange(value.filter((one) => one !== person))}
          />
        </div>
      ))}
      <Button
        size="small"
        icon={<PlusOutlined />}
        onClick={() => onChange([...value, { id: crypto.randomUUID(), name: "", roles: [] }])}
      >
        加人
      </Button>
    </section>
  );
}

const cleanOptions: readonly { readonly value: Severity | "none"; readonly label: string }[] = [
  { value: "none", label: "不查" },
  { value: "error", label: "没有差错" },
  { value: "warning", label: "没有差错和存疑" },
  { value: "hint", label: "没有差错、存疑和提示" },
];

interface ChainProps {
  readonly label: string;
  readonly value: readonly Stage[];
  readonly onChange: (stages: readonly Stage[]) => void;
}

function Chain({ label, value, onChange }: ChainProps) {
  const rules = useRules();
  const put = (index: number, change: Partial<Stage>) =>
    onChange(value.map((stage, i) => (i === index ? { ...stage, ...change } : stage)));
  const free = stageNames.find((name) => value.every((stage) => stage.name !== name));
  return (
    <section aria-label={`${label}的环节`}>
      <h3>{label}的环节</h3>
      {value.map((stage, i) => (
        <div key={stage.name} className="office-row">
          <Select
            aria-label={`${label}第${i + 1}个环节`}
            className="office-stage"
            value={stage.name}
            options={stageNames.map((name) => ({
              value: name,
              disabled: name !== stage.name && value.some((one) => one.name === name),
            }))}
            onChange={(name) => put(i, { name })}
          />
          <Checkbox.Group
            options={roleOptions}
            value={[...stage.roles]}
            onChange={(chosen: Role[]) => put(i, { roles: roles.filter((role) => chosen.includes(role)) })}
          />
          <Select<Severity | "none">
            aria-label={`${stage.name}签字前`}
            className="office-clean"
            value={stage.clean ?? "none"}
            options={[...cleanOptions]}
            onChange={(clean) => put(i, { clean: clean === "none" ? null : clean })}
          />
          <Select
            aria-label={`${stage.name}另查的各类`}
            className="office-rules"
            mode="multiple"
            maxTagCount={0}
            maxTagPlaceholder={(left) => `另查${left.length}类`}
            placeholder="另查某几类"
            optionFilterProp="label"
            value={[...stage.rules]}
            options={rules}
            onChange={(chosen) => put(i, { rules: chosen })}
          />
          <Button
            type="text"
            icon={<UpOutlined />}
            disabled={i === 0}
            aria-label={`${stage.name}提前`}
            title="提前"
            onClick={() => onChange(value.toSpliced(i, 1).toSpliced(i - 1, 0, stage))}
          />
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={`删去${stage.name}`}
            title="删去"
            onClick={() => onChange(value.filter((one) => one !== stage))}
          />
        </div>
      ))}
      <Button
        size="small"
        icon={<PlusOutlined />}
        disabled={!free}
        onClick={() => free && onChange([...value, { name: free, roles: ["proofreader"], clean: "error", rules: [] }])}
      >
        加环节
      </Button>
    </section>
  );
}

/** The rules of proofreading by their words. */
function useRules() {
  const [rules, setRules] = useState<readonly RuleSummary[]>([]);
  useEffect(() => {
    transport.api.proofRules().then(setRules).catch(useWorkspace.getState().complain);
  }, []);
  return rules.map(({ rule, label }) => ({ value: rule, label }));
}
