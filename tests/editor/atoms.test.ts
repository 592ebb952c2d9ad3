import { deleteSelection, joinBackward, selectNodeBackward } from "prosemirror-commands";
import { undo } from "prosemirror-history";
import { type Command, type EditorState, NodeSelection } from "prosemirror-state";
import { expect, test } from "vitest";
import {
  insertBreak,
  insertFigure,
  noteTarget,
  putNote,
  selectedAtom,
  setFigure,
  toCaption,
} from "../../renderer/editor/atoms.ts";
import { nextColumn, setKind } from "../../renderer/editor/kinds.ts";
import { pasteNodes } from "../../renderer/editor/paste.ts";
import { insertTable, toggleTable } from "../../renderer/editor/tables.ts";
import { type Block, noteMark, paragraph } from "../../shared/model/block.ts";
import { blockToNode, docToBody, type Place, placeOf, positionOf } from "../../shared/model/schema.ts";
import { after, body, figure, noted, print, stateOf, table } from "./bodies.ts";

const { attrs } = figure("桥");
const two = body(["body", "甲乙"], ["body", "丙"]);

/** The state with the atom at a place selected. */
function selected(blocks: readonly Block[], place: Place): EditorState {
  const state = stateOf(blocks);
  return state.apply(state.tr.setSelection(NodeSelection.create(state.doc, positionOf(state.doc, place) ?? -1)));
}

const caretOf = (state: EditorState) => placeOf(state.doc, state.selection.head);

const inserted: [string, Command, Block[], Place, string[], Place | null][] = [
  [
    "a picture behind the paragraph",
    insertFigure(attrs),
    two,
    { block: 0, from: 1 },
    ["body 甲乙", "<桥 1>", "body 丙"],
    null,
  ],
  [
    "a picture in place of an empty paragraph",
    insertFigure(attrs),
    body(["body", ""], ["body", "丙"]),
    { block: 0, from: 0 },
    ["<桥 1>", "body 丙"],
    null,
  ],
  [
    "a picture at the end",
    insertFigure(attrs),
    two,
    { block: 1, from: 0 },
    ["body 甲乙", "body 丙", "<桥 1>", "body"],
    null,
  ],
  [
    "a page break before a paragraph",
    insertBreak("page"),
    two,
    { block: 1, from: 0 },
    ["body 甲乙", "<page>", "body 丙"],
    { block: 2, from: 0 },
  ],
  [
    "a page break inside a paragraph",
    insertBreak("page"),
    two,
    { block: 0, from: 1 },
    ["body 甲", "<page>", "body 乙", "body 丙"],
    { block: 2, from: 0 },
  ],
  [
    "a column break behind a paragraph",
    insertBreak("column"),
    two,
    { block: 0, from: 2 },
    ["body 甲乙", "<column>", "body 丙"],
    { block: 2, from: 0 },
  ],
  [
    "a page break at the end: there is a line to go on",
    insertBreak("page"),
    two,
    { block: 1, from: 1 },
    ["body 甲乙", "body 丙", "<page>", "body"],
    { block: 3, from: 0 },
  ],
  [
    "a page break in an empty paragraph",
    insertBreak("page"),
    body(["body", ""]),
    { block: 0, from: 0 },
    ["<page>", "body"],
    { block: 1, from: 0 },
  ],
  [
    "a next column of names",
    nextColumn,
    body(["names", "张三"]),
    { block: 0, from: 2 },
    ["names 张三"],
    { block: 0, from: 3 },
  ],
];
test.each(inserted)("%s; and one undo takes it back", (_name, command, blocks, place, expected, caret) => {
  const before = stateOf(blocks, place);
  const state = after(before, command);
  expect(print(state)).toEqual(expected);
  if (caret) expect(caretOf(state)).toEqual(caret);
  else expect(selectedAtom(state)?.node.type.name).toBe("figure");
  expect(after(state, undo).doc.eq(before.doc)).toBe(true);
});

test("behind a selected picture goes the next one, and a table", () => {
  const state = selected([figure("甲图"), ...two], { block: 0, from: 0 });
  expect(print(after(state, insertFigure(attrs)))).toEqual(["<甲图 1>", "<桥 1>", "body 甲乙", "body 丙"]);
  expect(print(after(state, insertBreak("page")))).toEqual(["<甲图 1>", "<page>", "body 甲乙", "body 丙"]);
  expect(print(after(state, insertTable(1, 2, false)))).toEqual(["<甲图 1>", " ", "body 甲乙", "body 丙"]);
});

const inCell = { block: 0, cell: [0, 0, 0], from: 1 } as const;
test.each<[string, Command]>([
  ["picture", insertFigure(attrs)],
  ["page break", insertBreak("page")],
  ["next column", nextColumn],
])("no %s in a table", (_name, command) => {
  expect(command(stateOf([table("ab"), ...two], inCell))).toBe(false);
});

test("a picture takes its settings and stays selected", () => {
  const state = after(
    selected([figure("桥"), ...two], { block: 0, from: 0 }),
    setFigure(0, { share: 0.5, alt: "新桥" }),
  );
  expect(print(state)[0]).toBe("<新桥 0.5>");
  expect(selectedAtom(state)?.at).toBe(0);
  expect(setFigure(1, { share: 0.5 })(state)).toBe(false);
  expect(setFigure(99, { share: 0.5 })(state)).toBe(false);
});

test.each([
  ["makes a caption", two, ["<桥 1>", "caption", "body 甲乙", "body 丙"], { block: 1, from: 0 }],
  ["goes to the one there is", body(["caption", "图1"]), ["<桥 1>", "caption 图1"], { block: 1, from: 2 }],
])("Enter on a picture %s", (_name, below, expected, caret) => {
  const state = after(selected([figure("桥"), ...below], { block: 0, from: 0 }), toCaption);
  expect(print(state)).toEqual(expected);
  expect(caretOf(state)).toEqual(caret);
});

test.each<[string, Block]>([
  ["a picture", figure("桥")],
  ["a break", { type: "forced_break", attrs: { to: "page" } }],
])("Backspace behind %s takes it away, selected or not", (_name, atom) => {
  const state = stateOf([atom, ...two], { block: 1, from: 0 });
  expect(print(after(state, joinBackward))).toEqual(["body 甲乙", "body 丙"]);
  expect(print(after(after(state, selectNodeBackward), deleteSelection))).toEqual(["body 甲乙", "body 丙"]);
});

// ---------------------------------------------------------------- footnotes

const targets: [string, EditorState, ReturnType<typeof noteTarget>][] = [
  ["at the caret", stateOf(two, { block: 0, from: 1 }), { at: 2, text: null }],
  ["behind selected words", stateOf(two, { block: 0, from: 0 }, { block: 0, from: 2 }), { at: 3, text: null }],
  ["a selected footnote", selected([noted("body", "甲[注]")], { block: 0, note: 0, from: 0 }), { at: 2, text: "注" }],
  ["none in a title", stateOf(body(["documentTitle", "甲"]), { block: 0, from: 1 }), null],
  ["none in a table", stateOf([table("ab")], inCell), null],
  ["none beside a picture", selected([figure("桥")], { block: 0, from: 0 }), null],
];
test.each(targets)("where a footnote is written: %s", (_name, state, expected) => {
  expect(noteTarget(state)).toEqual(expected);
});

const written: [string, Block[], { at: number; text: string | null }, string, string[] | null][] = [
  ["a new one", two, { at: 2, text: null }, "见附件1。", ["body 甲[见附件1。]乙", "body 丙"]],
  [
    "on one line, without what stands for one",
    two,
    { at: 2, text: null },
    " 一\n\t二\ufffc\u0007 ",
    ["body 甲[一 二]乙", "body 丙"],
  ],
  ["a new one without text", two, { at: 2, text: null }, " \n", null],
  ["at a place that is gone", two, { at: 99, text: null }, "注", null],
  ["between paragraphs", two, { at: 4, text: null }, "注", null],
  ["in a table", [table("a")], { at: 4, text: null }, "注", null],
  ["another text", [noted("body", "甲[旧]")], { at: 2, text: "旧" }, "新", ["body 甲[新]"]],
  ["the same text", [noted("body", "甲[旧]")], { at: 2, text: "旧" }, "旧", ["body 甲[旧]"]],
  ["no text takes it away", [noted("body", "甲[旧]乙")], { at: 2, text: "旧" }, "", ["body 甲乙"]],
  ["one that was changed meanwhile", [noted("body", "甲[新]")], { at: 2, text: "旧" }, "更新", null],
  ["one that has moved", [noted("body", "甲乙[旧]")], { at: 2, text: "旧" }, "新", null],
];
test.each(written)("writing a footnote: %s", (_name, blocks, target, text, expected) => {
  const state = stateOf(blocks);
  const command = putNote(target, text);
  if (expected === null) expect(command(state)).toBe(false);
  else expect(print(after(state, command))).toEqual(expected);
});

test("a footnote's text is never longer than what is stored, and never half a character", () => {
  const state = after(stateOf(two), putNote({ at: 2, text: null }, `${"注".repeat(1999)}𠮷`));
  const [block] = docToBody(state.doc);
  const note = block?.type === "paragraph" && block.content?.[1];
  expect(note && note.type === "footnote" && note.attrs.text).toBe("注".repeat(1999));
});

test("a footnote that gets into a table becomes words of its cell", () => {
  const state = stateOf([table("ab"), ...two], inCell);
  const tr = pasteNodes(state, [blockToNode(noted("body", "甲[注一]乙[注二]"))], true);
  expect(tr && print(state.apply(tr))).toEqual(["a甲（注：注一）乙（注：注二） b", "body 甲乙", "body 丙"]);
});

test("a footnote in a paragraph that becomes a signature becomes words of it, and one undo brings it back", () => {
  const before = stateOf([noted("body", "示例市政府[章已盖。]"), ...two], { block: 0, from: 1 });
  const state = after(before, setKind("signature"));
  expect(print(state)[0]).toBe("signature 示例市政府（注：章已盖。）");
  expect(after(state, undo).doc.eq(before.doc)).toBe(true);
});

test("a literal U+FFFC goes, typed, pasted or copied", () => {
  const state = stateOf(two, { block: 0, from: 1 });
  expect(print(state.apply(state.tr.insertText(`${noteMark}字${noteMark}`)))).toEqual(["body 甲字乙", "body 丙"]);
  const tr = pasteNodes(
    state,
    [blockToNode(paragraph("body", `丁${noteMark}`)), blockToNode(paragraph("body", "戊"))],
    false,
  );
  expect(tr && print(state.apply(tr))).toEqual(["body 甲丁", "body 戊乙", "body 丙"]);
});

test("a footnote is kept beside a U+FFFC that goes", () => {
  const state = stateOf([noted("body", "甲[注]乙")], { block: 0, from: 3 });
  expect(print(state.apply(state.tr.insertText(`字${noteMark}`)))).toEqual(["body 甲[注]乙字"]);
});

// ---------------------------------------------------------------- tables

test("a table is laid on its side, keeps its rows whole, and both are undone", () => {
  const before = stateOf([table("ab"), ...two], inCell);
  const once = after(before, toggleTable("landscape"));
  const both = after(once, toggleTable("wholeRows"));
  const print = (state: EditorState) => {
    const [block] = docToBody(state.doc);
    return block?.type === "table" ? block.attrs : null;
  };
  expect([print(before), print(once), print(both)]).toEqual([
    undefined,
    { landscape: true, wholeRows: false },
    { landscape: true, wholeRows: true },
  ]);
  expect(print(after(after(both, toggleTable("landscape")), toggleTable("wholeRows")))).toBeUndefined();
  expect(toggleTable("landscape")(stateOf(two, { block: 0, from: 0 }))).toBe(false);
});
