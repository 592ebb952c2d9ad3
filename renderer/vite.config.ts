// Builds the renderer to dist/renderer: plain files that browser mode and Electron's app:// scheme serve as they are,
// under a content security policy without inline scripts and with Trusted Types.
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

/** antd fills its style elements through innerHTML, which Trusted Types forbid; text does the same for a style. */
function styleAsText(): Plugin {
  return {
    name: "style-as-text",
    transform(code, id) {
      if (!/(?:@rc-component[\\/]util|@ant-design[\\/](?:icons|cssinjs))[\\/]es[\\/]/.test(id)) return null;
      if (!code.includes(".innerHTML")) return null;
      return { code: code.replaceAll(".innerHTML", ".textContent"), map: null };
    },
  };
}

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  plugins: [styleAsText()],
  worker: { format: "es" },
  build: {
    outDir: "../dist/renderer",
    emptyOutDir: true,
    target: "chrome120",
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4096,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // antd marks its modules for a server renderer; a bundle has no use for the marks.
      onwarn: (warning, warn) => warning.code !== "MODULE_LEVEL_DIRECTIVE" && warn(warning),
    },
  },
});
