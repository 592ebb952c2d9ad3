// The review of an imported file: what was recognised, notice by notice, each field to be put right where it stands,
// and each doubt with its line. Nothing is stored before 入库.

import { Button, Checkbox, Input, Radio, Select } from "antd";
import { useState } from "react";
import type { Review, ReviewDraft } from "../../shared/api.ts";
import { citedTitle, type IssueFields, issueName, type NoticeFields } from "../../shared/model/notice.ts";
import { type Finding, severityNames } from "../../shared/proof/proof.ts";
import { DateField, TextField, TitleField } from "../form/fields.tsx";
import { CaretDownOutlined, CaretRightOutlined } from "../icons.tsx";
import { IssueForm } from "../issue/IssueForm.tsx";
import { IssuersField, kindOptions } from "../issue/NoticeForm.tsx";
import { useWorkspace } from "../workspace.ts";
import { useIntake } from "./intake.ts";

/** UTF-8, and not Word文档. */
const isEncoding = (words: string) => /^[\w-]+$/u.test(words);

interface Row {
  readonly index: number;
  readonly kept: boolean;
  readonly fields: NoticeFields;
}

export function ImportReview({ review }: { readonly review: Review }) {
  const styles = useWorkspace((state) => state.styles);
  const open = useWorkspace((state) => state.issue);
  const library = useWorkspace((state) => state.library);
  const waiting = useIntake((state) => state.waiting.length);
  const accepting = useIntake((state) => state.accepting);
  const { accept, discard } = useIntake.getState();
  const [rows, setRows] = useState<readonly Row[]>(() =>
    review.drafts.map((draft, index) => ({ index, kept: true, fields: fieldsOf(draft) })),
  );
  const [issue, setIssue] = useState<IssueFields | null>(
    review.issue && { ...review.issue, style: open?.style ?? styles[0]?.name ?? "" },
  );
  const [asIssue, setAsIssue] = useState(review.issue !== null);
  const [issueOpen, setIssueOpen] = useState(false);
  const kept = rows.filter((row) => row.kept);
  const untitled = kept.filter((row) => row.fields.title.trim() === "").length;
  const sections = [...new Set(rows.map((row) => row.fields.section).filter(Boolean))];
  const change = (index: number, part: Partial<Row>) =>
    setRows(rows.map((row) => (row.index === index ? { ...row, ...part } : row)));
  const store = () =>
    void accept({ issue: asIssue ? issue : null, drafts: kept.map(({ index, fields }) => ({ index, fields })) });
  return (
    <main className="layer review" aria-label="导入核对">
      <header className="review-head">
        <h1>导入核对：{review.fileName}</h1>
        <span className="muted">
          认出{review.drafts.length}篇公文，
          {isEncoding(review.encoding) ? `文字编码${review.encoding}` : review.encoding}
          {waiting > 0 && `，后面还有${waiting}个文件`}
        </span>
      </header>
      <div className="review-body">
        {review.findings.length > 0 && (
          <section className="findings-box" aria-label="对整个文件的提示">
            <h2>对整个文件的提示（{review.findings.length}处）</h2>
            <Findings findings={review.findings} />
          </section>
        )}
        <table className="review-table">
          <thead>
            <tr>
              <th className="col-keep">
                <Checkbox
                  aria-label="全部留用"
                  checked={kept.length === rows.length}
                  indeterminate={kept.length > 0 && kept.length < rows.length}
                  onChange={(event) => setRows(rows.map((row) => ({ ...row, kept: event.target.checked })))}
                />
              </th>
              <th>题名</th>
              <th className="col-number">文号</th>
              <th className="col-number">登记号</th>
              <th className="col-issuers">发文机关</th>
              <th className="col-date">成文日期</th>
              <th className="col-section">栏目</th>
              <th className="col-kind">文种</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const draft = review.drafts[row.index];
              const twin = library?.find(
                (notice) => notice.docNumber !== "" && notice.docNumber === row.fields.docNumber,
              );
              return (
                draft && (
                  <DraftRows
                    key={row.index}
                    draft={draft}
                    row={row}
                    sections={sections}
                    twin={twin ? citedTitle(twin) : null}
                    onChange={(part) => change(row.index, part)}
                  />
                )
              );
            })}
          </tbody>
        </table>
        {asIssue && issueOpen && issue && (
          <IssueForm value={issue} onChange={(part) => setIssue({ ...issue, ...part })} />
        )}
      </div>
      <footer className="review-foot">
        <Radio.Group value={asIssue} onChange={(event) => setAsIssue(event.target.value)} disabled={!issue}>
          <Radio value={true}>
            {issue ? `建立新一期：${issueName(issue)}` : "建立新一期（文件中没有认出刊名和期号）"}
          </Radio>
          <Radio value={false}>只入稿库</Radio>
        </Radio.Group>
        {asIssue && issue && (
          <Button type="link" aria-expanded={issueOpen} onClick={() => setIssueOpen(!issueOpen)}>
            {issueOpen ? "收起本期信息" : "核对本期信息"}
          </Button>
        )}
        <span className="gap" />
        {untitled > 0 && <span className="error-text">有{untitled}篇没有题名，请补上或不留用。</span>}
        <Button onClick={() => void discard()}>放弃导入</Button>
        <Button
          type="primary"
          loading={accepting}
          disabled={kept.length === 0 || untitled > 0 || (asIssue && issue?.gazetteTitle.trim() === "")}
          onClick={store}
        >
          {asIssue ? `入库并建立新一期（${kept.length}篇）` : `入库（${kept.length}篇）`}
        </Button>
      </footer>
    </main>
  );
}

interface DraftProps {
  readonly draft: ReviewDraft;
  readonly row: Row;
  readonly sections: readonly string[];
  /** Cited title of a notice with the same number that the store already has. */
  readonly twin: string | null;
  readonly onChange: (part: Partial<Row>) => void;
}

function DraftRows({ draft, row, sections, twin, onChange }: DraftProps) {
  const [open, setOpen] = useState(false);
  const { fields, kept } = row;
  const edit = (part: Partial<NoticeFields>) => onChange({ fields: { ...fields, ...part } });
  const of = `第${row.index + 1}篇`;
  return (
    <>
      <tr className={kept ? "draft" : "draft left-out"}>
        <td className="col-keep">
          <Checkbox
            aria-label={`留用${of}`}
            checked={kept}
            onChange={(event) => onChange({ kept: event.target.checked })}
          />
        </td>
        <td>
          <TitleField label={`${of}题名`} plain required value={fields.title} onChange={(title) => edit({ title })} />
        </td>
        <td>
          <TextField label={`${of}文号`} plain value={fields.docNumber} onChange={(docNumber) => edit({ docNumber })} />
        </td>
        <td>
          <TextField
            label={`${of}登记号`}
            plain
            value={fields.uniformNumber}
            onChange={(uniformNumber) => edit({ uniformNumber })}
          />
        </td>
        <td>
          <IssuersField
            label={`${of}发文机关`}
            plain
            value={fields.issuers}
            onChange={(issuers) => edit({ issuers })}
          />
        </td>
        <td>
          <DateField label={`${of}成文日期`} plain value={fields.dated} onChange={(dated) => edit({ dated })} />
        </td>
        <td>
          <Input
            aria-label={`${of}栏目`}
            variant="borderless"
            list="review-sections"
            value={fields.section}
            onChange={(event) => edit({ section: event.target.value })}
          />
          {row.index === 0 && (
            <datalist id="review-sections">
              {sections.map((section) => (
                <option key={section} value={section} />
              ))}
            </datalist>
          )}
        </td>
        <td>
          <Select
            aria-label={`${of}文种`}
            variant="borderless"
            options={kindOptions}
            value={fields.kind}
            onChange={(kind) => edit({ kind })}
          />
        </td>
      </tr>
      <tr className={kept ? "about" : "about left-out"}>
        <td />
        <td colSpan={7}>
          <button type="button" className="fold-button" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? <CaretDownOutlined /> : <CaretRightOutlined />}
            原文第{draft.startLine}—{draft.endLine}行，{draft.paragraphs}段{draft.tables > 0 && `，${draft.tables}张表`}
          </button>
          {open && <pre className="excerpt">{draft.excerpt}</pre>}
          {twin !== null && <p className="finding warning">稿库里已有同文号的公文：{twin}。若是重复，请不要留用。</p>}
          <Findings findings={draft.findings} />
        </td>
      </tr>
    </>
  );
}

export function Findings({ findings }: { readonly findings: readonly Finding[] }) {
  return (
    <ul className="findings">
      {findings.map((finding) => (
        <li key={`${finding.rule} ${finding.line} ${finding.message}`} className={`finding ${finding.severity}`}>
          <b>{severityNames[finding.severity]}</b>
          <span>
            {finding.message}
            {finding.evidence && <span className="muted">　{finding.evidence}</span>}
          </span>
          {finding.line !== undefined && !finding.message.includes(`第${finding.line}行`) && (
            <span className="muted digits">第{finding.line}行</span>
          )}
        </li>
      ))}
    </ul>
  );
}

function fieldsOf({ title, issuers, docNumber, uniformNumber, kind, dated, section }: ReviewDraft): NoticeFields {
  return { title, issuers, docNumber, uniformNumber, kind, dated, section };
}
