// An issue that has a page of each kind, made of notices of the sample issue and of the rarer things beside prose: a
// picture, footnotes, a turned table. What is on a page is told by the words on it.
import { fileURLToPath } from "node:url";
import { readSample, type Sample } from "../../main/compose.ts";
import type { ReadPage } from "../../main/pdf/reader.ts";
import { type Block, type Cell, paragraph, type Row } from "../../shared/model/block.ts";
import type { NoticeFields } from "../../shared/model/notice.ts";
import { rgbPng } from "../pdf/pictures.ts";

/** Pixels. */
export const photo = { name: "水库.png", width: 2400, height: 1600 } as const;

/** A picture as a camera takes it: soft light, edges, and wires finer than what a screen shows. */
export function photoFile(): Uint8Array {
  const { width, height } = photo;
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0, at = 0; y < height; y++) {
    at++;
    for (let x = 0; x < width; x++, at += 3) {
      const hill = height * (0.5 + 0.14 * Math.sin(x / 290) + 0.06 * Math.sin(x / 83));
      const light = 1 - y / height;
      const wire = y < hill && (x + 2 * y) % 97 < 3;
      if (wire) rows.fill(30, at, at + 3);
      else if (y < hill) rows.set([150 + 90 * light, 190 + 50 * light, 250], at);
      else rows.set([70 + 40 * light, 95 + 30 * Math.sin(x / 9 + y / 6), 60], at);
    }
  }
  return rgbPng(width, height, rows);
}

const cell = (type: Cell["type"], text: string): Cell => ({
  type,
  attrs: { colspan: 1, rowspan: 1, colwidth: null },
  content: [paragraph("cell", text)],
});
const row = (type: Cell["type"], texts: readonly string[]): Row => ({
  type: "table_row",
  content: texts.map((text) => cell(type, text)),
});

const heads = ["序号", "水库名称", "所在乡镇", "总库容（万立方米）", "汛限水位（米）", "责任人", "职务", "联系电话"];
const reservoirs = ["青石", "望湖", "云栖", "白鹭", "松涧", "龙潭", "梅溪", "双桥"];

const landscape: Block = {
  type: "table",
  attrs: { landscape: true, wholeRows: false },
  content: [
    row("table_header", heads),
    ...reservoirs.map((name, i) =>
      row("table_cell", [
        String(i + 1),
        `${name}水库`,
        `${name}镇`,
        String(1260 + i * 37),
        `${86 + i}.5`,
        "沈知微",
        "镇长",
        `0000-66601${20 + i}`,
      ]),
    ),
  ],
};

const noted: Block = {
  type: "paragraph",
  attrs: { kind: "body" },
  content: [
    { type: "text", text: "全市小型水库实行安全管理责任制" },
    {
      type: "footnote",
      attrs: { text: "小型水库指总库容十万立方米以上、不足一千万立方米的水库，名录由市水利局每年公布一次。" },
    },
    { type: "text", text: "，由乡镇人民政府明确管护人员，汛期每日巡查不少于两次，并做好记录" },
    { type: "footnote", attrs: { text: "记录的式样见市水利局《水库巡查手册》（2026年版）。" } },
    { type: "text", text: "。" },
  ],
};

const reservoirNotice = (image: string): NoticeFields & { readonly body: readonly Block[] } => ({
  title: "示例市人民政府办公室关于公布水库安全责任人的通知",
  issuers: ["示例市人民政府办公室"],
  docNumber: "示政办发〔2026〕9号",
  uniformNumber: "",
  kind: "通知",
  dated: "2026-05-12",
  section: "市政府办文件",
  body: [
    paragraph("addressee", "各乡镇人民政府，市政府各部门："),
    noted,
    paragraph("body", "望湖水库除险加固已经完工（见图1），自今年汛期起恢复正常蓄水。"),
    {
      type: "figure",
      attrs: { image, width: photo.width, height: photo.height, share: 0.6, alt: "加固后的望湖水库" },
    },
    paragraph("caption", "图1　加固后的望湖水库"),
    paragraph("body", "各水库责任人名单附后，请认真履行职责。"),
    paragraph("signature", "示例市人民政府办公室"),
    paragraph("date", "2026年5月12日"),
    landscape,
  ],
});

/** Notices of the sample issue: two of prose, one with a table; and the one above. `image` is the store's name of the
 *  photo. */
export function pageKindsSample(image: string): Pick<Sample, "issue" | "sections" | "notices"> {
  const { issue, notices } = readSample(fileURLToPath(new URL("../../assets", import.meta.url)));
  return {
    issue,
    notices: [...[0, 3, 4, 11].flatMap((index) => notices.slice(index, index + 1)), reservoirNotice(image)],
    sections: [
      { title: "市政府文件", entries: [0, 1, 2] },
      { title: "人事任免", entries: [3] },
      { title: "市政府办文件", entries: [4] },
    ],
  };
}

/** A style that has what the shipped ones leave out. Two pages of contents and a cover need a blank one. */
export const fullStyle = {
  extends: "luxi",
  columns: { rule: 0.5 },
  runningHead: { odd: "{gazette}　{issue}", even: "{title}", rule: 0.75 },
  contents: { pitch: 64, gap: 30 },
  imprint: { place: "back" },
  filler: { multiple: 4, slogans: true },
  opener: { kind: "page" },
} as const;

/** The kinds of pages, each by a sign of it: a page may be of several. */
export const pageKinds: Readonly<Record<string, (page: ReadPage, text: string) => boolean>> = {
  封面: ({ label }) => label === "封面",
  目录: ({ label }) => label.startsWith("目"),
  版权页: (_, text) => text.includes("责任编辑"),
  正文: (_, text) => text.includes("禁火范围"),
  表格: (_, text) => text.includes("绕行线路"),
  横排表格: (_, text) => text.includes("汛限水位"),
  脚注: (_, text) => text.includes("水库巡查手册"),
  图片: ({ pictures }) => pictures.length > 0,
  空白页: ({ label }, text) => label === "空白页" && text === "",
  补白: ({ label }, text) => label === "空白页" && text !== "",
  页眉: ({ label }, text) => /^\d+$/.test(label) && text.includes("示例政报2026年第2期"),
  栏目页: ({ label }, text) => /^\d*$/.test(label) && text.length < 20,
};
