// PDFium as the reader uses it: one engine for the process, its functions called straight in the WebAssembly module.
// The package's own wrappers look each function up by its name at every call, which is most of the time of a proof.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { init, type WrappedPdfiumModule } from "@embedpdf/pdfium";

/** Functions of PDFium that take and give numbers alone: handles, addresses in its memory, C booleans. */
type Direct = (name: keyof WrappedPdfiumModule & string) => (...args: number[]) => number;

export class Pdfium {
  /** The wrapped functions, for what is called a few times a page and for what takes or gives texts. */
  readonly m: WrappedPdfiumModule;
  readonly direct: Direct;
  private views: Memory = memoryOf(new Uint8Array());

  constructor(module: WrappedPdfiumModule) {
    this.m = module;
    const exported: object = module.pdfium.wasmExports;
    this.direct = (name) => {
      const found: unknown = Reflect.get(exported, name);
      if (typeof found !== "function") throw new RangeError(`PDFium has no ${name}`);
      return found as (...args: number[]) => number; // what WebAssembly exports takes and gives numbers
    };
  }

  /** PDFium's memory; ask for it anew after each call, because growing replaces it. */
  heap(): Uint8Array {
    return this.memory().bytes;
  }

  /** A number of C's double at an address that is a multiple of eight; asked for each character. */
  double(at: number): number {
    return this.memory().doubles[at >> 3] ?? Number.NaN;
  }

  /** A number of C's float at an address that is a multiple of four. */
  float(at: number): number {
    return this.memory().floats[at >> 2] ?? Number.NaN;
  }

  /** `count` numbers of C's float from `at` on. */
  floats(at: number, count: number): Float32Array {
    return this.memory().floats.subarray(at >> 2, (at >> 2) + count);
  }

  integers(at: number, count: number): Uint32Array {
    return this.memory().integers.subarray(at >> 2, (at >> 2) + count);
  }

  private memory(): Memory {
    // A buffer that memory has grown out of has no length.
    if (this.views.bytes.length === 0) {
      const heap: unknown = Reflect.get(this.m.pdfium, "HEAPU8"); // the package's types do not declare it
      if (!(heap instanceof Uint8Array)) throw new RangeError("PDFium gives no access to its memory");
      this.views = memoryOf(heap);
    }
    return this.views;
  }
}

/** The same bytes as numbers of each kind. */
interface Memory {
  readonly bytes: Uint8Array;
  readonly floats: Float32Array;
  readonly doubles: Float64Array;
  readonly integers: Uint32Array;
}

function memoryOf(bytes: Uint8Array): Memory {
  const { buffer } = bytes;
  return {
    bytes,
    floats: new Float32Array(buffer),
    doubles: new Float64Array(buffer),
    integers: new Uint32Array(buffer),
  };
}

let engine: Promise<Pdfium> | null = null;

export function pdfium(): Promise<Pdfium> {
  engine ??= (async () => {
    const file = readFileSync(createRequire(import.meta.url).resolve("@embedpdf/pdfium/pdfium.wasm"));
    const binary = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer;
    const module = await init({ wasmBinary: binary });
    module.PDFiumExt_Init();
    return new Pdfium(module);
  })();
  return engine;
}

/** FPDFBitmap_Gray, FPDFBitmap_BGR; FPDF_GRAYSCALE, FPDF_REVERSE_BYTE_ORDER */
const bitmaps = { 1: { format: 1, flags: 0x08 }, 3: { format: 2, flags: 0x10 } } as const;

/** The first page of a file, painted on white in `width` by `height` pixels: rows of grey, or of red, green and blue.
 *  Throws RangeError for bytes that PDFium cannot open. */
export async function rasterFirstPage(
  bytes: Uint8Array,
  width: number,
  height: number,
  channels: 1 | 3,
): Promise<Buffer> {
  const { m, heap } = await pdfium().then((engine) => ({ m: engine.m, heap: () => engine.heap() }));
  const { malloc, free } = m.pdfium.wasmExports;
  const file = malloc(bytes.length);
  heap().set(bytes, file);
  const document = m.FPDF_LoadMemDocument(file, bytes.length, "");
  if (document === 0) throw new RangeError("PDFium cannot open a file that was just written");
  const { format, flags } = bitmaps[channels];
  const page = m.FPDF_LoadPage(document, 0);
  const bitmap = m.FPDFBitmap_CreateEx(width, height, format, 0, 0);
  try {
    m.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xffffffff);
    m.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, flags);
    const stride = m.FPDFBitmap_GetStride(bitmap);
    const start = m.FPDFBitmap_GetBuffer(bitmap);
    const pixels = heap().subarray(start, start + stride * height);
    const rows = Buffer.alloc(width * height * channels);
    for (let y = 0; y < height; y++)
      rows.set(pixels.subarray(y * stride, y * stride + width * channels), y * width * channels);
    return rows;
  } finally {
    m.FPDFBitmap_Destroy(bitmap);
    m.FPDF_ClosePage(page);
    m.FPDF_CloseDocument(document);
    free(file);
  }
}
