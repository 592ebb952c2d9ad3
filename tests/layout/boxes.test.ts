// Where words stand on a page: in one line, over two, in a cell, in a title, turned; and where they do not.
import { describe, expect, test } from "vitest";
import { boxesOf } from "../../shared/layout/boxes.ts";
import type { Page, Source, TextRun } from "../../shared/layout/display.ts";
import { emAscent, emDescent } from "../../shared/layout/face.ts";
import type { WordPlace } from "../../shared/model/wordPlace.ts";

/** Five characters of 10 pt beginning at x, on baseline y. */
function run(x: number, y: number, source: Source, rest: Partial<TextRun> = {}): TextRun {
  const glyphs = { gids: [1, 1, 1, 1, 1], xs: [0, 10, 20, 30, 40], text: "一二三四五", starts: [0, 1, 2, 3, 4] };
  return { kind: "text", face: "f", size: 10, ink: "black", x, y, ...glyphs, source, ...rest };
}
const inBody = (block: number, from: number, cell?: readonly [number, number, number]): Source => ({
  ...{ in: "body", notice: "n", block, from },
  ...(cell && { cell }),
});

const page: Page = {
  ...{ width: 200, height: 300, kind: "body", label: "1" },
  items: [
    run(20, 30, { in: "title", notice: "n", from: 0 }),
    run(20, 50, inBody(0, 0)),
    run(20, 70, inBody(0, 5)),
    run(90, 90, inBody(1, 0, [0, 1, 0])),
    run(20, 90, inBody(1, 0, [0, 1, 0]), { artifact: "repeat" }),
    run(150, 200, inBody(2, 0), { turn: 90 }),
  ],
};

const words = (block: number, from: number, to: number, more: object = {}): WordPlace => ({
  ...{ in: "body", notice: "n", block, from, to },
  ...more,
});
const [up, down] = [10 * emAscent, 10 * emDescent];

describe("boxes of words", () => {
  test.each<[string, WordPlace, { left: number; right: number; top: number; bottom: number }[]]>([
    ["within a line", words(0, 1, 3), [{ left: 30, right: 50, top: 50 - up, bottom: 50 + down }]],
    [
      "over two lines",
      words(0, 4, 6),
      [
        { left: 60, right: 70, top: 50 - up, bottom: 50 + down },
        { left: 20, right: 30, top: 70 - up, bottom: 70 + down },
      ],
    ],
    [
      "in a cell, not in its head repeated",
      words(1, 0, 5, { cell: [0, 1, 0] }),
      [{ left: 90, right: 140, top: 90 - up, bottom: 90 + down }],
    ],
    ["in another cell", words(1, 0, 5, { cell: [0, 0, 0] }), []],
    ["turned", words(2, 1, 2), [{ left: 150 - down, right: 150 + up, top: 210, bottom: 220 }]],
    [
      "a title as a whole",
      { in: "field", notice: "n", field: "title", from: 1, to: 2 },
      [{ left: 20, right: 70, top: 30 - up, bottom: 30 + down }],
    ],
    ["a field that is not printed", { in: "field", notice: "n", field: "dated", from: 0, to: 2 }, []],
    ["of another notice", { ...words(0, 1, 3), notice: "m" } as WordPlace, []],
    ["of the issue", { in: "issue", field: "number" }, []],
  ])("%s", (_, place, boxes) => expect(boxesOf(page, place)).toEqual(boxes));
});
