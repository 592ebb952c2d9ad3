// A notice into pieces: title, number line, then block by block with the settings of the house style, and what stays with
// what (GB/T 9704: no 落款 alone on a page, heads with what follows). Pieces of untouched blocks stay the same objects, so
// that the pages they stand on can be taken as they were.
import { type Block, footnotesOf, type Paragraph, type ParagraphKind, type Table } from "../model/block.ts";
import type { Notice } from "../model/notice.ts";
import { figureGroup } from "./figure.ts";
import type { Origin, Piece } from "./flow.ts";
import { titleGroups } from "./heading.ts";
import { namesGroup } from "./names.ts";
import { anchorOf, paragraphGroup } from "./prose.ts";
import { isSignature, signatureGroup, signersText } from "./signature.ts";
import type { StyleSheet } from "./style.ts";
import { fitOf, tablePieces, withOrigin } from "./table.ts";
import { type Group, heightIn, measureIn, type Room, type Workshop } from "./workshop.ts";

/** The pieces of a notice, title first; the same objects as long as the notice is the same. Those of an untouched block
 *  stay the same when another one changes. */
export function noticePieces(notice: Notice, shop: Workshop): readonly Piece[] {
  return shop.cache.get(notice, "pieces", () => makePieces(notice, shop));
}

function makePieces(notice: Notice, shop: Workshop): Piece[] {
  const rooms = roomsOf(notice.body, shop);
  const groups: Group[] = [...titleGroups(notice, shop)];
  let notes = 0;
  let forced: Group["begins"];
  for (const [index, block] of notice.body.entries()) {
    if (block.type === "forced_break") {
      forced = block.attrs.to;
      continue;
    }
    const made = blockGroup(notice, index, rooms, notes, shop);
    notes += block.type === "paragraph" ? footnotesOf(block).length : 0;
    if (!made) continue;
    groups.push(forced ? { ...made, begins: forced } : made);
    forced = undefined;
  }
  return join(groups, shop);
}

/** The group of a block, the same object as long as neither the block nor what it depends on changes. null: nothing is
 *  printed for it. */
function blockGroup(
  notice: Notice,
  index: number,
  rooms: readonly Room[],
  notes: number,
  shop: Workshop,
): Group | null {
  const { body } = notice;
  const block = body[index];
  if (!block) throw new RangeError(`notice ${notice.id} has no block ${index}`);
  const room = rooms[index] ?? "column";
  const origin: Origin = { in: "body", notice: notice.id, block: index };
  const key = `${notice.id} ${index} ${room} ${notes}`;
  const kept = (more: string, make: () => Group) => shop.cache.get(block, `group ${key} ${more}`, make);
  if (block.type === "table") return kept("", () => tableGroup(block, origin, room, shop));
  if (block.type === "figure") return kept("", () => figureGroup(block, origin, shop));
  if (block.type !== "paragraph") return null;
  if (isSignature(block)) return kept(signersText(body, index), () => signatureGroup(notice, index, shop));
  if (block.attrs.kind === "names") return namesGroup(body, index, origin, shop);
  const previous = body[index - 1];
  const follows = block.attrs.kind === "annexNote" && isKind(previous, "annexNote");
  const anchor = anchorOf(block, body[index + 1]);
  return kept(`${follows} ${anchor?.title ?? ""}`, () =>
    paragraphGroup(block, { follows, anchor, room, notes }, origin, shop),
  );
}

const isKind = (block: Block | undefined, ...kinds: readonly ParagraphKind[]): block is Paragraph =>
  block?.type === "paragraph" && kinds.includes(block.attrs.kind);

// ---------------------------------------------------------------- where a block stands

const tableHeads: readonly ParagraphKind[] = ["tableTitle", "unit", "subtitle", "annexTitle", "annexLabel"];

/** A table that a column cannot hold stands across, and its title, unit and note with it. A subtitle stands where its title
 *  does. */
function roomsOf(body: readonly Block[], shop: Workshop): Room[] {
  const { style } = shop;
  const rooms = body.map((block): Room => {
    if (block.type === "table") return tableRoom(block, shop);
    const spans = style.columns.count > 1 && block.type === "paragraph" && style.text[block.attrs.kind].span;
    return spans ? "across" : "column";
  });
  for (const [i, block] of body.entries())
    if (isKind(block, "subtitle") && isKind(body[i - 1], "annexTitle", "subtitle")) rooms[i] = rooms[i - 1] ?? "column";
  for (const [i, block] of body.entries()) {
    const room = rooms[i];
    if (block.type !== "table" || room === undefined || room === "column") continue;
    for (let k = i - 1; isKind(body[k], ...tableHeads); k--) rooms[k] = room;
    for (let k = i + 1; isKind(body[k], "note"); k++) rooms[k] = room;
  }
  return rooms;
}

function tableRoom(table: Table, shop: Workshop): Room {
  const { style } = shop;
  if (table.attrs?.landscape) return "landscape";
  const fitIn = (room: Room) => shop.cache.get(table, `fit ${room}`, () => fitOf(table, measureIn(room, style), shop));
  const isColumn =
    style.columns.count === 1 ||
    style.table.span === "never" ||
    (style.table.span === "auto" && fitIn("column") === "whole");
  const upright: Room = isColumn ? "column" : "across";
  if (style.table.turn === "never" || fitIn(upright) !== "broken") return upright;
  return fitIn("landscape") === "broken" && measureIn("landscape", style) <= measureIn(upright, style)
    ? upright
    : "landscape";
}

// ---------------------------------------------------------------- groups

/** Puts room and keeps between the groups. */
function join(groups: readonly Group[], shop: Workshop): Piece[] {
  return groups.flatMap((group, index) => {
    const previous = groups[index - 1];
    const next = groups[index + 1];
    const together = previous?.kind === group.kind;
    const lines = together ? 0 : Math.max(group.before, previous?.after ?? 0);
    const ofTable = previous?.kind === "table" && group.kind === "note";
    const context: Context = {
      isLast: next === undefined,
      kept: keptForEnd(next, groups[index + 2]),
      underHead: previous?.isHead === true && group.kind !== "table",
      withNext:
        (group.kind === "annexNote" && isEnd(next)) ||
        (group.kind === "table" && next?.kind === "note") ||
        (group.kind === "figure" && next?.kind === "caption"),
      lines: lines === 0 && previous?.kind === "table" && !ofTable ? belowTable : lines,
      isClose: ofTable,
      newPage: group.begins === "page" || (!together && startsPage(group.kind, shop.style)),
      newColumn: group.begins === "column",
    };
    return shop.cache.get(group.pieces, Object.values(context).join(), () => joined(group, context, shop));
  });
}

/** What the pieces of a group owe to those around them. */
interface Context {
  readonly isLast: boolean;
  /** How many of its lines go with the end of the notice. */
  readonly kept: number;
  readonly underHead: boolean;
  readonly withNext: boolean;
  /** Grid lines of room before it. */
  readonly lines: number;
  /** Follows a table directly, off the grid. */
  readonly isClose: boolean;
  readonly newPage: boolean;
  readonly newColumn: boolean;
}

function joined(group: Group, context: Context, { style, cache }: Workshop): readonly Piece[] {
  const count = group.pieces.length;
  return group.pieces.map((piece, i) => {
    const isFirst = i === 0;
    const isLast = i === count - 1;
    const keep =
      piece.keep ||
      group.isHead ||
      // A head stands with two lines of what follows; the end of a notice with two lines of what it ends.
      (context.underHead && isFirst && count > 1) ||
      i >= count - context.kept ||
      (context.withNext && (isLast || group.kind === "annexNote"));
    const added = {
      onGrid: piece.onGrid && !context.isClose,
      keep: keep && !(isLast && context.isLast),
      before: isFirst ? context.lines * style.grid.pitch : piece.before,
      newPage: isFirst && context.newPage,
      ...(isFirst && context.newColumn ? { newColumn: true } : {}),
    };
    const make = (): Piece => inRoom({ ...piece, ...added }, group.room);
    // The lines of a paragraph change together; a row of a table that is the same piece stays so.
    return group.kind === "table" ? cache.get(piece, `joined ${JSON.stringify(added)}`, make) : make();
  });
}

/** A piece, and all that it may be divided into, across the columns or on a landscape page. */
function inRoom(piece: Piece, room: Room): Piece {
  if (room === "column") return piece;
  const placed: Piece = { ...piece, ...(room === "across" ? { span: true } : { landscape: true }) };
  const { divide } = piece;
  if (!divide) return placed;
  return {
    ...placed,
    divide(free) {
      const parts = divide(free);
      return parts && [inRoom(parts[0], room), inRoom(parts[1], room)];
    },
  };
}

/** 附件说明 and 落款 end a notice. */
const isEnd = (group: Group | undefined): boolean =>
  group?.kind === "annexNote" || group?.kind === "signature" || group?.kind === "date";

/** How many lines of a group go with the end of its notice: two, in two paragraphs if the last has one line only. */
function keptForEnd(next: Group | undefined, afterNext: Group | undefined): number {
  if (isEnd(next)) return 2;
  return next?.kind !== "table" && next?.pieces.length === 1 && isEnd(afterNext) ? 1 : 0;
}

/** Least room between a table and the text below it, grid lines; the text then goes to the next line of the grid. Its
 *  own note follows it directly. */
const belowTable = 0.3;

const startsPage = (kind: Group["kind"], style: StyleSheet): boolean =>
  kind !== "table" && kind !== "figure" && style.newPage.includes(kind);

// ---------------------------------------------------------------- tables

function tableGroup(block: Table, origin: Origin, room: Room, shop: Workshop): Group {
  const { style } = shop;
  const key = `from ${JSON.stringify(origin)}`;
  // A row that is the same piece stays so with its origin.
  const pieces = tablePieces(block, measureIn(room, style), heightIn(room, style), shop).map((piece) =>
    shop.cache.get(piece, key, () => withOrigin(piece, origin)),
  );
  return { kind: "table", pieces, before: 0, after: 0, isHead: false, room };
}
