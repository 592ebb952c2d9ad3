// The command palette Ctrl+K: commands, the notices of the open issue and other issues, found by their words or by
// pinyin initials.
import { Input, Modal } from "antd";
import { type KeyboardEvent, useId, useMemo, useState } from "react";
import { numberLine, splitTitle } from "../../shared/model/notice.ts";
import { commands } from "../commands.ts";
import { entriesOf, useWorkspace } from "../workspace.ts";
import { matches } from "./pinyin.ts";

interface Choice {
  readonly key: string;
  readonly title: string;
  readonly detail: string;
  run(): void;
}

const longest = 50;

function choices(): Choice[] {
  const { issue, issues, notices, go, select, openIssue, complain } = useWorkspace.getState();
  return [
    ...commands
      .filter((command) => command.title !== "命令" && (command.can?.() ?? true))
      .map(({ title, keys, run }): Choice => ({ key: title, title, detail: keys ?? "", run })),
    ...entriesOf(issue?.sections ?? []).flatMap((id): Choice[] => {
      const notice = notices.get(id);
      if (!notice) return [];
      const run = () => {
        go("issue");
        select(id);
      };
      return [{ key: id, title: splitTitle(notice).rest, detail: numberLine(notice), run }];
    }),
    ...(issues ?? [])
      .filter((each) => each.id !== issue?.id)
      .map(({ id, name }): Choice => {
        const run = () => {
          go("issue");
          void openIssue(id).catch(complain);
        };
        return { key: id, title: `打开${name}`, detail: "期", run };
      }),
  ];
}

export function Palette() {
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const list = useId();
  const all = useMemo(choices, []);
  const found = all.filter((choice) => matches(`${choice.title} ${choice.detail}`, query.trim())).slice(0, longest);
  const close = () => useWorkspace.getState().show(null);
  const take = (choice: Choice | undefined) => {
    if (!choice) return;
    close();
    choice.run();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) setAt((at + step + found.length) % Math.max(found.length, 1));
    else if (event.key === "Enter") take(found[at]);
    else return;
    event.preventDefault();
  };
  return (
    <Modal open title="命令" footer={null} closable={false} onCancel={close} width={560} className="palette">
      <Input
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={found[at] ? `${list}-${at}` : undefined}
        aria-label="查找命令、公文和期"
        placeholder="命令、公文、期；可用拼音首字母，如 dc 找“导出PDF”"
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKey}
      />
      <div id={list} role="listbox" aria-label="查到的命令" className="choices">
        {found.map((choice, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys go to the combobox above
          <div
            key={choice.key}
            id={`${list}-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === at}
            ref={i === at ? (element) => element?.scrollIntoView({ block: "nearest" }) : undefined}
            onMouseMove={() => setAt(i)}
            onClick={() => take(choice)}
          >
            <span className="ellipsis">{choice.title}</span>
            <span className="muted">{choice.detail}</span>
          </div>
        ))}
        {found.length === 0 && <p className="muted">没有这样的命令、公文或期。</p>}
      </div>
    </Modal>
  );
}
