// The one message of the window: what was done, with the way back, or what went wrong, with the remedy.
import { GazetteError } from "../shared/api.ts";

/** A sentence that tells what was done, with the way back or the remedy where there is one. */
export interface Toast {
  readonly key: number;
  readonly text: string;
  readonly tone: "done" | "trouble";
  readonly action?: { readonly label: string; run(): void };
}

export interface Messages {
  /** Tells what was done. */
  say(text: string, action?: Toast["action"]): void;
  /** Tells what could not be done. */
  warn(text: string, action?: Toast["action"]): void;
  /** Tells why something was refused. What is no GazetteError is a fault of the program, and told as that. */
  complain(error: unknown): void;
  dismissToast(): void;
}

/** `show` puts a message in place of the one before; null: none. */
export function messages(show: (toast: Toast | null) => void): Messages {
  let key = 0;

  function tell(tone: Toast["tone"], text: string, action?: Toast["action"]): void {
    key += 1;
    show({ key, text, tone, ...(action && { action }) });
  }

  return {
    say: (text, action) => tell("done", text, action),
    warn: (text, action) => tell("trouble", text, action),
    complain(error) {
      const refusal = error instanceof GazetteError;
      tell("trouble", refusal ? error.message : "这一步没有做成，请再试一次；已保存的内容没有改动。");
      if (!refusal) console.error(error);
    },
    dismissToast: () => show(null),
  };
}
