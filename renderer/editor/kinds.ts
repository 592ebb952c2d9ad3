// What a paragraph is, while it is being written: the names of the kinds, how a kind follows from the literal number a
// paragraph begins with, and the commands that set it. A kind that the secretary chose against the number stays: only a
// kind that followed from the old number follows the new one.
import type { Node } from "prosemirror-model";
import { type Command, type EditorState, Plugin, PluginKey, TextSelection, type Transaction } from "prosemirror-state";
import { isInTable, setCellAttr } from "prosemirror-tables";
import { textKindNames } from "../../shared/layout/styleGuide.ts";
import type { Align, ParagraphKind } from "../../shared/model/block.ts";
import { numbering } from "../../shared/model/numbering.ts";
import { schema } from "../../shared/model/schema.ts";

/** As the house style calls them. */
export const kindNames: Readonly<Record<ParagraphKind, string>> = textKindNames;

/** The kinds of the menu, in groups; a cell's paragraphs have no other. */
export const kindGroups: readonly { readonly name: string; readonly kinds: readonly ParagraphKind[] }[] = [
  { name: "行文", kinds: ["body", "addressee", "quotation", "names"] },
  { name: "标题", kinds: ["level1", "level2", "level3", "level4"] },
  { name: "法规条款", kinds: ["chapter", "section", "article", "item"] },
  { name: "落款", kinds: ["annexNote", "signature", "date"] },
  { name: "所附文件", kinds: ["documentTitle", "subtitle", "annexLabel", "annexTitle"] },
  { name: "表格和图片", kinds: ["tableTitle", "unit", "note", "caption"] },
];

const numbered: readonly ParagraphKind[] = [
  "body",
  "level1",
  "level2",
  "level3",
  "level4",
  "chapter",
  "section",
  "article",
  "item",
];
const depths: readonly (readonly ParagraphKind[])[] = [
  ["level1", "level2", "level3", "level4", "body"],
  ["chapter", "section", "article", "item"],
];
/** What Enter at the end of a paragraph begins, where it is not body text. */
const following: Partial<Record<ParagraphKind, ParagraphKind>> = {
  signature: "date",
  annexLabel: "annexTitle",
  annexNote: "annexNote",
  names: "names",
};

const { paragraph } = schema.nodes;

export function kindOf(node: Node): ParagraphKind {
  return node.attrs.kind as ParagraphKind;
}

/** Whether paragraphs of this kind begin with a number. */
export function isHeading(kind: ParagraphKind): boolean {
  return kind !== "body" && numbered.includes(kind);
}

/** Text of a paragraph node with the offsets of block.ts, see leafText in the schema. */
export function textOf(node: Node): string {
  return node.textContent;
}

/** The kind that the beginning of `text` asks for. `above`: the kinds before it; （一） under an article is an item. */
export function kindFor(text: string, above: readonly ParagraphKind[]): ParagraphKind {
  const kind = numbering(text)?.kind ?? "body";
  if (kind !== "level2") return kind;
  const heading = above.findLast((other) => isHeading(other) && other !== "item");
  return heading === "article" ? "item" : kind;
}

/** The transaction after which changed paragraphs follow their numbers again; null when they do. */
export function followNumbers(before: Node, state: EditorState): Transaction | null {
  const { from, oldEnd, newEnd } = changedBlocks(before, state.doc);
  const tr = state.tr;
  const paired = oldEnd === newEnd;
  const kinds = state.doc.children.map((node) => (node.type === paragraph ? kindOf(node) : "cell"));
  state.doc.forEach((node, offset, index) => {
    if (index < from || index >= newEnd || node.type !== paragraph || !numbered.includes(kindOf(node))) return;
    const above = kinds.slice(0, index);
    const kind = kindFor(textOf(node), above);
    if (kind === kindOf(node)) return;
    const old = (paired || index === from) && index < oldEnd ? before.child(index) : null;
    if (old?.type === paragraph) {
      if (kindOf(old) !== kindOf(node)) return;
      const followed = kindFor(textOf(old), above);
      if (followed !== kindOf(old) || followed === kind) return;
    } else if (kindOf(node) !== "body") return;
    kinds[index] = kind;
    tr.setNodeMarkup(offset, null, { ...node.attrs, kind });
  });
  return tr.docChanged ? tr : null;
}

/** The range of top-level nodes that differ, by default those that are not the same objects in both documents. */
export function changedBlocks(
  before: Node,
  after: Node,
  same: (a: Node, b: Node) => boolean = Object.is,
): { from: number; oldEnd: number; newEnd: number } {
  let from = 0;
  while (from < before.childCount && from < after.childCount && same(before.child(from), after.child(from))) from++;
  let oldEnd = before.childCount;
  let newEnd = after.childCount;
  while (oldEnd > from && newEnd > from && same(before.child(oldEnd - 1), after.child(newEnd - 1))) {
    oldEnd--;
    newEnd--;
  }
  return { from, oldEnd, newEnd };
}

/** Set on a transaction whose paragraphs have the kinds they should have already. */
export const kindsGiven = "kindsGiven";

const composedKey = new PluginKey<Node | null>("composed");

/** Marks the transaction, sent after a composition has ended, on which the kinds catch up with what was composed. */
export function composed(state: EditorState): Transaction {
  return state.tr.setMeta(composedKey, "ended");
}

/** Whether something was composed that {@link composed} has not yet caught up with. */
export function isComposing(state: EditorState): boolean {
  return Boolean(composedKey.getState(state));
}

export function endsComposition(tr: Transaction): boolean {
  return tr.getMeta(composedKey) === "ended";
}

/** Kinds follow numbers after each change, except while an input method composes: changing the paragraph under it
 *  would end the composition. The plugin's state is the document before the composition. */
export function followingKinds(): Plugin {
  return new Plugin<Node | null>({
    key: composedKey,
    state: {
      init: () => null,
      apply(tr, base, old) {
        if (endsComposition(tr)) return null;
        return tr.docChanged && tr.getMeta("composition") !== undefined ? (base ?? old.doc) : base;
      },
    },
    appendTransaction(transactions, before, state) {
      const given = transactions.some((tr) => tr.getMeta("history$") || tr.getMeta(kindsGiven));
      if (given || isComposing(state)) return null;
      const base = composedKey.getState(before) ?? before.doc;
      return base === state.doc ? null : followNumbers(base, state);
    },
  });
}

function selectedParagraphs(state: EditorState): { node: Node; at: number }[] {
  const found: { node: Node; at: number }[] = [];
  for (const range of state.selection.ranges)
    state.doc.nodesBetween(range.$from.pos, range.$to.pos, (node, at) => {
      if (node.type === paragraph) found.push({ node, at });
      return node.type !== paragraph;
    });
  return found;
}

function changeKinds(change: (kind: ParagraphKind) => ParagraphKind): Command {
  return (state, dispatch) => {
    const targets = selectedParagraphs(state).filter(({ node }) => kindOf(node) !== "cell");
    if (targets.length === 0) return false;
    const tr = state.tr;
    for (const { node, at } of targets) {
      const kind = change(kindOf(node));
      if (kind !== kindOf(node)) tr.setNodeMarkup(at, null, { ...node.attrs, kind });
    }
    dispatch?.(tr.scrollIntoView());
    return true;
  };
}

export function setKind(kind: ParagraphKind): Command {
  return changeKinds(() => kind);
}

/** One level deeper (Tab) or higher (Shift+Tab) in the order of headings or of 章节条项; other kinds stay. */
export function changeLevel(step: 1 | -1): Command {
  return changeKinds((kind) => {
    const order = depths.find((kinds) => kinds.includes(kind));
    return order?.[order.indexOf(kind) + step] ?? kind;
  });
}

/** Aligns the selected paragraphs, in a table the selected cells; null: as the house style has it. */
export function setAlign(align: Align | null): Command {
  return (state, dispatch) => {
    if (isInTable(state)) return setCellAttr("align", align)(state, dispatch);
    const tr = state.tr;
    for (const { node, at } of selectedParagraphs(state)) tr.setNodeMarkup(at, null, { ...node.attrs, align });
    dispatch?.(tr);
    return true;
  };
}

/** Enter: what follows a heading is body text; the part of a paragraph that was cut off keeps no number's kind. */
export const splitParagraph: Command = (state, dispatch) => {
  const { selection } = state;
  if (!(selection instanceof TextSelection) || selection.$from.depth !== 1) return false;
  if (dispatch) {
    const tr = state.tr.deleteSelection();
    const $at = tr.selection.$from;
    const kind = kindOf($at.parent);
    const atEnd = $at.parentOffset === $at.parent.content.size;
    if ($at.parentOffset === 0 && !atEnd) tr.insert($at.before(), paragraph.create({ kind: "body" }));
    else {
      const next = atEnd ? (following[kind] ?? "body") : numbered.includes(kind) ? "body" : kind;
      tr.split($at.pos, 1, [{ type: paragraph, attrs: { kind: next, align: null } }]);
    }
    dispatch(tr.scrollIntoView());
  }
  return true;
};

/** Tab in a list of names: on to its next column. */
export const nextColumn: Command = (state, dispatch) => {
  const { $from, $to } = state.selection;
  if ($from.parent !== $to.parent || $from.parent.type !== paragraph || kindOf($from.parent) !== "names") return false;
  dispatch?.(state.tr.insertText("\t").scrollIntoView());
  return true;
};

export const breakLine: Command = (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(schema.nodes.hard_break.create(), false).scrollIntoView());
  return true;
};
