// The display list -> PDF, as pages of glyphs at the places that layout gave them. Only pdf-lib's objects are used:
// its embedFont loses Chinese glyphs without a word, so fonts are written by font.ts and subset.ts.
import { PDFContext, PDFHeader, type PDFObject, type PDFRef, PDFStreamWriter, PDFWriter } from "pdf-lib";
import type { FaceId, Layout, Page } from "../../shared/layout/display.ts";
import type { Fonts } from "../../shared/layout/fonts.ts";
import type { Notice, NoticeId } from "../../shared/model/notice.ts";
import { bookletSheets, type Sheet, singleSheets } from "./booklet.ts";
import { type Corner, type Means, type NamedFont, pageContent, plainTags, screenColours } from "./content.ts";
import { PdfFont } from "./font.ts";
import { fileIdentifier, infoDictionary, type PdfMeta, xmpStream } from "./metadata.ts";
import { Navigation } from "./navigation.ts";
import { deflated, textString } from "./objects.ts";
import { screenIntent } from "./outputIntent.ts";
import { embedPicture, type NamedPicture, type Palette } from "./picture.ts";
import { type PrintCondition, pressColours, printIntent, sheetBoxes, sheetContent } from "./press.ts";
import { Structure } from "./structure.ts";

export type { PdfMeta } from "./metadata.ts";

/** The files of pictures, by the names that the display list has for them. */
export type Images = ReadonlyMap<string, Uint8Array>;

/** What a file is written as (shared/model/profile.ts), and what that needs to know. */
export type PdfProfile =
  | { readonly name: "screen" }
  /** The notices tell what each run of the pages is. */
  | { readonly name: "archive"; readonly notices: ReadonlyMap<NoticeId, Notice> }
  /** Without links and bookmarks. */
  | { readonly name: "press"; readonly condition: PrintCondition }
  /** `creep`: how far the pages of a sheet are moved towards the fold, pt more than those of the sheet around it. */
  | { readonly name: "booklet"; readonly condition: PrintCondition; readonly creep: number };

/** The sides of the sheets on which a profile prints; null where pages stand by themselves. */
export function sheetsOf(layout: Layout, profile: PdfProfile): Sheet[] | null {
  if (profile.name === "press") return singleSheets(layout);
  return profile.name === "booklet" ? bookletSheets(layout, profile.creep) : null;
}

/** The same layout, meta, images and profile give the same bytes. `onProgress(done, total)` counts pages, then faces.
 *  Throws RangeError for a glyph 0, a glyph without text, an unknown face, a picture that is not in `images`, or a link
 *  to a notice that is not in the contents; GazetteError badFile for a picture that is no whole PNG or JPEG. */
export async function writePdf(
  layout: Layout,
  fonts: Fonts,
  meta: PdfMeta,
  onProgress: (done: number, total: number) => void = () => {},
  images: Images = new Map(),
  profile: PdfProfile = { name: "screen" },
): Promise<Uint8Array> {
  const context = PDFContext.create();
  const used = new Map<FaceId, NamedFont>();
  const resources = context.nextRef();
  const tree = context.nextRef();
  const sheets = sheetsOf(layout, profile);
  const pages = (sheets ?? layout.pages).map(() => context.nextRef());
  const navigation = new Navigation(context, layout, pages);
  const structure = profile.name === "archive" ? new Structure(context, profile.notices, pages) : null;
  const claim = profile.name === "archive" ? "PDF/A-2u" : sheets ? "PDF/X-4" : null;
  const fontOf = (face: FaceId): NamedFont => {
    let font = used.get(face);
    if (!font) {
      font = { name: `F${used.size + 1}`, font: new PdfFont(fonts.face(face), context.nextRef()) };
      used.set(face, font);
    }
    return font;
  };
  const pictures = await embedPictures(context, layout, images, sheets ? "grey" : structure ? "screen" : "any");
  const pictureOf = (image: string): NamedPicture => {
    const picture = pictures.get(image);
    if (!picture) throw new RangeError(`picture ${image} is not given`);
    return picture;
  };
  const means: Means = {
    fontOf,
    pictureOf,
    tagger: structure ?? plainTags,
    colours: sheets ? pressColours : screenColours,
  };

  const contents: string[] = [];
  const total = pages.length + layout.faces.length;
  const addPage = (
    entries: Readonly<Record<string, PDFObject | number[] | PDFRef[] | string | number>>,
    content: string,
  ) => {
    const ref = pages[contents.length] as PDFRef;
    contents.push(content);
    const common = { Resources: resources, Contents: context.register(deflated(context, content)) };
    const { MediaBox, ...rest } = entries;
    context.assign(ref, context.obj({ Type: "Page", Parent: tree, MediaBox, ...common, ...rest }));
    onProgress(contents.length, total);
  };
  if (sheets) {
    const pageOf = (index: number, corner: Corner) => pageContent(layout.pages[index] as Page, means, corner);
    for (const sheet of sheets) addPage(sheetBoxes(sheet), sheetContent(sheet, pageOf));
  } else
    for (const [i, page] of layout.pages.entries()) {
      structure?.beginPage(page);
      const content = pageContent(page, means);
      const links = navigation.links(page, structure ? (link, ref) => structure.annotation(link, ref) : undefined);
      addPage(
        {
          MediaBox: [0, 0, page.width, page.height],
          ...(links.length > 0 ? { Annots: links, Tabs: "S" } : {}),
          ...(structure ? { StructParents: i } : {}),
        },
        content,
      );
    }

  for (const [i, { font }] of [...used.values()].entries()) {
    await font.embed(context);
    onProgress(pages.length + i + 1, total);
  }
  const named = Object.fromEntries([...used.values()].map(({ name, font }) => [name, font.ref]));
  const drawn = Object.fromEntries([...pictures.values()].map(({ name, ref }) => [name, ref]));
  context.assign(
    resources,
    context.obj({
      Font: named,
      ...(pictures.size > 0
        ? { XObject: drawn, ProcSet: ["PDF", "Text", "ImageB", "ImageC", "ImageI"] }
        : { ProcSet: ["PDF", "Text"] }),
    }),
  );
  context.assign(tree, context.obj({ Type: "Pages", Kids: pages, Count: pages.length }));

  const outline = sheets ? null : navigation.outline();
  context.trailerInfo.Root = context.register(
    context.obj({
      Type: "Catalog",
      Pages: tree,
      Lang: textString("zh-CN"),
      ...(sheets ? {} : { Names: { Dests: context.register(navigation.destinations()) } }),
      // A side of a booklet holds two pages, and no one label names them.
      ...(profile.name === "booklet" ? {} : { PageLabels: navigation.labels() }),
      ...(outline ? { Outlines: outline, PageMode: "UseOutlines" } : {}),
      ViewerPreferences: { DisplayDocTitle: true },
      Metadata: context.register(xmpStream(context, meta, claim)),
      ...(structure
        ? { MarkInfo: { Marked: true }, StructTreeRoot: structure.root(), OutputIntents: [screenIntent(context)] }
        : {}),
      ...("condition" in profile ? { OutputIntents: [printIntent(context, profile.condition)] } : {}),
    }),
  );
  context.trailerInfo.Info = infoDictionary(context, meta, claim);
  context.trailerInfo.ID = fileIdentifier(context, meta, [...contents, ...pictures.keys()]);
  if (claim === "PDF/X-4") context.header = PDFHeader.forVersion(1, 6);
  // A tree of some thousand elements is packed in object streams, without which it would be larger than the text.
  const writer = structure
    ? PDFStreamWriter.forContext(context, Number.POSITIVE_INFINITY)
    : PDFWriter.forContext(context, Number.POSITIVE_INFINITY);
  return writer.serializeToBuffer();
}

/** The pictures of a layout, each once however often it is shown. */
async function embedPictures(
  context: PDFContext,
  layout: Layout,
  images: Images,
  palette: Palette,
): Promise<ReadonlyMap<string, NamedPicture>> {
  const pictures = new Map<string, NamedPicture>();
  for (const item of layout.pages.flatMap((page) => page.items)) {
    if (item.kind !== "picture" || pictures.has(item.image)) continue;
    const bytes = images.get(item.image);
    if (!bytes) throw new RangeError(`picture ${item.image} is not given`);
    const embedded = await embedPicture(context, item.image, bytes, palette);
    pictures.set(item.image, { name: `Im${pictures.size + 1}`, ...embedded });
  }
  return pictures;
}
