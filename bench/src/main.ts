import { double } from './parts/double.js';
import { events } from './parts/events.js';
import { objects } from './parts/objects.js';
import type { Bench, Part } from './parts/part.js';
import { requests } from './parts/requests.js';
import { table } from './report/table.js';
import { interleave } from './rounds.js';
import { startSynthetic } from './server/start.js';

const parts: readonly Part[] = [events, objects, requests, double];
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const quick = process.argv.includes('--quick');

await using server = await startSynthetic();
const bench: Bench = { synthetic: server.target, asterisk: undefined, quick };
for (const part of parts) {
  if (wanted.length === 0 || wanted.includes(part.name)) {
    const rows = await interleave(part.name, quick ? 3 : 5, await part.variants(bench));
    console.log(table(part.title, rows));
  }
}
