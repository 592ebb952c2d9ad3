// Speed of proofreading: an issue of 300,000 characters read for the first time, the same after one edit, and one typed
// character in a notice of more than 100,000 characters.
import { type Block, type Paragraph, paragraph, paragraphText } from "../../shared/model/block.ts";
import { characterCount, type Notice } from "../../shared/model/notice.ts";
import { Proofreader } from "../../shared/proof/proofreader.ts";
import { shippedEntries } from "../dictionaries.ts";
import { assets, quantile, round, subject } from "./subject.ts";

const goal = 300_000;
const nothing = { notices: [], issues: [], relations: [] };

export async function checkTimes(): Promise<object> {
  const { issue, notices } = await subject("004", "luxi");
  const once = issue.sections.flatMap(({ entries }) => entries.flatMap((id) => notices.get(id) ?? []));
  const all = enlarged(once);
  const entries = shippedEntries(assets);
  const characters = count(all);

  const built = Array.from({ length: 5 }, () => time(() => new Proofreader(entries)));
  const cold = Array.from({ length: 7 }, () => {
    const reader = new Proofreader(entries);
    return time(() => reader.issue(issue, all, nothing));
  });
  const reader = new Proofreader(entries);
  const findings = reader.issue(issue, all, nothing).length;
  const again = Array.from({ length: 10 }, (_, i) => {
    const edited = all.with(0, typed(all[0], i));
    return time(() => reader.issue(issue, edited, nothing));
  });

  const whole = merged(all.slice(0, once.length));
  reader.typing(whole);
  const keys: Time[] = [];
  let current = whole;
  for (let i = 0; i < 200; i++) {
    current = typed(current, Math.floor((current.body.length * (i % 20)) / 20));
    const now = current;
    keys.push(time(() => reader.typing(now)));
  }
  const result = {
    ...{ characters, findings, entries: entries.length },
    dictionary: spread(built),
    cold: spread(cold),
    afterEdit: spread(again),
    notice: { characters: count([whole]), blocks: whole.body.length },
    keystroke: spread(keys),
  };
  const said = ({ p50, p95, cpu }: Spread) => `中位${p50}毫秒、95%在${p95}毫秒以内（处理器${cpu}毫秒）`;
  console.log(`${characters}字首次校对${said(result.cold)}；改一字后${said(result.afterEdit)}。`);
  console.log(`${result.notice.characters}字的一份公文，每打一字${said(result.keystroke)}。`);
  return result;
}

/** Milliseconds, by the clock and of the processor: on a busy machine the two part. */
interface Time {
  readonly wall: number;
  readonly cpu: number;
}
interface Spread {
  readonly p50: number;
  readonly p95: number;
  /** Median of the processor's. */
  readonly cpu: number;
}

function time(work: () => unknown): Time {
  const [start, used] = [performance.now(), process.cpuUsage()];
  work();
  const { user, system } = process.cpuUsage(used);
  return { wall: performance.now() - start, cpu: (user + system) / 1000 };
}

function spread(times: readonly Time[]): Spread {
  const wall = times.map((one) => one.wall);
  const cpu = times.map((one) => one.cpu);
  return { p50: round(quantile(wall, 0.5), 2), p95: round(quantile(wall, 0.95), 2), cpu: round(quantile(cpu, 0.5), 2) };
}

const count = (notices: readonly Notice[]) =>
  notices.reduce((sum, { body }) => sum + body.reduce((all, block) => all + characterCount(block), 0), 0);

/** The notices again and again up to the goal, each time with another character in every paragraph: a paragraph that was
 *  read before would cost nothing. */
function enlarged(notices: readonly Notice[]): Notice[] {
  const out = [...notices];
  for (let copy = 1; count(out) < goal; copy++)
    for (const notice of notices) {
      const extra = String.fromCodePoint(0x4e00 + copy);
      out.push({ ...notice, id: `${notice.id}-${copy}`, body: notice.body.map((block) => longer(block, extra)) });
    }
  return out;
}

function longer(block: Block, extra: string): Block {
  if (block.type === "paragraph") return withText(block, extra);
  if (block.type !== "table") return block;
  const content = block.content.map((row) => ({
    ...row,
    content: row.content.map((cell) => ({ ...cell, content: cell.content.map((each) => withText(each, extra)) })),
  }));
  return { ...block, content };
}

function withText(block: Paragraph, extra: string): Paragraph {
  const text = paragraphText(block);
  return text === "" ? block : paragraph(block.attrs.kind, `${text.slice(0, -1)}${extra}${text.slice(-1)}`);
}

/** All bodies in one notice. */
function merged(notices: readonly Notice[]): Notice {
  const [first] = notices;
  if (!first) throw new RangeError("there is no notice to measure");
  return { ...first, body: notices.flatMap(({ body }) => body) };
}

/** The notice with one character more in the first paragraph at or after a block. */
function typed(notice: Notice | undefined, from: number): Notice {
  const at = notice?.body.findIndex((block, i) => i >= from && block.type === "paragraph") ?? -1;
  const block = notice?.body[at];
  if (!notice || block?.type !== "paragraph") throw new RangeError(`no paragraph from block ${from}`);
  return { ...notice, body: notice.body.with(at, withText(block, "字")) };
}
