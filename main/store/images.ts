// The pictures of bodies in the store, each once under the SHA-256 of its file. They are never removed: the journal may
// bring back a body that shows one.

import { damaged } from "./database.ts";
import type { Rows } from "./rows.ts";
import { sha256 } from "./rows.ts";

export interface StoredImage {
  readonly mime: string;
  readonly bytes: Uint8Array;
}

export class Images {
  private readonly rows: Rows;

  constructor(rows: Rows) {
    this.rows = rows;
  }

  /** Returns the image's name; the same bytes have the same. Width and height in pixels, as the picture is seen. */
  put(bytes: Uint8Array, about: { readonly mime: string; readonly width: number; readonly height: number }): string {
    const image = sha256(bytes);
    this.rows.run(
      "INSERT INTO images (sha256, bytes, mime, width, height, at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
      image,
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      about.mime,
      about.width,
      about.height,
      this.rows.time(),
    );
    return image;
  }

  /** Null when there is none of that name. */
  find(image: string): StoredImage | null {
    const row = this.rows.get<{ bytes: Buffer; mime: string }>(
      "SELECT bytes, mime FROM images WHERE sha256 = ?",
      image,
    );
    if (!row) return null;
    if (sha256(row.bytes) !== image) throw damaged(this.rows.file);
    return row;
  }
}
