// 读校: titles, numbers and dates read aloud notice by notice, while another follows on the page or in the original. What the
// contents page prints stands beside what the notice itself prints; each is ticked as right or as wrong.
import { Button, Modal } from "antd";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { type Notice, type NoticeId, numberLine, printedDate, squash } from "../../shared/model/notice.ts";
import { CheckCircleOutlined, SoundOutlined, StopOutlined, WarningFilled } from "../icons.tsx";
import { useWorkspace } from "../workspace.ts";
import { printedEntries } from "./proofDesk.ts";
import { spokenDate, spokenText } from "./spoken.ts";

type Verdict = "right" | "wrong";

export function ReadAloud() {
  const notices = useWorkspace((state) => state.notices);
  const contents = useWorkspace((state) => state.layout?.contents);
  const [at, setAt] = useState(0);
  const [verdicts, setVerdicts] = useState<ReadonlyMap<NoticeId, Verdict>>(new Map());
  const list = useRef<HTMLOListElement>(null);
  const voice = useVoice();
  const entries = printedEntries().flatMap((id) => notices.get(id) ?? []);
  const current = entries[at];
  const { show, select, lookAt } = useWorkspace.getState();

  const move = (to: number) => {
    const next = entries[Math.min(entries.length - 1, Math.max(0, to))];
    if (!next) return;
    setAt(entries.indexOf(next));
    select(next.id);
    const printed = contents?.find((entry) => entry.notice === next.id);
    if (printed) lookAt(printed.page, printed.y);
    if (voice.on) voice.say(spokenNotice(next));
  };
  const judge = (verdict: Verdict) => {
    if (!current) return;
    setVerdicts(new Map(verdicts).set(current.id, verdict));
    move(at + 1);
  };
  const onKey = (event: KeyboardEvent) => {
    const actions: Record<string, () => void> = {
      " ": () => judge("right"),
      x: () => judge("wrong"),
      ArrowDown: () => move(at + 1),
      ArrowUp: () => move(at - 1),
      r: () => current && voice.say(spokenNotice(current)),
    };
    const action = event.ctrlKey || event.altKey || event.metaKey ? undefined : actions[event.key];
    if (!action || event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  };
  useEffect(() => list.current?.focus(), []);
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: "nearest" });
  }, [at]);
  const wrong = [...verdicts.values()].filter((verdict) => verdict === "wrong").length;
  return (
    <Modal
      open
      width={880}
      title="读校：题名、文号、日期"
      className="dialog"
      onCancel={() => show(null)}
      footer={
        <div className="read-foot">
          <span className="muted digits">
            已读{verdicts.size}篇，共{entries.length}篇，不符{wrong}篇
          </span>
          <span className="gap" />
          <Button
            icon={voice.on ? <StopOutlined /> : <SoundOutlined />}
            disabled={!voice.able}
            onClick={() => voice.toggle(current ? spokenNotice(current) : "")}
          >
            {voice.on ? "停止朗读" : "朗读"}
          </Button>
          <Button danger onClick={() => judge("wrong")}>
            不符（X）
          </Button>
          <Button type="primary" onClick={() => judge("right")}>
            相符（空格）
          </Button>
        </div>
      }
    >
      {!voice.able && <p className="hint">这台电脑没有装中文语音，可以由一人照着念、一人对着看。</p>}
      {entries.length === 0 && <p>这一期还没有编入公文。</p>}
      <ol
        className="read-list"
        ref={list}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled list must be reachable for the keyboard
        tabIndex={0}
        onKeyDown={onKey}
      >
        {entries.map((notice, i) => {
          const printed = contents?.find((entry) => entry.notice === notice.id);
          const verdict = verdicts.get(notice.id);
          return (
            <li key={notice.id} className={i === at ? "current" : ""} aria-current={i === at}>
              <button type="button" tabIndex={-1} onClick={() => move(i)}>
                <span className="read-mark">
                  {verdict === "right" && <CheckCircleOutlined className="right" />}
                  {verdict === "wrong" && <WarningFilled className="error-text" />}
                  <span className="digits">{i + 1}</span>
                </span>
                <span className="read-words">
                  <b>{squash(notice.title)}</b>
                  <span>{numberLine(notice) || "没有文号"}</span>
                  <span>{printedDate(notice.dated) || "没有成文日期"}</span>
                </span>
                <span className="read-words muted">
                  <span>目录：{printed ? squash(printed.title) : "没有列入"}</span>
                  {printed && (
                    <span>
                      {printed.number} 第{printed.folio}页
                    </span>
                  )}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </Modal>
  );
}

function spokenNotice(notice: Notice): string {
  const number = numberLine(notice);
  return [spokenText(squash(notice.title)), number ? spokenText(number) : "没有文号", spokenDate(notice.dated)].join(
    "。",
  );
}

/** The system's Chinese voice, where it has one. */
function useVoice() {
  const [able, setAble] = useState(false);
  const [on, setOn] = useState(false);
  useEffect(() => {
    const { speechSynthesis } = window;
    if (!speechSynthesis) return;
    const look = () => setAble(speechSynthesis.getVoices().some(({ lang }) => /^(?:zh|cmn)\b/iu.test(lang)));
    look();
    // The list of voices comes later in Chromium.
    speechSynthesis.addEventListener("voiceschanged", look);
    return () => {
      speechSynthesis.removeEventListener("voiceschanged", look);
      speechSynthesis.cancel();
    };
  }, []);
  const say = (text: string) => {
    if (!able) return;
    const words = new SpeechSynthesisUtterance(text);
    words.lang = "zh-CN";
    words.rate = 0.9;
    window.speechSynthesis.cancel();
    window.speechSynthesis.speak(words);
  };
  return {
    able,
    on,
    say,
    toggle(text: string) {
      setOn(!on);
      if (on) window.speechSynthesis.cancel();
      else say(text);
    },
  };
}
