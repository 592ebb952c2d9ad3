// Programs that had no part in making the files they judge. A test that needs one which is not installed says so and is
// skipped; `.ci/run` installs them all.
import { execFile, spawnSync } from "node:child_process";

export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** No judge takes longer, ms. */
const longest = 120_000;

/** Runs a program to its end, whatever that is; `status` -1 when it could not be started or was killed. A judge was seen to
 *  hang at its end once in some hundred runs, its work done: one that does not end is killed and asked a second time. */
export async function outcome(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<Outcome> {
  return (
    (await ended(program, args, env)) ?? (await ended(program, args, env)) ?? { status: -1, stdout: "", stderr: "" }
  );
}

/** Null when it did not end in time. */
function ended(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Outcome | null> {
  return new Promise((done) => {
    const options = { env, encoding: "utf8", maxBuffer: 1 << 28, timeout: longest, killSignal: "SIGKILL" } as const;
    execFile(program, args, options, (error, stdout, stderr) => {
      const status = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
      done(error?.killed && error.signal === "SIGKILL" ? null : { status, stdout, stderr });
    });
  });
}

/** What a program prints. Throws when it fails. */
export async function output(program: string, ...args: readonly string[]): Promise<string> {
  const { status, stdout, stderr } = await outcome(program, args);
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr.slice(0, 500)}`);
  return stdout;
}

/** The sentence to skip with when one of the programs is not there; null when all are. */
export function lacking(...programs: readonly string[]): string | null {
  const absent = programs.filter((program) => spawnSync(program, ["-v"], { stdio: "ignore" }).error !== undefined);
  return absent.length > 0 ? `没有安装 ${absent.join("、")}` : null;
}
