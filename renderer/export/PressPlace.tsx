// 付印: the state of the issue before export on the left, the export and its proof report on the right. The report
// shows what was re-read from the finished PDF; a file that does not agree with the issue is not handed out.

import { Button, Select } from "antd";
import { memo } from "react";
import type { ExportReport } from "../../shared/api.ts";
import type { LayoutWarning } from "../../shared/layout/display.ts";
import { faceRoleNames, faceRoles } from "../../shared/layout/fonts.ts";
import { issueName } from "../../shared/model/notice.ts";
import { profileNames, profiles } from "../../shared/model/profile.ts";
import { useFaceChanges } from "../fonts/faceChanges.ts";
import { CheckOutlined, CloseOutlined, DownloadOutlined, FilePdfOutlined } from "../icons.tsx";
import { styleOptions } from "../style/styleOptions.ts";
import { transport } from "../transport.ts";
import { Welcome } from "../Welcome.tsx";
import { PressGate } from "../workflow/PressGate.tsx";
import { entriesOf, printWarnings, useWorkspace } from "../workspace.ts";
import { Mismatches, Running, seconds, size, Verdict } from "./JobView.tsx";
import { PressSettings } from "./PressSettings.tsx";
import { changedSince, type Press, startNoticePdfs, startPress, usePress } from "./press.ts";

export function PressPlace() {
  const issue = useWorkspace((state) => state.issue);
  const press = usePress((state) => state.job);
  const changed = useWorkspace((state) => press.state !== "idle" && changedSince(press.of, state));
  if (!issue) return <Welcome />;
  const mine: Press = press.state !== "idle" && press.of.issue.id !== issue.id ? { state: "idle" } : press;
  return (
    <div className="press-place">
      <Readiness
        running={press.state === "running"}
        delivered={mine.state === "done" && mine.of.made === "issue" && !changed}
      />
      <section className="press-result" aria-label="导出结果" aria-live="polite">
        {(mine.state === "done" || mine.state === "failed") && changed && (
          <p className="outdated">导出以后本期又有改动，下面是改动以前的结果；付印前请重新导出。</p>
        )}
        {mine.state === "idle" && <BeforeExport />}
        {mine.state === "running" && <Running job={mine} unit="页" onStop={() => void usePress.getState().cancel()} />}
        {mine.state === "done" && (
          <>
            <Verdict
              right
              title={`《${mine.report.issue}》${mine.of.made === "notices" ? "各文已单独导出" : "已导出"}，核对相符`}
              text={`${mine.of.made === "notices" ? `${mine.report.notices.length}篇各一个PDF，共` : ""}${mine.report.pages}页，${mine.report.contents.length > 0 ? `目录${mine.report.contents.length}条的题名、文号、页码逐条重读相符，` : ""}正文${mine.report.characters.toLocaleString("zh-CN")}字逐字相符。`}
            />
            <div className="deliver">
              <Button
                type="primary"
                size="large"
                icon={<DownloadOutlined />}
                href={transport.downloadUrl(mine.download)}
                download={mine.fileName}
              >
                {mine.of.made === "notices" ? "下载全部（ZIP）" : "下载PDF"}
              </Button>
              {mine.sheet && (
                <Button
                  size="large"
                  icon={<DownloadOutlined />}
                  href={transport.downloadUrl(mine.sheet.download)}
                  download={mine.sheet.fileName}
                >
                  付印单
                </Button>
              )}
              {mine.sheetData && (
                <Button
                  type="link"
                  title="日后用它核对PDF有没有被改动"
                  href={transport.downloadUrl(mine.sheetData.download)}
                  download={mine.sheetData.fileName}
                >
                  付印单数据
                </Button>
              )}
              <span className="muted digits">
                {mine.fileName}，{size(mine.report.bytes)}，用时{seconds(mine.report)}秒
              </span>
            </div>
            <Report report={mine.report} />
          </>
        )}
        {mine.state === "failed" && (
          <>
            <Verdict right={false} title="没有交出PDF" text={mine.message} />
            {mine.report && <Report report={mine.report} />}
          </>
        )}
      </section>
    </div>
  );
}

const purposes = profiles.map((value) => ({ value, label: profileNames[value].label }));

/** What is known before exporting: size, house style, typefaces that stand in for others, warnings of the layout. It is
 *  not drawn again for each step of the progress, of which there are hundreds a second. */
const Readiness = memo(function Readiness({
  running,
  delivered,
}: {
  readonly running: boolean;
  readonly delivered: boolean;
}) {
  const issue = useWorkspace((state) => state.issue);
  const info = useWorkspace((state) => state.info);
  const styles = useWorkspace((state) => state.styles);
  const layout = useWorkspace((state) => state.layout);
  const profile = useWorkspace((state) => state.settings.profile);
  const changes = useFaceChanges((state) => state.sentences);
  const { editIssue, putSettings } = useWorkspace.getState();
  if (!issue || !info) return null;
  const substitutes = faceRoles.flatMap((role) => {
    const sentence = info.fonts[role].substitute;
    return sentence ? [{ role, sentence }] : [];
  });
  const warnings = layout ? printWarnings(layout) : [];
  return (
    <section className="press-before" aria-label="付印前">
      <h1>{issueName(issue)}</h1>
      <dl className="facts">
        <div>
          <dt>版式</dt>
          <dd>
            <Select
              aria-label="版式"
              value={issue.style}
              options={styleOptions(styles)}
              onChange={(style) => editIssue({ style })}
            />
          </dd>
        </div>
        <div>
          <dt>用途</dt>
          <dd>
            <Select
              aria-label="用途"
              value={profile}
              options={purposes}
              onChange={(chosen) => putSettings({ profile: chosen })}
            />
          </dd>
        </div>
        <PressSettings profile={profile} />
        <div>
          <dt>篇数</dt>
          <dd className="digits">{entriesOf(issue.sections).length}篇</dd>
        </div>
        <div>
          <dt>页数</dt>
          <dd className="digits">{layout ? `${layout.pages}页` : "正在排版"}</dd>
        </div>
      </dl>
      <PressGate />
      <Button
        type={delivered ? "default" : "primary"}
        size="large"
        block
        icon={<FilePdfOutlined />}
        disabled={running || entriesOf(issue.sections).length === 0}
        onClick={() => void startPress()}
      >
        {delivered ? "重新导出PDF" : "导出PDF"}
      </Button>
      <Button
        block
        icon={<FilePdfOutlined />}
        disabled={running || entriesOf(issue.sections).length === 0}
        title="每篇公文一个归档PDF，附清单，用于网站发布"
        onClick={() => void startNoticePdfs()}
      >
        各文单独的PDF
      </Button>
      <p className="muted">{profileNames[profile].help}</p>
      <p className="muted">导出后程序会重读PDF，目录逐条、正文逐字与本期核对；有一处不符就不交出文件。</p>
      {changes.length > 0 && (
        <>
          <h2>字体与上次导出时不同</h2>
          <ul className="plain-list">
            {changes.map((sentence) => (
              <li key={sentence} className="finding warning">
                <span>{sentence}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {substitutes.length > 0 && (
        <>
          <h2>代用的字体</h2>
          <ul className="plain-list">
            {substitutes.map(({ role, sentence }) => (
              <li key={role} className="finding warning">
                <b>{faceRoleNames[role]}</b>
                <span>{sentence}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {warnings.length > 0 && (
        <>
          <h2>版面提示（{warnings.length}处）</h2>
          <WarningList warnings={warnings} labels={layout?.labels ?? []} />
        </>
      )}
    </section>
  );
});

interface WarningListProps {
  readonly warnings: readonly LayoutWarning[];
  readonly labels: readonly string[];
}

function WarningList({ warnings, labels }: WarningListProps) {
  return (
    <ul className="plain-list">
      {warnings.map((warning, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a list that is replaced as a whole
        <li key={i} className="finding warning">
          <b>{warning.page === undefined ? "提示" : `第${labels[warning.page] ?? warning.page + 1}页`}</b>
          <span>{warning.message}</span>
          {warning.source && warning.source.in !== "front" && (
            <Button type="link" size="small" onClick={() => goTo(warning)}>
              查看
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

function goTo({ source }: LayoutWarning): void {
  if (!source || source.in === "front") return;
  const { go, select, setCaret } = useWorkspace.getState();
  go("issue");
  if (source.in === "body") {
    const { notice, block, cell, from } = source;
    setCaret({ notice, block, from, ...(cell && { cell }) }, "page");
  } else select(source.notice);
}

function BeforeExport() {
  const contents = useWorkspace((state) => state.layout?.contents);
  return (
    <div className="teach">
      <p>按“导出PDF”或 Ctrl+P，这里会显示进度，然后是核对报告。</p>
      {contents && contents.length > 0 && <p>目录已编成{contents.length}条，页码随版面更新，不用手填。</p>}
    </div>
  );
}

function Mark({ right }: { readonly right: boolean }) {
  return right ? (
    <span className="mark right">
      <CheckOutlined /> 相符
    </span>
  ) : (
    <span className="mark wrong">
      <CloseOutlined /> 不符
    </span>
  );
}

/** 核对报告. */
function Report({ report }: { readonly report: ExportReport }) {
  return (
    <article className="report" aria-label="核对报告">
      <Mismatches report={report} />
      {report.contents.length > 0 && (
        <section>
          <h2>目录（{report.contents.length}条）</h2>
          <table className="report-table">
            <thead>
              <tr>
                <th>题名</th>
                <th>文号</th>
                <th>目录页码</th>
                <th>实在页码</th>
                <th>核对</th>
              </tr>
            </thead>
            <tbody>
              {report.contents.map((entry, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the entries of a finished report never move
                <tr key={i}>
                  <td>{entry.title}</td>
                  <td className="digits">{entry.number}</td>
                  <td className="digits">{entry.folio}</td>
                  <td className="digits">{entry.onPage ?? "没有找到"}</td>
                  <td>
                    <Mark right={entry.right} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <section>
        <h2>正文（{report.notices.length}篇）</h2>
        <table className="report-table">
          <thead>
            <tr>
              <th>题名</th>
              <th>字数</th>
              <th>逐字核对</th>
            </tr>
          </thead>
          <tbody>
            {report.notices.map((notice) => (
              <tr key={notice.id}>
                <td>{notice.title}</td>
                <td className="digits">{notice.characters.toLocaleString("zh-CN")}</td>
                <td>
                  <Mark right={notice.right} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section>
        <h2>字体</h2>
        <p>{report.faces.map((face) => `${face.name}（${face.embedded ? "已嵌入" : "没有嵌入"}）`).join("，")}</p>
      </section>
      {report.warnings.length > 0 && (
        <section>
          <h2>版面提示（{report.warnings.length}处）</h2>
          <WarningList warnings={report.warnings} labels={[]} />
        </section>
      )}
      <p className="muted digest">文件校验码 SHA-256：{report.sha256}</p>
    </article>
  );
}
