// Which pictures are decoded, kept, let go, and tried again.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PictureShelf } from "../../renderer/preview/pictureShelf.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A shelf, the names that were read for it, those that were let go, and the names that cannot be read. */
function subject() {
  const read: string[] = [];
  const closed: string[] = [];
  const missing = new Set<string>();
  const shelf = new PictureShelf(async (image) => {
    read.push(image);
    if (missing.has(image)) throw new RangeError(image);
    return { close: () => void closed.push(image) };
  });
  const has = () => [...shelf.pictures.getState()].map(([image, picture]) => (picture ? image : `no ${image}`));
  return { shelf, read, closed, missing, has };
}
const soon = () => vi.advanceTimersByTimeAsync(0);

test("a picture on two pages is decoded once, and not anew when a page comes back", async () => {
  const { shelf, read, has } = subject();
  shelf.show("a");
  shelf.show("a");
  await soon();
  shelf.hide("a");
  shelf.hide("a");
  shelf.show("a");
  await soon();
  expect([read, has()]).toEqual([["a"], ["a"]]);
});

test("of pictures out of view 24 are kept; one in view is never let go", async () => {
  const { shelf, closed, has } = subject();
  shelf.show("seen");
  await soon();
  for (let i = 0; i < 26; i++) {
    shelf.show(`p${i}`);
    await soon();
    shelf.hide(`p${i}`);
  }
  shelf.show("last");
  await soon();
  expect(closed).toEqual(["p0", "p1"]);
  expect(has()).toHaveLength(26);
  expect(has()[0]).toBe("seen");
});

test("a picture that failed to load is tried again while it is in view, and when it comes into view again", async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  const { shelf, read, missing, has } = subject();
  missing.add("a");
  shelf.show("a");
  await soon();
  expect(has()).toEqual(["no a"]);
  await vi.advanceTimersByTimeAsync(6000);
  expect(read).toEqual(["a", "a"]);
  shelf.hide("a");
  shelf.show("a");
  await vi.advanceTimersByTimeAsync(6000);
  expect(read).toEqual(["a", "a", "a", "a"]);
  shelf.hide("a");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(read).toHaveLength(4);
  missing.clear();
  shelf.show("a");
  await soon();
  expect([read.length, has()]).toEqual([5, ["a"]]);
});
