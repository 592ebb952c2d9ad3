// How a press prints the file: by which printing condition, in which red, and how a booklet is made of how many sheets.
import { Button, InputNumber, Select } from "antd";
import { useEffect } from "react";
import { sheetCount } from "../../shared/layout/booklet.ts";
import { redName } from "../../shared/layout/redInk.ts";
import { type Cover, isPress, mostCreep, type Profile } from "../../shared/model/profile.ts";
import { DeleteOutlined, ImportOutlined } from "../icons.tsx";
import { usePages } from "../preview/layoutClient.ts";
import { useWorkspace } from "../workspace.ts";
import { choose, loadCondition, refreshConditions, removeCondition, useConditions } from "./conditions.ts";

/** Rows of the facts before an export; none for a file that is not printed by a press. */
export function PressSettings({ profile }: { readonly profile: Profile }) {
  const red = useWorkspace((state) => state.style?.red);
  if (!isPress(profile)) return null;
  return (
    <>
      <Condition />
      <div>
        <dt>红色</dt>
        <dd title="在“版式设置”的“印刷”中更改">{red ? redName(red) : "正在读取版式"}</dd>
      </div>
      {profile === "booklet" && <Booklet />}
    </>
  );
}

/** FOGRA39 in the list of conditions. */
const own = "";

function Condition() {
  const list = useConditions((state) => state.list);
  const condition = useWorkspace((state) => state.settings.press.condition);
  const { complain } = useWorkspace.getState();
  useEffect(() => {
    void refreshConditions().catch(useWorkspace.getState().complain);
  }, []);
  const chosen = list?.find(({ id }) => id === condition);
  return (
    <div>
      <dt>输出特性</dt>
      <dd className="press-condition">
        <Select
          aria-label="输出特性"
          value={chosen?.id ?? own}
          loading={list === null}
          options={[
            { value: own, label: "FOGRA39（程序自带）" },
            ...(list ?? []).map(({ id, name, fileName }) => ({ value: id, label: name, title: fileName })),
          ]}
          onChange={(id) => choose(id === own ? null : id)}
        />
        <Button icon={<ImportOutlined />} title="装入印厂提供的特性文件（.icc）" onClick={loadCondition}>
          装入
        </Button>
        {chosen && (
          <Button
            icon={<DeleteOutlined />}
            aria-label={`移去输出特性“${chosen.name}”`}
            title="移去，以后还可再装入"
            onClick={() => void removeCondition(chosen).catch(complain)}
          />
        )}
      </dd>
    </div>
  );
}

const coverNames: readonly { readonly value: Cover; readonly label: string }[] = [
  { value: "bound", label: "与内文同订" },
  { value: "apart", label: "封面单做一张" },
];

function Booklet() {
  const press = useWorkspace((state) => state.settings.press);
  const pages = usePages((state) => state.sheets);
  const { putSettings } = useWorkspace.getState();
  const sheets = sheetCount(pages, press.cover);
  return (
    <>
      <div>
        <dt>封面</dt>
        <dd>
          <Select
            aria-label="封面"
            value={press.cover}
            options={coverNames.map((one) => ({
              ...one,
              disabled: one.value !== press.cover && sheetCount(pages, one.value) === null,
            }))}
            onChange={(cover) => putSettings({ press: { ...press, cover } })}
          />
        </dd>
      </div>
      <div>
        <dt>爬移量</dt>
        <dd>
          <InputNumber
            aria-label="爬移量"
            value={press.creep}
            min={0}
            max={mostCreep}
            step={0.05}
            precision={2}
            suffix="毫米"
            title="每张纸的内页比外一张多向订口移的距离，80克纸约0.1毫米"
            onChange={(creep) => {
              if (creep !== null) putSettings({ press: { ...press, creep } });
            }}
          />
        </dd>
      </div>
      <div>
        <dt>用纸</dt>
        <dd className="digits">{paperWords(pages.length, sheets, press.cover)}</dd>
      </div>
    </>
  );
}

/** 15张，正反共30面，补白页2页 */
function paperWords(pages: number, sheets: number | null, cover: Cover): string {
  if (pages === 0) return "正在排版";
  if (sheets === null) return "这种版式没有封面，不能单做";
  const blanks = sheets * 4 - pages;
  const apart = cover === "apart" ? `（封面1张，内文${sheets - 1}张）` : "";
  return `${sheets}张${apart}${blanks > 0 ? `，另有空白${blanks}页` : ""}`;
}
