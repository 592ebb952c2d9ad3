// An SVG drawing as a person hands it in -> the same drawing with nothing in it but shapes, letters and pictures of its own.
// What would move, fetch, run or look otherwise than in a browser is refused with a sentence that says what to do; what is
// about the drawing, not in it, is left out. Only what was understood is written anew, so that the renderer sees no more.
import { SaxesParser, type SaxesTagNS } from "saxes";
import { GazetteError } from "../../shared/api.ts";
import { readImageFile } from "../../shared/model/imageFile.ts";

/** The typefaces that letters of a drawing are set in. */
export type DrawingRole = "song" | "hei" | "kai" | "fangsong";
/** What a drawing names no typeface for, and what it names one for that is none of the others. */
export const usualFace: DrawingRole = "hei";

export interface Drawing {
  /** Well-formed SVG. */
  readonly svg: string;
  /** The characters of its letters, each once, white space left out. */
  readonly letters: readonly string[];
}

/** Whether a file is an SVG by its content, whatever its name. */
export function isSvg(bytes: Uint8Array): boolean {
  const head = decoder(bytes).decode(bytes.subarray(0, 4096), { stream: true });
  const rest = head.replace(/^(?:\s|<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!DOCTYPE[^>[]*(?:\[[\s\S]*?\])?\s*>)*/u, "");
  return /^<(?:[\w-]+:)?svg[\s>/]/u.test(rest);
}

const mostElements = 100_000;
const deepest = 200;

/** `familyOf`: what a typeface calls itself. Throws GazetteError badFile, naming the file. */
export function readSvg(bytes: Uint8Array, fileName: string, familyOf: (role: DrawingRole) => string): Drawing {
  const refuse = (what: string): never => {
    throw new GazetteError("badFile", `“${fileName}”${what}。`);
  };
  const reader = new Reader(refuse, fileName, familyOf);
  const parser = new SaxesParser({ xmlns: true });
  parser.on("doctype", (doctype) => {
    if (/\[|<!ENTITY/u.test(doctype)) refuse(`带有自己定义的实体，${remedy}`);
  });
  parser.on("processinginstruction", ({ target }) => {
    if (target === "xml-stylesheet") refuse(`引用了别的文件，${remedy}`);
  });
  parser.on("opentag", (tag) => reader.open(tag));
  parser.on("closetag", (tag) => reader.close(tag));
  parser.on("text", (text) => reader.text(text));
  parser.on("cdata", (text) => reader.text(text));
  parser.on("error", () => refuse("不完整或已损坏，请重新导出后再插入"));
  parser.write(decoder(bytes).decode(bytes)).close();
  return reader.drawing();
}

const remedy = "请在绘图软件里另存为“普通SVG”或导出为PNG后再插入";

/** UTF-16 by its mark, the encodings of Chinese systems by what the file says, else UTF-8. */
function decoder(bytes: Uint8Array): InstanceType<typeof TextDecoder> {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le");
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be");
  const head = String.fromCharCode(...bytes.subarray(0, 200));
  return new TextDecoder(/^\s*<\?xml[^>]*encoding=["']gb/iu.test(head) ? "gb18030" : "utf-8");
}

const namespaces = {
  svg: "http://www.w3.org/2000/svg",
  xlink: "http://www.w3.org/1999/xlink",
  xml: "http://www.w3.org/XML/1998/namespace",
} as const;

const words = (list: string): ReadonlySet<string> => new Set(list.split(" "));
const drawn = words(
  "svg g defs symbol use path rect circle ellipse line polyline polygon text tspan textPath linearGradient " +
    "radialGradient stop clipPath mask pattern marker image style switch a view",
);
/** About the drawing, not in it. */
const leftOut = words("title desc metadata");

/** What cannot be printed as it was meant. */
const refused: readonly (readonly [name: RegExp, what: string])[] = [
  [/^script$/u, `带有脚本，${remedy}`],
  [/^(?:animate\w*|set|mpath)$/u, "是会动的图片，纸上印不出来，请导出要印的那一帧为PNG后再插入"],
  [/^(?:foreignObject|iframe|video|audio|canvas|object|embed)$/u, "里夹有网页内容，印出来会缺字，请导出为PNG后再插入"],
  [/^(?:filter|fe[A-Z]\w*)$/u, "用了阴影、模糊一类的效果，请在绘图软件里去掉效果，或导出为PNG后再插入"],
];

/** Typefaces by what they are called in drawings. */
const families: readonly (readonly [name: RegExp, role: DrawingRole])[] = [
  [/仿宋|FangSong|STFangsong/iu, "fangsong"],
  [/楷|Kai/iu, "kai"],
  [/黑|Hei|sans/iu, "hei"],
  [/宋|明|Song|SimSun|Ming|Times|serif|Georgia|Cambria/iu, "song"],
];

class Reader {
  private readonly refuse: (what: string) => never;
  private readonly fileName: string;
  private readonly familyOf: (role: DrawingRole) => string;
  private readonly parts: string[] = [];
  private readonly letters = new Set<string>();
  /** Names of the open elements. */
  private readonly path: string[] = [];
  /** Depth from which on nothing is taken; 0: all is. */
  private leaveOutFrom = 0;
  private elements = 0;

  constructor(refuse: (what: string) => never, fileName: string, familyOf: (role: DrawingRole) => string) {
    this.refuse = refuse;
    this.fileName = fileName;
    this.familyOf = familyOf;
  }

  open({ local, uri, attributes }: SaxesTagNS): void {
    this.path.push(local);
    if (++this.elements > mostElements || this.path.length > deepest)
      this.refuse(`太复杂（超过${mostElements / 10_000}万个图形或${deepest}层），请导出为PNG后再插入`);
    if (this.leaveOutFrom > 0) return;
    const isRoot = this.path.length === 1;
    if (isRoot && (local !== "svg" || uri !== namespaces.svg)) this.refuse("不是完整的SVG，请重新导出后再插入");
    if (uri !== namespaces.svg || leftOut.has(local)) {
      this.leaveOutFrom = this.path.length;
      return;
    }
    const reason = refused.find(([name]) => name.test(local));
    if (reason) this.refuse(reason[1]);
    if (!drawn.has(local)) this.refuse(`用了这里画不出的成分“${local.slice(0, 40)}”，请导出为PNG后再插入`);
    const kept = Object.values(attributes).flatMap((attribute) => {
      const value = this.attribute(local, attribute.local, attribute.value);
      const prefix = Object.entries(namespaces).find(([, space]) => space === attribute.uri)?.[0];
      if (value === null || (attribute.uri !== "" && prefix !== "xlink" && prefix !== "xml")) return [];
      return [` ${attribute.uri === "" ? "" : `${prefix}:`}${attribute.local}="${escaped(value)}"`];
    });
    const spaces = isRoot ? ` xmlns="${namespaces.svg}" xmlns:xlink="${namespaces.xlink}"` : "";
    this.parts.push(`<${local}${spaces}${kept.join("")}>`);
  }

  close({ local }: SaxesTagNS): void {
    if (this.leaveOutFrom === 0) this.parts.push(`</${local}>`);
    if (this.leaveOutFrom === this.path.length) this.leaveOutFrom = 0;
    this.path.pop();
  }

  text(text: string): void {
    if (this.leaveOutFrom > 0) return;
    const isStyle = this.path.at(-1) === "style";
    if (isStyle) this.checkStyle(text);
    else if (this.path.includes("text"))
      for (const letter of text.replace(/[\s\p{Cf}]/gu, "")) this.letters.add(letter);
    else return;
    this.parts.push(escaped(isStyle ? this.inOwnFaces(text) : text));
  }

  drawing(): Drawing {
    return { svg: this.parts.join(""), letters: [...this.letters] };
  }

  /** The value as it is kept; null: the attribute is left out. */
  private attribute(element: string, name: string, value: string): string | null {
    if (/^on/iu.test(name)) this.refuse(`带有脚本，${remedy}`);
    if (name === "href") {
      if (element === "a") return null;
      if (element === "image") this.checkImage(value.trim());
      else if (!/^\s*#/u.test(value)) this.refuse(`引用了别的文件，${remedy}`);
      return value;
    }
    if (name === "font-family") return this.familyOf(roleOf(value));
    if (name === "filter" && value.trim() !== "none") this.refuse(refused[3]?.[1] ?? "");
    if (name === "style" || /url\s*\(/iu.test(value)) this.checkStyle(value);
    return name === "style" ? this.inOwnFaces(value) : value;
  }

  private inOwnFaces(css: string): string {
    return css.replace(
      /(font-family\s*:\s*)([^;}]*)/giu,
      (_, name: string, list: string) => `${name}'${this.familyOf(roleOf(list))}'`,
    );
  }

  private checkStyle(css: string): void {
    if (css.includes("\\")) this.refuse(`的样式里用了转义符，${remedy}`);
    if (/@import/iu.test(css) || /url\s*\(\s*(?!["']?\s*#)/iu.test(css)) this.refuse(`引用了别的文件，${remedy}`);
    if (/(?:^|[;{\s])filter\s*:\s*(?!none)/iu.test(css)) this.refuse(refused[3]?.[1] ?? "");
  }

  /** A picture in the drawing must be there, and one that could be inserted by itself. */
  private checkImage(address: string): void {
    const data = /^data:image\/(?:png|jpe?g);base64,/iu.exec(address);
    if (!data) this.refuse("里的图片不在文件中，请在绘图软件里把它“嵌入”，或导出为PNG后再插入");
    readImageFile(Buffer.from(address.slice(data?.[0].length ?? 0), "base64"), `${this.fileName}里的图片`);
  }
}

/** The first of a list of typefaces that is one of ours. */
function roleOf(list: string): DrawingRole {
  for (const name of list.split(",")) {
    const found = families.find(([pattern]) => pattern.test(name));
    if (found) return found[1];
  }
  return usualFace;
}

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string): string => text.replace(/[&<>"]/gu, (mark) => escapes[mark] ?? mark);
