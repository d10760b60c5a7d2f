import { AriAbortError, AriValidationError, connect, ConflictError, NotFoundError, type AriClient } from 'asterisk-ari';
import { claim } from 'asterisk-ari/outbound';
import { startAsterisk, type TestAsterisk } from 'asterisk-ari/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';

let asterisk: TestAsterisk;
const clients: AriClient[] = [];

beforeEach(async () => {
  asterisk = await startAsterisk();
});

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  await asterisk.close();
});

async function worker(app: string): Promise<AriClient> {
  const client = await connect(asterisk.url, asterisk.username, asterisk.password);
  clients.push(client);
  await client.start(app);
  return client;
}

it('gives the call to exactly one of many workers, with its arguments; to the others it is a conflict', async () => {
  const workers = await Promise.all(['a', 'b', 'c', 'd'].map(worker));
  const claims = workers.map(async (client) => claim(client, await client.waitFor('CallBroadcast')));
  const phone = asterisk.call({ to: 'broadcast' });
  const results = await Promise.allSettled(claims);
  const [start, ...others] = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  expect(others).toEqual([]);
  expect(start).toMatchObject({ type: 'StasisStart', args: ['a', 'b'] });
  const lost = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
  expect(lost).toEqual([expect.any(ConflictError), expect.any(ConflictError), expect.any(ConflictError)]);
  await start?.channel.answer();
  expect(phone.state).toBe('talking');
});

it('is too late once the caller has hung up', async () => {
  const client = await worker('a');
  const offered = client.waitFor('CallBroadcast');
  const phone = asterisk.call({ to: 'broadcast' });
  const offer = await offered;
  const ended = offer.channel.waitFor('ChannelDestroyed').catch(() => undefined);
  phone.hangup();
  await expect(claim(client, offer)).rejects.toThrow(NotFoundError);
  await Promise.race([ended, Promise.resolve()]);
});

it('leaves nothing behind when it is given up', async () => {
  const client = await worker('a');
  const offered = client.waitFor('CallBroadcast');
  asterisk.call({ to: 'broadcast' });
  const offer = await offered;
  const refused = claim(client, offer, { signal: AbortSignal.abort(new Error('no more calls')) });
  await expect(refused).rejects.toThrow(AriAbortError);
  expect(asterisk.journal.requestsTo({ method: 'POST' }).map(({ path }) => path)).toEqual([]);
});

it('refuses what is no offer, and a client that cannot claim', async () => {
  const client = await worker('a');
  const loose = claim as (...args: unknown[]) => Promise<unknown>;
  for (const offer of [undefined, null, {}, { application: 'a' }, { application: 'a', channel: { id: '1' } }]) {
    const refused = loose(client, offer);
    await expect(refused).rejects.toThrow('claim: offer must be a CallBroadcast, with application and channel, not');
    await expect(refused).rejects.toMatchObject({ name: 'AriValidationError', parameter: 'offer' });
  }
  for (const other of [undefined, {}, { events: {} }]) {
    await expect(loose(other, {})).rejects.toThrow('claim: client must be one whose bindings have events.claimChannel');
    await expect(loose(other, {})).rejects.toBeInstanceOf(AriValidationError);
  }
  expect(asterisk.journal.requestsTo({ method: 'POST' })).toEqual([]);
});
