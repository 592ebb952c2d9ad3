// The 校对记录: what proofreading found in an issue and what became of it, as a form to work through with a pen, to sign and
// to file. Plain data, and the display list of its pages. The numbers are those in the margins of the 校样 (proofCopy.ts).
import { printedDate } from "../model/notice.ts";
import type { Layout } from "./display.ts";
import type { Fonts } from "./fonts.ts";
import { type Cell, clockTime, Form, formTypeCase, grouped } from "./form.ts";

export interface ProofRecord {
  readonly issue: {
    readonly name: string;
    /** ISO; "" when not set. */
    readonly published: string;
    /** The version of the stored issue that was read. */
    readonly revision: number;
  };
  readonly characters: number;
  /** In printed order; what is about the issue itself first. */
  readonly groups: readonly RecordGroup[];
  /** `at`: as the caller's clock says it, ISO with its zone. */
  readonly made: { readonly by: string; readonly at: string; readonly program: string };
}

export interface RecordGroup {
  /** Title of a notice, or 本期. */
  readonly title: string;
  readonly entries: readonly RecordEntry[];
}

export interface RecordEntry {
  /** From 1 through the issue. */
  readonly mark: number;
  /** Label of the page on which it stands, "" where it is not printed. */
  readonly page: string;
  /** 差错, 存疑 or 提示. */
  readonly severity: string;
  readonly message: string;
  /** The words as they stand. */
  readonly quote: string;
  /** What the program would write instead; null: only a person can tell. */
  readonly fix: string | null;
  /** Who said that it is right as it stands; null: open. */
  readonly ignored: { readonly by: string; readonly at: string; readonly reason: string } | null;
}

const shares = [0.06, 0.08, 0.09, 0.47, 0.3];
const signers = ["校对", "复核", "日期"];

export function proofRecordLayout(record: ProofRecord, fonts: Fonts): Layout {
  const form = new Form(formTypeCase(fonts), 1);
  form.line("校对记录", { size: 24, role: "biaosong", align: "center" }, 34);
  form.line(record.issue.name, { size: 14, role: "kai", align: "center" }, 26);
  const entries = record.groups.flatMap((group) => group.entries);
  const open = entries.filter(({ ignored }) => ignored === null);
  const count = (severity: string) => `${open.filter((entry) => entry.severity === severity).length}处`;
  const fact = (label: string, value: string): Cell[] => [
    { text: label, share: 0.14, role: "hei", align: "center" },
    { text: value, share: 0.36 },
  ];
  form.table([
    [
      ...fact("出版日期", printedDate(record.issue.published) || "未定"),
      ...fact("稿件版本", `第${record.issue.revision}版`),
    ],
    [...fact("字数", `${grouped(record.characters)}字`), ...fact("差错", count("差错"))],
    [
      ...fact("存疑、提示", `${count("存疑")}，${count("提示")}`),
      ...fact("已忽略", `${entries.length - open.length}处`),
    ],
    [...fact("校对人", record.made.by), ...fact("时间", clockTime(record.made.at))],
  ]);
  form.gap(9);
  form.table([
    row(["序", "页", "类别", "问题", "处理"], "head"),
    ...record.groups.flatMap(({ title, entries: found }) => [
      [{ text: title, share: 1, role: "kai" as const, size: 9 }],
      ...found.map((entry) =>
        row([String(entry.mark), entry.page, entry.severity, problemOf(entry), handlingOf(entry)], "body"),
      ),
    ]),
    ...(entries.length === 0 ? [[{ text: "没有发现差错。", share: 1, size: 9 }]] : []),
  ]);
  form.gap(9);
  const share = 1 / signers.length;
  form.table(
    [
      signers.map((text): Cell => ({ text, share, role: "hei", align: "center" })),
      signers.map((): Cell => ({ text: "", share })),
    ],
    [20, 36],
  );
  return form.finish();
}

function row(texts: readonly string[], part: "head" | "body"): Cell[] {
  return texts.map((text, i) => {
    const isWords = i >= 3;
    const align = part === "head" || !isWords ? "center" : "left";
    return { text, share: shares[i] ?? 0, size: 8.5, align, role: part === "head" ? "hei" : "song" };
  });
}

function problemOf({ message, quote }: RecordEntry): string {
  const words = quote.length > 40 ? `${quote.slice(0, 40)}…` : quote;
  return words === "" || message.includes(words) ? message : `${message}（原文：${words}）`;
}

/** What was decided, or boxes for the pen. */
function handlingOf({ fix, ignored }: RecordEntry): string {
  if (ignored)
    return `不改。${ignored.reason === "" ? "" : `${ignored.reason.replace(/。$/u, "")}。`}（${ignored.by}，${printedDate(ignored.at.slice(0, 10))}）`;
  if (fix === null) return "□已改　□不改";
  return fix === "" ? "建议删去。□已改　□不改" : `建议改为“${fix}”。□已改　□不改`;
}
