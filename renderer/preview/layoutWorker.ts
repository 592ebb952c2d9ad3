// The worker in which the preview is laid out, so that typing never waits for it. It fetches the faces once; changes that
// come in while it works are laid out together.
import { Fonts } from "../../shared/layout/fonts.ts";
import { LayoutDesk } from "./layoutDesk.ts";
import type { Change, FromWorker, ToWorker } from "./messages.ts";

declare const self: {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
  postMessage(message: FromWorker, transfer?: Transferable[]): void;
};

let desk: LayoutDesk | null = null;
/** What came before the faces did. */
const waiting: Exclude<ToWorker, { type: "fonts" }>[] = [];
let due = false;

self.onmessage = ({ data: message }) => {
  if (message.type === "fonts") {
    if (!desk) void openDesk(message);
  } else if (desk) take(desk, message);
  else waiting.push(message);
};

async function openDesk(message: Extract<ToWorker, { type: "fonts" }>): Promise<void> {
  try {
    const bytes = new Map(
      await Promise.all(Object.entries(message.urls).map(async ([id, url]) => [id, await fetchBytes(url)] as const)),
    );
    const fonts = new Fonts(message.plan, (id) => {
      const face = bytes.get(id);
      if (!face) throw new RangeError(`face ${id} was not fetched`);
      return face;
    });
    desk = new LayoutDesk(fonts);
  } catch (error) {
    console.error(error);
    self.postMessage({ type: "failed", part: "fonts" });
    return;
  }
  for (const each of waiting.splice(0)) take(desk, each);
}

/** Past the cache: the editor asks for the same faces at the same time, and Chromium fails both when so large an answer
 *  does not fit its cache. */
async function fetchBytes(url: string): Promise<Uint8Array> {
  const response = await fetch(url, { cache: "no-store" });
  if (!response.ok) throw new RangeError(`${url} answered ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

function take(open: LayoutDesk, message: Exclude<ToWorker, { type: "fonts" }>): void {
  if (message.type === "show") self.postMessage(open.show(message.pages));
  else if (message.type === "caret") self.postMessage(open.moveCaret(message.caret));
  else changeAndLayOut(open, message);
}

function changeAndLayOut(open: LayoutDesk, change: Change): void {
  open.change(change);
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
