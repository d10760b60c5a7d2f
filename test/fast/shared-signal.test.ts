import { AriAbortError, AriClient } from 'asterisk-ari';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { dtmf } from '../support/events.js';

let client: AriClient;

beforeEach(() => {
  client = new AriClient({ url: 'http://127.0.0.1:9/', username: 'ari', password: 'secret' });
});

afterEach(() => client.close());

/** A warning of Node (a leak of listeners) counts as stray output, which fails a test. */
it('one signal may end a great many listeners, waits and streams, and none that was closed before', async () => {
  const abort = new AbortController();
  const { signal } = abort;
  let heard = 0;
  const subscriptions = Array.from({ length: 50 }, () =>
    client.on('ChannelDtmfReceived', () => (heard += 1), { signal }),
  );
  const waits = Array.from({ length: 50 }, () =>
    client.waitFor('StasisStart', { signal }).catch((error: unknown) => error),
  );
  const streams = Array.from({ length: 50 }, () => client.stream('StasisStart', { signal }));
  subscriptions[0]?.close();
  client.dispatch(dtmf('1', '5'));
  expect(heard).toBe(49);
  abort.abort();
  client.dispatch(dtmf('1', '5'));
  expect(heard).toBe(49);
  expect(subscriptions.every(({ closed }) => closed)).toBe(true);
  expect((await Promise.all(waits)).every((error) => error instanceof AriAbortError)).toBe(true);
  expect((await Promise.all(streams.map((stream) => stream.next()))).every(({ done }) => done)).toBe(true);
});

it('a signal that was used and let go can be used again', () => {
  const abort = new AbortController();
  client.on('StasisStart', () => undefined, { signal: abort.signal }).close();
  const subscription = client.on('StasisStart', () => undefined, { signal: abort.signal });
  abort.abort();
  expect(subscription.closed).toBe(true);
  expect(client.on('StasisStart', () => undefined, { signal: abort.signal }).closed).toBe(true);
});
