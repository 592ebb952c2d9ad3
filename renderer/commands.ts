// Every command of the window with its keys, for the keyboard, the command palette and the list of shortcuts alike.
// Keys that a browser window keeps for itself (Ctrl+N, T, W) are not used.

import { startPress } from "./export/press.ts";
import { pickFiles } from "./import/intake.ts";
import { sectionOf, stepEntry } from "./issue/arrangement.ts";
import { stepWarning, walkOf } from "./preview/warnings.ts";
import { useProofDesk } from "./proof/proofDesk.ts";
import { keepStyle, useStyleDesk } from "./style/styleDesk.ts";
import { useWorkflow } from "./workflow/workflowDesk.ts";
import { entriesOf, useWorkspace } from "./workspace.ts";

export interface Command {
  readonly title: string;
  /** As shown: Ctrl+Shift+F. On a Mac the command key stands for Ctrl. */
  readonly keys?: string;
  /** True where the keys must not work while text is being typed. */
  readonly outsideText?: boolean;
  /** Absent: always possible. */
  can?(): boolean;
  run(): void;
}

const workspace = useWorkspace.getState;
const hasIssue = () => workspace().issue !== null;
const hasWarnings = () => walkOf(workspace().layout).length > 0;
const hasNotice = () => selectedEntry() !== null;

function selectedEntry() {
  const { issue, selected } = workspace();
  return issue && selected && entriesOf(issue.sections).includes(selected) ? { issue, notice: selected } : null;
}

function targetSection(): string | undefined {
  const { issue, selected } = workspace();
  if (!issue) return undefined;
  return ((selected && sectionOf(issue.sections, selected)) || issue.sections.at(-1))?.id;
}

function step(by: 1 | -1): void {
  const at = selectedEntry();
  if (!at) return;
  const sections = stepEntry(at.issue.sections, at.notice, by);
  if (sections !== at.issue.sections) workspace().arrange(sections, by > 0 ? "已下移一步" : "已上移一步");
}

function walk(by: 1 | -1): void {
  const { issue, selected, select } = workspace();
  if (!issue) return;
  const entries = entriesOf(issue.sections);
  const next = entries[selected ? entries.indexOf(selected) + by : 0];
  if (next) select(next);
}

function overlayFor(kind: "pick" | "newNotice"): void {
  const section = targetSection();
  if (section) workspace().show({ kind, section });
}

export async function exportIssue(): Promise<void> {
  if (!(await workspace().leave())) return;
  workspace().go("press");
  await startPress();
}

function openStyle(): void {
  workspace().go("issue");
  workspace().openDesk("style");
}

function findingAtHand() {
  const { rows, at } = useProofDesk.getState();
  return rows.find(({ key, finding }) => key === at && finding.ignored === null);
}

function fixAtHand(): void {
  const row = findingAtHand();
  if (row?.finding.fix !== undefined) void useProofDesk.getState().fix([row]);
}

/** Takes back what was done last where one is: the settings of the style while they are not kept, else the arrangement. */
function undo(): void {
  if (workspace().hold) useStyleDesk.getState().undo();
  else workspace().undo();
}

function redo(): void {
  if (workspace().hold) useStyleDesk.getState().redo();
  else workspace().redo();
}

export const commands: readonly Command[] = [
  { title: "命令", keys: "Ctrl+K", run: () => workspace().show({ kind: "palette" }) },
  { title: "到稿库", keys: "Ctrl+1", run: () => workspace().go("store") },
  { title: "到本期", keys: "Ctrl+2", run: () => workspace().go("issue") },
  { title: "到校对", keys: "Ctrl+3", run: () => workspace().go("proof") },
  { title: "到付印", keys: "Ctrl+4", run: () => workspace().go("press") },
  { title: "导入文件", keys: "Ctrl+O", run: pickFiles },
  {
    title: "导出PDF",
    keys: "Ctrl+P",
    can: hasIssue,
    run: () => void exportIssue(),
  },
  { title: "版式设置", can: hasIssue, run: openStyle },
  { title: "保存版式", keys: "Ctrl+S", can: () => workspace().hold !== null, run: keepStyle },
  { title: "字体", run: () => workspace().show({ kind: "fonts" }) },
  { title: "人员与流程", run: () => useWorkflow.getState().ask({ kind: "office" }) },
  { title: "审签记录", run: () => useWorkflow.getState().ask({ kind: "log" }) },
  { title: "编总目录", run: () => workspace().show({ kind: "annual" }) },
  { title: "新建一期", run: () => workspace().show({ kind: "newIssue" }) },
  {
    title: "从稿库添加公文",
    can: () => targetSection() !== undefined,
    run: () => overlayFor("pick"),
  },
  {
    title: "新建公文",
    can: () => targetSection() !== undefined,
    run: () => overlayFor("newNotice"),
  },
  { title: "上一篇公文", keys: "Alt+PageUp", can: hasIssue, run: () => walk(-1) },
  { title: "下一篇公文", keys: "Alt+PageDown", can: hasIssue, run: () => walk(1) },
  { title: "上移这篇公文", can: hasNotice, run: () => step(-1) },
  { title: "下移这篇公文", can: hasNotice, run: () => step(1) },
  { title: "下一处版面提示", keys: "F8", can: hasWarnings, run: () => stepWarning(1) },
  { title: "上一处版面提示", keys: "Shift+F8", can: hasWarnings, run: () => stepWarning(-1) },
  { title: "下一处差错", keys: "F7", can: hasIssue, run: () => void useProofDesk.getState().step(1) },
  { title: "上一处差错", keys: "Shift+F7", can: hasIssue, run: () => void useProofDesk.getState().step(-1) },
  { title: "改正这处差错", can: () => findingAtHand()?.finding.fix !== undefined, run: fixAtHand },
  { title: "再校对一遍", can: hasIssue, run: () => void useProofDesk.getState().check() },
  { title: "校对统计", can: hasIssue, run: () => workspace().show({ kind: "proofStatistics" }) },
  { title: "印校样", can: hasIssue, run: () => workspace().show({ kind: "proofCopy" }) },
  { title: "读校", can: hasIssue, run: () => workspace().show({ kind: "readAloud" }) },
  { title: "忽略清单", run: () => workspace().show({ kind: "ignores" }) },
  { title: "词典", run: () => workspace().show({ kind: "dictionary" }) },
  { title: "撤销编排", keys: "Ctrl+Z", outsideText: true, run: undo },
  { title: "重做编排", keys: "Ctrl+Y", outsideText: true, run: redo },
  { title: "快捷键一览", keys: "?", outsideText: true, run: () => workspace().show({ kind: "shortcuts" }) },
];

/** Keys that belong to one pane and are handled there; listed for the reader only. */
export const paneKeys: readonly { readonly pane: string; readonly keys: readonly (readonly [string, string])[] }[] = [
  {
    pane: "结构",
    keys: [
      ["↑ ↓", "上一行、下一行"],
      ["Enter", "打开公文；展开或收起栏目"],
      ["Alt+↑ Alt+↓", "上移、下移公文或栏目"],
      ["F2", "栏目改名"],
      ["Delete", "公文移出本期；删除栏目"],
    ],
  },
  {
    pane: "正文",
    keys: [
      ["Ctrl+Z Ctrl+Y", "撤销、重做"],
      ["Ctrl+B", "加粗"],
      ["Ctrl+Alt+0", "改为正文"],
      ["Ctrl+Alt+1…4", "改为一级至四级标题"],
      ["Tab Shift+Tab", "降一级、升一级；表格中到下一格、上一格"],
      ["Shift+Enter", "段内换行"],
      ["Ctrl+Enter", "从光标处另起一页"],
      ["Ctrl+Alt+F", "插入脚注；在脚注上按Enter改脚注"],
      ["Esc", "离开正文"],
    ],
  },
  {
    pane: "差错",
    keys: [
      ["↑ ↓", "上一处、下一处"],
      ["Ctrl+Enter", "改正这一处"],
    ],
  },
  {
    pane: "版式设置",
    keys: [
      ["Ctrl+Z Ctrl+Y", "撤销、重做版式改动"],
      ["Ctrl+F", "查找设置"],
      ["↑ ↓", "增减数值；换设置类别"],
      ["Esc", "把没有采用的字改回原值"],
    ],
  },
  {
    pane: "版面",
    keys: [
      ["PageUp PageDown", "上一页、下一页"],
      ["+ -", "放大、缩小"],
    ],
  },
];

/** The command whose keys these are. */
export function commandFor(event: KeyboardEvent): Command | undefined {
  if (event.isComposing) return undefined;
  const target = event.target;
  const typing = target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea"));
  return commands.find((command) => {
    if (!command.keys || (command.outsideText && typing)) return false;
    const parts = command.keys.split("+");
    const key = parts.at(-1) ?? "";
    return (
      event.key.toLowerCase() === key.toLowerCase() &&
      (event.ctrlKey || event.metaKey) === parts.includes("Ctrl") &&
      event.altKey === parts.includes("Alt") &&
      (event.shiftKey === parts.includes("Shift") || key === "?") // “?” takes Shift on most keyboards
    );
  });
}
