// Files between the user and the window: picked by the user, or handed to the user as a download.

let picker: HTMLInputElement | null = null;

/** Lets the user pick files. `accept`: as the attribute of an input of type file. */
export function pickUserFiles(accept: string, multiple: boolean, take: (files: readonly File[]) => void): void {
  // Held on to, since a browser may collect an input that stands in no page while its dialog is open.
  picker = document.createElement("input");
  picker.type = "file";
  picker.multiple = multiple;
  picker.accept = accept;
  picker.onchange = () => take([...(picker?.files ?? [])]);
  picker.click();
}

/** Hands a text to the user as a file. `type`: its media type. */
export function handOver(fileName: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = Object.assign(document.createElement("a"), { href: url, download: fileName });
  link.click();
  URL.revokeObjectURL(url);
}
