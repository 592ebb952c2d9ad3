// How the text looks in the editor beyond what CSS knows from a paragraph's kind: the part of a paragraph that print sets
// in its heading's face, and the kind of the current paragraph in the left gutter. The label stands outside the edited
// DOM, because widgets near the caret disturb Chinese input methods.
import type { Node } from "prosemirror-model";
import { NodeSelection, Plugin, PluginKey } from "prosemirror-state";
import { Decoration, DecorationSet, type EditorView } from "prosemirror-view";
import { headLength, numbering } from "../../shared/model/numbering.ts";
import { schema } from "../../shared/model/schema.ts";
import { changedBlocks, endsComposition, isHeading, kindNames, kindOf, textOf } from "./kinds.ts";

/** Where the beginnings end that a house style may set in another face, in UTF-16 units: the number of a numbered
 *  paragraph, and its first sentence where that is a head. 0: it has none. */
export function leadEnds(node: Node): { number: number; sentence: number } {
  if (!isHeading(kindOf(node))) return { number: 0, sentence: 0 };
  const text = textOf(node);
  return { number: numbering(text)?.length ?? 0, sentence: headLength(text) };
}

const leads = new WeakMap<Node, ReturnType<typeof leadEnds>>();

/** The decorations of the top-level nodes from index `from` up to `to`. */
function leadsBetween(doc: Node, from: number, to: number): Decoration[] {
  const decorations: Decoration[] = [];
  doc.forEach((node, offset, index) => {
    if (index < from || index >= to || node.type !== schema.nodes.paragraph) return;
    let ends = leads.get(node);
    if (!ends) {
      ends = leadEnds(node);
      leads.set(node, ends);
    }
    const { number, sentence } = ends;
    if (number > 0) decorations.push(Decoration.inline(offset + 1, offset + 1 + number, { class: "number" }));
    if (sentence > 0) decorations.push(Decoration.inline(offset + 1, offset + 1 + sentence, { class: "sentence" }));
  });
  return decorations;
}

function allLeads(doc: Node): DecorationSet {
  return DecorationSet.create(doc, leadsBetween(doc, 0, doc.childCount));
}

/** The mapped set with the changed paragraphs' decorations made anew. */
function refreshed(mapped: DecorationSet, before: Node, doc: Node): DecorationSet {
  const { from, newEnd } = changedBlocks(before, doc);
  const at = (index: number) => doc.children.slice(0, index).reduce((sum, node) => sum + node.nodeSize, 0);
  // A decoration that touches the range from outside would be found too, and it has not changed.
  const [start, end] = [at(from), at(newEnd)];
  const stale = mapped.find(start, end).filter((each) => each.from >= start && each.to <= end);
  return mapped.remove(stale).add(doc, leadsBetween(doc, from, newEnd));
}

/** The state is the marks of all run-in headings. */
export const leadKey = new PluginKey<DecorationSet>("lead");

export function leadPlugin(): Plugin {
  return new Plugin<DecorationSet>({
    key: leadKey,
    state: {
      init: (_config, state) => allLeads(state.doc),
      apply(tr, set, old, state) {
        if (endsComposition(tr)) return allLeads(state.doc);
        if (!tr.docChanged) return set;
        const mapped = set.map(tr.mapping, tr.doc);
        // While an input method composes, its text node must not be wrapped anew.
        return tr.getMeta("composition") === undefined ? refreshed(mapped, old.doc, state.doc) : mapped;
      },
    },
    props: { decorations: (state) => leadKey.getState(state) },
  });
}

/** Puts the label into the element that holds the editor, which must be positioned. */
export function kindLabelPlugin(): Plugin {
  return new Plugin({
    view(view) {
      const label = document.createElement("div");
      label.className = "kind-label";
      label.ariaHidden = "true";
      const holder = view.dom.parentElement;
      holder?.append(label);
      const place = () => placeLabel(view, label);
      const resized = new ResizeObserver(place);
      resized.observe(view.dom);
      return {
        update: place,
        destroy() {
          resized.disconnect();
          label.remove();
        },
      };
    },
  });
}

function placeLabel(view: EditorView, label: HTMLElement): void {
  const { selection } = view.state;
  const { $head } = selection;
  const at = $head.depth > 0 ? $head.before(1) : selection instanceof NodeSelection ? selection.from : null;
  const block = at === null ? null : view.nodeDOM(at);
  const node = at === null ? null : view.state.doc.nodeAt(at);
  const holder = view.dom.parentElement;
  if (!(block instanceof HTMLElement) || !node || !holder) {
    label.textContent = "";
    return;
  }
  label.textContent = blockName(node);
  const top = block.getBoundingClientRect().top - holder.getBoundingClientRect().top;
  label.style.transform = `translateY(${Math.round(top + Number.parseFloat(getComputedStyle(block).paddingTop))}px)`;
}

function blockName(node: Node): string {
  switch (node.type) {
    case schema.nodes.paragraph:
      return kindNames[kindOf(node)];
    case schema.nodes.figure:
      return "图片";
    case schema.nodes.forced_break:
      return "换页换栏";
    default:
      return kindNames.cell;
  }
}
