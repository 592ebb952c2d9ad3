// The structure of the issue 结构: cover, contents, sections with their notices and the folios they are printed on,
// imprint. Everything can be moved by dragging or by Alt+↑↓; a move is done at once and can be taken back.

import { Button, Dropdown, type MenuProps } from "antd";
import { type DragEvent, type KeyboardEvent, useLayoutEffect, useRef, useState } from "react";
import { citedTitle, type NoticeId, type Section, type SectionId } from "../../shared/model/notice.ts";
import {
  DownOutlined,
  FileAddOutlined,
  FolderAddOutlined,
  FolderOpenOutlined,
  MenuFoldOutlined,
  PlusOutlined,
  RightOutlined,
} from "../icons.tsx";
import { useWorkspace } from "../workspace.ts";
import {
  placeEntry,
  placeSection,
  removeEntry,
  renameSection,
  sectionOf,
  stepEntry,
  stepSection,
} from "./arrangement.ts";
import { EntryLabel, FrontLabel, RenameBox, RowMenu } from "./rows.tsx";

/** Parts of the issue that are made from its fields and from the arrangement. `folio`: how their page labels begin. */
const fronts = [
  { key: "cover", label: "封面", folio: "封面" },
  { key: "contents", label: "目录", folio: "目" },
] as const;
const imprint = { key: "imprint", label: "版权页", folio: "版权页" } as const;

type Row =
  | { readonly kind: "front"; readonly key: string; readonly label: string; readonly folio: string }
  | { readonly kind: "section"; readonly key: string; readonly section: Section }
  | { readonly kind: "entry"; readonly key: string; readonly notice: NoticeId; readonly section: Section };

function rowsOf(sections: readonly Section[], closed: ReadonlySet<SectionId>): Row[] {
  return [
    ...fronts.map((front): Row => ({ kind: "front", ...front })),
    ...sections.flatMap((section): Row[] => [
      { kind: "section", key: section.id, section },
      ...(closed.has(section.id) ? [] : section.entries).map(
        (notice): Row => ({ kind: "entry", key: notice, notice, section }),
      ),
    ]),
    { kind: "front", ...imprint },
  ];
}

interface Drop {
  readonly key: string;
  readonly after: boolean;
}

interface StructureProps {
  /** Called when a part that is made from the issue's fields is chosen. */
  readonly onFront: () => void;
  /** Called when a notice is chosen. */
  readonly onNotice: () => void;
  readonly showsFront: boolean;
  readonly onClose: () => void;
}

export function Structure({ onFront, onNotice, showsFront, onClose }: StructureProps) {
  const issue = useWorkspace((state) => state.issue);
  const selected = useWorkspace((state) => state.selected);
  const sections = issue?.sections ?? [];
  const { arrange, select, deleteNotices, complain, show, lookAt } = useWorkspace.getState();
  const [closed, setClosed] = useState<ReadonlySet<SectionId>>(new Set());
  const [front, setFront] = useState<string>("cover");
  const [focused, setFocused] = useState<string | null>(null);
  const [renaming, setRenaming] = useState<SectionId | null>(null);
  const [dragged, setDragged] = useState<Row | null>(null);
  const [drop, setDrop] = useState<Drop | null>(null);
  const tree = useRef<HTMLDivElement>(null);
  const refocus = useRef<string | null>(null);
  const rows = rowsOf(sections, closed);
  const tabStop = rows.some((row) => row.key === focused) ? focused : (selected ?? rows[0]?.key);

  // A row that moves loses the focus in the DOM; it gets it back here.
  useLayoutEffect(() => {
    if (refocus.current === null) return;
    focusRow(refocus.current);
    refocus.current = null;
  });

  function focusRow(key: string | undefined): void {
    for (const element of tree.current?.querySelectorAll<HTMLElement>("[role=treeitem]") ?? [])
      if (element.dataset.key === key) element.focus();
  }

  /** Arranges and says where the notice now stands. */
  function arrangeEntry(next: readonly Section[], notice: NoticeId): void {
    if (next === sections) return;
    const to = sectionOf(next, notice);
    refocus.current = notice;
    if (to) setClosed(without(closed, to.id));
    arrange(
      next,
      to
        ? `${title(notice)}现为“${to.title}”第${to.entries.indexOf(notice) + 1}篇`
        : `已把${title(notice)}移出本期，仍在稿库`,
    );
  }

  function arrangeSection(next: readonly Section[], section: Section): void {
    if (next === sections) return;
    refocus.current = section.id;
    arrange(next, `栏目“${section.title}”现为第${next.findIndex((each) => each.id === section.id) + 1}个栏目`);
  }

  function addSection(): void {
    const section = { id: crypto.randomUUID(), title: "新栏目", entries: [] };
    arrange([...sections, section], "已新建栏目");
    setRenaming(section.id);
  }

  function removeSection(section: Section): void {
    const kept = section.entries.length > 0 ? `，其中${section.entries.length}篇公文仍在稿库` : "";
    arrange(
      sections.filter((each) => each !== section),
      `已删除栏目“${section.title}”${kept}`,
    );
  }

  function rename(section: Section, name: string): void {
    setRenaming(null);
    refocus.current = section.id;
    const trimmed = name.trim();
    if (trimmed && trimmed !== section.title)
      arrange(renameSection(sections, section.id, trimmed), `栏目已改名为“${trimmed}”`);
  }

  function choose(row: Row): void {
    setFocused(row.key);
    const { layout } = useWorkspace.getState();
    if (row.kind === "front") {
      onFront();
      setFront(row.key);
      const page = layout?.labels.findIndex((label) => label.startsWith(row.folio)) ?? -1;
      if (page >= 0) lookAt(page, 0);
    } else if (row.kind === "entry") {
      select(row.notice);
      onNotice();
      const printed = layout?.contents.find((entry) => entry.notice === row.notice);
      if (printed) lookAt(printed.page, printed.y);
    } else setClosed(closed.has(row.key) ? without(closed, row.key) : new Set(closed).add(row.key));
  }

  function onKey(event: KeyboardEvent, row: Row): void {
    if (event.target !== event.currentTarget) return;
    const at = rows.indexOf(row);
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && event.altKey) {
      if (row.kind === "entry") arrangeEntry(stepEntry(sections, row.notice, step), row.notice);
      else if (row.kind === "section") arrangeSection(stepSection(sections, row.section.id, step), row.section);
    } else if (step !== 0) focusRow(rows[at + step]?.key);
    else if (event.key === "Home") focusRow(rows[0]?.key);
    else if (event.key === "End") focusRow(rows.at(-1)?.key);
    else if (event.key === "Enter" || event.key === " ") choose(row);
    else if (event.key === "ArrowLeft" && row.kind === "section") setClosed(new Set(closed).add(row.key));
    else if (event.key === "ArrowLeft" && row.kind === "entry") focusRow(row.section.id);
    else if (event.key === "ArrowRight" && row.kind === "section") setClosed(without(closed, row.key));
    else if (event.key === "F2" && row.kind === "section") setRenaming(row.section.id);
    else if (event.key === "Delete" && row.kind === "entry") {
      arrangeEntry(removeEntry(sections, row.notice), row.notice);
      refocus.current = rows[at + 1]?.key ?? null;
    } else if (event.key === "Delete" && row.kind === "section") removeSection(row.section);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function onDragOver(event: DragEvent, row: Row): void {
    if (!dragged || !dropped(dragged, { key: row.key, after: false })) return;
    event.preventDefault();
    event.stopPropagation();
    event.dataTransfer.dropEffect = "move";
    const box = event.currentTarget.getBoundingClientRect();
    const after = event.clientY > box.top + box.height / 2;
    if (drop?.key !== row.key || drop.after !== after) setDrop({ key: row.key, after });
  }

  /** The sections after dropping `moved` there; null where it cannot go. */
  function dropped(moved: Row, at: Drop): readonly Section[] | null {
    const target = rows.find((row) => row.key === at.key);
    if (!target || target.kind === "front" || moved.kind === "front") return null;
    const { section } = target;
    if (moved.kind === "section")
      return placeSection(sections, moved.section.id, sections.indexOf(section) + (at.after ? 1 : 0));
    const index = target.kind === "entry" ? section.entries.indexOf(target.notice) + (at.after ? 1 : 0) : 0;
    return placeEntry(sections, moved.notice, section.id, index);
  }

  function onDrop(event: DragEvent): void {
    event.preventDefault();
    event.stopPropagation();
    const next = dragged && drop && dropped(dragged, drop);
    if (next && dragged.kind === "entry") arrangeEntry(next, dragged.notice);
    if (next && dragged.kind === "section") arrangeSection(next, dragged.section);
    setDragged(null);
    setDrop(null);
  }

  function entryMenu(notice: NoticeId, section: Section): MenuProps["items"] {
    return [
      {
        key: "up",
        label: "上移",
        extra: "Alt+↑",
        onClick: () => arrangeEntry(stepEntry(sections, notice, -1), notice),
      },
      {
        key: "down",
        label: "下移",
        extra: "Alt+↓",
        onClick: () => arrangeEntry(stepEntry(sections, notice, 1), notice),
      },
      {
        key: "move",
        label: "移到栏目",
        disabled: sections.length < 2,
        children: sections
          .filter((each) => each !== section)
          .map((each) => ({
            key: each.id,
            label: each.title,
            onClick: () => arrangeEntry(placeEntry(sections, notice, each.id, each.entries.length), notice),
          })),
      },
      { type: "divider" },
      {
        key: "out",
        label: "移出本期",
        extra: "Delete",
        onClick: () => arrangeEntry(removeEntry(sections, notice), notice),
      },
      {
        key: "delete",
        label: "从稿库删除",
        danger: true,
        onClick: () => void deleteNotices([notice]).catch(complain),
      },
    ];
  }

  function sectionMenu(section: Section): MenuProps["items"] {
    return [
      { key: "pick", label: "从稿库添加公文", onClick: () => show({ kind: "pick", section: section.id }) },
      { key: "new", label: "新建公文", onClick: () => show({ kind: "newNotice", section: section.id }) },
      { type: "divider" },
      { key: "rename", label: "改名", extra: "F2", onClick: () => setRenaming(section.id) },
      {
        key: "up",
        label: "上移",
        extra: "Alt+↑",
        onClick: () => arrangeSection(stepSection(sections, section.id, -1), section),
      },
      {
        key: "down",
        label: "下移",
        extra: "Alt+↓",
        onClick: () => arrangeSection(stepSection(sections, section.id, 1), section),
      },
      { type: "divider" },
      { key: "delete", label: "删除栏目", extra: "Delete", danger: true, onClick: () => removeSection(section) },
    ];
  }

  const tabIndex = (row: Row) => (row.key === tabStop ? 0 : -1);

  function rowProps(row: Row, className: string) {
    const target = drop?.key === row.key ? (drop.after ? " drop-after" : " drop-before") : "";
    return {
      className: className + target + (dragged?.key === row.key ? " dragged" : ""),
      "data-key": row.key,
      "aria-level": row.kind === "entry" ? 2 : 1,
      onFocus: () => setFocused(row.key),
      onClick: () => choose(row),
      onKeyDown: (event: KeyboardEvent) => onKey(event, row),
      draggable: row.kind !== "front" && renaming !== row.key,
      onDragStart: (event: DragEvent) => {
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", row.kind === "entry" ? title(row.notice) : "");
        setDragged(row);
      },
      onDragEnd: () => {
        setDragged(null);
        setDrop(null);
      },
      onDragOver: (event: DragEvent) => onDragOver(event, row),
      onDrop,
    };
  }

  const target = (selected && sectionOf(sections, selected)) || sections.at(-1);
  return (
    <section className="structure" aria-label="结构">
      <header className="pane-head">
        <h2>结构</h2>
        <Dropdown
          trigger={["click"]}
          menu={{
            items: [
              {
                key: "pick",
                icon: <FolderOpenOutlined />,
                label: "从稿库添加公文",
                disabled: !target,
                onClick: () => target && show({ kind: "pick", section: target.id }),
              },
              {
                key: "new",
                icon: <FileAddOutlined />,
                label: "新建公文",
                disabled: !target,
                onClick: () => target && show({ kind: "newNotice", section: target.id }),
              },
              { key: "section", icon: <FolderAddOutlined />, label: "新建栏目", onClick: addSection },
            ],
          }}
        >
          <Button size="small" icon={<PlusOutlined />}>
            添加
          </Button>
        </Dropdown>
        <Button
          type="text"
          size="small"
          icon={<MenuFoldOutlined />}
          title="收起结构"
          aria-label="收起结构"
          onClick={onClose}
        />
      </header>
      <div className="tree" role="tree" aria-label="本期结构" ref={tree}>
        {rows.map((row) => {
          if (row.kind === "front")
            return (
              <div
                key={row.key}
                role="treeitem"
                tabIndex={tabIndex(row)}
                {...rowProps(row, "row front")}
                aria-selected={showsFront && row.key === front}
              >
                <FrontLabel kind={row.key} label={row.label} />
              </div>
            );
          if (row.kind === "entry")
            return (
              <Dropdown
                key={row.key}
                trigger={["contextMenu"]}
                menu={{ items: entryMenu(row.notice, row.section) ?? [] }}
              >
                <div
                  role="treeitem"
                  tabIndex={tabIndex(row)}
                  {...rowProps(row, "row entry")}
                  aria-selected={row.notice === selected && !showsFront}
                  aria-posinset={row.section.entries.indexOf(row.notice) + 1}
                  aria-setsize={row.section.entries.length}
                >
                  <EntryLabel notice={row.notice} menu={entryMenu(row.notice, row.section)} />
                </div>
              </Dropdown>
            );
          const { section } = row;
          return (
            <Dropdown key={row.key} trigger={["contextMenu"]} menu={{ items: sectionMenu(section) ?? [] }}>
              <div
                role="treeitem"
                tabIndex={tabIndex(row)}
                {...rowProps(row, "row section")}
                aria-expanded={!closed.has(section.id)}
                aria-label={`栏目 ${section.title}，${section.entries.length}篇`}
                onDoubleClick={() => setRenaming(section.id)}
              >
                {closed.has(section.id) ? <RightOutlined className="fold" /> : <DownOutlined className="fold" />}
                {renaming === section.id ? (
                  <RenameBox title={section.title} onDone={(name) => rename(section, name)} />
                ) : (
                  <span className="name">{section.title || "未命名栏目"}</span>
                )}
                <span className="count">{section.entries.length}</span>
                <RowMenu label={`栏目“${section.title}”的操作`} items={sectionMenu(section)} />
              </div>
            </Dropdown>
          );
        })}
      </div>
      {sections.length === 0 && (
        <div className="teach">
          <p>这一期还没有栏目。公文都放在栏目里，如“市政府文件”“人事任免”。</p>
          <Button icon={<FolderAddOutlined />} onClick={addSection}>
            新建栏目
          </Button>
        </div>
      )}
    </section>
  );
}

/** A title for a sentence. */
function title(id: NoticeId): string {
  const notice = useWorkspace.getState().notices.get(id);
  return notice ? citedTitle(notice) : "这篇公文";
}

function without<T>(set: ReadonlySet<T>, item: T): ReadonlySet<T> {
  if (!set.has(item)) return set;
  const copy = new Set(set);
  copy.delete(item);
  return copy;
}
