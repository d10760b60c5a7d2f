import { AriError, AriTimeoutError, type Bridge } from 'asterisk-ari';
import { connect, detectTalking, hold, play, Queue, recordMessage, unhold } from 'asterisk-ari/flows';
import { describe, expect, it } from 'vitest';
import { Floor } from './support/floor.js';

type Flow = (floor: Floor, signal: AbortSignal) => Promise<unknown>;

const recording = { name: 'message', beep: false, maxSilenceSeconds: 0 } as const;

const playing: Flow = (floor, signal) => play(floor.caller().channel, { media: 'sound:long', signal });
const taping: Flow = (floor, signal) => recordMessage(floor.caller().channel, { ...recording, signal });
const listening: Flow = (floor, signal) => detectTalking(floor.caller().channel, { signal }).next();
const snooping: Flow = (floor, signal) =>
  recordMessage(floor.caller().channel, { ...recording, snoop: { app: 'flow' }, signal });
const joining: Flow = ({ client, callers: [first, second] }, signal) =>
  connect(client, { channels: [first!.channel, second!.channel], hangup: 'both', signal });

/** What a flow fails with that is aborted after so many requests, and can then not end what it has begun. */
async function failure(
  flow: Flow,
  sent: number,
  spoil: (floor: Floor) => void,
): Promise<{ readonly error: unknown; readonly left: string }> {
  await using floor = await Floor.begin(2, {}, { timeoutMs: 500 });
  floor.asterisk.clock.autoAdvance = false;
  const abort = new AbortController();
  const outcome = flow(floor, abort.signal).then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  await expect
    .poll(() => floor.asterisk.journal.requestsTo({ method: 'POST' }).filter(({ status }) => status > 0).length)
    .toBe(floor.callers.length + sent);
  await floor.client.bridges.list();
  const { journal } = floor.asterisk;
  const made = journal.requests.findLast(
    ({ method, response }) => method === 'POST' && response !== undefined,
  )?.response;
  const { id, name } = (made ?? {}) as { readonly id?: string; readonly name?: string };
  const [bridge] = await floor.client.bridges.list();
  spoil(floor);
  abort.abort();
  const { error } = (await outcome) as { readonly error: unknown };
  return { error, left: bridge?.id ?? id ?? name ?? floor.caller().channel.id };
}

describe('A flow that cannot end what it has begun', () => {
  it('says what may be left, and of which operation, where there is no answer', { timeout: 20_000 }, async () => {
    const silent =
      (path: string, method = 'DELETE') =>
      (floor: Floor) => {
        floor.asterisk.faults.next({ method, path }).times(100).hang();
      };
    const cases = [
      ['playbacks.stop', 'playback * may go on', playing, 1, silent('/playbacks/*')],
      ['recordings.cancel', 'recording * may go on', taping, 1, silent('/recordings/live/*')],
      ['bridges.destroy', 'bridge * may be left', joining, 2, silent('/bridges/*')],
      [
        'channels.setChannelVar',
        'channel * may be left as it was',
        listening,
        1,
        silent('/channels/*/variable', 'POST'),
      ],
    ] as const;
    await Promise.all(
      cases.map(async ([operation, words, flow, sent, spoil]) => {
        const { error, left } = await failure(flow, sent, spoil);
        expect(error, operation).toBeInstanceOf(AriTimeoutError);
        const what = words.replace('*', left);
        expect(error).toMatchObject({ message: `${operation} got no answer within 500 ms: ${what}`, timeoutMs: 500 });
      }),
    );
  });

  it('says all that may be left', async () => {
    await using floor = await Floor.begin(2);
    const outcome = joining(floor, new AbortController().signal);
    outcome.catch(() => undefined);
    await expect.poll(async () => (await floor.client.bridges.list())[0]?.channels).toHaveLength(2);
    floor.asterisk.faults.next({ method: 'DELETE' }).times(100).fail(403);
    const [bridge] = await floor.client.bridges.list();
    floor.caller().phone.hangup();
    const error: unknown = await outcome.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AriError);
    expect((error as Error).message).toBe(
      '2 things have failed: ' +
        `ForbiddenError: bridges.destroy: 403 Fault injected (DELETE /bridges/${bridge?.id}); ` +
        `ForbiddenError: channels.hangup: 403 Fault injected (DELETE /channels/${floor.caller(1).channel.id})`,
    );
    expect((error as Error).cause).toMatchObject({ errors: [{ status: 403 }, { status: 403 }] });
  });

  it('says both bridges that a queue may leave', async () => {
    await using floor = await Floor.begin(1);
    const queue = new Queue(floor.client, { app: 'flow', announce: false });
    const ann = floor.asterisk.phone('ann');
    queue.addAgent(ann.endpoint);
    floor.asterisk.faults.next({ method: 'DELETE', path: '/bridges/*' }).times(100).fail(403);
    const stay = queue.enter(floor.caller().channel);
    stay.catch(() => undefined);
    await ann.rings();
    ann.answer();
    const bridges = async (): Promise<Bridge[]> => floor.client.bridges.list();
    await expect.poll(async () => (await bridges()).some(({ channels }) => channels.length === 2)).toBe(true);
    ann.hangup();
    const error: unknown = await stay.catch((thrown: unknown) => thrown);
    for (const { id } of await bridges()) {
      expect((error as Error).message).toContain(`DELETE /bridges/${id}`);
    }
    expect(await bridges()).toHaveLength(2);
    expect(queue.stats).toMatchObject({ answered: 1, failed: 1 });
  });

  it.each([400, 409, 422])('does not take a refusal (%i) for its end', async (status) => {
    const refuse = (method: string, path: string) => (floor: Floor) => {
      floor.asterisk.faults.next({ method, path }).times(100).fail(status);
    };
    const cases = [
      ['/variable', listening, 1, refuse('POST', '/channels/*/variable')],
      ['/channels/', snooping, 2, refuse('DELETE', '/channels/*')],
      ['/recordings/live/', taping, 1, refuse('DELETE', '/recordings/live/*')],
    ] as const;
    await Promise.all(
      cases.map(async ([path, flow, sent, spoil]) => {
        const { error } = await failure(flow, sent, spoil);
        expect(error, path).toMatchObject({ status, path: expect.stringContaining(path) as string });
      }),
    );
  });

  it.each([
    ['/channels/*/variable', 'POST', 409, 'Channel not in Stasis application', listening, 1],
    ['/channels/*', 'DELETE', 404, 'Channel not found', snooping, 2],
    ['/recordings/live/*', 'DELETE', 409, 'Recording not in session', taping, 1],
  ] as const)('takes it for ended where Asterisk says so: %s', async (path, method, status, words, flow, sent) => {
    const { error } = await failure(flow, sent, ({ asterisk }) => {
      asterisk.faults.next({ method, path }).fail(status, words);
    });
    expect(error).toBeUndefined();
  });
});

describe.each([
  ['hold, which fails', hold, ['startMoh', 'stopMoh', 'unmute']],
  ['unhold', unhold, ['stopMoh', 'unmute']],
] as const)('%s', (_name, flow, operations) => {
  it('tries to take back all of it, and says all that has failed', async () => {
    await using floor = await Floor.begin();
    floor.asterisk.faults.next({ path: '/channels/*/moh' }).times(100).fail(403);
    floor.asterisk.faults.next({ method: 'DELETE', path: '/channels/*/mute' }).times(100).fail(403);
    const error: unknown = await flow(floor.caller().channel).catch((thrown: unknown) => thrown);
    const parts = operations.map((operation) => `channels\\.${operation}: 403 .*`);
    expect((error as Error).message).toMatch(
      new RegExp(`^${parts.length} things have failed: .*${parts.join('; .*')}`),
    );
  });
});
