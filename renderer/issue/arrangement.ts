// Moves in an issue's sections, as pure functions: each gives new sections, or the same ones when there is nothing to
// move. Sections that do not change keep their identity.
import type { NoticeId, Section, SectionId } from "../../shared/model/notice.ts";

type Sections = readonly Section[];

export function sectionOf(sections: Sections, notice: NoticeId): Section | undefined {
  return sections.find((section) => section.entries.includes(notice));
}

/** Puts a notice, wherever it stands now or from outside, before the `index`-th entry of a section. */
export function placeEntry(sections: Sections, notice: NoticeId, to: SectionId, index: number): Sections {
  const from = sectionOf(sections, notice);
  const at = from?.id === to ? from.entries.indexOf(notice) : -1;
  if (at >= 0 && (index === at || index === at + 1)) return sections;
  return sections.map((section) => {
    if (section.id !== from?.id && section.id !== to) return section;
    const entries = section.entries.filter((entry) => entry !== notice);
    if (section.id === to) entries.splice(at >= 0 && at < index ? index - 1 : index, 0, notice);
    return { ...section, entries };
  });
}

/** One step up or down; at the end of a section the notice goes over into the neighbouring one. */
export function stepEntry(sections: Sections, notice: NoticeId, by: 1 | -1): Sections {
  const i = sections.findIndex((section) => section.entries.includes(notice));
  const section = sections[i];
  if (!section) return sections;
  const at = section.entries.indexOf(notice);
  const inside = at + by;
  if (inside >= 0 && inside < section.entries.length)
    return placeEntry(sections, notice, section.id, by > 0 ? at + 2 : at - 1);
  const next = sections[i + by];
  return next ? placeEntry(sections, notice, next.id, by > 0 ? 0 : next.entries.length) : sections;
}

/** Puts a section before the `index`-th one. */
export function placeSection(sections: Sections, id: SectionId, index: number): Sections {
  const at = sections.findIndex((section) => section.id === id);
  const moved = sections[at];
  if (!moved || index === at || index === at + 1) return sections;
  const rest = sections.filter((section) => section !== moved);
  return rest.toSpliced(at < index ? index - 1 : index, 0, moved);
}

export function stepSection(sections: Sections, id: SectionId, by: 1 | -1): Sections {
  const to = sections.findIndex((section) => section.id === id) + by;
  if (to < 0 || to >= sections.length) return sections;
  return placeSection(sections, id, by > 0 ? to + 1 : to);
}

export function removeEntry(sections: Sections, notice: NoticeId): Sections {
  return sections.map((section) =>
    section.entries.includes(notice)
      ? { ...section, entries: section.entries.filter((entry) => entry !== notice) }
      : section,
  );
}

/** Puts notices back to where they stood in `before`: behind the nearest entry above that still stands in that section,
 *  else at its head. What was rearranged meanwhile stays so, and a notice whose section is gone stays outside. */
export function putBack(sections: Sections, before: Sections, notices: readonly NoticeId[]): Sections {
  let now = sections;
  for (const old of before)
    for (const [i, notice] of old.entries.entries()) {
      const section = now.find(({ id }) => id === old.id);
      if (!section || !notices.includes(notice)) continue;
      const above = old.entries.slice(0, i).findLast((entry) => section.entries.includes(entry));
      now = placeEntry(now, notice, old.id, above === undefined ? 0 : section.entries.indexOf(above) + 1);
    }
  return now;
}

export function renameSection(sections: Sections, id: SectionId, title: string): Sections {
  return sections.map((section) => (section.id === id ? { ...section, title } : section));
}

/** The entry that takes the place of `gone`: the next one that is still there, else the one before. */
export function neighbour(before: readonly NoticeId[], gone: NoticeId, left: readonly NoticeId[]): NoticeId | null {
  const at = before.indexOf(gone);
  const candidates = [...before.slice(at + 1), ...before.slice(0, at).reverse()];
  return candidates.find((id) => left.includes(id)) ?? null;
}
