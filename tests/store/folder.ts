// A data folder of its own for each test, removed afterwards; and a clock that moves one second a look.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "zhengbao-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function testClock(): () => Date {
  let at = Date.UTC(2026, 10, 21, 8, 0, 0);
  return () => {
    at += 1000;
    return new Date(at);
  };
}
