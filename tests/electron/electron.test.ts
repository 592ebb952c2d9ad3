// The real main/electron.ts and main/coreProcess.ts driven by a fake `electron`: what they ask Electron for, and what
// they answer to a hostile page. The fake's processes are channels of structured clones; no Electron binary runs here.
import { EventEmitter } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { CoreEvent } from "../../shared/api.ts";

type Listener = (...args: unknown[]) => unknown;

const root = dirname(dirname(import.meta.dirname));
const folder = mkdtempSync(join(tmpdir(), "zhengbao-electron-"));
process.env.GAZETTE_DATA = folder;
// Electron's own global of an installed program.
Object.assign(process, { resourcesPath: "/opt/zhengbao/resources" });
afterAll(() => rmSync(folder, { recursive: true }));

class FakeContents extends EventEmitter {
  openHandler: ((details: { url: string }) => { action: string }) | null = null;
  sent: unknown[][] = [];
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }) {
    this.openHandler = handler;
  }
  send(...message: unknown[]) {
    this.sent.push(message);
  }
  getURL() {
    return "app://gazette/";
  }
}

interface WindowOptions {
  readonly webPreferences: Readonly<Record<string, unknown>>;
}

/** Electron as far as main/electron.ts uses it; `world.current` is the one of the running test. */
function fakeElectron() {
  const windows: FakeWindow[] = [];
  class FakeWindow extends EventEmitter {
    readonly webContents = new FakeContents();
    readonly options: WindowOptions;
    focused = 0;
    loaded: string[] = [];
    constructor(options: WindowOptions) {
      super();
      this.options = options;
      windows.push(this);
      app.emit("web-contents-created", {}, this.webContents);
    }
    static getAllWindows() {
      return windows;
    }
    loadURL(url: string) {
      this.loaded.push(url);
      return Promise.resolve();
    }
    show() {}
    isMinimized() {
      return false;
    }
    focus() {
      this.focused += 1;
    }
  }
  const app = Object.assign(new EventEmitter(), {
    isPackaged: true,
    sandboxed: false,
    quits: 0,
    exits: [] as number[],
    locked: true,
    enableSandbox() {
      app.sandboxed = true;
    },
    setPath: vi.fn(),
    getAppPath: () => root,
    requestSingleInstanceLock: () => app.locked,
    whenReady: () => Promise.resolve(),
    quit() {
      app.quits += 1;
    },
    exit(code: number) {
      app.exits.push(code);
    },
  });
  const handlers: Record<string, Listener> = {};
  const permissions: Record<string, Listener> = {};
  return {
    app,
    windows,
    handlers,
    permissions,
    schemes: [] as unknown[],
    files: null as ((request: Request) => Promise<Response>) | null,
    menus: [] as { label?: string; submenu?: { role?: string; label?: string }[] }[],
    dialogs: [] as string[],
    choice: 0,
    children: [] as (EventEmitter & { readonly path: string })[],
    BrowserWindow: FakeWindow,
  };
}

const world = vi.hoisted(() => ({
  current: null as unknown as ReturnType<typeof fakeElectron>,
  emit: null as ((event: CoreEvent) => void) | null,
  closed: 0,
  opened: [] as unknown[],
  openFails: null as Error | null,
}));

vi.mock("electron", () => ({
  get app() {
    return world.current.app;
  },
  get BrowserWindow() {
    return world.current.BrowserWindow;
  },
  dialog: {
    showErrorBox: (_: string, text: string) => world.current.dialogs.push(text),
    showMessageBoxSync: () => world.current.choice,
  },
  ipcMain: {
    handle: (channel: string, listener: Listener) => {
      world.current.handlers[channel] = listener;
    },
  },
  Menu: {
    buildFromTemplate: (template: unknown) => template,
    setApplicationMenu: (menu: ReturnType<typeof fakeElectron>["menus"]) => {
      world.current.menus = menu;
    },
  },
  protocol: {
    registerSchemesAsPrivileged: (schemes: unknown[]) => world.current.schemes.push(...schemes),
    handle: (_: string, handler: (request: Request) => Promise<Response>) => {
      world.current.files = handler;
    },
  },
  utilityProcess: { fork: (path: string) => fork(path) },
  session: {
    defaultSession: {
      setPermissionRequestHandler: (handler: Listener) => {
        world.current.permissions.request = handler;
      },
      setPermissionCheckHandler: (handler: Listener) => {
        world.current.permissions.check = handler;
      },
      setDevicePermissionHandler: (handler: Listener) => {
        world.current.permissions.device = handler;
      },
    },
  },
}));

/** Loads the real program of the core's process behind a channel, as utilityProcess.fork would. */
function fork(path: string) {
  const parentPort = Object.assign(new EventEmitter(), {
    postMessage: (message: unknown) => child.emit("message", structuredClone(message)),
  });
  Object.assign(process, { parentPort });
  const loaded = import("../../main/coreProcess.ts");
  const child = Object.assign(new EventEmitter(), {
    path,
    postMessage: (message: unknown) => {
      const data = structuredClone(message);
      loaded.then(() => parentPort.emit("message", { data }));
    },
  });
  world.current.children.push(child);
  return child;
}

vi.mock("../../main/core.ts", () => ({
  openCore: (...request: unknown[]) => {
    world.opened = request;
    if (world.openFails) throw world.openFails;
    return rememberingCore();
  },
}));

function rememberingCore() {
  return {
    api: { setting: async (key: string) => `value of ${key}` },
    onEvent: (listener: (event: CoreEvent) => void) => {
      world.emit = listener;
    },
    putUpload: () => "u1",
    face: () => new Uint8Array([1]),
    image: () => ({ mime: "image/png", bytes: new Uint8Array([2]) }),
    download: () => null,
    close: async () => {
      world.closed += 1;
    },
  };
}

async function launch(change: (fake: ReturnType<typeof fakeElectron>) => void = () => {}) {
  vi.resetModules();
  world.current = fakeElectron();
  change(world.current);
  await import("../../main/electron.ts");
  const { windows, app } = world.current;
  await expect.poll(() => windows.length + app.exits.length + app.quits).toBeGreaterThan(0);
  return world.current;
}

beforeEach(() => {
  world.closed = 0;
  world.openFails = null;
});

describe("the window", () => {
  test("is sandboxed, isolated and without Node", async () => {
    const { app, windows } = await launch();
    expect(app.sandboxed).toBe(true);
    expect(windows).toHaveLength(1);
    expect(windows[0]?.options.webPreferences).toEqual({
      preload: expect.stringMatching(/preload\.cjs$/),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      spellcheck: false,
      devTools: false,
    });
    expect(windows[0]?.loaded).toEqual(["app://gazette/"]);
  });

  test.each([
    ["app://gazette/", true],
    ["app://gazette/?a#b", true],
    ["https://example.com/", false],
    ["http://127.0.0.1:8123/", false],
    ["file:///etc/passwd", false],
    ["app://evil/", false],
    ["app://gazette.evil/", false],
    ["app://user@gazette/", false],
    ["javascript:alert(1)", false],
    ["data:text/html,x", false],
    ["no address", false],
  ])("may go to %s: %s", async (url, allowed) => {
    const { windows } = await launch();
    for (const way of ["will-navigate", "will-redirect", "will-frame-navigate"]) {
      const preventDefault = vi.fn();
      windows[0]?.webContents.emit(way, { url, preventDefault });
      expect([way, preventDefault.mock.calls.length]).toEqual([way, allowed ? 0 : 1]);
    }
  });

  test("opens no window and no webview", async () => {
    const { windows } = await launch();
    const contents = windows[0]?.webContents;
    expect(contents?.openHandler?.({ url: "app://gazette/" })).toEqual({ action: "deny" });
    const preventDefault = vi.fn();
    contents?.emit("will-attach-webview", { preventDefault });
    expect(preventDefault).toHaveBeenCalledOnce();
  });

  test("gets no permission but to copy text", async () => {
    const { permissions } = await launch();
    const contents = new FakeContents();
    for (const permission of ["media", "geolocation", "clipboard-read", "openExternal", "clipboard-sanitized-write"]) {
      const decide = vi.fn();
      permissions.request?.(contents, permission, decide);
      const granted = permission === "clipboard-sanitized-write";
      expect([permission, decide.mock.calls]).toEqual([permission, [[granted]]]);
      expect(permissions.check?.(contents, permission, "https://example.com")).toBe(false);
    }
    expect(permissions.check?.(null, "clipboard-sanitized-write", "app://gazette")).toBe(true);
    expect(permissions.device?.()).toBe(false);
  });

  test("asks before it closes over unsaved changes", async () => {
    const { windows } = await launch((fake) => {
      fake.choice = 0;
    });
    const preventDefault = vi.fn();
    windows[0]?.webContents.emit("will-prevent-unload", { preventDefault });
    expect(preventDefault).not.toHaveBeenCalled();
    world.current.choice = 1;
    windows[0]?.webContents.emit("will-prevent-unload", { preventDefault });
    expect(preventDefault).toHaveBeenCalledOnce();
  });
});

describe("calls", () => {
  const cases: [string, { url: string; parent: unknown } | null, boolean][] = [
    ["the window", { url: "app://gazette/", parent: null }, true],
    ["a frame in it", { url: "app://gazette/", parent: {} }, false],
    ["another host", { url: "app://evil/", parent: null }, false],
    ["a web page", { url: "https://example.com/", parent: null }, false],
    ["a frame that is gone", null, false],
  ];
  test.each(cases)("from %s", async (_, senderFrame, answered) => {
    const { handlers } = await launch();
    const reply = await handlers["gazette:call"]?.({ senderFrame }, "setting", ["pane"]);
    expect(reply).toMatchObject(answered ? { ok: true, value: "value of pane" } : { ok: false, code: "badRequest" });
  });

  test("of unknown methods and wrong shapes are refused", async () => {
    const { handlers } = await launch();
    const senderFrame = { url: "app://gazette/", parent: null };
    for (const [method, args] of [
      ["constructor", []],
      ["setting", [1]],
      ["setting", null],
      [null, []],
    ])
      expect(await handlers["gazette:call"]?.({ senderFrame }, method, args)).toMatchObject({ code: "badRequest" });
  });

  test("events go to the window", async () => {
    const { windows } = await launch();
    const event: CoreEvent = { type: "changed", notices: [], issues: [], styles: [], client: "a" };
    world.emit?.(event);
    await expect.poll(() => windows[0]?.webContents.sent.length).toBe(1);
    expect(windows[0]?.webContents.sent).toEqual([["gazette:event", event]]);
  });
});

describe("app://gazette", () => {
  test("is a standard, secure scheme that bypasses no policy", async () => {
    const { schemes } = await launch();
    expect(schemes).toEqual([
      { scheme: "app", privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
    ]);
  });

  test.each([
    ["app://gazette/face/song", "GET", 200],
    ["app://gazette/image/5a", "GET", 200],
    ["app://gazette/image/5a", "POST", 405],
    ["app://gazette/upload?name=a.txt", "POST", 200],
    ["app://evil/face/song", "GET", 403],
    ["app://gazette/rpc", "POST", 405],
    ["app://gazette/face/song", "DELETE", 405],
    ["app://gazette/download/x", "GET", 404],
    ["app://gazette/..%2f..%2fpackage.json", "GET", 400],
    ["app://gazette/package.json", "GET", 404],
  ])("%s %s", async (url, method, status) => {
    const { files } = await launch();
    const response = await files?.(new Request(url, { method, body: method === "POST" ? "text" : null }));
    expect(response?.status).toBe(status);
    expect(response?.headers.get("content-security-policy")).toContain("default-src 'none'");
  });
});

describe("lifecycle", () => {
  test("the core works on the data folder, with the files that are installed beside the program", async () => {
    const { children } = await launch();
    expect(children.map(({ path }) => path)).toEqual([expect.stringMatching(/coreProcess\.js$/)]);
    expect(world.opened[0]).toBe(folder);
    expect(world.opened[1]).toMatchObject({
      assets: join(root, "assets"),
      worker: expect.objectContaining({ pathname: expect.stringMatching(/exportWorker\.js$/) }),
      faces: { folder: join("/opt/zhengbao/resources", "fonts") },
    });
  });

  test("a second start brings the first window forward", async () => {
    const { app, windows } = await launch();
    app.emit("second-instance");
    expect(windows[0]?.focused).toBe(1);
  });

  test("a second program opens nothing", async () => {
    const { app, windows } = await launch((fake) => {
      fake.app.locked = false;
    });
    expect([windows.length, app.quits]).toEqual([0, 1]);
  });

  test("the core is closed before the program ends", async () => {
    const { app } = await launch();
    const preventDefault = vi.fn();
    app.emit("will-quit", { preventDefault });
    await expect.poll(() => app.quits).toBe(1);
    app.emit("will-quit", { preventDefault });
    expect([world.closed, preventDefault.mock.calls.length]).toEqual([1, 1]);
  });

  test("a store that cannot be opened is told in a sentence", async () => {
    vi.resetModules();
    world.current = fakeElectron();
    // The error class must be the one the fresh main/electron.ts sees.
    const { GazetteError } = await import("../../shared/api.ts");
    world.openFails = new GazetteError("storeUnusable", "数据文件由更新的版本写成。");
    await import("../../main/electron.ts");
    await expect.poll(() => world.current.app.exits).toEqual([2]);
    expect(world.current.dialogs).toEqual(["数据文件由更新的版本写成。"]);
  });

  test("a core that crashes is told in a sentence, and nothing waits for it for ever", async () => {
    const { app, children, dialogs, handlers } = await launch();
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    children[0]?.emit("exit", 1);
    expect(app.exits).toEqual([2]);
    expect(dialogs).toEqual(["程序内部出错，请重新打开；已保存的内容没有改动。"]);
    const senderFrame = { url: "app://gazette/", parent: null };
    const reply = await handlers["gazette:call"]?.({ senderFrame }, "setting", ["pane"]);
    expect(reply).toMatchObject({ ok: false, code: "internal" });
    expect(log).toHaveBeenCalledOnce();
  });

  test("the menu has the editing commands that macOS takes from it", async () => {
    const { menus } = await launch();
    const edit = menus.find(({ label }) => label === "编辑");
    const roles = edit?.submenu?.flatMap(({ role }) => role ?? []);
    expect(roles).toEqual(["undo", "redo", "cut", "copy", "paste", "pasteAndMatchStyle", "selectAll"]);
  });
});
