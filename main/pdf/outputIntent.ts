// What the colours of a file are meant for: an output intent with its ICC profile. The sRGB profile is made here from the
// numbers of IEC 61966-2-1, so that no file of another's hand is carried.
import type { PDFContext, PDFRef } from "pdf-lib";
import { deflated, textString } from "./objects.ts";

/** For archives: the colours are sRGB (ISO 19005-2, 6.2.3). */
export function screenIntent(context: PDFContext): PDFRef {
  const profile = context.register(deflated(context, srgbProfile(), { N: 3 }));
  return context.register(
    context.obj({
      Type: "OutputIntent",
      S: "GTS_PDFA1",
      OutputConditionIdentifier: textString("sRGB IEC61966-2.1"),
      RegistryName: textString("http://www.color.org"),
      Info: textString("sRGB IEC61966-2.1"),
      DestOutputProfile: profile,
    }),
  );
}

/** Red, green, blue and white of sRGB as XYZ, adapted to D50 by Bradford's matrix. */
const primaries = {
  rXYZ: [0.43607, 0.22249, 0.01392],
  gXYZ: [0.38515, 0.71687, 0.09708],
  bXYZ: [0.14307, 0.06061, 0.7141],
  wtpt: [0.9642, 1, 0.8249],
} as const;

const curvePoints = 1024;

/** An ICC profile of version 2 for a display: three primaries and one curve (ICC.1:2001-04, 6.3.1.2). */
export function srgbProfile(): Uint8Array {
  const curve = tag("curv", 4 + curvePoints * 2, (view) => {
    view.setUint32(8, curvePoints);
    for (let i = 0; i < curvePoints; i++) view.setUint16(12 + i * 2, Math.round(linear(i / (curvePoints - 1)) * 65535));
  });
  const tags: readonly (readonly [string, Uint8Array])[] = [
    ["desc", description("sRGB IEC61966-2.1")],
    ["cprt", tag("text", 15, (view) => ascii(view, 8, "Public domain."))],
    ...Object.entries(primaries).map(([name, value]) => [name, xyz(value)] as const),
    ["rTRC", curve],
    ["gTRC", curve],
    ["bTRC", curve],
  ];
  const bodies = [...new Set(tags.map(([, body]) => body))];
  const places = new Map<Uint8Array, number>();
  let end = 128 + 4 + tags.length * 12;
  for (const body of bodies) {
    places.set(body, end);
    end += Math.ceil(body.length / 4) * 4;
  }
  const bytes = new Uint8Array(end);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, end);
  view.setUint32(8, 0x02100000);
  for (const [at, word] of [
    [12, "mntr"],
    [16, "RGB "],
    [20, "XYZ "],
    [36, "acsp"],
  ] as const)
    ascii(view, at, word);
  // A date the profile must have: that of the standard it says.
  for (const [i, part] of [1999, 10, 1, 0, 0, 0].entries()) view.setUint16(24 + i * 2, part);
  for (const [i, part] of primaries.wtpt.entries()) view.setInt32(68 + i * 4, fixed(part));
  view.setUint32(128, tags.length);
  for (const [i, [name, body]] of tags.entries()) {
    const at = 132 + i * 12;
    ascii(view, at, name);
    view.setUint32(at + 4, places.get(body) ?? 0);
    view.setUint32(at + 8, body.length);
  }
  for (const [body, at] of places) bytes.set(body, at);
  return bytes;
}

/** A value of the signal as light (IEC 61966-2-1, 5.2). */
const linear = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);

/** s15Fixed16Number */
const fixed = (value: number): number => Math.round(value * 65536);

function tag(type: string, length: number, write: (view: DataView) => void): Uint8Array {
  const bytes = new Uint8Array(8 + length);
  const view = new DataView(bytes.buffer);
  ascii(view, 0, type);
  write(view);
  return bytes;
}

const xyz = (value: readonly number[]): Uint8Array =>
  tag("XYZ ", 12, (view) => {
    for (const [i, part] of value.entries()) view.setInt32(8 + i * 4, fixed(part));
  });

/** textDescriptionType with its ASCII part alone; the other two are there and empty. */
const description = (text: string): Uint8Array =>
  tag("desc", 4 + text.length + 1 + 8 + 3 + 67, (view) => {
    view.setUint32(8, text.length + 1);
    ascii(view, 12, text);
  });

function ascii(view: DataView, at: number, text: string): void {
  for (let i = 0; i < text.length; i++) view.setUint8(at + i, text.charCodeAt(i));
}
