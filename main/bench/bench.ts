// Measurements that the README quotes: human text first, one JSON object on the last line.
//   build: the whole process of `zhengbao build`, with and without its proof, beside Typst: seconds, memory, bytes.
//   check: proofreading 300,000 characters, and one typed character in a long notice, milliseconds.
//   edit: one typed character, from the changed block to the new display list of the whole issue, milliseconds.
//   layout: a two-column issue cold and warm, and a bound volume of a thousand pages.
//   pages: where the notices of two really printed issues begin, and where their pages end, ours beside the print.
//   preview: one typed character, from the key to the painted page, in a real browser, milliseconds.
// The subject is a real issue in the folder that GAZETTE_SEEDS names, else the sample.
import { buildTimes } from "./build.ts";
import { checkTimes } from "./check.ts";
import { editTimes, layoutTimes } from "./layout.ts";
import { pagesBesidePrint } from "./pages.ts";
import { previewTimes } from "./preview.ts";
import { quantile, root } from "./subject.ts";

const benches: Readonly<Record<string, () => Promise<object>>> = {
  build: buildTimes,
  check: checkTimes,
  edit: editTimes,
  layout: layoutTimes,
  pages: pagesBesidePrint,
  preview,
};

const name = process.argv[2] ?? "";
const bench = Object.hasOwn(benches, name) ? benches[name] : undefined;
if (bench) console.log(JSON.stringify({ bench: name, ...(await bench()) }));
else {
  console.error(`没有名为“${name}”的测量，可用的有：${Object.keys(benches).join("、")}。`);
  process.exitCode = 2;
}

// ---- preview

async function preview(): Promise<object> {
  const { pages, times } = await previewTimes(root);
  const result = { pages, keys: times.length, p50: quantile(times, 0.5), p95: quantile(times, 0.95) };
  console.log(`${pages}页，打一字到版面画出：中位${result.p50}毫秒，95%在${result.p95}毫秒以内。`);
  return result;
}
