// The shipped dictionaries as the tests of proofreading use them.
import { fileURLToPath } from "node:url";
import { shippedEntries } from "../../main/dictionaries.ts";
import type { EntryFields } from "../../shared/proof/dictionary.ts";
import { lexiconOf } from "../../shared/proof/lexicon.ts";

export const assets = fileURLToPath(new URL("../../assets", import.meta.url));
export const entries = shippedEntries(assets);
export const lexicon = lexiconOf(entries);

const blank = { right: "", from: "", until: "", unless: "", rank: 0, note: "" };
export const entry = (fields: Partial<EntryFields> & Pick<EntryFields, "kind" | "word">): EntryFields => ({
  ...blank,
  ...fields,
});

/** With an invented office's leaders and words. */
export const officeLexicon = lexiconOf([
  ...entries,
  entry({ kind: "leader", word: "王正", right: "市委副书记、市长", rank: 1, from: "2025-01-01" }),
  entry({ kind: "leader", word: "陈副", right: "市委常委、副市长", rank: 2 }),
  entry({ kind: "leader", word: "赵离", right: "副市长", rank: 3, until: "2025-01-01" }),
  entry({ kind: "house", word: "惟一亭" }),
]);
