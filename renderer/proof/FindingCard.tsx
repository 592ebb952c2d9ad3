// One finding in the list: what it is in a sentence and the words in question; at hand also what proves it, where the
// other half stands, the correction as it would read, and what can be done.
import { Button } from "antd";
import { severityNames } from "../../shared/proof/proof.ts";
import type { ProofPlace } from "../../shared/proof/stored.ts";
import { openNotice } from "../store/StorePlace.tsx";
import { useWorkspace } from "../workspace.ts";
import { useProofDesk } from "./proofDesk.ts";
import type { FindingRow } from "./walk.ts";

interface Props {
  readonly row: FindingRow;
  readonly current: boolean;
  readonly tabStop: boolean;
  /** `focus`: the text takes the keyboard. */
  readonly onShow: (focus: boolean) => void;
  readonly onIgnore: () => void;
}

export function FindingCard({ row, current, tabStop, onShow, onIgnore }: Props) {
  const { finding } = row;
  return (
    <div className={`finding-card ${finding.severity}${current ? " current" : ""}`}>
      <button
        type="button"
        className="finding-row"
        tabIndex={tabStop ? 0 : -1}
        aria-current={current}
        onClick={() => onShow(false)}
        onDoubleClick={() => onShow(true)}
      >
        <span className="finding-mark">{severityNames[finding.severity]}</span>
        <span className="finding-words">
          <span>{finding.message}</span>
          {finding.excerpt && <Excerpt excerpt={finding.excerpt} quote={finding.quote} />}
        </span>
      </button>
      {current && <Details row={row} onShow={onShow} onIgnore={onIgnore} />}
    </div>
  );
}

/** The words with what stands around them, the words themselves marked. */
function Excerpt({ excerpt, quote }: { readonly excerpt: string; readonly quote: string }) {
  const at = quote ? excerpt.indexOf(quote) : -1;
  if (at < 0) return <q>{excerpt}</q>;
  return (
    <q>
      {excerpt.slice(0, at)}
      <mark>{quote}</mark>
      {excerpt.slice(at + quote.length)}
    </q>
  );
}

function Details({ row, onShow, onIgnore }: Pick<Props, "row" | "onShow" | "onIgnore">) {
  const { finding } = row;
  const rule = useProofDesk((desk) => desk.rules.get(finding.rule));
  const { fix, revoke } = useProofDesk.getState();
  return (
    <div className="finding-details">
      {finding.evidence.map(({ place, quote, source }) => (
        <p key={`${source} ${quote}`} className="finding-evidence">
          <span className="muted">依据</span>
          <span>
            {source}：<q>{quote}</q>
            {place && (
              <Button type="link" size="small" onClick={() => goTo(place)}>
                看那里
              </Button>
            )}
          </span>
        </p>
      ))}
      {finding.fix !== undefined && (
        <p className="finding-evidence">
          <span className="muted">改为</span>
          <span>
            <del>{finding.quote}</del> {finding.fix === "" ? "（删去）" : <ins>{finding.fix}</ins>}
          </span>
        </p>
      )}
      {rule && (
        <p className="finding-evidence muted">
          <span>规则</span>
          <span>
            {rule.label}
            {rule.code && `（${rule.code}）`}
            {rule.basis && `，${rule.basis}`}
          </span>
        </p>
      )}
      <p className="finding-actions">
        {finding.fix !== undefined && finding.ignored === null && (
          <Button size="small" type="primary" title="改正（Ctrl+Enter）" onClick={() => void fix([row])}>
            改正
          </Button>
        )}
        <Button size="small" onClick={() => onShow(true)}>
          到正文
        </Button>
        {finding.ignored === null ? (
          <Button size="small" onClick={onIgnore}>
            忽略…
          </Button>
        ) : (
          <Button size="small" onClick={() => void revoke(finding)}>
            取消忽略
          </Button>
        )}
      </p>
    </div>
  );
}

/** Shows the other half of a contradiction; what is not in this issue is opened where it is. */
function goTo(place: ProofPlace): void {
  const { issue, library, go, openDesk, select, setCaret, complain } = useWorkspace.getState();
  if (place.in === "issue") openDesk("issue");
  else if (!issue?.sections.some(({ entries }) => entries.includes(place.notice))) {
    const stored = library?.find(({ id }) => id === place.notice);
    if (!stored) return;
    if (!stored.issue) go("store");
    void openNotice(stored).catch(complain);
  } else if (place.in === "field") {
    select(place.notice);
    openDesk("fields");
  } else {
    const { notice, block, cell, from } = place;
    openDesk("text");
    setCaret(cell ? { notice, block, cell, from } : { notice, block, from }, "list");
  }
}
