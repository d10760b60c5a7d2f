import { AriClient, connect } from 'asterisk-ari';
import { Queue } from 'asterisk-ari/flows';
import { connectFleet, startRelay } from 'asterisk-ari/nats';
import { expect, it } from 'vitest';
import { NatsServer } from '../../scripts/nats/index.js';
import { realAsterisk } from './real.js';

const asterisk = realAsterisk('22');

/** Enough that Asterisk has told the end in one application before the beginning in the other, and after it. */
const callers = 4;

it('calls that several workers move to a queue of another application wait there, and come back', async () => {
  const { url, username, password } = asterisk();
  await using nats = await NatsServer.start();
  const server = { url, username, password };
  await using _relay = await startRelay({ asterisk: server, apps: ['front', 'support'], servers: nats.url });
  const worker = (apps: string) => connectFleet({ client: AriClient, servers: nats.url, apps });
  await using first = await worker('front');
  await using second = await worker('front');
  await using desk = await worker('support');
  const back: string[] = [];
  for (const fleet of [first, second]) {
    fleet.on('StasisStart', async ({ channel, args }) => {
      if (args[0] === 'back') {
        back.push(args.join(' '));
        return channel.hangup();
      }
      await channel.answer();
      return channel.move({ app: 'support', appArgs: '5' });
    });
  }
  let queue: Queue<AriClient> | undefined;
  desk.on('StasisStart', async ({ channel }) => {
    queue ??= new Queue(desk.nodeOf(channel).client, { app: 'support', maxWaitMs: 1_500, announceEveryMs: 0 });
    const { reason } = await queue.enter(channel);
    await channel.move({ app: 'front', appArgs: ['back', reason] });
  });
  await using client = await connect(url, username, password);
  const place = { context: 'default', extension: 'wait', priority: 1 };
  for (let caller = 0; caller < callers; caller += 1) {
    await client.channels.originate({ endpoint: 'Local/stasis-front@default/n', ...place });
  }
  await expect.poll(() => queue?.stats.waiting, { timeout: 10_000 }).toBe(callers);
  expect([first, second, desk].map(({ calls }) => calls)).toEqual([0, 0, callers]);
  await expect.poll(() => back, { timeout: 10_000 }).toEqual(Array(callers).fill('back timeout'));
  await expect.poll(() => [first, second, desk].map(({ calls }) => calls)).toEqual([0, 0, 0]);
});
