// 发文字号 (临政办发〔2023〕5号, GB/T 9704 7.2.5) and 规范性文件统一登记号 (LXDR—2023—00001): parsed, and found in a line.
// Canonical form: brackets 〔〕, em dashes, no spaces, no leading zeros in the serial of a 发文字号.

export interface DocNumber {
  /** 机关代字: 临政办发. */
  readonly agencyCode: string;
  readonly year: number;
  readonly serial: number;
}

/** A number found in a text; offsets are UTF-16 units. */
export interface FoundNumber {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

const docPattern =
  /(\p{Script=Han}(?: \p{Script=Han}){1,11}|\p{Script=Han}{1,12})\s*[〔［【[（(]\s*((?:19|20)\d{2})\s*[〕］】\]）)]\s*第?\s*(\d{1,4})\s*号/u;
const uniformPattern = /([A-Z]{2,6})\s*[—–－─\-―]{1,2}\s*((?:19|20)\d{2})\s*[—–－─\-―]{1,2}\s*(\d{3,6})(?!\d)/u;

/** 临政办发〔2023〕5号. */
export function formatDocNumber(number: DocNumber): string {
  return `${number.agencyCode}〔${number.year}〕${number.serial}号`;
}

/** Parses a whole text as a 发文字号; null when it is none. */
export function parseDocNumber(text: string): DocNumber | null {
  const match = new RegExp(`^\\s*${docPattern.source}\\s*$`, "u").exec(text);
  if (!match) return null;
  return {
    agencyCode: (match[1] ?? "").replace(/\s/gu, ""),
    year: Number(match[2]),
    serial: Number(match[3]),
  };
}

/** The first 发文字号 of a line in canonical form. */
export function findDocNumber(line: string): FoundNumber | null {
  const match = docPattern.exec(line);
  if (!match) return null;
  const number = parseDocNumber(match[0]);
  return number && { text: formatDocNumber(number), from: match.index, to: match.index + match[0].length };
}

/** The first 登记号 of a line in canonical form. */
export function findUniformNumber(line: string): FoundNumber | null {
  const match = uniformPattern.exec(line);
  if (!match) return null;
  return {
    text: `${match[1]}—${match[2]}—${match[3]}`,
    from: match.index,
    to: match.index + match[0].length,
  };
}
