// The window: one line at the top with the places, the open issue and what is saved; the place below; a line at the
// bottom. Files may be dropped anywhere, and the keys of every command work everywhere.

import { Button, Dropdown, Spin } from "antd";
import { type DragEvent, type ReactNode, useEffect, useState } from "react";
import type { Review } from "../shared/api.ts";
import { issueName } from "../shared/model/notice.ts";
import { Boundary } from "./Boundary.tsx";
import { commandFor, exportIssue } from "./commands.ts";
import { registerFaces } from "./editor/faces.ts";
import { PressPlace } from "./export/PressPlace.tsx";
import { FontsDialog } from "./fonts/FontsDialog.tsx";
import { watchFaceChanges } from "./fonts/faceChanges.ts";
import {
  BookOutlined,
  CheckCircleOutlined,
  CloseOutlined,
  DownOutlined,
  FileDoneOutlined,
  FilePdfOutlined,
  FolderOpenOutlined,
  ImportOutlined,
  PrinterOutlined,
  QuestionCircleOutlined,
  SearchOutlined,
  SyncOutlined,
  WarningFilled,
} from "./icons.tsx";
import { ImportReview } from "./import/ImportReview.tsx";
import { useIntake } from "./import/intake.ts";
import { IssuePlace } from "./issue/IssuePlace.tsx";
import { NewIssue, NewNotice } from "./issue/NewDialogs.tsx";
import { Palette } from "./palette/Palette.tsx";
import { Shortcuts } from "./palette/Shortcuts.tsx";
import { startLayout } from "./preview/layoutClient.ts";
import { stepWarning } from "./preview/warnings.ts";
import { DictionaryDialog } from "./proof/DictionaryDialog.tsx";
import { FixAllDialog } from "./proof/FixAllDialog.tsx";
import { IgnoreList } from "./proof/IgnoreList.tsx";
import { ProofCopyDialog } from "./proof/ProofCopyDialog.tsx";
import { ProofStatistics } from "./proof/ProofStatistics.tsx";
import { followIssue, useProofDesk } from "./proof/proofDesk.ts";
import { ReadAloud } from "./proof/ReadAloud.tsx";
import { StatusBar } from "./StatusBar.tsx";
import type { Place } from "./settings.ts";
import { AnnualDialog } from "./store/AnnualDialog.tsx";
import { StorePicker } from "./store/StorePicker.tsx";
import { StorePlace } from "./store/StorePlace.tsx";
import { StyleDialogs } from "./style/StyleDialogs.tsx";
import { WorkflowDialogs } from "./workflow/WorkflowDialogs.tsx";
import { followWorkflow } from "./workflow/workflowDesk.ts";
import { printWarnings, useWorkspace } from "./workspace.ts";

const places: readonly {
  readonly key: Place;
  readonly label: string;
  readonly icon: ReactNode;
  readonly keys: string;
}[] = [
  { key: "store", label: "稿库", icon: <FolderOpenOutlined />, keys: "Ctrl+1" },
  { key: "issue", label: "本期", icon: <BookOutlined />, keys: "Ctrl+2" },
  { key: "proof", label: "校对", icon: <FileDoneOutlined />, keys: "Ctrl+3" },
  { key: "press", label: "付印", icon: <PrinterOutlined />, keys: "Ctrl+4" },
];

export function Window() {
  const info = useWorkspace((state) => state.info);
  const place = useWorkspace((state) => state.place);
  const review = useIntake((state) => state.review);
  const [trouble, setTrouble] = useState<string | null>(null);
  useEffect(() => {
    useWorkspace
      .getState()
      .start()
      .catch((error: unknown) => setTrouble(error instanceof Error ? error.message : String(error)));
  }, []);
  const ready = info !== null;
  useEffect(() => (ready ? watchFaceChanges() : undefined), [ready]);
  useEffect(() => (ready ? followWorkflow() : undefined), [ready]);
  useEffect(() => {
    if (!info) return;
    registerFaces(info.fonts);
    startLayout();
    return followIssue();
  }, [info]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const command = commandFor(event);
      if (!command) return;
      event.preventDefault();
      // A review is finished or given up first.
      if (useIntake.getState().review === null && (command.can?.() ?? true)) command.run();
    };
    const onLeave = (event: BeforeUnloadEvent) => {
      const { save, hold } = useWorkspace.getState();
      if (save.state !== "saved" || hold) event.preventDefault();
    };
    window.addEventListener("keydown", onKey);
    window.addEventListener("beforeunload", onLeave);
    return () => {
      window.removeEventListener("keydown", onKey);
      window.removeEventListener("beforeunload", onLeave);
    };
  }, []);
  if (trouble) return <NoCore message={trouble} />;
  if (!info) return <Spin className="starting" description="正在打开稿库" size="large" fullscreen={false} />;
  return (
    <DropZone>
      <TopBar />
      <Stage place={place} review={review} />
      {!review && <StatusBar />}
      <Overlays />
      <StyleDialogs />
      <WorkflowDialogs />
      <IntakeNotice />
      <ToastLine />
    </DropZone>
  );
}

/** 本期 and 校对 share text and print, and stay where they are behind the other places, so that coming back finds undo steps, caret and pages as they were. */
function Stage({ place, review }: { readonly place: Place; readonly review: Review | null }) {
  const composing = (place === "issue" || place === "proof") && !review;
  return (
    <div className="stage">
      <main className="layer" aria-label={place === "proof" ? "校对" : "本期"} inert={!composing}>
        <Boundary name="本期">
          <IssuePlace />
        </Boundary>
      </main>
      {review && (
        <Boundary name="导入核对">
          <ImportReview key={review.id} review={review} />
        </Boundary>
      )}
      {!review && place === "store" && (
        <main className="layer" aria-label="稿库">
          <Boundary name="稿库">
            <StorePlace />
          </Boundary>
        </main>
      )}
      {!review && place === "press" && (
        <main className="layer" aria-label="付印">
          <Boundary name="付印">
            <PressPlace />
          </Boundary>
        </main>
      )}
    </div>
  );
}

function NoCore({ message }: { readonly message: string }) {
  return (
    <div className="no-core" role="alert">
      <h1>稿库没有打开</h1>
      <p>{message}</p>
      <Button type="primary" onClick={() => window.location.reload()}>
        再试一次
      </Button>
    </div>
  );
}

function TopBar() {
  const place = useWorkspace((state) => state.place);
  const issue = useWorkspace((state) => state.issue);
  const reviewing = useIntake((state) => state.review !== null);
  const { go, show } = useWorkspace.getState();
  useEffect(() => {
    document.title = issue ? `${issueName(issue)} ─ 政报工坊` : "政报工坊";
  }, [issue]);
  return (
    <header className="top-bar">
      <span className="brand">
        <span className="seal" aria-hidden="true">
          政
        </span>
        政报工坊
      </span>
      <nav aria-label="位置">
        {places.map(({ key, label, icon, keys }) => (
          <button
            key={key}
            type="button"
            className="place-tab"
            disabled={reviewing}
            aria-current={place === key ? "page" : undefined}
            title={`${label}（${keys}）`}
            onClick={() => go(key)}
          >
            {icon}
            {label}
          </button>
        ))}
      </nav>
      <IssueSwitch disabled={reviewing} />
      <span className="gap" />
      <SaveMark />
      <PrintMark />
      <ProofMark />
      {place === "issue" && issue && !reviewing && (
        <Button type="primary" icon={<FilePdfOutlined />} title="导出PDF（Ctrl+P）" onClick={() => void exportIssue()}>
          导出PDF
        </Button>
      )}
      <button
        type="button"
        className="find"
        disabled={reviewing}
        title="命令（Ctrl+K）"
        onClick={() => show({ kind: "palette" })}
      >
        <SearchOutlined />
        命令
        <kbd>Ctrl+K</kbd>
      </button>
      <Button
        type="text"
        icon={<QuestionCircleOutlined />}
        title="快捷键一览（?）"
        aria-label="快捷键一览"
        onClick={() => show({ kind: "shortcuts" })}
      />
    </header>
  );
}

/** The open issue by name; the menu opens another, makes one, or deletes this one. */
function IssueSwitch({ disabled }: { readonly disabled: boolean }) {
  const issue = useWorkspace((state) => state.issue);
  const issues = useWorkspace((state) => state.issues ?? []);
  const { openIssue, deleteIssue, show, go, complain } = useWorkspace.getState();
  const items = [
    ...issues.slice(0, 12).map(({ id, name, notices }) => ({
      key: id,
      label: name,
      extra: `${notices}篇`,
      onClick: () => {
        go("issue");
        if (id !== issue?.id) void openIssue(id).catch(complain);
      },
    })),
    { type: "divider" as const },
    { key: "new", label: "新建一期", onClick: () => show({ kind: "newIssue" }) },
    { key: "annual", label: "编总目录…", onClick: () => show({ kind: "annual" }) },
    ...(issue
      ? [
          {
            key: "delete",
            danger: true,
            label: `删除${issueName(issue)}`,
            onClick: () => void deleteIssue(issue.id).catch(complain),
          },
        ]
      : []),
  ];
  return (
    <Dropdown
      trigger={["click"]}
      disabled={disabled}
      menu={{ items, selectable: true, selectedKeys: issue ? [issue.id] : [] }}
    >
      <button type="button" className="issue-switch" aria-haspopup="menu" aria-label="切换期">
        <span className="ellipsis">
          {issue ? `${issue.gazetteTitle} ${issue.year}年第${issue.number}期` : "没有打开的期"}
          {issue?.serial != null && <span className="muted">（总第{issue.serial}期）</span>}
        </span>
        <DownOutlined />
      </button>
    </Dropdown>
  );
}

/** 已保存 is a promise: it stands only when the database has acknowledged everything. */
function SaveMark() {
  const save = useWorkspace((state) => state.save);
  const { retrySave } = useWorkspace.getState();
  if (save.state === "failed")
    return (
      <span className="save failed" role="alert">
        <WarningFilled />
        <span className="ellipsis" title={save.message}>
          没有保存：{save.message}
        </span>
        <Button size="small" onClick={retrySave}>
          再试一次
        </Button>
      </span>
    );
  return (
    <span className={`save ${save.state}`} role="status" aria-live="off" aria-label="保存状态">
      {save.state === "saved" ? <CheckCircleOutlined /> : <SyncOutlined />}
      {save.state === "saved" ? "已保存" : "正在保存"}
    </span>
  );
}

/** How long the issue is in print, and how much the layout has to say about it. */
function PrintMark() {
  const layout = useWorkspace((state) => state.layout);
  if (!layout) return null;
  const warnings = printWarnings(layout).length;
  return (
    <span className="print-mark digits">
      {layout.pages}页
      {warnings > 0 && (
        <button type="button" className="caution" title="到下一处（F8）" onClick={() => stepWarning(1)}>
          版面提示{warnings}处
        </button>
      )}
    </span>
  );
}

/** How many errors stand in the issue. */
function ProofMark() {
  const open = useProofDesk((desk) => desk.report?.open);
  if (!open || open.error + open.warning === 0) return null;
  return (
    <button
      type="button"
      className={open.error > 0 ? "caution error-text digits" : "caution digits"}
      title="到下一处（F7）"
      onClick={() => void useProofDesk.getState().step(1)}
    >
      {open.error > 0 ? `差错${open.error}处` : `存疑${open.warning}处`}
    </button>
  );
}

function Overlays() {
  const overlay = useWorkspace((state) => state.overlay);
  switch (overlay?.kind) {
    case "palette":
      return <Palette />;
    case "shortcuts":
      return <Shortcuts />;
    case "newIssue":
      return <NewIssue />;
    case "annual":
      return <AnnualDialog />;
    case "fonts":
      return <FontsDialog />;
    case "proofStatistics":
      return <ProofStatistics />;
    case "ignores":
      return <IgnoreList />;
    case "proofCopy":
      return <ProofCopyDialog />;
    case "readAloud":
      return <ReadAloud />;
    case "dictionary":
      return <DictionaryDialog />;
    case "fixAll":
      return <FixAllDialog rule={overlay.rule} />;
    case "newNotice":
      return <NewNotice section={overlay.section} />;
    case "pick":
      return <StorePicker section={overlay.section} />;
    case undefined:
      return null;
  }
}

function DropZone({ children }: { readonly children: ReactNode }) {
  const [over, setOver] = useState(false);
  const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes("Files");
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: files can also be picked with Ctrl+O
    <div
      className="window"
      onDragEnter={(event) => hasFiles(event) && setOver(true)}
      onDragOver={(event) => hasFiles(event) && event.preventDefault()}
      onDragLeave={(event) => event.relatedTarget === null && setOver(false)}
      onDrop={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(false);
        useIntake.getState().add([...event.dataTransfer.files]);
      }}
    >
      {children}
      {over && (
        <div className="drop-zone">
          <ImportOutlined />
          松开鼠标，导入文件
        </div>
      )}
    </div>
  );
}

/** Files being read, and files that could not be. */
function IntakeNotice() {
  const reading = useIntake((state) => state.reading);
  const refused = useIntake((state) => state.refused);
  const waiting = useIntake((state) => state.waiting.length);
  return (
    <aside className="intake" aria-label="导入">
      {reading !== null && (
        <p role="status">
          <Spin size="small" /> 正在读“{reading}”，认公文{waiting > 0 && `，后面还有${waiting}个文件`}
        </p>
      )}
      {refused.length > 0 && (
        <div role="alert">
          {refused.map(({ fileName, message }, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list only grows until it is put away
            <p key={i}>
              <WarningFilled /> {message.includes(fileName) ? message : `“${fileName}”：${message}`}
            </p>
          ))}
          <Button size="small" onClick={useIntake.getState().clearRefused}>
            知道了
          </Button>
        </div>
      )}
    </aside>
  );
}

const toastTime = 8000;

function ToastLine() {
  const toast = useWorkspace((state) => state.toast);
  const { dismissToast } = useWorkspace.getState();
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (!toast || held || toast.tone === "trouble") return;
    const timer = setTimeout(dismissToast, toastTime);
    return () => clearTimeout(timer);
  }, [toast, held, dismissToast]);
  return (
    <div
      className="toast-line"
      role="status"
      aria-live={toast?.tone === "trouble" ? "assertive" : "polite"}
      aria-label="消息"
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {toast && (
        <div key={toast.key} className={`toast ${toast.tone}`}>
          {toast.tone === "trouble" && <WarningFilled />}
          <span>{toast.text}</span>
          {toast.action && (
            <button
              type="button"
              onClick={() => {
                dismissToast();
                toast.action?.run();
              }}
            >
              {toast.action.label}
            </button>
          )}
          <button type="button" className="close" aria-label="关闭消息" onClick={dismissToast}>
            <CloseOutlined />
          </button>
        </div>
      )}
    </div>
  );
}
