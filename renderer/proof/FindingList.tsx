// The list of findings 差错, beside text and print: counted, filtered, under the notices they are in. The one at hand shows
// what proves it and what can be done; arrow keys walk while the list has the keyboard, F7 from anywhere.
import { Button, Dropdown, Select, Spin } from "antd";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { citedTitle, type NoticeId } from "../../shared/model/notice.ts";
import { severityNames } from "../../shared/proof/proof.ts";
import { MoreOutlined, SyncOutlined, WarningFilled } from "../icons.tsx";
import { useWorkspace } from "../workspace.ts";
import { FindingCard } from "./FindingCard.tsx";
import { IgnoreDialog } from "./IgnoreDialog.tsx";
import { printedEntries, useProofDesk } from "./proofDesk.ts";
import { type FindingRow, groupsOf, ruleCounts, severities, shownRows, stepRow } from "./walk.ts";
import "./proof.css";

export function FindingList() {
  const rows = useProofDesk((desk) => desk.rows);
  const filter = useProofDesk((desk) => desk.filter);
  const at = useProofDesk((desk) => desk.at);
  const issue = useWorkspace((state) => state.issue);
  const [ignoring, setIgnoring] = useState<FindingRow | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const shown = useMemo(() => shownRows(rows, filter), [rows, filter]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the order of the entries is the issue's
  const groups = useMemo(() => groupsOf(shown, printedEntries()), [shown, issue]);
  const { show } = useProofDesk.getState();
  const tabStop = shown.some((row) => row.key === at) ? at : (shown[0]?.key ?? null);

  useEffect(() => {
    if (at === null) return;
    const element = rowElement(list.current, at);
    element?.scrollIntoView({ block: "nearest" });
    // The keyboard stays in the list when it was there, on the row that is now at hand.
    if (list.current?.contains(document.activeElement)) element?.querySelector<HTMLElement>(".finding-row")?.focus();
  }, [at]);

  const onKey = (event: KeyboardEvent<HTMLDivElement>) => {
    const row = shown.find(({ key }) => key === at);
    if (event.key === "Enter" && event.ctrlKey && row?.finding.fix !== undefined && row.finding.ignored === null) {
      event.preventDefault();
      return void useProofDesk.getState().fix([row]);
    }
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (by === 0 || event.ctrlKey || event.altKey || event.metaKey) return;
    const next = stepRow(shown, tabStop, at === null ? 1 : by);
    if (!next) return;
    event.preventDefault();
    show(at === null ? (shown[0] ?? next) : next, false);
  };
  return (
    <section className="finding-list" aria-label="差错">
      <Head shown={shown.length} />
      <Filters shown={shown} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys of the buttons inside, which are walked by arrows */}
      <div className="finding-scroll" ref={list} onKeyDown={onKey}>
        {groups.map(({ notice, rows: found }) => (
          <section key={notice ?? "issue"} className="finding-group">
            <GroupHead notice={notice} count={found.length} />
            <ul>
              {found.map((row) => (
                <li key={row.key} data-key={row.key}>
                  <FindingCard
                    row={row}
                    current={row.key === at}
                    tabStop={row.key === tabStop}
                    onShow={(focus) => show(row, focus)}
                    onIgnore={() => setIgnoring(row)}
                  />
                </li>
              ))}
            </ul>
          </section>
        ))}
        {shown.length === 0 && <Nothing />}
      </div>
      {ignoring && <IgnoreDialog finding={ignoring.finding} onClose={() => setIgnoring(null)} />}
    </section>
  );
}

function rowElement(list: HTMLElement | null, key: string): HTMLElement | undefined {
  return [...(list?.querySelectorAll<HTMLElement>("[data-key]") ?? [])].find((element) => element.dataset.key === key);
}

function Head({ shown }: { readonly shown: number }) {
  const checking = useProofDesk((desk) => desk.checking);
  const { check } = useProofDesk.getState();
  const { show } = useWorkspace.getState();
  return (
    <header className="pane-head">
      <h2>
        校对 <span className="muted digits">{shown}处</span>
      </h2>
      <Button
        type="text"
        size="small"
        icon={checking ? <Spin size="small" /> : <SyncOutlined />}
        title="再校对一遍"
        aria-label="再校对一遍"
        onClick={() => void check()}
      />
      <Dropdown
        trigger={["click"]}
        menu={{
          items: [
            { key: "copy", label: "印校样…", onClick: () => show({ kind: "proofCopy" }) },
            { key: "statistics", label: "校对统计…", onClick: () => show({ kind: "proofStatistics" }) },
            { key: "readAloud", label: "读校…", onClick: () => show({ kind: "readAloud" }) },
            { key: "ignores", label: "忽略清单…", onClick: () => show({ kind: "ignores" }) },
            { key: "dictionary", label: "词典…", onClick: () => show({ kind: "dictionary" }) },
          ],
        }}
      >
        <Button type="text" size="small" icon={<MoreOutlined />} title="更多" aria-label="校对的更多操作" />
      </Dropdown>
    </header>
  );
}

function Filters({ shown }: { readonly shown: readonly FindingRow[] }) {
  const report = useProofDesk((desk) => desk.report);
  const rows = useProofDesk((desk) => desk.rows);
  const rules = useProofDesk((desk) => desk.rules);
  const filter = useProofDesk((desk) => desk.filter);
  const notices = useWorkspace((state) => state.notices);
  const { setFilter } = useProofDesk.getState();
  const ignored = rows.filter(({ finding }) => finding.ignored !== null).length;
  const ofRule = useMemo(() => ruleCounts(shownRows(rows, { ...filter, rule: null })), [rows, filter]);
  if (!report) return null;
  const titled = groupsOf(shownRows(rows, { ...filter, notice: null }), printedEntries());
  return (
    <div className="finding-filters">
      <fieldset className="finding-severities" aria-label="列出哪几类">
        {severities.map((severity) => {
          const on = filter.severities.includes(severity);
          return (
            <button
              key={severity}
              type="button"
              className={`chip ${severity}`}
              aria-pressed={on}
              onClick={() =>
                setFilter({
                  severities: severities.filter((one) => (one === severity ? !on : filter.severities.includes(one))),
                })
              }
            >
              {severityNames[severity]} <b className="digits">{report.open[severity]}</b>
            </button>
          );
        })}
        <button
          type="button"
          className="chip"
          aria-pressed={filter.ignored}
          disabled={ignored === 0 && !filter.ignored}
          onClick={() => setFilter({ ignored: !filter.ignored })}
        >
          已忽略 <b className="digits">{ignored}</b>
        </button>
      </fieldset>
      <div className="finding-selects">
        <Select<string>
          size="small"
          aria-label="哪一篇"
          value={filter.notice ?? ""}
          popupMatchSelectWidth={360}
          options={[
            { value: "", label: "全部公文" },
            ...titled.flatMap(({ notice, rows: found }) => {
              const title = notice === null ? undefined : notices.get(notice);
              return notice && title ? [{ value: notice, label: `${citedTitle(title)}（${found.length}处）` }] : [];
            }),
          ]}
          onChange={(notice) => setFilter({ notice: notice || null })}
        />
        <Select<string>
          size="small"
          aria-label="哪一类问题"
          value={filter.rule ?? ""}
          popupMatchSelectWidth={300}
          options={[
            { value: "", label: "全部问题" },
            ...ofRule.map(({ rule, count }) => ({
              value: rule,
              label: `${rules.get(rule)?.label ?? rule}（${count}处）`,
            })),
          ]}
          onChange={(rule) => setFilter({ rule: rule || null })}
        />
      </div>
      <FixAll shown={shown} />
    </div>
  );
}

/** Offered where one rule is looked at whose corrections are always right. */
function FixAll({ shown }: { readonly shown: readonly FindingRow[] }) {
  const rule = useProofDesk((desk) => desk.rules.get(desk.filter.rule ?? ""));
  const fixable = shown.filter(({ finding }) => finding.fix !== undefined && finding.ignored === null);
  if (!rule?.safe || fixable.length < 2) return null;
  return (
    <Button size="small" onClick={() => useWorkspace.getState().show({ kind: "fixAll", rule: rule.rule })}>
      全部改正（{fixable.length}处）…
    </Button>
  );
}

function GroupHead({ notice, count }: { readonly notice: NoticeId | null; readonly count: number }) {
  const fields = useWorkspace((state) => (notice === null ? undefined : state.notices.get(notice)));
  const folio = useWorkspace((state) => state.layout?.contents.find((entry) => entry.notice === notice)?.folio);
  return (
    <h3 className="finding-notice" title={fields?.title}>
      <span className="ellipsis">{notice === null ? "本期" : fields ? citedTitle(fields) : "已移出本期的公文"}</span>
      <span className="muted digits">
        {folio && `第${folio}页 `}
        {count}处
      </span>
    </h3>
  );
}

/** Why the list is empty. */
function Nothing() {
  const report = useProofDesk((desk) => desk.report);
  const rows = useProofDesk((desk) => desk.rows);
  const trouble = useProofDesk((desk) => desk.trouble);
  const filter = useProofDesk((desk) => desk.filter);
  const { check, setFilter } = useProofDesk.getState();
  if (trouble)
    return (
      <div className="teach" role="alert">
        <p>
          <WarningFilled /> {trouble}
        </p>
        <Button onClick={() => void check()}>再校对一遍</Button>
      </div>
    );
  if (!report)
    return (
      <div className="teach" role="status">
        <p>正在校对…</p>
      </div>
    );
  const hidden = rows.filter(({ finding }) => (finding.ignored !== null) === filter.ignored).length;
  if (hidden > 0)
    return (
      <div className="teach">
        <p>所选的类别里没有，另有{hidden}处没有列出。</p>
        <Button onClick={() => setFilter({ severities, notice: null, rule: null })}>全部列出</Button>
      </div>
    );
  if (filter.ignored)
    return (
      <div className="teach">
        <p>这一期没有忽略过的差错。</p>
        <Button onClick={() => setFilter({ ignored: false })}>看没有忽略的</Button>
      </div>
    );
  return (
    <div className="teach">
      <p>没有发现差错。本期{report.characters.toLocaleString("zh-CN")}字都校对过了。</p>
      <p>人名、数据是否属实，程序看不出来，仍要人读一遍。</p>
    </div>
  );
}
