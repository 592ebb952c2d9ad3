// 字体: which face stands for each role, with a sample set in the face itself, what it has and what its licence allows;
// and the other faces of the machine. What a choice would do to the lines of the open issue is said before it is made.
import { Button, Input, Modal, Spin } from "antd";
import { type KeyboardEvent, useEffect } from "react";
import type { FontState } from "../../shared/api.ts";
import {
  type FaceCoverage,
  type FaceRole,
  type FoundFace,
  faceRoleNames,
  faceRoles,
  sampleMarks,
} from "../../shared/layout/fonts.ts";
import { usedRoles } from "../../shared/layout/usedRoles.ts";
import { CheckOutlined, SearchOutlined, WarningFilled } from "../icons.tsx";
import { useWorkspace } from "../workspace.ts";
import { useFaceChanges } from "./faceChanges.ts";
import { type Effect, useFaceDesk } from "./faceDesk.ts";
import { dropSamples, useSample } from "./samples.ts";
import { chineseSample, effectSentence, facesFor, latinSample } from "./words.ts";
import "./fonts.css";

export function FontsDialog() {
  const state = useFaceDesk((desk) => desk.state);
  const changes = useFaceChanges((one) => one.sentences);
  const { show, complain } = useWorkspace.getState();
  useEffect(() => {
    void useFaceDesk.getState().open().catch(complain);
    return dropSamples;
  }, [complain]);
  const close = () => show(null);
  return (
    <Modal
      open
      width={960}
      title="字体"
      className="dialog fonts"
      onCancel={close}
      footer={<Button onClick={close}>合上</Button>}
    >
      {[...(state?.trouble ? [state.trouble] : []), ...changes].map((sentence) => (
        <p key={sentence} className="outdated">
          <WarningFilled /> {sentence}
        </p>
      ))}
      {state ? (
        <div className="fonts-body">
          <Roles state={state} />
          <Faces state={state} />
        </div>
      ) : (
        <Spin description="正在查看本机的字体" />
      )}
    </Modal>
  );
}

function Roles({ state }: { readonly state: FontState }) {
  const role = useFaceDesk((desk) => desk.role);
  const { turn } = useFaceDesk.getState();
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const at = (faceRoles.indexOf(role) + step + faceRoles.length) % faceRoles.length;
    const next = faceRoles[at];
    if (step === 0 || !next) return;
    event.preventDefault();
    turn(next);
    event.currentTarget.querySelectorAll("button")[at]?.focus();
  };
  return (
    <div className="fonts-roles" role="tablist" aria-orientation="vertical" aria-label="用处" onKeyDown={onKeyDown}>
      {state.roles.map((one) => {
        const face = state.found.find(({ id }) => id === one.face);
        return (
          <button
            key={one.role}
            type="button"
            role="tab"
            aria-selected={one.role === role}
            tabIndex={one.role === role ? 0 : -1}
            onClick={() => turn(one.role)}
          >
            <b>{faceRoleNames[one.role]}</b>
            <span className="ellipsis">{face?.family}</span>
            <small className={one.substitute ? "caution" : "muted"}>
              {one.substitute ? "代用" : one.chosen === null ? face?.origin : "本单位选定"}
            </small>
          </button>
        );
      })}
    </div>
  );
}

function Faces({ state }: { readonly state: FontState }) {
  const { role, looked, query } = useFaceDesk();
  const { look, search } = useFaceDesk.getState();
  const found = facesFor(state.found, role, query);
  const face = state.found.find(({ id }) => id === looked);
  const inUse = state.roles.find((one) => one.role === role);
  return (
    <section className="fonts-faces" aria-label={`${faceRoleNames[role]}的字体`}>
      {face && <FaceCard key={face.id} face={face} state={state} role={role} />}
      <div className="fonts-search">
        <h3>换一个</h3>
        <Input
          size="small"
          allowClear
          prefix={<SearchOutlined />}
          aria-label="查找字体"
          placeholder="查找字体，如 仿宋、方正、FangSong"
          value={query}
          onChange={(event) => search(event.target.value)}
        />
      </div>
      <ul className="fonts-list" aria-label="本机的字体">
        {found.map(({ id, family, origin, unusable }) => (
          <li key={id}>
            <button type="button" aria-pressed={id === looked} onClick={() => look(id)}>
              <span className="ellipsis">{family}</span>
              <small className="muted">{unusable === null ? origin : `不能用：${unusable}`}</small>
              {id === inUse?.face && (
                <small className="in-use">
                  <CheckOutlined /> 在用
                </small>
              )}
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="hint">本机没有名称带“{query.trim()}”的字体。</p>}
      <p className="hint">字体装好后重新打开这里就能看到。换字体对本单位的各期都起作用。</p>
    </section>
  );
}

interface CardProps {
  readonly face: FoundFace;
  readonly state: FontState;
  readonly role: FaceRole;
}

function FaceCard({ face, state, role }: CardProps) {
  const coverage = useFaceDesk((desk) => desk.coverage.get(face.id));
  const effect = useFaceDesk((desk) => desk.effect);
  const { choose } = useFaceDesk.getState();
  const style = useWorkspace((workspace) => workspace.trial ?? workspace.style);
  const { complain } = useWorkspace.getState();
  const inUse = state.roles.find((one) => one.role === role);
  const isUsed = inUse?.face === face.id;
  const usual = state.found.find(({ id }) => id === inUse?.usual);
  const put = (id: string | null) => void choose(role, id).catch(complain);
  return (
    <article className="fonts-card" aria-label={face.family}>
      <header>
        <h2>{face.family}</h2>
        <span className="muted">{face.origin}</span>
        <span className="gap" />
        {isUsed && inUse.chosen !== null && (
          <Button onClick={() => put(null)}>
            恢复默认{usual && usual.id !== face.id ? `（${usual.family}）` : ""}
          </Button>
        )}
        {!isUsed && face.unusable === null && (
          <Button type="primary" disabled={effect === undefined} onClick={() => put(face.id)}>
            {faceRoleNames[role]}改用它
          </Button>
        )}
      </header>
      {face.unusable === null ? (
        <Sample face={face} coverage={typeof coverage === "object" ? coverage : undefined} />
      ) : (
        <p className="outdated">
          <WarningFilled /> 不能用于付印：{face.unusable}。
        </p>
      )}
      {isUsed && inUse.substitute && (
        <p className="outdated">
          <WarningFilled /> {inUse.substitute}。
        </p>
      )}
      <dl className="fonts-facts">
        <div>
          <dt>许可</dt>
          <dd>
            {face.origin === "随程序提供" ? `${face.licence}，` : ""}
            {face.embedding}
          </dd>
        </div>
        {face.unusable === null && (
          <div>
            <dt>字数</dt>
            <dd aria-live="polite">{typeof coverage === "string" ? coverage : <Counts coverage={coverage} />}</dd>
          </div>
        )}
        {!isUsed && face.unusable === null && (
          <div>
            <dt>影响</dt>
            <dd role="status" aria-label="改用的影响">
              {effectWords(effect)}
            </dd>
          </div>
        )}
      </dl>
      {isUsed && style && !usedRoles(style).has(role) && <p className="hint">{unusedWords(role)}</p>}
    </article>
  );
}

function effectWords(effect: Effect | undefined): string {
  if (effect === undefined) return "正在照它试排本期…";
  if (effect === "same") return "";
  return effect === "noIssue" ? "没有打开的期。改用后，各期都按它排版。" : effectSentence(effect);
}

function unusedWords(role: FaceRole): string {
  return role === "latin"
    ? "本期的版式没有用到西文字体。要用它，请在“版式设置”的“字母和数字的字体”中选“西文”。"
    : `本期的版式没有用到${faceRoleNames[role]}。`;
}

function Counts({ coverage }: { readonly coverage: FaceCoverage | undefined }) {
  if (!coverage) return "正在数…";
  const { gb2312, standard, uro, lacking } = coverage;
  return (
    <span className="digits">
      GB 2312汉字{of(gb2312, 6763)}，通用规范汉字{of(standard, 8105)}，基本汉字{of(uro, 20902)}
      {lacking === "" ? "" : `；没有 ${Array.from(lacking).join(" ")}，由别的字体代`}
    </span>
  );
}

function of(count: number, all: number): string {
  return count === all ? `${all}个全有` : `${count}/${all}`;
}

/** What the face lacks is not set in it, nor, unseen, in another. */
function Sample({ face, coverage }: { readonly face: FoundFace; readonly coverage: FaceCoverage | undefined }) {
  const family = useSample(face.id);
  if (family === null) return <p className="hint">这里显示不了它的样字；付印不受影响。</p>;
  const ready = family !== "waiting" && coverage;
  const lacking = new Set(coverage?.lacking);
  const look = ready ? { fontFamily: `"${family}"` } : { visibility: "hidden" as const };
  return (
    <div className="fonts-sample" style={look} role="img" aria-label={`${face.family}的样字`}>
      {coverage?.gb2312 !== 0 && <p>{chineseSample}</p>}
      <p>
        {latinSample}{" "}
        {Array.from(sampleMarks, (character) =>
          lacking.has(character) ? (
            <span key={character} className="lacking">
              {character}
            </span>
          ) : (
            character
          ),
        )}
      </p>
    </div>
  );
}
