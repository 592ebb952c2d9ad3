// Where the data lies when nobody says so, and what a user without a home is told.
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { beforeEach, expect, test, vi } from "vitest";
import { dataFolder } from "../../main/folder.ts";

vi.mock("node:os", () => ({ homedir: vi.fn() }));

beforeEach(() => {
  vi.mocked(homedir).mockReturnValue("/home/wang");
});

const none = undefined;
test.each([
  ["--data before all", "given", { GAZETTE_DATA: "named" }, "linux", resolve("given")],
  ["GAZETTE_DATA before the platform", none, { GAZETTE_DATA: "named" }, "linux", resolve("named")],
  ["Linux", none, {}, "linux", join("/home/wang", ".local", "share", "zhengbao")],
  ["Linux with XDG", none, { XDG_DATA_HOME: "/data" }, "linux", join("/data", "zhengbao")],
  ["macOS", none, {}, "darwin", join("/home/wang", "Library", "Application Support", "zhengbao")],
  ["Windows", none, { APPDATA: "/roaming" }, "win32", join("/roaming", "zhengbao")],
])("%s", (_, chosen, env, platform, folder) => {
  expect(dataFolder(chosen, env, platform)).toBe(folder);
});

test("a user without a home, as in a container, is told to name a folder", () => {
  vi.mocked(homedir).mockImplementation(() => {
    throw new Error("uv_os_homedir returned ENOENT");
  });
  expect(() => dataFolder(none, {}, "linux")).toThrow("请用 --data 或 GAZETTE_DATA 写明");
  expect(dataFolder("given", {}, "linux")).toBe(resolve("given"));
});
