// Proofreading over the API: findings of what is stored, ignores, corrections, dictionaries. The texts are read here, in
// the core's own process, so the window never waits; between two notices other calls have their turn. What was read is
// remembered by version, so an issue that was looked at before costs only what has changed.
import { randomUUID } from "node:crypto";
import { setImmediate as turn } from "node:timers/promises";
import {
  type FixedNotice,
  type FixPreview,
  GazetteError,
  type ProofApi,
  type ProofReport,
  type Stamp,
} from "../../shared/api.ts";
import type { BodyPatch } from "../../shared/model/block.ts";
import { type Issue, issueName, type Notice, type NoticeId } from "../../shared/model/notice.ts";
import {
  type Entry,
  type EntryFields,
  type EntryKind,
  entriesFromCsv,
  entriesToCsv,
  entryKindNames,
} from "../../shared/proof/dictionary.ts";
import { canFix, fixSteps, textAt } from "../../shared/proof/fixes.ts";
import { withIgnores } from "../../shared/proof/ignore.ts";
import { Proofreader } from "../../shared/proof/proofreader.ts";
import { ruleSummaries } from "../../shared/proof/ruleNames.ts";
import { fingerprint, noticeOf, type StoredFinding } from "../../shared/proof/stored.ts";
import { type Relation, relationsOf, type StoreView } from "../../shared/proof/storeRules.ts";
import { shippedEntries } from "../dictionaries.ts";
import type { CoreContext } from "./context.ts";

/** Notices whose bodies are kept between two readings. */
const mostNotices = 500;

export function proofCalls({ assets, store, change }: CoreContext): ProofApi {
  let reader: Proofreader | null = null;
  let shipped: Entry[] | null = null;
  const notices = new Map<NoticeId, Notice>();
  const relations = new Map<NoticeId, { readonly version: number; readonly found: readonly Relation[] }>();
  const rules = ruleSummaries();

  // ---- dictionaries

  function shippedOnes(): readonly Entry[] {
    shipped ??= shippedEntries(assets).map((fields) => ({ ...fields, id: shippedId(fields), own: false, off: false }));
    return shipped;
  }

  function entries(kind: EntryKind | null): Entry[] {
    const off = store.entries.switchedOff();
    const own = store.entries.list(kind).map((entry) => ({ ...entry, own: true, off: off.has(entry.id) }));
    const others = shippedOnes().filter((entry) => kind === null || entry.kind === kind);
    return [...own, ...others.map((entry) => ({ ...entry, off: off.has(entry.id) }))];
  }

  function inUse(): EntryFields[] {
    return entries(null)
      .filter(({ off }) => !off)
      .map(({ id: _id, own: _own, off: _off, ...fields }) => fields);
  }

  function proofreader(): Proofreader {
    reader ??= new Proofreader(inUse());
    return reader;
  }

  // ---- reading

  /** A notice as the same object while its version is the same. */
  function kept(id: NoticeId): Notice {
    const known = notices.get(id);
    if (known?.version === store.noticeVersion(id)) return known;
    const notice = store.notice(id);
    if (notices.size >= mostNotices) notices.clear();
    notices.set(id, notice);
    return notice;
  }

  function viewOfStore(): StoreView {
    return {
      notices: store.listNotices(),
      issues: store.listIssues().map(({ id }) => {
        const issue = store.issue(id);
        return { ...issue, name: issueName(issue) };
      }),
      relations: [...relations.values()].flatMap(({ found }) => found),
    };
  }

  /** Reads the notices that repeal or revise others, those that are new or have changed. */
  async function readRelations(): Promise<void> {
    const found = [
      ...["废止", "失效"].flatMap((words) => store.noticesSaying(words)),
      ...["修改", "修订"].flatMap((words) => store.noticesTitled(words)),
    ];
    const saying = new Map(found.map(({ id, version }) => [id, version]));
    for (const id of relations.keys()) if (!saying.has(id)) relations.delete(id);
    for (const [id, version] of saying) {
      if (relations.get(id)?.version === version) continue;
      relations.set(id, { version, found: relationsOf(store.notice(id)) });
      await turn();
    }
  }

  function report(found: readonly StoredFinding[], issue: Issue | null, read: readonly Notice[]): ProofReport {
    const findings = withIgnores(found, store.ignores.list(issue?.id ?? null));
    const count = (severity: StoredFinding["severity"]) =>
      findings.filter((finding) => finding.severity === severity && finding.ignored === null).length;
    const characters = new Map(store.listNotices().map((notice) => [notice.id, notice.characters]));
    return {
      findings,
      characters: read.reduce((sum, { id }) => sum + (characters.get(id) ?? 0), 0),
      versions: Object.fromEntries(read.map(({ id, version }) => [id, version])),
      open: { error: count("error"), warning: count("warning"), hint: count("hint") },
    };
  }

  function noticesOf(issue: Issue): Notice[] {
    return issue.sections.flatMap(({ entries: ids }) => ids.map(kept));
  }

  async function checkIssue(id: string): Promise<ProofReport> {
    const issue = store.issue(id);
    const all = noticesOf(issue);
    await readRelations();
    for (const notice of all) {
      proofreader().prepare(notice);
      await turn();
    }
    return report(proofreader().issue(issue, all, viewOfStore()), issue, all);
  }

  async function checkNotice(id: NoticeId): Promise<ProofReport> {
    await readRelations();
    const notice = kept(id);
    const summary = store.listNotices().find((each) => each.id === id);
    const issue = summary?.issue ? store.issue(summary.issue.id) : null;
    return report(proofreader().notice(notice, viewOfStore()), issue, [notice]);
  }

  /** What notices have, by id, each with the issue it stands in; without a turn for others, inside a change. */
  function findingsOf(ids: readonly NoticeId[]): Map<string, StoredFinding> {
    const view = viewOfStore();
    const issued = new Map(store.listNotices().map(({ id, issue }) => [id, issue?.id ?? null]));
    const found = Array.from(Map.groupBy(ids, (id) => issued.get(id) ?? null)).flatMap(([id, loose]) => {
      if (id === null) return loose.flatMap((one) => proofreader().notice(kept(one), view));
      const issue = store.issue(id);
      return proofreader().issue(issue, noticesOf(issue), view);
    });
    return new Map(found.map((finding) => [finding.id, finding]));
  }

  const stale = (notice: Notice) => new GazetteError("stale", `“${notice.title}”已改过，没有改正，请看新的校对结果。`);

  /** Throws GazetteError stale for a finding that the notice no longer has, badRequest for one that has no fix. */
  function fixable(notice: Notice, finding: StoredFinding | undefined): StoredFinding {
    if (!finding || noticeOf(finding.place) !== notice.id) throw stale(notice);
    if (canFix(finding)) return finding;
    throw new GazetteError("badRequest", `“${finding.excerpt}”要由人来改：${finding.message}。`);
  }

  function fixNotice(stamp: Stamp, notice: Notice, findings: readonly StoredFinding[]): FixedNotice {
    const { id } = notice;
    const patches: BodyPatch[] = [];
    let version = notice.version;
    let fields: FixedNotice["fields"] = null;
    for (const step of fixSteps(notice, findings)) {
      if ("patch" in step) {
        patches.push(step.patch);
        version = store.patchBody(id, version, step.patch, stamp, step.rule).version;
      } else {
        fields = step.fields;
        version = store.updateNotice(id, version, step.fields, stamp, step.rule).version;
      }
    }
    return { notice: id, version, patches, fields };
  }

  return {
    checkIssue,
    checkNotice,
    async proofRules() {
      return rules;
    },

    async ignores(issue) {
      return store.ignores.list(issue);
    },
    async ignore(stamp, request) {
      const rule = rules.find((each) => each.rule === request.rule);
      if (!rule) throw new GazetteError("badRequest", `没有名为“${request.rule}”的校对规则。`);
      if (request.by.trim() === "") throw new GazetteError("badRequest", "请写明是谁决定忽略的。");
      if (rule.severity === "error" && request.reason.trim() === "")
        throw new GazetteError("badRequest", `“${rule.label}”会报差错，忽略它请写明理由。`);
      if ((request.scope === "here" && request.finding === "") || (request.scope === "word" && request.quote === ""))
        throw new GazetteError("badRequest", "没有说明忽略哪一处，请从校对结果里选。");
      return change(stamp, "ignore", [request], () => [store.ignores.add(randomUUID(), request), { proof: true }]);
    },
    async revokeIgnore(stamp, id, by) {
      if (by.trim() === "") throw new GazetteError("badRequest", "请写明是谁撤回的。");
      return change(stamp, "revokeIgnore", [id, by], () => [store.ignores.revoke(id, by), { proof: true }]);
    },

    async fixPreview(id, rule) {
      if (!rules.some((each) => each.rule === rule && each.safe))
        throw new GazetteError("badRequest", "这条规则的改正要一处一处看过，不能一次全改。");
      const { findings } = await checkIssue(id);
      const open = findings.filter((each) => each.rule === rule && each.ignored === null && canFix(each));
      return open.flatMap((finding): FixPreview[] => {
        const notice = notices.get(noticeOf(finding.place) ?? "");
        const before = notice && textAt(notice, finding.place);
        if (!notice || before === null || before === undefined || finding.place.in === "issue") return [];
        const { from, to } = finding.place;
        return [{ finding, before, after: before.slice(0, from) + (finding.fix ?? "") + before.slice(to) }];
      });
    },
    async fix(stamp, choices) {
      return change(stamp, "fix", [choices], () => {
        const known = findingsOf(choices.map(({ notice }) => notice));
        const chosen = choices.map(({ notice: id, version, findings }) => {
          const notice = kept(id);
          if (notice.version !== version) throw stale(notice);
          return { notice, findings: findings.map((one) => fixable(notice, known.get(one))) };
        });
        const answer = chosen.map(({ notice, findings }) => fixNotice(stamp, notice, findings));
        return [answer, { notices: choices.map(({ notice }) => notice) }];
      });
    },

    async proofWords() {
      return inUse();
    },
    async dictionary(kind) {
      return entries(kind);
    },
    async putEntry(stamp, id, fields) {
      const entry = change(stamp, "putEntry", [id, fields], () => {
        const own = { ...store.entries.put(id ?? randomUUID(), fields), own: true, off: false };
        return [own, { proof: true }];
      });
      reader = null;
      return entry;
    },
    async removeEntry(stamp, id) {
      if (shippedOnes().some((entry) => entry.id === id))
        throw new GazetteError("badRequest", "程序自带的词条不能删去，可以停用。");
      change(stamp, "removeEntry", [id], () => [store.entries.remove(id), { proof: true }]);
      reader = null;
    },
    async switchEntry(stamp, id, off) {
      change(stamp, "switchEntry", [id, off], () => [store.entries.switch(id, off), { proof: true }]);
      reader = null;
    },
    async importDictionary(stamp, kind, text, fileName) {
      const { entries: read, faults } = entriesFromCsv(kind, text);
      if (read.length === 0)
        throw new GazetteError(
          "badFile",
          `“${fileName}”里没有可以收入“${entryKindNames[kind]}”的词条：${faults[0] ?? "表是空的。"}`,
        );
      const counts = change(stamp, "importDictionary", [kind, text, fileName], () => {
        let added = 0;
        for (const entry of read) {
          const known = store.entries.find(kind, entry.word, entry.from);
          if (known === null) added++;
          store.entries.put(known ?? randomUUID(), entry);
        }
        return [{ added, changed: read.length - added, faults }, { proof: true }];
      });
      reader = null;
      return counts;
    },
    async exportDictionary(kind) {
      return { fileName: `${entryKindNames[kind]}词典.csv`, text: entriesToCsv(kind, store.entries.list(kind)) };
    },
  };
}

/** Stays the same while the entry does, from one version of the program to the next. */
function shippedId({ kind, word, from, until }: EntryFields): string {
  return `s-${fingerprint([kind, word, from, until].join("\n"))}`;
}
