// The core in a process of its own and the handle that Electron's main process holds on it: a long import or a slow disk
// must not make the window deaf, and a crash must not take it along. Both ends of one message channel stand here, so
// that a question and its answer are read together.
import { type CoreEvent, GazetteError, type GazetteErrorCode, type Reply } from "../shared/api.ts";
import { dispatch } from "../shared/calls.ts";
import type { Core } from "./core.ts";
import type { Finished } from "./export/shelf.ts";
import type { Files } from "./routes.ts";
import type { StoredImage } from "./store/images.ts";

/** Where the parts of the program are; sent to the core's process once, as its first message. */
export interface Order {
  readonly folder: string;
  readonly assets: string;
  /** Folder of the shipped faces; null: the npm packages. */
  readonly faces: string | null;
}

/** One end of a channel of structured clones. */
export interface Channel {
  send(message: unknown): void;
  receive(listener: (message: unknown) => void): void;
}

/** What the handle asks for; the answer of each is a value or a refusal under the same id. */
interface Requests {
  open(order: Order): Promise<void>;
  call(method: unknown, args: unknown): Promise<Reply<unknown>>;
  putUpload(bytes: Uint8Array, fileName: string): Promise<string>;
  face(id: string): Promise<Uint8Array>;
  image(id: string): Promise<StoredImage>;
  download(token: string): Promise<Finished | null>;
  close(): Promise<void>;
}
interface Question {
  readonly id: number;
  readonly ask: keyof Requests;
  readonly args: readonly unknown[];
}
type Answer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly code: GazetteErrorCode; readonly message: string };

/** The end in the core's process. */
export function serveCore(
  channel: Channel,
  open: (order: Order, onError: (error: unknown) => void) => Core,
  onError: (error: unknown) => void,
): void {
  let opened: Core | null = null;
  const core = () => {
    if (opened === null) throw new RangeError("the core is not open");
    return opened;
  };
  const requests: Requests = {
    open: async (order) => {
      opened = open(order, onError);
      opened.onEvent((event) => channel.send({ event }));
    },
    call: (method, args) => dispatch(core().api, method, args, onError),
    putUpload: async (bytes, fileName) => core().putUpload(bytes, fileName),
    face: async (id) => core().face(id),
    image: (id) => core().image(id),
    download: async (token) => core().download(token),
    close: () => core().close(),
  };
  channel.receive(async (message) => {
    const { id, ask, args } = message as Question; // from RemoteCore below
    const request: (...args: never[]) => Promise<unknown> = requests[ask];
    channel.send(await settle(id, () => request(...(args as never[]))));
  });

  async function settle(id: number, work: () => Promise<unknown>): Promise<Answer> {
    try {
      return { id, value: await work() };
    } catch (error) {
      if (error instanceof GazetteError) return { id, code: error.code, message: error.message };
      onError(error);
      return { id, code: "internal", message: "程序内部出错，这一步没有完成；已保存的内容没有改动，请再试一次。" };
    }
  }
}

/** The end in Electron's main process. Every promise ends: when the core's process does, with a GazetteError. */
export class RemoteCore implements Files {
  private readonly channel: Channel;
  private readonly waiting = new Map<number, { answer(value: unknown): void; refuse(error: GazetteError): void }>();
  private readonly listeners: ((event: CoreEvent) => void)[] = [];
  private lost: GazetteError | null = null;
  private last = 0;

  constructor(channel: Channel) {
    this.channel = channel;
    channel.receive((message) => this.take(message as Answer | { readonly event: CoreEvent }));
  }

  /** Comes before anything else. Throws what openCore throws. */
  open(order: Order): Promise<void> {
    return this.ask("open", order);
  }

  /** Does not reject: a core that is gone is a reply as well. */
  call(method: unknown, args: unknown): Promise<Reply<unknown>> {
    return this.ask("call", method, args).catch(({ code, message }: GazetteError) => ({ ok: false, code, message }));
  }

  onEvent(listener: (event: CoreEvent) => void): void {
    this.listeners.push(listener);
  }

  putUpload(bytes: Uint8Array, fileName: string): Promise<string> {
    return this.ask("putUpload", bytes, fileName);
  }

  face(id: string): Promise<Uint8Array> {
    return this.ask("face", id);
  }

  image(id: string): Promise<StoredImage> {
    return this.ask("image", id);
  }

  download(token: string): Promise<Finished | null> {
    return this.ask("download", token);
  }

  close(): Promise<void> {
    return this.ask("close");
  }

  /** To be called when the core's process has ended: everything asked is refused from now on. */
  end(): void {
    this.lost = new GazetteError("internal", "程序内部出错，请重新打开政报工坊；已保存的内容没有改动。");
    for (const { refuse } of this.waiting.values()) refuse(this.lost);
    this.waiting.clear();
  }

  private ask<K extends keyof Requests>(ask: K, ...args: Parameters<Requests[K]>): ReturnType<Requests[K]> {
    this.last += 1;
    const id = this.last;
    const { lost } = this;
    const answered = new Promise<unknown>((answer, refuse) => {
      if (lost) return refuse(lost);
      this.waiting.set(id, { answer, refuse });
      this.channel.send({ id, ask, args } satisfies Question);
    });
    return answered as ReturnType<Requests[K]>; // serveCore answers with what Requests says
  }

  private take(message: Answer | { readonly event: CoreEvent }): void {
    if ("event" in message) {
      for (const listener of this.listeners) listener(message.event);
      return;
    }
    const waiting = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if ("code" in message) waiting?.refuse(new GazetteError(message.code, message.message));
    else waiting?.answer(message.value);
  }
}
