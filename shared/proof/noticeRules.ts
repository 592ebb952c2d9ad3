// Rules on a whole notice: its number, signers, dates and short names against its text.
import { parseDocNumber } from "../model/docNumber.ts";
import { printedDate, squash } from "../model/notice.ts";
import { type NoticeHit, type NoticeRule, seen, seenField } from "./rule.ts";
import { type Passage, type ProofNotice, saying, titleOf } from "./subject.ts";

const running = ({ kind }: Passage) => kind !== "cell" && kind !== "title";

function* numberAgainstDate(notice: ProofNotice): Generator<NoticeHit> {
  const year = parseDocNumber(notice.docNumber)?.year;
  const dated = Number(notice.dated.slice(0, 4));
  if (!year || !dated || year === dated) return;
  // Signed in the first weeks of the new year, a number of the old one may be right.
  if (dated === year + 1 && notice.dated.slice(5, 7) <= "02") return;
  const message = `发文字号“${notice.docNumber}”的年份与成文日期${printedDate(notice.dated)}不一致`;
  const evidence = [seenField(notice, "dated", printedDate(notice.dated))];
  yield { field: "docNumber", passage: titleOf(notice), excerpt: notice.docNumber, message, evidence };
}

function* numberAgainstIssuer(notice: ProofNotice): Generator<NoticeHit> {
  const code = parseDocNumber(notice.docNumber)?.agencyCode ?? "";
  const [first] = notice.issuers;
  if (code === "" || !first || notice.issuers.length > 1) return;
  const [office, said] = [/办公[室厅]$/u.test(first), /办/u.test(code)];
  if (/人民政府(?:办公[室厅])?$/u.test(first) && office !== said)
    yield {
      ...{ field: "docNumber", passage: titleOf(notice), excerpt: notice.docNumber },
      evidence: [seenField(notice, "issuers", first)],
      message: `发文机关是“${first}”，发文字号“${notice.docNumber}”的机关代字${said ? "是办公室的" : "里没有“办”"}，请核对`,
    };
  const personnel = /任职|任免|免职|职务/u.test(notice.title);
  if (/人$/u.test(code) !== personnel && /人$/u.test(code))
    yield {
      ...{ field: "docNumber", passage: titleOf(notice), excerpt: notice.docNumber },
      evidence: [seenField(notice, "title", notice.title)],
      message: `发文字号“${notice.docNumber}”是人事任免的代字，标题却不是任免`,
    };
}

function* signersAgainstTitle(notice: ProofNotice): Generator<NoticeHit> {
  const at = notice.passages.findIndex(({ kind }) => kind === "signature");
  const passage = notice.passages[at];
  if (!passage || notice.issuers.length === 0 || notice.signers.length === 0) return;
  const signed = squash(notice.signers.join(""));
  const first = notice.issuers.find((issuer) => !signed.includes(squash(issuer)));
  // A person signs an order; 办公室 signs a notice whose title begins with 关于.
  if (!first || !/(?:政府|办公[室厅]|[局委部厅]|委员会)$/u.test(signed)) return;
  yield {
    passage,
    evidence: [seenField(notice, "issuers", notice.issuers.join(" "))],
    message: `落款是“${notice.signers.join("、")}”，标题的发文机关是“${notice.issuers.join("、")}”，两处不一致`,
  };
}

const deadline = /(?:(?<year>(?:19|20)\d{2})年)?(?<month>\d{1,2})月(?:(?<day>\d{1,2})日|底)(?:之)?前/gu;

/** 2023年4月19日前…完成 in a notice signed in May. */
function* deadlinePassed(notice: ProofNotice): Generator<NoticeHit> {
  if (notice.dated === "" || /总结|通报|公报|报告|规划/u.test(notice.title)) return;
  for (const passage of notice.passages.filter(running)) {
    for (const match of passage.text.matchAll(deadline)) {
      const { month = "", day } = match.groups ?? {};
      const before = passage.text.slice(0, match.index);
      const year = match.groups?.year ?? yearBefore(before);
      if (!year || /[（(《〔][^）)》〕]*$/u.test(before)) continue;
      const last = day ?? "31";
      const iso = `${year}-${month.padStart(2, "0")}-${last.padStart(2, "0")}`;
      const rest = passage.text.slice(match.index + match[0].length).split(/[。；]/u)[0] ?? "";
      const past =
        /已|出生|取得|参加工作|签订|成立|建成|竣工|投产|颁|发布|印发|登记|注册|入伍|退役|毕业|的[，。；]?$/u.test(rest);
      const due = /完成|报|上报|提交|报送|到位|制定|出台|开工|启动|审核|办结|落实|组织|召开|整改|建立|形成|实现/u.test(
        rest,
      );
      if (iso >= notice.dated || past || !due || Number(notice.dated.slice(0, 4)) - Number(year) > 1) continue;
      yield {
        passage,
        from: match.index,
        to: match.index + match[0].length,
        evidence: [seenField(notice, "dated", printedDate(notice.dated))],
        message: `完成时限“${match[0]}”早于成文日期${printedDate(notice.dated)}，请核对`,
      };
    }
  }
}

const stage =
  /^[（(][一二三四五六七八九十]{1,3}[）)][^（(。]{2,20}[（(](?<fromYear>(?:19|20)\d{2})年(?<fromMonth>\d{1,2})月[^—～至\-（()）]{0,6}[—～至-](?:(?<toYear>(?:19|20)\d{2})年)?(?<toMonth>\d{1,2})月[^（()）]{0,6}[）)]/u;

/** （一）动员阶段（2026年3月—5月） in what is signed in June, or a stage that begins before the one above it has ended. */
function* stages(notice: ProofNotice): Generator<NoticeHit> {
  let above: { readonly passage: Passage; readonly end: string } | null = null;
  for (const passage of notice.passages) {
    if (!/^[（(][一二三四五六七八九十]/u.test(passage.text)) continue;
    const match = stage.exec(passage.text);
    const { fromYear = "", fromMonth = "", toYear = fromYear, toMonth = "" } = match?.groups ?? {};
    if (!match) {
      above = null;
      continue;
    }
    const [start, end] = [`${fromYear}-${fromMonth.padStart(2, "0")}`, `${toYear}-${toMonth.padStart(2, "0")}`];
    const to = match[0].length;
    if (end < start) yield { passage, from: 0, to, message: "起止月份前后颠倒，请核对" };
    else if (above && start < above.end)
      yield {
        ...{ passage, from: 0, to },
        message: "这一阶段开始时上一阶段还没有结束，请核对起止月份",
        evidence: [seen(notice, above.passage)],
      };
    else if (notice.dated !== "" && end < notice.dated.slice(0, 7))
      yield {
        ...{ passage, from: 0, to },
        message: `这一阶段在成文日期${printedDate(notice.dated)}以前就结束了，请核对`,
        evidence: [seenField(notice, "dated", printedDate(notice.dated))],
      };
    above = { passage, end };
  }
}

/** The year that governs a date without one: the last named in the same paragraph. */
function yearBefore(text: string): string | undefined {
  return Array.from(text.matchAll(/((?:19|20)\d{2})年(?!度|以来)\d{1,2}月/gu)).at(-1)?.[1];
}

/** A cited number of a later year than the notice itself. */
function* citedLater(notice: ProofNotice): Generator<NoticeHit> {
  const dated = Number(notice.dated.slice(0, 4));
  if (!dated) return;
  for (const passage of saying(notice.passages, "〔").filter(({ kind }) => kind !== "title"))
    for (const match of passage.text.matchAll(/[\p{Script=Han}]{2,10}〔((?:19|20)\d{2})〕\d{1,4}号/gu))
      if (Number(match[1]) > dated)
        yield {
          passage,
          from: match.index,
          to: match.index + match[0].length,
          evidence: [seenField(notice, "dated", printedDate(notice.dated))],
          message: `引用的“${match[0]}”晚于成文日期${printedDate(notice.dated)}，请核对`,
        };
}

/** 自2026年7月1日起施行 in what is dated August. */
function* inForceBefore(notice: ProofNotice): Generator<NoticeHit> {
  if (notice.dated === "") return;
  for (const passage of notice.passages.filter(running))
    for (const match of passage.text.matchAll(
      /(?<=本(?:办法|规定|细则|方案|通告|通知|意见|决定|预案)[^。；]{0,4})自(\d{4})年(\d{1,2})月(\d{1,2})日起(?:施行|实施|执行)/gu,
    )) {
      const iso = `${match[1]}-${match[2]?.padStart(2, "0")}-${match[3]?.padStart(2, "0")}`;
      if (iso < notice.dated)
        yield {
          passage,
          from: match.index,
          to: match.index + match[0].length,
          evidence: [seenField(notice, "dated", printedDate(notice.dated))],
          message: `施行日期${match[1]}年${match[2]}月${match[3]}日早于成文日期${printedDate(notice.dated)}，请核对`,
        };
    }
}

const defined = /[（(]以下(?:简|统)称[：:]?(?:为)?[“"《]?([^”"》）)，；]{2,16})[”"》]?[）)]/gu;

/** A short name that is defined and never used, or defined twice. */
function* shortNames({ passages }: ProofNotice): Generator<NoticeHit> {
  const seen = new Set<string>();
  for (const [i, passage] of passages.entries()) {
    if (passage.kind === "documentTitle" || passage.kind === "annexTitle") seen.clear();
    if (!running(passage)) continue;
    for (const match of passage.text.matchAll(defined)) {
      const name = match[1] ?? "";
      const [from, to] = [match.index, match.index + match[0].length];
      const used = passage.text.includes(name, to) || passages.slice(i + 1).some(({ text }) => text.includes(name));
      if (!used) yield { passage, from, to, message: `“${name}”是约定的简称，后面却没有再用，可删去这个括注` };
      else if (seen.has(name)) yield { passage, from, to, message: `简称“${name}”前面已经约定过` };
      seen.add(name);
    }
  }
}

/** Full names of institutions whose short names are not part of them. */
const shortened: readonly (readonly [full: RegExp, short: RegExp])[] = [
  [/人力资源(?:和|与)?社会保障局/u, /(?<=[市县区州])人社局/u],
  [/发展(?:和|与)?改革(?:委员会|局)/u, /(?<=[市县区州])发改[局委]/u],
  [/住房(?:和|与)?城乡建设局/u, /(?<=[市县区州])住建局/u],
  [/卫生健康(?:委员会|局)/u, /(?<=[市县区州])卫健[局委]/u],
  [/市场监督管理局/u, /(?<=[市县区州])市(?:场监管|监)局/u],
  [/教育体育局/u, /(?<=[市县区州])教体局/u],
  [/医疗保障局/u, /(?<=[市县区州])医保局/u],
  [/城市管理和综合执法局/u, /(?<=[市县区州])城管(?:执法)?局/u],
];

/** 市人力资源和社会保障局 beside 市人社局 in running text, without 以下简称: told once, at the first short one. */
function* fullAndShort(notice: ProofNotice): Generator<NoticeHit> {
  const text = notice.passages.filter(({ kind }) => kind === "body" || kind === "item" || /^level/u.test(kind));
  for (const [full, short] of shortened) {
    const long = text.find((passage) => full.test(passage.text));
    const brief = text.find((passage) => short.test(passage.text));
    const [at, to] = [full.exec(long?.text ?? ""), short.exec(brief?.text ?? "")];
    if (!long || !brief || !at || !to || /^[（(]以下/u.test(long.text.slice(at.index + at[0].length))) continue;
    yield {
      ...{ passage: brief, from: to.index, to: to.index + to[0].length },
      message: `这里用简称“${to[0]}”，别处用全称“${at[0]}”，没有约定简称，请统一`,
      evidence: [seen(notice, long, at.index, at.index + at[0].length)],
    };
  }
}

/** The same body named with and without a word: 政务数字化主管部门 beside 政务数字化行政主管部门. */
function* termsTwoWays(notice: ProofNotice): Generator<NoticeHit> {
  const named = saying(notice.passages, "主管部门");
  const long = new Map<string, number>();
  for (const { text } of named)
    for (const [, stem] of text.matchAll(/(\p{Script=Han}{4})行政主管部门/gu))
      long.set(stem ?? "", (long.get(stem ?? "") ?? 0) + 1);
  for (const passage of named.filter(running))
    for (const match of passage.text.matchAll(/(\p{Script=Han}{4})主管部门/gu))
      if ((long.get(match[1] ?? "") ?? 0) >= 2)
        yield {
          passage,
          from: match.index,
          to: match.index + match[0].length,
          message: "别处写“…行政主管部门”，这里少“行政”，请统一",
        };
}

/** 市州、县市 where the rest of the notice has 市州、县市区. */
function* placesTwoWays(notice: ProofNotice): Generator<NoticeHit> {
  const named = saying(notice.passages, "市州");
  const all = named.map(({ text }) => text.match(/市州(?:、|和)县市区/gu)?.length ?? 0);
  if (all.reduce((sum, n) => sum + n, 0) < 3) return;
  for (const passage of named)
    for (const match of passage.text.matchAll(/市州(?:、|和)县市(?=[，。；、])/gu))
      yield {
        passage,
        from: match.index,
        to: match.index + match[0].length,
        message: "别处写“市州、县市区”，这里少“区”，请统一",
      };
}

function* addresseeColon(notice: ProofNotice): Generator<NoticeHit> {
  const all = notice.passages.filter(({ kind }) => kind === "addressee");
  const passage = all.at(-1);
  if (passage && !passage.text.endsWith("：") && !passage.text.endsWith(":"))
    yield {
      passage,
      from: passage.text.length - 1,
      to: passage.text.length,
      message: "主送机关后面用全角冒号",
      ...(/[，。、；]$/u.test(passage.text) ? { fix: "：" } : {}),
    };
}

function* datesTwoWays(notice: ProofNotice): Generator<NoticeHit> {
  const body = notice.passages.filter(
    ({ kind }) => running({ kind } as Passage) && kind !== "date" && kind !== "subtitle",
  );
  const arabic = body.some(({ text }) => /\d{4}年\d{1,2}月\d{1,2}日/u.test(text));
  if (!arabic) return;
  for (const passage of body) {
    const match = /[一二][九〇]\p{Script=Han}{2}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日/u.exec(
      passage.text,
    );
    if (match)
      yield {
        passage,
        from: match.index,
        to: match.index + match[0].length,
        message: `这里的日期用汉字，别处用阿拉伯数字，请统一`,
      };
  }
}

/** 办法 and 规定 of articles that do not say from when they hold. */
function* withoutForce(notice: ProofNotice): Generator<NoticeHit> {
  const articles = notice.passages.filter(({ kind }) => kind === "article");
  const last = articles.at(-1);
  if (!last || articles.length < 5 || !/办法|规定|细则|规则/u.test(notice.title)) return;
  if (!notice.passages.some(({ text }) => /起(?:施行|实施|执行|生效)|有效期/u.test(text)))
    yield { passage: last, message: "全文没有写施行日期或有效期" };
}

/** 《行政处罚法》 where a law is named for the first time. */
function* shortLaws(notice: ProofNotice): Generator<NoticeHit> {
  const named = new Set<string>();
  for (const passage of notice.passages.filter(running))
    for (const match of passage.text.matchAll(/《(中华人民共和国)?(\p{Script=Han}{2,12}(?<![办方做])法)》/gu)) {
      const [from, to] = [match.index, match.index + match[0].length];
      const law = match[2] ?? "";
      if (!match[1] && !named.has(law) && !/省|市|州|县|区/u.test(law))
        yield {
          passage,
          from,
          to,
          message: `法律第一次出现时用全称《中华人民共和国${law}》`,
          fix: `《中华人民共和国${law}》`,
        };
      named.add(law);
    }
}

const kindWords =
  /(?:决议|决定|命令|令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要|办法|规定|条例|细则|方案|规划|规则|预案|报告书|名单|目录|清单|解读|讲话|致辞|章程|标准|大事记|计划|要点|制度|指南|公示|建议)(?:[（(].{1,12}[）)])?$/u;

function* titleWithoutKind(notice: ProofNotice): Generator<NoticeHit> {
  if (notice.docNumber === "" || kindWords.test(notice.title)) return;
  yield {
    passage: titleOf(notice),
    excerpt: notice.title.slice(-20),
    message: "标题末尾没有文种（通知、通告、意见等）",
  };
}

function* titleWithoutDe(notice: ProofNotice): Generator<NoticeHit> {
  if (/关于.*[^的](?:通知|通告|决定|意见|批复|公告|通报)$/u.test(notice.title))
    yield { passage: titleOf(notice), excerpt: notice.title.slice(-20), message: "标题“关于…”和文种之间缺“的”" };
}

export const noticeRules: readonly NoticeRule[] = [
  { rule: "docno.year-date", code: "", severity: "error", basis: "公报编辑校验", find: numberAgainstDate },
  { rule: "docno.issuer", code: "", severity: "warning", basis: "公报编辑校验", find: numberAgainstIssuer },
  {
    rule: "signer.title",
    code: "DF-014",
    severity: "warning",
    basis: "GB/T 9704 7.3.1、7.3.5",
    find: signersAgainstTitle,
  },
  { rule: "date.deadline-before-sign", code: "DF-019", severity: "warning", basis: "逻辑校验", find: deadlinePassed },
  { rule: "date.stages", code: "DF-019", severity: "hint", basis: "逻辑校验", find: stages },
  { rule: "cite.later", code: "DF-019", severity: "warning", basis: "逻辑校验", find: citedLater },
  { rule: "date.force-before-sign", code: "DF-019", severity: "warning", basis: "逻辑校验", find: inForceBefore },
  { rule: "recipient.colon", code: "DF-009", severity: "error", basis: "GB/T 9704 7.3.2", find: addresseeColon },
  { rule: "term.inconsistent", code: "", severity: "hint", basis: "公文用语惯例", find: placesTwoWays },
  { rule: "term.short-name", code: "WO-022", severity: "hint", basis: "公文用语惯例", find: shortNames },
  { rule: "organ.two-names", code: "WO-022", severity: "hint", basis: "公文用语惯例", find: fullAndShort },
  { rule: "term.inconsistent", code: "WO-022", severity: "hint", basis: "公文用语惯例", find: termsTwoWays },
  { rule: "date.two-styles", code: "NU-018", severity: "hint", basis: "GB/T 15835 第4章", find: datesTwoWays },
  { rule: "force.none", code: "DF-020", severity: "hint", basis: "国办发〔2018〕37号", find: withoutForce },
  { rule: "law.short-name", code: "WO-018", severity: "hint", basis: "立法技术规范", find: shortLaws },
  { rule: "title.no-kind", code: "DF-006", severity: "warning", basis: "GB/T 9704 7.3.1", find: titleWithoutKind },
  { rule: "title.no-de", code: "DF-008", severity: "warning", basis: "GB/T 9704 7.3.1", find: titleWithoutDe },
];
