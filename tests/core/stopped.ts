// A process that is stopped in order while a file waits for judgement: what deliver leaves behind then.
import { writeSync } from "node:fs";
import { deliver } from "../../main/export/deliver.ts";

const target = process.argv[2];
if (!target) throw new RangeError("stopped.ts needs a target");
await deliver(target, new Uint8Array(1000), () => {
  writeSync(1, "waiting\n");
  return new Promise(() => process.stdin.once("data", () => process.exit(3)));
});
