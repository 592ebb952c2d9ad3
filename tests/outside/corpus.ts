// The files that others judge: whole issues, exported by the command line as a user would. The sample issue always; real
// dumps where the folder that GAZETTE_SEEDS names, or ../shared/seeds, is there. In the light form every issue meets every
// style once, and every profile meets every issue and every style (a Latin square). GAZETTE_CORPUS names the issues that are
// taken in all styles and profiles ("004 sample", or "all"); `npm run corpus` sets it.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { styleNames } from "../../main/export/styles.ts";
import { type Profile, profiles } from "../../shared/model/profile.ts";
import { outcome } from "./program.ts";

export interface Subject {
  /** "sample", or the number of a real dump. */
  readonly issue: string;
  readonly style: string;
  readonly profile: Profile;
}

/** An exported file and the text that was approved for it. */
export interface Export {
  readonly pdf: string;
  readonly text: string;
  /** A paragraph each, without white space. */
  readonly approved: readonly string[];
}

export const seeds = resolve(process.env.GAZETTE_SEEDS ?? "../shared/seeds");
export const withoutSeeds = !existsSync(seeds);
const asked = (process.env.GAZETTE_CORPUS ?? "").split(" ").filter(Boolean);
const isLight = asked.length === 0;

const root = fileURLToPath(new URL("../..", import.meta.url));
const issues = (withoutSeeds ? ["sample"] : ["sample", "000", "002", "004"]).filter(
  (issue) => isLight || asked.includes("all") || asked.includes(issue),
);
const styles = styleNames(join(root, "assets"));

export const subjects: readonly Subject[] = issues.flatMap((issue, i) =>
  styles.flatMap((style, k) =>
    profiles
      .filter((_, n) => !isLight || n === (i + k) % profiles.length)
      .map((profile) => ({ issue, style, profile })),
  ),
);

/** Exports a subject into a folder. Throws with what the command line said when it refuses. */
export async function exported({ issue, style, profile }: Subject, folder: string): Promise<Export> {
  const name = join(folder, `${issue}-${style}-${profile}`);
  const [pdf, text] = [`${name}.pdf`, `${name}.txt`];
  const what = issue === "sample" ? ["demo"] : ["build", dump(issue)];
  const args = [...what, "--style", style, "--profile", profile, "-o", pdf, "--text", text];
  const { status, stderr } = await outcome(process.execPath, [join(root, "main", "cli.ts"), ...args]);
  if (status !== 0) throw new Error(`${args.join(" ")}: ${stderr}`);
  return { pdf, text, approved: paragraphs(readFileSync(text, "utf8")) };
}

function dump(number: string): string {
  const name = readdirSync(seeds).find((file) => file.startsWith(number));
  if (!name) throw new RangeError(`no dump ${number} in ${seeds}`);
  return join(seeds, name);
}

const paragraphs = (text: string): string[] => text.split("\n").map(squashed).filter(Boolean);

export const squashed = (text: string): string => text.replace(/\s+/gu, "");
