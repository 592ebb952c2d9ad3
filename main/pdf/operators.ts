// A content stream read operator by operator: what is painted and how it is marked, in which colours, and which codes of
// which fonts are shown. The checker of rules.ts reads finished files with it, whoever wrote them.

/** What the content of a page does. */
export interface PageUse {
  /** Operators that paint outside of any marked content, or in an artifact in tagged content and the reverse. */
  readonly unmarked: number;
  readonly entangled: number;
  /** MCIDs in the order of the content. */
  readonly mcids: readonly number[];
  /** Operators that choose a colour: g, rg, k and their like. */
  readonly colours: ReadonlySet<string>;
  /** Whether marks are closed as often as they are opened. */
  readonly balanced: boolean;
  /** Codes of two bytes by the name of the font in the resources. */
  readonly codes: ReadonlyMap<string, ReadonlySet<number>>;
  readonly images: ReadonlySet<string>;
}

const token = /<<|>>|<[\da-fA-F\s]*>|\((?:\\[\s\S]|[^\\)])*\)|\/[^\s<>[\]()/]*|[[\]]|[^\s<>[\]()/]+/gu;
const painting = new Set(["Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "Do", "sh", "BI"]);
const colouring = new Set(["g", "G", "rg", "RG", "k", "K", "cs", "CS", "sc", "SC", "scn", "SCN"]);
const isOperand = (word: string): boolean => /^(?:[<([/+\-.\d]|\]|>>|true$|false$|null$)/u.test(word);

export function readUse(content: string): PageUse {
  const use = { unmarked: 0, entangled: 0, mcids: [] as number[], balanced: true };
  const colours = new Set<string>();
  const codes = new Map<string, Set<number>>();
  const images = new Set<string>();
  const open: ("artifact" | "tagged" | "plain")[] = [];
  let font = "";
  let operands: string[] = [];
  for (const [word] of content.matchAll(token)) {
    if (isOperand(word)) {
      operands.push(word);
      continue;
    }
    if (word === "BDC" || word === "BMC") {
      const mcid = operands.indexOf("/MCID");
      const kind = operands[0] === "/Artifact" ? "artifact" : mcid >= 0 ? "tagged" : "plain";
      if (kind !== "plain" && open.some((other) => other !== "plain")) use.entangled++;
      if (mcid >= 0) use.mcids.push(Number(operands[mcid + 1]));
      open.push(kind);
    } else if (word === "EMC") {
      if (open.pop() === undefined) use.balanced = false;
    } else if (word === "Tf") font = (operands[0] ?? "").slice(1);
    else if (colouring.has(word)) colours.add(word);
    if (painting.has(word) && !open.some((kind) => kind !== "plain")) use.unmarked++;
    if (word === "Tj" || word === "TJ") {
      const known = codes.get(font) ?? new Set();
      codes.set(font, known);
      for (const string of operands.filter((one) => one.startsWith("<") && one !== "<<"))
        for (const [code] of string.slice(1, -1).replace(/\s/gu, "").matchAll(/.{4}/gu))
          known.add(Number.parseInt(code, 16));
    }
    if (word === "Do") images.add((operands[0] ?? "").slice(1));
    operands = [];
  }
  return { ...use, balanced: use.balanced && open.length === 0, colours, codes, images };
}
