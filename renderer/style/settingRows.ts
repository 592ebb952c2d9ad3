// How the settings of a style are laid out as rows of the panel: typeface, size, spacing and colour of one text share a row;
// the texts of a notice are shown one at a time. Pure.
import type { Layout, Page, TextRun } from "../../shared/layout/display.ts";
import type { StyleGroup } from "../../shared/layout/styleGuide.ts";
import { type StyleSetting, styleSettings } from "../../shared/layout/styleSettings.ts";
import type { Notice, NoticeId } from "../../shared/model/notice.ts";
import { nearestRun } from "../preview/places.ts";

export interface SettingRow {
  /** Path of its first setting. */
  readonly key: string;
  readonly label: string;
  /** The part that it stands in; "" when that is its group. */
  readonly heading: string;
  readonly group: StyleGroup;
  readonly settings: readonly StyleSetting[];
}

/** The text whose settings are shown in 各级标题与要素: the second key of text.title, or "opener" for 栏目名. */
export type TextChoice = string;

const typeKeys = new Set(["role", "size", "spacing", "ink"]);

const parentOf = (path: string) => path.slice(0, path.lastIndexOf("."));
const isType = ({ path }: StyleSetting) => path.includes(".") && typeKeys.has(path.slice(path.lastIndexOf(".") + 1));

/** All rows, in the order of the guide. */
export const settingRows: readonly SettingRow[] = rowsOf(styleSettings);

function rowsOf(settings: readonly StyleSetting[]): SettingRow[] {
  const rows: SettingRow[] = [];
  for (const setting of settings) {
    const last = rows.at(-1);
    const parent = parentOf(setting.path);
    if (last && isType(setting) && last.settings.every((one) => isType(one) && parentOf(one.path) === parent))
      rows.splice(-1, 1, { ...last, settings: [...last.settings, setting] });
    else {
      const heading = setting.within.at(-1) ?? "";
      const row = { key: setting.path, label: setting.word.name, group: setting.group, settings: [setting] };
      rows.push({ ...row, heading: heading === setting.group ? "" : heading });
    }
  }
  return rows.map((row) => named(row, settings));
}

/** A row of type settings is named after its text when the text has no other settings. */
function named(row: SettingRow, settings: readonly StyleSetting[]): SettingRow {
  const [first] = row.settings;
  if (!first || row.settings.length === 1) return row;
  const parent = parentOf(first.path);
  const alone = settings.filter((each) => each.path.startsWith(`${parent}.`)).length === row.settings.length;
  if (!alone) return { ...row, label: "字体字号" };
  const outer = first.within.at(-2) ?? "";
  return { ...row, label: first.within.at(-1) ?? row.label, heading: outer === row.group ? "" : outer };
}

export function textChoiceOf({ path }: StyleSetting): TextChoice | null {
  const [first, second] = path.split(".");
  return first === "text" ? (second ?? null) : first === "opener" ? "opener" : null;
}

/** The rows of a group; of the texts of a notice only the chosen one. */
export function rowsIn(group: StyleGroup, text: TextChoice): SettingRow[] {
  return settingRows.filter((row) => {
    const [first] = row.settings;
    const choice = first ? textChoiceOf(first) : null;
    return row.group === group && (choice === null || choice === text);
  });
}

/** The rows that all words of a query are found in. */
export function rowsFound(query: string): SettingRow[] {
  const words = query.trim().split(/\s+/u);
  return settingRows.filter((row) => {
    const text = [
      row.group,
      row.label,
      ...row.settings.flatMap(({ within, word }) => [
        ...within,
        word.name,
        word.help ?? "",
        ...Object.values(word.choices ?? {}),
      ]),
    ].join(" ");
    return words.every((word) => text.includes(word));
  });
}

/** Where in the panel the settings are of what stands at a point (pt) of a page; null on a page without text. */
export function settingsAt(
  page: Page,
  x: number,
  y: number,
  notices: ReadonlyMap<NoticeId, Notice>,
): { group: StyleGroup; text: TextChoice | null } | null {
  const best = nearestRun(page, x, y, () => true);
  return best && settingsOfRun(best.run, page.kind, notices);
}

function settingsOfRun(
  { source, artifact }: TextRun,
  kind: Layout["pages"][number]["kind"],
  notices: ReadonlyMap<NoticeId, Notice>,
): { group: StyleGroup; text: TextChoice | null } {
  if (artifact === "folio" || artifact === "runningHead") return { group: "页码与书眉", text: null };
  if (artifact === "filler") return { group: "补白", text: null };
  if (source?.in === "title" || source?.in === "number") return { group: "各级标题与要素", text: source.in };
  if (source?.in === "body") {
    if (source.note !== undefined) return { group: "正文与行文", text: null };
    const block = notices.get(source.notice)?.body[source.block];
    if (block?.type === "table") return { group: "表格", text: null };
    return { group: "各级标题与要素", text: block?.type === "paragraph" ? block.attrs.kind : "body" };
  }
  const part = source?.in === "front" ? source.part : kind;
  if (part === "section") return { group: "各级标题与要素", text: "opener" };
  if (part === "cover") return { group: "封面", text: null };
  return part === "imprint" ? { group: "版权页", text: null } : { group: "目录", text: null };
}
