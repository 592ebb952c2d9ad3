// The worker in which the preview is laid out, so that typing never waits for it. It fetches each face once; changes that
// come in while it works are laid out together.
import type { FaceId } from "../../shared/layout/display.ts";
import { Fonts } from "../../shared/layout/fonts.ts";
import { LayoutDesk } from "./layoutDesk.ts";
import type { Change, FontsMessage, FromWorker, ToWorker } from "./messages.ts";

declare const self: {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
  postMessage(message: FromWorker, transfer?: Transferable[]): void;
};

type Work = Exclude<ToWorker, { type: "fonts" | "tryFonts" }>;

let desk: LayoutDesk | null = null;
/** What came before the faces did. */
const waiting: Work[] = [];
let due = false;
/** The faces in use. */
const known = new Map<FaceId, Uint8Array>();
/** Number of the last fonts that were asked for: while they are fetched, others may be chosen. */
let wanted = 0;

self.onmessage = ({ data: message }) => {
  if (message.type === "fonts") void setFonts(message);
  else if (message.type === "tryFonts") void tryFonts(message);
  else if (desk) take(desk, message);
  else waiting.push(message);
};

async function setFonts(message: FontsMessage): Promise<void> {
  const turn = ++wanted;
  let bytes: Map<FaceId, Uint8Array>;
  try {
    bytes = await fetchFaces(message);
  } catch (error) {
    console.error(error);
    self.postMessage({ type: "failed", part: "fonts" });
    return;
  }
  if (turn !== wanted) return;
  known.clear();
  for (const [id, face] of bytes) known.set(id, face);
  const fonts = fontsOf(message, bytes);
  if (desk) {
    desk.setFonts(fonts);
    layOutSoon(desk);
    return;
  }
  desk = new LayoutDesk(fonts);
  for (const each of waiting.splice(0)) take(desk, each);
}

async function tryFonts({ ask, ...message }: { readonly ask: number } & FontsMessage): Promise<void> {
  try {
    const changes = desk?.tryFonts(fontsOf(message, await fetchFaces(message))) ?? null;
    self.postMessage({ type: "tried", ask, changes });
  } catch (error) {
    console.error(error);
    self.postMessage({ type: "tried", ask, changes: null });
  }
}

async function fetchFaces({ urls }: FontsMessage): Promise<Map<FaceId, Uint8Array>> {
  const entries = Object.entries(urls).map(
    async ([id, url]) => [id, known.get(id) ?? (await fetchBytes(url))] as const,
  );
  return new Map(await Promise.all(entries));
}

function fontsOf({ plan, infos }: FontsMessage, bytes: ReadonlyMap<FaceId, Uint8Array>): Fonts {
  const load = (id: FaceId): Uint8Array => {
    const face = bytes.get(id);
    if (!face) throw new RangeError(`face ${id} was not fetched`);
    return face;
  };
  return new Fonts(plan, load, infos);
}

/** Past the cache: the editor asks for the same faces at the same time, and Chromium fails both when so large an answer
 *  does not fit its cache. */
async function fetchBytes(url: string): Promise<Uint8Array> {
  const response = await fetch(url, { cache: "no-store" });
  if (!response.ok) throw new RangeError(`${url} answered ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

function take(open: LayoutDesk, message: Work): void {
  if (message.type === "show") self.postMessage(open.show(message.pages));
  else if (message.type === "caret") self.postMessage(open.moveCaret(message.caret));
  else changeAndLayOut(open, message);
}

function changeAndLayOut(open: LayoutDesk, change: Change): void {
  open.change(change);
  layOutSoon(open);
}

function layOutSoon(open: LayoutDesk): void {
  if (due) return;
  due = true;
  setTimeout(() => {
    due = false;
    try {
      self.postMessage(open.layOut());
    } catch (error) {
      console.error(error);
      self.postMessage({ type: "failed", part: "layout" });
    }
    sendFaces(open);
  });
}

/** One face at a time, with room for changes in between: to rebuild one takes as long as several layouts. */
function sendFaces(open: LayoutDesk): void {
  const face = open.nextFace();
  if (!face) return;
  self.postMessage(face, [face.bytes.buffer]);
  setTimeout(() => sendFaces(open));
}
