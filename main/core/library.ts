// Notices and issues over the API: reading, changing, arranging, deleting and restoring them, and the sample issue.
import { randomUUID } from "node:crypto";
import type { GazetteApi } from "../../shared/api.ts";
import { readSample, sampleSections } from "../compose.ts";
import { checkImage } from "../import/image.ts";
import type { CoreContext } from "./context.ts";

type LibraryCalls = Pick<
  GazetteApi,
  | "listNotices"
  | "notice"
  | "createNotice"
  | "updateNotice"
  | "patchBody"
  | "deleteNotice"
  | "restoreNotice"
  | "listIssues"
  | "issue"
  | "createIssue"
  | "updateIssue"
  | "arrangeIssue"
  | "deleteIssue"
  | "restoreIssue"
  | "createSample"
>;

export function libraryCalls({ assets, store, styles, change }: CoreContext): LibraryCalls {
  return {
    async listNotices() {
      return store.listNotices();
    },
    async notice(id) {
      return store.notice(id);
    },
    async createNotice(stamp, fields) {
      return change(stamp, "createNotice", [fields], () => {
        const notice = store.createNotice(randomUUID(), fields, [], stamp);
        return [notice, { notices: [notice.id] }];
      });
    },
    async updateNotice(stamp, id, version, fields) {
      return change(stamp, "updateNotice", [id, version, fields], () => [
        store.updateNotice(id, version, fields, stamp),
        { notices: [id] },
      ]);
    },
    async patchBody(stamp, id, version, patch) {
      return change(stamp, "patchBody", [id, version, patch], () => [
        store.patchBody(id, version, patch, stamp),
        { notices: [id] },
      ]);
    },
    async deleteNotice(stamp, id) {
      change(stamp, "deleteNotice", [id], () => {
        const issue = store.deleteNotice(id);
        return [null, { notices: [id], issues: issue ? [issue] : [] }];
      });
    },
    async restoreNotice(stamp, id) {
      change(stamp, "restoreNotice", [id], () => {
        store.restoreNotice(id);
        return [null, { notices: [id] }];
      });
    },

    async listIssues() {
      return store.listIssues();
    },
    async issue(id) {
      return store.issue(id);
    },
    async createIssue(stamp, fields) {
      styles.require(fields.style);
      return change(stamp, "createIssue", [fields], () => {
        const issue = store.createIssue(randomUUID(), fields, []);
        return [issue, { issues: [issue.id] }];
      });
    },
    async updateIssue(stamp, id, version, fields) {
      if (fields.style !== undefined) styles.require(fields.style);
      return change(stamp, "updateIssue", [id, version, fields], () => [
        store.updateIssue(id, version, fields),
        { issues: [id] },
      ]);
    },
    async arrangeIssue(stamp, id, version, sections) {
      return change(stamp, "arrangeIssue", [id, version, sections], () => [
        store.arrangeIssue(id, version, sections),
        { issues: [id] },
      ]);
    },
    async deleteIssue(stamp, id) {
      change(stamp, "deleteIssue", [id], () => [null, { notices: store.deleteIssue(id), issues: [id] }]);
    },
    async restoreIssue(stamp, id) {
      change(stamp, "restoreIssue", [id], () => [null, { notices: store.restoreIssue(id), issues: [id] }]);
    },
    async createSample(stamp) {
      return change(stamp, "createSample", [], () => {
        const sample = readSample(assets);
        for (const [name, bytes] of sample.images) store.images.put(bytes, checkImage(bytes, name));
        const notices = sample.notices.map(({ body, ...fields }) => {
          return store.createNotice(randomUUID(), fields, body, stamp).id;
        });
        const issue = store.createIssue(randomUUID(), sample.issue, sampleSections(sample, notices, randomUUID));
        return [issue, { notices, issues: [issue.id] }];
      });
    },
  };
}
