// 校对统计: how much was found in the issue, by notice and severity, by rule, and for every 10,000 characters, which is how
// offices and publishers rate a proof (差错率).
import { Modal, Table } from "antd";
import { citedTitle, type NoticeId } from "../../shared/model/notice.ts";
import { severityNames } from "../../shared/proof/proof.ts";
import { useWorkspace } from "../workspace.ts";
import { printedEntries, useProofDesk } from "./proofDesk.ts";
import { allOpen, type FindingRow, groupsOf, ruleCounts, severities, shownRows } from "./walk.ts";

export function ProofStatistics() {
  const report = useProofDesk((desk) => desk.report);
  const rows = useProofDesk((desk) => desk.rows);
  const rules = useProofDesk((desk) => desk.rules);
  const notices = useWorkspace((state) => state.notices);
  const { show } = useWorkspace.getState();
  const open = shownRows(rows, allOpen);
  const ignored = rows.length - open.length;
  const title = (notice: NoticeId | null) => {
    const fields = notice === null ? undefined : notices.get(notice);
    return fields ? citedTitle(fields) : "本期";
  };
  return (
    <Modal open width={760} title="校对统计" className="dialog" footer={null} onCancel={() => show(null)}>
      {!report && <p>还没有校对过。</p>}
      {report && (
        <>
          <p className="statistics-line">
            共{report.characters.toLocaleString("zh-CN")}字，未处理
            {severities.map((severity) => `${severityNames[severity]}${report.open[severity]}处`).join("、")}，已忽略
            {ignored}处。差错率为每万字{perTenThousand(report.open.error, report.characters)}处。
          </p>
          <Table
            size="small"
            rowKey={({ notice }) => notice ?? "issue"}
            pagination={false}
            scroll={{ y: 220 }}
            dataSource={groupsOf(open, printedEntries())}
            locale={{ emptyText: "没有未处理的差错。" }}
            columns={[
              { title: "公文", render: (_, { notice }) => title(notice) },
              ...severities.map((severity) => ({
                title: severityNames[severity],
                width: 72,
                align: "right" as const,
                render: (_: unknown, { rows: found }: { rows: readonly FindingRow[] }) =>
                  found.filter(({ finding }) => finding.severity === severity).length || "",
              })),
            ]}
          />
          <Table
            size="small"
            rowKey="rule"
            pagination={false}
            scroll={{ y: 220 }}
            dataSource={ruleCounts(open)}
            locale={{ emptyText: "没有未处理的差错。" }}
            columns={[
              { title: "问题", render: (_, { rule }) => rules.get(rule)?.label ?? rule },
              { title: "依据", render: (_, { rule }) => <span className="muted">{rules.get(rule)?.basis}</span> },
              { title: "处数", dataIndex: "count", width: 72, align: "right" },
            ]}
          />
        </>
      )}
    </Modal>
  );
}

function perTenThousand(count: number, characters: number): string {
  return characters === 0 ? "0" : ((count / characters) * 10000).toFixed(2);
}
