// The toolbar over the text: what the current paragraph is, its alignment, and the table menu. It keeps the focus in the
// text: a press on it is not a click away from the word one is at.

import { Button, Checkbox, Dropdown, InputNumber, type MenuProps, Popover, Select, Tooltip } from "antd";
import { toggleMark } from "prosemirror-commands";
import { redo, redoDepth, undo, undoDepth } from "prosemirror-history";
import type { Command, EditorState } from "prosemirror-state";
import {
  addColumnAfter,
  addColumnBefore,
  addRowAfter,
  addRowBefore,
  deleteColumn,
  deleteRow,
  deleteTable,
  isInTable,
  mergeCells,
  splitCell,
  toggleHeaderRow,
} from "prosemirror-tables";
import { memo, type ReactNode, useState } from "react";
import type { Align, Figure, ParagraphKind } from "../../shared/model/block.ts";
import { schema } from "../../shared/model/schema.ts";
import {
  AlignCenterOutlined,
  AlignRightOutlined,
  BoldOutlined,
  CheckOutlined,
  LayoutOutlined,
  RedoOutlined,
  TableOutlined,
  UndoOutlined,
} from "../icons.tsx";
import { noteTarget, selectedAtom } from "./atoms.ts";
import { FigureTools } from "./FigureTools.tsx";
import { InsertMenu } from "./InsertMenu.tsx";
import { kindGroups, kindNames, kindOf, setAlign, setKind } from "./kinds.ts";
import { insertTable, tableAttrs, toggleTable } from "./tables.ts";

const tableMenu: readonly (readonly [label: string, command: Command] | null)[] = [
  ["在上方加一行", addRowBefore],
  ["在下方加一行", addRowAfter],
  ["在左边加一列", addColumnBefore],
  ["在右边加一列", addColumnAfter],
  null,
  ["合并单元格", mergeCells],
  ["拆分单元格", splitCell],
  ["首行作表头", toggleHeaderRow],
  null,
  ["删除行", deleteRow],
  ["删除列", deleteColumn],
  ["删除表格", deleteTable],
];

/** What the toolbar shows of the place the caret is at. */
export interface Tools {
  /** Null when no paragraph is selected alone. */
  readonly kind: ParagraphKind | null;
  readonly align: Align | null;
  readonly strong: boolean;
  readonly inTable: boolean;
  /** Of the table: on a page of its own, and with whole rows. */
  readonly landscape: boolean;
  readonly wholeRows: boolean;
  /** The selected picture and its position in the document. */
  readonly figure: Figure["attrs"] | null;
  readonly figureAt: number;
  readonly canNote: boolean;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

export function toolsOf(state: EditorState): Tools {
  const { $head } = state.selection;
  const paragraph = $head.parent.type === schema.nodes.paragraph ? $head.parent : null;
  const inTable = isInTable(state);
  const marks = state.storedMarks ?? $head.marks();
  const print = tableAttrs(state);
  const atom = selectedAtom(state);
  const figure = atom?.node.type === schema.nodes.figure ? atom : null;
  const alignment = inTable ? $head.node(3)?.attrs.align : paragraph?.attrs.align;
  return {
    kind: paragraph && kindOf(paragraph),
    align: alignment ?? null,
    strong: marks.some((mark) => mark.type === schema.marks.strong),
    inTable,
    landscape: print?.landscape ?? false,
    wholeRows: print?.wholeRows ?? false,
    figure: figure && (figure.node.attrs as Figure["attrs"]),
    figureAt: figure?.at ?? 0,
    canNote: noteTarget(state) !== null,
    canUndo: undoDepth(state) > 0,
    canRedo: redoDepth(state) > 0,
  };
}

interface Props {
  readonly tools: Tools;
  /** Carries a command out, and gives the text the focus. */
  run(command: Command): void;
  /** Carries a command out, and leaves the focus where it is. */
  apply(command: Command): void;
  /** Whether a command can be carried out where the caret is. */
  can(command: Command): boolean;
  pickPictures(): void;
  askNote(): void;
}

/** Typing changes little of what it shows, so it is drawn anew only when that changes. */
export const Toolbar = memo(function Toolbar({ tools, run, apply, can, pickPictures, askNote }: Props) {
  const { inTable, figure } = tools;
  return (
    <div className="editor-toolbar" role="toolbar" aria-label="正文格式">
      {figure ? (
        <FigureTools at={tools.figureAt} figure={figure} run={run} apply={apply} />
      ) : (
        <TextTools tools={tools} run={run} />
      )}
      <span className="toolbar-rule" />
      {inTable ? <TableMenu tools={tools} run={run} can={can} /> : <NewTable run={run} />}
      <InsertMenu run={run} can={can} pickPictures={pickPictures} askNote={tools.canNote ? askNote : null} />
      <span className="toolbar-gap" />
      <Tool label="撤销（Ctrl+Z）" disabled={!tools.canUndo} press={() => run(undo)}>
        <UndoOutlined />
      </Tool>
      <Tool label="重做（Ctrl+Y）" disabled={!tools.canRedo} press={() => run(redo)}>
        <RedoOutlined />
      </Tool>
    </div>
  );
});

function TextTools({ tools, run }: Pick<Props, "tools" | "run">) {
  const { kind, align, strong, inTable } = tools;
  return (
    <>
      <Select<ParagraphKind>
        size="small"
        className="kind-select"
        aria-label="段落种类"
        value={kind}
        disabled={inTable || kind === null}
        labelRender={({ value }) => kindNames[value as ParagraphKind]}
        options={kindGroups.map((group) => ({
          label: group.name,
          options: group.kinds.map((kind) => ({ value: kind, label: kindNames[kind] })),
        }))}
        popupMatchSelectWidth={140}
        virtual={false}
        listHeight={560}
        onChange={(kind) => run(setKind(kind))}
      />
      <span className="toolbar-rule" />
      <Tool label="加粗（Ctrl+B）" on={strong} press={() => run(toggleMark(schema.marks.strong))}>
        <BoldOutlined />
      </Tool>
      <Tool label="对齐照版式" on={align === null} press={() => run(setAlign(null))}>
        <LayoutOutlined />
      </Tool>
      <Tool label="居中" on={align === "center"} press={() => run(setAlign("center"))}>
        <AlignCenterOutlined />
      </Tool>
      <Tool label="靠右" on={align === "right"} press={() => run(setAlign("right"))}>
        <AlignRightOutlined />
      </Tool>
    </>
  );
}

interface ToolProps {
  readonly label: string;
  readonly on?: boolean;
  readonly disabled?: boolean;
  press(): void;
  readonly children: ReactNode;
}

function Tool({ label, on, disabled, press, children }: ToolProps) {
  return (
    <Tooltip title={label} mouseEnterDelay={0.5}>
      <Button
        type="text"
        size="small"
        className={on ? "tool on" : "tool"}
        aria-label={label}
        aria-pressed={on}
        disabled={disabled}
        icon={children}
        onMouseDown={(event) => event.preventDefault()}
        onClick={press}
      />
    </Tooltip>
  );
}

function TableMenu({ tools, run, can }: Pick<Props, "tools" | "run" | "can">) {
  const [open, setOpen] = useState(false);
  const options = [
    ["横排（单独成页）", "landscape"],
    ["整行不拆", "wholeRows"],
  ] as const;
  const items: MenuProps["items"] = [
    ...tableMenu.map((entry, index) =>
      entry
        ? { key: index, label: entry[0], disabled: open && !can(entry[1]), onClick: () => run(entry[1]) }
        : ({ key: index, type: "divider" } as const),
    ),
    { key: "options", type: "divider" },
    ...options.map(([label, name]) => ({
      key: name,
      label,
      icon: <CheckOutlined style={{ visibility: tools[name] ? "visible" : "hidden" }} />,
      "aria-checked": tools[name],
      role: "menuitemcheckbox",
      onClick: () => run(toggleTable(name)),
    })),
  ];
  return (
    <Dropdown menu={{ items }} trigger={["click"]} autoFocus onOpenChange={setOpen}>
      <Button type="text" size="small" icon={<TableOutlined />} onMouseDown={(event) => event.preventDefault()}>
        表格
      </Button>
    </Dropdown>
  );
}

function NewTable({ run }: { run(command: Command): void }) {
  const [open, setOpen] = useState(false);
  const [rows, setRows] = useState(4);
  const [columns, setColumns] = useState(3);
  const [header, setHeader] = useState(true);
  const insert = () => {
    setOpen(false);
    run(insertTable(rows, columns, header));
  };
  const form = (
    <form
      className="new-table"
      onSubmit={(event) => {
        event.preventDefault();
        insert();
      }}
    >
      <label htmlFor="table-rows">
        行数
        <InputNumber
          id="table-rows"
          size="small"
          min={1}
          max={200}
          value={rows}
          onChange={(value) => setRows(value ?? 1)}
        />
      </label>
      <label htmlFor="table-columns">
        列数
        <InputNumber
          id="table-columns"
          size="small"
          min={1}
          max={30}
          value={columns}
          onChange={(value) => setColumns(value ?? 1)}
        />
      </label>
      <Checkbox checked={header} onChange={(event) => setHeader(event.target.checked)}>
        首行作表头
      </Checkbox>
      <Button size="small" type="primary" htmlType="submit">
        插入
      </Button>
    </form>
  );
  return (
    <Popover open={open} onOpenChange={setOpen} trigger="click" placement="bottomLeft" content={form}>
      <Button type="text" size="small" icon={<TableOutlined />} onMouseDown={(event) => event.preventDefault()}>
        插入表格
      </Button>
    </Popover>
  );
}
