// A process that the store test kills: types into one notice for ever and prints each version that was acknowledged.
import { writeSync } from "node:fs";
import { openDatabase } from "../../main/store/database.ts";
import { Store } from "../../main/store/store.ts";
import { paragraph } from "../../shared/model/block.ts";

const folder = process.argv[2];
if (!folder) throw new RangeError("writer.ts needs a folder");
const now = () => new Date();
const store = new Store(openDatabase(folder, now), now);
for (let seq = 1; ; seq++) {
  const { version, body } = store.notice("n");
  const patch = { from: 0, to: Math.min(1, body.length), blocks: [paragraph("body", `第${version + 1}稿`)] };
  const client = `writer${process.pid}`;
  const { answer } = store.once({ client, seq }, patch, () => store.patchBody("n", version, patch, { client, seq }));
  writeSync(1, `${answer.version}\n`);
}
