// Who may import whom. The picture in the architecture notes is only true as long as this test holds; it reads every
// import, type-only and dynamic ones and the modules of workers included.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, relative, resolve, sep } from "node:path";
import { describe, expect, test } from "vitest";

const root = dirname(import.meta.dirname);

/** Folders (or files) of the project that a folder may import; the longest matching key counts. A folder may always
 *  import itself. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  "shared/model": [],
  "shared/layout": ["shared/model"],
  "shared/proof": ["shared/model"],
  "shared/read": ["shared/model", "shared/proof"],
  "shared/workflow": ["shared/model", "shared/proof"],
  shared: ["shared/model", "shared/layout", "shared/proof", "shared/read", "shared/workflow"],
  "main/store": ["shared"],
  "main/import": ["shared"],
  "main/pdf": ["shared"],
  "main/fonts": ["shared"],
  "main/export": ["shared", "main/pdf", "main/fonts"],
  main: ["shared", "main/store", "main/import", "main/pdf", "main/fonts", "main/export", "main/bench", "package.json"],
  renderer: ["shared"],
};

/** Packages that belong to one place. Everything else may be used anywhere on its side. */
const seams: Readonly<Record<string, readonly string[]>> = {
  electron: ["main/electron.ts", "main/preload.ts"],
  "better-sqlite3": ["main/store"],
  "pdf-lib": ["main/pdf"],
  "@myriaddreamin/typst-ts-node-compiler": ["main/bench/typst.ts"],
  "@embedpdf/pdfium": ["main/pdf"],
  "@resvg/resvg-wasm": ["main/import"],
  fflate: ["main/export"],
  vite: ["main/bundle.ts"],
  playwright: ["main/dev.ts", "main/bench/preview.ts"],
  react: ["renderer"],
  "react-dom": ["renderer"],
  antd: ["renderer"],
};

interface Import {
  readonly from: string;
  readonly specifier: string;
  /** Path in the project, or null for a package. */
  readonly to: string | null;
}

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(?:ts|tsx|mjs)$/.test(name) && !name.endsWith(".config.ts"))
    .map((name) => join(folder, name).split(sep).join("/"));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), "utf8");
  const pattern = /(?:\bfrom|\bimport|\bimport\s*\()\s*(["'])([^"'\n]+)\1|\bnew URL\(\s*"(\.[^"\n]+\.ts)"/g;
  return Array.from(text.matchAll(pattern), ([, , imported, located]) => {
    const specifier = imported ?? located ?? "";
    const path = specifier.split("?")[0] ?? "";
    const to = path.startsWith(".")
      ? relative(root, resolve(root, dirname(file), path))
          .split(sep)
          .join("/")
      : null;
    return { from: file, specifier, to };
  });
}

const imports = ["shared", "main", "renderer"].flatMap(sources).flatMap(importsOf);

function within(path: string, place: string): boolean {
  return path === place || path.startsWith(`${place}/`);
}

function packageName(specifier: string): string {
  const [first = "", second = ""] = specifier.split("/");
  return first.startsWith("@") ? `${first}/${second}` : first;
}

function isBuiltin(specifier: string): boolean {
  return specifier.startsWith("node:") || builtinModules.includes(specifier);
}

function shown(found: readonly Import[]): string[] {
  return found.map(({ from, specifier }) => `${from} -> ${specifier}`);
}

describe("imports", () => {
  test("the imports are seen at all", () => {
    expect(imports.some(({ from, to }) => from === "shared/api.ts" && to === "shared/model/notice.ts")).toBe(true);
    expect(imports.some(({ from, specifier }) => from === "main/bundle.ts" && specifier === "vite")).toBe(true);
  });

  test.each(Object.entries(mayImport))("%s imports only %j", (place, allowed) => {
    const homes = Object.keys(mayImport).sort((a, b) => b.length - a.length);
    const strays = imports.filter(({ from, to }) => {
      if (to === null || homes.find((home) => within(from, home)) !== place) return false;
      return ![place, ...allowed].some((target) => within(to, target) && (target !== place || home(to) === place));
    });
    expect(shown(strays)).toEqual([]);

    function home(path: string): string | undefined {
      return homes.find((candidate) => within(path, candidate));
    }
  });

  test.each(Object.entries(seams))("%s is used only in %j", (name, places) => {
    const strays = imports.filter(
      ({ from, specifier, to }) =>
        to === null && packageName(specifier) === name && !places.some((place) => within(from, place)),
    );
    expect(shown(strays)).toEqual([]);
  });

  test("shared and renderer know nothing of Node", () => {
    const strays = imports.filter(({ from, specifier }) => !within(from, "main") && isBuiltin(specifier));
    expect(shown(strays)).toEqual([]);
  });

  test("shared is pure: no clock, no chance, no globals of browser or Node", () => {
    const impure = /\b(?:Date\.now|new Date\(\)|Math\.random|process\.|window\.|document\.|globalThis)/;
    const strays = sources("shared").filter((file) => {
      const code = readFileSync(join(root, file), "utf8").replace(
        /\/\/.*|\/\*[\s\S]*?\*\/|(["'`])(?:\\.|(?!\1).)*\1/g,
        "",
      );
      return impure.test(code);
    });
    expect(strays).toEqual([]);
  });

  test("every relative import has the suffix of a file that exists", () => {
    const dangling = imports.filter(({ to }) => to !== null && !existsSync(join(root, to)));
    expect(shown(dangling)).toEqual([]);
  });

  test("browser storage is not used: a random port is a new origin at each start", () => {
    const strays = sources("renderer").filter((file) =>
      /\b(?:localStorage|sessionStorage|indexedDB)\b/.test(readFileSync(join(root, file), "utf8")),
    );
    expect(strays).toEqual([]);
  });
});

test("there is one copy of each ProseMirror package", () => {
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const copies = Object.keys(lock.packages).filter((path) => /node_modules\/prosemirror-[^/]+$/.test(path));
  expect(copies.filter((path) => !/^node_modules\/[^/]+$/.test(path))).toEqual([]);
  expect(copies.length).toBeGreaterThan(5);
});
