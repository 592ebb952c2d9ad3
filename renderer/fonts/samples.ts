// Samples are set in the faces themselves, fetched from the core while the dialog shows them.
import { useEffect, useState } from "react";
import type { FaceId } from "../../shared/layout/display.ts";
import { transport } from "../transport.ts";

const loaded = new Map<FaceId, FontFace>();

/** The CSS family of a face: "waiting" until it is there, null when the browser cannot show it. */
export function useSample(id: FaceId | null): string | "waiting" | null {
  const [shown, setShown] = useState<{ readonly id: FaceId | null; readonly right: boolean } | null>(null);
  useEffect(() => {
    if (id === null) return;
    let left = false;
    void load(id).then((right) => !left && setShown({ id, right }));
    return () => {
      left = true;
    };
  }, [id]);
  if (id === null) return null;
  if (shown?.id !== id) return "waiting";
  return shown.right ? familyOf(id) : null;
}

const familyOf = (id: FaceId) => `gazette-sample-${id}`;

async function load(id: FaceId): Promise<boolean> {
  let face = loaded.get(id);
  if (!face) {
    face = new FontFace(familyOf(id), `url("${transport.faceUrl(id)}")`);
    loaded.set(id, face);
    document.fonts.add(face);
  }
  return face.load().then(
    () => true,
    () => false,
  );
}

/** Each takes some ten megabytes. */
export function dropSamples(): void {
  for (const face of loaded.values()) document.fonts.delete(face);
  loaded.clear();
}
