// 词典: the words that rules know, one table a dictionary. What the office adds stands first and can be changed, taken out
// as a table and brought back; what comes with the program can be switched off.
import { Button, Input, InputNumber, Modal, Select, Table, type TableColumnsType } from "antd";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import {
  type Entry,
  type EntryFields,
  type EntryKind,
  entryKindNames,
  entryKinds,
} from "../../shared/proof/dictionary.ts";
import { DateField, Field } from "../form/fields.tsx";
import { DownloadOutlined, ImportOutlined, PlusOutlined } from "../icons.tsx";
import { nextStamp, transport } from "../transport.ts";
import { handOver, pickUserFiles } from "../userFiles.ts";
import { useWorkspace } from "../workspace.ts";
import { useProofDesk } from "./proofDesk.ts";

const { api } = transport;

/** What the columns are called in each dictionary; a column without a name is not used there. */
const columnNames: Readonly<Record<EntryKind, Readonly<Partial<Record<keyof EntryFields, string>>>>> = {
  typo: { word: "错写", right: "应写", unless: "除外", note: "说明" },
  variant: { word: "不推荐的写法", right: "推荐的写法", unless: "除外", note: "说明" },
  redundant: { word: "赘余的写法", right: "可写作", unless: "除外", note: "说明" },
  caution: { word: "慎用", right: "可改为", unless: "除外", note: "说明" },
  script: { word: "繁体字、异体字", right: "规范字", unless: "除外", note: "说明" },
  organ: { word: "机构名称", right: "改为", from: "启用", until: "停用", unless: "除外", note: "说明" },
  division: { word: "地名", right: "隶属", from: "启用", until: "停用", note: "说明" },
  law: { word: "法律法规", right: "替代的法规", from: "施行", until: "废止", note: "说明" },
  leader: { word: "姓名", right: "职务", from: "任职", until: "免职", rank: "次序", note: "说明" },
  lookalike: { word: "容易混淆的字", note: "说明" },
  house: { word: "不作差错的写法", note: "说明" },
};

const teaching: Readonly<Record<EntryKind, string>> = {
  typo: "写错的词和正确的词。除外处写不该改的搭配，用 ~ 代表这个词，几个之间用 | 隔开。",
  variant: "同一个词有几种写法时，推荐的是哪一种（见《第一批异形词整理表》）。",
  redundant: "意思重复的说法和简洁的写法，例如“目的是为了”写作“目的是”。",
  caution: "公文里应当避免的词，可以写明改用什么。",
  script: "繁体字、异体字和对应的规范字。",
  organ: "机构的名称和起止日期。成文日期在停用之前的公文不会被改。",
  division: "行政区划名称和隶属。",
  law: "法律法规的名称和施行、废止日期。",
  leader: "本单位领导的职务和排序，用来核对名单次序。",
  lookalike: "字形相近、容易认错的字，写在一起，例如“己已巳”，用来核对同一个人的姓名。",
  house: "本单位认定没有错的写法，任何规则都不再指出。",
};

const blank = (kind: EntryKind): EntryFields => ({
  ...{ kind, word: "", right: "", from: "", until: "", unless: "", rank: 0, note: "" },
});

interface Editing {
  readonly id: string | null;
  readonly fields: EntryFields;
}

export function DictionaryDialog() {
  const [kind, setKind] = useState<EntryKind>("typo");
  const [entries, setEntries] = useState<readonly Entry[] | null>(null);
  const [query, setQuery] = useState("");
  const [editing, setEditing] = useState<Editing | null>(null);
  const { show, complain } = useWorkspace.getState();
  const wanted = useRef(kind);
  wanted.current = kind;

  const read = useCallback(async () => {
    try {
      const found = await api.dictionary(kind);
      if (wanted.current === kind) setEntries(found);
    } catch (error) {
      complain(error);
    }
  }, [kind, complain]);
  useEffect(() => {
    setEntries(null);
    void read();
  }, [read]);

  /** Makes a change in the store, and shows what became of it in the list and in the findings. */
  const change = async (work: () => Promise<unknown>): Promise<boolean> => {
    try {
      await work();
      await read();
      void useProofDesk.getState().check();
      return true;
    } catch (error) {
      complain(error);
      return false;
    }
  };
  const columns = useColumns(kind, {
    edit: ({ id, own: _own, off: _off, ...fields }) => setEditing({ id, fields }),
    remove: (entry) => void change(() => api.removeEntry(nextStamp(), entry.id)),
    switchOff: (entry) => void change(() => api.switchEntry(nextStamp(), entry.id, !entry.off)),
  });
  const words = query.trim();
  const shown = entries?.filter(({ word, right, note }) => [word, right, note].some((text) => text.includes(words)));
  return (
    <Modal open width={960} title="词典" className="dialog" footer={null} onCancel={() => show(null)}>
      <div className="dictionary-tools">
        <Select<EntryKind>
          aria-label="哪一部词典"
          value={kind}
          options={entryKinds.map((one) => ({ value: one, label: entryKindNames[one] }))}
          onChange={setKind}
        />
        <Input.Search
          allowClear
          aria-label="查找词条"
          placeholder="查找"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
        <span className="gap" />
        <Button icon={<PlusOutlined />} onClick={() => setEditing({ id: null, fields: blank(kind) })}>
          增加词条
        </Button>
        <Button
          icon={<ImportOutlined />}
          onClick={() =>
            pickUserFiles(".csv,text/csv", false, ([file]) => file && void change(() => importTable(kind, file)))
          }
        >
          导入表格
        </Button>
        <Button icon={<DownloadOutlined />} onClick={() => void exportTable(kind).catch(complain)}>
          导出表格
        </Button>
      </div>
      <p className="hint">{teaching[kind]}</p>
      <Table<Entry>
        size="small"
        virtual
        rowKey="id"
        loading={entries === null}
        dataSource={shown ?? []}
        columns={columns}
        pagination={false}
        scroll={{ x: 880, y: 400 }}
        rowClassName={({ off }) => (off ? "switched-off" : "")}
        locale={{ emptyText: words ? "没有找到。" : "这部词典还是空的，可以增加词条或导入表格。" }}
      />
      {editing && (
        <EntryDialog
          value={editing}
          onClose={() => setEditing(null)}
          onDone={async (fields) => {
            if (await change(() => api.putEntry(nextStamp(), editing.id, fields))) setEditing(null);
          }}
        />
      )}
    </Modal>
  );
}

interface EntryActions {
  edit(entry: Entry): void;
  remove(entry: Entry): void;
  switchOff(entry: Entry): void;
}

function useColumns(kind: EntryKind, actions: EntryActions): TableColumnsType<Entry> {
  const latest = useRef(actions);
  latest.current = actions;
  return useMemo(() => {
    const names = columnNames[kind];
    const fields = (Object.keys(names) as (keyof EntryFields)[]).map((field) => ({
      title: names[field],
      dataIndex: field,
      ellipsis: true,
      ...(field === "from" || field === "until" ? { width: 104 } : field === "rank" ? { width: 64 } : {}),
    }));
    return [
      ...fields,
      {
        title: "来源",
        width: 88,
        render: (_: unknown, { own, off }: Entry) => (own ? "本单位" : off ? "已停用" : "随程序"),
      },
      {
        title: "",
        width: 128,
        render: (_: unknown, entry: Entry) =>
          entry.own ? (
            <>
              <Button type="link" size="small" onClick={() => latest.current.edit(entry)}>
                修改
              </Button>
              <Button type="link" size="small" danger onClick={() => latest.current.remove(entry)}>
                删除
              </Button>
            </>
          ) : (
            <Button type="link" size="small" onClick={() => latest.current.switchOff(entry)}>
              {entry.off ? "重新启用" : "停用"}
            </Button>
          ),
      },
    ];
  }, [kind]);
}

interface EntryProps {
  readonly value: Editing;
  readonly onClose: () => void;
  readonly onDone: (fields: EntryFields) => Promise<void>;
}

function EntryDialog({ value, onClose, onDone }: EntryProps) {
  const [fields, setFields] = useState(value.fields);
  const names = columnNames[fields.kind];
  const put = (change: Partial<EntryFields>) => setFields({ ...fields, ...change });
  return (
    <Modal
      open
      width={520}
      title={`${value.id === null ? "增加" : "修改"}词条：${entryKindNames[fields.kind]}`}
      className="dialog"
      okText={value.id === null ? "增加" : "改好了"}
      okButtonProps={{ disabled: fields.word.trim() === "" }}
      onOk={() => void onDone({ ...fields, word: fields.word.trim(), right: fields.right.trim() })}
      onCancel={onClose}
    >
      <div className="form">
        {(Object.keys(names) as (keyof EntryFields)[]).map((field) => (
          <Field key={field} label={names[field] ?? field} wide>
            {(id) => {
              if (field === "rank")
                return (
                  <InputNumber
                    id={id}
                    min={1}
                    max={999}
                    value={fields.rank || null}
                    onChange={(rank) => put({ rank: rank ?? 0 })}
                  />
                );
              if (field === "from" || field === "until")
                return <DateField id={id} value={fields[field]} onChange={(date) => put({ [field]: date })} />;
              return (
                <Input
                  id={id}
                  maxLength={200}
                  value={String(fields[field])}
                  onChange={(event) => put({ [field]: event.target.value })}
                />
              );
            }}
          </Field>
        ))}
      </div>
    </Modal>
  );
}

/** Excel and WPS write CSV as UTF-8 or, in Chinese editions, as GB18030. */
async function textOf(file: File): Promise<string> {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}

async function importTable(kind: EntryKind, file: File): Promise<void> {
  const { added, changed, faults } = await api.importDictionary(nextStamp(), kind, await textOf(file), file.name);
  const { say, warn } = useWorkspace.getState();
  const done = `“${file.name}”：增加${added}条，更新${changed}条`;
  const [first] = faults;
  if (first === undefined) say(done);
  else warn(`${done}，有${faults.length}行没有收入：${first}`);
}

async function exportTable(kind: EntryKind): Promise<void> {
  const { fileName, text } = await api.exportDictionary(kind);
  handOver(fileName, text, "text/csv");
}
