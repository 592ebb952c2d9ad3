// What the window sends about proofreading, checked at the edge.
import { type Check, identifier, integer, line, list, nullable, oneOf, record } from "../model/check.ts";
import { type IgnoreRequest, ignoreScopes } from "./ignore.ts";
import type { FindingId } from "./stored.ts";

export const ruleName: Check<string> = line(80, 1);
/** Name of a person. */
export const personName: Check<string> = line(100, 1);
const findingId: Check<FindingId> = line(64);

export const ignoreRequest: Check<IgnoreRequest> = record({
  scope: oneOf(ignoreScopes),
  rule: ruleName,
  finding: findingId,
  // Long enough for the first words of a paragraph, with its line breaks as they are.
  quote: (value, path) => line(2000)(typeof value === "string" ? value.replaceAll("\n", " ") : value, path),
  issue: nullable(identifier),
  reason: line(500),
  by: personName,
});

export const fixChoices = list(
  record({ notice: identifier, version: integer(1), findings: list(findingId, 10_000, 1) }),
  5000,
  1,
);
