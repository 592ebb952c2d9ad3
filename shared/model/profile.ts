// What an exported PDF is for. One layout serves them all; what differs is what stands around the pages and how colours
// and structure are written.

/** screen: linked and bookmarked, for reading. archive: to the rules of PDF/A-2u, tagged after PDF/UA-1. press: single
 *  pages with bleed and marks, to the rules of PDF/X-4. booklet: the press pages two up on sheets, to be folded and
 *  stapled. */
export const profiles = ["screen", "archive", "press", "booklet"] as const;
export type Profile = (typeof profiles)[number];

/** What a secretary calls each, and when it is wanted. */
export const profileNames: Readonly<Record<Profile, { readonly label: string; readonly help: string }>> = {
  screen: { label: "屏幕阅读", help: "有书签和目录链接，用于网上发布、传阅和办公打印。" },
  archive: { label: "归档", help: "按PDF/A-2u和PDF/UA-1的要求写成，带结构标签，用于长期保存和无障碍阅读。" },
  press: {
    label: "印刷",
    help: "单页，四边出血3毫米并有裁切线，文字只用黑版，红色为M80 Y80，图片转为灰度，交印厂制版。",
  },
  booklet: { label: "骑马钉拼版", help: "两页一面拼好，对折后在折缝装订，页数补足4的倍数，其余同“印刷”。" },
};
