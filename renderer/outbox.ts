// Brings the window's state into the database. It compares what the window shows with what the database is known to
// hold and sends the difference, one request at a time; edits made meanwhile go together with the next request.
// A request keeps its stamp until it is answered, so that a repetition after a lost answer changes nothing twice.
import { type GazetteApi, GazetteError, type Stamp } from "../shared/api.ts";
import { diffBody } from "../shared/model/block.ts";
import type { Issue, Notice, NoticeId } from "../shared/model/notice.ts";

export interface SaveState {
  readonly state: "saved" | "saving" | "failed";
  /** Why it failed, a sentence for the user. */
  readonly message?: string;
}

export interface OutboxHost {
  readonly api: GazetteApi;
  stamp(): Stamp;
  /** What the window shows now. Objects are replaced, never changed in place. */
  current(): { readonly issue: Issue | null; readonly notices: ReadonlyMap<NoticeId, Notice> };
  onSave(save: SaveState): void;
  /** The database holds something else, or refuses the change for good: the window must take the stored state. */
  onRefused(refused: { readonly notice: NoticeId } | { readonly issue: string }, error: GazetteError): Promise<void>;
}

interface Request {
  readonly about: { readonly notice: NoticeId } | { readonly issue: string };
  send(): Promise<{ version: number }>;
  done(version: number): void;
}

const firstDelay = 1000;
const longestDelay = 30_000;

/** Refusals that no repetition can turn into success. */
function isForGood(error: unknown): error is GazetteError {
  return error instanceof GazetteError && ["stale", "notFound", "badRequest", "notAllowed"].includes(error.code);
}

export class Outbox {
  private readonly host: OutboxHost;
  private readonly notices = new Map<NoticeId, Notice>();
  private issue: Issue | null = null;
  private pending: Request | null = null;
  private sending = false;
  private delay = firstDelay;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private waiting: ((saved: boolean) => void)[] = [];

  constructor(host: OutboxHost) {
    this.host = host;
  }

  /** Tells what the database holds; `version` is that of the store. */
  storedNotice(notice: Notice): void {
    this.notices.set(notice.id, notice);
  }
  storedIssue(issue: Issue | null): void {
    this.issue = issue;
  }

  forget(notice: NoticeId): void {
    this.notices.delete(notice);
  }

  /** Version in the database as far as known; 0 for a notice that is not known here. */
  version(notice: NoticeId): number {
    return this.notices.get(notice)?.version ?? 0;
  }

  /** True while the window holds changes of this notice that the database does not. */
  isDirty(notice: NoticeId): boolean {
    const stored = this.notices.get(notice);
    const shown = this.host.current().notices.get(notice);
    return stored !== undefined && shown !== undefined && noticeDifference(stored, shown) !== null;
  }

  /** Sends what has changed. Call it after every change. */
  touch(): void {
    if (this.sending || this.timer !== undefined) return;
    void this.run();
  }

  /** Tries again at once after a failure. */
  retry(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.delay = firstDelay;
    this.touch();
  }

  /** Resolves with true when everything is acknowledged, with false when saving has failed. */
  settle(): Promise<boolean> {
    const answer = new Promise<boolean>((resolve) => this.waiting.push(resolve));
    if (this.timer !== undefined) this.retry();
    else this.touch();
    return answer;
  }

  private async run(): Promise<void> {
    this.sending = true;
    for (;;) {
      this.pending ??= this.next();
      if (!this.pending) break;
      this.host.onSave({ state: "saving" });
      const request = this.pending;
      try {
        const { version } = await request.send();
        request.done(version);
      } catch (error) {
        if (!isForGood(error)) return this.fail(error);
        try {
          await this.host.onRefused(request.about, error);
        } catch (again) {
          return this.fail(again);
        }
      }
      this.pending = null;
      this.delay = firstDelay;
    }
    this.sending = false;
    this.host.onSave({ state: "saved" });
    this.answer(true);
  }

  private fail(error: unknown): void {
    this.sending = false;
    const message = error instanceof GazetteError ? error.message : "改动还没有存进稿库，正在重试。";
    this.host.onSave({ state: "failed", message });
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.touch();
    }, this.delay);
    this.delay = Math.min(this.delay * 2, longestDelay);
    this.answer(false);
  }

  private answer(saved: boolean): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const resolve of waiting) resolve(saved);
  }

  /** The first difference between window and database; null when there is none. */
  private next(): Request | null {
    const { api, stamp, current } = this.host;
    const { issue, notices } = current();
    for (const stored of this.notices.values()) {
      const shown = notices.get(stored.id);
      const difference = shown && noticeDifference(stored, shown);
      if (!difference) continue;
      const as = stamp();
      return {
        about: { notice: stored.id },
        send: () => difference.send(api, as),
        done: (version) => this.notices.set(stored.id, { ...stored, ...difference.change, version }),
      };
    }
    const stored = this.issue;
    if (!stored || !issue || issue.id !== stored.id) return null;
    const difference = issueDifference(stored, issue);
    if (!difference) return null;
    const as = stamp();
    return {
      about: { issue: stored.id },
      send: () => difference.send(api, as),
      done: (version) => {
        this.issue = { ...stored, ...difference.change, version };
      },
    };
  }
}

/** What differs, and the call that makes the database hold it. */
interface Difference<T> {
  readonly change: Partial<T>;
  send(api: GazetteApi, stamp: Stamp): Promise<{ version: number }>;
}

function noticeDifference(stored: Notice, shown: Notice): Difference<Notice> | null {
  const { id, body, version, ...fields } = stored;
  const patch = diffBody(body, shown.body);
  if (patch)
    return {
      change: { body: shown.body },
      send: (api, stamp) => api.patchBody(stamp, id, version, patch),
    };
  const change = changedFields(fields, shown);
  return change && { change, send: (api, stamp) => api.updateNotice(stamp, id, version, change) };
}

function issueDifference(stored: Issue, shown: Issue): Difference<Issue> | null {
  const { id, sections, version, ...fields } = stored;
  if (sections !== shown.sections)
    return {
      change: { sections: shown.sections },
      send: (api, stamp) => api.arrangeIssue(stamp, id, version, shown.sections),
    };
  const change = changedFields(fields, shown);
  return change && { change, send: (api, stamp) => api.updateIssue(stamp, id, version, change) };
}

/** The fields of `shown` that are not as in `stored`, compared by identity; null when there are none. */
function changedFields<T extends object>(stored: T, shown: T): Partial<T> | null {
  const changed = (Object.keys(stored) as (keyof T)[]).filter((key) => stored[key] !== shown[key]);
  return changed.length === 0 ? null : (Object.fromEntries(changed.map((key) => [key, shown[key]])) as Partial<T>);
}
