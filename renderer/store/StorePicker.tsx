// Choosing notices of the store for a section of the open issue: those that stand in no issue yet.

import { Checkbox, Input, Modal } from "antd";
import { useEffect, useState } from "react";
import { numberLine, printedDate, type SectionId } from "../../shared/model/notice.ts";
import { SearchOutlined } from "../icons.tsx";
import { useWorkspace } from "../workspace.ts";
import { findNotices } from "./library.ts";

const most = 200;

export function StorePicker({ section }: { readonly section: SectionId }) {
  const library = useWorkspace((state) => state.library);
  const title = useWorkspace((state) => state.issue?.sections.find((each) => each.id === section)?.title);
  const [query, setQuery] = useState("");
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const { show, addNotices, refreshLibrary, complain, settled } = useWorkspace.getState();
  // What was just moved out of the issue is free in the store only once that is saved.
  useEffect(() => {
    void settled().then(refreshLibrary).catch(complain);
  }, [settled, refreshLibrary, complain]);
  const found = findNotices(library ?? [], query, "unused");
  const add = () => {
    show(null);
    void addNotices(chosen, section).catch(complain);
  };
  return (
    <Modal
      open
      width={720}
      title={`从稿库添加到“${title ?? ""}”`}
      okText={chosen.length > 0 ? `放入${chosen.length}篇` : "放入"}
      okButtonProps={{ disabled: chosen.length === 0 }}
      onOk={add}
      onCancel={() => show(null)}
    >
      <Input
        autoFocus
        prefix={<SearchOutlined />}
        allowClear
        aria-label="在未入编的公文中查找"
        placeholder="查找题名、文号、机关；可用拼音首字母"
        value={query}
        onChange={(event) => setQuery(event.target.value)}
      />
      <ul className="picker" aria-label="未入编的公文">
        {found.slice(0, most).map((notice) => (
          <li key={notice.id}>
            <Checkbox
              checked={chosen.includes(notice.id)}
              onChange={(event) =>
                setChosen(event.target.checked ? [...chosen, notice.id] : chosen.filter((id) => id !== notice.id))
              }
            >
              <span className="clamp">{notice.title}</span>
              <small className="muted digits">
                {[numberLine(notice), printedDate(notice.dated), `${notice.characters}字`].filter(Boolean).join("　")}
              </small>
            </Checkbox>
          </li>
        ))}
        {found.length === 0 && (
          <li className="muted">
            {query ? "没有查到未入编的公文。" : "稿库里的公文都已入编。可以先导入文件，或新建公文。"}
          </li>
        )}
        {found.length > most && <li className="muted">只列出前{most}篇，请多输入几个字查找。</li>}
      </ul>
    </Modal>
  );
}
