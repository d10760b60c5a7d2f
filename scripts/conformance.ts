/**
 * Plays every scenario of test/conformance on the double and on real Asterisks, compares what the double and Asterisk 22
 * said and did, and prints a table.
 *
 *   npx tsx scripts/conformance.ts            # the double, 22 and 16
 *   npx tsx scripts/conformance.ts 22         # the double and 22
 *
 * Fails if a scenario does, if traces differ in a way that test/conformance/differences.ts does not know, or if one that
 * it knows no longer occurs. What fails or differs is played a second time: a real Asterisk has many threads, and tells
 * things in another order now and then.
 */
import { toRows, type Played, type Row } from './conformance/outcome.js';
import { play } from './conformance/play.js';
import { printFirst, printSummary, printTable, type Judged } from './conformance/table.js';
import { Judge } from './conformance/verdict.js';

const double = { title: 'the double', column: 'double', file: 'test/conformance/double.test.ts' };
const reals = [
  { title: 'Asterisk 22', column: '22', file: 'test/asterisk/v22.test.ts' },
  { title: 'Asterisk 16, with bindings made from that server', column: '16', file: 'test/asterisk/v16.test.ts' },
];

const chosen = process.argv.slice(2);
const unknown = chosen.filter((column) => !reals.some((real) => real.column === column));
if (unknown.length > 0) {
  console.error(`conformance: there is no ${unknown.join(', ')}; there are 22 and 16.`);
  process.exit(2);
}
const servers = [double, ...reals.filter(({ column }) => chosen.length === 0 || chosen.includes(column))];

const files = servers.map(({ file }) => file);
const judge = new Judge();
const first = judged(await play(files));
const doubtful = first.filter(isDoubtful);
const second =
  doubtful.length === 0
    ? []
    : judged(
        await play(
          files,
          doubtful.map(({ scenario }) => scenario),
        ),
      );
const rows = first.map((row) => second.find(({ scenario }) => scenario === row.scenario) ?? row);

printTable(servers, rows);
printFirst(doubtful);
const gone = rows.some(({ verdict }) => verdict !== undefined) ? judge.gone : [];
process.exitCode = printSummary(servers, rows, gone) ? 0 : 1;

function judged(played: readonly Played[]): Judged[] {
  return toRows(played).map((row) => ({ ...row, verdict: verdictOn(row) }));
}

function verdictOn({ scenario, played: by }: Row): Judged['verdict'] {
  const [ours, theirs] = [by.get(double.title)?.trace, by.get('Asterisk 22')?.trace];
  return ours && theirs ? judge.compare(scenario, ours, theirs) : undefined;
}

function isDoubtful({ played, verdict }: Judged): boolean {
  return (verdict?.unknown.length ?? 0) > 0 || [...played.values()].some(({ failure }) => failure !== undefined);
}
