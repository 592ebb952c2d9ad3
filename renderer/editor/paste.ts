// Pasting: what the clipboard holds becomes blocks (markup.ts), takes its kinds from its literal numbers, and is fitted
// in at the caret without leaving empty paragraphs. Text copied from this editor keeps its kinds as it is.
import { DOMParser, Fragment, type Node, Slice } from "prosemirror-model";
import { type EditorState, Plugin, Selection, type Transaction } from "prosemirror-state";
import { CellSelection, isInTable } from "prosemirror-tables";
import type { Block, ParagraphKind } from "../../shared/model/block.ts";
import { blockToNode, schema } from "../../shared/model/schema.ts";
import { kindFor, kindOf, kindsGiven, textOf } from "./kinds.ts";
import { readMarkup, readPlain } from "./markup.ts";

const { paragraph } = schema.nodes;
/** Set by prosemirror-view on what is copied from an editor of this schema. */
const ownMark = "data-pm-slice";

class PasteParser extends DOMParser {
  override parseSlice(dom: globalThis.Node, options?: Parameters<DOMParser["parseSlice"]>[1]): Slice {
    if (dom instanceof Element && dom.querySelector(`[${ownMark}]`)) return super.parseSlice(dom, options);
    return sliceOf(readMarkup(dom));
  }
}

function sliceOf(blocks: readonly Block[]): Slice {
  return new Slice(Fragment.from(blocks.map(blockToNode)), 0, 0);
}

/** Gives body paragraphs the kinds that their numbers ask for, after the paragraphs above. */
function withKinds(nodes: readonly Node[], above: ParagraphKind[]): Node[] {
  return nodes.map((node) => {
    if (node.type !== paragraph) return node;
    const kind = kindOf(node) === "body" ? kindFor(textOf(node), above) : kindOf(node);
    above.push(kind);
    return kind === kindOf(node) ? node : paragraph.create({ ...node.attrs, kind }, node.content);
  });
}

/** The transaction that puts pasted blocks at the selection; null when the table plugin should lay cells over cells.
 *  `own`: they were copied here and keep their kinds. */
export function pasteNodes(state: EditorState, pasted: readonly Node[], own: boolean): Transaction | null {
  if (pasted.length === 0) return state.tr;
  if (isInTable(state)) {
    if (state.selection instanceof CellSelection || (pasted.length === 1 && pasted[0]?.type === schema.nodes.table))
      return null;
    return pasteIntoCell(state, pasted);
  }
  const tr = state.tr.deleteSelection();
  const $at = tr.selection.$from;
  const [first] = pasted;
  if (!first) return null;
  if ($at.depth !== 1) return tr.insert($at.pos, pasted).scrollIntoView();
  const target = $at.parent;
  if (pasted.length === 1 && first.type === paragraph && target.content.size > 0)
    return tr.insert($at.pos, first.content).scrollIntoView();
  const above = own
    ? null
    : tr.doc.children.slice(0, $at.index(0)).flatMap((node) => (node.type === paragraph ? [kindOf(node)] : []));
  const nodes = above ? withKinds(pasted, above) : pasted;
  const last = nodes.at(-1);
  if (target.content.size === 0) {
    const end = last?.type !== paragraph && $at.after() === tr.doc.content.size ? [paragraph.create()] : [];
    tr.replaceWith($at.before(), $at.after(), [...nodes, ...end]);
  } else if ($at.parentOffset === 0) tr.insert($at.before(), nodes);
  else {
    const open = (node: Node | undefined) => (node?.type === paragraph ? 1 : 0);
    tr.replace($at.pos, $at.pos, new Slice(Fragment.from(nodes), open(nodes[0]), open(last)));
  }
  return tr.setMeta(kindsGiven, true).scrollIntoView();
}

function pasteIntoCell(state: EditorState, pasted: readonly Node[]): Transaction {
  const paragraphs: Node[] = [];
  for (const node of pasted)
    if (node.type === paragraph) paragraphs.push(paragraph.create({ kind: "cell" }, node.content));
    else node.descendants((child) => void (child.type === paragraph && paragraphs.push(child)));
  return state.tr.replaceSelection(new Slice(Fragment.from(paragraphs), 1, 1)).scrollIntoView();
}

/** Copied paragraphs going into an empty one take its place; elsewhere ProseMirror joins them to the text around. */
function fillsEmptyParagraph({ selection }: EditorState, slice: Slice): boolean {
  const { $from, empty } = selection;
  const open = Math.max(slice.openStart, slice.openEnd);
  return empty && $from.depth === 1 && $from.parent.content.size === 0 && open <= 1;
}

/** The pictures among the files of a clipboard or of what is dropped. */
function picturesOf(data: DataTransfer | null): File[] {
  return [...(data?.files ?? [])].filter((file) => file.type.startsWith("image/"));
}

/** Whether a clipboard has words. A word processor puts a picture of copied words beside them, which nobody wants. */
function hasWords(data: DataTransfer): boolean {
  const html = data
    .getData("text/html")
    .replace(/<(style|script|title)\b[^>]*>.*?<\/\1>|<!--.*?-->|<[^>]*>|&nbsp;/gis, "");
  return html.trim() !== "" || data.getData("text/plain").trim() !== "";
}

interface Desk {
  /** Tells the user what could not be pasted. */
  say(sentence: string): void;
  /** Takes pictures to where the selection is. */
  insert(files: readonly File[]): void;
}

export function pasting({ say, insert }: Desk): Plugin {
  return new Plugin({
    props: {
      clipboardParser: new PasteParser(schema, DOMParser.fromSchema(schema).rules),
      clipboardTextParser: (text) => sliceOf(readPlain(text)),
      clipboardTextSerializer: (slice) => slice.content.textBetween(0, slice.content.size, "\n", plainLeaf),
      handleDrop(view, event, _slice, moved) {
        const files = picturesOf(event.dataTransfer);
        if (files.length === 0 || moved) return false;
        const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
        if (at) view.dispatch(view.state.tr.setSelection(Selection.near(view.state.doc.resolve(at.pos))));
        insert(files);
        return true;
      },
      handlePaste(view, event, slice) {
        const { clipboardData } = event;
        const html = clipboardData?.getData("text/html") ?? "";
        const own = html.includes(ownMark);
        const files = picturesOf(clipboardData);
        if (!own && files.length > 0 && clipboardData && !hasWords(clipboardData)) {
          insert(files);
          return true;
        }
        if (/<img\b|<v:imagedata\b/i.test(html)) say("文字里的图片没有一同粘贴进来，请另用“插入”中的“图片”放入。");
        if (own && !fillsEmptyParagraph(view.state, slice)) return false;
        const tr = pasteNodes(view.state, slice.content.content, own);
        if (tr) view.dispatch(tr.setMeta("paste", true).setMeta("uiEvent", "paste"));
        return tr !== null;
      },
    },
  });
}

/** What stands in plain text for a footnote and for what is no text. */
function plainLeaf(node: Node): string {
  if (node.type === schema.nodes.footnote) return `（注：${node.attrs.text}）`;
  return node.type === schema.nodes.hard_break ? "\n" : "";
}
