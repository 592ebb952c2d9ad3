// From a file that was picked, pasted or dropped to a picture in the store: the core looks at its bytes and refuses what
// cannot be printed.
import type { Figure } from "../../shared/model/block.ts";
import { transport } from "../transport.ts";

/** How wide a new picture may be printed: the widest that is still sharp. */
export const shares = [1, 0.75, 0.5, 0.25] as const;
/** Px that 150 dpi ask for across a column of 156 mm. */
const sharpWidth = 920;

/** Throws GazetteError with the reason. */
export async function putPicture(file: File): Promise<Figure["attrs"]> {
  const name = file.name || "剪贴板里的图片";
  const upload = await transport.upload(new File([file], name, { type: file.type }));
  const { image, width, height } = await transport.api.putImage(upload, name);
  const share = shares.find((each) => width >= sharpWidth * each) ?? shares[3];
  return { image, width, height, share, alt: "" };
}

let picker: HTMLInputElement | null = null;

/** Lets the user pick pictures. */
export function pickPictures(take: (files: readonly File[]) => void): void {
  // Held on to, since a browser may collect an input that stands in no page while its dialog is open.
  picker = document.createElement("input");
  picker.type = "file";
  picker.multiple = true;
  picker.accept = ".png,.jpg,.jpeg,.svg,image/png,image/jpeg,image/svg+xml";
  picker.onchange = () => take([...(picker?.files ?? [])]);
  picker.click();
}
