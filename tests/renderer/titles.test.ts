import { expect, it } from "vitest";
import { citedTitle } from "../../renderer/issue/titles.ts";

it.each([
  ["示例市人民政府关于春季防火的通告", ["示例市人民政府"], "《关于春季防火的通告》"],
  [
    "示例市财政局 示例市教育局关于印发《示例办法》的通知",
    ["示例市财政局", "示例市教育局"],
    "《关于印发〈示例办法〉的通知》",
  ],
  ["", [], "《无题名》"],
])("cites %s", (title, issuers, cited) => {
  expect(citedTitle({ title, issuers })).toBe(cited);
});
