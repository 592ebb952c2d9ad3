// Sums in tables: 合计 and 小计 against the rows they add up. Only columns of plain numbers are judged, and a total is
// wrong only when no reading of the table (all rows, or the subtotals) gives it.
import type { NoticeHit, NoticeRule } from "./rule.ts";
import type { Grid, ProofNotice } from "./subject.ts";

const total = /^(?:合计|总计|共计|全[市县区州]合计|总合计)$/u;
const subtotal = /^(?:小计|其中)/u;

const label = (row: readonly string[]) => row.slice(0, 3).map((cell) => cell.replace(/\s/gu, ""));

/** "1,234.5" -> 1234.5; null for anything else but a number. */
function numberOf(cell: string): number | null {
  const plain = cell.replace(/[\s,，]/gu, "");
  return /^-?\d+(?:\.\d+)?$/u.test(plain) ? Number(plain) : null;
}

function* wrongTotals({ grids }: ProofNotice): Generator<NoticeHit> {
  for (const grid of grids) yield* totalsOf(grid);
}

function* totalsOf(grid: Grid): Generator<NoticeHit> {
  const totals = grid.rows.flatMap((row, r) =>
    r >= grid.header && label(row).some((cell) => total.test(cell)) ? [r] : [],
  );
  const [at] = totals;
  if (at === undefined || totals.length > 1) return;
  const below = at === grid.header;
  const rows = below ? grid.rows.slice(at + 1) : grid.rows.slice(grid.header, at);
  if (rows.length < 2) return;
  const parts = rows.filter((row) => !label(row).some((cell) => subtotal.test(cell)));
  const subtotals = rows.filter((row) => label(row).some((cell) => subtotal.test(cell)));
  for (let c = 1; c < (grid.rows[at]?.length ?? 0); c++) {
    const said = numberOf(grid.rows[at]?.[c] ?? "");
    if (said === null) continue;
    if (
      /序号|编号|年份|电话|比例|占比|率|单价|均/u.test(
        grid.rows
          .slice(0, grid.header)
          .map((row) => row[c])
          .join(""),
      )
    )
      continue;
    const [all, some] = [sumOf(parts, c), sumOf(subtotals, c)];
    if (all === null && some === null) continue;
    if ([all, some].some((sum) => sum !== null && Math.abs(sum - said) < 0.006 * Math.max(1, rows.length / 2)))
      continue;
    const sum = all ?? some;
    yield {
      row: { block: grid.block, line: grid.lines[at], row: at, column: c },
      excerpt: `合计 ${grid.rows[at]?.[c]}`,
      message: `表格第${c + 1}列的合计是${grid.rows[at]?.[c]}，各行相加是${Number(sum?.toFixed(4))}，请核对`,
    };
  }
}

/** 小计 against the rows of its group, which stand above it or below it; which of the two, the other subtotals of the
 *  table tell: only a column in which most of them are right is judged. */
function* wrongSubtotals({ grids }: ProofNotice): Generator<NoticeHit> {
  for (const grid of grids) {
    const isSum = grid.rows.map((row) => label(row).some((cell) => /^小计$/u.test(cell)));
    const isTotal = grid.rows.map((row) => label(row).some((cell) => total.test(cell)));
    const at = [...isSum.keys()].filter((r) => r >= grid.header && isSum[r]);
    if (at.length < 3) continue;
    const above = at.map((r, i) => [Math.max(grid.header, (at[i - 1] ?? grid.header - 1) + 1), r] as const);
    const below = at.map((r, i) => [r + 1, at[i + 1] ?? grid.rows.length] as const);
    for (let c = 1; c < (grid.rows[0]?.length ?? 0); c++) {
      const judged = [above, below].map((groups) =>
        groups.map(([from, to], i) => {
          const rows = grid.rows.slice(from, to).filter((_, k) => !isTotal[from + k]);
          const [said, sum] = [numberOf(grid.rows[at[i] ?? 0]?.[c] ?? ""), sumOf(rows, c)];
          return said === null || sum === null
            ? null
            : { row: at[i] ?? 0, said, sum, right: Math.abs(said - sum) < 0.011 };
        }),
      );
      const count = (side: (typeof judged)[number]) => side.filter((each) => each?.right).length;
      const [side] = judged.toSorted((a, b) => count(b) - count(a));
      const known = side?.filter((each) => each !== null) ?? [];
      if (!side || count(side) < 2 || 2 * count(side) <= known.length) continue;
      for (const each of known)
        if (each && !each.right)
          yield {
            row: { block: grid.block, line: grid.lines[each.row], row: each.row, column: c },
            excerpt: `小计 ${each.said}`,
            message: `表格第${c + 1}列的小计是${each.said}，本组各行相加是${Number(each.sum.toFixed(4))}，请核对`,
          };
    }
  }
}

const amount = String.raw`(\d+(?:\.\d+)?)(万元|亿元|元|人|名|个|户|家|所|处|项|亩|公里|件|辆|台|套|吨|平方米|万人|万亩)`;
const whole = new RegExp(
  `(?:共计|总计|合计|总投资|总数|共有|共)[^，。；：、\\d]{0,10}${amount}[^，。；：、\\d]{0,8}[，,（(](?:其中)[：:]?`,
  "gu",
);
const portion = new RegExp(`^[^，。；：、\\d（(]{1,16}?${amount}(?:[（(][^（()）]*[）)])?(?:[，、；]|$)`, "u");

/** 共10个名额，其中甲镇4个、乙镇3个、丙镇4个: parts of one unit that come to more than the whole. */
function* wrongParts({ passages }: ProofNotice): Generator<NoticeHit> {
  for (const passage of passages)
    for (const match of passage.text.matchAll(whole)) {
      const [said, unit] = [Number(match[1]), match[2]];
      let rest = passage.text.slice(match.index + match[0].length).split(/[。；）)]/u)[0] ?? "";
      const parts: number[] = [];
      for (;;) {
        const part = portion.exec(rest);
        if (!part || part[2] !== unit) break;
        parts.push(Number(part[1]));
        rest = rest.slice(part[0].length);
      }
      const sum = parts.reduce((all, part) => all + part, 0);
      if (parts.length < 2 || sum <= said + 0.0001) continue;
      const [from, to] = [match.index, match.index + match[0].length];
      yield {
        passage,
        from,
        to,
        message: `其中各项相加是${Number(sum.toFixed(4))}${unit}，多于总数${said}${unit}，请核对`,
      };
    }
}

/** null when a row has something else than a number or a blank, or fewer than two have a number. */
function sumOf(rows: readonly (readonly string[])[], c: number): number | null {
  let [sum, count] = [0, 0];
  for (const row of rows) {
    const cell = row[c] ?? "";
    if (cell.trim() === "" || /^[—\-/]+$/u.test(cell.trim())) continue;
    const value = numberOf(cell);
    if (value === null) return null;
    sum += value;
    count++;
  }
  return count < 2 ? null : sum;
}

/** A column headed 按参保人数15%测算 against the column it names. One finding a column, at the first row that is wrong. */
function* wrongRatios({ grids }: ProofNotice): Generator<NoticeHit> {
  for (const grid of grids) {
    const heads = Array.from({ length: grid.rows[0]?.length ?? 0 }, (_, c) =>
      grid.rows
        .slice(0, grid.header)
        .map((row) => row[c] ?? "")
        .join("")
        .replace(/\s/gu, ""),
    );
    for (const [c, head] of heads.entries()) {
      const [, base = "", percent] = /按(.{2,8}?)的?(\d+(?:\.\d+)?)%/u.exec(head) ?? [];
      const from = heads.findIndex(
        (other, i) => i !== c && other.length >= 2 && (base.endsWith(other) || other.endsWith(base)),
      );
      if (!percent || from < 0) continue;
      const rows = grid.rows.slice(grid.header).map((row, r) => ({
        at: r + grid.header,
        whole: numberOf(row[from] ?? ""),
        part: numberOf(row[c] ?? ""),
      }));
      const wrong = rows.find(
        ({ whole, part }) =>
          whole && part !== null && Math.abs((whole * Number(percent)) / 100 - part) > Math.max(1, part * 0.02),
      );
      if (!wrong) continue;
      const right = ((wrong.whole ?? 0) * Number(percent)) / 100;
      yield {
        row: { block: grid.block, line: grid.lines[wrong.at], row: wrong.at, column: c },
        excerpt: (grid.rows[wrong.at] ?? []).slice(0, c + 1).join(" "),
        message: `表头写“${head}”，这一行${wrong.whole}的${percent}%是${Number(right.toFixed(1))}，表中是${wrong.part}，请核对`,
      };
    }
  }
}

/** A telephone number of a column of such with a digit too many or too few. */
function* phones({ grids }: ProofNotice): Generator<NoticeHit> {
  for (const grid of grids)
    for (let c = 0; c < (grid.rows[0]?.length ?? 0); c++) {
      const head = grid.rows
        .slice(0, grid.header)
        .map((row) => row[c] ?? "")
        .join("")
        .replace(/\s/gu, "");
      if (!/电话|联系方式|手机|号码$/u.test(head)) continue;
      const cells = grid.rows.slice(grid.header).map((row) => (row[c] ?? "").trim());
      const mobile = cells.filter((cell) => /^1\d{10}$/u.test(cell)).length;
      for (const [r, cell] of cells.entries())
        if (mobile >= 3 && /^1[3-9]\d{8}$|^1[3-9]\d{10,12}$/u.test(cell))
          yield {
            row: { block: grid.block, line: grid.lines[r + grid.header], row: r + grid.header, column: c },
            excerpt: cell,
            message: `手机号码“${cell}”有${cell.length}位，应为11位`,
          };
    }
}

/** 合计 in the first column of one table and in the second of the next, under the same head. */
function* totalPlaces({ grids }: ProofNotice): Generator<NoticeHit> {
  const placed = grids.flatMap((grid) => {
    const head = (grid.rows[grid.header - 1] ?? []).slice(0, 2).join("|").replace(/\s/gu, "");
    const at = grid.rows.findIndex((row) => label(row).some((cell) => total.test(cell)));
    const column = label(grid.rows[at] ?? []).findIndex((cell) => total.test(cell));
    return at < 0 || head === "" ? [] : [{ grid, head, at, column }];
  });
  for (const alike of Map.groupBy(placed, ({ head }) => head).values()) {
    const [first, ...others] = alike;
    if (!first || others.every(({ column }) => column === first.column)) continue;
    yield {
      row: { block: first.grid.block, line: first.grid.lines[first.at], row: first.at, column: first.column },
      excerpt: first.grid.rows[first.at]?.[first.column] ?? "",
      message: "“合计”在表头相同的表里有的放第一列、有的放第二列，请统一",
    };
  }
}

export const sumRules: readonly NoticeRule[] = [
  { rule: "table.sum", code: "NU-017", severity: "warning", basis: "逻辑校验", find: wrongTotals },
  { rule: "table.subtotal", code: "NU-017", severity: "warning", basis: "逻辑校验", find: wrongSubtotals },
  { rule: "figure.parts", code: "NU-017", severity: "warning", basis: "逻辑校验", find: wrongParts },
  { rule: "table.ratio", code: "NU-017", severity: "warning", basis: "逻辑校验", find: wrongRatios },
  { rule: "table.phone", code: "", severity: "warning", basis: "逻辑校验", find: phones },
  { rule: "table.total-position", code: "", severity: "hint", basis: "公报编辑校验", find: totalPlaces },
];
