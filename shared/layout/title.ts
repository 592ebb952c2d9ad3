// A title broken by sense, 词意完整 (GB/T 9704 7.3.1): whole words on a line, lines of like length, nothing torn from its
// 《》, no line that begins with 的. There is no dictionary to ask, so a short list of the words that titles are made of
// tells where sense ends; elsewhere the lengths decide.
import { extent, type Galley } from "./galley.ts";
import { breakLines } from "./paragraph.ts";

const words = new Set(
  `关于 印发 转发 批转 公布 发布 修改 废止 做好 开展 加强 进一步 认真 落实 规范 推进 推动 促进 支持 加快 深入 全面 实施 建立
  健全 完善 调整 成立 组建 同意 授予 表彰 任命 免去 任免 聘任 职务 同志 等同志 通知 通告 公告 决定 决议 命令 意见 批复 通报
  报告 请示 议案 公报 纪要 规定 办法 细则 方案 规划 计划 规则 规程 制度 条例 章程 目录 清单 要点 预案 指南 标准 政策 措施 若干
  暂行 试行 实施细则 实施方案 实施意见 工作方案 行动方案 行动计划 管理办法 工作 工作方案 行动 管理 建设 发展 改革 调查 研究 服务
  监督 检查 监管 考核 评价 评估 审批 执法 保护 保障 安全 生产 安全生产 应急 消防 防汛 抗旱 防治 污染 环境 生态 环境保护
  水利 水域 农业 农村 农业农村 林业 耕地 土地 粮食 畜禽 乡村 振兴 乡村振兴 经济 社会 财政 资金 补贴 税收 预算 投资 项目
  工程 招商 引资 招商引资 企业 产业 园区 市场 主体 营商 营商环境 公共 资源 数据 政务 信息 数字 数字化 网络 平台 政府
  人民政府 市人民政府 县人民政府 办公室 人民政府办公室 市政府 委员会 领导 小组 领导小组 班子 党组 全市 全县 我市 我县 镇
  街道 居民 城乡 城市 城镇 基本 医疗 保险 养老 医疗保险 教育 卫生 健康 文化 旅游 体育 科技 人才 就业 住房 交通 道路 公路 车辆
  重大行政决策 重大 行政 决策 事项 行政决策 决策事项 主要 重点 年度 监测 样本 轮换 征缴 征收 征地 拆迁 补偿 安置 集体 房屋 国有 资产
  财产 物业 收费 价格 依法 行政执法 规范性 文件 法治 信访 统计 普查 地方 志 编纂 禁止 限制 燃放 烟花爆竹 森林 防火 河道 采砂
  垂钓 行为 境内 真抓实干 督查 激励 省政府 国务院
  机动车 拖拉机 提前 报废 低温 雨雪 冰冻 灾害 自然灾害 饮用水 水源地 集中式 平安 社会治理 治理 效能 提升 学生 义务教育 阶段 作业
  负担 培训 烟叶 民生 实事 结果 名录 小区 老旧小区 专项 专项资金 赋权 质量 储备 成员 党建 引领 文明 样板 打造 协调 重点项目 中国
  调查研究 治理效能 林长制 河长制 田长制 质量强县 质量强市 强县 强市 雪亮工程 放管服 机关 事务 公共租赁 租赁 保障性 招标 公开 政务公开 高质量 高质量发展
  高标准农田 农田 节约 集约 不动产 登记 自建房 隐患 排查 整治 专项整治 三年行动 攻坚 攻坚行动 碳达峰 退役军人 殡葬 养犬 犬只 市容
  环境卫生 人居环境 污水 垃圾 垃圾分类 生活垃圾 饮水 供水 用水 节水 取水 水资源 湿地 野生动物 养殖 禁养区 疫情 防控 疫情防控
  减轻 校外 校外培训 贯彻 执行 组织 机构 单位 部门 会议 制定 修订 印章 使用 经费 采购 政府采购 债务 风险 化解 数据资源`.split(
    /\s+/u,
  ),
);
const longestWord = 7;

/** Costs of a break, in squares of an em by which a line misses the mean. */
const cost = {
  moreLines: 100,
  unfilled: 0.3,
  betweenWords: 0,
  besideWord: 6,
  unknown: 12,
  insideWord: 160,
  insideBook: 400,
  /** A line of the contents that is less than two thirds full is the greater evil. */
  insideBookInContents: 60,
  insideQuotes: 40,
  afterAbout: 10,
  good: -6,
  /** A line shorter than both its neighbours: a title is a trapezium or a lozenge 梯形、菱形, no hourglass. */
  waist: 12,
};

/** Ends of the lines of a title, in sorts, as few and as even as they can be. `room`: em. */
export function breakTitle(galley: Galley, room: number): number[] {
  const n = galley.sorts.length;
  if (n === 0) return [];
  const width = extent(galley, 0, n).natural;
  if (width <= room) return [n];
  if (width > room * mostLines) return breakLines(galley, room, room, false);
  const prices = breakPrices(galley, room, cost.insideBook);
  let best: Division | null = null;
  for (let count = Math.ceil(width / room); count <= n; count++) {
    const found = evenest(galley, room, count, width / count, prices);
    if (found && (!best || found.price + cost.moreLines < best.price)) best = found;
    else if (best) break;
  }
  return best ? endsOf(best) : breakLines(galley, room, room, false);
}

/** What fills more lines is no title; it is broken like text. */
const mostLines = 8;

/** Lines so far: the end and width of the last one, whether it is shorter than the one before, and what came before. */
interface Division {
  readonly price: number;
  readonly end: number;
  readonly width: number;
  readonly fell: boolean;
  readonly before: Division | null;
}

/** The cheapest division into exactly `count` lines, or null when they do not fit the room. */
function evenest(
  galley: Galley,
  room: number,
  count: number,
  mean: number,
  prices: readonly (number | null)[],
): Division | null {
  const n = galley.sorts.length;
  let states: Division[] = [{ price: 0, end: 0, width: mean, fell: false, before: null }];
  for (let line = 1; line <= count; line++) {
    const next = new Map<number, Division>();
    for (const before of states)
      for (let end = line === count ? n : before.end + 1; end <= n; end++) {
        const own = end === n ? 0 : prices[end];
        if (own === null || own === undefined || (line === count) !== (end === n)) continue;
        const width = extent(galley, before.end, end).natural;
        if (width > room + 1e-9) break;
        if (end === n && line > 1 && width < shortestLast) continue;
        const fell = line > 1 && width < before.width - notable;
        const waist = before.fell && width > before.width + notable ? cost.waist : 0;
        const price = before.price + own + waist + (width - mean) ** 2;
        // Of the divisions that end here one that fell and one that did not are followed further.
        const key = end * 2 + Number(fell);
        if (price < (next.get(key)?.price ?? Number.POSITIVE_INFINITY))
          next.set(key, { price, end, width, fell, before });
      }
    states = [...next.values()];
  }
  return states.reduce<Division | null>((best, one) => (best && best.price <= one.price ? best : one), null);
}

/** Difference between the widths of two lines that is seen, em. */
const notable = 1.6;

function endsOf(division: Division): number[] {
  const ends: number[] = [];
  for (let at: Division | null = division; at?.before; at = at.before) ends.push(at.end);
  return ends.reverse();
}

/** Ends of the lines of a title in the contents: lines filled one after the other, still broken by sense. The first
 *  line has `first` em of room, the others `rest`. */
export function breakEntry(galley: Galley, first: number, rest: number): number[] {
  const n = galley.sorts.length;
  const prices = breakPrices(galley, rest, cost.insideBookInContents);
  const best = new Array<number>(n + 1).fill(Number.POSITIVE_INFINITY);
  const previous = new Array<number>(n + 1).fill(0);
  best[0] = 0;
  for (let end = 1; end <= n; end++) {
    const own = end === n ? 0 : prices[end];
    if (own === null || own === undefined) continue;
    for (let start = end - 1; start >= 0; start--) {
      const natural = extent(galley, start, end).natural;
      const room = start === 0 ? first : rest;
      if (natural > Math.max(first, rest) + 1) break;
      if (natural > room || (end === n && start > 0 && natural < shortestLast)) continue;
      const price = (best[start] ?? 0) + own + (end === n ? 0 : cost.unfilled * (room - natural) ** 2);
      if (price < (best[end] ?? 0)) {
        best[end] = price;
        previous[end] = start;
      }
    }
  }
  if (best[n] === Number.POSITIVE_INFINITY) return breakLines(galley, first, rest, false);
  const ends: number[] = [];
  for (let end = n; end > 0; end = previous[end] ?? 0) ends.push(end);
  return ends.reverse();
}

/** A last line of one or two characters is none, em. */
const shortestLast = 2.6;

/** Price of a break before each sort; null where none may be. */
function breakPrices(galley: Galley, room: number, insideBook: number): (number | null)[] {
  const { sorts, breaks } = galley;
  const wordOf = wordsOf(galley);
  const book = insideOf(galley, room, "《", "》");
  const quotes = insideOf(galley, room, "“", "”");
  return sorts.map((sort, i) => {
    const before = sorts[i - 1];
    if (!before || breaks[i] !== "free" || sort.text === "的") return null;
    const own = (book[i] ? insideBook : 0) + (quotes[i] ? cost.insideQuotes : 0);
    if (sort.text === "《" || before.text === "》" || before.text === "、") return own + cost.good;
    const [a, b] = [wordOf[i - 1] ?? -1, wordOf[i] ?? -1];
    if (a >= 0 && a === b) return own + cost.insideWord;
    const word =
      a >= 0
        ? sorts
            .slice(a, i)
            .map((one) => one.text)
            .join("")
        : "";
    // A space that somebody set between Chinese words, not around a number.
    if (before.kind === "space" && sorts[i - 2]?.kind !== "latin" && sort.kind !== "latin")
      return own + cost.betweenWords;
    if (word === "关于") return own + cost.afterAbout;
    if (/[和与及]/u.test(before.text)) return own + cost.afterAbout;
    if (a >= 0 && b >= 0) return own + cost.betweenWords;
    return own + (a >= 0 || b >= 0 || before.text === "的" ? cost.besideWord : cost.unknown);
  });
}

/** What follows the name of a place in the name of its government. */
const offices = new Set(["", "人民政府", "人民政府办公室", "委", "委办公室"]);

/** For each sort the index at which its word begins, -1 outside the list; longest match first. The place that the whole
 *  title begins with (示例市) is a word, too, and so are its offices. */
function wordsOf(galley: Galley): number[] {
  const texts = galley.sorts.map((sort) => sort.text);
  const place = /^(?:中共)?(\p{Script=Han}{2,4}?[省州市县区])/u.exec(galley.copy.text)?.[1] ?? "-";
  const isWord = (word: string) => words.has(word) || (word.startsWith(place) && offices.has(word.slice(place.length)));
  const longest = longestWord + place.length;
  const starts: number[] = new Array(texts.length).fill(-1);
  for (let i = 0; i < texts.length; ) {
    let length = Math.min(longest, texts.length - i);
    while (length > 1 && !isWord(texts.slice(i, i + length).join(""))) length--;
    if (length > 1) starts.fill(i, i, i + length);
    i += length;
  }
  return starts;
}

/** Whether a break before each sort would stand inside a pair of marks that fits on a line. */
function insideOf(galley: Galley, room: number, left: string, right: string): boolean[] {
  const inside: boolean[] = new Array(galley.sorts.length).fill(false);
  let depth = 0;
  let open = 0;
  for (const [i, sort] of galley.sorts.entries()) {
    if (sort.text === left && depth++ === 0) open = i;
    if (sort.text === right && depth > 0 && --depth === 0 && extent(galley, open, i + 1).natural <= room)
      inside.fill(true, open + 1, i + 1);
  }
  return inside;
}
