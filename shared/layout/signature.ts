// 落款 without a seal (GB/T 9704 7.3.5.2): issuers begin on one vertical, the widest two characters from the right edge;
// the date begins two characters further right. A date longer than the issuers ends two from the edge itself.
import { type Block, type Paragraph, paragraphText } from "../model/block.ts";
import type { Notice } from "../model/notice.ts";
import type { Origin } from "./flow.ts";
import type { SetLine } from "./paragraph.ts";
import { paragraphLines } from "./prose.ts";
import { settingOf } from "./style.ts";
import { type Group, group, linePieces, measureIn, type Workshop } from "./workshop.ts";

type Signing = Paragraph & { readonly attrs: { readonly kind: "signature" | "date" } };

/** Issuer or date of a 落款; one with an alignment of its own is a plain paragraph. */
export const isSignature = (block: Block | undefined): block is Signing =>
  block?.type === "paragraph" &&
  (block.attrs.kind === "signature" || block.attrs.kind === "date") &&
  !block.attrs.align;

/** The issuers and dates that block `index` stands with; they are placed by each other's widths. */
function signers(body: readonly Block[], index: number): Signing[] {
  let first = index;
  while (isSignature(body[first - 1])) first--;
  const found: Signing[] = [];
  for (let i = first; ; i++) {
    const part = body[i];
    if (!isSignature(part)) return found;
    found.push(part);
  }
}

/** What the place of block `index` depends on. */
export const signersText = (body: readonly Block[], index: number): string =>
  JSON.stringify(signers(body, index).map((part) => [part.attrs.kind, paragraphText(part)]));

/** Throws RangeError when the block signs nothing. */
export function signatureGroup(notice: Notice, index: number, shop: Workshop): Group {
  const block = notice.body[index];
  if (!isSignature(block)) throw new RangeError(`block ${index} of notice ${notice.id} signs nothing`);
  const { style } = shop;
  const { kind } = block.attrs;
  const setting = settingOf(style, kind);
  const widest = (wanted: "signature" | "date") =>
    signers(notice.body, index)
      .filter((part) => part.attrs.kind === wanted)
      .flatMap((part) => signatureLines(part, shop))
      .reduce((most, line) => Math.max(most, line.width), 0);
  const signer = widest("signature");
  const date = widest("date");
  const right = measureIn("column", style) - setting.right * setting.size;
  const inset = 2 * setting.size;
  // Where the issuers begin; a date on its own has none to follow.
  const signerLeft = date > signer ? right - date - inset : right - signer;
  const dateLeft = signer === 0 ? right - date : signerLeft + inset;
  const left = kind === "date" ? dateLeft : signerLeft;
  const origin: Origin = { in: "body", notice: notice.id, block: index };
  const pieces = linePieces(signatureLines(block, shop), origin, style).map((piece) => ({
    ...piece,
    texts: piece.texts.map((text) => ({ ...text, x: Math.max(0, left) })),
  }));
  const made = group(kind, setting, pieces, "column", isSignature(notice.body[index + 1]));
  // Issuers and date follow each other without room, whatever their kinds ask for.
  return isSignature(notice.body[index - 1]) ? { ...made, before: 0 } : made;
}

/** Lines of a signature or date, flush left. */
function signatureLines(block: Paragraph, shop: Workshop): SetLine[] {
  const setting = settingOf(shop.style, block.attrs.kind);
  const around = { follows: false, room: "column", notes: 0 } as const;
  return shop.cache.get(block, "signature", () =>
    paragraphLines({ ...block, attrs: { ...block.attrs, align: "left" } }, around, { ...setting, indent: 0 }, shop),
  );
}
