// The right of the window: the issue as it will be printed, painted from the layout's display list. Only the pages in
// view are painted. It follows the caret when the caret's line leaves the view, and a click in it finds the word.

import { Button, Checkbox, Popover, Segmented, Select } from "antd";
import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { DownOutlined, MinusOutlined, PlusOutlined, UpOutlined, WarningOutlined } from "../icons.tsx";
import { useWorkspace } from "../workspace.ts";
import { retryFonts, showPages, startLayout, usePages } from "./layoutClient.ts";
import { Sheet } from "./Sheet.tsx";
import {
  type Arrangement,
  type DeskPlace,
  fitScale,
  fullScale,
  maxScale,
  minScale,
  offsetOf,
  placeAt,
  rowsInView,
  type SheetRow,
  scrollFor,
  scrollForTitle,
  sheetRows,
  type Zoom,
  zoomStep,
} from "./sheetRows.ts";
import { sameWarning, showWarning, stepWarning, useWalk, walkOf } from "./warnings.ts";
import "./preview.css";

const percents = [50, 75, 100, 125, 150, 200, 300, 400];

/** A spread fitted to fewer px than this cannot be read; such a pane begins with single pages. */
const legibleSpread = 720;

export function PagePane() {
  const [chosen, setArrangement] = useState<Arrangement | null>(null);
  const [zoom, setZoom] = useState<Zoom>("fit");
  const [follow, setFollow] = useState(true);
  const [pane, setPane] = useState({ width: 0, height: 0 });
  const [top, setTop] = useState(0);
  const scroller = useRef<HTMLDivElement>(null);
  const sheets = usePages((pages) => pages.sheets);
  const setting = useWorkspace((workspace) => workspace.desk === "style");

  useEffect(startLayout, []);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = () => setPane({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const arrangement = chosen ?? (pane.width >= legibleSpread ? "spread" : "single");
  const scale = zoom === "fit" ? fitScale(sheets, arrangement, pane.width) : zoom;
  const rows = useMemo(() => sheetRows(sheets, arrangement, scale), [sheets, arrangement, scale]);
  const view = rowsInView(rows, top, pane.height);
  const last = rows.at(-1);

  // What is wanted is what is in view, and a window's height above and below it, so that scrolling meets painted pages.
  const ahead = rowsInView(rows, top - pane.height, pane.height * 3);
  const wanted = ahead.flatMap((row) => row.pages.filter((index) => index !== null)).join(" ");
  useEffect(() => showPages(wanted === "" ? [] : wanted.split(" ").map(Number)), [wanted]);

  useSamePlace(scroller, rows, `${arrangement} ${scale}`, top);
  useFollowing(scroller, rows, scale, follow);

  const step = (direction: 1 | -1) => setZoom(zoomStep(scale, direction));
  const turn = (direction: 1 | -1) => {
    const element = scroller.current;
    const here = rows.findLastIndex((row) => row.top <= (element?.scrollTop ?? 0) + pane.height / 3);
    const row = rows[Math.min(rows.length - 1, Math.max(0, here + direction))];
    if (row) element?.scrollTo({ top: row.top - 8 });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const actions: Record<string, () => void> = {
      PageDown: () => turn(1),
      PageUp: () => turn(-1),
      "+": () => step(1),
      "=": () => step(1),
      "-": () => step(-1),
    };
    const action = event.ctrlKey || event.altKey || event.metaKey ? undefined : actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  };
  useWheelZoom(scroller, (factor) => setZoom(Math.min(maxScale, Math.max(minScale, scale * factor))));

  return (
    <section className={setting ? "page-pane pointing" : "page-pane"} aria-label="版面">
      <div className="page-toolbar" role="toolbar" aria-label="版面显示">
        <Segmented<Arrangement>
          size="small"
          aria-label="页的排列"
          value={arrangement}
          onChange={setArrangement}
          options={[
            { value: "spread", label: "对开" },
            { value: "single", label: "单页" },
          ]}
        />
        <span className="page-zoom">
          <Button type="text" size="small" aria-label="缩小" icon={<MinusOutlined />} onClick={() => step(-1)} />
          <Select<string>
            size="small"
            aria-label="显示比例"
            value={String(zoom)}
            labelRender={() => `${Math.round((scale / fullScale) * 100)}%`}
            popupMatchSelectWidth={104}
            options={[
              { value: "fit", label: "适合宽度" },
              ...percents.map((percent) => ({ value: String((percent / 100) * fullScale), label: `${percent}%` })),
            ]}
            onChange={(value) => setZoom(value === "fit" ? "fit" : Number(value))}
          />
          <Button type="text" size="small" aria-label="放大" icon={<PlusOutlined />} onClick={() => step(1)} />
        </span>
        <span className="toolbar-gap" />
        <Troubles />
        <Checkbox checked={follow} onChange={(event) => setFollow(event.target.checked)}>
          跟随光标
        </Checkbox>
      </div>
      <Trouble />
      <div
        className="page-scroll"
        ref={scroller}
        role="document"
        aria-label="版面各页"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable for the keyboard
        tabIndex={0}
        onKeyDown={onKeyDown}
        onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      >
        <Waiting />
        <div className="page-desk" style={{ height: last ? last.top + last.height : 0, minWidth: last?.width }}>
          {view.map((row) => (
            <div key={row.pages.join(" ")} className="sheet-row" style={{ top: row.top }}>
              {row.pages.map((index) => {
                const sheet = sheets[index ?? row.pages[1] ?? 0];
                if (!sheet) return null;
                if (index === null) return <div key="none" style={{ width: sheet.width * scale }} />;
                return (
                  <Sheet
                    key={index}
                    index={index}
                    sheet={sheet}
                    scale={scale}
                    outer={index % 2 === 0 ? "right" : "left"}
                  />
                );
              })}
            </div>
          ))}
        </div>
      </div>
    </section>
  );
}

/** Another scale or arrangement keeps what is at the top of the window where it is. As long as nobody scrolls, the place
 *  that was kept counts, not what is nearest to it, so that changing to and fro does not wander. `top`: the offset before
 *  the change, which the browser may have cut already. */
function useSamePlace(
  scroller: { readonly current: HTMLDivElement | null },
  rows: readonly SheetRow[],
  look: string,
  top: number,
): void {
  const before = useRef({ rows, look });
  const kept = useRef<{ readonly place: DeskPlace; readonly top: number } | null>(null);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element && before.current.look !== look && rows.length > 0) {
      const still = kept.current && Math.abs(kept.current.top - top) < 2 ? kept.current.place : null;
      const place = still ?? placeAt(before.current.rows, top);
      if (place) {
        element.scrollTop = offsetOf(rows, place);
        kept.current = { place, top: element.scrollTop };
      }
    }
    before.current = { rows, look };
  });
}

/** Scrolls to the caret's line, or to the notice that was chosen, when it is out of view and did not come from here. */
function useFollowing(
  scroller: { readonly current: HTMLDivElement | null },
  rows: readonly SheetRow[],
  scale: number,
  follow: boolean,
): void {
  const spot = usePages((pages) => pages.spot);
  const selected = useWorkspace((workspace) => workspace.selected);
  const contents = useWorkspace((workspace) => workspace.layout?.contents);
  const scroll = useRef((_page: number, _to: (row: SheetRow, top: number, window: number) => number | null) => {});
  scroll.current = (page, to) => {
    const element = scroller.current;
    const row = rows.find(({ pages }) => pages.includes(page));
    const top = element && row ? to(row, element.scrollTop, element.clientHeight) : null;
    if (top !== null) element?.scrollTo({ top });
  };

  useEffect(() => {
    const { caretOrigin } = useWorkspace.getState();
    if (!spot || caretOrigin === "page" || (!follow && caretOrigin === "editor")) return;
    scroll.current(spot.page, (row, top, window) =>
      scrollFor(row.top + spot.y * scale, spot.height * scale, top, window),
    );
  }, [spot, follow, scale]);

  const sight = useWorkspace((workspace) => workspace.sight);
  const zoomed = useRef(scale);
  zoomed.current = scale;
  useEffect(() => {
    if (sight)
      scroll.current(sight.page, (row, top, window) => scrollForTitle(row, sight.y * zoomed.current, top, window));
  }, [sight]);

  const shown = useRef<string | null>(null);
  useEffect(() => {
    const entry = contents?.find((each) => each.notice === selected);
    if (!entry || shown.current === selected) return;
    shown.current = selected;
    if (!follow || useWorkspace.getState().caret) return;
    scroll.current(entry.page, (row, top, window) => scrollForTitle(row, entry.y * scale, top, window));
  }, [selected, contents, follow, scale]);
}

function useWheelZoom(scroller: { readonly current: HTMLDivElement | null }, zoomBy: (factor: number) => void): void {
  const zoom = useRef(zoomBy);
  zoom.current = zoomBy;
  useEffect(() => {
    const element = scroller.current;
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      zoom.current(Math.exp(-event.deltaY / 400));
    };
    element?.addEventListener("wheel", onWheel, { passive: false });
    return () => element?.removeEventListener("wheel", onWheel);
  }, [scroller]);
}

/** The warnings of the layout: how many there are, all of them in a list, and the way from one to the next. */
function Troubles() {
  const layout = useWorkspace((workspace) => workspace.layout);
  const at = useWalk((walk) => walk.at);
  const [open, setOpen] = useState(false);
  const walk = useMemo(() => walkOf(layout), [layout]);
  if (walk.length === 0) return null;
  const index = walk.findIndex((warning) => sameWarning(warning, at));
  const list = (
    <div className="trouble-list">
      {walk.slice(0, mostListed).map((warning, i) => (
        <button
          // biome-ignore lint/suspicious/noArrayIndexKey: a list that is replaced as a whole
          key={i}
          type="button"
          aria-current={i === index}
          onClick={() => showWarning(warning)}
        >
          <b>{pageName(layout?.labels[warning.page ?? 0])}</b>
          <span>{warning.message}</span>
        </button>
      ))}
      {walk.length > mostListed && <p className="muted">另有{walk.length - mostListed}处，可按 F8 逐处查看。</p>}
    </div>
  );
  return (
    <span className="page-troubles" role="toolbar" aria-label="版面提示">
      <Popover content={list} trigger="click" placement="bottomRight" open={open} onOpenChange={setOpen}>
        <Button type="text" size="small" icon={<WarningOutlined />} aria-expanded={open}>
          提示{index < 0 ? "" : `${index + 1}/`}
          {walk.length}处
        </Button>
      </Popover>
      <Button
        type="text"
        size="small"
        icon={<UpOutlined />}
        title="上一处提示（Shift+F8）"
        aria-label="上一处提示"
        onClick={() => stepWarning(-1)}
      />
      <Button
        type="text"
        size="small"
        icon={<DownOutlined />}
        title="下一处提示（F8）"
        aria-label="下一处提示"
        onClick={() => stepWarning(1)}
      />
    </span>
  );
}

/** More than this nobody reads in a list. */
const mostListed = 100;

function pageName(label = ""): string {
  return /^\d+$/.test(label) ? `第${label}页` : label;
}

function Trouble() {
  const trouble = usePages((pages) => pages.trouble);
  const waiting = usePages((pages) => pages.state === "waiting");
  if (!trouble) return null;
  return (
    <div className="page-trouble" role="status">
      {trouble}
      {waiting && (
        <Button size="small" type="link" onClick={retryFonts}>
          重试
        </Button>
      )}
    </div>
  );
}

function Waiting() {
  const state = usePages((pages) => pages.state);
  const trouble = usePages((pages) => pages.trouble);
  const empty = usePages((pages) => pages.sheets.length === 0);
  const open = useWorkspace((workspace) => workspace.issue !== null);
  if (!empty || trouble) return null;
  return (
    <p className="page-empty">{open && state === "waiting" ? "正在排版…" : "打开一期，这里就是它印出来的样子。"}</p>
  );
}
