// The menu of what is put into the text as one thing: pictures, footnotes, forced breaks.
import { Button, Dropdown, type MenuProps } from "antd";
import type { Command } from "prosemirror-state";
import { useState } from "react";
import { PlusOutlined } from "../icons.tsx";
import { insertBreak } from "./atoms.ts";

interface Props {
  run(command: Command): void;
  can(command: Command): boolean;
  pickPictures(): void;
  /** Null where there can be no footnote. */
  readonly askNote: (() => void) | null;
}

export function InsertMenu({ run, can, pickPictures, askNote }: Props) {
  const [open, setOpen] = useState(false);
  const place = !open || can(insertBreak("page"));
  const items: MenuProps["items"] = [
    { key: "picture", label: "图片…", disabled: !place, onClick: pickPictures },
    { key: "note", label: "脚注…", extra: "Ctrl+Alt+F", disabled: askNote === null, onClick: () => askNote?.() },
    { type: "divider" },
    {
      key: "page",
      label: "分页符",
      extra: "Ctrl+Enter",
      disabled: !place,
      onClick: () => run(insertBreak("page")),
    },
    { key: "column", label: "分栏符", disabled: !place, onClick: () => run(insertBreak("column")) },
  ];
  return (
    <Dropdown menu={{ items }} trigger={["click"]} autoFocus onOpenChange={setOpen}>
      <Button type="text" size="small" icon={<PlusOutlined />} onMouseDown={(event) => event.preventDefault()}>
        插入
      </Button>
    </Dropdown>
  );
}
