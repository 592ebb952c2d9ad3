// Rules on a whole notice: its number, signers, dates, annexes and short names against its text.
import { parseDocNumber } from "../model/docNumber.ts";
import { printedDate, squash } from "../model/notice.ts";
import type { NoticeHit, NoticeRule } from "./rule.ts";
import type { Passage, ProofNotice } from "./subject.ts";

const titleOf = (notice: ProofNotice): Passage =>
  notice.passages[0] ?? { text: notice.title, kind: "title", block: -1, starts: [] };
const running = ({ kind }: Passage) => kind !== "cell" && kind !== "title";

function* numberAgainstDate(notice: ProofNotice): Generator<NoticeHit> {
  const year = parseDocNumber(notice.docNumber)?.year;
  const dated = Number(notice.dated.slice(0, 4));
  if (!year || !dated || year === dated) return;
  // Signed in the first weeks of the new year, a number of the old one may be right.
  if (dated === year + 1 && notice.dated.slice(5, 7) <= "02") return;
  const message = `发文字号“${notice.docNumber}”的年份与成文日期${printedDate(notice.dated)}不一致`;
  yield { passage: titleOf(notice), excerpt: notice.docNumber, message };
}

function* numberAgainstIssuer(notice: ProofNotice): Generator<NoticeHit> {
  const code = parseDocNumber(notice.docNumber)?.agencyCode ?? "";
  const [first] = notice.issuers;
  if (code === "" || !first || notice.issuers.length > 1) return;
  const [office, said] = [/办公[室厅]$/u.test(first), /办/u.test(code)];
  if (/人民政府(?:办公[室厅])?$/u.test(first) && office !== said)
    yield {
      passage: titleOf(notice),
      excerpt: notice.docNumber,
      message: `发文机关是“${first}”，发文字号“${notice.docNumber}”的机关代字${said ? "是办公室的" : "里没有“办”"}，请核对`,
    };
  const personnel = /任职|任免|免职|职务/u.test(notice.title);
  if (/人$/u.test(code) !== personnel && /人$/u.test(code))
    yield {
      passage: titleOf(notice),
      excerpt: notice.docNumber,
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
        message: `完成时限“${match[0]}”早于成文日期${printedDate(notice.dated)}，请核对`,
      };
    }
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
  for (const passage of notice.passages.filter(({ kind }) => kind !== "title"))
    for (const match of passage.text.matchAll(/[\p{Script=Han}]{2,10}〔((?:19|20)\d{2})〕\d{1,4}号/gu))
      if (Number(match[1]) > dated)
        yield {
          passage,
          from: match.index,
          to: match.index + match[0].length,
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
          message: `施行日期${match[1]}年${match[2]}月${match[3]}日早于成文日期${printedDate(notice.dated)}，请核对`,
        };
    }
}

/** 见附件3 where there are two; `none`: where there is none, which may also be an annex not recognised. */
function* annexReferences(notice: ProofNotice, none: boolean): Generator<NoticeHit> {
  const labels = notice.passages.filter(({ kind }) => kind === "annexLabel" || kind === "annexNote");
  const known = labels.flatMap(({ text, kind }) => {
    const number = kind === "annexLabel" ? /\d+/u.exec(text)?.[0] : /(?:^|：|:)\s*(\d+)[.．]/u.exec(text)?.[1];
    return number ? [Number(number)] : [];
  });
  const highest = Math.max(labels.length > 0 ? 1 : 0, ...known);
  if ((highest === 0) !== none) return;
  for (const passage of notice.passages.filter(
    ({ kind }) => kind !== "annexLabel" && kind !== "annexNote" && kind !== "title",
  ))
    for (const match of passage.text.matchAll(/(?:详见|见|按照?|填写|填报)附件(\d{1,2})(?![-—.\d])/gu)) {
      const value = Number(match[1]);
      if (value > highest)
        yield {
          passage,
          from: match.index,
          to: match.index + match[0].length,
          message: highest === 0 ? `正文说“${match[0]}”，后面没有附件` : `正文说“${match[0]}”，而附件只有${highest}个`,
        };
    }
}

/** 附件1, 附件2, 附件4. */
function* annexLabels(notice: ProofNotice): Generator<NoticeHit> {
  let before = 0;
  for (const passage of notice.passages) {
    const number = passage.kind === "annexLabel" ? /^附\s*件\s*(\d+)(?![-—\d])/u.exec(passage.text)?.[1] : undefined;
    if (number === undefined) continue;
    const value = Number(number);
    if (before > 0 && value !== before + 1 && value !== 1 && value !== before)
      yield { passage, message: `附件从第${before}个跳到第${value}个，请看是编号有误还是漏排` };
    before = value;
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

/** The same body named with and without a word: 政务数字化主管部门 beside 政务数字化行政主管部门. */
function* termsTwoWays(notice: ProofNotice): Generator<NoticeHit> {
  const text = notice.passages.map((passage) => passage.text).join("\n");
  const long = new Map<string, number>();
  for (const [, stem] of text.matchAll(/(\p{Script=Han}{4})行政主管部门/gu))
    long.set(stem ?? "", (long.get(stem ?? "") ?? 0) + 1);
  for (const passage of notice.passages.filter(running))
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
  const all = notice.passages.map(({ text }) => text.match(/市州(?:、|和)县市区/gu)?.length ?? 0);
  if (all.reduce((sum, n) => sum + n, 0) < 3) return;
  for (const passage of notice.passages)
    for (const match of passage.text.matchAll(/市州(?:、|和)县市(?=[，。；、])/gu))
      yield {
        passage,
        from: match.index,
        to: match.index + match[0].length,
        message: "别处写“市州、县市区”，这里少“区”，请统一",
      };
}

/** 附件说明 lists more annexes than follow. */
function* annexCount(notice: ProofNotice): Generator<NoticeHit> {
  const first = notice.passages.findIndex(({ kind }) => kind === "annexLabel");
  const notes = notice.passages.slice(0, first < 0 ? undefined : first).filter(({ kind }) => kind === "annexNote");
  const listed = notes.filter(({ text }) => !/^附\s*件\s*[：:]\s*$/u.test(text));
  const numbers = notice.passages.flatMap(({ kind, text }) =>
    kind === "annexLabel" ? [Number(/^附\s*件\s*(\d+)(?![-—\d])/u.exec(text)?.[1] ?? 0)] : [],
  );
  const left = listed.some(({ text }) => /[（(]略[）)]|此略|另[附发]|另行/u.test(text));
  const [passage] = listed;
  const highest = Math.max(0, ...numbers);
  // An annex may have annexes of its own, without a number or counting anew: only the highest number tells.
  if (passage && !left && listed.length > 1 && highest > 0 && highest !== listed.length)
    yield { passage, message: `附件说明列了${listed.length}个附件，后面印到附件${highest}，数目不符` };
}

const noteMarks = /[。；，、]$/u;

function* annexNoteForm(notice: ProofNotice): Generator<NoticeHit> {
  for (const passage of notice.passages.filter(({ kind }) => kind === "annexNote")) {
    const { text } = passage;
    const label = /^附\s*件\s*(?:\d|[一二三四五六七八九十])+\s*[：:]/u.exec(text);
    if (label) yield { passage, from: 0, to: label[0].length, message: "附件说明应写作“附件：1.…”，序号在冒号后面" };
    if (noteMarks.test(text))
      yield { passage, from: text.length - 1, to: text.length, fix: "", message: "附件名称后不加标点" };
  }
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
  { rule: "cite.later", code: "DF-019", severity: "warning", basis: "逻辑校验", find: citedLater },
  { rule: "date.force-before-sign", code: "DF-019", severity: "warning", basis: "逻辑校验", find: inForceBefore },
  {
    rule: "annex.beyond",
    code: "DF-013",
    severity: "error",
    basis: "逻辑校验",
    find: (notice) => annexReferences(notice, false),
  },
  {
    rule: "annex.none",
    code: "DF-013",
    severity: "warning",
    basis: "逻辑校验",
    find: (notice) => annexReferences(notice, true),
  },
  { rule: "annex.gap", code: "DF-012", severity: "error", basis: "GB/T 9704 7.3.4", find: annexLabels },
  { rule: "annex.count", code: "DF-012", severity: "warning", basis: "GB/T 9704 7.3.4、7.3.7", find: annexCount },
  { rule: "annex.note-form", code: "DF-010", severity: "warning", basis: "GB/T 9704 7.3.4", find: annexNoteForm },
  { rule: "recipient.colon", code: "DF-009", severity: "error", basis: "GB/T 9704 7.3.2", find: addresseeColon },
  { rule: "term.inconsistent", code: "", severity: "hint", basis: "公文用语惯例", find: placesTwoWays },
  { rule: "term.short-name", code: "WO-022", severity: "hint", basis: "公文用语惯例", find: shortNames },
  { rule: "term.inconsistent", code: "WO-022", severity: "hint", basis: "公文用语惯例", find: termsTwoWays },
  { rule: "date.two-styles", code: "NU-018", severity: "hint", basis: "GB/T 15835 第4章", find: datesTwoWays },
  { rule: "force.none", code: "DF-020", severity: "hint", basis: "国办发〔2018〕37号", find: withoutForce },
  { rule: "law.short-name", code: "WO-018", severity: "hint", basis: "立法技术规范", find: shortLaws },
  { rule: "title.no-kind", code: "DF-006", severity: "warning", basis: "GB/T 9704 7.3.1", find: titleWithoutKind },
  { rule: "title.no-de", code: "DF-008", severity: "warning", basis: "GB/T 9704 7.3.1", find: titleWithoutDe },
];
