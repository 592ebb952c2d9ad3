// Starts the window: Chinese texts and the theme for antd, then everything else.
import { App, ConfigProvider } from "antd";
import zhCN from "antd/locale/zh_CN";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import { createRoot } from "react-dom/client";
import { windowTheme } from "./theme.ts";
import { Window } from "./Window.tsx";
import "./window.css";
import "./issue/issue.css";
import "./form/form.css";
import "./store/store.css";
import "./import/review.css";
import "./export/press.css";
import "./palette/palette.css";

dayjs.locale("zh-cn");

const root = document.getElementById("root");
if (!root) throw new RangeError("index.html has no #root");
createRoot(root).render(
  <ConfigProvider locale={zhCN} theme={windowTheme} button={{ autoInsertSpace: false }} componentSize="middle">
    <App component={false}>
      <Window />
    </App>
  </ConfigProvider>,
);
