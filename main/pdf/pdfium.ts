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

  constructor(module: WrappedPdfiumModule) {
    this.m = module;
    const exported: object = module.pdfium.wasmExports;
    this.direct = (name) => {
      const found: unknown = Reflect.get(exported, name);
      if (typeof found !== "function") throw new RangeError(`PDFium has no ${name}`);
      return found as (...args: number[]) => number; // what WebAssembly exports takes and gives numbers
    };
  }

  /** PDFium's memory; taken anew each time, because growing replaces it. The package's types do not declare it. */
  heap(): Uint8Array {
    const heap: unknown = Reflect.get(this.m.pdfium, "HEAPU8");
    if (!(heap instanceof Uint8Array)) throw new RangeError("PDFium gives no access to its memory");
    return heap;
  }

  /** `count` numbers of C's double or float from `at` on. */
  doubles(at: number, count: number): Float64Array {
    return new Float64Array(this.heap().buffer, at, count);
  }

  floats(at: number, count: number): Float32Array {
    return new Float32Array(this.heap().buffer, at, count);
  }

  integers(at: number, count: number): Uint32Array {
    return new Uint32Array(this.heap().buffer, at, count);
  }
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
