// What the preview paints in which colour: black and grey as levels, red as the style's red looks in print.
import { expect, test } from "vitest";
import { paintPage } from "../../renderer/preview/paint.ts";
import type { Ink, Item, Page } from "../../shared/layout/display.ts";
import type { RedInk } from "../../shared/layout/redInk.ts";

/** The colours in which texts, areas and rules are painted on a canvas. */
function painted(inks: readonly Ink[], red?: RedInk): string[] {
  const colours: string[] = [];
  const canvas = { width: 100, height: 100 };
  const context = {
    canvas,
    fillStyle: "",
    strokeStyle: "",
    resetTransform() {},
    setTransform() {},
    beginPath() {},
    moveTo() {},
    lineTo() {},
    fillRect: () => colours.push(`area ${context.fillStyle}`),
    fillText: () => colours.push(`text ${context.fillStyle}`),
    stroke: () => colours.push(`rule ${context.strokeStyle}`),
  };
  const items = inks.flatMap((ink): Item[] => [
    { kind: "text", face: "F", size: 10, ink, x: 0, y: 10, gids: [1], xs: [0], text: "字", starts: [0] },
    { kind: "rule", x1: 0, y1: 0, x2: 9, y2: 0, width: 1, ink },
    { kind: "fill", x: 0, y: 0, width: 9, height: 9, ink },
  ]);
  const page: Page = { width: 100, height: 100, kind: "body", label: "1", items };
  // The few members of a canvas that painting calls.
  paintPage(context as unknown as CanvasRenderingContext2D, page, 1, new Map(), red);
  return colours.slice(1); // the paper
}

test.each<[string, Ink, RedInk | undefined, string]>([
  ["black", "black", undefined, "rgb(0 0 0)"],
  ["grey", "grey", undefined, "rgb(153 153 153)"],
  ["the usual red", "red", undefined, "rgb(235 80 62)"],
  ["a red of more ink", "red", { plate: "", magenta: 100, yellow: 100 }, "rgb(228 29 37)"],
  ["a plate by what stands for it", "red", { plate: "专红", magenta: 100, yellow: 0 }, "rgb(230 10 128)"],
])("%s", (_, ink, red, colour) => {
  expect(painted([ink], red)).toEqual([`text ${colour}`, `rule ${colour}`, `area ${colour}`]);
});
