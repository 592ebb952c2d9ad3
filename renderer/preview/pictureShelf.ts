// Decoded pictures by their names, kept while they are likely to be painted again. One that cannot be had is tried again
// while it is in view: the program behind the window may have been starting anew.
import { createStore } from "zustand";

/** Pictures that are kept beside those in view; the one that was decoded first goes first. */
const kept = 24;
/** Milliseconds between two tries. */
const pause = 5000;

export class PictureShelf<P extends { close(): void }> {
  /** Null for one that cannot be had now. */
  readonly pictures = createStore<ReadonlyMap<string, P | null>>()(() => new Map());
  private readonly read: (image: string) => Promise<P>;
  private readonly asked = new Set<string>();
  private readonly retries = new Map<string, ReturnType<typeof setTimeout>>();
  /** How many pages in view show an image. */
  private readonly inView = new Map<string, number>();

  constructor(read: (image: string) => Promise<P>) {
    this.read = read;
  }

  /** A page that shows the image has come into view. */
  show(image: string): void {
    this.inView.set(image, (this.inView.get(image) ?? 0) + 1);
    void this.decode(image);
  }

  /** Such a page has left the view. */
  hide(image: string): void {
    this.inView.set(image, (this.inView.get(image) ?? 1) - 1);
  }

  private isSeen(image: string): boolean {
    return (this.inView.get(image) ?? 0) > 0;
  }

  private async decode(image: string): Promise<void> {
    if (this.asked.has(image) || this.pictures.getState().get(image)) return;
    this.asked.add(image);
    clearTimeout(this.retries.get(image));
    const picture = await this.read(image).catch((error: unknown) => {
      console.error(error);
      return null;
    });
    this.asked.delete(image);
    this.put(image, picture);
    if (picture) this.retries.delete(image);
    else
      this.retries.set(
        image,
        setTimeout(() => this.isSeen(image) && void this.decode(image), pause),
      );
  }

  private put(image: string, picture: P | null): void {
    const all = new Map(this.pictures.getState()).set(image, picture);
    const unseen = [...all].filter(([each]) => !this.isSeen(each));
    const gone = unseen.slice(0, Math.max(0, unseen.length - kept));
    for (const [old] of gone) all.delete(old);
    this.pictures.setState(all, true);
    for (const [, old] of gone) old?.close();
  }
}
