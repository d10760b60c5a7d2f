import type { Row } from '../rounds.js';

/** One of the results, by where it stands in the tables. */
export type Where = readonly [part: string, scenario: string, subject: string, metric: string];

/** Undefined if it was not measured, or failed. */
export function find(rows: readonly Row[], [part, scenario, subject, metric]: Where): number | undefined {
  const row = rows.find((each) => each.part === part && each.scenario === scenario && each.subject === subject);
  return row?.metrics[metric];
}
