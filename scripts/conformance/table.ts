import type { Difference } from '../../test/conformance/differences.js';
import type { Row } from './outcome.js';
import type { Verdict } from './verdict.js';

export interface Column {
  /** What the tests call the server. */
  readonly title: string;
  /** What the table calls it. */
  readonly column: string;
}

/** A scenario with what came of comparing its traces; nothing if they could not be compared. */
export interface Judged extends Row {
  readonly verdict: Verdict | undefined;
}

const width = 100;

/** One line a scenario: how it went on each server, and the first difference of the traces. */
export function printTable(columns: readonly Column[], rows: readonly Judged[]): void {
  console.log([fit('scenario', width), ...columns.map(({ column }) => column.padEnd(6)), 'traces'].join('  '));
  for (const { scenario, played, verdict } of rows) {
    const outcomes = columns.map(({ title }) => {
      const one = played.get(title);
      return (one === undefined ? '-' : one.failure === undefined ? 'ok' : 'FAILED').padEnd(6);
    });
    console.log([fit(scenario, width), ...outcomes, describe(verdict)].join('  ').trimEnd());
  }
}

/** Tells what went wrong the first time, where the second one counts. */
export function printFirst(rows: readonly Judged[]): void {
  if (rows.length > 0) {
    console.log('\nplayed a second time, which is the one above; the first time');
  }
  for (const { scenario, played, verdict } of rows) {
    const failures = [...played.values()].flatMap(({ server, failure }) => (failure ? `${server}: ${failure}` : []));
    console.log(`  ${scenario}`);
    [...failures, ...(verdict?.unknown ?? [])].forEach((line) => console.log(`    ${line}`));
  }
}

/** Says what is wrong, and whether nothing is. */
export function printSummary(
  columns: readonly Column[],
  rows: readonly Judged[],
  gone: readonly Difference[],
): boolean {
  let fine = gone.length === 0;
  console.log('');
  for (const { title } of columns) {
    const played = rows.flatMap((row) => row.played.get(title) ?? []);
    const failed = played.filter(({ failure }) => failure !== undefined);
    console.log(`${title}: ${played.length - failed.length} of ${played.length} scenarios passed`);
    for (const { scenario, failure } of failed) {
      console.log(`  ${scenario}: ${failure}`);
    }
    fine &&= played.length > 0 && failed.length === 0;
  }
  const verdicts = rows.flatMap(({ scenario, verdict }) => (verdict ? [{ scenario, ...verdict }] : []));
  const equal = verdicts.filter(({ unknown, known }) => unknown.length + known.length === 0).length;
  const wrong = verdicts.filter(({ unknown }) => unknown.length > 0);
  const known = verdicts.length - equal - wrong.length;
  console.log(`traces: ${equal} equal, ${known} with known differences only, ${wrong.length} with others`);
  for (const { scenario, unknown } of wrong) {
    console.log(`  ${scenario}`);
    unknown.forEach((line) => console.log(`    ${line}`));
  }
  for (const { scenario = 'any scenario', line } of gone) {
    console.log(`  no longer so, to be taken out of test/conformance/differences.ts: ${scenario}: ${line.source}`);
  }
  return fine && wrong.length === 0;
}

function describe(verdict: Verdict | undefined): string {
  const [first] = [...(verdict?.unknown ?? []), ...(verdict?.known ?? [])];
  if (verdict === undefined) {
    return '-';
  }
  return first === undefined ? 'equal' : `${verdict.unknown.length > 0 ? 'DIFFERENT' : 'known'}: ${first}`;
}

function fit(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text.padEnd(length);
}
