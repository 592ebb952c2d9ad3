// The paths and pictures of a page as PDFium gives them: where they stand, how they are painted, and whether before or
// after a text. Rules and filled areas of the layout come back as what they are; so does whatever somebody added.
import type { Pdfium } from "./pdfium.ts";
import type { Colour, Frame, ReadShape } from "./reader.ts";

/** FPDF_PAGEOBJ_… */
const textObject = 1;
const pathObject = 2;
const imageObject = 3;

/** The objects of a page that are no text, in the order of the content. `scratch`: 64 bytes of PDFium's memory. */
export function readShapes(engine: Pdfium, page: number, scratch: number, frame: Frame): ReadShape[] {
  const { direct } = engine;
  const at = scratch;
  const object = direct("FPDFPage_GetObject");
  const objectType = direct("FPDFPageObj_GetType");
  const count = direct("FPDFPage_CountObjects")(page);
  const shapes: ReadShape[] = [];
  for (let order = 0; order < count; order++) {
    const handle = object(page, order);
    const type = objectType(handle);
    if (type === pathObject) shapes.push(readPath(engine, handle, order, scratch, frame));
    else if (type !== textObject) {
      direct("FPDFPageObj_GetBounds")(handle, at, at + 4, at + 8, at + 12);
      const [left = 0, bottom = 0, right = 0, top = 0] = engine.floats(at, 4);
      shapes.push({
        kind: type === imageObject ? "picture" : "other",
        order,
        left: left - frame.left,
        top: frame.top - top,
        right: right - frame.left,
        bottom: frame.top - bottom,
        stroke: 0,
        filled: true,
        straight: false,
        colour: [0, 0, 0],
      });
    }
  }
  return shapes;
}

function readPath(engine: Pdfium, handle: number, order: number, at: number, frame: Frame): ReadShape {
  const { direct } = engine;
  direct("FPDFPageObj_GetMatrix")(handle, at);
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = engine.floats(at, 6);
  direct("FPDFPath_GetDrawMode")(handle, at, at + 4);
  const [fill = 0, stroked = 0] = engine.integers(at, 2);
  direct("FPDFPageObj_GetStrokeWidth")(handle, at);
  const [width = 0] = engine.floats(at, 1);
  const segment = direct("FPDFPath_GetPathSegment");
  const point = direct("FPDFPathSegment_GetPoint");
  const count = direct("FPDFPath_CountSegments")(handle);
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (let i = 0; i < count; i++) {
    point(segment(handle, i), at, at + 4);
    const [px, py] = [engine.float(at), engine.float(at + 4)];
    const x = a * px + c * py + e - frame.left;
    const y = frame.top - (b * px + d * py + f);
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y);
  }
  return {
    kind: "path",
    order,
    ...box,
    stroke: stroked === 0 ? 0 : width * Math.hypot(a, b),
    filled: fill !== 0,
    straight: count === 2,
    colour: readColour(engine, fill !== 0 ? "FPDFPageObj_GetFillColor" : "FPDFPageObj_GetStrokeColor", handle, at),
  };
}

function readColour(
  engine: Pdfium,
  name: "FPDFPageObj_GetFillColor" | "FPDFPageObj_GetStrokeColor",
  handle: number,
  at: number,
): Colour {
  engine.direct(name)(handle, at, at + 4, at + 8, at + 12);
  const [red = 0, green = 0, blue = 0] = engine.integers(at, 3);
  return [red, green, blue];
}
