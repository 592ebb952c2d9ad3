// A Word document (WordprocessingML, ISO/IEC 29500-1, 17) as lines for recognition: numbers computed and literal, tables
// with their merged cells, pictures, footnotes, alignment through the styles, revisions taken as asked and told. Nothing
// is dropped without a finding.
import { GazetteError } from "../../../shared/api.ts";
import type { Figure } from "../../../shared/model/block.ts";
import { noteMark } from "../../../shared/model/block.ts";
import type { Finding } from "../../../shared/proof/proof.ts";
import type { Remark, Revision, SourceFile, SourceLine } from "../../../shared/read/source.ts";
import { ListNumbers } from "./listNumbers.ts";
import type { OfficePackage } from "./package.ts";
import { type ParagraphLook, ParagraphStyles } from "./paragraphStyles.ts";
import { type GridCell, tableOf } from "./tableGrid.ts";
import { child, children, isOn, propertyOf, type XmlElement } from "./xml.ts";

export interface DocxOptions {
  /** What is done with words under revision: the text as if all were accepted, or as if all were rejected. */
  readonly revisions: "accept" | "reject";
  /** Keeps a picture and says how a figure names it; null: it cannot be printed. */
  readonly picture: (bytes: Uint8Array, name: string) => Figure["attrs"] | null;
}

/** Throws GazetteError badFile for a file without a document. */
export function readDocx(office: OfficePackage, fileName: string, options: DocxOptions): SourceFile {
  const main = mainPart(office);
  const body = child(main === null ? null : office.xml(main), "w:body");
  if (main === null || !body)
    throw new GazetteError("badFile", `“${fileName}”里没有正文，可能不是Word文档，请另存为.docx再导入。`);
  const reader = new DocxReader(office, main, options);
  reader.blocks(body);
  return reader.finish();
}

function mainPart(office: OfficePackage): string | null {
  const found = [...office.relations("").values()].find(({ type }) => type === "officeDocument");
  const name = found?.target ?? "word/document.xml";
  return office.bytes(name) ? name : null;
}

/** Wrappers whose content counts as if they were not there. */
const wrappers = new Set([
  "w:sdt",
  "w:sdtContent",
  "w:smartTag",
  "w:customXml",
  "w:hyperlink",
  "w:fldSimple",
  "w:dir",
  "w:bdo",
]);
const insertions = new Set(["w:ins", "w:moveTo"]);
const deletions = new Set(["w:del", "w:moveFrom"]);

/** What a paragraph's runs give. */
interface Gathered {
  text: string;
  readonly notes: string[];
  readonly after: SourceLine[];
  /** For each open field whether this is its code, whose result follows. */
  readonly inCode: boolean[];
  begins: boolean;
}

class DocxReader {
  private readonly office: OfficePackage;
  private readonly options: DocxOptions;
  private readonly numbers: ListNumbers;
  private readonly styles: ParagraphStyles;
  private readonly targets: ReturnType<OfficePackage["relations"]>;
  private readonly notes: ReadonlyMap<string, string>;
  private readonly lines: SourceLine[] = [];
  private readonly revisions: Revision[] = [];
  private readonly findings: Finding[] = [];
  private pageBegins = false;

  constructor(office: OfficePackage, main: string, options: DocxOptions) {
    this.office = office;
    this.options = options;
    this.targets = office.relations(main);
    this.numbers = new ListNumbers(this.part("numbering"));
    this.styles = new ParagraphStyles(this.part("styles"));
    this.notes = new Map([...this.notesOf("footnotes", "w:footnote"), ...this.notesOf("endnotes", "w:endnote")]);
  }

  finish(): SourceFile {
    return { lines: this.lines, revisions: this.revisions, remarks: this.remarks(), findings: this.findings };
  }

  /** Paragraphs and tables in the order in which they are read. */
  blocks(parent: XmlElement): void {
    for (const element of parent.elements) {
      if (element.name === "w:p") this.lines.push(...this.paragraph(element));
      else if (element.name === "w:tbl") this.table(element);
      else if (wrappers.has(element.name) || insertions.has(element.name)) this.blocks(element);
      else if (element.name === "mc:AlternateContent") this.blocks(chosen(element));
      else if (element.name === "w:altChunk")
        this.tell("import.foreign-part", "warning", "有一段插入的外部文件没有收入，请把它的文字粘贴到文档里再导入");
    }
  }

  private part(type: string): XmlElement | null {
    const name = [...this.targets.values()].find((each) => each.type === type)?.target;
    return name ? this.office.xml(name) : null;
  }

  private notesOf(type: string, element: string): [string, string][] {
    return children(this.part(type), element).flatMap((note): [string, string][] => {
      // Separators have a type of their own.
      if (note.attributes.has("w:type")) return [];
      const text = children(note, "w:p")
        .map((each) => this.words(each))
        .join("");
      return [[`${type} ${note.attributes.get("w:id") ?? ""}`, text.trim()]];
    });
  }

  private remarks(): Remark[] {
    return children(this.part("comments"), "w:comment").map((comment) => ({
      author: comment.attributes.get("w:author") ?? "",
      at: comment.attributes.get("w:date") ?? "",
      text: children(comment, "w:p")
        .map((each) => this.words(each))
        .join("\n"),
      line: this.commented.get(comment.attributes.get("w:id") ?? "") ?? 0,
    }));
  }

  private readonly commented = new Map<string, number>();

  /** Text of a paragraph beside the body. */
  private words(paragraph: XmlElement): string {
    return this.gather(paragraph, this.styles.lookOf(child(paragraph, "w:pPr"))).text;
  }

  private paragraph(element: XmlElement): SourceLine[] {
    const properties = child(element, "w:pPr");
    const look = this.styles.lookOf(properties);
    const gathered = this.gather(element, look);
    const number = look.list === null ? "" : this.numbers.next(look.list, look.level);
    const begins = this.pageBegins || look.pageBreak || gathered.begins;
    this.pageBegins = false;
    // A break behind the last words begins the next paragraph's page.
    const trailing = /\f$/u.test(gathered.text);
    const text = number + gathered.text.replace(/\f/gu, "");
    if (trailing) this.pageBegins = true;
    const line: SourceLine = {
      text,
      ...(look.align ? { align: look.align } : {}),
      ...(gathered.notes.length > 0 ? { notes: gathered.notes } : {}),
      ...(begins && !trailing ? { begins: "page" as const } : {}),
    };
    // A paragraph that holds nothing but a picture is the picture.
    return text.trim() === "" && gathered.after.length > 0 ? gathered.after : [line, ...gathered.after];
  }

  private gather(parent: XmlElement, look: ParagraphLook): Gathered {
    const out: Gathered = { text: "", notes: [], after: [], inCode: [], begins: false };
    this.inlines(parent, out, look);
    return out;
  }

  private inlines(parent: XmlElement, out: Gathered, look: ParagraphLook): void {
    for (const element of parent.elements) {
      const { name } = element;
      if (name === "w:r") this.run(element, out, look);
      else if (insertions.has(name)) this.revised(element, "inserted", out, look);
      else if (deletions.has(name)) this.revised(element, "deleted", out, look);
      else if (wrappers.has(name)) this.inlines(element, out, look);
      else if (name === "mc:AlternateContent") this.inlines(chosen(element), out, look);
      else if (name === "w:ruby") this.inlines(child(element, "w:rubyBase") ?? element, out, look);
      else if (name === "m:oMath" || name === "m:oMathPara") this.formula(element, out);
      else if (name === "w:commentReference" || name === "w:commentRangeStart") this.comment(element);
    }
  }

  private comment(element: XmlElement): void {
    const id = element.attributes.get("w:id") ?? "";
    if (!this.commented.has(id)) this.commented.set(id, this.lines.length + 1);
  }

  private revised(element: XmlElement, kind: Revision["kind"], out: Gathered, look: ParagraphLook): void {
    const before = out.text.length;
    this.inlines(element, out, look);
    const text = out.text.slice(before);
    const kept = (kind === "inserted") === (this.options.revisions === "accept");
    if (!kept) out.text = out.text.slice(0, before);
    if (text.trim() === "") return;
    this.revisions.push({
      kind,
      author: element.attributes.get("w:author") ?? "",
      at: element.attributes.get("w:date") ?? "",
      text,
      line: this.lines.length + 1,
    });
  }

  private run(run: XmlElement, out: Gathered, look: ParagraphLook): void {
    const properties = child(run, "w:rPr");
    if (isOn(properties, "w:vanish") && !isOn(properties, "w:specVanish")) {
      if (run.elements.some(({ name, text }) => name === "w:t" && text.trim() !== ""))
        this.tell("import.hidden-text", "warning", "有隐藏的文字没有收入，请在Word里显示隐藏文字后核对");
      return;
    }
    for (const element of run.elements) this.inRun(element, out, look);
  }

  private inRun(element: XmlElement, out: Gathered, look: ParagraphLook): void {
    const inCode = out.inCode.at(-1) ?? false;
    switch (element.name) {
      case "w:fldChar": {
        const type = element.attributes.get("w:fldCharType");
        if (type === "begin") out.inCode.push(true);
        else if (type === "separate" && out.inCode.length > 0) out.inCode[out.inCode.length - 1] = false;
        else if (type === "end") out.inCode.pop();
        return;
      }
      case "w:t":
      case "w:delText":
        if (!inCode) out.text += element.text;
        return;
      case "w:tab":
      case "w:ptab":
        if (!inCode) out.text += "\t";
        return;
      case "w:br":
        if (element.attributes.get("w:type") === "page") {
          if (out.text.trim() === "") out.begins = true;
          else out.text += "\f";
        } else out.text += "\n";
        return;
      case "w:cr":
        out.text += "\n";
        return;
      case "w:noBreakHyphen":
        out.text += "-";
        return;
      case "w:sym":
        out.text += this.symbol(element);
        return;
      case "w:footnoteReference":
        this.note(`footnotes ${element.attributes.get("w:id")}`, out);
        return;
      case "w:endnoteReference":
        this.note(`endnotes ${element.attributes.get("w:id")}`, out);
        return;
      case "w:drawing":
      case "w:pict":
      case "w:object":
        this.drawing(element, out);
        return;
      case "mc:AlternateContent":
        for (const inner of chosen(element).elements) this.inRun(inner, out, look);
        return;
      case "w:ruby":
        this.inlines(child(element, "w:rubyBase") ?? element, out, look);
        return;
      case "w:commentReference":
        this.comment(element);
        return;
      default:
        return;
    }
  }

  private note(key: string, out: Gathered): void {
    const text = this.notes.get(key);
    if (!text) return;
    out.text += noteMark;
    out.notes.push(text);
  }

  /** Symbol fonts put their shapes at private places; what they are is known for those that offices use. */
  private symbol(element: XmlElement): string {
    const code = Number.parseInt(element.attributes.get("w:char") ?? "", 16);
    const font = element.attributes.get("w:font") ?? "";
    const known = symbols.get(`${font} ${(code & 0xff).toString(16)}`);
    if (known !== undefined) return known;
    if (code < 0xe000 || code > 0xf8ff) return Number.isNaN(code) ? "" : String.fromCodePoint(code);
    this.tell("import.symbol", "warning", `有一个“${font}”字体的符号认不出来，请补上`);
    return "〓";
  }

  private formula(element: XmlElement, out: Gathered): void {
    const text = textsOf(element, "m:t").join("");
    if (text === "") return;
    out.text += text;
    this.tell("import.formula", "warning", `公式只收入了文字“${text}”，请核对上下标和分式`);
  }

  /** Pictures and text boxes of a drawing stand behind the paragraph that they are anchored in. */
  private drawing(element: XmlElement, out: Gathered): void {
    const boxes = descendants(element, "w:txbxContent");
    // The older and the newer form of a drawing hold the same box twice.
    const [box] = boxes;
    if (box) {
      const inner = box.elements.flatMap((each) => (each.name === "w:p" ? this.paragraph(each) : []));
      if (inner.some(({ text }) => text.trim() !== "")) {
        out.after.push(...inner);
        this.tell("import.text-box", "warning", "文本框里的文字已放在它所在的段落之后，请核对位置");
      }
      return;
    }
    const blip = descendants(element, "a:blip")[0];
    const image = descendants(element, "v:imagedata")[0];
    const id = blip?.attributes.get("r:embed") ?? image?.attributes.get("r:id");
    if (id === undefined) {
      if (blip) this.tell("import.linked-picture", "warning", "有一张链接的图片没有收入，请把图片插入文档再导入");
      return;
    }
    const target = this.targets.get(id)?.target;
    const bytes = target ? this.office.bytes(target) : null;
    const attrs = target && bytes ? this.options.picture(bytes, target.replace(/.*\//u, "")) : null;
    if (!attrs) {
      this.tell("import.picture", "warning", "有一张图片印不出来，没有收入，请另存为PNG或JPEG后重新插入");
      return;
    }
    const alt = descendants(element, "wp:docPr")[0]?.attributes.get("descr") ?? "";
    out.after.push({ text: "", block: { type: "figure", attrs: { ...attrs, alt: alt.slice(0, 200) } } });
  }

  private table(table: XmlElement): void {
    const rows = rowsOf(table).map((row) => ({
      isHead: isOn(child(row, "w:trPr"), "w:tblHeader") ?? false,
      before: Number(propertyOf(child(row, "w:trPr"), "w:gridBefore") ?? 0),
      cells: cellsOf(row).map((cell): GridCell => this.cell(cell)),
    }));
    const widths = children(child(table, "w:tblGrid"), "w:gridCol").map((column) =>
      Number(column.attributes.get("w:w") ?? 0),
    );
    const block = tableOf(rows, widths);
    if (block) this.lines.push({ text: "", block });
  }

  private cell(cell: XmlElement): GridCell {
    const properties = child(cell, "w:tcPr");
    const merge = child(properties, "w:vMerge");
    const paragraphs = this.cellParagraphs(cell);
    return {
      span: Math.max(1, Number(propertyOf(properties, "w:gridSpan") ?? 1)),
      merge: merge === undefined ? "none" : merge.attributes.get("w:val") === "restart" ? "begins" : "goesOn",
      paragraphs: paragraphs.map(({ text }) => text.trim()),
      align: paragraphs.find(({ text }) => text.trim() !== "")?.align ?? null,
    };
  }

  /** A table in a cell gives its cells as paragraphs. */
  private cellParagraphs(parent: XmlElement): SourceLine[] {
    return parent.elements.flatMap((element): SourceLine[] => {
      if (element.name === "w:p") return this.paragraph(element).filter(({ block }) => block === undefined);
      if (element.name === "w:tbl") {
        this.tell("import.nested-table", "warning", "表格里还有表格，里面的各格已改为逐段排列，请核对");
        return rowsOf(element).flatMap((row) => cellsOf(row).flatMap((cell) => this.cellParagraphs(cell)));
      }
      return wrappers.has(element.name) || insertions.has(element.name) ? this.cellParagraphs(element) : [];
    });
  }

  private tell(rule: string, severity: Finding["severity"], message: string): void {
    const line = this.lines.length + 1;
    this.findings.push({ rule, severity, message, excerpt: "", line });
  }
}

/** Of alternatives the one for programs without extensions: it is written with what everybody knows. */
function chosen(element: XmlElement): XmlElement {
  return child(element, "mc:Fallback") ?? child(element, "mc:Choice") ?? element;
}

function rowsOf(table: XmlElement): XmlElement[] {
  return table.elements.flatMap((each) =>
    each.name === "w:tr" ? [each] : wrappers.has(each.name) || insertions.has(each.name) ? rowsOf(each) : [],
  );
}

function cellsOf(row: XmlElement): XmlElement[] {
  return row.elements.flatMap((each) => (each.name === "w:tc" ? [each] : wrappers.has(each.name) ? cellsOf(each) : []));
}

function descendants(element: XmlElement, name: string): XmlElement[] {
  return element.elements.flatMap((each) => [...(each.name === name ? [each] : []), ...descendants(each, name)]);
}

function textsOf(element: XmlElement, name: string): string[] {
  return descendants(element, name).map(({ text }) => text);
}

/** Shapes of symbol fonts: font and low byte of the place. */
const symbols: ReadonlyMap<string, string> = new Map([
  ["Wingdings fc", "√"],
  ["Wingdings fe", "☑"],
  ["Wingdings a8", "□"],
  ["Wingdings 6f", "□"],
  ["Wingdings fb", "×"],
  ["Wingdings 6c", "●"],
  ["Wingdings 6e", "■"],
  ["Wingdings e0", "→"],
  ["Wingdings 2 52", "☑"],
  ["Wingdings 2 50", "√"],
  ["Wingdings 2 a3", "□"],
  ["Wingdings 2 30", "☑"],
  ["Symbol b4", "×"],
  ["Symbol b1", "±"],
  ["Symbol a3", "≤"],
  ["Symbol b3", "≥"],
  ["Symbol b7", "·"],
  ["Symbol b0", "°"],
]);
