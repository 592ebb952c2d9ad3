// 校对 as this window sees it: what proofreading found in the open issue, which of it is shown and walked to, and what is
// done about it. The issue is read again when everything typed is in the store and nobody has typed for a moment.
import { create } from "zustand";
import type { FixChoice, ProofReport } from "../../shared/api.ts";
import { diffBody } from "../../shared/model/block.ts";
import type { IssueId, Notice, NoticeId } from "../../shared/model/notice.ts";
import type { IgnoreRequest } from "../../shared/proof/ignore.ts";
import { Proofreader } from "../../shared/proof/proofreader.ts";
import type { RuleSummary } from "../../shared/proof/ruleNames.ts";
import { noticeOf, type StoredFinding } from "../../shared/proof/stored.ts";
import { nextStamp, transport } from "../transport.ts";
import { entriesOf, useWorkspace, type Workspace } from "../workspace.ts";
import { allOpen, type Filter, type FindingRow, rowsOf, shownRows, stepRow, successor } from "./walk.ts";

interface ProofDesk {
  /** Issue that was read, and what was found in it; null until the first time. */
  readonly issue: IssueId | null;
  readonly report: ProofReport | null;
  readonly rows: readonly FindingRow[];
  readonly rules: ReadonlyMap<string, RuleSummary>;
  readonly checking: boolean;
  /** Why the last reading failed; null: it did not. */
  readonly trouble: string | null;
  readonly filter: Filter;
  /** Key of the finding that is walked to. */
  readonly at: string | null;

  /** Reads the open issue. */
  check(): Promise<void>;
  /** Reads the paragraphs of a notice while it is typed, ahead of the next `check`. */
  readAhead(notice: NoticeId): void;
  setFilter(filter: Partial<Filter>): void;
  /** Brings a finding into view in text and print. `focus`: the text takes the keyboard. */
  show(row: FindingRow, focus: boolean): void;
  /** To the next finding that is listed, or the one before; reads the issue first where it has not been read. */
  step(by: 1 | -1): Promise<void>;
  /** Writes the corrections of these findings, all or none. */
  fix(rows: readonly FindingRow[]): Promise<void>;
  ignore(request: IgnoreRequest): Promise<void>;
  revoke(finding: StoredFinding): Promise<void>;
}

const { api } = transport;
const workspace = useWorkspace.getState;

/** For reading while typing; null until the words are there, and when they have become others. */
let reader: Proofreader | null = null;

export const useProofDesk = create<ProofDesk>()((set, get) => {
  /** The latest reading; an answer that was overtaken is dropped. */
  let reading = 0;
  /** The notices as they were when the issue was read. */
  let read: ReadonlyMap<NoticeId, Notice> = new Map();

  /** What is done next when the finding at hand has gone: the one behind it is shown. */
  function goOn(before: readonly FindingRow[]): void {
    const { at, rows, filter } = get();
    if (at === null) return;
    const now = shownRows(rows, filter);
    if (now.some((row) => row.key === at)) return;
    const next = successor(before, at, now);
    if (next) get().show(next, false);
    else set({ at: null });
  }

  return {
    issue: null,
    report: null,
    rows: [],
    rules: new Map(),
    checking: false,
    trouble: null,
    filter: allOpen,
    at: null,

    async check() {
      const { issue } = workspace();
      const mine = ++reading;
      if (!issue) return set({ issue: null, report: null, rows: [], at: null, checking: false, trouble: null });
      set({ checking: true });
      try {
        if (get().rules.size === 0) {
          const rules = await api.proofRules();
          set({ rules: new Map(rules.map((rule) => [rule.rule, rule])) });
        }
        const { notices } = workspace();
        reader ??= new Proofreader(await api.proofWords());
        const report = await api.checkIssue(issue.id);
        if (mine !== reading) return;
        read = notices;
        const other = get().issue !== issue.id;
        set({
          ...{ issue: issue.id, report, rows: rowsOf(report.findings), checking: false, trouble: null },
          ...(other && { filter: allOpen, at: null }),
        });
      } catch (error) {
        if (mine === reading)
          set({ checking: false, trouble: error instanceof Error ? error.message : "这一期没有校对成，请再试一次。" });
      }
    },

    readAhead(id) {
      const { report } = get();
      const [before, now] = [read.get(id), workspace().notices.get(id)];
      if (!reader || !report || !before || !now || before === now) return;
      // What the paragraphs had gives way to what they have; what rests on more than a paragraph waits for the next check.
      const known = new Map(report.findings.map((finding) => [finding.id, finding.ignored]));
      const gone = new Set(reader.typing(before).map((finding) => finding.id));
      const kept = report.findings.filter((finding) => !gone.has(finding.id));
      const found = reader.typing(now).map((finding) => ({ ...finding, ignored: known.get(finding.id) ?? null }));
      const next = kept.findIndex(({ place }) => noticeOf(place) === id);
      set({ rows: rowsOf(kept.toSpliced(next < 0 ? kept.length : next, 0, ...found)) });
    },

    setFilter(change) {
      set({ filter: { ...get().filter, ...change } });
    },

    show(row, focus) {
      set({ at: row.key });
      const { place } = row.finding;
      const { select, setCaret, openDesk, lookAt, layout } = workspace();
      if (place.in === "issue") return openDesk("issue");
      if (place.in === "body") {
        const { notice, block, cell, note, from } = place;
        openDesk("text");
        setCaret(
          { notice, block, from, ...(cell && { cell }), ...(note !== undefined && { note }) },
          focus ? "page" : "list",
        );
        return;
      }
      select(place.notice);
      openDesk("fields");
      const printed = layout?.contents.find((entry) => entry.notice === place.notice);
      if (printed) lookAt(printed.page, printed.y);
    },

    async step(by) {
      workspace().go("proof");
      if (get().report === null) await get().check();
      const { rows, filter, at, trouble } = get();
      const next = stepRow(shownRows(rows, filter), at, by);
      if (next) get().show(next, false);
      else if (trouble === null) workspace().say(rows.length > 0 ? "所选的类别里没有差错" : "没有发现差错");
    },

    async fix(rows) {
      const { settled, notices, takeFixed, editBody, editFields, say, complain } = workspace();
      if (!(await settled())) return;
      const { report, filter } = get();
      const before = shownRows(get().rows, filter);
      const byNotice = Map.groupBy(rows, ({ finding }) => noticeOf(finding.place));
      const choices = Array.from(byNotice).flatMap(([notice, found]): FixChoice[] => {
        const version = notice === null ? undefined : report?.versions[notice];
        if (notice === null || version === undefined) return [];
        return [{ notice, version, findings: [...new Set(found.map(({ finding }) => finding.id))] }];
      });
      try {
        const fixed = await api.fix(nextStamp(), choices);
        const earlier = fixed.flatMap(({ notice }) => notices.get(notice) ?? []);
        takeFixed(fixed);
        const [only] = rows;
        const what = rows.length === 1 && only ? `“${only.finding.quote}”` : `${rows.length}处`;
        say(`已改正${what}`, {
          label: "撤销",
          run() {
            for (const notice of earlier) {
              const now = workspace().notices.get(notice.id);
              const back = now && diffBody(now.body, notice.body);
              if (back) editBody(notice.id, back);
              const { id: _id, version: _version, body: _body, ...fields } = notice;
              if (fixed.some((one) => one.notice === notice.id && one.fields)) editFields(notice.id, fields);
            }
          },
        });
        await get().check();
        goOn(before);
      } catch (error) {
        complain(error);
        await get().check();
      }
    },

    async ignore(request) {
      const before = shownRows(get().rows, get().filter);
      try {
        const { id } = await api.ignore(nextStamp(), request);
        await get().check();
        goOn(before);
        workspace().say("已忽略，写入校对记录", {
          label: "撤销",
          run: () =>
            void api
              .revokeIgnore(nextStamp(), id, request.by)
              .then(() => get().check())
              .catch(workspace().complain),
        });
      } catch (error) {
        workspace().complain(error);
      }
    },

    async revoke({ ignored }) {
      if (ignored === null) return;
      try {
        await api.revokeIgnore(nextStamp(), ignored, workspace().settings.person);
        await get().check();
        workspace().say("已取消忽略");
      } catch (error) {
        workspace().complain(error);
      }
    },
  };
});

/** Nobody typed for so long, ms: before the paragraphs are read, and before the issue is. */
const pause = 150;
const rest = 600;

/** Reads the open issue again whenever the store holds another state of it. Returns a function that ends this. */
export function followIssue(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let read: Pick<Workspace, "issue" | "notices"> | null = null;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const now = workspace();
      // Saved again, it comes here again.
      if (now.save.state !== "saved") return;
      read = now;
      void useProofDesk.getState().check();
    }, rest);
  };
  let soon: ReturnType<typeof setTimeout> | undefined;
  const leave = useWorkspace.subscribe((now, before) => {
    if (now.notices !== before.notices && now.selected) {
      const { selected } = now;
      clearTimeout(soon);
      soon = setTimeout(() => useProofDesk.getState().readAhead(selected), pause);
    }
    if (now.save.state === "saved" && (now.issue !== read?.issue || now.notices !== read.notices)) later();
  });
  const stop = transport.onEvent((event) => {
    if (event.type !== "changed" || !event.proof) return;
    reader = null;
    later();
  });
  later();
  return () => {
    clearTimeout(timer);
    clearTimeout(soon);
    leave();
    stop();
  };
}

/** The open issue's notices in printed order. */
export function printedEntries(): NoticeId[] {
  const { issue } = workspace();
  return issue ? entriesOf(issue.sections) : [];
}
