/**
 * Gives the generator random documents for a while: what it accepts must compile and run, what it refuses it must refuse
 * in one line.
 *
 *   npm run fuzz:codegen -- --seconds 600 --seed 42
 */
import { parseArgs } from 'node:util';
import { fuzz } from '../test/codegen/support/fuzz.js';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '120' }, seed: { type: 'string' } },
});
const end = performance.now() + Number(values.seconds) * 1000;
let seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
let [accepted, refused, faults] = [0, 0, 0];

console.log(`from seed ${seed} on, for ${values.seconds} s`);
do {
  const result = fuzz(seed, 100);
  accepted += result.accepted;
  refused += result.refused;
  faults += result.faults.length;
  for (const fault of result.faults) console.error(fault);
  seed = (seed + 1) % 2 ** 31;
} while (performance.now() < end);

console.log(`${accepted} accepted, ${refused} refused, ${faults} faults`);
if (faults > 0) process.exitCode = 1;
