// Which pictures are taken and which are refused, by what is in the file and never by its name.
import { expect, test } from "vitest";
import { checkImage, largestImage } from "../../main/import/image.ts";
import { writeJpeg } from "../../main/pdf/jpegWriter.ts";
import { jpeg, png, turnedJpeg } from "../pdf/pictures.ts";

/** Puts a palette of so many black colours in. */
const palette = (colours: number) => (chunks: [string, Uint8Array][]) =>
  chunks.map(([name, content]): [string, Uint8Array] => [
    name,
    name === "PLTE" ? new Uint8Array(colours * 3) : content,
  ]);

const png16 = { mime: "image/png", width: 16, height: 8 };
const jpeg16 = { mime: "image/jpeg", width: 16, height: 8 };

test.each([
  ["PNG", png({ colour: 2 }), png16],
  ["PNG, interlaced palette of 2 bits", png({ colour: 3, depth: 2, interlaced: true }), png16],
  ["PNG with a palette of 256 colours", png({ colour: 3, chunks: palette(256) }), png16],
  ["PNG with alpha and a tRNS chunk, which says nothing then", png({ colour: 6, transparency: [0] }), png16],
  ["JPEG", jpeg("colour"), jpeg16],
  ["JPEG, progressive", jpeg("progressive"), jpeg16],
  ["JPEG of a camera held upright", turnedJpeg(3), jpeg16],
  ["JPEG of a camera turned left: as it is seen", turnedJpeg(6), { ...jpeg16, width: 8, height: 16 }],
  ["JPEG of a camera turned right, Motorola's byte order", turnedJpeg(8, false), { ...jpeg16, width: 8, height: 16 }],
  ["JPEG with bytes behind its end", Buffer.concat([jpeg("colour"), Buffer.alloc(50)]), jpeg16],
])("%s is taken", (_name, bytes, expected) => {
  expect(checkImage(bytes, "桥.dat")).toEqual(expected);
});

const latin = (text: string) => Buffer.from(text, "latin1");
const colour = png({ colour: 2 });
const header = (width: number, height: number) =>
  png({
    colour: 2,
    chunks: (chunks) =>
      chunks.map(([name, content]) => {
        if (name !== "IHDR") return [name, content];
        const sized = Buffer.from(content);
        sized.writeUInt32BE(width, 0);
        sized.writeUInt32BE(height, 4);
        return [name, sized];
      }),
  });
const without = (chunk: string) => png({ colour: 3, chunks: (chunks) => chunks.filter(([name]) => name !== chunk) });
const changed = (bytes: Uint8Array, at: number, value: number) => Buffer.from(bytes).fill(value, at, at + 1);
const paletted = Buffer.from(png({ colour: 3 }));
const moving = png({ colour: 2, chunks: (chunks) => chunks.toSpliced(1, 0, ["acTL", new Uint8Array(8)]) });
const whole = writeJpeg({
  width: 64,
  height: 64,
  channels: 1,
  samples: Uint8Array.from({ length: 4096 }, (_, i) => (i * 7919) % 251),
});
const frame = Buffer.from(jpeg("colour")).indexOf(Buffer.from([0xff, 0xc0]));

test.each([
  ["GIF", latin("GIF89a.............."), /是GIF图片，请另存为PNG或JPEG后再插入。$/],
  ["WebP", latin("RIFF\0\0\0\0WEBPVP8 "), /是WebP图片/],
  ["BMP", latin("BM\0\0\0\0\0\0\0\0"), /是BMP图片/],
  ["TIFF", latin("II*\0\x08\0\0\0"), /是TIFF图片/],
  ["HEIC", latin("\0\0\0\x18ftypheic\0\0\0\0"), /是HEIC图片/],
  ["AVIF", latin("\0\0\0\x1cftypavif\0\0\0\0"), /是AVIF图片/],
  ["EMF, which Word pastes", Buffer.concat([Buffer.from([1, 0, 0, 0]), Buffer.alloc(36), latin(" EMF")]), /是EMF图片/],
  ["text", Buffer.from("一、总体要求"), /不是PNG、JPEG或SVG图片/],
  ["nothing", Buffer.alloc(0), /不是PNG、JPEG或SVG图片/],
  ["a PNG that moves", moving, /是会动的图片，纸上印不出来，请把要印的那一帧另存为PNG/],
  ["a PNG whose header was changed behind its CRC", changed(colour, 8 + 8 + 3, 15), /已损坏/],
  ["a PNG whose palette was changed behind its CRC", changed(paletted, paletted.indexOf("PLTE") + 4, 7), /已损坏/],
  ["a PNG cut off in its data", colour.subarray(0, colour.length - 20), /已损坏/],
  ["a PNG cut off behind its signature", colour.subarray(0, 8), /已损坏/],
  ["a PNG whose data are too few", header(16, 9), /已损坏/],
  ["a PNG whose data are too many", header(16, 7), /已损坏/],
  ["a PNG whose data are changed", changed(colour, colour.length - 20, 0), /已损坏/],
  ["a PNG without header", without("IHDR"), /已损坏/],
  ["a PNG without palette", without("PLTE"), /已损坏/],
  ["a PNG with a palette of 257 colours", png({ colour: 3, chunks: palette(257) }), /已损坏/],
  ["a PNG with a palette of no colour", png({ colour: 3, chunks: palette(0) }), /已损坏/],
  ["a PNG with more transparent colours than colours", png({ colour: 3, transparency: [0, 0, 0, 0, 0] }), /已损坏/],
  ["a grey PNG whose transparent colour is one byte", png({ colour: 0, transparency: [0] }), /已损坏/],
  ["a PNG whose transparent colour is grey", png({ colour: 2, transparency: [0, 0] }), /已损坏/],
  ["a PNG without data", without("IDAT"), /已损坏/],
  ["a PNG of no width", header(0, 8), /已损坏/],
  ["a PNG too long", header(20_001, 1), /有20001×1像素，最多20000像素见方/],
  ["a PNG too large: a few bytes that unpack to gigabytes", header(20_000, 20_000), /最多20000像素见方、5000万像素/],
  ["a JPEG cut off", jpeg("colour").subarray(0, 300), /已损坏/],
  ["a JPEG whose data stop before its end", Buffer.concat([whole.subarray(0, 900), whole.subarray(-2)]), /已损坏/],
  ["a JPEG cut off in its tables", jpeg("colour").subarray(0, 60), /已损坏/],
  ["a JPEG of another coding", changed(jpeg("colour"), frame + 1, 0xc9), /少见的JPEG格式/],
  ["a JPEG of 12 bits", changed(jpeg("colour"), frame + 4, 12), /少见的JPEG格式/],
  ["too many bytes", Buffer.alloc(largestImage + 1), /超过20兆字节/],
])("%s is refused with a sentence that names the file", (_name, bytes, says) => {
  expect(() => checkImage(bytes, "桥.png")).toThrow(
    expect.objectContaining({ code: "badFile", message: expect.stringMatching(/^“桥\.png”/) }),
  );
  expect(() => checkImage(bytes, "桥.png")).toThrow(says);
});
