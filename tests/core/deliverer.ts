// A process that the delivery test kills: puts files of one repeated letter at one place for ever.
import { writeSync } from "node:fs";
import { deliver } from "../../main/export/deliver.ts";

const target = process.argv[2];
if (!target) throw new RangeError("deliverer.ts needs a target");
for (let i = 0; ; i++) {
  await deliver(target, new Uint8Array(2_000_000).fill(97 + (i % 26)), async () => true);
  writeSync(1, "delivered\n");
}
