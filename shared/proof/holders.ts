// Who holds which post, as lists of members and tables of an issue tell it: one post with two holders, one person with
// two posts in one organ. Either may be right after a change of office, so both are hints.
import { type IssueHit, type IssueRule, seen } from "./rule.ts";
import type { Passage, ProofIssue, ProofNotice } from "./subject.ts";

interface Holding {
  readonly name: string;
  readonly organ: string;
  readonly post: string;
  readonly notice: ProofNotice;
  readonly passage: Passage;
}

/** 成员：何平 县发改局局长, or the cells 何平 and 县发改局局长 beside each other. */
const named = /^(?:\p{Script=Han}{1,6}[：:])?\s*(\p{Script=Han}{2,3})(?:同志)?$/u;
const posted = /^([县市区州]\p{Script=Han}{1,14}(?:局|委|办|中心|办公室|委员会|联合会|残联))(局长|主任|党组书记)$/u;
const both = /^(?:\p{Script=Han}{1,6}[：:])?\s*(\p{Script=Han}{2,3})[ 　]+(.+)$/u;

function* holdingsOf(notice: ProofNotice): Generator<Holding> {
  for (const [i, passage] of notice.passages.entries()) {
    const line = both.exec(passage.text);
    const cell = passage.kind === "cell" ? named.exec(notice.passages[i - 1]?.text ?? "") : null;
    const [name, words] = line ? [line[1], line[2]] : [cell?.[1], passage.text];
    const [, organ, post] = posted.exec(words ?? "") ?? [];
    if (name && organ && post) yield { name, organ, post, notice, passage };
  }
}

function* differing(issue: ProofIssue): Generator<IssueHit> {
  const all = issue.notices.flatMap((notice) => [...holdingsOf(notice)]);
  const told = new Set<string>();
  const tell = function* (of: Holding, other: Holding, message: string) {
    if (told.has(message)) return;
    told.add(message);
    yield { notice: of.notice, passage: of.passage, message, evidence: [seen(other.notice, other.passage)] };
  };
  for (const group of Map.groupBy(all, ({ organ, post }) => organ + post).values()) {
    const [first] = group;
    const other = group.find(({ name }) => name !== first?.name);
    if (first && other && first.post !== "党组书记")
      yield* tell(other, first, `${other.organ}${other.post}这里是${other.name}，本期别处是${first.name}，请核对`);
  }
  for (const group of Map.groupBy(all, ({ name, organ }) => name + organ).values()) {
    const [first] = group;
    const other = group.find(({ post }) => post !== first?.post);
    if (first && other)
      yield* tell(
        other,
        first,
        `${other.name}的职务这里是${other.organ}${other.post}，本期别处是${first.post}，请核对`,
      );
  }
}

export const holderRules: readonly IssueRule[] = [
  { rule: "post.differs", code: "WO-023", severity: "hint", basis: "逻辑校验", find: differing },
];
