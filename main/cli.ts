// The command line. Needs no display and, but for serve, no database. What a command needs is loaded when it runs, so that
// each starts fast.
import { complain, fail, print, UsageError } from "./terminal.ts";

const help = `政报工坊：政府公报的编排、核对与付印

用法：
  zhengbao read <文件> [--json]         识别公报文本，列出公文和疑点；--json 输出全部字段
  zhengbao check <文件> [--json]        校对公报文本，按公文列出差错、存疑和提示；有差错时退出码为1
  zhengbao build <文件> -o <PDF>        识别、编排、导出并核对，一步完成
      --style <版式>                    版式名称，默认 gbt9704
      --profile <用途>                  screen 屏幕阅读（默认）、archive 归档、press 印刷、booklet 骑马钉拼版
      --icc <文件>                      印刷和骑马钉拼版用的印厂输出特性文件（.icc），默认 FOGRA39
      --creep <毫米>                    骑马钉拼版每张纸的爬移量，默认 0.1
      --cover <bound|apart>             骑马钉拼版的封面与内文同订（默认）或单做一张
      --report <文件>                   把核对报告写成 JSON
      --text <文件>                     写出付印的全部文字，一段一行
      --notices <文件夹>                另把各文单独写成PDF，附清单 index.csv 和 index.json，供网站用
      --sheet <PDF>                     写出付印单，旁边另有同名的 .json；--by <导出人>、--waive <放行理由>
  zhengbao verify <PDF> --against <文件>
                                        重新核对一份PDF，文件可以是公报文本、build --text 的文字或付印单 .json
      --as <issue|text>                 写明文件是公报文本还是一段一行的文字；不写时，没有空行的算文字
      --notice <次序>                   PDF是这期公报的一篇（build --notices 所写的）
      --sheet <付印单.json>             同 --against，按付印单核对；--data <文件夹> 再核对其中的审签记录
      --style <版式>                    公报文本用的版式，默认 gbt9704；--profile、--icc、--creep、--cover 同 build
      --json                            结果写成 JSON
  zhengbao annual <文件>… -o <PDF>      由一年的各期公报编总目录，导出并核对；各期和总目录同用一种版式
      --year <年份>                     各期不是同一年时写明
      --order <编排>                    section 按栏目（默认）、issuer 按发文机关、number 按文号
      --style <版式>                    同 build
      --profile <用途>                  同 build，--icc、--creep 也是
      --csv <文件>                      另存为表格
  zhengbao demo -o <PDF>                用自带的示例公报做同样的事，选项同 build
  zhengbao styles [<版式文件>] [--schema]
                                        列出版式；写了文件就检查它；--schema 输出版式文件的JSON Schema
  zhengbao fonts [--data <文件夹>] [--json]
                                        列出各处所用的字体和本机的字体
  zhengbao log [--data <文件夹>] [--sheet <付印单.json>] [--json]
                                        列出审签记录并核对有没有被改动，--sheet 再核对付印单上的末条校验码
  zhengbao serve [--data <文件夹>] [--port <端口>] [--no-open]
                                        在浏览器中使用；数据默认放在 GAZETTE_DATA 所指的文件夹
  zhengbao start                        打开窗口
  zhengbao --version                    显示版本

退出码：0 完成；1 核对没有通过，没有生成文件，或校对查出差错，或审签记录被改动；2 文件或用法有误。
`;

type Command = (args: string[]) => Promise<number>;
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  read: async () => (await import("./cli/read.ts")).read,
  check: async () => (await import("./cli/check.ts")).check,
  build: async () => (await import("./cli/build.ts")).build,
  verify: async () => (await import("./cli/verify.ts")).verify,
  annual: async () => (await import("./cli/annual.ts")).annual,
  demo: async () => (await import("./cli/build.ts")).demo,
  styles: async () => (await import("./cli/styles.ts")).styles,
  fonts: async () => (await import("./cli/fonts.ts")).fonts,
  log: async () => (await import("./cli/log.ts")).log,
  serve: async () => (await import("./cli/serve.ts")).serve,
};

async function main(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args;
  if (command === "--help" || command === "-h" || command === "help") return print(help);
  if (command === "--version") return print(`${await (await import("./cli/made.ts")).programName()}\n`);
  if (command === undefined) throw new UsageError("没有写要做什么");
  const load = Object.hasOwn(commands, command) ? commands[command] : undefined;
  if (!load) throw new UsageError(`没有“${command}”这个命令`);
  if (rest.includes("--help") || rest.includes("-h")) return print(help);
  return (await load())(rest);
}

process.stdout.on("error", () => {
  complain("输出没有写完：接收输出的程序已经关闭，或者输出的位置不能写入。");
  process.exit(2);
});
process.stderr.on("error", () => process.exit(2));
process.on("uncaughtException", (error) => process.exit(fail(error)));

process.exitCode = await main(process.argv.slice(2)).catch(fail);
