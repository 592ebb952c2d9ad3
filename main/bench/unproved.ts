// What `zhengbao build` does without its proof, as a cold process of its own: only this says how much of the time is the
// proof. A measurement; no command makes a PDF that was not proved. Arguments: dump (or "demo"), style, PDF. JSON on the
// last line: seconds of each part, the start of Node and the loading of the program among them.
import { writeFileSync } from "node:fs";
import { LayoutCache, layoutIssue } from "../../shared/layout/layout.ts";
import { issueName } from "../../shared/model/notice.ts";
import { composeReading, composeSample, readSample, recognise } from "../compose.ts";
import { loadStyle } from "../export/styles.ts";
import { openFaces } from "../fonts/faces.ts";
import { readTextFile } from "../import/file.ts";
import { writePdf } from "../pdf/write.ts";
import { assets } from "./subject.ts";

const [file = "demo", name = "", out = ""] = process.argv.slice(2);
const seconds: Record<string, number> = {};
let last = 0;
function done(part: string): void {
  const now = performance.now(); // since the process began
  seconds[part] = (now - last) / 1000;
  last = now;
}

done("start");
const style = loadStyle(assets, name);
const { issue, notices, images } =
  file === "demo"
    ? composeSample(readSample(assets), name)
    : composeReading(recognise((await readTextFile(file)).text, file), name, "");
done("read");
const { fonts, infos } = openFaces();
for (const { id } of infos) fonts.face(id);
done("faces");
const layout = layoutIssue(issue, notices, style, fonts, new LayoutCache());
done("layout");
const meta = {
  title: issueName(issue),
  author: issue.officialTitle,
  subject: issue.organ,
  published: "",
  key: "bench",
};
writeFileSync(out, await writePdf(layout, fonts, meta, () => {}, images));
done("write");
console.log(JSON.stringify(seconds));
