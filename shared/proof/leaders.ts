// Leaders 领导: their order in lists and their posts, by the office's own list. Without such a list nothing is said.
import type { FoundWord } from "./lexicon.ts";
import { holdsOn } from "./lexicon.ts";
import type { Context, TextRule } from "./rule.ts";

/** The leaders that a text names, each with the entry that holds at its date. */
function named(text: string, { lexicon, dated }: Context): FoundWord[] {
  return lexicon.find("leader", text).filter(({ entry }) => holdsOn(entry, dated));
}

/** Between two names of one list: 、, or a post: 、副市长. */
const listGap = /^(?:（[^（）]{1,8}）)?(?:同志)?[、，　 \t]\p{Script=Han}{0,16}(?:、\p{Script=Han}{2,8}长)?$/u;

const order: TextRule = {
  ...{ rule: "leader.order", code: "", severity: "warning", basis: "本单位领导排序" },
  *find(text, context) {
    const found = named(text, context);
    for (const [i, later] of found.entries()) {
      const before = found[i - 1];
      if (!before || before.entry.word === later.entry.word || before.entry.rank <= later.entry.rank) continue;
      if (!listGap.test(text.slice(before.to, later.from))) continue;
      yield {
        from: before.from,
        to: later.to,
        message: `按领导排序，${later.entry.word}（${later.entry.right}）应在${before.entry.word}（${before.entry.right}）之前，请核对`,
      };
    }
  },
};

const postsOf = (right: string) => right.split("、").filter((post) => post !== "");

/** 市人民政府市长 is 市长, 副市长 is not. */
const isPost = (long: string, short: string) => long.endsWith(short) && !/副$/u.test(long.slice(0, -short.length));

const posts: TextRule = {
  ...{ rule: "leader.post", code: "", severity: "warning", basis: "本单位领导职务" },
  *find(text, context) {
    const found = named(text, context);
    if (found.length === 0) return;
    const known = [...new Set(context.lexicon.entries("leader").flatMap(({ right }) => postsOf(right)))].sort(
      (a, b) => b.length - a.length,
    );
    for (const { entry, from, to } of found) {
      const before = text.slice(0, from);
      const post = known.find((each) => before.endsWith(each));
      // 副市长 ends in 市长: the longest that is known counts, and 副 before an unknown one is another post.
      if (!post || /[副原前代]$/u.test(before.slice(0, -post.length))) continue;
      const own = context.lexicon.named("leader", entry.word).filter((each) => holdsOn(each, context.dated));
      if (own.some(({ right }) => postsOf(right).some((each) => isPost(each, post) || isPost(post, each)))) continue;
      yield {
        from: from - post.length,
        to,
        message: `${entry.word}的职务在领导名单里是“${entry.right}”，这里写“${post}”，请核对`,
      };
    }
  },
};

export const leaderRules: readonly TextRule[] = [order, posts];
