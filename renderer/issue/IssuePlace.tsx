// 本期 and 校对: where an issue is composed, written and proofread. At the left the structure or the findings, beside it
// text and page, which both share; what the window was last arranged like comes back at the next start.

import { Button, ConfigProvider, Splitter } from "antd";
import { type KeyboardEvent, useEffect, useState } from "react";
import { Boundary } from "../Boundary.tsx";
import { NoticeEditor } from "../editor/NoticeEditor.tsx";
import { MenuUnfoldOutlined } from "../icons.tsx";
import { PagePane } from "../preview/PagePane.tsx";
import { FindingList } from "../proof/FindingList.tsx";
import { StylePanel } from "../style/StylePanel.tsx";
import { Welcome } from "../Welcome.tsx";
import { StageStrip } from "../workflow/StageStrip.tsx";
import { useFrozen } from "../workflow/workflowDesk.ts";
import { type DeskSheet, useWorkspace } from "../workspace.ts";
import { IssueForm } from "./IssueForm.tsx";
import { NoticeForm } from "./NoticeForm.tsx";
import { Structure } from "./Structure.tsx";

/** Below this width (CSS px) the three panes do not fit, and the structure closes unless it is asked for. */
const narrow = 1180;
/** Share of the window that the page takes at first. */
const pageShare = 0.42;
/** Least widths and the width of the closed structure, px. */
const deskLeast = 420;
const pageLeast = 320;
const railWidth = 36;
const findingsLeast = 280;

export function IssuePlace() {
  const issue = useWorkspace((state) => state.issue);
  const sheet = useWorkspace((state) => state.desk);
  const { openDesk } = useWorkspace.getState();
  const proofing = useWorkspace((state) => state.place === "proof");
  const { open, toggle, left, page, onResize, onResizeEnd } = usePanes(proofing);
  if (!issue) return <Welcome />;
  return (
    // The panes are never taken away, so that opening the structure leaves text and page as they are.
    <Splitter className="issue-place" onResize={onResize} onResizeEnd={onResizeEnd}>
      <Splitter.Panel
        size={left}
        min={proofing ? findingsLeast : open ? 200 : railWidth}
        max={proofing || open ? deskLeast : railWidth}
        resizable={proofing || open}
      >
        {proofing ? (
          <Boundary name="差错">
            <FindingList />
          </Boundary>
        ) : open ? (
          <Structure
            showsFront={sheet === "issue"}
            onFront={() => sheet !== "style" && openDesk("issue")}
            onNotice={() => sheet === "issue" && openDesk("text")}
            onClose={() => toggle(false)}
          />
        ) : (
          <div className="rail">
            <Button
              type="text"
              icon={<MenuUnfoldOutlined />}
              title="打开结构"
              aria-label="打开结构"
              onClick={() => toggle(true)}
            />
            <span aria-hidden="true">结构</span>
          </div>
        )}
      </Splitter.Panel>
      <Splitter.Panel min={deskLeast}>
        <Desk sheet={sheet} onSheet={openDesk} />
      </Splitter.Panel>
      <Splitter.Panel size={page} min={pageLeast}>
        <Boundary name="版面">
          <PagePane />
        </Boundary>
      </Splitter.Panel>
    </Splitter>
  );
}

/** Widths of the left pane and the page: as remembered, as far as the window has room, and as being dragged just now. */
function usePanes(proofing: boolean) {
  const settings = useWorkspace((state) => state.settings);
  const { putSettings } = useWorkspace.getState();
  const [width, setWidth] = useState(window.innerWidth);
  const [askedFor, setAskedFor] = useState(false);
  const [dragged, setDragged] = useState<readonly number[] | null>(null);
  useEffect(() => {
    const onResize = () => setWidth(window.innerWidth);
    window.addEventListener("resize", onResize);
    return () => window.removeEventListener("resize", onResize);
  }, []);
  const fits = width >= narrow;
  const open = fits ? settings.structureOpen : askedFor;
  const structure = open ? settings.structureWidth : railWidth;
  const findings = Math.max(findingsLeast, Math.min(settings.findingsWidth, width - deskLeast - pageLeast));
  const left = proofing ? findings : structure;
  const page = Math.max(pageLeast, Math.min(settings.pageWidth ?? width * pageShare, width - left - deskLeast));
  return {
    open,
    toggle: (next: boolean) => (fits ? putSettings({ structureOpen: next }) : setAskedFor(next)),
    left: dragged?.[0] ?? left,
    page: dragged?.[2] ?? page,
    onResize: setDragged,
    onResizeEnd(sizes: number[]) {
      setDragged(null);
      const [now = left, , right = page] = sizes.map(Math.round);
      putSettings({
        ...(now !== Math.round(left) && { [proofing ? "findingsWidth" : "structureWidth"]: now }),
        ...(right !== Math.round(page) && { pageWidth: right }),
      });
    },
  };
}

const sheets: readonly { readonly key: DeskSheet; readonly label: string }[] = [
  { key: "text", label: "正文" },
  { key: "fields", label: "公文信息" },
  { key: "issue", label: "本期信息" },
  { key: "style", label: "版式设置" },
];

/** The middle pane: the text and the fields of the selected notice, the fields of the issue, and its house style. */
function Desk({ sheet, onSheet }: { readonly sheet: DeskSheet; readonly onSheet: (sheet: DeskSheet) => void }) {
  const issue = useWorkspace((state) => state.issue);
  const notice = useWorkspace((state) => (state.selected ? state.notices.get(state.selected) : undefined));
  const caret = useWorkspace((state) => state.caret);
  const placed = useWorkspace((state) => state.caretOrigin !== "editor");
  const frozen = useWorkspace((state) => state.frozen !== null);
  const frozenNotice = useFrozen(notice?.id ?? null);
  useEffect(() => {
    if (caret && placed) onSheet("text");
  }, [caret, placed, onSheet]);
  if (!issue) return null;
  return (
    <section className="desk" aria-label="编辑">
      <header className="desk-head">
        <SheetTabs sheet={sheet} onSheet={onSheet} />
        {(sheet === "text" || sheet === "fields") && notice && (
          <div className="desk-title" title={notice.title}>
            <span className="ellipsis">{notice.title}</span>
            <span className="muted">{notice.docNumber}</span>
          </div>
        )}
      </header>
      {(sheet === "text" || sheet === "fields") && notice && <StageStrip subject={{ kind: "notice", id: notice.id }} />}
      {sheet === "issue" && <StageStrip subject={{ kind: "issue", id: issue.id }} />}
      {/* Hidden rather than gone, so that the editor keeps its undo steps and its place. */}
      <div className="desk-body" hidden={sheet !== "text"}>
        {notice ? (
          <Boundary name="正文">
            <NoticeEditor />
          </Boundary>
        ) : (
          <NoNotice />
        )}
      </div>
      {sheet === "fields" && (
        <div className="desk-body scroll">
          <ConfigProvider componentDisabled={frozenNotice}>
            {notice ? <NoticeForm notice={notice} /> : <NoNotice />}
          </ConfigProvider>
        </div>
      )}
      {sheet === "style" && (
        <Boundary name="版式设置">
          <StylePanel />
        </Boundary>
      )}
      {sheet === "issue" && (
        <div className="desk-body scroll">
          <ConfigProvider componentDisabled={frozen}>
            <IssueForm value={issue} onChange={useWorkspace.getState().editIssue} onStyle={() => onSheet("style")} />
          </ConfigProvider>
        </div>
      )}
    </section>
  );
}

function NoNotice() {
  return (
    <div className="teach">
      <p>在左边的结构中选一篇公文，在这里修改它的文字。</p>
      <p>栏目里还没有公文时，用结构上方的“添加”从稿库取，或新写一篇。</p>
    </div>
  );
}

function SheetTabs({ sheet, onSheet }: { readonly sheet: DeskSheet; readonly onSheet: (sheet: DeskSheet) => void }) {
  const onKey = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const next = sheets[(sheets.findIndex((each) => each.key === sheet) + step + sheets.length) % sheets.length];
    if (step === 0 || !next) return;
    event.preventDefault();
    onSheet(next.key);
    event.currentTarget.querySelectorAll("button")[sheets.indexOf(next)]?.focus();
  };
  return (
    <div className="sheet-tabs" role="tablist" aria-label="编辑内容" onKeyDown={onKey}>
      {sheets.map(({ key, label }) => (
        <button
          key={key}
          type="button"
          role="tab"
          aria-selected={key === sheet}
          tabIndex={key === sheet ? 0 : -1}
          onClick={() => onSheet(key)}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
