import type { Trace } from '../../test/conformance/trace/trace.js';

/** Which scenario a test was, and what it asked and heard. */
export interface Played {
  readonly server: string;
  readonly scenario: string;
  readonly trace?: Trace;
  /** Why it failed; undefined if it passed. */
  readonly failure: string | undefined;
}

/** One scenario on all servers. */
export interface Row {
  readonly scenario: string;
  /** By server. */
  readonly played: ReadonlyMap<string, Played>;
}

export function toRows(all: readonly Played[]): Row[] {
  const rows = new Map<string, Map<string, Played>>();
  for (const played of all) {
    const row = rows.get(played.scenario) ?? new Map<string, Played>();
    row.set(played.server, played);
    rows.set(played.scenario, row);
  }
  return [...rows].map(([scenario, played]) => ({ scenario, played }));
}
