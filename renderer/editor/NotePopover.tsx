// The text of one footnote, in a small window below its mark. Leaving it in any way writes what stands in it; Escape does
// not.
import { Button, Input } from "antd";
import { type FocusEvent, type KeyboardEvent, useLayoutEffect, useRef, useState } from "react";
import { maxNote } from "../../shared/model/check.ts";

interface Props {
  /** Null: a new one. */
  readonly text: string | null;
  /** Px in the element it stands in. */
  readonly left: number;
  readonly top: number;
  /** Ends it with this text, or null: as it was. */
  done(text: string | null): void;
}

export function NotePopover({ text, left, top, done }: Props) {
  const [words, setWords] = useState(text ?? "");
  const ended = useRef(false);
  const end = (result: string | null) => {
    // What ends it takes the focus away, which would end it again.
    if (ended.current) return;
    ended.current = true;
    done(result);
  };
  const leave = () => end(words === "" && text === null ? null : words);
  // What removes it, as going to another notice by key, brings no blur.
  const removed = useRef(leave);
  removed.current = leave;
  useLayoutEffect(() => () => removed.current(), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const writes = event.key === "Enter" && event.target instanceof HTMLTextAreaElement;
    if (event.key !== "Escape" && !writes) return;
    event.preventDefault();
    event.stopPropagation();
    end(writes ? words : null);
  };
  const onBlur = (event: FocusEvent<HTMLElement>) => {
    if (event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)) return;
    leave();
  };
  return (
    <div
      className="note-popover"
      role="dialog"
      aria-label={text === null ? "新脚注" : "脚注"}
      style={{ left, top }}
      onBlur={onBlur}
      onKeyDown={onKeyDown}
    >
      <Input.TextArea
        autoFocus
        aria-label="脚注文字"
        placeholder="脚注文字，印在本页（栏）下方"
        autoSize={{ minRows: 2, maxRows: 8 }}
        maxLength={maxNote}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <div className="note-buttons">
        {text !== null && (
          <Button size="small" type="text" danger onClick={() => end("")}>
            删除脚注
          </Button>
        )}
        <span className="toolbar-gap" />
        <Button size="small" onClick={() => end(null)}>
          取消
        </Button>
        <Button size="small" type="primary" onClick={() => end(words)}>
          确定
        </Button>
      </div>
    </div>
  );
}
