// A picture in its column: as wide as its share says, no higher than a page, centred, on the grid. Its caption is the
// paragraph below and stays with it.
import type { Figure } from "../model/block.ts";
import type { Origin, PieceWarning } from "./flow.ts";
import { settingOf } from "./style.ts";
import { type Group, heightIn, measureIn, plainPiece, type Workshop } from "./workshop.ts";

/** Below this a printed picture looks coarse, pixels to the inch. */
export const leastResolution = 150;

/** Lines of the grid kept free below a picture that fills a page, for its caption. */
const captionLines = 2;

export function figureGroup(figure: Figure, origin: Origin, { style }: Workshop): Group {
  const { image, width, height, share, alt } = figure.attrs;
  const measure = measureIn("column", style);
  const highest = heightIn("column", style) - captionLines * style.grid.pitch;
  const scale = Math.min((measure * share) / width, highest / height);
  const [across, down] = [width * scale, height * scale];
  const lines = Math.ceil(down / style.grid.pitch);
  const room = lines * style.grid.pitch;
  const resolution = 72 / scale;
  const coarse: PieceWarning[] = resolution < leastResolution ? [{ code: "coarsePicture", resolution, from: 0 }] : [];
  const piece = {
    ...plainPiece,
    origin,
    height: room,
    warnings: coarse,
    pictures: [{ image, alt, x: (measure - across) / 2, y: (room - down) / 2, width: across, height: down }],
  };
  const { before } = settingOf(style, "caption");
  return { kind: "figure", pieces: [piece], before: Math.max(before, 0), after: 0, isHead: false, room: "column" };
}
