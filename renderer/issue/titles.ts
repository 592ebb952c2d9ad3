// How a notice is called in a sentence of the window: its title without the issuers, in book title marks.
import { type NoticeFields, splitTitle } from "../../shared/model/notice.ts";

/** 《关于印发〈示例办法〉的通知》: titles within a title take single marks (GB/T 15834, 书名号). */
export function citedTitle(notice: Pick<NoticeFields, "title" | "issuers">): string {
  const title = splitTitle(notice).rest || "无题名";
  return `《${title.replaceAll("《", "〈").replaceAll("》", "〉")}》`;
}
