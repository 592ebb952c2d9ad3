// XML of an office file as a small tree, read by saxes within limits. A document type is refused whatever it holds: office
// files have none, and entities are how such files attack.
import { SaxesParser } from "saxes";

export interface XmlElement {
  /** With its usual prefix: w:p. */
  readonly name: string;
  /** By their names with prefix: w:val. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly elements: readonly XmlElement[];
  /** Text directly in the element. */
  readonly text: string;
}

const limits = { depth: 256, nodes: 2_000_000, attributes: 64, text: 4 * 1024 * 1024 };

/** Not well-formed, too large, or (hostile) with what no office writes. */
export class XmlTrouble extends Error {
  readonly hostile: boolean;
  constructor(message: string, hostile = false) {
    super(message);
    this.hostile = hostile;
  }
}

interface Open {
  readonly name: string;
  readonly attributes: Map<string, string>;
  readonly elements: XmlElement[];
  text: string;
}

/** Throws XmlTrouble. */
export function parseXml(source: string): XmlElement {
  const parser = new SaxesParser();
  const top: Open = { name: "", attributes: new Map(), elements: [], text: "" };
  const stack: Open[] = [top];
  let nodes = 0;
  parser.on("error", (error) => {
    throw new XmlTrouble(error.message);
  });
  parser.on("doctype", () => {
    throw new XmlTrouble("a document type", true);
  });
  parser.on("opentag", ({ name, attributes }) => {
    const given = Object.entries(attributes);
    if (++nodes > limits.nodes || stack.length > limits.depth || given.length > limits.attributes)
      throw new XmlTrouble("too many nodes, too deep or too many attributes", true);
    stack.push({ name, attributes: new Map(given), elements: [], text: "" });
  });
  const onText = (text: string) => {
    const open = stack.at(-1);
    if (!open) return;
    open.text += text;
    if (open.text.length > limits.text) throw new XmlTrouble("a text too long", true);
  };
  parser.on("text", onText);
  parser.on("cdata", onText);
  parser.on("closetag", () => {
    const closed = stack.pop();
    if (closed) stack.at(-1)?.elements.push(closed);
  });
  parser.write(source).close();
  const [root] = top.elements;
  if (!root) throw new XmlTrouble("no element");
  return root;
}

export function child(element: XmlElement | null | undefined, name: string): XmlElement | undefined {
  return element?.elements.find((each) => each.name === name);
}

export function children(element: XmlElement | null | undefined, name: string): XmlElement[] {
  return element?.elements.filter((each) => each.name === name) ?? [];
}

/** An attribute of a child, the common way in WordprocessingML: `<w:jc w:val="right"/>`. */
export function propertyOf(
  element: XmlElement | null | undefined,
  name: string,
  attribute = "w:val",
): string | undefined {
  return child(element, name)?.attributes.get(attribute);
}

/** An on/off property: there and not off; undefined when it is not there. */
export function isOn(element: XmlElement | null | undefined, name: string): boolean | undefined {
  const property = child(element, name);
  return property && !["0", "false", "off", "none"].includes(property.attributes.get("w:val") ?? "1");
}
