// PDFBox preflight on the A-1b twins of archive files (twin.ts), and that it finds what is wrong with twins that are.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PDFArray, PDFDict, type PDFDocument, PDFHexString, PDFName, PDFNumber, PDFRawStream } from "pdf-lib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exported, subjects } from "./corpus.ts";
import { lacking, outcome } from "./program.ts";
import { changeMetadata, cidFonts, streamOf, substance, twinOf } from "./twin.ts";

const jars = ["preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "javax.activation", "jaxb-api"].map(
  (name) => `/usr/share/java/${name}.jar`,
);
const absent = jars.filter((jar) => !existsSync(jar));
const reason = lacking("java") ?? (absent.length > 0 ? `没有安装 PDFBox（${absent.join("、")}）` : null);

if (reason !== null) console.log(`${reason}，PDF/A检查跳过`);

const archives = subjects.filter(({ profile }) => profile === "archive");

type Damage = (document: PDFDocument) => void;

/** What is wrong, and the first error that PDFBox must tell of it; numbers are those of its own list. */
const damages: readonly (readonly [name: string, damage: Damage, error: RegExp])[] = [
  ["a wrong width", (document) => widthsOf(document).set(0, PDFNumber.of(321)), /^3\.1\.6 .*width/u],
  ["a missing CIDSet", (document) => descriptorOf(document).delete(PDFName.of("CIDSet")), /^3\.1\.11 .*CIDSet/u],
  [
    "a font that is not embedded",
    (document) => descriptorOf(document).delete(PDFName.of("FontFile2")),
    /^3\.1\.3 .*FontFile/u,
  ],
  [
    "a font program cut short",
    (document) => {
      const { context } = document;
      const program = streamOf(descriptorOf(document), "FontFile2");
      const half = program.getContents().slice(0, program.getContentsSize() >> 1);
      descriptorOf(document).set(PDFName.of("FontFile2"), context.register(PDFRawStream.of(program.dict, half)));
    },
    /^3\./u,
  ],
  ["no map to its glyphs", (document) => cidFonts(document)[0]?.delete(PDFName.of("CIDToGIDMap")), /^3\./u],
  [
    "another title in the metadata than in the file",
    (document) => changeMetadata(document, (packet) => packet.replace(/(<rdf:li xml:lang="x-default">)/u, "$1又")),
    /^7\.2 /u,
  ],
  [
    "no claim in the metadata",
    (document) => changeMetadata(document, (packet) => packet.replace(/<pdfaid:part>1<\/pdfaid:part>/u, "")),
    /^7\./u,
  ],
  ["no output intent", (document) => document.catalog.delete(PDFName.of("OutputIntents")), /^2\.4\./u],
  ["a colour of the press", (document) => addContent(document, "0 0.8 0.8 0 k 0 0 9 9 re f"), /^2\.4\./u],
  ["a link that does not print", (document) => linkOf(document).set(PDFName.of("F"), PDFNumber.of(0)), /^5\.2\.2 /u],
  [
    "a script",
    (document) =>
      document.catalog.set(
        PDFName.of("OpenAction"),
        document.context.obj({ S: "JavaScript", JS: PDFHexString.fromText("app.beep()") }),
      ),
    /^6\./u,
  ],
  ["no identifier", (document) => delete document.context.trailerInfo.ID, /^1\.4/u],
];

const descriptorOf = (document: PDFDocument): PDFDict => fontOf(document).lookup(PDFName.of("FontDescriptor"), PDFDict);
const widthsOf = (document: PDFDocument): PDFArray =>
  fontOf(document).lookup(PDFName.of("W"), PDFArray).lookup(1, PDFArray);

function fontOf(document: PDFDocument): PDFDict {
  const [font] = cidFonts(document);
  if (!font) throw new RangeError("the file has no font");
  return font;
}

function linkOf(document: PDFDocument): PDFDict {
  const links = document.getPages().flatMap(({ node }) => node.Annots() ?? []);
  const link = links[0]?.lookup(0, PDFDict);
  if (!link) throw new RangeError("the file has no link");
  return link;
}

function addContent(document: PDFDocument, operators: string): void {
  const { node } = document.getPage(0);
  const added = document.context.register(document.context.flateStream(operators));
  const own = node.get(PDFName.of("Contents"));
  if (own) node.set(PDFName.of("Contents"), document.context.obj([own, added]));
}

describe.skipIf(reason !== null)("PDF/A-1b twins", () => {
  const folder = mkdtempSync(join(tmpdir(), "zhengbao-preflight-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** What PDFBox says of each twin: nothing, or its errors; by the name of the file. */
  let verdicts: ReadonlyMap<string, readonly string[]> = new Map();
  const changed: string[] = [];

  // One run of PDFBox for all, since most of its time is its start.
  beforeAll(async () => {
    const twins = join(folder, "twins");
    mkdirSync(twins);
    for (const [i, subject] of archives.entries()) {
      const { pdf } = await exported(subject, folder);
      const archive = readFileSync(pdf);
      const twin = await twinOf(archive);
      writeFileSync(join(twins, `right-${i}.pdf`), twin);
      const [own, its] = [await substance(archive), await substance(twin)];
      if (own.length === 0 || own.join() !== its.join()) changed.push(`right-${i}`);
    }
    const { pdf } = await exported({ issue: "sample", style: "linxiang", profile: "archive" }, folder);
    for (const [k, [, damage]] of damages.entries())
      writeFileSync(join(twins, `wrong-${k}.pdf`), await twinOf(readFileSync(pdf), damage));
    const { stdout, stderr } = await outcome("java", [
      ...["-XX:+UseSerialGC", "-cp", jars.join(":")],
      ...["org.apache.pdfbox.preflight.Validator_A1b", "batch", twins],
    ]);
    verdicts = verdictsOf(stdout, stderr);
  }, 1_800_000);

  test.each(archives.map((subject, i) => ({ ...subject, file: `right-${i}` })))(
    "$issue $style is valid",
    ({ file }) => {
      expect(changed).not.toContain(file);
      expect(verdicts.get(file)).toEqual([]);
    },
  );
  test.each(damages.map(([name, , error], k) => ({ name, error, file: `wrong-${k}` })))(
    "$name is found",
    ({ file, error }) => {
      expect(verdicts.get(file)).toContainEqual(expect.stringMatching(error));
    },
  );
});

/** "The file right-0.pdf is a valid PDF/A-1b file", or "… is not a valid PDF/A-1b file, error(s) :" and a line each. */
function verdictsOf(stdout: string, stderr: string): ReadonlyMap<string, readonly string[]> {
  const verdicts = new Map<string, string[]>();
  let errors: string[] = [];
  for (const line of stdout.split("\n")) {
    const [, file = "", not] = /^The file (\S+)\.pdf is (not )?a valid PDF\/A-1b file/u.exec(line) ?? [];
    if (file !== "") {
      errors = not ? ["not valid"] : [];
      verdicts.set(file, errors);
    } else if (/^\d[\d.]* : /u.test(line)) errors.push(line);
  }
  if (verdicts.size === 0) throw new Error(`PDFBox says neither yes nor no: ${stdout}${stderr}`);
  return verdicts;
}
