import { AriAbortError, AriTimeoutError, connect, type AriClient, type ListenerFailure } from 'asterisk-ari';
import { startAsterisk, type TestAsterisk } from 'asterisk-ari/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let asterisk: TestAsterisk;
let client: AriClient;
let failures: ListenerFailure[];

beforeEach(async () => {
  asterisk = await startAsterisk();
});

afterEach(() => asterisk.close());

async function connectWith(transport: 'auto' | 'http'): Promise<void> {
  client = await connect(asterisk.url, asterisk.username, asterisk.password, { transport });
  failures = [];
  client.on('listenerError', (failure) => failures.push(failure));
  await client.start('hello');
}

describe.each(['auto', 'http'] as const)('idle(), with transport %s', (transport) => {
  beforeEach(() => connectWith(transport));
  afterEach(() => client.close());

  it('resolves when nothing was started', async () => {
    await client.idle();
  });

  it('waits for what a listener awaits, and for what that starts in turn', async () => {
    const done: string[] = [];
    client.channels.on('StasisStart', async (channel) => {
      await channel.answer();
      done.push('answered');
      const playback = client.playbacks.handle();
      const finished = playback.waitFor('PlaybackFinished');
      await channel.playWithId({ playbackId: playback.id, media: 'sound:hello-world' });
      await finished;
      done.push('played');
      await channel.hangup();
      done.push('hung up');
    });
    client.channels.on('StasisEnd', async (channel) => {
      await client.endpoints.list();
      done.push(`ended ${channel.state}`);
    });
    const caller = asterisk.call({ to: 'stasis-hello' });
    await client.waitFor('StasisStart');
    await client.idle();
    expect(done.slice(0, 3)).toEqual(['answered', 'played', 'hung up']);
    await caller.ended();
    await client.idle();
    expect(done).toHaveLength(4);
  });

  it('waits for requests that nobody awaits', async () => {
    let answers = 0;
    client.channels.on('StasisStart', (channel) => {
      void channel.answer().then(() => (answers += 1));
      void channel.ring().then(() => (answers += 1));
    });
    asterisk.call({ to: 'stasis-hello' });
    await client.waitFor('StasisStart');
    await client.idle();
    expect(answers).toBe(2);
  });

  it('is not kept waiting by a listener that failed', async () => {
    client.on('StasisStart', () => Promise.reject(new Error('mine')));
    asterisk.call({ to: 'stasis-hello' });
    await client.waitFor('StasisStart');
    await client.idle();
    expect(failures.map(({ error }) => String(error))).toEqual(['Error: mine']);
  });

  it('gives up when its time is over or its signal aborts, and says what is under way', async () => {
    client.channels.on('StasisStart', (channel) => channel.waitFor('StasisEnd'));
    asterisk.call({ to: 'stasis-hello' });
    await client.waitFor('StasisStart');
    const late = client.idle({ timeoutMs: 20 });
    await expect(late).rejects.toThrow(AriTimeoutError);
    await expect(late).rejects.toThrow('promises of 1 listeners and 0 requests');
    const controller = new AbortController();
    const aborted = client.idle({ signal: controller.signal });
    controller.abort();
    await expect(aborted).rejects.toThrow(AriAbortError);
    await expect(client.idle({ signal: AbortSignal.abort() })).rejects.toThrow(AriAbortError);
  });

  it('resolves when the client is closed', async () => {
    client.channels.on('StasisStart', (channel) => channel.waitFor('StasisEnd'));
    asterisk.call({ to: 'stasis-hello' });
    await client.waitFor('StasisStart');
    const idle = client.idle();
    await client.close();
    await idle;
  });
});

describe.each(['auto', 'http'] as const)('close(), with transport %s', (transport) => {
  beforeEach(() => connectWith(transport));

  it('is no failure of a listener whose request or wait it gives up', async () => {
    const outcomes: string[] = [];
    const outcome = (work: Promise<unknown>): Promise<unknown> =>
      work.catch((error: Error) => {
        outcomes.push(error.name);
        throw error;
      });
    asterisk.faults.next({ path: '/channels/*/answer' }).delay(2_000);
    client.channels.on('StasisStart', (channel) => outcome(channel.answer()));
    client.channels.on('StasisStart', (channel) => outcome(channel.waitFor('StasisEnd')));
    client.onApplicationRegistered('hello', () => outcome(client.waitFor('ChannelDestroyed')));
    asterisk.call({ to: 'stasis-hello' });
    await client.waitFor('StasisStart');
    await client.close();
    await client.idle();
    expect(outcomes).toEqual(['AriAbortError', 'AriAbortError', 'AriAbortError']);
    // Stray warnings fail the test as well.
    expect(failures).toEqual([]);
  });

  it('hides no other failure', async () => {
    await client.close();
    const lines: string[] = [];
    const logger = { debug: silent, info: silent, warn: silent, error: (line: string) => lines.push(line) };
    client = await connect(asterisk.url, asterisk.username, asterisk.password, { transport, logger });
    await client.start('hello');
    client.on('StasisStart', async () => {
      await client.waitFor('StasisEnd').catch(() => undefined);
      throw new Error('cleaning up failed');
    });
    asterisk.call({ to: 'stasis-hello' });
    await client.waitFor('StasisStart');
    await client.close();
    await client.idle();
    expect(lines).toEqual([expect.stringContaining('cleaning up failed')]);
  });
});

function silent(): void {
  // Not looked at.
}
