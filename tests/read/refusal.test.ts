// Texts that are refused, with the reason; and texts near the limit that are not.
import { expect, test } from "vitest";
import { refusal } from "../../shared/read/refusal.ts";
import { posts } from "./issue.ts";

const prose = "本市各级医疗机构应当做好服务工作并及时报送有关情况。".repeat(10);

test.each([
  [
    "bracketed pinyin",
    `${posts}\n${"醫(yī)療保障規(guī)劃應(yīng)當及時公布并落實(shí)到位。".repeat(30)}`,
    /夹注拼音120处（如“醫\(yī\)”），平均每千字\d+\.\d处/u,
  ],
  ["UTF-8 read as GBK", "鍏充簬鍔犲己闃茬伀宸ヤ綔鐨勯€氱煡锛屽悇闀囦汉姘戞斂搴滐細".repeat(10), /乱码/u],
  ["UTF-8 read as Latin-1", "å\u0085³ä\u00ba\u008eå\u008a\u00a0å\u00bc\u00ba".repeat(20), /乱码/u],
  ["lost characters", `${prose}${"\ufffd".repeat(8)}`, /有8处已经丢失/u],
  ["private use characters", `${prose}${"\ue123".repeat(12)}`, /有12个字是自造字.*U\+E123/u],
  ["no notice", prose, /没有认出公文：全文\d+字（其中汉字\d+个）/u],
  ["web page chrome", "首页 登录 Copyright 2024", /没有认出公文/u],
  ["nothing", " \n\t\n", /没有文字/u],
])("%s", (_name, text, sentence) => expect(refusal(text)).toMatch(sentence));

test.each([
  ["a notice", posts],
  ["a notice that teaches two readings", `${posts}\n龟(guī)裂、龟(jūn)裂不可混读。`],
  ["annexes without their notice", "附件1\n\n任务表\n\n序号\t单位\n1\t市财政局"],
])("%s is read", (_name, text) => expect(refusal(text)).toBeNull());
