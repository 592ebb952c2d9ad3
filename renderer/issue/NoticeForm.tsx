// 公文信息: the fields of one notice, changed where they stand. The title and numbers are printed above the body, so
// the page beside shows each change.

import { Button, Modal, Select } from "antd";
import { useEffect, useState } from "react";
import { type Notice, type NoticeFields, noticeKinds } from "../../shared/model/notice.ts";
import { DateField, Field, TextField, TitleField } from "../form/fields.tsx";
import { FileSearchOutlined } from "../icons.tsx";
import { transport } from "../transport.ts";
import { useWorkspace } from "../workspace.ts";
import { placeEntry, sectionOf } from "./arrangement.ts";

export const kindOptions = noticeKinds.map((kind) => ({ value: kind, label: kind }));

interface FieldsProps {
  readonly value: NoticeFields;
  readonly onChange: (change: Partial<NoticeFields>) => void;
}

/** The fields alone, for a notice that is stored and for one still to be made. */
export function NoticeFieldList({ value, onChange }: FieldsProps) {
  return (
    <>
      <Field label="题名" hint="按印出的样子写全，发文机关在前；联合发文的机关之间空一格。" wide>
        {(id) => <TitleField id={id} required value={value.title} onChange={(title) => onChange({ title })} />}
      </Field>
      <Field label="发文机关" hint="逐个输入，按回车确定。" wide>
        {(id) => <IssuersField id={id} value={value.issuers} onChange={(issuers) => onChange({ issuers })} />}
      </Field>
      <Field label="发文字号">
        {(id) => (
          <TextField
            id={id}
            value={value.docNumber}
            placeholder="如 示政办发〔2026〕5号"
            onChange={(docNumber) => onChange({ docNumber })}
          />
        )}
      </Field>
      <Field label="统一登记号">
        {(id) => (
          <TextField
            id={id}
            value={value.uniformNumber}
            placeholder="规范性文件才有"
            onChange={(uniformNumber) => onChange({ uniformNumber })}
          />
        )}
      </Field>
      <Field label="文种">
        {(id) => <Select id={id} options={kindOptions} value={value.kind} onChange={(kind) => onChange({ kind })} />}
      </Field>
      <Field label="成文日期">
        {(id) => <DateField id={id} value={value.dated} onChange={(dated) => onChange({ dated })} />}
      </Field>
    </>
  );
}

interface IssuersProps {
  readonly id?: string;
  readonly value: readonly string[];
  readonly onChange: (issuers: readonly string[]) => void;
  readonly label?: string;
  readonly plain?: boolean;
}

export function IssuersField({ id, value, onChange, label, plain }: IssuersProps) {
  return (
    <Select
      id={id}
      aria-label={label}
      mode="tags"
      open={false}
      suffixIcon={null}
      variant={plain ? "borderless" : "outlined"}
      tokenSeparators={["、", "，", ",", " ", "　"]}
      placeholder="发文机关"
      value={[...value]}
      onChange={(issuers: string[]) => onChange(issuers)}
    />
  );
}

export function NoticeForm({ notice }: { readonly notice: Notice }) {
  const issue = useWorkspace((state) => state.issue);
  const [source, setSource] = useState(false);
  const { editFields, arrange } = useWorkspace.getState();
  const section = issue && sectionOf(issue.sections, notice.id);
  return (
    <div className="form" role="tabpanel" aria-label="公文信息">
      <div className="field-grid">
        <NoticeFieldList value={notice} onChange={(change) => editFields(notice.id, change)} />
        {section && (
          <Field label="所在栏目">
            {(id) => (
              <Select
                id={id}
                value={section.id}
                options={issue.sections.map((each) => ({ value: each.id, label: each.title }))}
                onChange={(to) => {
                  const target = issue.sections.find((each) => each.id === to);
                  if (target)
                    arrange(
                      placeEntry(issue.sections, notice.id, to, target.entries.length),
                      `已移到“${target.title}”的末尾`,
                    );
                }}
              />
            )}
          </Field>
        )}
      </div>
      {/* Said of itself, it works in a printed issue, too, whose fields do not. */}
      <Button disabled={false} icon={<FileSearchOutlined />} onClick={() => setSource(true)}>
        查看导入时的原文
      </Button>
      {source && <SourceText notice={notice} onClose={() => setSource(false)} />}
    </div>
  );
}

/** The lines of the imported file that the notice was read from. */
function SourceText({ notice, onClose }: { readonly notice: Notice; readonly onClose: () => void }) {
  const [source, setSource] = useState<{ name: string; first: number; lines: readonly string[] } | null | undefined>();
  const { id } = notice;
  useEffect(() => {
    transport.api
      .noticeSource(id)
      .then((found) =>
        setSource(
          found && {
            name: found.fileName,
            first: found.startLine,
            lines: found.text.split("\n").slice(found.startLine - 1, found.endLine),
          },
        ),
      )
      .catch(useWorkspace.getState().complain);
  }, [id]);
  return (
    <Modal open title={source ? `原文：${source.name}` : "原文"} width={820} footer={null} onCancel={onClose}>
      {source === null && <p>这篇公文是在这里新写的，没有导入的原文。</p>}
      {source && (
        <ol className="source" start={source.first}>
          {source.lines.map((line, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a file never move
            <li key={i}>{line}</li>
          ))}
        </ol>
      )}
    </Modal>
  );
}
