// electron-builder.yml as electron-builder itself reads it: valid by its own schema, every named file present, the
// fuses as decided. The installers themselves need an Electron binary and are not built here.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";

interface Resource {
  readonly from: string;
  readonly to: string;
}
interface Configuration {
  readonly files: readonly { readonly filter: readonly string[] }[];
  readonly extraResources: readonly Resource[];
  readonly electronFuses: Readonly<Record<string, boolean>>;
  readonly win: { readonly icon: string };
  readonly mac: { readonly icon: string };
  readonly linux: { readonly icon: string };
  unknownKey?: string;
}
interface Builder {
  getConfig(folder: string, file: string, overrides: null): Promise<Configuration>;
  validateConfiguration(configuration: Configuration, log: { isEnabled: boolean }): Promise<void>;
}

const root = dirname(dirname(import.meta.dirname));
// app-builder-lib belongs to electron-builder and is found from there.
const fromBuilder = createRequire(createRequire(import.meta.url).resolve("electron-builder/package.json"));
const builder: Builder = fromBuilder("app-builder-lib/out/util/config/config.js");
const log = { isEnabled: false };
let configuration: Configuration;

beforeAll(async () => {
  configuration = await builder.getConfig(root, "electron-builder.yml", null);
});

describe("electron-builder.yml", () => {
  test("is valid", async () => {
    await expect(builder.validateConfiguration(configuration, log)).resolves.toBeUndefined();
  });

  test("would not be valid with an unknown key", async () => {
    await expect(builder.validateConfiguration({ ...configuration, unknownKey: "x" }, log)).rejects.toThrow(
      /unknownKey/,
    );
  });

  test("names files that exist", () => {
    const { extraResources, win, mac, linux } = configuration;
    const named = [...extraResources.map(({ from }) => from), win.icon, mac.icon, linux.icon];
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  test("ships every face under the name the program looks for, and its licence", async () => {
    const { openFaces } = await import("../../main/fonts/faces.ts");
    const { infos, bytes } = openFaces({ installed: [] });
    const shipped = configuration.extraResources.filter(({ to }) => /\.(?:ttf|woff)$/.test(to));
    expect(shipped.every(({ from, to }) => to === `fonts/${basename(from)}`)).toBe(true);
    expect(shipped).toHaveLength(infos.filter(({ id }) => bytes(id).length > 0).length);
    expect(configuration.extraResources.filter(({ to }) => /OFL\.txt$/.test(to))).toHaveLength(3);
  });

  test("leaves out the Node binaries of a checkout", () => {
    const patterns = configuration.files.flatMap(({ filter }) => filter);
    expect(patterns).toContain("!node_modules/node-{linux,win}-*/**");
  });

  test("sets the fuses", () => {
    expect(configuration.electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
      loadBrowserProcessSpecificV8Snapshot: false,
    });
  });
});
