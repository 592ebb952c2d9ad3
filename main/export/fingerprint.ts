// The fingerprint by which a file, a face or a text is known again.
import { createHash } from "node:crypto";

/** Hexadecimal; of a text, that of its UTF-8. */
export function sha256(of: Uint8Array | string): string {
  return createHash("sha256").update(of).digest("hex");
}
