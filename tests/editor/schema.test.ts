import { TextSelection } from "prosemirror-state";
import { expect, test } from "vitest";
import { type Block, diffBody, paragraph, paragraphText, patchBody } from "../../shared/model/block.ts";
import { bodyToDoc, docToBody, type Place, placeOf, positionOf, tie } from "../../shared/model/schema.ts";
import { body, cell, figure, noted, stateOf, table } from "./bodies.ts";

const rich: Block[] = [
  paragraph("addressee", "各乡镇人民政府，市直各单位："),
  {
    type: "paragraph",
    attrs: { kind: "body", align: "center" },
    content: [
      { type: "text", text: "𠮷阳" },
      { type: "hard_break" },
      { type: "text", text: "一是", marks: [{ type: "strong" }] },
    ],
  },
  paragraph("body", ""),
  {
    type: "table",
    content: [
      {
        type: "table_row",
        content: [
          { ...cell("项目", { colspan: 2, colwidth: [80, 120] }), type: "table_header" },
          cell("甲", { rowspan: 2, align: "right" }),
        ],
      },
      {
        type: "table_row",
        content: [cell("乙"), { ...cell(""), content: body(["cell", "刘辉"], ["cell", "何明"]) as never }],
      },
    ],
  },
];

const atoms: Block[] = [
  figure("新桥", 0.75),
  noted("body", "甲[见附件1。]乙[另见第三条。]"),
  { type: "forced_break", attrs: { to: "column" } },
  { ...table("ab"), attrs: { landscape: true, wholeRows: false } },
  { ...table("c"), attrs: { landscape: false, wholeRows: true } },
  { type: "forced_break", attrs: { to: "page" } },
];

test.each([
  ["text and tables", rich],
  ["pictures, footnotes, breaks and landscape tables", atoms],
])("a body comes back from its document as it was: %s", (_name, rich) => {
  const copy = structuredClone(rich);
  expect(docToBody(bodyToDoc(copy))).toEqual(rich);
  // Written anew, without the identity that gave back the same objects.
  expect(docToBody(bodyToDoc(copy).copy(bodyToDoc(copy).content))).toEqual(rich);
  const rebuilt = bodyToDoc(copy).type.schema.nodeFromJSON(bodyToDoc(copy).toJSON());
  expect(docToBody(rebuilt)).toEqual(rich);
});

test("an edit gives a patch of the one block it touched", () => {
  const state = stateOf(rich, { block: 2, from: 0 });
  const after = docToBody(state.apply(state.tr.insertText("字")).doc);
  expect(after.map((block, i) => block === rich[i])).toEqual([true, true, false, true]);
  const patch = diffBody(rich, after);
  expect(patch).toEqual({ from: 2, to: 3, blocks: [paragraph("body", "字")] });
  if (patch) expect(diffBody(patchBody(rich, patch), after)).toBeNull();
});

test("blocks written by an edit keep their identity in the next one", () => {
  const state = stateOf(rich, { block: 2, from: 0 });
  const once = state.apply(state.tr.insertText("字"));
  const twice = once.apply(once.tr.setSelection(TextSelection.atStart(once.doc)).insertText("请"));
  const patch = diffBody(docToBody(once.doc), docToBody(twice.doc));
  expect([patch?.from, patch?.to]).toEqual([0, 1]);
});

test("a node tied to an equal block gives that block", () => {
  const doc = bodyToDoc(rich);
  const again = structuredClone(rich);
  for (const [i, block] of again.entries()) tie(doc.child(i), block);
  expect(diffBody(docToBody(doc), again)).toBeNull();
  expect(bodyToDoc(again).child(3)).toBe(doc.child(3));
});

test("an empty body has one paragraph to write in", () => {
  expect(docToBody(bodyToDoc([]))).toEqual([paragraph("body", "")]);
});

test("a block that does not fit the schema is refused", () => {
  const bad = { type: "table", content: [{ type: "table_row", content: [{ ...cell(""), content: [] }] }] } as const;
  expect(() => bodyToDoc([bad])).toThrow(RangeError);
});

const atomPlaces: [string, Place, number | null][] = [
  ["a picture: before it", { block: 0, from: 0 }, 0],
  ["before a footnote", { block: 1, from: 1 }, 3],
  ["behind a footnote", { block: 1, from: 2 }, 4],
  ["behind the second", { block: 1, from: 4 }, 6],
  ["a forced break", { block: 2, from: 0 }, 7],
  ["in a landscape table", { block: 3, cell: [0, 1, 0], from: 1 }, 18],
  ["the last block", { block: 5, from: 0 }, 31],
];
test.each(atomPlaces)("place and position: %s", (_name, place, position) => {
  const doc = bodyToDoc(atoms);
  expect(positionOf(doc, place)).toBe(position);
  if (position !== null) expect(placeOf(doc, position)).toEqual(place);
});

test.each([
  ["the first", 0, 3],
  ["the second", 1, 5],
  ["one that is not there", 2, null],
])("the place of a footnote by its number: %s", (_name, note, position) => {
  expect(positionOf(bodyToDoc(atoms), { block: 1, note, from: 0 })).toBe(position);
});

test("offsets in ProseMirror and in the paragraph's text agree", () => {
  const mixed = noted("body", "𠮷[注一]\u3000乙[注二]");
  const doc = bodyToDoc([mixed]);
  expect(doc.child(0).textContent).toBe(paragraphText(mixed));
  expect(doc.child(0).content.size).toBe(paragraphText(mixed).length);
});

const places: [string, Place, number | null][] = [
  ["start of the body", { block: 0, from: 0 }, 1],
  ["inside the first paragraph", { block: 0, from: 3 }, 4],
  ["past its end: held at the end", { block: 0, from: 99 }, 15],
  ["after a surrogate pair and a forced break", { block: 1, from: 4 }, 21],
  ["an empty paragraph", { block: 2, from: 0 }, 25],
  ["first cell", { block: 3, cell: [0, 0, 0], from: 1 }, 31],
  ["second paragraph of a cell", { block: 3, cell: [1, 1, 1], from: 2 }, 54],
  ["no such block", { block: 9, from: 0 }, null],
  ["no such cell", { block: 3, cell: [0, 5, 0], from: 0 }, null],
  ["a table without a cell", { block: 3, from: 0 }, null],
];
test.each(places)("place and position: %s", (_name, place, position) => {
  const doc = bodyToDoc(rich);
  expect(positionOf(doc, place)).toBe(position);
  if (position !== null && place.from < 99) expect(placeOf(doc, position)).toEqual(place);
});

test("every text position is a place and comes back", () => {
  const doc = bodyToDoc([...rich, ...atoms, table("ab", "cd"), paragraph("body", "完")]);
  let seen = 0;
  doc.descendants((node, at) => {
    if (node.type.name !== "paragraph") return true;
    for (let position = at + 1; position <= at + 1 + node.content.size; position++, seen++)
      expect(positionOf(doc, placeOf(doc, position))).toBe(position);
    return false;
  });
  expect(seen).toBeGreaterThan(40);
});
