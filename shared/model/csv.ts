// A table as a file that Excel and WPS open by a double click: CSV (RFC 4180) with a byte order mark.

/** The head first; cells are texts, quoted where they must be. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return `\ufeff${rows.map((row) => `${row.map(cell).join()}\r\n`).join("")}`;
}

const cell = (text: string): string => (/[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
