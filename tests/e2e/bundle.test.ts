// The bundles that Electron loads, without Electron: the core's process is forked by Node with a parent port put under
// it, and goes from an empty folder to a finished PDF; the preload script asks for nothing but electron.
import { type ChildProcess, fork } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "playwright/test";
import { RemoteCore } from "../../main/remote.ts";
import type { CoreEvent } from "../../shared/api.ts";
import { client } from "../../shared/calls.ts";

const root = dirname(dirname(import.meta.dirname));
const bundles = join(root, "dist", "main");

/** What Electron gives a utility process, made of what Node gives a forked one. */
const parentPort = `process.parentPort = {
  postMessage: (message) => process.send(message),
  on: (event, listener) => process.on(event, (data) => listener({ data })),
};`;

let folder: string;
let child: ChildProcess;
let core: RemoteCore;

test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "zhengbao-bundle-"));
  child = fork(join(bundles, "coreProcess.js"), {
    serialization: "advanced",
    execArgv: ["--import", `data:text/javascript,${encodeURIComponent(parentPort)}`],
  });
  core = new RemoteCore({
    send: (message) => void (child.connected && child.send(message as object)),
    receive: (listener) => void child.on("message", listener),
  });
  child.once("exit", () => core.end());
});
test.afterEach(async () => {
  const ended = new Promise((resolve) => child.once("exit", resolve));
  if (child.exitCode === null) {
    child.kill("SIGKILL");
    await ended;
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

test("the bundled core makes the sample issue and exports it in its worker", async () => {
  await core.open({ folder, assets: join(root, "assets"), faces: null });
  const api = client((method, args) => core.call(method, args));
  const ending = new Promise<CoreEvent>((resolve) =>
    core.onEvent((event) => event.type !== "changed" && event.type !== "exportProgress" && resolve(event)),
  );
  const issue = await api.createSample({ client: "test", seq: 1 });
  const { faces } = await api.appInfo();
  await api.startExport(issue.id, issue.style, "screen");
  const end = await ending;
  expect(end).toMatchObject({ type: "exportDone", report: { mismatches: [] } });
  const file = end.type === "exportDone" ? await core.download(end.download) : null;
  expect(
    readFileSync(file?.path ?? "")
      .subarray(0, 5)
      .toString(),
  ).toBe("%PDF-");
  expect((await core.face(faces[0]?.id ?? "")).length).toBeGreaterThan(1_000_000);
  await core.close();
});

test("the preload script needs nothing but electron and the main script no source", () => {
  const preload = readFileSync(join(bundles, "preload.cjs"), "utf8");
  expect([...preload.matchAll(/require\(([^)]*)\)/g)].map(([, name]) => name)).toEqual(['"electron"']);
  expect(preload).not.toMatch(/\bimport\b/);
  for (const name of ["electron.js", "coreProcess.js", "exportWorker.js"])
    expect(readFileSync(join(bundles, name), "utf8")).not.toMatch(/(?:from|import\()\s*"\.{1,2}\/[^"]*\.ts"/);
});
