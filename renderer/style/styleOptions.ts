// The house styles as the options of a select: the office's own first, since they were made to be used.
import type { StyleSummary } from "../../shared/api.ts";

interface StyleOptions {
  readonly label: string;
  readonly options: { readonly value: string; readonly label: string }[];
}

export function styleOptions(styles: readonly StyleSummary[]): StyleOptions[] {
  const named = (own: boolean) =>
    styles.filter((style) => style.own === own).map(({ name, label }) => ({ value: name, label }));
  return [
    { label: "本单位的版式", options: named(true) },
    { label: "随程序提供", options: named(false) },
  ].filter((group) => group.options.length > 0);
}
