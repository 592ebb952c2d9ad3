// The command line as a whole process: what it makes, and that every bad input ends with exit code 2 and one Chinese
// sentence on stderr, with nothing written.
import { spawn, spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { testFolder } from "../store/folder.ts";

const cli = fileURLToPath(new URL("../../main/cli.ts", import.meta.url));
const fixture = fileURLToPath(new URL("../fixtures/example-gazette.txt", import.meta.url));

interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(args: readonly string[], cwd: string, stdout: "pipe" | number = "pipe"): Outcome {
  const done = spawnSync(process.execPath, [cli, ...args], {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", stdout, "pipe"],
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status: done.status, stdout: done.stdout ?? "", stderr: done.stderr };
}

function expectRefusal({ status, stdout, stderr }: Outcome, words: string): void {
  expect(stderr).toContain(words);
  expect(stderr).toMatch(/^[^\n]*\p{Script=Han}[^\n]*。\n$/u);
  expect(stderr).not.toMatch(/Error|node:|\.ts:\d/);
  expect(stdout).toBe("");
  expect(status).toBe(2);
}

describe("bad input", () => {
  const cases: readonly (readonly [string, string, (path: string) => void])[] = [
    ["a missing file", "公报.txt", () => {}],
    ["an empty file", "空", (path) => writeFileSync(path, "")],
    ["white space only", "公报.txt", (path) => writeFileSync(path, "\n \n")],
    ["a folder", "文件夹", (path) => mkdirSync(path)],
    ["a PDF", "PDF", (path) => writeFileSync(path, "%PDF-1.7\n%\u00e2\u00e3\n1 0 obj\n")],
    ["a Word file", "公报.txt", (path) => writeFileSync(path, Buffer.from("504b0304140006000800", "hex"))],
    [
      "binary data",
      "公报.txt",
      (path) => writeFileSync(path, Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919) % 256))),
    ],
    [
      "200 MB",
      "公报.txt",
      (path) => {
        writeFileSync(path, "");
        truncateSync(path, 200 * 1024 * 1024);
      },
    ],
    [
      "an unknown encoding",
      "编码",
      (path) => writeFileSync(path, Buffer.concat([readFileSync(fixture), Buffer.from([0xff, 0xff, 0x80, 0x0a])])),
    ],
    [
      "a text that is no gazette",
      "公报",
      (path) => writeFileSync(path, "床前明月光，疑是地上霜。\n举头望明月，低头思故乡。\n".repeat(20)),
    ],
  ];
  test.each(cases)("%s", (_, words, make) => {
    const folder = testFolder();
    make(join(folder, "公报.txt"));
    expectRefusal(run(["build", "公报.txt", "-o", "out.pdf", "--report", "r.json", "--text", "t.txt"], folder), words);
    expectRefusal(run(["read", "公报.txt"], folder), words);
    expect(readdirSync(folder).filter((name) => name !== "公报.txt")).toEqual([]);
  });

  const seeds = process.env.GAZETTE_SEEDS ?? resolve("../shared/seeds");
  test("a garbled dump that is no gazette (real seed 001)", () => {
    const file = existsSync(seeds) ? readdirSync(seeds).find((name) => name.startsWith("001_")) : undefined;
    if (!file) {
      console.log(`没有真实的公报文本（${seeds}），这一项未测。`);
      expect(process.env.GAZETTE_SEEDS).toBeUndefined();
      return;
    }
    const folder = testFolder();
    expectRefusal(run(["build", join(seeds, file), "-o", "out.pdf"], folder), "不是");
    expect(readdirSync(folder)).toEqual([]);
  });
});

const pressed = (...args: string[]) => ["demo", "-o", "out.pdf", "--profile", "press", ...args];

test.each<[string, readonly string[], string]>([
  ["no command", [], "没有写要做什么"],
  ["an unknown command", ["print"], "没有“print”这个命令"],
  ["a command that is a property of every object", ["constructor"], "没有“constructor”这个命令"],
  ["an unknown option", ["read", fixture, "--pages"], "没有“--pages”这个选项"],
  ["an option without its value", ["build", fixture, "-o"], "“-o”"],
  ["no file", ["read"], "没有写要读的文件"],
  ["two files", ["read", fixture, fixture], "一次只读一个文件"],
  ["no output", ["build", fixture], "请用 -o 写明"],
  ["an output of an empty shell variable", ["build", fixture, "-o", ""], "“-o”后面缺少内容"],
  ["an output that is only a =", ["build", fixture, "-o="], "“-o”后面缺少内容"],
  ["a report of an empty shell variable", ["demo", "-o", "out.pdf", "--report", ""], "“--report”后面缺少内容"],
  ["two outputs, of which one would be passed over", ["demo", "-o", "a.pdf", "-o", "b.pdf"], "“-o”写了两次"],
  ["a file of an empty shell variable", ["read", ""], "文件名是空的"],
  ["the terminal as output", ["build", fixture, "-o", "-"], "不能输出到屏幕"],
  ["a style without a name", ["demo", "-o", "out.pdf", "--style="], "“--style”后面缺少内容"],
  ["a folder as output", ["build", fixture, "-o", "."], "是一个文件夹"],
  ["an output in a missing folder", ["build", fixture, "-o", "nowhere/out.pdf"], "不存在"],
  ["a report in a missing folder", ["build", fixture, "-o", "out.pdf", "--report", "nowhere/r.json"], "不存在"],
  ["the input as output", ["build", fixture, "-o", fixture], "写成了同一个"],
  ["one place for two files", ["demo", "-o", "out.pdf", "--text", "./out.pdf"], "写成了同一个"],
  ["an unknown style", ["build", fixture, "-o", "out.pdf", "--style", "baroque"], "gbt9704"],
  ["a style outside of its folder", ["demo", "-o", "out.pdf", "--style", "../sample/issue"], "没有名为"],
  ["an unknown purpose", ["demo", "-o", "out.pdf", "--profile", "plate"], "screen、archive、press、booklet"],
  ["creep without sheets", ["demo", "-o", "out.pdf", "--creep", "0.1"], "只有骑马钉拼版"],
  ["creep that is none", ["demo", "-o", "out.pdf", "--profile", "booklet", "--creep", "9"], "0到2之间"],
  ["a printer's profile on a screen", ["demo", "-o", "out.pdf", "--icc", "a.icc"], "才用输出特性文件"],
  ["a printer's profile that is not there", pressed("--icc", "a.icc"), "“a.icc”找不到或不能读取"],
  ["a printer's profile that is a text", pressed("--icc", fixture), "不是ICC特性文件"],
  ["a printer's profile that is a folder", pressed("--icc", "."), "不是普通文件"],
  ["a cover without sheets", pressed("--cover", "apart"), "才有封面单做"],
  [
    "a cover that is none",
    ["demo", "-o", "out.pdf", "--profile", "booklet", "--cover", "hard"],
    "bound 与内文同订或 apart 单做",
  ],
  [
    "a cover apart where there is none",
    ["demo", "-o", "out.pdf", "--style", "huayuan", "--profile", "booklet", "--cover", "apart"],
    "第1页不是封面，封面不能单做",
  ],
  ["a file for demo", ["demo", fixture, "-o", "out.pdf"], "不需要写文件"],
  ["a 总目录 of no file", ["annual", "-o", "out.pdf"], "没有写要读的文件"],
  ["a 总目录 without output", ["annual", fixture], "请用 -o 写明"],
  ["a 总目录 in an unknown order", ["annual", fixture, "-o", "out.pdf", "--order", "title"], "section、issuer、number"],
  ["a year that is none", ["annual", fixture, "-o", "out.pdf", "--year", "25"], "不是年份"],
  ["a year without issues", ["annual", fixture, "-o", "out.pdf", "--year", "2024"], "2024年没有编入公文的期"],
  ["one file twice", ["annual", fixture, fixture, "-o", "out.pdf"], "写了两次"],
  ["the input as table", ["annual", fixture, "-o", "out.pdf", "--csv", fixture], "写成了同一个"],
  ["a port that is none", ["serve", "--port", "99999"], "端口"],
  ["a port in another way of writing numbers", ["serve", "--port", "0x50"], "端口"],
  ["a data folder of an empty shell variable", ["serve", "--no-open", "--data", ""], "“--data”后面缺少内容"],
  ["a data folder that is a file", ["serve", "--no-open", "--data", fixture], "已有一个文件"],
  ["a file for serve", ["serve", fixture], "不需要写"],
])("%s is refused", (_, args, words) => {
  const folder = testFolder();
  const before = readFileSync(fixture);
  expectRefusal(run(args, folder), words);
  expect(readdirSync(folder)).toEqual([]);
  expect(readFileSync(fixture)).toEqual(before);
});

test.runIf(process.platform === "linux")("a place that cannot be written is refused", () => {
  expectRefusal(run(["demo", "-o", "/sys/out.pdf"], testFolder()), "不能写入");
});

test.runIf(process.platform === "linux")("a full disk behind the output is told", () => {
  const { status, stderr } = run(["read", fixture], testFolder(), openSync("/dev/full", "w"));
  expect(stderr).toMatch(/^输出没有写完[^\n]*。\n$/u);
  expect(status).toBe(2);
});

test("a reader that goes away early is told, without a stack trace", async () => {
  const child = spawn(process.execPath, [cli, "read", fixture, "--json"], { stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.destroy();
  let stderr = "";
  child.stderr.on("data", (data: Buffer) => {
    stderr += data;
  });
  const status = await new Promise((done) => child.once("close", done));
  expect(stderr).toMatch(/^输出没有写完[^\n]*。\n$/u);
  expect(status).toBe(2);
});

test.runIf(process.platform === "linux")("a data folder in /proc is refused and does not hang", () => {
  expectRefusal(run(["serve", "--no-open", "--data", "/proc/zhengbao"], testFolder()), "不能写入");
});

test("-o=out.pdf means the file out.pdf, not one named =out.pdf", () => {
  const folder = testFolder();
  expect(run(["demo", "-o=out.pdf"], folder)).toMatchObject({ status: 0 });
  expect(readdirSync(folder)).toEqual(["out.pdf"]);
});

test("escape sequences in a title do not reach the terminal", () => {
  const folder = testFolder();
  const text = readFileSync(fixture, "utf8").replaceAll("办法", "\u009b31m办\u202e法");
  writeFileSync(join(folder, "公报.txt"), text);
  const { status, stdout, stderr } = run(["read", "公报.txt"], folder);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain("办");
  for (const mark of ["\u009b", "\u202e"]) expect(stdout).not.toContain(mark);
});

test.skipIf(process.platform === "win32")("a stop in the middle is told and leaves no file behind", async () => {
  const folder = testFolder();
  const args = ["build", fixture, "-o", "out.pdf"];
  const child = spawn(process.execPath, [cli, ...args], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let stderr = "";
  child.stderr.on("data", (data: Buffer) => {
    // The first hint comes before the work.
    if (stderr === "") child.kill("SIGTERM");
    stderr += data;
  });
  expect(await new Promise((done) => child.once("close", done))).toBe(143);
  expect(stderr).toMatch(/^提示：.*\n(?:提示：.*\n)*已停止，没有做完。\n$/u);
  expect(readdirSync(folder)).toEqual([]);
});

test("--help explains itself", () => {
  for (const args of [["--help"], ["build", "--help"]])
    expect(run(args, testFolder())).toMatchObject({
      status: 0,
      stderr: "",
      stdout: expect.stringContaining("zhengbao build"),
    });
});

test("styles lists what there is, checks a file, and prints the schema", () => {
  const folder = testFolder();
  const style = (name: string, json: string) => {
    writeFileSync(join(folder, name), json);
    return run(["styles", name], folder);
  };
  for (const name of ["gbt9704", "linxiang", "luxi", "huayuan"])
    expect(run(["styles"], folder).stdout).toMatch(new RegExp(`^${name} .*版式`, "mu"));
  expect(style("ok.json", '{"extends":"gbt9704","name":"mine","label":"甲"}')).toMatchObject({ status: 0, stderr: "" });
  expectRefusal(style("bad.json", '{"extends":"gbt9704","name":"mine","label":"甲","grid":{"lines":2}}'), "每页行数");
  expectRefusal(style("no.json", "{"), "不是JSON文件");
  expect(JSON.parse(run(["styles", "--schema"], folder).stdout)).toMatchObject({ title: "版式", type: "object" });
});

test("read lists what was recognised, and its doubts", () => {
  const { status, stdout, stderr } = run(["read", fixture], testFolder());
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(/公文\d+份/u);
  expect(stdout).toMatch(/^差错 .*第\d+行/mu);
});

test("read --json has the parts of an answer key", () => {
  const { status, stdout } = run(["read", fixture, "--json"], testFolder());
  expect(status).toBe(0);
  const json = JSON.parse(stdout);
  expect(json).toMatchObject({ issue: { year: expect.any(Number) }, tocEntries: expect.any(Array) });
  expect(json.notices.length).toBeGreaterThanOrEqual(6);
});

test("build makes a proved PDF with report and text, and tells the error of the typed contents", () => {
  const folder = testFolder();
  const args = ["build", fixture, "-o", "out.pdf", "--style", "linxiang", "--report", "r.json", "--text", "t.txt"];
  const { status, stdout, stderr } = run(args, folder);
  expect(status, stderr).toBe(0);
  expect(stdout).toContain("已逐一核对无误");
  expect(stderr).toMatch(/^提示：example-gazette\.txt .*第\d+行/mu);
  expect(readdirSync(folder).sort()).toEqual(["out.pdf", "r.json", "t.txt"]);
  const report = JSON.parse(readFileSync(join(folder, "r.json"), "utf8"));
  expect(report).toMatchObject({
    style: "linxiang",
    mismatches: [],
    bytes: readFileSync(join(folder, "out.pdf")).length,
  });
  expect(report.source.findings.some((finding: { severity: string }) => finding.severity === "error")).toBe(true);
  const text = readFileSync(join(folder, "t.txt"), "utf8").split("\n");
  for (const notice of report.notices) expect(text).toContain(notice.title);
});

test("the printer's profile is not written over, and is what the file is made by", () => {
  const folder = testFolder();
  copyFileSync(fileURLToPath(new URL("../../assets/press/FOGRA39L.icc", import.meta.url)), join(folder, "a.icc"));
  const made = (out: string) =>
    run(["demo", "-o", out, "--profile", "press", "--icc", "a.icc", "--style", "luxi"], folder);
  expect(made("a.icc")).toMatchObject({ status: 2, stderr: expect.stringContaining("写成了同一个") });
  expect(made("out.pdf").status).toBe(0);
  const pdf = readFileSync(join(folder, "out.pdf")).toString("latin1");
  expect(pdf).toMatch(/\/OutputConditionIdentifier <FEFF0043007500730074006F006D>/u);
});

test("annual makes a proved 总目录 of several issues, and a table of it", () => {
  const folder = testFolder();
  const text = readFileSync(fixture, "utf8");
  const issueOf = (number: number, year: number) =>
    text.replaceAll("第 4 期", `第 ${number} 期`).replaceAll(/^2025(?= 年|$)/gmu, String(year));
  writeFileSync(join(folder, "三.txt"), issueOf(3, 2025));
  writeFileSync(join(folder, "旧.txt"), issueOf(4, 2024));
  const args = ["annual", fixture, "三.txt", "-o", "out.pdf", "--order", "number", "--csv", "out.csv"];
  const { status, stdout, stderr } = run(args, folder);
  expect(status, stderr).toBe(0);
  expect(stdout).toMatch(/^已生成 out\.pdf：示例县政报2025年总目录，2期，14条，\d+页，\d+字已逐一核对无误/u);
  expect(readdirSync(folder).sort()).toEqual(["out.csv", "out.pdf", "三.txt", "旧.txt"]);
  const [head, ...rows] = readFileSync(join(folder, "out.csv"), "utf8").trimEnd().split("\r\n");
  expect(head).toBe("\ufeff栏目,题名,发文机关,文号,期号,页码");
  expect(rows.map((row) => row.split(",")[4])).toEqual(rows.map((_, i) => (i % 2 ? "4" : "3")));
  expect(run([...args, "旧.txt"], folder)).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("不是同一年的（2024、2025），请用 --year"),
  });
  const older = run([...args, "旧.txt", "--year", "2024"], folder);
  expect(older.stdout).toContain("示例县政报2024年总目录，1期，7条");
});

test("a dump with hundreds of errors does not flood the terminal", () => {
  const folder = testFolder();
  writeFileSync(join(folder, "公报.txt"), readFileSync(fixture, "utf8").repeat(5));
  const { stderr } = run(["build", "公报.txt", "-o", "out.pdf"], folder);
  expect(stderr.match(/^提示：公报\.txt /gmu)).toHaveLength(10);
  expect(stderr).toMatch(/^提示：另有\d+处差错，运行 zhengbao read 可看全部。$/mu);
});

test("demo makes the sample issue, and a second run the same bytes in the place of the first", () => {
  const folder = testFolder();
  expect(run(["demo", "-o", "out.pdf"], folder)).toMatchObject({ status: 0 });
  const first = readFileSync(join(folder, "out.pdf"));
  expect(run(["demo", "-o", "out.pdf"], folder)).toMatchObject({ status: 0 });
  expect(readFileSync(join(folder, "out.pdf")).equals(first)).toBe(true);
  expect(readdirSync(folder)).toEqual(["out.pdf"]);
});
