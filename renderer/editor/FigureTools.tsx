// The settings of the selected picture: how wide it is printed, what it shows, and the way to its caption.
import { Button, Input, Select } from "antd";
import type { Command } from "prosemirror-state";
import { useState } from "react";
import type { Figure } from "../../shared/model/block.ts";
import { setFigure, toCaption } from "./atoms.ts";
import { shares } from "./pictures.ts";

const longestAlt = 1000;

interface Props {
  readonly at: number;
  readonly figure: Figure["attrs"];
  run(command: Command): void;
  /** Carries a command out and leaves the focus where it is. */
  apply(command: Command): void;
}

export function FigureTools({ at, figure, run, apply }: Props) {
  const { share } = figure;
  const known = [...new Set([...shares, share])].sort((a, b) => a - b);
  return (
    <>
      <span className="tool-label" id="figure-width">
        图片宽度
      </span>
      <Select<number>
        size="small"
        aria-labelledby="figure-width"
        value={share}
        options={known.map((each) => ({ value: each, label: `${Math.round(each * 100)}%` }))}
        popupMatchSelectWidth={88}
        onChange={(value) => run(setFigure(at, { share: value }))}
      />
      <AltField key={figure.image + figure.alt} at={at} alt={figure.alt} apply={apply} />
      <Button size="small" type="text" onClick={() => run(toCaption)}>
        写图题
      </Button>
    </>
  );
}

function AltField({ at, alt, apply }: { readonly at: number; readonly alt: string; apply(command: Command): void }) {
  const [words, setWords] = useState(alt);
  const commit = () => {
    const line = words.replace(/[\p{Cc}\s]+/gu, " ").trim();
    if (line !== alt) apply(setFigure(at, { alt: line }));
  };
  return (
    <Input
      size="small"
      className="figure-alt"
      aria-label="替代文字"
      placeholder="替代文字：图上是什么"
      title="读给看不见图的人听；没有图题时，存档版要有它"
      maxLength={longestAlt}
      value={words}
      onChange={(event) => setWords(event.target.value)}
      onBlur={commit}
      onPressEnter={commit}
    />
  );
}
