// Trouble in the text, as data: what import, composing and (later) proofreading report. Never an exception.
import type { NoticeId } from "../model/notice.ts";

export type Severity = "error" | "warning" | "hint";

export const severityNames: Readonly<Record<Severity, string>> = { error: "差错", warning: "存疑", hint: "提示" };

export interface Finding {
  /** Dotted rule name, e.g. "toc.docno-mismatch". */
  readonly rule: string;
  readonly severity: Severity;
  /** One sentence in Chinese: what, where, what it should be. */
  readonly message: string;
  /** The words it is about, as they stand. */
  readonly excerpt: string;
  /** 1-based line of the imported file; absent for text already stored. */
  readonly line?: number;
  readonly notice?: NoticeId;
  /** Other places or values that prove it: “正文为 临政人〔2023〕5号（第1045行）”. */
  readonly evidence?: string;
  /** Index of the block of the notice's body, -1 for its title; with UTF-16 offsets into the text of that paragraph. */
  readonly block?: number;
  readonly from?: number;
  readonly to?: number;
  /** What to write instead of [from, to); absent where only a person can tell. */
  readonly fix?: string;
  /** The other place of a contradiction, where a reader may look first: it is reported there too. */
  readonly counterpart?: { readonly line: number; readonly excerpt: string };
}
