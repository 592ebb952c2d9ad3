// What a page carries besides its text and some dumps keep: page numbers, running heads, pictures' places. Such lines
// cut paragraphs and tables, so they are blanked before anything is read, and named in one finding.
import type { Finding } from "../proof/proof.ts";
import type { Line } from "./lines.ts";
import { fold } from "./tidy.ts";

const numbered =
  /^(?:[—–－─\-·•~～]+\s*\d{1,4}\s*[—–－─\-·•~～]+|第\s*\d{1,4}\s*页(?:[，,\s/]*共\s*\d{1,4}\s*页)?|\d{1,4}\s*\/\s*\d{1,4})$/u;
const picture = /^!\[[^\]]*\]\([^)]*\)$/u;
const titled = /(?:政报|公报)$|第\d+期/u;

/** The lines with page furniture blanked, and what it was. */
export function clearFurniture(lines: readonly Line[]): { lines: Line[]; findings: Finding[] } {
  const marks = new Set<Line>(
    lines.filter((line) => line.cells === null && (numbered.test(line.bare) || picture.test(line.bare))),
  );
  for (const line of [...bareNumbers(lines), ...runningHeads(lines)]) marks.add(line);
  if (marks.size === 0) return { lines: [...lines], findings: [] };
  const [first] = marks;
  return {
    lines: lines.map((line) => (marks.has(line) ? { ...line, raw: "", bare: "", text: "" } : line)),
    findings: [
      {
        rule: "import.furniture",
        severity: "hint",
        message: `页码、书眉等${marks.size}行已去掉（第${[...marks]
          .map((line) => line.no)
          .sort((a, b) => a - b)
          .join("、")}行）`,
        excerpt: first?.bare ?? "",
      },
    ],
  };
}

/** Numbers on lines of their own, three or more, that rise through the file a page's length apart. */
function bareNumbers(lines: readonly Line[]): Line[] {
  const found = lines.filter((line) => line.cells === null && /^\d{1,3}$/u.test(line.bare));
  const pages = found.every((line, i) => {
    const before = found[i - 1];
    return !before || (Number(line.bare) > Number(before.bare) && line.no - before.no >= 10);
  });
  return found.length >= 3 && pages ? found : [];
}

/** The gazette's name or number, three times or more; the first stands on the cover. */
function runningHeads(lines: readonly Line[]): Line[] {
  const seen = new Map<string, Line[]>();
  for (const line of lines) {
    if (line.cells || line.bare === "" || line.bare.length > 40) continue;
    const key = fold(line.bare).replace(/^\d{1,3}(?=\D)|(?<=\D)\d{1,3}$/gu, "");
    if (titled.test(key)) seen.set(key, [...(seen.get(key) ?? []), line]);
  }
  return [...seen.values()].flatMap((same) => (same.length >= 3 ? same.slice(1) : []));
}
