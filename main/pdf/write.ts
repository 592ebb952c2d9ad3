// The display list -> PDF, as pages of glyphs at the places that layout gave them. Only pdf-lib's objects are used:
// its embedFont loses Chinese glyphs without a word, so fonts are written by font.ts and subset.ts.
import { PDFContext, type PDFRef, PDFWriter } from "pdf-lib";
import type { FaceId, Layout } from "../../shared/layout/display.ts";
import type { Fonts } from "../../shared/layout/fonts.ts";
import { type NamedFont, pageContent } from "./content.ts";
import { PdfFont } from "./font.ts";
import { fileIdentifier, infoDictionary, type PdfMeta, xmpStream } from "./metadata.ts";
import { Navigation } from "./navigation.ts";
import { deflated, textString } from "./objects.ts";
import { embedPicture, type NamedPicture } from "./picture.ts";

export type { PdfMeta } from "./metadata.ts";

/** The files of pictures, by the names that the display list has for them. */
export type Images = ReadonlyMap<string, Uint8Array>;

/** The same layout, meta and images give the same bytes. `onProgress(done, total)` counts pages, then faces. Throws
 *  RangeError for a glyph 0, a glyph without text, an unknown face, a picture that is not in `images`, or a link to a
 *  notice that is not in the contents; GazetteError badFile for a picture that is no whole PNG or JPEG. */
export async function writePdf(
  layout: Layout,
  fonts: Fonts,
  meta: PdfMeta,
  onProgress: (done: number, total: number) => void = () => {},
  images: Images = new Map(),
): Promise<Uint8Array> {
  const context = PDFContext.create();
  const used = new Map<FaceId, NamedFont>();
  const resources = context.nextRef();
  const tree = context.nextRef();
  const pages = layout.pages.map(() => context.nextRef());
  const navigation = new Navigation(context, layout, pages);
  const fontOf = (face: FaceId): NamedFont => {
    let font = used.get(face);
    if (!font) {
      font = { name: `F${used.size + 1}`, font: new PdfFont(fonts.face(face), context.nextRef()) };
      used.set(face, font);
    }
    return font;
  };
  const pictures = await embedPictures(context, layout, images);
  const pictureOf = (image: string): NamedPicture => {
    const picture = pictures.get(image);
    if (!picture) throw new RangeError(`picture ${image} is not given`);
    return picture;
  };

  const contents: string[] = [];
  const total = layout.pages.length + layout.faces.length;
  for (const [i, page] of layout.pages.entries()) {
    const content = pageContent(page, fontOf, pictureOf);
    contents.push(content);
    const links = navigation.links(page);
    context.assign(
      pages[i] as PDFRef,
      context.obj({
        Type: "Page",
        Parent: tree,
        MediaBox: [0, 0, page.width, page.height],
        Resources: resources,
        Contents: context.register(deflated(context, content)),
        ...(links.length > 0 ? { Annots: links, Tabs: "S" } : {}),
      }),
    );
    onProgress(i + 1, total);
  }

  for (const [i, { font }] of [...used.values()].entries()) {
    await font.embed(context);
    onProgress(layout.pages.length + i + 1, total);
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

  const outline = navigation.outline();
  context.trailerInfo.Root = context.register(
    context.obj({
      Type: "Catalog",
      Pages: tree,
      Lang: textString("zh-CN"),
      Names: { Dests: context.register(navigation.destinations()) },
      PageLabels: navigation.labels(),
      ...(outline ? { Outlines: outline, PageMode: "UseOutlines" } : {}),
      ViewerPreferences: { DisplayDocTitle: true },
      Metadata: context.register(xmpStream(context, meta)),
    }),
  );
  context.trailerInfo.Info = infoDictionary(context, meta);
  context.trailerInfo.ID = fileIdentifier(context, meta, [...contents, ...pictures.keys()]);
  return PDFWriter.forContext(context, Number.POSITIVE_INFINITY).serializeToBuffer();
}

/** The pictures of a layout, each once however often it is shown. */
async function embedPictures(
  context: PDFContext,
  layout: Layout,
  images: Images,
): Promise<ReadonlyMap<string, NamedPicture>> {
  const pictures = new Map<string, NamedPicture>();
  for (const item of layout.pages.flatMap((page) => page.items)) {
    if (item.kind !== "picture" || pictures.has(item.image)) continue;
    const bytes = images.get(item.image);
    if (!bytes) throw new RangeError(`picture ${item.image} is not given`);
    const embedded = await embedPicture(context, item.image, bytes);
    pictures.set(item.image, { name: `Im${pictures.size + 1}`, ...embedded });
  }
  return pictures;
}
