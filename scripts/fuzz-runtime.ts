/**
 * Lets clients meet hostile servers for a while: whatever those send, answer and refuse, every call must end as it should,
 * no event that is one may get lost, and what comes after is heard. A fault is told with its session, seed and path.
 *
 *   npm run fuzz:runtime -- --seconds 600 --seed 42
 */
import { parseArgs } from 'node:util';
import { fuzz } from '../test/fuzz/support/fuzz.js';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string' }, path: { type: 'string' } },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const time = { numRuns: 10_000_000, interruptAfterTimeLimit: Number(values.seconds) * 1_000 };
// So it is, should the process end before the fuzz does.
process.exitCode = 1;
console.log(`seed ${seed}, for ${values.seconds} s`);
const { sessions, fault } = await fuzz({ seed, ...(values.path === undefined ? time : { path: values.path }) });
console.log(`${sessions} sessions, ${fault === undefined ? 'no fault' : 'one fault'}`);
if (fault === undefined) {
  process.exitCode = 0;
} else {
  console.error(fault);
}
