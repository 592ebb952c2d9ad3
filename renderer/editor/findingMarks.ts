// Findings in the text being edited: the words underlined by severity, the one that is walked to lit. They follow the
// words while these are edited, and vanish with them; the next proofreading replaces them.
import type { Node } from "prosemirror-model";
import { Plugin, PluginKey, type Transaction } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import { positionOf } from "../../shared/model/schema.ts";
import type { Severity } from "../../shared/proof/proof.ts";
import type { ProofPlace } from "../../shared/proof/stored.ts";

/** A finding in the body of the notice that is being edited. */
export interface FindingMark {
  readonly place: Extract<ProofPlace, { in: "body" }>;
  /** The words as they stood when they were found; where others stand now, nothing is marked. */
  readonly quote: string;
  readonly severity: Severity;
  readonly lit: boolean;
}

interface Marked {
  readonly marks: readonly FindingMark[];
  readonly set: DecorationSet;
}

export const findingKey = new PluginKey<Marked>("findings");

function decorationsOf(doc: Node, marks: readonly FindingMark[]): DecorationSet {
  const decorations = marks.flatMap(({ place, quote, severity, lit }) => {
    const from = positionOf(doc, place);
    const to = positionOf(doc, { ...place, from: place.to });
    if (from === null || to === null) return [];
    const look = { class: lit ? `proof-mark ${severity} lit` : `proof-mark ${severity}` };
    // A footnote is one character of the text, whatever it says.
    if (place.note !== undefined) return [Decoration.inline(from, from + 1, look)];
    const words = doc.textBetween(from, to, "\n", (leaf) => leaf.type.spec.leafText?.(leaf) ?? "");
    return words === quote ? [Decoration.inline(from, to, look)] : [];
  });
  return DecorationSet.create(doc, decorations);
}

export function findingPlugin(): Plugin {
  return new Plugin<Marked>({
    key: findingKey,
    state: {
      init: () => ({ marks: [], set: DecorationSet.empty }),
      apply(tr, marked, _old, state) {
        const marks: readonly FindingMark[] | undefined = tr.getMeta(findingKey);
        if (marks) return { marks, set: decorationsOf(state.doc, marks) };
        if (!tr.docChanged) return marked;
        return { ...marked, set: marked.set.map(tr.mapping, tr.doc) };
      },
    },
    props: { decorations: (state) => findingKey.getState(state)?.set },
  });
}

/** Shows these findings instead of those before. */
export function markFindings(tr: Transaction, marks: readonly FindingMark[]): Transaction {
  return tr.setMeta(findingKey, marks).setMeta("addToHistory", false);
}
