import { type EditorState, TextSelection } from "prosemirror-state";
import { expect, test } from "vitest";
import { leadEnds, leadKey } from "../../renderer/editor/decorations.ts";
import { changeLevel, composed, kindFor, setAlign, setKind, splitParagraph } from "../../renderer/editor/kinds.ts";
import { type Block, type ParagraphKind, paragraph } from "../../shared/model/block.ts";
import { blockToNode, docToBody, type Place, positionOf } from "../../shared/model/schema.ts";
import { after, body, print, stateOf, table } from "./bodies.ts";

function type(state: EditorState, place: Place, text: string): EditorState {
  return state.apply(state.tr.insertText(text, positionOf(state.doc, place) ?? undefined));
}

const derived: [string, ParagraphKind[], ParagraphKind][] = [
  ["为进一步加强管理", [], "body"],
  ["一、总体要求", [], "level1"],
  ["（二）基本原则", ["level1"], "level2"],
  ["（二）在市区内", ["chapter", "article"], "item"],
  ["（二）在市区内", ["article", "item", "body"], "item"],
  ["（二）基本原则", ["article", "level1"], "level2"],
  ["第三条　本办法所称", ["item"], "article"],
];
test.each(derived)("%s after %j is %s", (text, above, kind) => {
  expect(kindFor(text, above)).toBe(kind);
});

const typed: [string, Block[], Place, string, string[]][] = [
  ["a number makes a heading", body(["body", "总体要求"]), { block: 0, from: 0 }, "一、", ["level1 一、总体要求"]],
  ["another number, another kind", body(["level1", "、"]), { block: 0, from: 0 }, "一", ["level1 一、"]],
  ["the mark completes a number", body(["body", "一总"]), { block: 0, from: 1 }, "、", ["level1 一、总"]],
  [
    "a heading chosen without number stays",
    body(["level1", "总体"]),
    { block: 0, from: 2 },
    "要求",
    ["level1 总体要求"],
  ],
  [
    "body text chosen against its number stays",
    body(["body", "一、总体"]),
    { block: 0, from: 0 },
    "十",
    ["body 十一、总体"],
  ],
  ["other kinds take no number", body(["annexNote", "附件"]), { block: 0, from: 0 }, "1.", ["annexNote 1.附件"]],
  ["a cell stays a cell", [table("a")], { block: 0, cell: [0, 0, 0], from: 0 }, "一、", ["一、a"]],
];
test.each(typed)("typing: %s", (_name, before, place, text, expected) => {
  expect(print(type(stateOf(before), place, text))).toEqual(expected);
});

test("deleting the number makes body text again", () => {
  const state = stateOf(body(["level1", "一、总体要求"]));
  expect(print(state.apply(state.tr.delete(1, 3)))).toEqual(["body 总体要求"]);
});

test("while an input method composes kinds wait for its end", () => {
  const state = stateOf(body(["body", "总体"]));
  const composing = state.apply(state.tr.insertText("一、", 1).setMeta("composition", 1));
  expect(print(composing)).toEqual(["body 一、总体"]);
  expect(print(composing.apply(composed(composing)))).toEqual(["level1 一、总体"]);
});

const splits: [string, Block[], Place, string[]][] = [
  ["after a heading comes body", body(["level1", "一、甲"]), { block: 0, from: 3 }, ["level1 一、甲", "body"]],
  ["inside a heading", body(["level1", "一、甲乙"]), { block: 0, from: 3 }, ["level1 一、甲", "body 乙"]],
  ["before a heading", body(["level1", "一、甲"]), { block: 0, from: 0 }, ["body", "level1 一、甲"]],
  ["before the next number", body(["body", "甲。二、乙"]), { block: 0, from: 2 }, ["body 甲。", "level1 二、乙"]],
  [
    "after a signature the date",
    body(["signature", "示例市政府"]),
    { block: 0, from: 5 },
    ["signature 示例市政府", "date"],
  ],
  ["inside an addressee", body(["addressee", "甲：乙："]), { block: 0, from: 2 }, ["addressee 甲：", "addressee 乙："]],
];
test.each(splits)("Enter: %s", (_name, before, place, expected) => {
  expect(print(after(stateOf(before, place), splitParagraph))).toEqual(expected);
});

const levels: [ParagraphKind, 1 | -1, ParagraphKind][] = [
  ["level1", 1, "level2"],
  ["level4", 1, "body"],
  ["body", 1, "body"],
  ["body", -1, "level4"],
  ["level1", -1, "level1"],
  ["article", 1, "item"],
  ["article", -1, "section"],
  ["signature", 1, "signature"],
];
test.each(levels)("level of %s by %i is %s", (from, step, to) => {
  const state = after(stateOf(body([from, "甲"]), { block: 0, from: 0 }), changeLevel(step));
  expect(print(state)).toEqual([`${to} 甲`]);
});

test("a kind is set for every paragraph of the selection, not for cells", () => {
  const state = stateOf([...body(["body", "甲"], ["body", "乙"]), table("a"), paragraph("body", "丙")]);
  const all = state.apply(state.tr.setSelection(TextSelection.create(state.doc, 1, state.doc.content.size - 1)));
  expect(print(after(all, setKind("note")))).toEqual(["note 甲", "note 乙", "a", "note 丙"]);
});

test("alignment is the paragraph's, in a table the cell's", () => {
  const centred = after(stateOf(body(["body", "甲"]), { block: 0, from: 0 }), setAlign("center"));
  expect(docToBody(centred.doc)).toEqual([paragraph("body", "甲", "center")]);
  const inCell = after(stateOf([table("a")], { block: 0, cell: [0, 0, 0], from: 0 }), setAlign("right"));
  const [block] = docToBody(inCell.doc);
  expect(block?.type === "table" && block.content[0]?.content[0]?.attrs.align).toBe("right");
});

const leads: [ParagraphKind, string, number, number][] = [
  ["level1", "一、总体要求", 2, 6],
  ["level2", "（一）加强领导。各单位要", 3, 8],
  ["level2", "加强领导。各单位要", 0, 5],
  ["level2", "（一）枯枝落叶；", 3, 0],
  ["level2", "（一）加强领导。", 3, 0],
  ["article", "第三条　本办法", 3, 7],
  ["body", "一是加强。", 0, 0],
];
test.each(leads)("beginning of %s %s: number to %i, sentence to %i", (kind, text, number, sentence) => {
  expect(leadEnds(blockToNode(paragraph(kind, text)))).toEqual({ number, sentence });
});

/** The marked beginnings of a state, in order. */
function marked(state: EditorState): string[] {
  const marks = leadKey.getState(state)?.find() ?? [];
  return marks.sort((a, b) => a.from - b.from || a.to - b.to).map(({ from, to }) => state.doc.textBetween(from, to));
}

test("run-in headings are marked as the text changes, and only where it changes", () => {
  const state = stateOf(body(["level2", "（一）甲。文"], ["body", "乙"], ["article", "第一条　丙"]));
  const before = ["（一）", "（一）甲。", "第一条", "第一条　丙"];
  expect(marked(state)).toEqual(before);
  const longer = type(state, { block: 0, from: 4 }, "丁");
  expect(marked(longer)).toEqual(["（一）", "（一）甲丁。", ...before.slice(2)]);
  const without = longer.apply(longer.tr.delete(0, longer.doc.child(0).nodeSize));
  expect(marked(without)).toEqual(before.slice(2));
  const composing = without.apply(without.tr.insertText("二、", 1).setMeta("composition", 1));
  expect(marked(composing)).toEqual(before.slice(2));
  const done = composing.apply(composed(composing));
  expect(marked(done)).toEqual(["二、", "二、乙", ...before.slice(2)]);
});
