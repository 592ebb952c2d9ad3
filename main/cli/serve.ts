// `serve`: browser mode.
import { portNumber, UsageError } from "../terminal.ts";
import { parse } from "./arguments.ts";

export async function serve(args: string[]): Promise<number> {
  const { values, positionals } = parse(args, {
    data: { type: "string" },
    port: { type: "string" },
    "no-open": { type: "boolean" },
  });
  if (positionals.length > 0) throw new UsageError(`serve 后面不需要写“${positionals[0]}”`);
  const port = portNumber(values.port);
  const [{ serve: run }, { dataFolder }] = await Promise.all([import("../server.ts"), import("../folder.ts")]);
  await run({ folder: dataFolder(values.data, process.env, process.platform), port, open: !values["no-open"] });
  return 0;
}
