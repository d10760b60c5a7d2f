/** `npm run bench [-- PART … --rounds N --quick]`: measures, prints a table, and writes the numbers to a file. */
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { readArguments } from './arguments.js';
import { findAsterisk } from './asterisk.js';
import { bench as folder } from './folders.js';
import { parts } from './parts/index.js';
import { judge } from './report/bars.js';
import { summary } from './report/summary.js';
import { table, verdicts } from './report/table.js';
import { interleave, type Row } from './rounds.js';
import { startSynthetic } from './server/start.js';

const { wanted, rounds, quick } = readArguments(parts.map(({ name }) => name));

const server = await startSynthetic();
const asterisk = await findAsterisk();
const machine = { node: process.version, cpu: cpus()[0]?.model ?? '', cpus: cpus().length };
const loadBefore = loadavg();
console.log(`Node ${machine.node}, ${machine.cpus} × ${machine.cpu}, load ${formatLoad(loadBefore)}, ${rounds} rounds`);
console.log(
  asterisk === undefined
    ? 'No real Asterisk 22 runs: npm run asterisk -- start 22'
    : `A real Asterisk: ${asterisk.url}`,
);

const rows: Row[] = [];
for (const part of parts) {
  if (wanted.includes(part.name)) {
    const times = part.isExact ? 1 : Math.ceil(rounds * (part.roundsFactor ?? 1));
    const own = await interleave(part.name, times, part.variants({ synthetic: server.target, asterisk, quick }));
    rows.push(...own);
    console.log(`\n${table(part.title, own)}`);
  }
}
await server.stop();

const bars = judge(rows);
console.log(`\n${summary(rows)}\n\n${verdicts(bars)}\n\nload ${formatLoad(loadavg())}`);
const file = join(folder, 'results/bench.json');
const result = {
  date: new Date().toISOString(),
  machine,
  load: { before: loadBefore, after: loadavg() },
  rounds,
  rows,
  bars,
};
await mkdir(join(folder, 'results'), { recursive: true });
await writeFile(file, `${JSON.stringify(result, undefined, 2)}\n`);
console.log(`All numbers: ${file}`);

function formatLoad(load: readonly number[]): string {
  return load.map((each) => each.toFixed(2)).join(' ');
}
