// 本期信息: what the cover, the running head and the imprint of an issue say, and the house style it is printed in.
// The same form serves the open issue, a new one, and one recognised at import.

import { Button, Select, Space } from "antd";
import type { ImprintLine, IssueFields } from "../../shared/model/notice.ts";
import { DateField, Field, LinesField, NumberField, TextField } from "../form/fields.tsx";
import { DeleteOutlined, PlusOutlined } from "../icons.tsx";
import { styleOptions } from "../style/styleOptions.ts";
import { useWorkspace } from "../workspace.ts";

interface IssueFormProps {
  readonly value: IssueFields;
  readonly onChange: (change: Partial<IssueFields>) => void;
  /** Absent where there is no issue yet whose pages could be seen. */
  readonly onStyle?: () => void;
}

export function IssueForm({ value, onChange, onStyle }: IssueFormProps) {
  const styles = useWorkspace((state) => state.styles);
  return (
    <div className="form">
      <h3>刊名与期次</h3>
      <div className="field-grid">
        <Field label="刊名">
          {(id) => (
            <TextField
              id={id}
              required
              value={value.gazetteTitle}
              placeholder="如 示例政报"
              onChange={(gazetteTitle) => onChange({ gazetteTitle })}
            />
          )}
        </Field>
        <Field label="公报名">
          {(id) => (
            <TextField
              id={id}
              value={value.officialTitle}
              placeholder="如 示例市人民政府公报"
              onChange={(officialTitle) => onChange({ officialTitle })}
            />
          )}
        </Field>
        <Field label="英文名" wide>
          {(id) => (
            <TextField id={id} value={value.englishTitle} onChange={(englishTitle) => onChange({ englishTitle })} />
          )}
        </Field>
        <Field label="年份">
          {(id) => (
            <NumberField
              id={id}
              min={1900}
              max={2999}
              after="年"
              value={value.year}
              onChange={(year) => year !== null && onChange({ year })}
            />
          )}
        </Field>
        <Field label="期号">
          {(id) => (
            <NumberField
              id={id}
              min={1}
              max={9999}
              before="第"
              after="期"
              value={value.number}
              onChange={(number) => number !== null && onChange({ number })}
            />
          )}
        </Field>
        <Field label="总期号" hint="不计总期号的刊物留空。">
          {(id) => (
            <NumberField
              id={id}
              min={1}
              max={99999}
              before="总第"
              after="期"
              optional
              value={value.serial}
              onChange={(serial) => onChange({ serial })}
            />
          )}
        </Field>
        <Field label="出版日期">
          {(id) => <DateField id={id} value={value.published} onChange={(published) => onChange({ published })} />}
        </Field>
        <Field label="版式" wide>
          {(id) => (
            <Space.Compact>
              <Select
                id={id}
                value={value.style}
                options={styleOptions(styles)}
                onChange={(style) => onChange({ style })}
              />
              {onStyle && <Button onClick={onStyle}>版式设置</Button>}
            </Space.Compact>
          )}
        </Field>
      </div>
      <h3>封面</h3>
      <div className="field-grid">
        <Field label="主办" hint="封面上的一行，如“示例市人民政府机关刊物”。" wide>
          {(id) => <TextField id={id} value={value.organ} onChange={(organ) => onChange({ organ })} />}
        </Field>
        <Field label="声明" hint="每行一句。" wide>
          {(id) => <LinesField id={id} value={value.statement} onChange={(statement) => onChange({ statement })} />}
        </Field>
        <Field label="补白标语" hint="每行一条，印在版面的空处；可以不填。" wide>
          {(id) => <LinesField id={id} value={value.slogans} onChange={(slogans) => onChange({ slogans })} />}
        </Field>
      </div>
      <h3>版权页</h3>
      <ImprintField value={value.imprint} onChange={(imprint) => onChange({ imprint })} />
    </div>
  );
}

interface ImprintProps {
  readonly value: readonly ImprintLine[];
  readonly onChange: (imprint: readonly ImprintLine[]) => void;
}

/** Lines of the imprint, each a label and what stands after it: 主管　示例市人民政府. */
function ImprintField({ value, onChange }: ImprintProps) {
  const change = (at: number, part: Partial<ImprintLine>) =>
    onChange(value.map((line, i) => (i === at ? { ...line, ...part } : line)));
  return (
    <div className="imprint">
      {value.map((line, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines have no name but their place
        <div key={i} className="imprint-line">
          <TextField
            label={`版权页第${i + 1}行名目`}
            value={line.label}
            placeholder="名目"
            onChange={(label) => change(i, { label })}
          />
          <TextField
            label={`版权页第${i + 1}行内容`}
            value={line.value}
            placeholder="内容"
            onChange={(text) => change(i, { value: text })}
          />
          <Button
            type="text"
            icon={<DeleteOutlined />}
            title="删除这一行"
            aria-label={`删除版权页第${i + 1}行`}
            onClick={() => onChange(value.filter((_, at) => at !== i))}
          />
        </div>
      ))}
      <Button icon={<PlusOutlined />} onClick={() => onChange([...value, { label: "", value: "" }])}>
        添加一行
      </Button>
    </div>
  );
}

/** Fields of an issue that follows the given one: the next number, no date yet; or an empty first issue. */
export function nextIssueFields(last: IssueFields | null, year: number, style: string): IssueFields {
  if (!last)
    return {
      gazetteTitle: "",
      officialTitle: "",
      englishTitle: "",
      year,
      number: 1,
      serial: null,
      published: "",
      organ: "",
      statement: [],
      slogans: [],
      imprint: ["主管", "主办", "编辑", "出版"].map((label) => ({ label, value: "" })),
      style,
    };
  const { gazetteTitle, officialTitle, englishTitle, organ, statement, slogans, imprint } = last;
  return {
    gazetteTitle,
    officialTitle,
    englishTitle,
    year: Math.max(year, last.year),
    number: year > last.year ? 1 : last.number + 1,
    serial: last.serial === null ? null : last.serial + 1,
    published: "",
    organ,
    statement,
    slogans,
    imprint,
    style: last.style,
  };
}
