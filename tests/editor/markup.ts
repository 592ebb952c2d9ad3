// A few lines of HTML parsing for the paste tests: well-formed tags, quoted or bare attributes, comments, no entities but
// &nbsp;. Real clipboards go through Chromium's parser in the browser tests.
import type { Markup } from "../../renderer/editor/markup.ts";

class TreeNode implements Markup {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly nodeValue: string | null;
  readonly childNodes: TreeNode[] = [];
  private readonly attributes: ReadonlyMap<string, string>;

  constructor(name: string, value: string | null, attributes: ReadonlyMap<string, string> = new Map()) {
    this.nodeType = name === "#text" ? 3 : 1;
    this.nodeName = name;
    this.nodeValue = value;
    this.attributes = attributes;
  }

  getAttribute(name: string): string | null {
    return this.attributes.get(name) ?? null;
  }
}

const voidNames = new Set(["BR", "COL", "META", "IMG", "LINK"]);

export function parseMarkup(html: string): Markup {
  const root = new TreeNode("DIV", null);
  const open = [root];
  for (const [token] of html.replace(/<![^>]*>/g, "").matchAll(/<[^>]+>|[^<]+/g)) {
    const parent = open.at(-1) ?? root;
    if (!token.startsWith("<")) parent.childNodes.push(new TreeNode("#text", token.replaceAll("&nbsp;", "\u00a0")));
    else if (token.startsWith("</")) open.pop();
    else {
      const attributes = new Map<string, string>();
      for (const [, name = "", a, b, c] of token.matchAll(/([\w-]+)=(?:'([^']*)'|"([^"]*)"|([^\s>"']+))/g))
        attributes.set(name, a ?? b ?? c ?? "");
      const name = (/^<([\w:]+)/.exec(token)?.[1] ?? "").toUpperCase();
      const node = new TreeNode(name, null, attributes);
      parent.childNodes.push(node);
      if (!voidNames.has(name)) open.push(node);
    }
  }
  return root;
}
