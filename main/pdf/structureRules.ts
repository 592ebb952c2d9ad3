// The rules about structure (ISO 14289-1, 7; ISO 32000-1, 14.7): everything that is painted is tagged or an artifact, the
// tree and the pages name each other, and the elements are what they say.
import { PDFArray, PDFBool, PDFDict, type PDFDocument, PDFNumber, type PDFObject, PDFRef } from "pdf-lib";
import { annotationsOf, dictIn, key, nameIn, onPages, type RulePage, textIn } from "./readObjects.ts";

/** An element, and where it stands. */
interface Found {
  readonly ref: PDFRef;
  readonly dict: PDFDict;
  readonly type: string;
  readonly parent: string;
}

export function structureFaults(document: PDFDocument, pages: readonly RulePage[]): string[] {
  const { catalog } = document;
  const faults: string[] = [];
  const isTrue = (dict: PDFDict | undefined, name: string) => dict?.lookup(key(name)) === PDFBool.True;
  if (!isTrue(dictIn(catalog, "MarkInfo"), "Marked")) faults.push("没有写明带有结构标签（/MarkInfo）");
  if (!textIn(catalog, "Lang")) faults.push("没有写明语言（/Lang）");
  if (!isTrue(dictIn(catalog, "ViewerPreferences"), "DisplayDocTitle")) faults.push("没有要求显示题名");
  faults.push(
    ...onPages(pages, ({ use }) => use.unmarked > 0, "有内容不在结构中"),
    ...onPages(pages, ({ use }) => use.entangled > 0 || !use.balanced, "的标记套叠有误"),
    ...onPages(pages, ({ use }) => new Set(use.mcids).size < use.mcids.length, "有重复的内容编号"),
  );
  const root = dictIn(catalog, "StructTreeRoot");
  if (!root) return [...faults, "没有结构树"];
  const tree = new Tree(document, root);
  return [...faults, ...tree.faults, ...elementFaults(tree), ...headingFaults(tree), ...placeFaults(root, tree, pages)];
}

/** Cells that span rows are printed in the middle of them, and notes at the foot of the page. */
const unordered = new Set(["Table", "Note"]);

/** The tree in its order. */
class Tree {
  readonly elements: Found[] = [];
  /** Element of each marked content, by page and MCID, and of each annotation. */
  readonly contents = new Map<string, PDFRef>();
  readonly annotations = new Map<PDFObject, PDFRef>();
  readonly faults: string[] = [];
  private readonly met = new Set<PDFRef>();
  /** By page: the last marked content that the tree has come to. */
  private readonly reached = new Map<PDFObject | undefined, number>();
  private readonly document: PDFDocument;

  constructor(document: PDFDocument, root: PDFDict) {
    this.document = document;
    this.walk(root.get(key("K")), null, "", undefined, true);
  }

  /** `isInOrder`: whether what stands here is read in the order of the content. */
  private walk(
    kid: PDFObject | undefined,
    parent: PDFRef | null,
    type: string,
    page: PDFObject | undefined,
    isInOrder: boolean,
  ): void {
    if (kid instanceof PDFRef) {
      if (this.met.has(kid)) return void this.faults.push("结构树里有一处接在两处之下");
      this.met.add(kid);
    }
    const value = kid instanceof PDFRef ? this.document.context.lookup(kid) : kid;
    if (value instanceof PDFArray) for (const one of value.asArray()) this.walk(one, parent, type, page, isInOrder);
    else if (value instanceof PDFNumber) this.content(page, value.asNumber(), parent, isInOrder);
    else if (value instanceof PDFDict) {
      const own = value.get(key("Pg")) ?? page;
      const mcid = value.lookup(key("MCID"));
      if (nameIn(value, "Type") === "MCR")
        this.content(own, mcid instanceof PDFNumber ? mcid.asNumber() : -1, parent, isInOrder);
      else if (nameIn(value, "Type") === "OBJR") {
        const annotation = value.lookup(key("Obj"));
        if (annotation && parent) this.annotations.set(annotation, parent);
      } else if (kid instanceof PDFRef) {
        this.elements.push({ ref: kid, dict: value, type: nameIn(value, "S"), parent: type });
        if (parent && value.get(key("P")) !== parent) this.faults.push("结构树的上下级互不相认");
        const name = nameIn(value, "S");
        this.walk(value.get(key("K")), kid, name, own, isInOrder && !unordered.has(name));
      }
    }
  }

  private content(page: PDFObject | undefined, mcid: number, parent: PDFRef | null, isInOrder: boolean): void {
    if (isInOrder) {
      if (mcid < (this.reached.get(page) ?? 0)) this.faults.push("结构树的次序与印出的次序不同");
      this.reached.set(page, mcid);
    }
    const place = `${page} ${mcid}`;
    if (this.contents.has(place)) this.faults.push("同一处内容在结构树中出现两次");
    if (parent) this.contents.set(place, parent);
  }
}

/** Elements and where they may stand (ISO 32000-1, 14.8.4); null: anywhere. */
const parents: Readonly<Record<string, readonly string[] | null>> = {
  Document: [""],
  Sect: ["Document", "Sect"],
  TOC: ["Document", "Sect", "TOC"],
  TOCI: ["TOC"],
  Reference: null,
  Link: null,
  P: null,
  H1: null,
  H2: null,
  H3: null,
  H4: null,
  H5: null,
  H6: null,
  Note: null,
  L: ["Document", "Sect"],
  LI: ["L"],
  LBody: ["LI"],
  Caption: ["Table"],
  Figure: null,
  Table: ["Document", "Sect"],
  TR: ["Table"],
  TH: ["TR"],
  TD: ["TR"],
};

/** Words that are read aloud, or copied, in the place of what is printed (ISO 32000-1, 14.9). */
const replacements = ["ActualText", "Alt", "E"];

function elementFaults({ elements, annotations }: Tree): string[] {
  const linked = new Set(annotations.values());
  const ids = new Set<string>();
  return elements.flatMap(({ ref, dict, type, parent }) => {
    const allowed = parents[type];
    if (allowed === undefined) return [`结构中有不认识的 ${type}`];
    const faults =
      allowed === null || allowed.includes(parent) ? [] : [`结构中的 ${type} 不能在 ${parent || "根"} 之下`];
    if (type === "Figure" && !textIn(dict, "Alt")) faults.push("有图片没有文字说明");
    if (replacements.some((name) => dict.has(key(name)) && (type !== "Figure" || name !== "Alt")))
      faults.push(`结构中的 ${type} 另写了读给人听的文字`);
    if (type === "TH" && !nameIn(dictIn(dict, "A"), "Scope")) faults.push("有表头没有写明管哪一栏");
    if (type === "Link" && !linked.has(ref)) faults.push("有链接在结构中没有对应的批注");
    if (type === "Note") {
      const id = textIn(dict, "ID");
      if (!id || ids.has(id)) faults.push("有脚注没有自己的标识");
      ids.add(id);
    }
    return faults;
  });
}

/** The first heading is an H1, and none leaves out a level on the way down (ISO 14289-1, 7.4.2). */
function headingFaults({ elements }: Tree): string[] {
  let last = 0;
  return elements.flatMap(({ type }) => {
    const level = Number(/^H([1-6])$/u.exec(type)?.[1] ?? 0);
    if (level === 0) return [];
    const isRight = level <= last + 1;
    last = level;
    return isRight ? [] : [`标题从第${last}级跳级`];
  });
}

/** Pages, annotations and the parent tree against the tree. */
function placeFaults(root: PDFDict, tree: Tree, pages: readonly RulePage[]): string[] {
  const numbers = numberTree(dictIn(root, "ParentTree"));
  const entryOf = (dict: PDFDict, name: string) => {
    const index = dict.lookup(key(name));
    return numbers.get(index instanceof PDFNumber ? index.asNumber() : -1);
  };
  const placeOf = ({ dict }: RulePage, mcid: number) => `${dict.context.getObjectRef(dict)} ${mcid}`;
  const isOutside = (page: RulePage) => page.use.mcids.some((mcid) => !tree.contents.has(placeOf(page, mcid)));
  const isEstranged = (page: RulePage) => {
    const list = entryOf(page.dict, "StructParents");
    const owners = list instanceof PDFRef ? page.dict.context.lookup(list) : list;
    const ownerOf = (mcid: number) => (owners instanceof PDFArray ? owners.get(mcid) : undefined);
    return page.use.mcids.some((mcid) => ownerOf(mcid) !== tree.contents.get(placeOf(page, mcid)));
  };
  const isUnlinked = ({ dict }: RulePage) =>
    annotationsOf(dict).some((one) => {
      const owner = tree.annotations.get(one);
      return !owner || entryOf(one, "StructParent") !== owner;
    });
  const known = new Set(pages.flatMap((page) => page.use.mcids.map((mcid) => placeOf(page, mcid))));
  const isPointless = [...tree.contents.keys()].some((place) => !known.has(place));
  return [
    ...onPages(pages, isOutside, "有内容在结构树中没有"),
    ...onPages(pages, isEstranged, "的内容与结构树互不相认"),
    ...onPages(pages, isUnlinked, "的链接与结构树互不相认"),
    ...(isPointless ? ["结构树指到没有的内容"] : []),
  ];
}

/** `above`: the nodes on the way, so that a damaged tree ends. */
function numberTree(node: PDFDict | undefined, above: readonly PDFDict[] = []): Map<number, PDFObject> {
  const found = new Map<number, PDFObject>();
  if (!node || above.includes(node)) return found;
  const list = node.lookup(key("Nums"));
  if (list instanceof PDFArray)
    for (let i = 0; i + 1 < list.size(); i += 2) {
      const number = list.lookup(i);
      const value = list.get(i + 1);
      if (number instanceof PDFNumber) found.set(number.asNumber(), value);
    }
  const kids = node.lookup(key("Kids"));
  if (kids instanceof PDFArray)
    for (let i = 0; i < kids.size(); i++) {
      const kid = kids.lookup(i);
      if (kid instanceof PDFDict)
        for (const [number, value] of numberTree(kid, [...above, node])) found.set(number, value);
    }
  return found;
}
