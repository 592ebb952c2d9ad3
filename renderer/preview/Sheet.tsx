// One page in view: the print on a canvas, and over it what is not print: the light on the current notice, the caret's
// line, and the warnings' ticks at the outer edge.
import { Tooltip } from "antd";
import { type MouseEvent, memo, useLayoutEffect, useRef } from "react";
import type { LayoutWarning, Page } from "../../shared/layout/display.ts";
import { useWorkspace } from "../workspace.ts";
import { usePages } from "./layoutClient.ts";
import type { Sheet as SheetSize } from "./messages.ts";
import { facesOf, paintPage } from "./paint.ts";
import { bandOf, placeAt } from "./places.ts";

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
  const hit = placeAt(page, (event.clientX - box.left) / scale, (event.clientY - box.top) / scale);
  if (!hit) return;
  const { select, setCaret } = useWorkspace.getState();
  if (hit.place) setCaret({ notice: hit.notice, ...hit.place }, "page");
  else select(hit.notice);
}

const Print = memo(function Print({ page, scale, name }: { page: Page; scale: number; name: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const density = Math.min(window.devicePixelRatio, Math.sqrt(maxCanvasPixels / (page.width * page.height)) / scale);
  const pixels = scale * density;
  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d", { alpha: false });
    if (!element || !context) return;
    const [width, height] = [Math.round(page.width * pixels), Math.round(page.height * pixels)];
    // Setting a size empties the canvas; the same page repainted keeps its pixels until it is painted over.
    if (element.width !== width) element.width = width;
    if (element.height !== height) element.height = height;
    paintPage(context, page, pixels);
  }, [page, pixels]);
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
      {warnings
        ?.filter((warning) => warning.page === index)
        .map((warning) => (
          <Tick key={`${warning.code} ${warning.y} ${warning.message}`} warning={warning} scale={scale} outer={outer} />
        ))}
    </>
  );
}

function Tick({ warning, scale, outer }: { warning: LayoutWarning; scale: number; outer: Props["outer"] }) {
  const show = () => {
    const { source } = warning;
    if (!source || source.in === "front") return;
    const { select, setCaret } = useWorkspace.getState();
    if (source.in !== "body") return select(source.notice);
    const { notice, block, cell, from } = source;
    setCaret(cell ? { notice, block, cell, from } : { notice, block, from }, "page");
  };
  return (
    <Tooltip title={warning.message} placement={outer}>
      <button
        type="button"
        className={`sheet-tick ${outer}`}
        style={{ top: (warning.y ?? 0) * scale }}
        aria-label={warning.message}
        onMouseUp={(event) => event.stopPropagation()}
        onClick={show}
      />
    </Tooltip>
  );
}
