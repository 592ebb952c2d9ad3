// The pictures of the pages in view, decoded: an edit repaints a page at every keystroke. Kept no larger than the preview
// can show them.
import { useEffect, useMemo } from "react";
import { useStore } from "zustand";
import { useShallow } from "zustand/shallow";
import { transport } from "../transport.ts";
import type { Decoded } from "./paint.ts";
import { PictureShelf } from "./pictureShelf.ts";

/** Px of a picture's longer side. */
const longest = 2000;

const shelf = new PictureShelf(read);

/** The pictures among `images` that are decoded; a new map only when one of them comes. */
export function usePagePictures(images: ReadonlySet<string>): Decoded {
  const names = [...images].join(" ");
  const bitmaps = useStore(
    shelf.pictures,
    useShallow((all) => namesOf(names).map((image) => all.get(image) ?? null)),
  );
  useEffect(() => {
    for (const image of namesOf(names)) shelf.show(image);
    return () => {
      for (const image of namesOf(names)) shelf.hide(image);
    };
  }, [names]);
  return useMemo(() => new Map(namesOf(names).map((image, i) => [image, bitmaps[i] ?? null])), [names, bitmaps]);
}

function namesOf(list: string): string[] {
  return list === "" ? [] : list.split(" ");
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
