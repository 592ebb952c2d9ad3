// A content stream read operator by operator: what is painted and how it is marked, in which colours, and which codes of
// which fonts are shown. The checkers of rules and inks read finished files with it, whoever wrote them.

/** A colour as the content chooses it. */
export interface Colour {
  /** DeviceGray, DeviceRGB, DeviceCMYK, or the name that the resources have for it. */
  readonly space: string;
  /** 0..1 each; none for a pattern. */
  readonly parts: readonly number[];
}

/** What a colour is used for. */
export type Use = "text" | "fill" | "stroke";

/** Something that is painted. */
export interface Paint extends Colour {
  readonly by: Use;
  /** Whether it is marked as no part of the text. */
  readonly artifact: boolean;
}

/** What the content of a page does. */
export interface PageUse {
  /** Operators that paint outside of any marked content, or in an artifact in tagged content and the reverse. */
  readonly unmarked: number;
  readonly entangled: number;
  /** MCIDs in the order of the content. */
  readonly mcids: readonly number[];
  /** Every colour once for each use; black text that nobody chose a colour for among them. */
  readonly paints: readonly Paint[];
  /** Pictures that stand in the content itself, whose colours are not read. */
  readonly inline: number;
  /** Texts that are not filled and nothing else (render modes 1 to 7). */
  readonly outlined: number;
  /** The graphics states that are chosen, by their names in the resources. */
  readonly states: ReadonlySet<string>;
  /** Whether marks are closed as often as they are opened. */
  readonly balanced: boolean;
  /** Codes of two bytes by the name of the font in the resources. */
  readonly codes: ReadonlyMap<string, ReadonlySet<number>>;
  readonly images: ReadonlySet<string>;
}

/** The uses of each operator that paints; text goes by its render mode. */
const painting: ReadonlyMap<string, readonly ("fill" | "stroke")[]> = new Map(
  (
    [
      [["f", "F", "f*"], ["fill"]],
      [
        ["B", "B*", "b", "b*"],
        ["fill", "stroke"],
      ],
      [["S", "s"], ["stroke"]],
      [["Tj", "TJ", "'", '"', "Do", "sh", "BI"], []],
    ] as const
  ).flatMap(([operators, uses]) => operators.map((operator) => [operator, uses] as const)),
);
const showing = new Set(["Tj", "TJ", "'", '"']);
/** Colours that are chosen along with their space. */
const devices: ReadonlyMap<string, string> = new Map([
  ["g", "DeviceGray"],
  ["rg", "DeviceRGB"],
  ["k", "DeviceCMYK"],
]);
const choosing = new Set(["g", "rg", "k", "cs", "sc", "scn"].flatMap((operator) => [operator, operator.toUpperCase()]));
const black: Colour = { space: "DeviceGray", parts: [0] };
/** The part of the graphics state that tells colours; kept by q, brought back by Q. */
interface Inks {
  readonly fill: Colour;
  readonly stroke: Colour;
  /** Text render mode (ISO 32000-1, 9.3.6). */
  readonly mode: number;
}

export function readUse(content: string): PageUse {
  const use = { unmarked: 0, entangled: 0, mcids: [] as number[], balanced: true, inline: 0, outlined: 0 };
  const paints = new Map<string, Paint>();
  const codes = new Map<string, Set<number>>();
  const images = new Set<string>();
  const states = new Set<string>();
  const open: ("artifact" | "tagged" | "plain")[] = [];
  const kept: Inks[] = [];
  let inks: Inks = { fill: black, stroke: black, mode: 0 };
  let font = "";
  const paint = (by: Use, { space, parts }: Colour) => {
    const artifact = open.includes("artifact");
    const key = `${by} ${artifact} ${space} ${parts.join(" ")}`;
    if (!paints.has(key)) paints.set(key, { by, artifact, space, parts });
  };
  scan(content, (operator, operands) => {
    const uses = painting.get(operator);
    if (uses && !open.some((kind) => kind !== "plain")) use.unmarked++;
    for (const by of uses ?? []) paint(by, inks[by]);
    if (showing.has(operator)) {
      if (inks.mode !== 0) use.outlined++;
      const mode = inks.mode % 4;
      if (mode === 0 || mode === 2) paint("text", inks.fill);
      if (mode === 1 || mode === 2) paint("text", inks.stroke);
      const known = codes.get(font) ?? new Set();
      codes.set(font, known);
      for (let i = 0; i < operands.count; i++) addCodes(operands.at(i), known);
    } else if (operator === "BDC" || operator === "BMC") {
      const words = operands.all();
      const mcid = words.indexOf("/MCID");
      const kind = words[0] === "/Artifact" ? "artifact" : mcid >= 0 ? "tagged" : "plain";
      if (kind !== "plain" && open.some((other) => other !== "plain")) use.entangled++;
      if (mcid >= 0) use.mcids.push(Number(words[mcid + 1]));
      open.push(kind);
    } else if (operator === "EMC") {
      if (open.pop() === undefined) use.balanced = false;
    } else if (operator === "Tf") font = operands.at(0).slice(1);
    else if (operator === "q") kept.push(inks);
    else if (operator === "Q") inks = kept.pop() ?? inks;
    else if (operator === "Tr") inks = { ...inks, mode: Number(operands.at(0)) };
    else if (operator === "BI") use.inline++;
    else if (operator === "gs") states.add(operands.at(0).slice(1));
    else if (operator === "Do") images.add(operands.at(0).slice(1));
    else if (choosing.has(operator)) inks = chosen(inks, operator, operands.all());
  });
  const balanced = use.balanced && open.length === 0;
  return { ...use, balanced, paints: [...paints.values()], codes, images, states };
}

/** The codes of two bytes in a hexadecimal string; what is none has no codes. */
function addCodes(string: string, codes: Set<number>): void {
  if (string.charCodeAt(0) !== sign["<"] || string === "<<") return;
  const digits = /\s/u.test(string) ? string.replace(/\s/gu, "") : string;
  for (let i = 1; i + 4 < digits.length; i += 4) {
    let code = 0;
    for (let k = i; k < i + 4; k++) code = code * 16 + hexValue(digits.charCodeAt(k));
    codes.add(code);
  }
}

/** NaN for what is no hexadecimal digit. */
function hexValue(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
  const letter = unit | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : Number.NaN;
}

// ---------------------------------------------------------------- tokens

/** Where the operands of an operator stand; they are cut out when they are asked for, since most never are. */
class Operands {
  count = 0;
  private readonly content: string;
  private readonly ends: number[] = [];

  constructor(content: string) {
    this.content = content;
  }

  add(from: number, to: number): void {
    this.ends[this.count * 2] = from;
    this.ends[this.count * 2 + 1] = to;
    this.count++;
  }

  /** "" beyond the last. */
  at(index: number): string {
    return index < this.count ? this.content.slice(this.ends[index * 2], this.ends[index * 2 + 1]) : "";
  }

  all(): string[] {
    return Array.from({ length: this.count }, (_, i) => this.at(i));
  }
}

const sign = { "<": 0x3c, ">": 0x3e, "(": 0x28, ")": 0x29, "[": 0x5b, "]": 0x5d, "/": 0x2f, "%": 0x25, "\\": 0x5c };
/** Ends a word: white space and delimiters (ISO 32000-1, 7.2.2). */
const isEnd = (code: number): boolean =>
  code <= 0x20 ||
  code === sign["<"] ||
  code === sign[">"] ||
  code === sign["("] ||
  code === sign["["] ||
  code === sign["]"] ||
  code === sign["/"] ||
  code === sign["%"];

/** Goes through a content stream (ISO 32000-1, 7.8.2) once; a big issue has a million tokens. */
function scan(content: string, act: (operator: string, operands: Operands) => void): void {
  const operands = new Operands(content);
  const { length } = content;
  let at = 0;
  while (at < length) {
    const from = at;
    const code = content.charCodeAt(at++);
    if (code <= 0x20) continue;
    if (code === sign["%"]) at = endOf(content, "\n", at);
    else if (code === sign["("]) {
      at = stringEnd(content, at);
      operands.add(from, at);
    } else if (code === sign["<"] || code === sign[">"]) {
      const isPair = content.charCodeAt(at) === code;
      at = isPair ? at + 1 : code === sign["<"] ? endOf(content, ">", at) : at;
      operands.add(from, at);
    } else if (code === sign["["] || code === sign["]"]) operands.add(from, at);
    else {
      while (at < length && !isEnd(content.charCodeAt(at))) at++;
      // Names and numbers; what begins with a letter, ' or " does something, but for three words.
      const isOperator = code >= 0x40 || code === 0x27 || code === 0x22;
      const operator = isOperator ? content.slice(from, at) : "";
      if (isOperator && operator !== "true" && operator !== "false" && operator !== "null") {
        act(operator, operands);
        operands.count = 0;
        if (operator === "BI") at = endOf(content, "EI", at);
      } else operands.add(from, at);
    }
  }
}

function endOf(content: string, mark: string, from: number): number {
  const at = content.indexOf(mark, from);
  return at < 0 ? content.length : at + mark.length;
}

/** Behind the bracket that closes a string; brackets in it come in pairs or behind a \\. */
function stringEnd(content: string, from: number): number {
  let depth = 1;
  let at = from;
  while (at < content.length && depth > 0) {
    const code = content.charCodeAt(at++);
    if (code === sign["\\"]) at++;
    else if (code === sign["("]) depth++;
    else if (code === sign[")"]) depth--;
  }
  return at;
}

// ---------------------------------------------------------------- colours

/** The inks after an operator that may choose one: small letters fill, capitals stroke. */
function chosen(inks: Inks, word: string, operands: readonly string[]): Inks {
  const small = word.toLowerCase();
  const use = word === small ? "fill" : "stroke";
  const device = devices.get(small);
  const parts = operands.filter((one) => /^[+\-.\d]/u.test(one)).map(Number);
  if (device !== undefined) return { ...inks, [use]: { space: device, parts } };
  // A space begins with its first colour: black of what PDF has, the full ink of a plate (ISO 32000-1, 8.6.5.1).
  if (small === "cs") {
    const space = (operands[0] ?? "").slice(1);
    return { ...inks, [use]: { space, parts: beginnings[space] ?? [1] } };
  }
  if (small === "sc" || small === "scn") return { ...inks, [use]: { space: inks[use].space, parts } };
  return inks;
}

const beginnings: Readonly<Record<string, readonly number[]>> = {
  DeviceGray: [0],
  DeviceRGB: [0, 0, 0],
  DeviceCMYK: [0, 0, 0, 1],
};
