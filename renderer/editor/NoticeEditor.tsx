// The middle of the window: the toolbar and the body of the selected notice. React holds the frame only; the text itself
// belongs to EditorSession.

import type { Command } from "prosemirror-state";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { numberLine, splitTitle } from "../../shared/model/notice.ts";
import { useProofDesk } from "../proof/proofDesk.ts";
import { useFrozen } from "../workflow/workflowDesk.ts";
import { useWorkspace } from "../workspace.ts";
import type { NoteTarget } from "./atoms.ts";
import { registerFaces } from "./faces.ts";
import type { FindingMark } from "./findingMarks.ts";
import { lookOf } from "./look.ts";
import { NotePopover } from "./NotePopover.tsx";
import { pickPictures } from "./pictures.ts";
import { EditorSession } from "./session.ts";
import { Toolbar, type Tools, toolsOf } from "./Toolbar.tsx";
import "prosemirror-view/style/prosemirror.css";
import "prosemirror-gapcursor/style/gapcursor.css";
import "prosemirror-tables/style/tables.css";
import "./editor.css";

export function NoticeEditor() {
  const selected = useWorkspace((workspace) => workspace.selected);
  const known = useWorkspace((workspace) => selected !== null && workspace.notices.has(selected));
  if (!selected || !known) return <p className="editor-empty">在左边选一篇公文，就在这里改它的正文。</p>;
  return <OpenEditor notice={selected} />;
}

function OpenEditor({ notice }: { readonly notice: string }) {
  const holder = useRef<HTMLDivElement>(null);
  const session = useRef<EditorSession | null>(null);
  const [tools, setTools] = useState<Tools | null>(null);
  const [note, setNote] = useState<OpenNote | null>(null);
  const fonts = useWorkspace((workspace) => workspace.info?.fonts);
  const body = useWorkspace((workspace) => workspace.notices.get(notice)?.body);
  const style = useWorkspace((workspace) => workspace.style);
  const look = useMemo(() => style && lookOf(style), [style]);
  const caret = useWorkspace((workspace) => workspace.caret);
  const origin = useWorkspace((workspace) => workspace.caretOrigin);

  useEffect(() => {
    if (fonts) registerFaces(fonts);
  }, [fonts]);

  const run = useCallback((command: Command) => session.current?.run(command), []);
  const apply = useCallback((command: Command) => void session.current?.apply(command), []);
  const can = useCallback((command: Command) => session.current !== null && command(session.current.view.state), []);
  const insert = useCallback(() => pickPictures((files) => void session.current?.insertPictures(files)), []);
  const askNote = useCallback(() => void session.current?.askNote(), []);

  const first = useRef(notice);
  useEffect(() => {
    if (!holder.current) return;
    const opened = new EditorSession(
      holder.current,
      {
        body: (id) => useWorkspace.getState().notices.get(id)?.body,
        edited: (id, patch) => useWorkspace.getState().editBody(id, patch),
        moved(id, place) {
          const { selected, setCaret } = useWorkspace.getState();
          // A footnote that is left for another notice is written after that one was chosen.
          if (id === selected) setCaret({ notice: id, ...place }, "editor");
        },
        say: (sentence) => useWorkspace.getState().say(sentence),
        complain: (error) => useWorkspace.getState().complain(error),
        askNote: (id, target) =>
          setNote(session.current && { notice: id, target, ...placeOfNote(session.current, target) }),
        shown: (state) => {
          const now = toolsOf(state);
          setTools((before) => (before && sameTools(before, now) ? before : now));
        },
      },
      first.current,
    );
    session.current = opened;
    return () => opened.destroy();
  }, []);

  useEffect(() => {
    session.current?.open(notice);
    const paper = holder.current?.parentElement;
    if (paper?.parentElement) paper.parentElement.scrollTop = 0;
  }, [notice]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new body is the signal
  useEffect(() => session.current?.refresh(), [body]);

  useEffect(() => {
    if (origin === "editor" || caret?.notice !== notice) return;
    // The text may be behind another sheet, which the same click brings forward with the next frame.
    const frame = requestAnimationFrame(() => session.current?.goTo(caret, origin === "page"));
    return () => cancelAnimationFrame(frame);
  }, [caret, origin, notice]);

  const frozen = useFrozen(notice);
  useEffect(() => session.current?.freeze(frozen), [frozen]);

  const marks = useFindingMarks(notice);
  useEffect(() => session.current?.showFindings(marks), [marks]);

  return (
    <section className="editor" aria-label="正文编辑">
      {look && <style>{look}</style>}
      {tools && !frozen && (
        <Toolbar tools={tools} run={run} apply={apply} can={can} pickPictures={insert} askNote={askNote} />
      )}
      <div className="editor-scroll">
        <div className="editor-paper">
          <Head notice={notice} />
          <div className="editor-text" ref={holder} />
          {note?.notice === notice && (
            <NotePopover
              key={note.target.at}
              text={note.target.text}
              left={note.left}
              top={note.top}
              done={(text) => {
                setNote((open) => (open === note ? null : open));
                if (text !== null) session.current?.writeNote(note.target, text);
                session.current?.view.focus();
              }}
            />
          )}
        </div>
      </div>
    </section>
  );
}

/** What proofreading found in the body of a notice. */
function useFindingMarks(notice: string): readonly FindingMark[] {
  const rows = useProofDesk((desk) => desk.rows);
  const at = useProofDesk((desk) => desk.at);
  return useMemo(
    () =>
      rows.flatMap(({ key, finding: { place, quote, severity, ignored } }) =>
        place.in === "body" && place.notice === notice && ignored === null
          ? [{ place, quote, severity, lit: key === at }]
          : [],
      ),
    [rows, at, notice],
  );
}

/** A footnote being written, and where its window stands in the paper, px. */
interface OpenNote {
  readonly notice: string;
  readonly target: NoteTarget;
  readonly left: number;
  readonly top: number;
}

const noteWidth = 360;

function placeOfNote({ view }: EditorSession, { at }: NoteTarget): { left: number; top: number } {
  const paper = view.dom.closest(".editor-paper")?.getBoundingClientRect();
  const caret = view.coordsAtPos(at);
  if (!paper) return { left: 0, top: 0 };
  const most = Math.max(0, paper.width - noteWidth - 16);
  return { left: Math.min(most, Math.max(0, caret.left - paper.left - 24)), top: caret.bottom - paper.top + 6 };
}

function sameTools(a: Tools, b: Tools): boolean {
  return (Object.keys(a) as (keyof Tools)[]).every((key) => a[key] === b[key]);
}

/** Title and number line as they are printed above the body; they are edited with the notice's fields. */
function Head({ notice: id }: { readonly notice: string }) {
  const notice = useWorkspace((workspace) => workspace.notices.get(id));
  const brackets = useWorkspace((workspace) => workspace.style?.numberBrackets);
  if (!notice) return null;
  const { issuers, rest } = splitTitle(notice);
  const number = numberLine(notice);
  return (
    <header className="editor-head">
      <h2>
        {[...issuers, rest].map((line) => (
          <span key={line}>{line}</span>
        ))}
      </h2>
      {number && <p>{brackets ? brackets[0] + number + brackets[1] : number}</p>}
    </header>
  );
}
