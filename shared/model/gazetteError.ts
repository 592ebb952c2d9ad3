// Expected refusals: not found, stale, unreadable. A programmer's mistake is a RangeError, trouble in the text is data.
// Stands below layout and read, which refuse outside data too; api.ts hands it on.

/** Expected refusals. Each carries one Chinese sentence that says what to do. */
export type GazetteErrorCode =
  | "badRequest" // arguments of the wrong shape
  | "notFound"
  | "stale" // someone changed it first
  | "notAllowed" // by the workflow: not signed, another role, frozen
  | "badFile" // missing, empty, a folder, too large, not text, not a gazette
  | "storeUnusable" // no gazette store, newer than the program, damaged, locked
  | "diskFull" // or read-only
  | "missingGlyph"
  | "proofFailed" // the finished PDF does not hold what it should
  | "cancelled"
  | "internal";

export class GazetteError extends Error {
  readonly code: GazetteErrorCode;
  constructor(code: GazetteErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "GazetteError";
    this.code = code;
  }
}
