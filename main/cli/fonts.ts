// `fonts`: which face each role is set in, and the faces of this machine; and the faces of the office for every command
// that prints or proves.
import { GazetteError } from "../../shared/api.ts";
import { faceRoleNames, faceRoles } from "../../shared/layout/fonts.ts";
import { dataFolder } from "../folder.ts";
import { OfficeFaces } from "../fonts/officeFaces.ts";
import { hint, print, UsageError, write } from "../terminal.ts";
import { parse } from "./arguments.ts";

/** As the window of the same data folder has them; a user without a home has none, and no choices. */
export function officeFaces(data?: string): OfficeFaces {
  const office = new OfficeFaces(folderOf(data), {});
  if (office.trouble) hint(office.trouble);
  return office;
}

function folderOf(data: string | undefined): string | null {
  try {
    return dataFolder(data, process.env, process.platform);
  } catch (error) {
    if (error instanceof GazetteError) return null;
    throw error;
  }
}

export async function fonts(args: string[]): Promise<number> {
  const { values, positionals } = parse(args, { data: { type: "string" }, json: { type: "boolean" } });
  if (positionals.length > 0) throw new UsageError("fonts 列出字体，不需要写文件");
  const office = officeFaces(values.data);
  const { plan } = office.set;
  const found = office.found();
  const roles = faceRoles.map((role) => {
    const { chain, substitute } = plan[role];
    const face = found.find(({ id }) => id === chain[0]);
    if (!face) throw new RangeError(`${role} is set in a face that was not found`);
    return { role, face, chosen: office.chosen(role), substitute };
  });
  if (values.json) {
    const named = roles.map(({ role, face, chosen, substitute }) => ({ role, face: face.id, chosen, substitute }));
    return write(`${JSON.stringify({ roles: named, found }, null, 1)}\n`);
  }
  const lines = roles.map(({ role, face, chosen, substitute }) => {
    const why = substitute ?? (chosen === null ? "" : "本单位选定");
    return `${faceRoleNames[role].padEnd(4, "　")}${face.family}（${face.origin}）${why && `，${why}`}`;
  });
  const usable = found.filter(({ unusable }) => unusable === null);
  const others = found.filter(({ unusable }) => unusable !== null);
  return print(
    [
      ...lines,
      "",
      `可以用的字体${usable.length}种：`,
      ...usable.map(({ id, family, origin, embedding }) => `  ${id}  ${family}（${origin}，${embedding}）`),
      ...(others.length > 0 ? ["", `不能用的字体${others.length}种：`] : []),
      ...others.map(({ id, family, unusable }) => `  ${id}  ${family}（${unusable}）`),
      "",
    ].join("\n"),
  );
}
