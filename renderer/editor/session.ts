// One editor at work on the notices of the window: plain ProseMirror, outside React. Each change goes to the workspace at
// once as a patch of the blocks that changed; what an input method composes goes when the composition ends, and until
// then nothing here touches the document under it. A notice keeps its undo history while the window is open.
import { baseKeymap, chainCommands, toggleMark } from "prosemirror-commands";
import { dropCursor } from "prosemirror-dropcursor";
import { gapCursor } from "prosemirror-gapcursor";
import { history, redo, undo } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import {
  type Command,
  EditorState,
  NodeSelection,
  Plugin,
  type Selection,
  TextSelection,
  type Transaction,
} from "prosemirror-state";
import { addRowAfter, columnResizing, goToNextCell, isInTable, tableEditing } from "prosemirror-tables";
import { type EditorProps, EditorView } from "prosemirror-view";
import { type Block, type BodyPatch, diffBody } from "../../shared/model/block.ts";
import type { NoticeId } from "../../shared/model/notice.ts";
import { bodyToDoc, docToBody, type Place, placeOf, positionOf, schema, tie } from "../../shared/model/schema.ts";
import {
  atomShape,
  insertBreak,
  insertFigure,
  type NoteTarget,
  noteTarget,
  putNote,
  selectedAtom,
  toCaption,
} from "./atoms.ts";
import { kindLabelPlugin, leadPlugin } from "./decorations.ts";
import { FigureView } from "./figureView.ts";
import { type FindingMark, findingPlugin, markFindings } from "./findingMarks.ts";
import {
  breakLine,
  changedBlocks,
  changeLevel,
  composed,
  followingKinds,
  isComposing,
  kindsGiven,
  nextColumn,
  setKind,
  splitParagraph,
} from "./kinds.ts";
import { pasting } from "./paste.ts";
import { putPicture } from "./pictures.ts";
import { ProportionalTable, tableShape } from "./tables.ts";

/** What the editor tells the window. */
export interface Desk {
  body(notice: NoticeId): readonly Block[] | undefined;
  edited(notice: NoticeId, patch: BodyPatch): void;
  moved(notice: NoticeId, place: Place): void;
  /** After every change of text or selection, for the toolbar. */
  shown(state: EditorState): void;
  /** Tells the user something, in a sentence. */
  say(sentence: string): void;
  /** Tells the user why something was refused. */
  complain(error: unknown): void;
  /** The user wants to write a footnote there. */
  askNote(notice: NoticeId, target: NoteTarget): void;
}

/** Past the 20 ms in which prosemirror-view reads the last of a composition from the DOM. */
const compositionRest = 50;

const nextCell: Command = (state, dispatch, view) => {
  if (!isInTable(state) || goToNextCell(1)(state, dispatch)) return isInTable(state);
  // Tab in the last cell begins a new row.
  if (!addRowAfter(state, dispatch) || !view) return false;
  return goToNextCell(1)(view.state, view.dispatch);
};

const keys: Readonly<Record<string, Command>> = {
  "Mod-z": undo,
  "Mod-y": redo,
  "Mod-Shift-z": redo,
  "Mod-b": toggleMark(schema.marks.strong),
  Enter: chainCommands(toCaption, splitParagraph),
  "Shift-Enter": breakLine,
  "Mod-Enter": insertBreak("page"),
  Tab: chainCommands(nextCell, nextColumn, changeLevel(1)),
  "Shift-Tab": chainCommands(goToNextCell(-1), changeLevel(-1)),
  "Mod-Alt-0": setKind("body"),
  "Mod-Alt-1": setKind("level1"),
  "Mod-Alt-2": setKind("level2"),
  "Mod-Alt-3": setKind("level3"),
  "Mod-Alt-4": setKind("level4"),
  // Tab belongs to the text here; Escape gives it back to the window.
  Escape: (_state, _dispatch, view) => {
    view?.dom.blur();
    return true;
  },
};

/** All plugins but the one that draws outside the text; they work without a DOM. */
export function statePlugins(): Plugin[] {
  return [
    tableShape(),
    atomShape(),
    followingKinds(),
    leadPlugin(),
    history(),
    keymap(keys),
    keymap(baseKeymap),
    columnResizing({ View: ProportionalTable }),
    tableEditing(),
  ];
}

export class EditorSession {
  readonly view: EditorView;
  private readonly desk: Desk;
  private notice: NoticeId;
  private readonly states = new Map<NoticeId, EditorState>();
  private readonly plugins: Plugin[] = [
    pasting({ say: (sentence) => this.desk.say(sentence), insert: (files) => void this.insertPictures(files) }),
    this.notePlugin(),
    ...statePlugins(),
    findingPlugin(),
    gapCursor(),
    dropCursor({ class: "drop-cursor" }),
    kindLabelPlugin(),
  ];
  /** A composition has changed the text since it was last handed over. */
  private held = false;
  private frozen = false;
  /** The notice changed outside during a composition. */
  private outdated = false;
  private marks: readonly FindingMark[] = [];

  constructor(holder: HTMLElement, desk: Desk, notice: NoticeId) {
    this.desk = desk;
    this.notice = notice;
    this.view = new EditorView(holder, {
      state: this.stateFor(notice),
      dispatchTransaction: (tr) => this.dispatch(tr),
      nodeViews: { figure: (node) => new FigureView(node) },
      attributes: { role: "textbox", "aria-multiline": "true", "aria-label": "正文", spellcheck: "false" },
      scrollThreshold: 48,
      scrollMargin: 72,
      handleDOMEvents: {
        compositionend: () => {
          setTimeout(() => this.settle(), compositionRest);
          return false;
        },
      },
    });
    desk.shown(this.view.state);
  }

  destroy(): void {
    this.handOver();
    this.view.destroy();
  }

  /** Shows another notice, as it was left. */
  open(notice: NoticeId): void {
    if (notice === this.notice) return;
    this.handOver();
    this.states.set(this.notice, this.view.state);
    this.notice = notice;
    this.outdated = false;
    this.view.updateState(this.states.get(notice) ?? this.stateFor(notice));
    this.takeOutside();
    this.desk.shown(this.view.state);
  }

  /** The notice may have changed in the workspace, by this editor or from outside. */
  refresh(): void {
    if (this.view.composing) this.outdated = true;
    else this.takeOutside();
  }

  /** Puts the caret at a place and brings it into view; `focus`: the text takes the keyboard. */
  goTo(place: Place, focus: boolean): void {
    const position = positionOf(this.view.state.doc, place);
    if (position === null || this.view.composing) return;
    const { tr } = this.view.state;
    if (focus) this.view.focus();
    const atom = place.note !== undefined || tr.doc.resolve(position).depth === 0;
    const selection = atom ? NodeSelection.create(tr.doc, position) : TextSelection.near(tr.doc.resolve(position));
    this.view.dispatch(tr.setSelection(selection).scrollIntoView());
    // prosemirror-view scrolls only to where the keyboard is.
    if (!focus) elementAt(this.view, position)?.scrollIntoView({ block: "center" });
  }

  /** Underlines these findings in the notice that is shown, instead of those before. */
  showFindings(marks: readonly FindingMark[]): void {
    this.marks = marks;
    if (!this.view.composing) this.view.dispatch(markFindings(this.view.state.tr, marks));
  }

  /** Carries a command out, and gives the text the focus. */
  run(command: Command): void {
    this.apply(command);
    this.view.focus();
  }

  /** Carries a command out. False when it cannot be. */
  apply(command: Command): boolean {
    return command(this.view.state, this.view.dispatch, this.view);
  }

  /** A frozen text is read and copied; nothing but the store changes it. */
  freeze(frozen: boolean): void {
    if (frozen === this.frozen) return;
    this.frozen = frozen;
    this.view.setProps({ editable: () => !frozen });
  }

  /** Asks for the text of the selected footnote, or of a new one at the caret. */
  askNote(): boolean {
    const target = noteTarget(this.view.state);
    if (target) this.desk.askNote(this.notice, target);
    return target !== null;
  }

  writeNote(target: NoteTarget, text: string): void {
    if (!this.apply(putNote(target, text))) this.desk.say("脚注没有写进去，这一处正文刚刚改过，请重新写一次。");
  }

  /** Puts picture files into the store and at the caret, one below the other. */
  async insertPictures(files: readonly File[]): Promise<void> {
    const { notice } = this;
    for (const file of files)
      try {
        const figure = await putPicture(file);
        await this.settled();
        if (this.view.isDestroyed || this.notice !== notice)
          return this.desk.say("图片没有插入，因为已换到别的公文，请回到原来的公文再插入一次。");
        if (!this.apply(insertFigure(figure))) return this.desk.say("表格里不能插入图片，请把光标移到表格外面。");
      } catch (error) {
        this.desk.complain(error);
      }
    this.view.focus();
  }

  /** The ways to a footnote's text: its key, a click on its mark, Enter on it. */
  private notePlugin(): Plugin {
    const onMark: Command = (state) => selectedAtom(state)?.node.type === schema.nodes.footnote && this.askNote();
    const onClick: EditorProps["handleClickOn"] = (_view, _position, node, at, _event, direct) => {
      if (!direct || node.type !== schema.nodes.footnote) return false;
      this.desk.askNote(this.notice, { at, text: String(node.attrs.text) });
      return true;
    };
    const keysOfNotes = keymap({ "Mod-Alt-f": () => this.askNote(), Enter: onMark });
    return new Plugin({ props: { ...keysOfNotes.props, handleClickOn: onClick, handleDoubleClickOn: onClick } });
  }

  private stateFor(notice: NoticeId): EditorState {
    return EditorState.create({ doc: bodyToDoc(this.desk.body(notice) ?? []), plugins: this.plugins });
  }

  private dispatch(tr: Transaction): void {
    if (this.frozen && tr.docChanged && !tr.getMeta("external")) return;
    const before = this.view.state;
    this.view.updateState(before.apply(tr));
    const { state } = this.view;
    if (state.doc !== before.doc) {
      if (this.view.composing) this.held = true;
      else this.send();
    }
    if (!this.view.composing && !tr.getMeta("external") && !state.selection.eq(before.selection))
      this.desk.moved(this.notice, placeOf(state.doc, caretOf(state.selection)));
    this.desk.shown(state);
  }

  /** What a composition that is cut short has written; a change from outside counts for more. */
  private handOver(): void {
    if (this.held && !this.outdated) this.send();
  }

  /** Waits while something is being composed, and until it is handed over. */
  private async settled(): Promise<void> {
    while (!this.view.isDestroyed && (this.view.composing || isComposing(this.view.state)))
      await new Promise((rested) => setTimeout(rested, compositionRest));
  }

  /** After a composition: kinds follow the composed numbers, and the text is handed over. */
  private settle(): void {
    if (this.view.isDestroyed || this.view.composing || !isComposing(this.view.state)) return;
    this.view.dispatch(composed(this.view.state));
    if (this.outdated) this.takeOutside();
    else this.send();
    this.showFindings(this.marks);
    this.desk.moved(this.notice, placeOf(this.view.state.doc, caretOf(this.view.state.selection)));
  }

  private send(): void {
    this.held = false;
    const body = this.desk.body(this.notice);
    const now = docToBody(this.view.state.doc);
    if (!body || (isUnwritten(body) && isUnwritten(now))) return;
    const patch = diffBody(body, now);
    if (patch) this.desk.edited(this.notice, patch);
  }

  /** Brings the document to the workspace's body, changing no more than differs, so that caret and history stay. */
  private takeOutside(): void {
    this.outdated = false;
    this.held = false;
    const body = this.desk.body(this.notice);
    const { doc, tr } = this.view.state;
    const now = docToBody(doc);
    if (!body || (isUnwritten(body) && isUnwritten(now))) return;
    if (!diffBody(now, body)) return;
    // A body read again from the store is made of new objects; what is equal in it stays as it stands here.
    const target = bodyToDoc(body);
    const { from, oldEnd, newEnd } = changedBlocks(doc, target, (a, b) => a.eq(b));
    for (const [index, block] of body.entries())
      if (index < from) tie(doc.child(index), block);
      else if (index >= newEnd) tie(doc.child(index - newEnd + oldEnd), block);
    if (from === oldEnd && from === newEnd) return;
    const at = (index: number) => doc.children.slice(0, index).reduce((sum, node) => sum + node.nodeSize, 0);
    tr.replaceWith(at(from), at(oldEnd), target.children.slice(from, newEnd));
    this.view.dispatch(tr.setMeta("addToHistory", false).setMeta(kindsGiven, true).setMeta("external", true));
  }
}

function elementAt(view: EditorView, position: number): Element | null {
  const { node, offset } = view.domAtPos(position);
  const at = node instanceof Element ? (node.children[offset] ?? node) : node.parentElement;
  return at;
}

/** Of a selected picture the place before it: the one behind it belongs to the next block. */
function caretOf(selection: Selection): number {
  return selection instanceof NodeSelection ? selection.from : selection.head;
}

/** An empty body is shown as one empty paragraph; neither counts as a change of the other. */
function isUnwritten(body: readonly Block[]): boolean {
  return (
    body.every((block) => block.type === "paragraph" && block.attrs.kind === "body" && !block.content) &&
    body.length < 2
  );
}
