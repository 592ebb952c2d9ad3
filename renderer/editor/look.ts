// The house style as CSS for the text in the editor: the same faces, relative sizes, alignment and indents as in print,
// from the same settings. Only what a screen needs differs: leading is 1.75, and empty lines are a little lower.
import type { Role } from "../../shared/layout/fonts.ts";
import type { StyleSheet, TextSetting } from "../../shared/layout/style.ts";
import { footnoteMark, paragraphKinds } from "../../shared/model/block.ts";

/** Most characters to a line that are read with ease. */
const maxMeasure = 42;
/** Height of an empty grid line, em. */
const emptyLine = 1;

const face = (role: Role) => `var(--${role})`;

/** The browser counts the footnotes; beyond these it shows bare numbers. */
const countedNotes = 300;
const noteMarks = `@counter-style footnote-mark { system: fixed; symbols: ${Array.from(
  { length: countedNotes },
  (_, i) => `"${footnoteMark(i + 1)}"`,
).join(" ")}; }`;

/** Rules for the paragraphs of each kind below `.editor-paper`. */
export function lookOf(style: StyleSheet): string {
  const { em, characters } = style.grid;
  const rules = [
    `.editor-paper { --measure: ${Math.min(maxMeasure, characters)}em; font-family: ${face(style.body)}; }`,
  ];
  for (const kind of paragraphKinds) {
    if (kind === "cell") continue;
    const setting = style.text[kind];
    const selector = `.editor-text p[data-kind="${kind}"]`;
    rules.push(`${selector} { ${declarations(setting, style.body, em)} }`);
    if (setting.lead) rules.push(`${selector} .${setting.lead.until} { font-family: ${face(setting.lead.role)}; }`);
  }
  rules.push(noteMarks);
  rules.push(`.editor-text td { font-family: ${face(style.table.role)}; }`);
  rules.push(`.editor-text th { font-family: ${face(style.table.headRole)}; }`);
  return rules.join("\n");
}

function declarations(
  { role, size, align, indent, hanging, right, before, after }: TextSetting,
  body: Role,
  em: number,
) {
  return [
    `font-family: ${face(role ?? body)}`,
    `font-size: ${((size ?? em) / em).toFixed(3)}em`,
    `text-align: ${align}`,
    `text-indent: ${indent - hanging}em`,
    `padding: ${before * emptyLine}em ${right}em ${after * emptyLine}em ${hanging}em`,
  ].join("; ");
}
