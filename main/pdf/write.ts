// The display list -> PDF, as pages of glyphs at the places that layout gave them. Only pdf-lib's objects are used:
// its embedFont loses Chinese glyphs without a word, so fonts are written by font.ts and subset.ts.
import { PDFContext, PDFHeader, type PDFObject, type PDFRef, PDFStreamWriter, PDFWriter } from "pdf-lib";
import type { FaceId, Layout, Page } from "../../shared/layout/display.ts";
import type { Fonts } from "../../shared/layout/fonts.ts";
import { hasColourPictures, redName, usualRed } from "../../shared/layout/redInk.ts";
import type { Notice, NoticeId } from "../../shared/model/notice.ts";
import { type Cover, profileNames } from "../../shared/model/profile.ts";
import { bookletSheets, type Sheet, singleSheets } from "./booklet.ts";
import { type Corner, type Means, type NamedFont, pageContent, plainTags, screenColours } from "./content.ts";
import { PdfFont } from "./font.ts";
import { inksOf } from "./inks.ts";
import { linearized } from "./linear.ts";
import { fileIdentifier, infoDictionary, type PdfMeta, rulesOf, xmpStream } from "./metadata.ts";
import { Navigation } from "./navigation.ts";
import { deflated, textString } from "./objects.ts";
import { screenIntent } from "./outputIntent.ts";
import { embedPicture, type NamedPicture, type Palette } from "./picture.ts";
import { type PrintCondition, plateSpaces, pressColours, printIntent, sheetBoxes, sheetContent } from "./press.ts";
import { Slugs } from "./slug.ts";
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
  | { readonly name: "booklet"; readonly condition: PrintCondition; readonly creep: number; readonly cover: Cover };

/** The sides of the sheets on which a profile prints, each with words that begin with `title`; null where pages stand by
 *  themselves. Throws GazetteError badRequest for a cover that cannot stand apart. */
export function sheetsOf(
  layout: Layout,
  profile: PdfProfile | { readonly name: "archive" },
  title: string,
): Sheet[] | null {
  if (profile.name === "screen" || profile.name === "archive") return null;
  const sheets = profile.name === "press" ? singleSheets(layout) : bookletSheets(layout, profile.creep, profile.cover);
  const { name, condition } = profile;
  const about = [profileNames[name].label, condition.name, `红色${redName(layout.red ?? usualRed)}`];
  return sheets.map((sheet) => ({ ...sheet, slug: [title, sheet.slug, ...about].join("　") }));
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
  const used: NamedFont[] = [];
  const resources = context.nextRef();
  const tree = context.nextRef();
  const sheets = sheetsOf(layout, profile, meta.title);
  const red = layout.red ?? usualRed;
  const slugs = new Slugs(context, fonts);
  const pages = (sheets ?? layout.pages).map(() => context.nextRef());
  const navigation = new Navigation(context, layout, pages);
  const structure = profile.name === "archive" ? new Structure(context, profile.notices, layout.contents, pages) : null;
  const claim = rulesOf[profile.name];
  const fontCase = (): Means["fontOf"] => {
    const own = new Map<FaceId, NamedFont>();
    return (face) => {
      let font = own.get(face);
      if (!font) {
        font = { name: `F${used.length + 1}`, font: new PdfFont(fonts.face(face), context.nextRef()) };
        own.set(face, font);
        used.push(font);
      }
      return font;
    };
  };
  // A file for the screen is read over a line that may be slow: its first page has fonts of its own, a few glyphs each,
  // so that it shows before the large ones are there.
  const isLinear = profile.name === "screen";
  const openingFontOf = isLinear ? fontCase() : null;
  const fontOf = fontCase();
  const pictures = await embedPictures(context, layout, images, paletteOf(layout, profile));
  const pictureOf = (image: string): NamedPicture => {
    const picture = pictures.get(image);
    if (!picture) throw new RangeError(`picture ${image} is not given`);
    return picture;
  };
  const means: Means = {
    fontOf,
    pictureOf,
    tagger: structure ?? plainTags,
    colours: sheets ? pressColours(red) : screenColours(red),
  };

  const contents: string[] = [];
  const total = pages.length + layout.faces.length + (isLinear ? facesOf(layout.pages[0]).length : 0);
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
    for (const sheet of sheets) {
      const slugOf = (corner: Corner, room: number) => slugs.content(sheet.slug, corner, room);
      addPage(sheetBoxes(sheet), sheetContent(sheet, pageOf, slugOf));
    }
  } else
    for (const [i, page] of layout.pages.entries()) {
      structure?.beginPage(page);
      const ownFontOf = i === 0 && openingFontOf ? openingFontOf : fontOf;
      const content = pageContent(page, { ...means, fontOf: ownFontOf });
      const own = isLinear ? context.obj(resourcesOf(page, ownFontOf, pictureOf)) : resources;
      const links = navigation.links(page, structure ? (link, ref) => structure.annotation(link, ref) : undefined);
      addPage(
        {
          MediaBox: [0, 0, page.width, page.height],
          ...(page.shown ? { Rotate: page.shown } : {}),
          ...(links.length > 0 ? { Annots: links, Tabs: "S" } : {}),
          ...(structure ? { StructParents: i } : {}),
          Resources: own,
        },
        content,
      );
    }

  for (const [i, { font }] of used.entries()) {
    font.embed(context);
    onProgress(pages.length + i + 1, total);
  }
  const drawn = {
    ...Object.fromEntries([...pictures.values()].map(({ name, ref }) => [name, ref])),
    ...slugs.resources(),
  };
  if (!isLinear)
    context.assign(
      resources,
      context.obj({ ...(sheets ? { ColorSpace: plateSpaces(context, red) } : {}), ...resourceEntries(used, drawn) }),
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
  if (isLinear) return linearized(context, pages);
  // A tree of some thousand elements is packed in object streams, without which it would be larger than the text.
  const writer = structure
    ? PDFStreamWriter.forContext(context, Number.POSITIVE_INFINITY)
    : PDFWriter.forContext(context, Number.POSITIVE_INFINITY);
  return writer.serializeToBuffer();
}

const facesOf = (page: Page | undefined): FaceId[] => [
  ...new Set(page?.items.flatMap((item) => (item.kind === "text" ? [item.face] : []))),
];

/** What one page shows, and no more. */
function resourcesOf(page: Page, fontOf: Means["fontOf"], pictureOf: Means["pictureOf"]) {
  const images = new Set(page.items.flatMap((item) => (item.kind === "picture" ? [item.image] : [])));
  const drawn = Array.from(images, pictureOf).map(({ name, ref }): [string, PDFRef] => [name, ref]);
  return resourceEntries(facesOf(page).map(fontOf), Object.fromEntries(drawn));
}

function resourceEntries(fonts: readonly NamedFont[], drawn: Readonly<Record<string, PDFRef>>) {
  return {
    Font: Object.fromEntries(fonts.map(({ name, font }) => [name, font.ref])),
    ...(Object.keys(drawn).length > 0
      ? { XObject: drawn, ProcSet: ["PDF", "Text", "ImageB", "ImageC", "ImageI"] }
      : { ProcSet: ["PDF", "Text"] }),
  };
}

/** The colours of the pictures of a profile. A press that has magenta and yellow on its plates prints colours, where the
 *  house style wants them; one that prints in black, or in black and a red of its own, prints greys. */
export function paletteOf(layout: Layout, profile: PdfProfile | { readonly name: "archive" }): Palette {
  if (!("condition" in profile)) return "screen";
  const isRed = layout.pages.some(({ items }) => items.some((item) => "ink" in item && item.ink === "red"));
  if (!isRed || !hasColourPictures(layout.red ?? usualRed, layout.pictures ?? "colour")) return "grey";
  const { name, profile: tables } = profile.condition;
  return { inks: () => inksOf(tables, name) };
}

/** The pictures of a layout, each once however often it is shown, and as fine as its largest place asks for. */
async function embedPictures(
  context: PDFContext,
  layout: Layout,
  images: Images,
  palette: Palette,
): Promise<ReadonlyMap<string, NamedPicture>> {
  const widths = new Map<string, number>();
  for (const item of layout.pages.flatMap((page) => page.items))
    if (item.kind === "picture") widths.set(item.image, Math.max(item.width, widths.get(item.image) ?? 0));
  const pictures = new Map<string, NamedPicture>();
  for (const [image, width] of widths) {
    const bytes = images.get(image);
    if (!bytes) throw new RangeError(`picture ${image} is not given`);
    const embedded = await embedPicture(context, image, bytes, palette, width);
    pictures.set(image, { name: `Im${pictures.size + 1}`, ...embedded });
  }
  return pictures;
}
