// What a content stream does, read from its operators: colours with what they are used for, marks, codes.
import { describe, expect, test } from "vitest";
import { readUse } from "../../main/pdf/operators.ts";

const paints = (content: string) =>
  readUse(content).paints.map(({ by, space, parts, artifact }) =>
    [by, space, ...parts, ...(artifact ? ["artifact"] : [])].join(" "),
  );

test.each<[string, string, string[]]>([
  ["nothing", "", []],
  ["black is chosen by nobody", "BT <0001> Tj ET", ["text DeviceGray 0"]],
  ["a level of grey", "0.6 g BT [<0001>-5<0002>] TJ ET", ["text DeviceGray 0.6"]],
  ["black of red, green and blue", "0 0 0 rg BT <0001> Tj ET", ["text DeviceRGB 0 0 0"]],
  ["inks", "0 .8 .8 0 k 0 0 9 9 re f", ["fill DeviceCMYK 0 0.8 0.8 0"]],
  ["a plate of its own", "/Red cs 1 scn (a) Tj", ["text Red 1"]],
  ["a plate begins with its full ink", "/Red CS 0 0 m 9 0 l S", ["stroke Red 1"]],
  ["a space begins with its black", "/DeviceRGB cs 0 0 9 9 re f*", ["fill DeviceRGB 0 0 0"]],
  ["a pattern has no parts", "/Pattern cs /P1 scn 0 0 9 9 re f", ["fill Pattern"]],
  ["capitals are for lines", "1 g 0 1 0 RG 0 0 9 9 re B", ["fill DeviceGray 1", "stroke DeviceRGB 0 1 0"]],
  ["what is kept comes back", "q 0 0 1 rg Q (a) Tj", ["text DeviceGray 0"]],
  ["what was never kept does not", "Q 1 g (a) Tj Q (b) Tj", ["text DeviceGray 1"]],
  ["each once", "(a) Tj (b) Tj 0 g (c) Tj", ["text DeviceGray 0"]],
  ["lines of letters", "1 Tr 0 0 1 RG (a) Tj", ["text DeviceRGB 0 0 1"]],
  ["filled and lined letters", "2 Tr 0 0 1 RG (a) Tj", ["text DeviceGray 0", "text DeviceRGB 0 0 1"]],
  ["invisible letters", "3 Tr 1 0 0 rg (a) Tj", []],
  ["a colour that nothing is painted in", "1 0 0 rg 0 g (a) Tj", ["text DeviceGray 0"]],
  ["an artifact", "/Artifact BMC 0 0 m 9 9 l S EMC (a) Tj", ["stroke DeviceGray 0 artifact", "text DeviceGray 0"]],
  ["operators in a string", "(1 0 0 rg \\) (0 1 0 rg)) Tj", ["text DeviceGray 0"]],
  ["operators in a comment", "% 1 0 0 rg\n(a) Tj", ["text DeviceGray 0"]],
  ["a picture in the content", "BI /W 1 ID 1 0 0 rg EI (a) Tj", ["text DeviceGray 0"]],
])("colours: %s", (_, content, expected) => {
  expect(paints(content)).toEqual(expected);
});

describe("marks and codes", () => {
  test.each<[string, string, Partial<ReturnType<typeof readUse>>]>([
    [
      "numbers of tagged content",
      "/P <</MCID 3>> BDC (a) Tj EMC /P <</MCID 0>> BDC EMC",
      { mcids: [3, 0], unmarked: 0 },
    ],
    ["content outside of all marks", "(a) Tj /P <</MCID 0>> BDC (b) Tj EMC 0 0 9 9 re f", { unmarked: 2 }],
    ["marks in marks", "/P <</MCID 0>> BDC /Artifact BMC EMC EMC", { entangled: 1, balanced: true }],
    ["a mark that is not closed", "/P <</MCID 0>> BDC", { balanced: false }],
    ["a mark that was never opened", "EMC", { balanced: false }],
    ["a picture in the content", "BI /W 1 ID x EI", { inline: 1 }],
    ["pictures by name", "/Im1 Do /Im2 Do", { images: new Set(["Im1", "Im2"]) }],
    [
      "codes of two bytes by font",
      "/F1 9 Tf [<0001 00ff>-20<0a0B>] TJ /F2 9 Tf <0003> Tj",
      {
        codes: new Map([
          ["F1", new Set([1, 255, 0xa0b])],
          ["F2", new Set([3])],
        ]),
      },
    ],
  ])("%s", (_, content, expected) => {
    expect(readUse(content)).toMatchObject(expected);
  });
});
