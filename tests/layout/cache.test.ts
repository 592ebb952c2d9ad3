// What the cache keeps of one object: enough for an undo, never without end.
import { expect, test } from "vitest";
import { LayoutCache } from "../../shared/layout/cache.ts";

test("a block that is pushed down by hundreds of new paragraphs does not fill the memory", () => {
  const cache = new LayoutCache();
  const block = {};
  const made: number[] = [];
  const at = (place: number) =>
    cache.get(block, `at ${place}`, () => {
      made.push(place);
      return place;
    });
  for (let place = 0; place < 300; place++) at(place);
  made.length = 0;
  expect([at(299), at(298), at(0)]).toEqual([299, 298, 0]);
  // The last places are remembered, the first is made anew.
  expect(made).toEqual([0]);
});
