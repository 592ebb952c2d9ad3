// Names of files that are made of titles: as near to the title as every system, and a web server, takes them.

/** Names of devices, which Windows gives to no file, whatever its ending. */
const device = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/iu;

/** `text` without what Windows, macOS or Linux refuses in a name: characters that have a meaning, those that cannot be
 *  seen, a dot or space at an end. At most `longest` bytes of UTF-8; what was cut off shows as “…”. Without ending; ""
 *  gives "". */
export function fileNameOf(text: string, longest: number): string {
  const clean = text
    .normalize("NFC")
    .replace(/\s+/gu, " ")
    .replace(/\p{Cf}|\p{Cs}/gu, "")
    .replace(/[<>:"/\\|?*\p{Cc}]/gu, "_")
    .replace(/^[. ]+|[. ]+$/gu, "")
    .replace(device, "_$&");
  if (Buffer.byteLength(clean) <= longest) return clean;
  const sign = "…";
  let kept = "";
  let room = longest - Buffer.byteLength(sign);
  for (const character of clean) {
    room -= Buffer.byteLength(character);
    if (room < 0) break;
    kept += character;
  }
  return kept + sign;
}
