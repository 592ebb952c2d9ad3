// 版式设置: the house style of the open issue beside its pages. Groups on the left, their settings on the right; the pages
// follow each change at once, and a click on a page turns to the settings of what stands there.
import { Button, Checkbox, Dropdown, Input, type InputRef, Select } from "antd";
import { type KeyboardEvent, useEffect, useRef } from "react";
import type { StyleSheet } from "../../shared/layout/style.ts";
import { type StyleGroup, styleGroups, textKindNames } from "../../shared/layout/styleGuide.ts";
import { changedSettings, type StyleSetting } from "../../shared/layout/styleSettings.ts";
import { kindGroups } from "../editor/kinds.ts";
import { DownOutlined, RedoOutlined, SearchOutlined, UndoOutlined } from "../icons.tsx";
import { useWorkspace } from "../workspace.ts";
import { SettingField } from "./SettingField.tsx";
import { rowsFound, rowsIn, type SettingRow, settingRows, type TextChoice, textChoiceOf } from "./settingRows.ts";
import { deleteStyle, downloadStyle, importStyle, isChanged, keepStyle, useStyleDesk } from "./styleDesk.ts";
import { styleOptions } from "./styleOptions.ts";
import "./style.css";

export function StylePanel() {
  const style = useWorkspace((state) => state.style);
  const draft = useStyleDesk((desk) => desk.draft);
  const base = useStyleDesk((desk) => desk.base);
  const search = useRef<InputRef>(null);
  useEffect(() => {
    if (style) void useStyleDesk.getState().open().catch(useWorkspace.getState().complain);
  }, [style]);
  if (!draft || !base) return <p className="page-empty">正在打开版式…</p>;
  const onKeyDown = (event: KeyboardEvent) => {
    const action = actionFor(event, () => search.current?.focus());
    if (!action) return;
    event.preventDefault();
    // The window's own Ctrl+Z takes back the arrangement of the issue.
    event.stopPropagation();
    action();
  };
  const changed = changedSettings(base, draft);
  return (
    <section className="style-panel" aria-label="版式设置" onKeyDown={onKeyDown}>
      <PanelHead draft={draft} changed={changed} search={search} />
      <div className="style-body">
        <Groups changed={changed} />
        <Settings draft={draft} base={base} changed={changed} />
      </div>
      <PanelFoot />
    </section>
  );
}

function actionFor(event: KeyboardEvent, find: () => void): (() => void) | null {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.nativeEvent.isComposing) return null;
  const { undo, redo } = useStyleDesk.getState();
  const actions: Record<string, () => void> = { z: event.shiftKey ? redo : undo, y: redo, f: find };
  return actions[event.key.toLowerCase()] ?? null;
}

interface HeadProps {
  readonly draft: StyleSheet;
  readonly changed: readonly StyleSetting[];
  readonly search: React.RefObject<InputRef | null>;
}

function PanelHead({ draft, changed, search }: HeadProps) {
  const styles = useWorkspace((state) => state.styles);
  const { query, onlyChanged, undoable, redoable } = useStyleDesk();
  const { look, undo, redo } = useStyleDesk.getState();
  const { editIssue, leave } = useWorkspace.getState();
  const summary = styles.find((style) => style.name === draft.name);
  const choose = async (name: string) => {
    if (name !== draft.name && (await leave())) editIssue({ style: name });
  };
  return (
    <header className="style-head">
      <div className="style-line">
        <Select
          className="style-choice"
          aria-label="本期的版式"
          value={draft.name}
          options={styleOptions(styles)}
          onChange={(name) => void choose(name)}
        />
        <Button
          type="text"
          icon={<UndoOutlined />}
          title="撤销（Ctrl+Z）"
          aria-label="撤销版式改动"
          disabled={!undoable}
          onClick={undo}
        />
        <Button
          type="text"
          icon={<RedoOutlined />}
          title="重做（Ctrl+Y）"
          aria-label="重做版式改动"
          disabled={!redoable}
          onClick={redo}
        />
        <Button onClick={() => useWorkspace.getState().show({ kind: "fonts" })}>字体…</Button>
        <FileMenu name={draft.name} label={draft.label} own={summary?.own ?? false} />
      </div>
      <p className="muted">
        {summary?.own ? `本单位的版式，以“${summary.base?.label ?? ""}”为底本` : "随程序提供的版式，改动须存为新版式"}
        {changed.length > 0 && `；有${changed.length}项与${summary?.own ? "底本" : "原来"}不同`}
      </p>
      <div className="style-line">
        <Input
          ref={search}
          size="small"
          allowClear
          prefix={<SearchOutlined />}
          aria-label="查找设置"
          placeholder="查找设置，如 行距、页码、红"
          value={query}
          onChange={(event) => look({ query: event.target.value })}
        />
        <Checkbox checked={onlyChanged} onChange={(event) => look({ onlyChanged: event.target.checked })}>
          只看不同的
        </Checkbox>
      </div>
    </header>
  );
}

function FileMenu({ name, label, own }: { readonly name: string; readonly label: string; readonly own: boolean }) {
  const picker = useRef<HTMLInputElement>(null);
  const { leave, complain } = useWorkspace.getState();
  const withNothingOpen = (work: () => void | Promise<void>) => async () => {
    try {
      if (await leave()) await work();
    } catch (error) {
      complain(error);
    }
  };
  const items = [
    { key: "export", label: "导出为文件", onClick: withNothingOpen(() => downloadStyle(name)) },
    { key: "import", label: "导入版式文件…", onClick: withNothingOpen(() => picker.current?.click()) },
    ...(own
      ? [
          { type: "divider" as const },
          {
            key: "delete",
            danger: true,
            label: `删除“${label}”`,
            onClick: withNothingOpen(() => deleteStyle(name, label)),
          },
        ]
      : []),
  ];
  return (
    <>
      <Dropdown trigger={["click"]} menu={{ items }} placement="bottomRight">
        <Button icon={<DownOutlined />} iconPlacement="end">
          文件
        </Button>
      </Dropdown>
      <input
        ref={picker}
        type="file"
        hidden
        accept=".json,application/json"
        aria-label="版式文件"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = "";
          if (file) void importStyle(file).catch(complain);
        }}
      />
    </>
  );
}

/** Groups that are about pages of their own, and how the labels of those pages begin. */
const ownPages: Partial<Record<StyleGroup, string>> = { 目录: "目", 封面: "封面", 版权页: "版权页" };

function turnTo(group: StyleGroup): void {
  useStyleDesk.getState().look({ group, query: "", onlyChanged: false });
  const { layout, lookAt } = useWorkspace.getState();
  const label = ownPages[group];
  const page = label === undefined ? -1 : (layout?.labels.findIndex((each) => each.startsWith(label)) ?? -1);
  if (page >= 0) lookAt(page, 0);
}

/** The groups; a dot where something differs from the base. */
function Groups({ changed }: { readonly changed: readonly StyleSetting[] }) {
  const { group, query, onlyChanged } = useStyleDesk();
  const searching = query.trim() !== "" || onlyChanged;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const at = styleGroups.indexOf(group) + step;
    const next = styleGroups[(at + styleGroups.length) % styleGroups.length];
    if (step === 0 || !next) return;
    event.preventDefault();
    turnTo(next);
    event.currentTarget.querySelectorAll("button")[styleGroups.indexOf(next)]?.focus();
  };
  return (
    <div
      className="style-groups"
      role="tablist"
      aria-orientation="vertical"
      aria-label="设置类别"
      onKeyDown={onKeyDown}
    >
      {styleGroups.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          aria-selected={!searching && name === group}
          tabIndex={name === group ? 0 : -1}
          onClick={() => turnTo(name)}
        >
          {name}
          {changed.some((setting) => setting.group === name) && <Dot />}
        </button>
      ))}
    </div>
  );
}

function Dot() {
  return <span className="style-dot" role="img" aria-label="有不同" />;
}

interface SettingsProps {
  readonly draft: StyleSheet;
  readonly base: StyleSheet;
  readonly changed: readonly StyleSetting[];
}

function Settings({ draft, base, changed }: SettingsProps) {
  const { group, text, query, onlyChanged } = useStyleDesk();
  const searching = query.trim() !== "" || onlyChanged;
  const differing = (row: SettingRow) => row.settings.some((setting) => changed.includes(setting));
  const rows = !searching
    ? rowsIn(group, text)
    : (query.trim() === "" ? settingRows : rowsFound(query)).filter((row) => !onlyChanged || differing(row));
  const texts = !searching && group === "各级标题与要素";
  const shown = rows.slice(0, mostRows);
  return (
    <div className="style-settings" key={searching ? "found" : `${group} ${text}`}>
      {texts && <Texts text={text} changed={changed} />}
      {sectionsOf(shown, searching).map(({ heading, rows: together }) => (
        <section key={together[0]?.key}>
          {heading !== "" && <h3>{heading}</h3>}
          <div className="setting-grid">
            {together.map((row) => (
              <SettingField
                key={row.key}
                row={row}
                draft={draft}
                base={base}
                {...(searching && { place: placeOf(row) })}
              />
            ))}
          </div>
        </section>
      ))}
      {rows.length > mostRows && <p className="hint">还有{rows.length - mostRows}项，请把要找的字写得更具体些。</p>}
      {rows.length === 0 && (
        <p className="hint">{onlyChanged ? "没有与底本不同的设置。" : `没有带“${query.trim()}”的设置。`}</p>
      )}
      {!searching && <p className="hint style-tip">点右边版面上的文字，这里就翻到它的设置。</p>}
    </div>
  );
}

/** Rows that follow each other under one heading; a list of rows that were looked for has none. */
function sectionsOf(rows: readonly SettingRow[], flat: boolean): { heading: string; rows: SettingRow[] }[] {
  const sections: { heading: string; rows: SettingRow[] }[] = [];
  for (const row of rows) {
    const heading = flat ? "" : row.heading;
    const last = sections.at(-1);
    if (last?.heading === heading) last.rows.push(row);
    else sections.push({ heading, rows: [row] });
  }
  return sections;
}

/** More than this are no help in a list. */
const mostRows = 60;

function placeOf({ group, heading }: SettingRow): string {
  return heading === "" || heading === group ? group : heading;
}

const texts: readonly { readonly name: string; readonly texts: readonly TextChoice[] }[] = [
  { name: "题名", texts: ["title", "number", "opener"] },
  ...kindGroups.map(({ name, kinds }) => ({
    name,
    texts: [...kinds, ...(kinds.includes("tableTitle") ? ["cell"] : [])],
  })),
];
const textNames: Readonly<Record<TextChoice, string>> = { ...textKindNames, opener: "栏目名" };

/** Which text of a notice is being set. */
function Texts({ text, changed }: { readonly text: TextChoice; readonly changed: readonly StyleSetting[] }) {
  const differing = new Set(changed.map(textChoiceOf));
  const { look } = useStyleDesk.getState();
  return (
    <fieldset className="style-texts" aria-label="要素">
      {texts.map((group) => (
        <div key={group.name}>
          <span>{group.name}</span>
          <p>
            {group.texts.map((each) => (
              <button key={each} type="button" aria-pressed={each === text} onClick={() => look({ text: each })}>
                {textNames[each]}
                {differing.has(each) && <Dot />}
              </button>
            ))}
          </p>
        </div>
      ))}
    </fieldset>
  );
}

function PanelFoot() {
  const changed = useStyleDesk(isChanged);
  const own = useStyleDesk((desk) => desk.version > 0);
  const { ask, discard } = useStyleDesk.getState();
  const saveAs = () => ask({ kind: "saveAs", settle: () => {} });
  return (
    <footer className="style-foot">
      <span className={changed ? "caution" : "muted"} role="status" aria-label="版式保存状态">
        {changed ? "改动已排在版面上，还没有保存" : "没有未保存的改动"}
      </span>
      <Button disabled={!changed} onClick={discard}>
        放弃
      </Button>
      <Button type={own ? "default" : "primary"} disabled={!changed} onClick={saveAs}>
        存为新版式…
      </Button>
      {own && (
        <Button type="primary" disabled={!changed} title="保存（Ctrl+S）" onClick={keepStyle}>
          保存
        </Button>
      )}
    </footer>
  );
}
