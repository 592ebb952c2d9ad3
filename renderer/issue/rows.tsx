// What a row of the structure shows: name, folio, count of warnings, menu, and the box in which a section is renamed.
import { Button, Dropdown, Input, type MenuProps } from "antd";
import { citedTitle, type NoticeId, numberLine, splitTitle } from "../../shared/model/notice.ts";
import { FileTextOutlined, MoreOutlined } from "../icons.tsx";
import { StageMark } from "../workflow/StageStrip.tsx";
import { useWorkspace } from "../workspace.ts";

export function FrontLabel({ kind, label }: { readonly kind: string; readonly label: string }) {
  const labels = useWorkspace((state) => state.layout?.labels);
  return (
    <>
      <FileTextOutlined className="fold" />
      <span className="name">{label}</span>
      <span className="folio">{kind === "contents" ? contentsPages(labels ?? []) : ""}</span>
    </>
  );
}

/** How many pages the contents take: “2页”. */
function contentsPages(labels: readonly string[]): string {
  const count = labels.filter((label) => label.startsWith("目")).length;
  return count > 0 ? `${count}页` : "";
}

export function EntryLabel({ notice, menu }: { readonly notice: NoticeId; readonly menu: MenuProps["items"] }) {
  const fields = useWorkspace((state) => state.notices.get(notice));
  const folio = useWorkspace((state) => state.layout?.contents.find((entry) => entry.notice === notice)?.folio);
  const warnings = useWorkspace((state) => state.layout?.warnings.filter((each) => isAbout(each, notice)).length ?? 0);
  if (!fields) return null;
  const { rest } = splitTitle(fields);
  return (
    <>
      <span className="name" title={[fields.title, numberLine(fields)].filter(Boolean).join("\n")}>
        {rest || "（无题名）"}
      </span>
      {warnings > 0 && (
        <span className="badge" title={`版面有${warnings}处提示`}>
          {warnings}
        </span>
      )}
      <StageMark notice={notice} />
      <span className="folio" title={folio ? `印在第${folio}页` : "正在排版"}>
        {folio ?? "…"}
      </span>
      <RowMenu label={`${citedTitle(fields)}的操作`} items={menu} />
    </>
  );
}

function isAbout(
  warning: { readonly code: string; readonly source?: { in: string; notice?: NoticeId } },
  notice: NoticeId,
) {
  return warning.code !== "substitutedFace" && warning.source?.notice === notice;
}

export function RowMenu({ label, items }: { readonly label: string; readonly items: MenuProps["items"] }) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keeps a click on the menu from choosing the row
    // biome-ignore lint/a11y/useKeyWithClickEvents: the button inside takes the keys
    <span className="row-menu" onClick={(event) => event.stopPropagation()}>
      <Dropdown trigger={["click"]} menu={{ items: items ?? [] }}>
        <Button type="text" size="small" tabIndex={-1} icon={<MoreOutlined />} aria-label={label} title="更多操作" />
      </Dropdown>
    </span>
  );
}

export function RenameBox({ title, onDone }: { readonly title: string; readonly onDone: (title: string) => void }) {
  return (
    <Input
      size="small"
      autoFocus
      aria-label="栏目名称"
      defaultValue={title}
      onFocus={(event) => event.currentTarget.select()}
      onClick={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
      onPressEnter={(event) => !event.nativeEvent.isComposing && onDone(event.currentTarget.value)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Escape") onDone(title);
      }}
      onBlur={(event) => onDone(event.currentTarget.value)}
    />
  );
}
