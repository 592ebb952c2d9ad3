// The pictures of the pages in view, decoded once and kept while they are likely to be painted again: an edit repaints a
// page at every keystroke. Kept no larger than the preview can show them.
import { useEffect, useMemo } from "react";
import { create } from "zustand";
import { useShallow } from "zustand/shallow";
import { transport } from "../transport.ts";
import type { Decoded } from "./paint.ts";

/** Pictures that are kept beside those in view; the one that was decoded first goes first. */
const kept = 24;
/** Px of a picture's longer side. */
const longest = 2000;

/** By image; null for one that cannot be had. */
const useDecoded = create<ReadonlyMap<string, ImageBitmap | null>>()(() => new Map());
const asked = new Set<string>();
/** How many pages in view show an image. */
const inView = new Map<string, number>();

/** The pictures among `images` that are decoded; a new map only when one of them comes. */
export function usePagePictures(images: ReadonlySet<string>): Decoded {
  const names = [...images].join(" ");
  const bitmaps = useDecoded(useShallow((all) => namesOf(names).map((image) => all.get(image) ?? null)));
  useEffect(() => {
    for (const image of namesOf(names)) {
      inView.set(image, (inView.get(image) ?? 0) + 1);
      void decode(image);
    }
    return () => {
      for (const image of namesOf(names)) inView.set(image, (inView.get(image) ?? 1) - 1);
    };
  }, [names]);
  return useMemo(() => new Map(namesOf(names).map((image, i) => [image, bitmaps[i] ?? null])), [names, bitmaps]);
}

function namesOf(list: string): string[] {
  return list === "" ? [] : list.split(" ");
}

async function decode(image: string): Promise<void> {
  if (asked.has(image) || useDecoded.getState().has(image)) return;
  asked.add(image);
  const bitmap = await read(image).catch((error: unknown) => {
    console.error(error);
    return null;
  });
  asked.delete(image);
  const all = new Map(useDecoded.getState()).set(image, bitmap);
  const unseen = [...all].filter(([each]) => (inView.get(each) ?? 0) === 0);
  const gone = unseen.slice(0, Math.max(0, unseen.length - kept));
  for (const [old] of gone) all.delete(old);
  useDecoded.setState(all, true);
  for (const [, old] of gone) old?.close();
}

async function read(image: string): Promise<ImageBitmap> {
  const response = await fetch(transport.imageUrl(image));
  if (!response.ok) throw new RangeError(`image ${image} answered ${response.status}`);
  const whole = await createImageBitmap(await response.blob());
  const scale = longest / Math.max(whole.width, whole.height);
  if (scale >= 1) return whole;
  const resizeWidth = Math.max(1, Math.round(whole.width * scale));
  const resizeHeight = Math.max(1, Math.round(whole.height * scale));
  const small = await createImageBitmap(whole, { resizeWidth, resizeHeight, resizeQuality: "high" });
  whole.close();
  return small;
}
