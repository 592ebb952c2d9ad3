// Programs that had no part in making the files they judge. A test that needs one which is not installed says so and is
// skipped; `.ci/run` installs them all.
import { execFile, spawnSync } from "node:child_process";

export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, whatever that is; `status` -1 when it could not be started or was killed. */
export function outcome(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<Outcome> {
  return new Promise((done) => {
    execFile(program, args, { env, encoding: "utf8", maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      const status = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
      done({ status, stdout, stderr });
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
