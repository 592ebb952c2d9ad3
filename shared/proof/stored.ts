// A finding on what is stored: where it stands, what proves it, what would put it right, and an identity that outlives
// edits elsewhere, so that an ignore or a link to it stays true. Plain data; made by proofreader.ts.
import type { NoticeId } from "../model/notice.ts";
import type { WordPlace } from "../model/wordPlace.ts";
import type { IgnoreId } from "./ignore.ts";
import type { Severity } from "./proof.ts";

export type ProofPlace = WordPlace;

/** The other half of a contradiction. */
export interface Evidence {
  /** Null: it is not in a text of the store (a dictionary, a calendar). */
  readonly place: ProofPlace | null;
  /** The words there, as they stand. */
  readonly quote: string;
  /** Title of its notice, name of its issue, or name of the dictionary. */
  readonly source: string;
  /** 1-based line of the imported file; absent for what is stored. */
  readonly line?: number;
}

/** Same rule, notice, words and evidence give the same id, wherever in the notice they stand. */
export type FindingId = string;

export interface StoredFinding {
  readonly id: FindingId;
  /** Dotted rule name: docno.duplicate. */
  readonly rule: string;
  readonly severity: Severity;
  /** One sentence in Chinese: what, and what it should be. */
  readonly message: string;
  /** The words it is about, as they stand: text of [from, to) of the place. */
  readonly quote: string;
  /** The words with a little of what stands around them. */
  readonly excerpt: string;
  readonly place: ProofPlace;
  /** What to write instead of `quote`; absent where only a person can tell. */
  readonly fix?: string;
  readonly evidence: readonly Evidence[];
  /** The ignore that covers it; null: none, it is open. */
  readonly ignored: IgnoreId | null;
}

/** The notice a place is in; null for a place of the issue. */
export function noticeOf(place: ProofPlace): NoticeId | null {
  return place.in === "issue" ? null : place.notice;
}

/** 53 bits of a text, as 11 characters of base 36 (cyrb53, public domain): for identities, not against forgers. */
export function fingerprint(text: string): string {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36).padStart(11, "0");
}
