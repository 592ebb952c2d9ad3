// The office's own house styles: made from another, changed, used by an issue and its export, handed on as files, taken in
// and deleted; and every refusal with its sentence.
import { describe, expect, onTestFinished, test } from "vitest";
import { type Core, openCore } from "../../main/core.ts";
import { resolveStyle } from "../../main/export/styles.ts";
import { type CoreEvent, GazetteError, type Stamp, type StyleSummary } from "../../shared/api.ts";
import { testClock, testFolder } from "../store/folder.ts";

interface Office {
  readonly api: Core["api"];
  readonly core: Core;
  stamp(): Stamp;
  /** A new style that extends another. */
  make(label: string, json: Record<string, unknown>, name?: string): Promise<StyleSummary>;
}

function office(folder = testFolder()): Office {
  const core = openCore(folder, { clock: testClock(), onError: (error) => expect.unreachable(String(error)) });
  onTestFinished(() => core.close());
  let seq = 0;
  const stamp = () => ({ client: "window", seq: ++seq });
  const make = (label: string, json: Record<string, unknown>, name = "ours") =>
    core.api.saveStyle(stamp(), name, label, json, null);
  return { api: core.api, core, stamp, make };
}

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return error instanceof GazetteError ? `${error.code}: ${error.message}` : String(error);
}

const wide = { extends: "linxiang", grid: { characters: 35 } };

describe("an own style", () => {
  test("says what differs, is listed after the shipped ones, and is there after a restart", async () => {
    const folder = testFolder();
    const { core, make } = office(folder);
    const events: CoreEvent[] = [];
    core.onEvent((event) => events.push(event));
    const made = await make("本市公报", wide);
    expect(made).toMatchObject({ name: "ours", label: "本市公报", own: true, base: { name: "linxiang" }, version: 1 });
    expect(events).toMatchObject([{ type: "changed", styles: ["ours"], notices: [], issues: [] }]);
    await core.close();
    const later = office(folder).api;
    const styles = await later.styles();
    expect(styles.at(-1)).toEqual(made);
    expect(styles[0]).toMatchObject({ name: "gbt9704", own: false, base: null, version: 0 });
    const linxiang = await later.style("linxiang");
    expect(await later.style("ours")).toEqual({
      ...linxiang,
      name: "ours",
      label: "本市公报",
      grid: { ...linxiang.grid, characters: 35 },
    });
  });

  test("is changed on the version that was read, and what equals its base is not kept", async () => {
    const { api, stamp, make } = office();
    await make("本市公报", wide);
    const json = { extends: "linxiang", grid: { characters: 36, lines: 28 }, body: "kai" };
    expect(await api.saveStyle(stamp(), "ours", "本市政报", json, 1)).toMatchObject({ label: "本市政报", version: 2 });
    expect(await refusal(api.saveStyle(stamp(), "ours", "本市政报", json, 1))).toMatch(
      /^stale: “本市政报”已在别处改过/,
    );
    expect(JSON.parse((await api.exportStyle("ours")).text)).toEqual({
      extends: "linxiang",
      name: "ours",
      label: "本市政报",
      grid: { characters: 36 },
      body: "kai",
    });
  });

  test("gets a name that is free, also of a deleted one", async () => {
    const { api, stamp, make } = office();
    const names = [
      (await make("甲", wide, "linxiang")).name,
      (await make("乙", wide, "linxiang")).name,
      (await make("丙", wide, "linxiang-3")).name,
    ];
    expect(names).toEqual(["linxiang-2", "linxiang-3", "linxiang-4"]);
    await api.deleteStyle(stamp(), "linxiang-4");
    expect((await make("丁", wide, "linxiang-4")).name).toBe("linxiang-5");
  });

  test("extends a shipped style when its file extends none", async () => {
    const { api, make } = office();
    const gbt = await api.style("gbt9704");
    const full = { ...gbt, grid: { ...gbt.grid, characters: 26 } };
    expect((await make("全文件", full)).base).toMatchObject({ name: "gbt9704" });
    expect(await api.style("ours")).toEqual({ ...full, name: "ours", label: "全文件" });
  });

  test("of an issue is what its export is printed in", async () => {
    const { api, core, stamp, make } = office();
    const plain = await api.createSample(stamp());
    await make("疏排", { extends: "gbt9704", grid: { lines: 18 } });
    await api.updateIssue(stamp(), plain.id, plain.version, { style: "ours" });
    expect((await api.issue(plain.id)).style).toBe("ours");
    const ended = new Promise<CoreEvent>((resolve) => {
      core.onEvent((event) => (event.type === "exportDone" || event.type === "exportFailed") && resolve(event));
    });
    await api.startExport(plain.id, "ours", "screen");
    const event = await ended;
    if (event.type !== "exportDone") throw new Error(JSON.stringify(event));
    expect(event.report).toMatchObject({ style: "ours", mismatches: [] });
    expect(event.report.pages).toBeGreaterThan(65);
  });

  test("that was deleted comes back, and an issue that was deleted with it finds it", async () => {
    const { api, stamp, make } = office();
    await make("本市公报", wide);
    const issue = await api.createSample(stamp());
    await api.updateIssue(stamp(), issue.id, issue.version, { style: "ours" });
    await api.deleteIssue(stamp(), issue.id);
    await api.deleteStyle(stamp(), "ours");
    expect((await api.styles()).map((style) => style.name)).not.toContain("ours");
    await api.restoreIssue(stamp(), issue.id);
    expect((await api.styles()).map((style) => style.name)).toContain("ours");
    expect((await api.style("ours")).grid.characters).toBe(35);
    await api.restoreStyle(stamp(), "ours");
    expect((await api.styles()).at(-1)).toMatchObject({ name: "ours", label: "本市公报" });
  });
});

describe("refused with a sentence", () => {
  test("shipped styles are never overwritten or deleted", async () => {
    const { api, stamp } = office();
    const shipped = "badRequest: 这种版式随程序提供，不能改动或删除，请存为新版式。";
    expect(await refusal(api.saveStyle(stamp(), "gbt9704", "改名", wide, 1))).toBe(shipped);
    expect(await refusal(api.deleteStyle(stamp(), "linxiang"))).toBe(shipped);
    expect(await refusal(api.deleteStyle(stamp(), "nothing"))).toMatch(/^notFound: 这种版式已不在稿库/);
    expect(await refusal(api.style("nothing"))).toMatch(/^notFound: 没有名为“nothing”的版式/);
  });

  test("a label that another style has", async () => {
    const { api, stamp, make } = office();
    const label = (await api.style("linxiang")).label;
    expect(await refusal(make(label, wide))).toBe(`badRequest: 已有名为“${label}”的版式，请另起一个名称。`);
    await make("本市公报", wide);
    expect(await refusal(make("本市公报", wide))).toMatch(/已有名为“本市公报”的版式/);
    await api.deleteStyle(stamp(), "ours");
    await make("本市公报", wide, "again");
    expect(await refusal(api.restoreStyle(stamp(), "ours"))).toMatch(/已另有名为“本市公报”的版式，没有恢复/);
  });

  test("a fault in the style, by the name of the setting; nothing is stored", async () => {
    const { api, make } = office();
    const faults: readonly (readonly [json: Record<string, unknown>, sentence: RegExp])[] = [
      [
        { extends: "linxiang", grid: { characters: 2 } },
        /“字与行·每行字数”（grid\.characters）写作2，应为5至100之间的整数/,
      ],
      [{ extends: "linxiang", grid: { characters: 60 } }, /版心连同订口宽.*纸宽210毫米放不下/],
      [{ extends: "linxiang", gird: {} }, /有一项“gird”，没有这种设置/],
      [{ extends: "unknown" }, /以“unknown”为底本，但没有找到它/],
      [{ extends: "ours" }, /版式的底本绕成了圈（ours→ours）/],
    ];
    for (const [json, sentence] of faults) expect(await refusal(make("本市公报", json))).toMatch(sentence);
    expect((await api.styles()).every((style) => !style.own)).toBe(true);
  });

  test("bases that lead back to where they began", async () => {
    const { api, stamp, make } = office();
    await make("甲", wide, "a");
    await make("乙", { extends: "a", body: "kai" }, "b");
    expect(await refusal(api.saveStyle(stamp(), "a", "甲", { extends: "b" }, 1))).toMatch(/绕成了圈（a→b→a）/);
    const find = (name: string) => ({ x: { extends: "y" }, y: { extends: "z" }, z: { extends: "x" } })[name];
    expect(() => resolveStyle({ extends: "y" }, "x", find)).toThrow("x→y→z→x");
  });

  test("a change that would spoil a style which extends it", async () => {
    const { api, stamp, make } = office();
    await make("甲", { extends: "linxiang", grid: { characters: 30 } }, "a");
    await make("乙", { extends: "a", grid: { em: 14 } }, "b");
    const wider = { extends: "linxiang", grid: { characters: 38 } };
    expect(await refusal(api.saveStyle(stamp(), "a", "甲", wider, 1))).toMatch(/版式“b”的版心连同订口宽/);
    expect((await api.style("a")).grid.characters).toBe(30);
  });

  test("deleting a style that an issue or another style needs", async () => {
    const { api, stamp, make } = office();
    await make("甲", wide, "a");
    await make("乙", { extends: "a" }, "b");
    expect(await refusal(api.deleteStyle(stamp(), "a"))).toMatch(/“乙”以“甲”为底本，没有删除/);
    const issue = await api.createSample(stamp());
    await api.updateIssue(stamp(), issue.id, issue.version, { style: "b" });
    expect(await refusal(api.deleteStyle(stamp(), "b"))).toBe(
      "badRequest: 《示例政报2026年第2期》正用着“乙”，没有删除，请先为其另选版式。",
    );
  });
});

describe("files", () => {
  test("one that was handed on is taken in elsewhere, though it stood on an own style", async () => {
    const here = office();
    await here.make("甲", wide, "a");
    await here.make("乙/一", { extends: "a", body: "kai" }, "b");
    const { fileName, text } = await here.api.exportStyle("b");
    expect(fileName).toBe("乙_一.json");
    expect(JSON.parse(text)).toMatchObject({ extends: "linxiang", body: "kai", grid: { characters: 35 } });
    const there = office();
    const file = await there.api.readStyle(text, fileName);
    expect(file).toMatchObject({ name: "b", label: "乙/一" });
    expect((await there.api.styles()).every((style) => !style.own)).toBe(true);
    await there.make(file.label, file.json, file.name);
    expect(await there.api.style("b")).toEqual(await here.api.style("b"));
  });

  test("a shipped style is handed on as it stands", async () => {
    const { api, make } = office();
    const { text } = await api.exportStyle("gbt9704");
    await make("照国标", JSON.parse(text), "gbt9704");
    expect({ ...(await api.style("gbt9704-2")), name: "gbt9704", label: "" }).toEqual({
      ...(await api.style("gbt9704")),
      label: "",
    });
  });

  test.each([
    ["that is no JSON", "{", /^badFile: “本市\.json”没有导入：它不是JSON文件，或者没有写完整。$/],
    ["that is a list", "[]", /版式文件应是一个JSON对象/],
    ["with a fault", '{"extends":"gbt9704","name":"x","label":"甲","body":"comic"}', /“正文字体”（body）写作"comic"/],
    ["without a name", '{"extends":"gbt9704","name":"本市","label":"甲"}', /“代号”（name）写作"本市"，应为小写字母/],
    ["whose base is not there", '{"extends":"x","name":"y","label":"甲"}', /以“x”为底本，但没有找到它/],
  ])("a file %s is refused by its fault", async (_, text, sentence) => {
    expect(await refusal(office().api.readStyle(text, "本市.json"))).toMatch(sentence);
  });
});

test("the shipped styles are all in order", () => {
  const { api } = office();
  return expect(
    api.styles().then((styles) => styles.filter((style) => !style.own).map((style) => style.label)),
  ).resolves.not.toContain("");
});
