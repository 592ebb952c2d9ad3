// The house styles over the API: the shipped ones and those of this office.
import type { GazetteApi } from "../../shared/api.ts";
import type { CoreContext } from "./context.ts";

type StyleCalls = Pick<
  GazetteApi,
  "styles" | "style" | "saveStyle" | "deleteStyle" | "restoreStyle" | "exportStyle" | "readStyle"
>;

export function styleCalls({ styles, change }: CoreContext): StyleCalls {
  return {
    async styles() {
      return styles.list();
    },
    async style(name) {
      return styles.sheet(name);
    },
    async saveStyle(stamp, name, label, json, version) {
      return change(stamp, "saveStyle", [name, label, json, version], () => {
        const saved = styles.save(name, label, json, version);
        return [saved, { styles: [saved.name] }];
      });
    },
    async deleteStyle(stamp, name) {
      change(stamp, "deleteStyle", [name], () => [styles.remove(name), { styles: [name] }]);
    },
    async restoreStyle(stamp, name) {
      change(stamp, "restoreStyle", [name], () => [styles.restore(name), { styles: [name] }]);
    },
    async exportStyle(name) {
      return styles.file(name);
    },
    async readStyle(text, fileName) {
      return styles.read(text, fileName);
    },
  };
}
