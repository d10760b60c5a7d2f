/**
 * Has many calls on the double, with the client in the same process, and looks at what is left of them: `npm run build`,
 * then `node --expose-gc --import tsx scripts/soak-double.ts [CALLS]`; 100,000 without a number, which takes some minutes.
 * It fails if the heap has grown by more than it may from the middle to the end; until the middle, code is compiled.
 */
import { connect, type AriClient } from 'asterisk-ari';
import { startAsterisk, type TestAsterisk } from 'asterisk-ari/testing';

/**
 * Bytes by which the heap may grow anyway, by code that is compiled late: 350,000 to 700,000 in the first eight thousand
 * calls, as many in the twelve thousand after these.
 */
const bytesAnyway = 750_000;
/** Bytes that may be left of each call: less than an entry that is kept by its id would take. */
const bytesPerCall = 20;
/** Entries in the journal, which must be full of them before the heap is first looked at. */
const journalLimit = 500;
const atATime = 20;
const app = 'soak';

const calls = Number(process.argv[2] ?? 100_000);
if (!Number.isInteger(calls) || calls < 1) {
  console.error(`soak-double: the number of calls must be a whole number from 1, not ${process.argv[2]}`);
  process.exit(2);
}
/** Calls until all code is compiled, and the journal is full. */
const warmUp = 800;

async function main(): Promise<void> {
  await using asterisk = await startAsterisk({ journalLimit });
  await using client = await connect(asterisk.url, asterisk.username, asterisk.password);
  await client.start(app);
  await have(client, warmUp);
  const begun = performance.now();
  const heaps = [await heap(asterisk)];
  for (const part of [Math.floor(calls / 2), Math.ceil(calls / 2)]) {
    await have(client, part);
    heaps.push(await heap(asterisk));
  }
  report(heaps, (performance.now() - begun) / 1_000, asterisk);
}

/** Has so many calls, some of them at a time. */
async function have(client: AriClient, count: number): Promise<void> {
  let begun = 0;
  const worker = async (): Promise<void> => {
    while (begun < count) {
      begun += 1;
      await call(client, begun % 10 === 0);
    }
  };
  await Promise.all(Array.from({ length: atATime }, worker));
}

/** A call that hears something and is hung up before that ends; with all of it, in a bridge and recorded too. */
async function call(client: AriClient, all: boolean): Promise<void> {
  const channel = client.channels.handle();
  const started = channel.waitFor('StasisStart', { timeoutMs: 30_000 });
  const ended = channel.waitFor('StasisEnd', { timeoutMs: 30_000 });
  await channel.originateWithId({ endpoint: 'Local/wait@default', app, variables: { SOAK: 'yes' } });
  await started;
  await channel.answer();
  const bridge = all ? await client.bridges.create({ type: 'mixing' }) : undefined;
  await bridge?.addChannel({ channel });
  const recording = await bridge?.record({ name: channel.id, format: 'wav' });
  await channel.play({ media: 'sound:hello-world' });
  await recording?.cancel();
  await channel.hangup();
  await ended;
  await bridge?.destroy();
}

/** Bytes in use, with the journal as full as it may be. */
async function heap({ journal }: TestAsterisk): Promise<number> {
  if (journal.events.length !== journalLimit || journal.requests.length !== journalLimit) {
    throw new Error(`The journal has ${journal.events.length} events and ${journal.requests.length} requests`);
  }
  if (!globalThis.gc) throw new Error('Garbage cannot be collected; run node with --expose-gc');
  for (let round = 0; round < 3; round += 1) {
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
    globalThis.gc();
  }
  return process.memoryUsage().heapUsed;
}

function report(heaps: readonly number[], seconds: number, asterisk: TestAsterisk): void {
  const [start = 0, middle = 0, end = 0] = heaps;
  const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(2)} MB`;
  const grown = end - middle;
  const allowed = bytesAnyway + (bytesPerCall * calls) / 2;
  console.log(`${calls} calls in ${seconds.toFixed(0)} s, ${asterisk.channelIds.length} channels left`);
  console.log(
    `heap: ${megabytes(start)} at the start, ${megabytes(middle)} in the middle, ${megabytes(end)} at the end`,
  );
  console.log(`from the middle to the end: ${grown} bytes; ${allowed} are allowed`);
  if (grown > allowed || asterisk.channelIds.length > 0) process.exitCode = 1;
}

await main();
