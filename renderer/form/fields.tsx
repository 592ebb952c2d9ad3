// Fields of the window's forms. A typed value is handed on with each key, since there is no save button, but never
// half a word of an input method: pinyin that is still being composed stays in the field.
import { DatePicker, Input, InputNumber } from "antd";
import dayjs from "dayjs";
import { type ReactNode, useId, useState } from "react";

interface FieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly wide?: boolean;
  readonly children: (id: string) => ReactNode;
}

/** A label, its control and, below, a sentence that helps. */
export function Field({ label, hint, wide, children }: FieldProps) {
  const id = useId();
  return (
    <div className={wide ? "field wide" : "field"}>
      <label htmlFor={id}>{label}</label>
      <div className="control">
        {children(id)}
        {hint && <div className="hint">{hint}</div>}
      </div>
    </div>
  );
}

interface TextProps {
  readonly id?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** A value that must not be left empty is not handed on while it is. */
  readonly required?: boolean;
  readonly lines?: boolean;
  readonly placeholder?: string;
  readonly label?: string;
  readonly plain?: boolean;
}

/** One line of text, or with `lines` several that are shown wrapped. */
export function TextField({ id, value, onChange, required, lines, placeholder, label, plain }: TextProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const [composing, setComposing] = useState(false);
  const shown = draft ?? value;
  const hand = (text: string) => {
    if (required && text.trim() === "") return setDraft(text);
    setDraft(null);
    if (text !== value) onChange(text);
  };
  const props = {
    id,
    value: shown,
    placeholder,
    "aria-label": label,
    variant: plain ? ("borderless" as const) : undefined,
    status: required && shown.trim() === "" ? ("error" as const) : undefined,
    onChange: (event: { target: { value: string } }) =>
      composing ? setDraft(event.target.value) : hand(event.target.value),
    onCompositionStart: () => setComposing(true),
    onCompositionEnd: (event: { currentTarget: { value: string } }) => {
      setComposing(false);
      hand(event.currentTarget.value);
    },
    onBlur: () => setDraft(null),
  };
  return lines ? <Input.TextArea autoSize={{ minRows: 1, maxRows: 8 }} {...props} /> : <Input {...props} />;
}

interface OneLineProps extends Omit<TextProps, "lines"> {}

/** Text that is one line in the data but long on the screen: shown wrapped, a line break typed or pasted is a space. */
export function TitleField({ onChange, ...rest }: OneLineProps) {
  return <TextField {...rest} lines onChange={(text) => onChange(text.replace(/\s*\n\s*/gu, " "))} />;
}

interface LinesProps {
  readonly id?: string;
  readonly value: readonly string[];
  readonly onChange: (value: readonly string[]) => void;
  readonly placeholder?: string;
}

/** A list of strings, a line each. */
export function LinesField({ id, value, onChange, placeholder }: LinesProps) {
  return (
    <TextField
      id={id}
      lines
      value={value.join("\n")}
      placeholder={placeholder}
      onChange={(text) => onChange(text === "" ? [] : text.split("\n"))}
    />
  );
}

interface DateProps {
  readonly id?: string;
  readonly value: string;
  readonly onChange: (iso: string) => void;
  readonly label?: string;
  readonly plain?: boolean;
}

/** A day as ISO text, "" when there is none; typed as 2023-6-25 or 2023年6月25日, or picked. */
export function DateField({ id, value, onChange, label, plain }: DateProps) {
  return (
    <DatePicker
      id={id}
      aria-label={label}
      variant={plain ? "borderless" : "outlined"}
      value={value ? dayjs(value) : null}
      format={["YYYY-MM-DD", "YYYY年M月D日", "YYYY-M-D", "YYYY.M.D"]}
      placeholder="未定"
      onChange={(day) => onChange(day ? day.format("YYYY-MM-DD") : "")}
    />
  );
}

interface NumberProps {
  readonly id?: string;
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
  readonly min: number;
  readonly max: number;
  readonly before?: string;
  readonly after?: string;
  /** May be left empty. */
  readonly optional?: boolean;
}

export function NumberField({ id, value, onChange, min, max, before, after, optional }: NumberProps) {
  return (
    <InputNumber
      id={id}
      value={value}
      min={min}
      max={max}
      precision={0}
      controls={false}
      prefix={before}
      suffix={after}
      onChange={(number) => {
        if (number === null ? optional : true) onChange(number);
      }}
    />
  );
}
