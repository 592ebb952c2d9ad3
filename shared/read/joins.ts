// Paragraphs that a page or column break, or the end of a printed line, cut in two. A line goes on in the next when it
// ends open: on a comma, inside a bracket, or without a full stop where its neighbours have one. Headings, names with
// posts, signatures and titles end without a mark and are never joined.
import { type Numbering, numbering } from "../model/numbering.ts";
import { nameAndPost, openMarks } from "./tidy.ts";

/** A text between two blank lines of the dump, or what several were joined to. */
export interface Piece {
  readonly text: string;
  readonly lines: readonly number[];
}

const closed = /[。！？；：…!?;:](?:[”’」』）)》]*|[（(][^（()）]*[）)])$/u;
const goesOn = /[，、,][”’]?$/u;
/** 县委常委、副县长 张三. */
const postAndName = /^[\p{Script=Han}、（）]{2,20} \p{Script=Han}{2,4}$/u;
/** How the first paragraph of a document begins: it never continues another. */
const opening = /^为(?:了|进一步|坚决|认真|深入|切实|全面|加快|贯彻|做好|推进|规范)/u;
/** Shorter lines without a mark are labels or headings, not cut text; longer ones with a comma are no headings. */
const shortest = 17;
const longest = 30;

/** Whether `texts[i + 1]` goes on where `text`, which ends with `texts[i]`, breaks off. */
export function goesOnIn(text: string, texts: readonly string[], i: number): boolean {
  const next = texts[i + 1] ?? "";
  if (/^[，。、；：？！）》”’]/u.test(next)) return true;
  if (goesOn.test(text)) return !/^第.{1,5}[章条]\u3000/u.test(next);
  if (/^附\s*件|^(?:备注|注)[：:]/u.test(next) || opensParagraph(next) || opening.test(next)) return false;
  if (openMarks(text) > 0) return true;
  if (/。[”）]?$/u.test(text) && wholeBracket(next)) return true;
  if (closed.test(text) || isNameLine(text) || isNameLine(next)) return false;
  if (text.length < shortest) return false;
  const number = numbering(text);
  if (!number) return true;
  if (number.kind === "chapter" || number.kind === "section") return false;
  if (number.kind === "article" || /[。；]/u.test(text)) return true;
  return (text.length >= longest && text.includes("，")) || likesEndClosed(number, texts, i);
}

/** Whether a text cannot end here: on a comma, or inside of brackets or quotation marks. */
export function endsOnComma(text: string): boolean {
  return goesOn.test(text) || openMarks(text) > 0;
}

/** Whether a paragraph breaks off: it is no heading or label, and no mark ends it. */
export function endsOpen(text: string): boolean {
  if (closed.test(text) || isNameLine(text) || text.length < shortest) return false;
  return goesOn.test(text) || openMarks(text) > 0 || numbering(text) === null || /[。；]/u.test(text);
}

function isNameLine(text: string): boolean {
  return nameAndPost.test(text) || postAndName.test(text);
}

/** 5、6组 in the middle of a sentence looks like a number. */
function opensParagraph(text: string): boolean {
  return numbering(text) !== null && !/^\d+、\d/u.test(text);
}

/** （牵头单位：……） printed below the paragraph it closes. */
function wholeBracket(text: string): boolean {
  return /^[（(](?!注|略|试行|草案).*[）)]。?$/u.test(text) && numbering(text) === null && openMarks(text) === 0;
}

/** Whether most of the other items of the same list end with a mark: then one without is cut text, not a heading. */
function likesEndClosed(number: Numbering, texts: readonly string[], at: number): boolean {
  const likes: string[] = [];
  for (const step of [-1, 1])
    for (let i = at + step, value = number.value; i >= 0 && i < texts.length && Math.abs(i - at) < 60; i += step) {
      const text = texts[i] ?? "";
      const other = numbering(text);
      if (other?.kind !== number.kind) continue;
      if (other.value !== value + step) break;
      value = other.value;
      likes.push(text);
    }
  return likes.filter((text) => closed.test(text)).length > likes.length / 2;
}
