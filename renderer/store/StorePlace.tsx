// 稿库: every notice of the store, found by words, taken into the open issue, opened, or deleted with a way back.

import { Button, Dropdown, Input, Segmented, Table, type TableColumnsType } from "antd";
import { useLayoutEffect, useMemo, useRef, useState } from "react";
import type { NoticeSummary } from "../../shared/api.ts";
import { citedTitle, type Notice, numberLine, printedDate } from "../../shared/model/notice.ts";
import { NoticeEditor } from "../editor/NoticeEditor.tsx";
import { DeleteOutlined, FolderAddOutlined, ImportOutlined, SearchOutlined, UnorderedListOutlined } from "../icons.tsx";
import { pickFiles } from "../import/intake.ts";
import { NoticeForm } from "../issue/NoticeForm.tsx";
import { Welcome } from "../Welcome.tsx";
import { StageStrip } from "../workflow/StageStrip.tsx";
import { useWorkspace } from "../workspace.ts";
import { findNotices, type Use } from "./library.ts";

const uses = [
  { value: "all", label: "全部" },
  { value: "unused", label: "未入编" },
  { value: "used", label: "已入编" },
] satisfies { value: Use; label: string }[];

const byText = (pick: (notice: NoticeSummary) => string) => (a: NoticeSummary, b: NoticeSummary) =>
  pick(a).localeCompare(pick(b), "zh-CN", { numeric: true });

/** Widths in px; the title takes the rest. */
const columns: TableColumnsType<NoticeSummary> = [
  {
    title: "题名",
    dataIndex: "title",
    sorter: byText((notice) => notice.title),
    render: (title: string) => <span className="clamp">{title || "（无题名）"}</span>,
  },
  {
    title: "文号",
    width: 190,
    sorter: byText(numberLine),
    render: (_, notice) => (
      <span className="digits">
        {notice.docNumber}
        {notice.uniformNumber && <small className="muted">{notice.uniformNumber}</small>}
      </span>
    ),
  },
  { title: "文种", dataIndex: "kind", width: 70, sorter: byText((notice) => notice.kind) },
  {
    title: "成文日期",
    width: 122,
    sorter: byText((notice) => notice.dated),
    render: (_, notice) => <span className="digits">{printedDate(notice.dated)}</span>,
  },
  {
    title: "入编",
    width: 172,
    sorter: byText((notice) => notice.issue?.name ?? ""),
    render: (_, notice) => (notice.issue ? <span>{notice.issue.name}</span> : <span className="tag">未入编</span>),
  },
  {
    title: "字数",
    width: 72,
    align: "right",
    sorter: (a, b) => a.characters - b.characters,
    render: (_, notice) => <span className="digits">{notice.characters.toLocaleString("zh-CN")}</span>,
  },
];

export function StorePlace() {
  const library = useWorkspace((state) => state.library);
  const issue = useWorkspace((state) => state.issue);
  const [query, setQuery] = useState("");
  const [use, setUse] = useState<Use>("all");
  const [marked, setMarked] = useState<string[]>([]);
  const { addNotices, deleteNotices, complain } = useWorkspace.getState();
  const found = useMemo(() => findNotices(library ?? [], query, use), [library, query, use]);
  const { box, height } = useHeight();
  const detail = useLooseNotice();
  if (library?.length === 0) return <Welcome />;
  const chosen = marked.filter((id) => found.some((notice) => notice.id === id));
  const free = chosen.filter((id) => library?.some((notice) => notice.id === id && notice.issue === null));
  const open = (notice: NoticeSummary) => void openNotice(notice).catch(complain);
  return (
    <div className="store-place">
      <section className="store-list" aria-label="稿库">
        <div className="toolbar">
          <Input
            className="search"
            prefix={<SearchOutlined />}
            allowClear
            aria-label="在稿库中查找"
            placeholder="查找题名、文号、机关；可用拼音首字母"
            value={query}
            onChange={(event) => setQuery(event.target.value)}
          />
          <Segmented aria-label="入编情况" options={uses} value={use} onChange={setUse} />
          <span className="muted digits">
            {found.length === library?.length
              ? `共${found.length}篇`
              : `${found.length}篇，共${library?.length ?? 0}篇`}
          </span>
          <span className="gap" />
          {chosen.length > 0 && issue && (
            <Dropdown
              trigger={["click"]}
              disabled={free.length === 0}
              menu={{
                items: issue.sections.map((section) => ({
                  key: section.id,
                  label: section.title,
                  onClick: () => {
                    setMarked([]);
                    void addNotices(free, section.id).catch(complain);
                  },
                })),
              }}
            >
              <Button icon={<FolderAddOutlined />}>{`放入本期（${free.length}）`}</Button>
            </Dropdown>
          )}
          {chosen.length > 0 && (
            <Button
              danger
              icon={<DeleteOutlined />}
              onClick={() => {
                setMarked([]);
                void deleteNotices(chosen).catch(complain);
              }}
            >{`删除（${chosen.length}）`}</Button>
          )}
          <Button
            icon={<UnorderedListOutlined />}
            title="把一年各期的公文编成总目录"
            onClick={() => useWorkspace.getState().show({ kind: "annual" })}
          >
            编总目录…
          </Button>
          <Button icon={<ImportOutlined />} onClick={pickFiles}>
            导入
          </Button>
        </div>
        <div className="table-box" ref={box}>
          <Table
            size="small"
            rowKey="id"
            virtual
            loading={library === null}
            columns={detail ? columns.slice(0, 4) : columns}
            dataSource={found}
            pagination={false}
            scroll={{ x: detail ? 520 : 860, y: Math.max(height - 40, 120) }}
            showSorterTooltip={false}
            locale={{ emptyText: query ? "没有查到。换几个字，或清空查找框。" : "这里还没有公文。" }}
            rowSelection={{
              selectedRowKeys: marked,
              onChange: (keys) => setMarked(keys.map(String)),
              columnWidth: 36,
              getTitleCheckboxProps: () => ({ "aria-label": "全选" }),
              getCheckboxProps: (notice) => ({ "aria-label": `选${citedTitle(notice)}` }),
            }}
            onRow={(notice) => ({
              tabIndex: 0,
              onClick: () => open(notice),
              onKeyDown: (event) => event.key === "Enter" && event.target === event.currentTarget && open(notice),
            })}
          />
        </div>
      </section>
      {detail && <Detail notice={detail} />}
    </div>
  );
}

/** A notice that stands in an issue opens there; a loose one opens beside the list. */
export async function openNotice({ id, issue }: NoticeSummary): Promise<void> {
  const { issue: shown, openIssue, loadNotices, select, go } = useWorkspace.getState();
  if (!issue) {
    await loadNotices([id]);
    select(id);
    return;
  }
  if (shown?.id !== issue.id) await openIssue(issue.id);
  select(id);
  go("issue");
}

/** The loose notice that was opened last; null when the selected one stands in an issue. */
function useLooseNotice(): Notice | null {
  const selected = useWorkspace((state) => state.selected);
  const notice = useWorkspace((state) => (state.selected ? state.notices.get(state.selected) : undefined));
  const loose = useWorkspace((state) => state.library?.some((each) => each.id === selected && each.issue === null));
  return loose && notice ? notice : null;
}

function Detail({ notice }: { readonly notice: Notice }) {
  const [sheet, setSheet] = useState<"text" | "fields">("text");
  return (
    <section className="store-detail" aria-label="未入编的公文">
      <header className="desk-head">
        <Segmented
          aria-label="查看"
          options={[
            { value: "text", label: "正文" },
            { value: "fields", label: "公文信息" },
          ]}
          value={sheet}
          onChange={setSheet}
        />
        <span className="gap" />
        <Button onClick={() => useWorkspace.getState().select(null)}>合上</Button>
      </header>
      <StageStrip subject={{ kind: "notice", id: notice.id }} />
      <div className="desk-body" hidden={sheet !== "text"}>
        <NoticeEditor />
      </div>
      {sheet === "fields" && (
        <div className="desk-body scroll">
          <NoticeForm notice={notice} />
        </div>
      )}
    </section>
  );
}

/** Height of a box in px, since the virtual table needs it as a number. */
function useHeight() {
  const box = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(400);
  useLayoutEffect(() => {
    if (!box.current) return;
    const observer = new ResizeObserver(([entry]) => entry && setHeight(entry.contentRect.height));
    observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  return { box, height };
}
