// Which typefaces a house style sets anything in: another face for one of them moves lines, and one that is not installed
// is worth a warning; any other is of no concern to an issue.
import type { LayoutWarning } from "./display.ts";
import { type FaceRole, type Fonts, faceRoles, type Role } from "./fonts.ts";
import { type FrontText, type StyleSheet, settingOf, textKinds } from "./style.ts";

export function usedRoles(style: StyleSheet): ReadonlySet<FaceRole> {
  const { contents, cover, filler, footnote, imprint, opener, runningHead, table } = style;
  const texts = [
    ...(contents.show ? [contents.headSetting, contents.section, contents.entry] : []),
    ...(cover.template === "none" ? [] : coverTexts(cover)),
    ...(opener.kind === "none" ? [] : [opener]),
    ...(runningHead.odd + runningHead.even === "" ? [] : [runningHead]),
    ...(filler.slogans ? [filler.text] : []),
    imprint.slogan,
    imprint.line,
    footnote,
    table,
    style.folio,
  ];
  const written = new Set<Role>([table.headRole, ...texts.map((text) => text.role)]);
  for (const kind of textKinds) {
    const setting = settingOf(style, kind);
    written.add(setting.role);
    if (setting.lead) written.add(setting.lead.role);
  }
  return new Set([...written, ...Array.from(written, (role) => style.latin[role])]);
}

const coverTexts = ({ template: _, ...texts }: StyleSheet["cover"]): FrontText[] => Object.values(texts);

/** One warning for each of them whose own typeface is not there. */
export function substitutions(style: StyleSheet, fonts: Fonts): LayoutWarning[] {
  const used = usedRoles(style);
  return faceRoles.flatMap((role): LayoutWarning[] => {
    const message = fonts.plan[role].substitute;
    return used.has(role) && message ? [{ code: "substitutedFace", message: `${message.replace(/。$/u, "")}。` }] : [];
  });
}
