// The look of the window for antd: dense, neutral greys, blue for what is selected, and 朱红 for the one primary action
// in view. window.css draws everything else from the same values. antd's compact algorithm would also shrink the type
// to 11 px, so density comes from smaller steps and control heights instead.
import type { ThemeConfig } from "antd";

const vermilion = "#b3261e";
const blue = "#1f5fbf";

export const windowTheme: ThemeConfig = {
  cssVar: { key: "gazette" },
  token: {
    colorPrimary: blue,
    colorLink: blue,
    colorInfo: blue,
    colorError: "#c62828",
    colorWarning: "#9a5b00",
    colorSuccess: "#2e7d32",
    colorText: "#1f1f1e",
    colorTextSecondary: "#5c5c59",
    colorTextPlaceholder: "#757572",
    colorBorder: "#c9c8c4",
    colorBorderSecondary: "#e3e2de",
    colorBgLayout: "#f4f4f2",
    fontFamily: '"Microsoft YaHei UI", "PingFang SC", "Noto Sans SC", "Noto Sans CJK SC", gazette-hei, sans-serif',
    fontSize: 13,
    fontSizeSM: 12,
    borderRadius: 4,
    borderRadiusLG: 6,
    borderRadiusSM: 4,
    controlHeight: 30,
    controlHeightSM: 26,
    controlHeightLG: 36,
    sizeStep: 3,
    paddingXXS: 4,
    marginXXS: 4,
    wireframe: false,
    motion: false,
  },
  components: {
    Button: { colorPrimary: vermilion, algorithm: true, primaryShadow: "none", defaultShadow: "none", fontWeight: 400 },
    Table: { cellPaddingBlockSM: 5, headerBg: "#f4f4f2", rowHoverBg: "#f5f7fb" },
    Tabs: { horizontalMargin: "0", horizontalItemPadding: "8px 2px" },
    Modal: { titleFontSize: 15 },
  },
};
