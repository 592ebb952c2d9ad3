// Paints one drawing in a thread of its own, which can be ended when a drawing takes too long.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import type { DrawingAnswer, DrawingOrder } from "./drawing.ts";

const order: DrawingOrder = workerData; // written by drawing.ts, which starts this thread

await initWasm(readFileSync(createRequire(import.meta.url).resolve("@resvg/resvg-wasm/index_bg.wasm")));
parentPort?.postMessage(paint(order));

function paint({ svg, widest, highest, faces, family }: DrawingOrder): DrawingAnswer {
  try {
    const { width, height } = new Resvg(svg, { font: { fontBuffers: [] } });
    const isWide = widest / width <= highest / height;
    const drawing = new Resvg(svg, {
      font: { fontBuffers: [...faces], defaultFontFamily: family },
      background: "white",
      fitTo: isWide ? { mode: "width", value: widest } : { mode: "height", value: highest },
    });
    if (!drawing.getBBox()) return "empty";
    return drawing.render().asPng();
  } catch {
    // The renderer says in English what it does not understand, and WebAssembly that its memory is full.
    return "unreadable";
  }
}
