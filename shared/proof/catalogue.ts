// The catalogue: every rule there is, in the order of the design's list. Add a rule to its file, and it is here.
import { annexRules } from "./annexRules.ts";
import { dictionaryRules } from "./dictionaryRules.ts";
import { figureRules } from "./figures.ts";
import { issueRules } from "./issueRules.ts";
import { leaderRules } from "./leaders.ts";
import { markRules } from "./marks.ts";
import { noticeRules as wholeRules } from "./noticeRules.ts";
import type { NoticeRule, TextRule } from "./rule.ts";
import { sequenceRules } from "./sequence.ts";
import { sumRules } from "./sums.ts";
import { typedRules } from "./typedLines.ts";
import { wordingRules } from "./wording.ts";

export const textRules: readonly TextRule[] = [
  ...markRules,
  ...figureRules,
  ...wordingRules,
  ...dictionaryRules,
  ...leaderRules,
];
export const noticeRules: readonly NoticeRule[] = [
  ...wholeRules,
  ...annexRules,
  ...sequenceRules,
  ...sumRules,
  ...typedRules,
];
export { issueRules };
