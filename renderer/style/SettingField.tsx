// One row of the style panel: the name, the fields of its settings, and the way back to the base. A value that may not be
// is kept in its field with a sentence that says why, and changes nothing.
import { Input, Select, Switch } from "antd";
import { type KeyboardEvent, type ReactNode, useId, useState } from "react";
import { type Role, roleNames } from "../../shared/layout/fonts.ts";
import type { StyleSheet } from "../../shared/layout/style.ts";
import type { Word } from "../../shared/layout/styleGuide.ts";
import type { Choice, Rule } from "../../shared/layout/styleRule.ts";
import { isObject } from "../../shared/layout/styleRule.ts";
import { type StyleSetting, sameValue, valueAt } from "../../shared/layout/styleSettings.ts";
import type { SettingRow } from "./settingRows.ts";
import { faultOf, useStyleDesk } from "./styleDesk.ts";

interface RowProps {
  readonly row: SettingRow;
  readonly draft: StyleSheet;
  readonly base: StyleSheet;
  /** Where the row stands, for a list of rows of many parts. */
  readonly place?: string;
}

export function SettingField({ row, draft, base, place }: RowProps) {
  const id = useId();
  const [refused, setRefused] = useState<{ readonly fault: string; readonly over: string } | null>(null);
  const values = JSON.stringify(row.settings.map(({ path }) => valueAt(draft, path)));
  // As the text in the field does, the sentence goes when the values change elsewhere.
  const fault = refused?.over === values ? refused.fault : null;
  const { restore } = useStyleDesk.getState();
  const changed = row.settings.filter(({ path }) => !sameValue(valueAt(draft, path), valueAt(base, path)));
  const [only] = row.settings;
  const help = row.settings.length === 1 ? only?.word.help : undefined;
  const name = place ? `${place}·${row.label}` : row.label;
  const classes = ["setting", changed.length > 0 && "changed", row.settings.length > 2 && "type"].filter(Boolean);
  return (
    <fieldset className={classes.join(" ")} aria-labelledby={id}>
      <span id={id} className="setting-name">
        {place && <small>{place}</small>}
        {row.label}
      </span>
      <div className="setting-control">
        <div className="setting-boxes">
          {row.settings.map((setting) => (
            <ValueBox
              key={setting.path}
              setting={setting}
              draft={draft}
              label={row.settings.length > 1 ? `${name}·${setting.word.name}` : name}
              joined={row.settings.length > 1}
              onFault={(said) => setRefused(said === null ? null : { fault: said, over: values })}
            />
          ))}
        </div>
        {fault ? (
          <p className="setting-fault" role="alert">
            {fault}
          </p>
        ) : (
          help && <p className="hint">{help}</p>
        )}
      </div>
      <button
        type="button"
        className="setting-restore"
        disabled={changed.length === 0}
        aria-label={`恢复${name}`}
        title={`底本为${changed.map((setting) => inWords(setting, valueAt(base, setting.path))).join("、")}`}
        onClick={() => {
          setRefused(null);
          restore(changed);
        }}
      >
        恢复
      </button>
    </fieldset>
  );
}

interface BoxProps {
  readonly setting: StyleSetting;
  readonly draft: StyleSheet;
  readonly label: string;
  /** Shares its row with others, and so says itself what it is. */
  readonly joined: boolean;
  readonly onFault: (fault: string | null) => void;
}

/** The field that fits the setting's rule. */
function ValueBox({ setting, draft, label, joined, onFault }: BoxProps): ReactNode {
  const { path, word } = setting;
  const value = valueAt(draft, path);
  const optional = setting.rule.kind === "orNull";
  const rule = setting.rule.kind === "orNull" ? setting.rule.of : setting.rule;
  const hand = (next: unknown, typed: boolean): boolean => {
    const fault = faultOf(draft, setting, next);
    onFault(fault);
    if (fault === null) useStyleDesk.getState().change(path, next, typed);
    return fault === null;
  };
  const put = (next: unknown) => hand(next, false);
  const type = (next: unknown) => hand(next, true);
  switch (rule.kind) {
    case "number":
      return (
        <TypedBox
          label={label}
          text={value === null ? "" : String(value)}
          placeholder={optional ? word.none : undefined}
          before={joined && word.name === "字距" ? "距" : undefined}
          after={word.unit}
          step={rule.step ?? steps[word.unit ?? ""] ?? 0.5}
          read={(text) => (text === "" && optional ? null : toNumber(text))}
          onValue={type}
        />
      );
    case "text":
      return <TypedBox wide label={label} text={String(value)} onValue={type} />;
    case "choice":
      if (typeof rule.choices[0] === "boolean")
        return <Switch size="small" aria-label={label} checked={value === true} onChange={put} />;
      return (
        <Select<Listed>
          size="small"
          className={joined ? "setting-choice joined" : "setting-choice"}
          aria-label={label}
          value={isListed(value) ? value : ""}
          popupMatchSelectWidth={false}
          options={choicesOf(rule, word, optional ? draft.body : null)}
          onChange={(next) => put(next === "" ? null : next)}
        />
      );
    case "list":
      return (
        <ListBox
          rule={rule}
          word={word}
          value={Array.isArray(value) ? value : []}
          label={label}
          onValue={rule.of.kind === "choice" ? put : type}
        />
      );
    case "set":
      return <LeadBox value={value} label={label} onValue={put} />;
    case "orNull":
      throw new RangeError(`${path} may be null twice`);
  }
}

/** What one press of an arrow key adds. */
const steps: Readonly<Record<string, number>> = { 磅: 0.5, 毫米: 1, 字: 0.1, 倍: 0.05 };

type Listed = Exclude<Choice, boolean>;
function isListed(value: unknown): value is Listed {
  return typeof value === "string" || typeof value === "number";
}

/** `inherited`: the typeface of body text, when a choice may be left to it. */
function choicesOf(rule: Rule & { kind: "choice" }, word: Word, inherited: Role | null) {
  const named = rule.choices.filter(isListed).map((value) => ({ value, label: word.choices?.[value] ?? `${value}` }));
  if (inherited === null) return named;
  return [{ value: "" as const, label: `${word.none}（${roleNames[inherited]}）` }, ...named];
}

/** A number as it is typed, full-width digits among them; anything else as it stands, for the rule to refuse. */
function toNumber(text: string): unknown {
  const plain = text.normalize("NFKC").trim();
  return /^-?\d+(\.\d*)?$|^\.\d+$/.test(plain) ? Number(plain) : text;
}

interface TypedProps {
  readonly label: string;
  readonly text: string;
  readonly placeholder?: string | undefined;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  readonly wide?: boolean;
  /** Set for numbers: the arrow keys count. */
  readonly step?: number;
  /** What a text stands for; absent: itself. */
  readonly read?: (text: string) => unknown;
  /** Whether the value was taken. */
  readonly onValue: (value: unknown) => boolean;
}

/** A text that is handed on with each key. What was not taken stays in the field until the value changes elsewhere. */
function TypedBox({ label, text, placeholder, before, after, wide, step, read = String, onValue }: TypedProps) {
  const [typed, setTyped] = useState<{ readonly text: string; readonly over: string; readonly taken: boolean } | null>(
    null,
  );
  const [composing, setComposing] = useState(false);
  // “12.” stands for the 12 that was taken; but a value that came from elsewhere (undone, restored) takes its place.
  const current = typed && (typed.taken ? sameValue(read(typed.text), read(text)) : typed.over === text);
  const own = current ? typed : null;
  if (typed && !current) setTyped(null);
  const hand = (next: string) => setTyped({ text: next, over: text, taken: onValue(read(next)) });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" && own && !own.taken) return hand(text);
    const by = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : 0;
    const from = read(own?.text ?? text);
    if (by === 0 || step === undefined || typeof from !== "number") return;
    event.preventDefault();
    hand(String(Number((from + by * step).toFixed(4))));
  };
  return (
    <Input
      size="small"
      className={wide ? "setting-text" : "setting-number"}
      aria-label={label}
      value={own?.text ?? text}
      placeholder={placeholder}
      prefix={before}
      suffix={after}
      status={own && !own.taken && !composing ? "error" : undefined}
      onChange={({ target: { value } }) =>
        composing ? setTyped({ text: value, over: text, taken: false }) : hand(value)
      }
      onCompositionStart={() => setComposing(true)}
      onCompositionEnd={(event) => {
        setComposing(false);
        hand(event.currentTarget.value);
      }}
      onKeyDown={onKeyDown}
      onBlur={() => own?.taken && setTyped(null)}
    />
  );
}

interface ListProps {
  readonly rule: Rule & { kind: "list" };
  readonly word: Word;
  readonly value: readonly unknown[];
  readonly label: string;
  readonly onValue: (value: unknown) => boolean;
}

/** Several of a few choices, a pair of texts, or numbers in one line. */
function ListBox({ rule, word, value, label, onValue }: ListProps) {
  if (rule.of.kind === "choice")
    return (
      <Select<Listed[]>
        size="small"
        mode="multiple"
        className="setting-choice"
        aria-label={label}
        value={value.filter(isListed)}
        options={choicesOf(rule.of, word, null)}
        optionFilterProp="label"
        placeholder="都不另起"
        onChange={onValue}
      />
    );
  if (rule.of.kind === "text")
    return value.map((text, i) => (
      <TypedBox
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts have no name but their place
        key={i}
        label={`${label}第${i + 1}个`}
        text={String(text)}
        onValue={(next) => onValue(value.with(i, next))}
      />
    ));
  return (
    <TypedBox
      wide
      label={label}
      text={value.join("、")}
      after={word.unit}
      read={(text) =>
        text
          .split(/[、，,\s]+/u)
          .filter(Boolean)
          .map(toNumber)
      }
      onValue={onValue}
    />
  );
}

interface LeadProps {
  readonly value: unknown;
  readonly label: string;
  readonly onValue: (value: unknown) => boolean;
}

/** The run-in beginning: how far it goes, and its typeface. */
function LeadBox({ value, label, onValue }: LeadProps) {
  const lead = isObject(value) ? { role: value.role as Role, until: value.until as string } : null;
  const put = (until: string, role: Role) => onValue(until === "" ? null : { role, until });
  return (
    <>
      <Select<string>
        size="small"
        className="setting-choice"
        aria-label={`${label}·到哪里`}
        value={lead?.until ?? ""}
        popupMatchSelectWidth={false}
        options={[
          { value: "", label: "不用" },
          { value: "number", label: "序号（第三条）" },
          { value: "sentence", label: "首句（一、…。）" },
        ]}
        onChange={(until) => put(until, lead?.role ?? "hei")}
      />
      {lead && (
        <Select<Role>
          size="small"
          className="setting-choice joined"
          aria-label={`${label}·字体`}
          value={lead.role}
          options={Object.entries(roleNames).map(([role, name]) => ({ value: role as Role, label: name }))}
          onChange={(role) => put(lead.until, role)}
        />
      )}
    </>
  );
}

/** A value as a person would say it: 28字, 黑体, 是. */
function inWords({ word }: StyleSetting, value: unknown): string {
  if (value === null) return word.none ?? "不用";
  if (typeof value === "boolean") return value ? "是" : "否";
  if (Array.isArray(value)) return value.map((one) => word.choices?.[String(one)] ?? String(one)).join("、") || "无";
  if (isObject(value)) return Object.values(value).join("、");
  return word.choices?.[String(value)] ?? `${value === "" ? "空" : String(value)}${word.unit ?? ""}`;
}
