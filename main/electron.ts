// Electron's main process: lifecycle, the one window, the menu. Everything it does for the window is a call of the
// core or a file of routes.ts. The settings follow Electron's security checklist: a sandboxed, isolated page under its
// own scheme that cannot leave it, open windows, ask for permissions or be addressed by another page.
import { join } from "node:path";
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  type MenuItemConstructorOptions,
  protocol,
  session,
  utilityProcess,
} from "electron";
import { GazetteError, type Reply } from "../shared/api.ts";
import { dataFolder } from "./folder.ts";
import { RemoteCore } from "./remote.ts";
import { answer, refused } from "./routes.ts";

const origin = "app://gazette";
const root = app.getAppPath();
const folder = dataFolder(undefined, process.env, process.platform);

let core: RemoteCore | null = null;
let givenUp = false;

app.enableSandbox();
// One program per data folder: Electron's lock lies in its own user data.
app.setPath("userData", join(folder, "electron"));
protocol.registerSchemesAsPrivileged([
  { scheme: "app", privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
]);

if (app.requestSingleInstanceLock()) {
  app.on("second-instance", focusWindow);
  app.on("web-contents-created", (_, contents) => confine(contents));
  app.on("window-all-closed", () => app.quit());
  app.on("will-quit", closeCore);
  app.whenReady().then(begin).catch(giveUp);
} else app.quit();

async function begin(): Promise<void> {
  core = startCore();
  // An installed program keeps the faces beside itself (extraResources in electron-builder.yml).
  const faces = app.isPackaged ? join(process.resourcesPath, "fonts") : null;
  await core.open({ folder, assets: join(root, "assets"), faces });
  const { defaultSession } = session;
  const mayCopy = (permission: string, url: string) => permission === "clipboard-sanitized-write" && isOurs(url);
  defaultSession.setPermissionRequestHandler((contents, permission, decide) =>
    decide(mayCopy(permission, contents.getURL())),
  );
  defaultSession.setPermissionCheckHandler((_, permission, requester) => mayCopy(permission, requester));
  defaultSession.setDevicePermissionHandler(() => false);
  serveFiles(core);
  serveCalls(core);
  Menu.setApplicationMenu(Menu.buildFromTemplate(menu()));
  openWindow();
}

/** The core in a process of its own; when that ends before we end it, so does the program. */
function startCore(): RemoteCore {
  const child = utilityProcess.fork(join(import.meta.dirname, "coreProcess.js"), [], { serviceName: "政报工坊" });
  const remote = new RemoteCore({
    send: (message) => child.postMessage(message),
    receive: (listener) => child.on("message", listener),
  });
  child.once("exit", (code) => {
    remote.end();
    if (core === remote) giveUp(new RangeError(`the core's process ended with ${code}`));
  });
  return remote;
}

/** app://gazette/…: the same files as in browser mode. */
function serveFiles(files: RemoteCore): void {
  const page = join(root, "dist", "renderer");
  protocol.handle("app", (request) =>
    isOurs(request.url) ? answer(request, files, page) : refused(403, "badRequest", "没有这个页面。"),
  );
}

function serveCalls(calls: RemoteCore): void {
  ipcMain.handle("gazette:call", async (event, method: unknown, args: unknown): Promise<Reply<unknown>> => {
    const frame = event.senderFrame;
    if (frame === null || frame.parent !== null || !isOurs(frame.url))
      return { ok: false, code: "badRequest", message: "不接受其他页面的请求。" };
    return calls.call(method, args);
  });
  calls.onEvent((event) => {
    for (const window of BrowserWindow.getAllWindows()) window.webContents.send("gazette:event", event);
  });
}

function openWindow(): void {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 1024,
    minHeight: 640,
    show: false,
    title: "政报工坊",
    backgroundColor: "#ffffff",
    webPreferences: {
      preload: join(import.meta.dirname, "preload.cjs"),
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
      // Chromium would fetch dictionaries from the network.
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
  window.once("ready-to-show", () => window.show());
  // The page objects to closing only while a change is on its way to the database.
  window.webContents.on("will-prevent-unload", (event) => {
    const choice = dialog.showMessageBoxSync(window, {
      type: "warning",
      message: "还有改动没有保存，现在关闭会丢失这些改动。",
      buttons: ["返回", "仍要关闭"],
      defaultId: 0,
      cancelId: 0,
    });
    if (choice === 1) event.preventDefault();
  });
  window.loadURL(`${origin}/`).catch(giveUp);
}

/** Holds any page to our own origin, whoever made it. */
function confine(contents: Electron.WebContents): void {
  const stay = (event: { preventDefault(): void; readonly url: string }) => {
    if (!isOurs(event.url)) event.preventDefault();
  };
  contents.on("will-navigate", stay);
  contents.on("will-redirect", stay);
  contents.on("will-frame-navigate", stay);
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
}

function isOurs(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol: scheme, host, username } = new URL(url);
  return scheme === "app:" && host === "gazette" && username === "";
}

function focusWindow(): void {
  const [window] = BrowserWindow.getAllWindows();
  if (window?.isMinimized()) window.restore();
  window?.focus();
}

function closeCore(event: { preventDefault(): void }): void {
  if (core === null) return;
  event.preventDefault();
  const closing = core;
  core = null;
  closing.close().then(() => app.quit(), giveUp);
}

function giveUp(error: unknown): void {
  if (givenUp) return;
  givenUp = true;
  if (!(error instanceof GazetteError)) console.error(error);
  const sentence = error instanceof GazetteError ? error.message : "程序内部出错，请重新打开；已保存的内容没有改动。";
  dialog.showErrorBox("政报工坊未能打开", sentence);
  app.exit(2);
}

/** Editing commands must be in a menu, or macOS has no copy and paste at all. The rest is in the page. */
function menu(): MenuItemConstructorOptions[] {
  const appMenu: MenuItemConstructorOptions = {
    label: "政报工坊",
    submenu: [
      { role: "about", label: "关于政报工坊" },
      { type: "separator" },
      { role: "hide", label: "隐藏" },
      { role: "hideOthers", label: "隐藏其他" },
      { role: "unhide", label: "全部显示" },
      { type: "separator" },
      { role: "quit", label: "退出" },
    ],
  };
  const fileMenu: MenuItemConstructorOptions = { label: "文件", submenu: [{ role: "quit", label: "退出" }] };
  return [
    process.platform === "darwin" ? appMenu : fileMenu,
    {
      label: "编辑",
      submenu: [
        { role: "undo", label: "撤销" },
        { role: "redo", label: "重做" },
        { type: "separator" },
        { role: "cut", label: "剪切" },
        { role: "copy", label: "复制" },
        { role: "paste", label: "粘贴" },
        { role: "pasteAndMatchStyle", label: "粘贴为纯文本" },
        { role: "selectAll", label: "全选" },
      ],
    },
    {
      label: "视图",
      submenu: [
        { role: "resetZoom", label: "实际大小" },
        { role: "zoomIn", label: "放大" },
        { role: "zoomOut", label: "缩小" },
        { role: "togglefullscreen", label: "全屏" },
      ],
    },
    {
      label: "窗口",
      submenu: [
        { role: "minimize", label: "最小化" },
        { role: "close", label: "关闭" },
      ],
    },
  ];
}
