// What stands where no issue is open: what the program is for, and the ways to begin.

import { Button } from "antd";
import { useState } from "react";
import { BookOutlined, ImportOutlined, PlusOutlined } from "./icons.tsx";
import { pickFiles } from "./import/intake.ts";
import { useWorkspace } from "./workspace.ts";

export function Welcome() {
  const [opening, setOpening] = useState(false);
  const issues = useWorkspace((state) => state.issues ?? []);
  const { createSample, openIssue, show, complain } = useWorkspace.getState();
  const sample = async () => {
    setOpening(true);
    try {
      await createSample();
    } catch (error) {
      complain(error);
    } finally {
      setOpening(false);
    }
  };
  return (
    <div className="welcome">
      <div className="welcome-sheet">
        <h1>编一期公报</h1>
        <ol>
          <li>
            <b>导入</b>一期公报或几篇公文（文本文件或Word文档），核对认出的题名、文号、日期和栏目。
          </li>
          <li>
            <b>编排</b>栏目和次序，改正文，边改边看印出来的版面；目录自动编成。
          </li>
          <li>
            <b>付印</b>时逐条核对目录页码与正文，相符才交出 PDF。
          </li>
        </ol>
        <div className="welcome-actions">
          <Button type="primary" size="large" icon={<BookOutlined />} loading={opening} onClick={() => void sample()}>
            打开示例公报
          </Button>
          <Button size="large" icon={<ImportOutlined />} onClick={pickFiles}>
            导入文件
          </Button>
          <Button size="large" icon={<PlusOutlined />} onClick={() => show({ kind: "newIssue" })}>
            新建一期
          </Button>
        </div>
        <p className="muted">也可以把文件拖到窗口里，或按 Ctrl+O。示例公报是虚构的示例市政报，可以随意改动和删除。</p>
        {issues.length > 0 && (
          <div className="recent">
            <h2>已有的期</h2>
            {issues.map((issue) => (
              <Button key={issue.id} type="link" onClick={() => void openIssue(issue.id).catch(complain)}>
                {issue.name}
              </Button>
            ))}
          </div>
        )}
      </div>
    </div>
  );
}
