// What stands in the text as one thing: pictures, forced breaks and footnotes. Their commands, and what every change is
// brought back to: no footnote where there can be none, and no literal U+FFFC, which stands for one in a paragraph's text.
import { closeHistory } from "prosemirror-history";
import type { Node } from "prosemirror-model";
import {
  type Command,
  type EditorState,
  NodeSelection,
  Plugin,
  Selection,
  TextSelection,
  type Transaction,
} from "prosemirror-state";
import { isInTable } from "prosemirror-tables";
import { type Figure, type ForcedBreak, notelessKinds, noteMark } from "../../shared/model/block.ts";
import { maxNote } from "../../shared/model/check.ts";
import { schema } from "../../shared/model/schema.ts";
import { changedBlocks, kindOf } from "./kinds.ts";

const { paragraph, figure, forced_break, footnote } = schema.nodes;

/** Where a block is put: in place of the empty paragraph that has the caret, else behind the block that has it. Null in
 *  a table. */
export function blockRoom(state: EditorState): { readonly from: number; readonly to: number } | null {
  const { $from, $to, to } = state.selection;
  if (isInTable(state)) return null;
  if ($to.depth === 0) return { from: to, to };
  if ($from.depth === 1 && $from.parent.content.size === 0) return { from: $from.before(), to: $from.after() };
  return { from: $to.after(1), to: $to.after(1) };
}

/** Puts `block` where there is room for it. The body must not end with it: there would be no line left to write in. */
export function putBlock(tr: Transaction, room: { readonly from: number; readonly to: number }, block: Node): void {
  const isLast = room.to === tr.doc.content.size;
  tr.replaceWith(room.from, room.to, isLast ? [block, paragraph.create()] : block);
}

export function insertFigure(attrs: Figure["attrs"]): Command {
  return (state, dispatch) => {
    const room = blockRoom(state);
    if (!room) return false;
    if (dispatch) {
      const tr = state.tr;
      putBlock(tr, room, figure.create(attrs));
      dispatch(closeHistory(tr).setSelection(NodeSelection.create(tr.doc, room.from)).scrollIntoView());
    }
    return true;
  };
}

/** Changes the picture at a position of the document. */
export function setFigure(at: number, change: Partial<Figure["attrs"]>): Command {
  return (state, dispatch) => {
    const node = at <= state.doc.content.size ? state.doc.nodeAt(at) : null;
    if (node?.type !== figure) return false;
    if (dispatch) {
      const tr = state.tr.setNodeMarkup(at, null, { ...node.attrs, ...change });
      if (selectedAtom(state)?.at === at) tr.setSelection(NodeSelection.create(tr.doc, at));
      dispatch(tr);
    }
    return true;
  };
}

/** The picture, forced break or footnote that is selected alone. */
export function selectedAtom(state: EditorState): { readonly node: Node; readonly at: number } | null {
  const { selection } = state;
  if (!(selection instanceof NodeSelection) || !selection.node.isAtom) return null;
  return { node: selection.node, at: selection.from };
}

/** From the selected picture to its caption, which is made when there is none. */
export const toCaption: Command = (state, dispatch) => {
  const selected = selectedAtom(state);
  if (selected?.node.type !== figure) return false;
  const below = selected.at + 1;
  const next = state.doc.nodeAt(below);
  const caption = next?.type === paragraph && kindOf(next) === "caption" ? next : null;
  const tr = state.tr;
  if (!caption) tr.insert(below, paragraph.create({ kind: "caption" }));
  const caret = below + 1 + (caption?.content.size ?? 0);
  dispatch?.(tr.setSelection(TextSelection.create(tr.doc, caret)).scrollIntoView());
  return true;
};

/** Begins a page or column where the caret is, dividing the paragraph there. */
export function insertBreak(to: ForcedBreak["attrs"]["to"]): Command {
  return (state, dispatch) => {
    const room = blockRoom(state);
    if (!room) return false;
    if (dispatch) {
      const tr = state.tr;
      const node = forced_break.create({ to });
      if (state.selection.$from.depth !== 1) putBlock(tr, room, node);
      else divide(tr, node);
      dispatch(closeHistory(tr).scrollIntoView());
    }
    return true;
  };
}

/** Puts `block` at the caret, between the halves of its paragraph where both have text, and the caret behind it. */
function divide(tr: Transaction, block: Node): void {
  const $at = tr.deleteSelection().selection.$from;
  if ($at.parentOffset === 0) {
    tr.insert($at.before(1), block);
    return;
  }
  const inside = $at.parentOffset < $at.parent.content.size;
  if (inside) tr.split($at.pos);
  const at = $at.pos + 1;
  putBlock(tr, { from: at, to: at }, block);
  tr.setSelection(TextSelection.near(tr.doc.resolve(at + 1), 1));
}

// ---------------------------------------------------------------- footnotes

/** A footnote that is there, or the place where one is to be. */
export interface NoteTarget {
  readonly at: number;
  /** Null: it is not there yet. */
  readonly text: string | null;
}

/** The selected footnote, or the place of the caret; null where there can be none: in a table, a title, beside a
 *  picture. */
export function noteTarget(state: EditorState): NoteTarget | null {
  const selected = selectedAtom(state);
  if (selected?.node.type === footnote) return { at: selected.at, text: String(selected.node.attrs.text) };
  const { $to } = state.selection;
  return holdsNotes($to.parent) ? { at: $to.pos, text: null } : null;
}

function holdsNotes(node: Node): boolean {
  return node.type === paragraph && !notelessKinds.includes(kindOf(node));
}

/** Writes the text of a footnote, on one line; without text it is taken out. False when the place is no longer as it was
 *  when it became the target. */
export function putNote({ at, text: before }: NoteTarget, given: string): Command {
  return (state, dispatch) => {
    const text = oneLine(given);
    const node = at < state.doc.content.size ? state.doc.nodeAt(at) : null;
    const tr = state.tr;
    if (before === null) {
      if (text === "" || at > state.doc.content.size || !holdsNotes(state.doc.resolve(at).parent)) return false;
      tr.insert(at, footnote.create({ text }));
    } else {
      if (node?.type !== footnote || node.attrs.text !== before) return false;
      if (text === "") tr.delete(at, at + 1);
      else if (text !== before) tr.setNodeMarkup(at, null, { text });
    }
    tr.setSelection(TextSelection.create(tr.doc, text === "" ? at : at + 1));
    dispatch?.(closeHistory(tr).scrollIntoView());
    return true;
  };
}

function oneLine(text: string): string {
  const line = text
    .replaceAll(noteMark, "")
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim()
    .slice(0, maxNote);
  return line.isWellFormed() ? line : line.slice(0, -1);
}

// ---------------------------------------------------------------- shape

/** The transaction that mends changed blocks; null when they are as they should be. A footnote where there can be none,
 *  as in a table, becomes words of the text, so that it is not lost. */
function mendNotes(before: Node, state: EditorState): Transaction | null {
  const { from, newEnd } = changedBlocks(before, state.doc);
  const faults: { readonly at: number; readonly length: number; readonly text: string }[] = [];
  state.doc.forEach((block, offset, index) => {
    if (index < from || index >= newEnd) return;
    block.descendants((node, inner, parent) => {
      const at = offset + 1 + inner;
      if (node.type === footnote && parent && !holdsNotes(parent))
        faults.push({ at, length: 1, text: `（注：${node.attrs.text}）` });
      for (const { index: i } of (node.text ?? "").matchAll(/\ufffc/g))
        faults.push({ at: at + i, length: 1, text: "" });
      return true;
    });
  });
  if (faults.length === 0) return null;
  const tr = state.tr;
  for (const { at, length, text } of faults.reverse())
    if (text === "") tr.delete(at, at + length);
    else tr.replaceWith(at, at + length, schema.text(text));
  return tr;
}

/** Goes from a selected picture to its caption, from a break to what follows: what is typed would take its place. */
function leaveAtom(state: EditorState): Transaction | null {
  const selected = selectedAtom(state);
  if (!selected?.node.isBlock) return null;
  let tr = state.tr;
  const isFigure = toCaption(state, (left) => {
    tr = left;
  });
  return isFigure ? tr : tr.setSelection(Selection.near(tr.doc.resolve(selected.at + 1), 1));
}

export function atomShape(): Plugin {
  return new Plugin({
    appendTransaction(transactions, before, state) {
      return transactions.some((tr) => tr.docChanged) ? mendNotes(before.doc, state) : null;
    },
    props: {
      handleTextInput(view, _from, _to, text) {
        const tr = leaveAtom(view.state);
        if (tr) view.dispatch(tr.insertText(text));
        return tr !== null;
      },
      handleDOMEvents: {
        // An input method announces itself with key code 229, before the composition has begun.
        keydown(view, event) {
          const tr = event.keyCode === 229 ? leaveAtom(view.state) : null;
          if (tr) view.dispatch(tr);
          return false;
        },
      },
    },
  });
}
