// The peer of the build bench: Typst's compiler on a source that was written beforehand, as a cold process of its own. It
// does less than we do: it reads no dump, and proves nothing. Arguments: source, folder of the faces, PDF. JSON on the
// last line: {"pages": number}.
import { readFileSync, writeFileSync } from "node:fs";
import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";

const [source = "", faces = "", out = ""] = process.argv.slice(2);
const compiler = NodeCompiler.create({ workspace: faces, fontArgs: [{ fontPaths: [faces] }] });
const compiled = compiler.compile({ mainFileContent: readFileSync(source, "utf8") });
const { result } = compiled;
if (!result) {
  compiled.printDiagnostics();
  throw new Error("Typst does not take the source of the bench");
}
writeFileSync(out, compiler.pdf(result));
console.log(JSON.stringify({ pages: result.numOfPages }));
