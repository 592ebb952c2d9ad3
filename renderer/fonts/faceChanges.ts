// Whether the open issue would print in other faces than the last time: asked of the core when an issue is opened, when
// faces change and when it was exported, and said in the window.
import { create } from "zustand";
import type { IssueId } from "../../shared/model/notice.ts";
import { transport } from "../transport.ts";
import { useWorkspace } from "../workspace.ts";

/** A sentence for each change. */
export const useFaceChanges = create<{ readonly sentences: readonly string[] }>()(() => ({ sentences: [] }));

/** The issue whose changes were told last, and these: told once, not at every look. */
let told = "";

async function ask(issue: IssueId | null): Promise<void> {
  const sentences = issue === null ? [] : await transport.api.changedFaces(issue);
  if (useWorkspace.getState().issue?.id !== (issue ?? undefined)) return;
  useFaceChanges.setState({ sentences });
  const now = JSON.stringify([issue, sentences]);
  const [first] = sentences;
  if (first !== undefined && now !== told) {
    const more = sentences.length > 1 ? `（另有${sentences.length - 1}处字体变动）` : "";
    const { warn, show } = useWorkspace.getState();
    warn(first + more, { label: "看字体", run: () => show({ kind: "fonts" }) });
  }
  told = now;
}

/** Returns the function that ends the watch. */
export function watchFaceChanges(): () => void {
  const { complain } = useWorkspace.getState();
  const askNow = () => void ask(useWorkspace.getState().issue?.id ?? null).catch(complain);
  askNow();
  const leave = useWorkspace.subscribe((now, before) => {
    if (now.issue?.id !== before.issue?.id || (now.info !== before.info && before.info)) askNow();
  });
  const stop = transport.onEvent((event) => {
    if (event.type === "exportDone") askNow();
  });
  return () => {
    leave();
    stop();
  };
}
