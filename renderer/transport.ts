// The window's one way to the core: the bridge of Electron's preload, or fetch to the loopback server of browser mode.
// Files travel over the same paths in both, since Electron serves them under app://gazette.
import { type CoreEvent, type GazetteApi, GazetteError, type Reply, type Stamp } from "../shared/api.ts";
import { client } from "../shared/calls.ts";

export interface Transport {
  readonly api: GazetteApi;
  /** Returns the function that ends the subscription. */
  onEvent(listener: (event: CoreEvent) => void): () => void;
  /** Hands a file to the core; the answer is the upload that `readUpload` takes. Throws GazetteError. */
  upload(file: File): Promise<string>;
  /** Where the bytes of a face are; same origin, also from a worker. */
  faceUrl(id: string): string;
  /** Where the bytes of a picture of the store are. */
  imageUrl(image: string): string;
  downloadUrl(token: string): string;
}

/** What preload.ts puts on `window`. */
interface Bridge {
  call(method: string, args: readonly unknown[]): Promise<Reply<unknown>>;
  onEvent(listener: (event: CoreEvent) => void): () => void;
}
declare global {
  interface Window {
    readonly gazette?: Bridge;
  }
}

/** This window, as the core knows it from the stamps of its changes. */
export const windowClient: string = crypto.randomUUID();
let seq = 0;
export function nextStamp(): Stamp {
  seq += 1;
  return { client: windowClient, seq };
}

const lost = "与政报工坊的连接断了，请看看程序是否还开着。";

/** A refusal that came as JSON {code, message}, or a lost connection. */
async function refusal(response: Response): Promise<GazetteError> {
  const answer: unknown = await response.json().catch(() => null);
  if (typeof answer === "object" && answer !== null && "code" in answer && "message" in answer)
    return new GazetteError("internal", String(answer.message));
  if (response.status === 401 || response.status === 403)
    return new GazetteError("internal", "这个窗口已失效，请关闭后重新打开政报工坊。");
  if (response.status === 413) return new GazetteError("badFile", "文件太大，无法导入。");
  return new GazetteError("internal", lost);
}

async function post(path: string, type: string, body: BodyInit): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(path, { method: "POST", headers: { "content-type": type }, body });
  } catch (cause) {
    throw new GazetteError("internal", lost, { cause });
  }
  if (!response.ok) throw await refusal(response);
  return response.json();
}

async function send(method: string, args: readonly unknown[]): Promise<Reply<unknown>> {
  if (window.gazette) return window.gazette.call(method, args);
  return (await post("/rpc", "application/json", JSON.stringify({ method, args }))) as Reply<unknown>;
}

const listeners = new Set<(event: CoreEvent) => void>();
let source: EventSource | null = null;

/** All listeners share one stream: a browser opens only few connections to one server. */
function onEvent(listener: (event: CoreEvent) => void): () => void {
  if (window.gazette) return window.gazette.onEvent(listener);
  listeners.add(listener);
  if (!source) {
    source = new EventSource("/events");
    source.onmessage = (message) => {
      const event = JSON.parse(message.data) as CoreEvent;
      for (const each of listeners) each(event);
    };
  }
  return () => listeners.delete(listener);
}

async function upload(file: File): Promise<string> {
  const answer = await post(`/upload?name=${encodeURIComponent(file.name)}`, "application/octet-stream", file);
  if (typeof answer === "object" && answer !== null && "upload" in answer && typeof answer.upload === "string")
    return answer.upload;
  throw new GazetteError("internal", lost);
}

export const transport: Transport = {
  api: client(send),
  onEvent,
  upload,
  faceUrl: (id) => `/face/${encodeURIComponent(id)}`,
  imageUrl: (image) => `/image/${encodeURIComponent(image)}`,
  downloadUrl: (token) => `/download/${encodeURIComponent(token)}`,
};
