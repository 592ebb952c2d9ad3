// The line at the bottom: where one is and how much there is, and what is not as it should be in print.
import { useMemo } from "react";
import { faceRoles } from "../shared/layout/fonts.ts";
import { characterCount, type Notice } from "../shared/model/notice.ts";
import { useFaceChanges } from "./fonts/faceChanges.ts";
import { planInWords } from "./preview/pagePlan.ts";
import { entriesOf, useWorkspace } from "./workspace.ts";

const counts = new WeakMap<object, number>();

/** 字数 of a body: its characters, white space aside. Counted once per body. */
function charactersOf(notice: Notice): number {
  let count = 0;
  for (const block of notice.body) {
    let characters = counts.get(block);
    if (characters === undefined) {
      characters = characterCount(block);
      counts.set(block, characters);
    }
    count += characters;
  }
  return count;
}

export function StatusBar() {
  const issue = useWorkspace((state) => state.issue);
  const notices = useWorkspace((state) => state.notices);
  const selected = useWorkspace((state) => state.selected);
  const info = useWorkspace((state) => state.info);
  const plan = useWorkspace((state) => state.layout?.plan);
  const entries = useMemo(() => (issue ? entriesOf(issue.sections) : []), [issue]);
  const total = useMemo(
    () =>
      entries.reduce((sum, id) => {
        const notice = notices.get(id);
        return sum + (notice ? charactersOf(notice) : 0);
      }, 0),
    [entries, notices],
  );
  const notice = selected ? notices.get(selected) : undefined;
  const changes = useFaceChanges((state) => state.sentences.length);
  const { show } = useWorkspace.getState();
  const substitutes = faceRoles.flatMap((role) => info?.fonts[role].substitute ?? []);
  return (
    <footer className="status-bar">
      {notice && <span>本篇{charactersOf(notice).toLocaleString("zh-CN")}字</span>}
      {issue && (
        <span>
          本期{entries.length}篇，{total.toLocaleString("zh-CN")}字
        </span>
      )}
      {plan && plan.pages > 0 && <span>{planInWords(plan)}</span>}
      <span className="gap" />
      {[...substitutes, ...(changes > 0 ? [`字体与上次导出时不同（${changes}处）`] : [])].map((sentence) => (
        <button key={sentence} type="button" className="caution" title="看字体" onClick={() => show({ kind: "fonts" })}>
          {sentence}
        </button>
      ))}
    </footer>
  );
}
