import { connect, type AriClient, type Channel, type StasisStart } from 'asterisk-ari';
import { startAsterisk, type Phone, type TestAsterisk } from 'asterisk-ari/testing';
import { expect } from 'vitest';

/** What the rows of the pages work on. */
export interface World {
  readonly asterisk: TestAsterisk;
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** Started for the application `hello`. */
  readonly client: AriClient;
  /** A caller's, answered. */
  readonly channel: Channel;
  /** With that it came. */
  readonly event: StasisStart;
  /** Aborts soon. */
  readonly signal: AbortSignal;
  readonly handler: (...args: unknown[]) => void;
}

/** Tries a row: what it does, and what its listeners do in the rest of a call. Throws what any of them throws. */
export async function tryRow(row: (world: World) => Promise<void>): Promise<void> {
  const users = { hey: { password: 'peekaboo' } };
  await using asterisk = await startAsterisk({ users, recordings: { greeting: Buffer.from('RIFF') }, quietMs: 200 });
  const { url, username, password } = asterisk;
  await using client = await connect(url, username, password);
  const failures: unknown[] = [];
  client.on('listenerError', ({ error }) => failures.push(error));
  await client.start('hello');
  const came = client.waitFor('StasisStart', { timeoutMs: 5_000 });
  const caller = asterisk.call({ to: 'stasis-hello', from: 'Ann <100>' });
  const event = await came;
  await event.channel.answer();
  const world = { asterisk, url, username, password, client, channel: event.channel, event };
  await row({ ...world, signal: AbortSignal.timeout(300), handler: () => undefined });
  await endCall(caller);
  await client.idle({ timeoutMs: 5_000 });
  expect(failures).toEqual([]);
}

/** The caller presses a digit, if they are still there, and hangs up. */
async function endCall(caller: Phone): Promise<void> {
  if (caller.state === 'talking') caller.press('1').hangup();
  await caller.ended();
}
