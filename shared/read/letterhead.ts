// The parts of a 公文 that a gazette does not print (GB/T 9704 7.2, 7.4): 份号, 密级, 紧急程度, 发文机关标志, 签发人 above the
// title, 抄送 and 印发 below the text. They are taken out of the text and told; a marking of secrecy is told as an error.
import type { Finding } from "../proof/proof.ts";
import type { Line } from "./lines.ts";

interface Part {
  readonly name: string;
  readonly pattern: RegExp;
}

const secrecy = /^(?:绝密|机密|秘密|内部(?:文件|资料)?[，,]?(?:注意保存|不得外传)?)(?:[★☆\s].{0,12})?$/u;
/** Above the title. */
const above: readonly Part[] = [
  { name: "份号", pattern: /^(?:№\s*)?\d{6}$/u },
  { name: "紧急程度", pattern: /^(?:特提|特急|加急|平急|急件)$/u },
  { name: "签发人", pattern: /^签发人[：:]/u },
  { name: "发文机关标志", pattern: /^[\p{Script=Han}（）\s]{4,40}文件$/u },
];
/** Below the text. */
const below: readonly Part[] = [
  { name: "抄送机关", pattern: /^(?:抄送|抄报|主送|分送)[：:]/u },
  { name: "印发机关和日期", pattern: /^.{2,30}?\s*\d{4}年\d{1,2}月\d{1,2}日\s*印发[。]?$/u },
  { name: "印数", pattern: /^[（(]?共印\s*\d+\s*份[）)]?$/u },
];

/** How many of the first lines with words may stand above a title. */
const headLines = 8;

/** The lines without those parts, blank where they stood, and what was taken out. */
export function clearLetterhead(lines: readonly Line[]): { lines: Line[]; findings: Finding[] } {
  const findings: Finding[] = [];
  let words = 0;
  const cleared = lines.map((line): Line => {
    if (line.bare === "" || line.cells) return line;
    words++;
    if (words <= headLines && secrecy.test(line.bare)) {
      findings.push({
        rule: "import.secret",
        severity: "error",
        message: `文件上标有“${line.bare}”，不能在政报上刊登，请先按规定解密或换用公开的文本`,
        excerpt: line.bare,
        line: line.no,
      });
      return blank(line);
    }
    const part = (words <= headLines ? above : []).concat(below).find(({ pattern }) => pattern.test(line.bare));
    if (!part) return line;
    findings.push({
      rule: "import.letterhead",
      severity: "hint",
      message: `第${line.no}行是${part.name}，政报上不印，没有收入正文`,
      excerpt: line.bare,
      line: line.no,
    });
    return blank(line);
  });
  return { lines: cleared, findings };
}

function blank(line: Line): Line {
  return { ...line, bare: "", text: "" };
}
