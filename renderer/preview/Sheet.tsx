// One page in view: the print on a canvas, and over it what is not print: the light on the current notice, the caret's
// line, and the warnings' ticks at the outer edge.
import { Tooltip } from "antd";
import { type MouseEvent, memo, useLayoutEffect, useMemo, useRef } from "react";
import { boxesOf } from "../../shared/layout/boxes.ts";
import type { LayoutWarning, Page } from "../../shared/layout/display.ts";
import { useProofDesk } from "../proof/proofDesk.ts";
import { settingsAt } from "../style/settingRows.ts";
import { useStyleDesk } from "../style/styleDesk.ts";
import { useWorkspace } from "../workspace.ts";
import { usePages } from "./layoutClient.ts";
import type { Sheet as SheetSize } from "./messages.ts";
import { facesOf, paintPage, picturesOf } from "./paint.ts";
import { usePagePictures } from "./pictures.ts";
import { bandOf, placeAt } from "./places.ts";
import { boxOf, sameWarning, useWalk } from "./warnings.ts";

/** Beyond this a canvas takes more memory than its sharpness is worth. */
const maxCanvasPixels = 24_000_000;

interface Props {
  readonly index: number;
  readonly sheet: SheetSize;
  /** Px per pt. */
  readonly scale: number;
  readonly outer: "left" | "right";
}

export function Sheet({ index, sheet, scale, outer }: Props) {
  const page = usePages((pages) => pages.pages.get(index));
  const ready = usePages((pages) => page !== undefined && [...facesOf(page)].every((face) => pages.faces.has(face)));
  const style = { width: sheet.width * scale, height: sheet.height * scale };
  const name = pageName(sheet);
  return (
    <figure className="sheet-frame" style={{ width: style.width }}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a pointer's way to the word; the keyboard has the editor */}
      <div className="sheet" style={style} onMouseUp={(event) => page && goTo(page, event, scale)}>
        {page && ready && <Print page={page} scale={scale} name={name} />}
        {page && ready && <Marks index={index} page={page} scale={scale} outer={outer} />}
      </div>
      <figcaption>{name}</figcaption>
    </figure>
  );
}

function pageName({ kind, label }: SheetSize): string {
  if (/^\d+$/.test(label)) return `第${label}页`;
  return label || (kind === "blank" ? "白页" : "");
}

function goTo(page: Page, event: MouseEvent<HTMLElement>, scale: number): void {
  if (event.button !== 0) return;
  const box = event.currentTarget.getBoundingClientRect();
  const [x, y] = [(event.clientX - box.left) / scale, (event.clientY - box.top) / scale];
  if (useWorkspace.getState().desk === "style") turnToSettings(page, x, y);
  else turnToText(page, x, y);
}

function turnToText(page: Page, x: number, y: number): void {
  const hit = placeAt(page, x, y);
  if (!hit) return;
  const { select, setCaret } = useWorkspace.getState();
  if (hit.place) setCaret({ notice: hit.notice, ...hit.place }, "page");
  else select(hit.notice);
}

/** While the style is being set, a click asks for the settings of what it hits. */
function turnToSettings(page: Page, x: number, y: number): void {
  const found = settingsAt(page, x, y, useWorkspace.getState().notices);
  if (!found) return;
  const { group, text } = found;
  useStyleDesk.getState().look({ group, query: "", onlyChanged: false, ...(text && { text }) });
}

const Print = memo(function Print({ page, scale, name }: { page: Page; scale: number; name: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const density = Math.min(window.devicePixelRatio, Math.sqrt(maxCanvasPixels / (page.width * page.height)) / scale);
  const pixels = scale * density;
  const pictures = usePagePictures(picturesOf(page));
  const red = useWorkspace((workspace) => workspace.style?.red);
  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d", { alpha: false });
    if (!element || !context) return;
    const [width, height] = [Math.round(page.width * pixels), Math.round(page.height * pixels)];
    // Setting a size empties the canvas; the same page repainted keeps its pixels until it is painted over.
    if (element.width !== width) element.width = width;
    if (element.height !== height) element.height = height;
    paintPage(context, page, pixels, pictures, red);
  }, [page, pixels, pictures, red]);
  return <canvas ref={canvas} role="img" aria-label={name} />;
});

/** What lies over the print. Positions in px. */
function Marks({ index, page, scale, outer }: { index: number; page: Page; scale: number; outer: Props["outer"] }) {
  const selected = useWorkspace((workspace) => workspace.selected);
  const warnings = useWorkspace((workspace) => workspace.layout?.warnings);
  const spot = usePages((pages) => (pages.spot?.page === index ? pages.spot : null));
  const band = selected && bandOf(page, selected);
  return (
    <>
      {band && (
        <div
          className={`sheet-band ${outer}`}
          style={{ top: (band.top - 4) * scale, height: (band.bottom - band.top + 8) * scale }}
        />
      )}
      {spot && (
        <div
          className="sheet-caret"
          style={{ left: spot.x * scale, top: spot.y * scale, height: spot.height * scale }}
        />
      )}
      <Findings page={page} scale={scale} />
      {warnings
        ?.filter((warning) => warning.page === index)
        .map((warning, i) => (
          <Trouble
            // biome-ignore lint/suspicious/noArrayIndexKey: two of a kind may stand in one place, as in one narrow cell
            key={i}
            page={page}
            warning={warning}
            scale={scale}
            outer={outer}
          />
        ))}
    </>
  );
}

/** What proofreading found on this page, underlined; the finding at hand is lit. */
const Findings = memo(function Findings({ page, scale }: { page: Page; scale: number }) {
  const rows = useProofDesk((desk) => desk.rows);
  const at = useProofDesk((desk) => desk.at);
  const proofing = useWorkspace((workspace) => workspace.place === "proof");
  const boxes = useMemo(() => {
    if (!proofing) return [];
    const open = rows.filter(({ finding }) => finding.ignored === null);
    return open.map(({ key, finding }) => ({ key, finding, boxes: boxesOf(page, finding.place) }));
  }, [rows, page, proofing]);
  return boxes.flatMap(({ key, finding, boxes: found }) =>
    found.map((box, line) => (
      <div
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one place, in their order
        key={`${key} ${line}`}
        className={`sheet-finding ${finding.severity}${key === at ? " lit" : ""}`}
        style={{
          left: box.left * scale,
          top: box.top * scale,
          width: (box.right - box.left) * scale,
          height: (box.bottom - box.top) * scale,
        }}
      />
    )),
  );
});

/** A warning: a light frame around its place, and a tick at the outer edge that tells it and leads to the text. */
function Trouble({ page, warning, scale, outer }: TroubleProps) {
  const lit = useWalk(({ at }) => sameWarning(warning, at));
  const box = useMemo(() => boxOf(page, warning), [page, warning]);
  const show = () => {
    useWalk.setState({ at: warning });
    const { source } = warning;
    if (!source || source.in === "front") return;
    const { select, setCaret } = useWorkspace.getState();
    if (source.in !== "body") return select(source.notice);
    const { notice, block, cell, from } = source;
    setCaret(cell ? { notice, block, cell, from } : { notice, block, from }, "page");
  };
  return (
    <>
      {box && (
        <div
          className={lit ? "sheet-trouble lit" : "sheet-trouble"}
          style={{
            left: (box.left - 2) * scale,
            top: (box.top - 1) * scale,
            width: (box.right - box.left + 4) * scale,
            height: (box.bottom - box.top + 2) * scale,
          }}
        />
      )}
      <Tooltip title={warning.message} placement={outer}>
        <button
          type="button"
          className={lit ? `sheet-tick ${outer} lit` : `sheet-tick ${outer}`}
          style={{ top: (box?.top ?? warning.y ?? 0) * scale }}
          aria-label={warning.message}
          onMouseUp={(event) => event.stopPropagation()}
          onClick={show}
        />
      </Tooltip>
    </>
  );
}

interface TroubleProps {
  readonly page: Page;
  readonly warning: LayoutWarning;
  readonly scale: number;
  readonly outer: Props["outer"];
}
