// A drawing (SVG) that a person inserts becomes a PNG once, when it is inserted, in the office's own typefaces and as fine as
// the widest column can show. What stands in window, preview and print from then on is that one picture: no two programs
// can draw it differently, and no later change of a typeface changes what was approved.
import { Worker } from "node:worker_threads";
import { crc32 } from "node:zlib";
import { GazetteError } from "../../shared/api.ts";
import { drawingMark } from "../../shared/model/imageFile.ts";
import { type DrawingRole, readSvg, usualFace } from "./svg.ts";

/** The office's typefaces, for the letters of drawings. */
export interface DrawingMeans {
  /** A typeface as one TrueType file. */
  face(role: DrawingRole): Uint8Array;
  hasGlyph(role: DrawingRole, letter: string): boolean;
  /** Module of the thread that paints: drawingWorker.ts. */
  readonly worker: URL;
}

/** What the thread is given. */
export interface DrawingOrder {
  readonly svg: string;
  /** Pixels. */
  readonly widest: number;
  readonly highest: number;
  readonly faces: readonly Uint8Array[];
  /** What the typeface calls itself that letters without one are set in. */
  readonly family: string;
}
/** A PNG, or why there is none. */
export type DrawingAnswer = Uint8Array | "empty" | "unreadable";

/** 600 pixels to the inch on the widest column, 156 mm, and on the height of the type area, 225 mm. */
const size = { widest: 3685, highest: 5315 } as const;
const longestMilliseconds = 60_000;

/** The PNG of an SVG. Throws GazetteError badFile, naming the file. */
export async function drawSvg(bytes: Uint8Array, fileName: string, means: DrawingMeans): Promise<Uint8Array> {
  const faces = new Map<DrawingRole, Uint8Array>();
  const face = (role: DrawingRole) => {
    const file = faces.get(role) ?? means.face(role);
    faces.set(role, file);
    return familyOf(file);
  };
  const { svg, letters } = readSvg(bytes, fileName, face);
  const family = letters.length > 0 ? face(usualFace) : "";
  const lacking = letters.find((letter) => !Array.from(faces.keys()).some((role) => means.hasGlyph(role, letter)));
  if (lacking !== undefined)
    throw new GazetteError(
      "badFile",
      `“${fileName}”中的“${lacking}”没有字体能够印出，请在绘图软件里把文字转成轮廓（路径）后再插入。`,
    );
  const order: DrawingOrder = { svg, ...size, faces: [...new Set(faces.values())], family };
  const answer = await painted(order, means.worker);
  if (answer instanceof Uint8Array) return marked(answer);
  const reasons = {
    empty: "里没有画东西，请核对是不是这个文件",
    unreadable: "画不出来，请在绘图软件里另存为“普通SVG”或导出为PNG后再插入",
    late: `太复杂，${longestMilliseconds / 1000}秒内没有画完，请导出为PNG后再插入`,
  } as const;
  throw new GazetteError("badFile", `“${fileName}”${reasons[answer]}。`);
}

function painted(order: DrawingOrder, module: URL): Promise<DrawingAnswer | "late"> {
  const worker = new Worker(module, { workerData: order });
  return new Promise<DrawingAnswer | "late">((resolve, reject) => {
    const timer = setTimeout(() => resolve("late"), longestMilliseconds);
    worker.on("message", (answer: DrawingAnswer) => resolve(answer));
    worker.on("error", reject);
    worker.on("exit", () => {
      clearTimeout(timer);
      reject(new Error("the drawing ended early"));
    });
  }).finally(() => worker.terminate());
}

/** The PNG with a chunk behind its header that says what it was made from. */
function marked(png: Uint8Array): Uint8Array {
  const behindHeader = 8 + 12 + 13;
  const content = Buffer.from([...Buffer.from("tEXt", "latin1"), ...drawingMark]);
  const chunk = Buffer.alloc(content.length + 8);
  chunk.writeUInt32BE(content.length - 4);
  content.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(content), content.length + 4);
  return Buffer.concat([png.subarray(0, behindHeader), chunk, png.subarray(behindHeader)]);
}

/** The name under which a renderer finds a TrueType file: its typographic family, else its family (OpenType, name). */
function familyOf(file: Uint8Array): string {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  for (let entry = 12; entry < 12 + view.getUint16(4) * 16; entry += 16) {
    if (view.getUint32(entry) !== 0x6e616d65) continue;
    const table = view.getUint32(entry + 8);
    const records = Array.from({ length: view.getUint16(table + 2) }, (_, i) => table + 6 + i * 12).filter(
      (record) => view.getUint16(record) === 3,
    );
    const record =
      records.find((at) => view.getUint16(at + 6) === 16) ?? records.find((at) => view.getUint16(at + 6) === 1);
    if (record === undefined) return "";
    const from = table + view.getUint16(table + 4) + view.getUint16(record + 10);
    return new TextDecoder("utf-16be").decode(file.subarray(from, from + view.getUint16(record + 8)));
  }
  return "";
}
