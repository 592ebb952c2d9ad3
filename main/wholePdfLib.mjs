// pdf-lib comes from the one file that its package brings beside its 192 modules, which take four times as long to load:
// 0.15 s of each start. The launcher imports this before it starts a program; without it everything works the same.
import { existsSync } from "node:fs";
import module from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const whole = join(root, "node_modules", "pdf-lib", "dist", "pdf-lib.esm.min.js");

if (existsSync(whole)) {
  const url = pathToFileURL(whole).href;
  module.registerHooks?.({
    resolve: (name, context, next) =>
      name === "pdf-lib" ? { url, format: "module", shortCircuit: true } : next(name, context),
  });
}
