import { readFileSync } from "node:fs";
import { beforeEach, expect, test } from "vitest";
import { openFonts } from "../../main/fonts/faces.ts";
import { LayoutDesk, samePage, withKnownRows } from "../../renderer/preview/layoutDesk.ts";
import type { Change, FromWorker } from "../../renderer/preview/messages.ts";
import { parseStyle } from "../../shared/layout/style.ts";
import { type Block, diffBody, paragraph, type Row, type Table } from "../../shared/model/block.ts";
import type { Issue, Notice } from "../../shared/model/notice.ts";
import { inBody, page, run } from "./pages.ts";

const style = parseStyle(
  JSON.parse(readFileSync(new URL("../../assets/styles/gbt9704.json", import.meta.url), "utf8")),
);
const fonts = openFonts();

const long = Array.from({ length: 60 }, (_, i) => paragraph("body", `这是第${i + 1}段，示例市的文字。`));
const fields = {
  issuers: ["示例市人民政府"],
  docNumber: "示政发〔2026〕1号",
  uniformNumber: "",
  kind: "通知" as const,
  dated: "2026-03-01",
  section: "市政府文件",
  version: 1,
};
const first: Notice = { ...fields, id: "n1", title: "示例市人民政府关于试排的通知", body: long };
const second: Notice = {
  ...fields,
  id: "n2",
  title: "示例市人民政府关于再排的通知",
  body: [paragraph("body", "完。")],
};
const issue: Issue = {
  id: "i1",
  version: 1,
  gazetteTitle: "示例政报",
  officialTitle: "示例市人民政府公报",
  englishTitle: "SHILI GAZETTE",
  year: 2026,
  number: 1,
  serial: null,
  published: "",
  organ: "",
  statement: [],
  slogans: [],
  imprint: [],
  style: "gbt9704",
  sections: [{ id: "s1", title: "市政府文件", entries: ["n1", "n2"] }],
};

function noticeChange({ body, ...rest }: Notice, before: readonly Block[] = []): Change["notices"][number] {
  return { fields: rest, patch: diffBody(before, body) };
}

function laidOut(message: FromWorker): Extract<FromWorker, { type: "layout" }> {
  if (message.type !== "layout") throw new RangeError(`a layout was expected, not ${message.type}`);
  return message;
}

let desk: LayoutDesk;
beforeEach(() => {
  desk = new LayoutDesk(fonts);
  desk.change({ type: "change", issue, style, notices: [noticeChange(first), noticeChange(second)], gone: [] });
});

/** Index of the first page on which a notice's body stands. */
function pageOf(notice: string, block: number): number {
  const answer = desk.moveCaret({ notice, block, from: 0 });
  return answer.type === "spot" && answer.spot ? answer.spot.page : -1;
}

test("nothing open gives no pages", () => {
  const { frame } = laidOut(new LayoutDesk(fonts).layOut());
  expect(frame?.sheets).toEqual([]);
});

test("the first layout tells sizes, labels and contents", () => {
  const { frame, pages } = laidOut(desk.layOut());
  expect(frame?.summary.contents.map((entry) => entry.notice)).toEqual(["n1", "n2"]);
  expect(frame?.sheets.length).toBe(frame?.summary.pages);
  expect(frame?.sheets[0]?.width).toBeCloseTo((210 * 72) / 25.4, 1);
  expect(pages).toEqual([]);
});

test("pages are sent when they come into view, and not again", () => {
  desk.layOut();
  const at = pageOf("n1", 0);
  const indices = (message: FromWorker) => ("pages" in message ? message.pages.map((each) => each.index) : []);
  expect(indices(desk.show([at, at + 1]))).toEqual([at, at + 1]);
  expect(indices(desk.show([at, at + 1]))).toEqual([]);
  expect(indices(desk.show([at + 1]))).toEqual([]);
  expect(indices(desk.show([at, 999]))).toEqual([at]);
});

test("an edit sends only the page in view that it changed", () => {
  desk.layOut();
  const [last, only] = [pageOf("n1", 59), pageOf("n2", 0)];
  desk.show([last, only]);
  const body = [...second.body.slice(0, -1), paragraph("body", "完了。")];
  desk.change({ type: "change", notices: [noticeChange({ ...second, body }, second.body)], gone: [] });
  const { frame, pages } = laidOut(desk.layOut());
  expect(pages.map((each) => each.index)).toEqual([only]);
  expect(frame).toBeNull();
});

test("what adds a page is told in the frame", () => {
  const before = laidOut(desk.layOut()).frame?.summary.pages ?? 0;
  const body = [...long, ...long];
  desk.change({ type: "change", notices: [noticeChange({ ...first, body }, long)], gone: [] });
  expect(laidOut(desk.layOut()).frame?.summary.pages).toBeGreaterThan(before);
});

test("the caret's place follows an edit before it", () => {
  desk.layOut();
  desk.moveCaret({ notice: "n1", block: 0, from: 3 });
  const body = [paragraph("body", "前"), ...long];
  const before = laidOut(desk.layOut()).spot;
  desk.change({ type: "change", notices: [noticeChange({ ...first, body }, long)], gone: [] });
  desk.moveCaret({ notice: "n1", block: 1, from: 3 });
  const after = laidOut(desk.layOut()).spot;
  expect(after?.x).toBe(before?.x);
  expect(after?.y).toBeGreaterThan(before?.y ?? 0);
});

test("a change that names a notice it never sent is a mistake, and the last pages stay", () => {
  const before = laidOut(desk.layOut()).frame?.summary.pages;
  desk.change({ type: "change", notices: [], gone: ["n2"] });
  expect(() => desk.layOut()).toThrow(RangeError);
  desk.change({ type: "change", notices: [noticeChange(second)], gone: [] });
  expect(laidOut(desk.layOut()).frame).toBeNull();
  expect(before).toBeGreaterThan(3);
});

test("each face of the layout is rebuilt for painting once", () => {
  desk.layOut();
  const ids: string[] = [];
  for (let face = desk.nextFace(); face; face = desk.nextFace()) {
    ids.push(face.id);
    expect(face.bytes.length).toBeGreaterThan(100_000);
  }
  expect(ids).toEqual([...new Set(ids)]);
  expect(ids).toContain("NotoSerifSC-400");
});

const plain = page([run("甲乙", 10, 20, inBody(0, 0))]);
test.each([
  ["equal by value", page([run("甲乙", 10, 20, inBody(0, 0))]), true],
  ["another glyph", page([run("甲丙", 10, 20, inBody(0, 0))]), false],
  ["moved", page([run("甲乙", 10.5, 20, inBody(0, 0))]), false],
  ["another source", page([run("甲乙", 10, 20, inBody(1, 0))]), false],
  ["one item more", page([...plain.items, { kind: "fill", x: 0, y: 0, width: 1, height: 1, ink: "red" }]), false],
  ["another label", page(plain.items, "2"), false],
])("pages that are %s", (_name, other, same) => {
  expect(samePage(plain, other)).toBe(same);
});

const row = (...words: readonly string[]): Row => ({
  type: "table_row",
  content: words.map((each) => ({
    type: "table_cell",
    attrs: { colspan: 1, rowspan: 1, colwidth: null },
    content: [paragraph("cell", each)],
  })),
});
const tableOf = (...rows: readonly Row[]): Table => ({ type: "table", content: rows });

test.each<[name: string, after: Table, known: readonly boolean[]]>([
  ["one cell written", tableOf(row("甲", "1"), row("乙", "改"), row("丙", "3")), [true, false, true]],
  ["a row more", tableOf(row("甲", "1"), row("新", ""), row("乙", "2"), row("丙", "3")), [true, false, true, true]],
  ["a row less", tableOf(row("甲", "1"), row("丙", "3")), [true, true]],
])("a table comes whole, and its untouched rows stay the rows they were: %s", (_, after, known) => {
  const before = tableOf(row("甲", "1"), row("乙", "2"), row("丙", "3"));
  const kept = withKnownRows(structuredClone(after), before);
  expect(kept).toEqual(after);
  expect(kept.type === "table" && kept.content.map((each) => before.content.includes(each))).toEqual(known);
});
