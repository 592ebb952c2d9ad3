// The rules for every file of a gazette, whatever it is for: nothing in it acts, hides, looks otherwise on paper than on a
// screen, or leads out of it. What PDFium shows of a page tells none of this.
import { PDFArray, PDFDict, type PDFDocument, PDFName, PDFNumber, type PDFObject, PDFRawStream } from "pdf-lib";
import { annotationsOf, dictIn, formsOf, key, nameIn, numbersIn, onPages, type RulePage } from "./readObjects.ts";

export function fileFaults(document: PDFDocument, pages: readonly RulePage[]): string[] {
  const forms = formsOf(document);
  const painted: readonly (readonly [is: (of: Pick<RulePage, "dict" | "use">) => boolean, trouble: string])[] = [
    [({ use }) => use.outlined > 0, "有描了边或不填色的文字"],
    [({ dict, use }) => hasOddState(dict, use.states), "用了透明、叠印一类的效果"],
  ];
  return [
    ...objectFaults(document),
    ...painted.flatMap(([is, trouble]) => [
      ...onPages(pages, is, trouble),
      ...(forms.some(is) ? [`嵌套的内容${trouble}`] : []),
    ]),
    ...onPages(pages, ({ dict }) => annotationsOf(dict).some(isDrawn), "有画出框线或图样的链接"),
    ...onPages(pages, ({ dict }) => annotationsOf(dict).some(leadsOut), "有通到文件以外的链接"),
  ];
}

// ---------------------------------------------------------------- objects

const forbiddenActions = new Set([
  "JavaScript",
  "Launch",
  "Sound",
  "Movie",
  "ResetForm",
  "ImportData",
  "Hide",
  "Rendition",
]);

/** Keys that no dictionary of the file may have, and what they bring. */
const forbidden: ReadonlyMap<PDFName, string> = new Map(
  Object.entries({
    JS: "脚本",
    JavaScript: "脚本",
    AA: "自己会动的动作",
    OpenAction: "打开时的动作",
    AcroForm: "表单",
    XFA: "表单",
    EmbeddedFiles: "附件",
    AF: "附件",
    Collection: "附件",
    OCProperties: "可以隐去的图层",
    Alternates: "备用的图片",
    OPI: "图片的替身",
    PS: "程序",
    TR: "改变色调的函数",
    TR2: "改变色调的函数",
    DefaultGray: "改换了的颜色",
    DefaultRGB: "改换了的颜色",
    DefaultCMYK: "改换了的颜色",
    UserUnit: "改换了的尺寸单位",
  }).map(([name, what]) => [key(name), what]),
);

function objectFaults(document: PDFDocument): string[] {
  const faults = new Set<string>();
  const look = (object: PDFObject): void => {
    if (object instanceof PDFRawStream) look(object.dict);
    else if (object instanceof PDFArray) for (let i = 0; i < object.size(); i++) look(object.get(i));
    else if (object instanceof PDFDict) {
      const action = nameIn(object, "S");
      if (forbiddenActions.has(action)) faults.add(`有不许有的动作 ${action}`);
      if (nameIn(object, "Filter") === "LZWDecode") faults.add("用了不许用的压缩 LZW");
      for (const [name, value] of object.entries()) {
        const what = forbidden.get(name);
        if (what !== undefined) faults.add(`有不许有的内容：${what}（${name}）`);
        look(value);
      }
    }
  };
  for (const [, object] of document.context.enumerateIndirectObjects()) look(object);
  return [...faults];
}

// ---------------------------------------------------------------- graphics states

/** Keys of a graphics state that change nothing on paper (ISO 32000-1, 8.4.5), or do not with the value that is named. */
const harmless = new Set(["Type", "SA", "SM", "FL", "AIS", "TK", "OPM"]);
const usual: Readonly<Record<string, (value: PDFObject) => boolean>> = {
  ca: isOne,
  CA: isOne,
  BM: (value) => value === PDFName.of("Normal") || value === PDFName.of("Compatible"),
  SMask: (value) => value === PDFName.of("None"),
  OP: (value) => String(value) === "false",
  op: (value) => String(value) === "false",
};

function isOne(value: PDFObject): boolean {
  return value instanceof PDFNumber && value.asNumber() === 1;
}

function hasOddState(dict: PDFDict, names: ReadonlySet<string>): boolean {
  if (names.size === 0) return false;
  const known = dictIn(dictIn(dict, "Resources"), "ExtGState");
  const isOdd = (state: PDFDict, entry: PDFName) => {
    const name = entry.decodeText();
    const value = state.lookup(entry);
    return !harmless.has(name) && !(value !== undefined && usual[name]?.(value));
  };
  return [...names].some((name) => {
    const state = dictIn(known, name);
    return state?.keys().some((entry) => isOdd(state, entry)) ?? false;
  });
}

// ---------------------------------------------------------------- links

const isLink = (annotation: PDFDict): boolean => nameIn(annotation, "Subtype") === "Link";

/** A link has a border of 1 unless it says otherwise (ISO 32000-1, 12.5.2). */
function isDrawn(annotation: PDFDict): boolean {
  return isLink(annotation) && (annotation.has(key("AP")) || numbersIn(annotation, "Border")[2] !== 0);
}

function leadsOut(annotation: PDFDict): boolean {
  const action = dictIn(annotation, "A");
  return isLink(annotation) && action !== undefined && (nameIn(action, "S") !== "GoTo" || action.has(key("Next")));
}
