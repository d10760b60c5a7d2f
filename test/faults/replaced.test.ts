import { connect, type AriClient } from 'asterisk-ari';
import { startAsterisk, type TestAsterisk } from 'asterisk-ari/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { atOnce, names, until, watchStates } from './support/states.js';

let asterisk: TestAsterisk;
let client: AriClient;
let rival: AriClient;

beforeEach(async () => {
  asterisk = await startAsterisk();
  client = await connect(asterisk.url, asterisk.username, asterisk.password, { reconnect: atOnce });
  rival = await connect(asterisk.url, asterisk.username, asterisk.password, { reconnect: atOnce });
});

afterEach(async () => {
  await Promise.all([client.close(), rival.close()]);
  await asterisk.close();
});

describe('an application that another connection takes over', () => {
  it('is left to it: run() ends, the state tells why, and nobody fights', async () => {
    const changes = watchStates(client);
    const run = client.run('hello');
    await until(client, 'open');
    const told = client.waitFor('replaced');
    await rival.start('hello');
    expect(await told).toEqual({ app: 'hello', remaining: [], takingBack: false });
    await run;
    expect(client.state).toBe('replaced');
    expect(await client.closed).toBeUndefined();
    expect(names(changes)).toEqual(['connecting', 'open', 'replaced']);
    expect(rival.state).toBe('open');
    const heard = rival.waitFor('StasisStart', { timeoutMs: 5_000 });
    asterisk.call({ to: 'stasis-hello' });
    await heard;
  });

  it('leaves the other applications of the connection as they are', async () => {
    await client.start(['hello', 'mine']);
    const gone: string[] = [];
    client.onApplicationDeregistered('hello', (app) => gone.push(app));
    client.onApplicationDeregistered('mine', (app) => gone.push(app));
    const told = client.waitFor('replaced');
    await rival.start('hello');
    expect(await told).toMatchObject({ app: 'hello', remaining: ['mine'] });
    expect(gone).toEqual(['hello']);
    expect(client.state).toBe('open');
    const heard = client.waitFor('StasisStart', { timeoutMs: 5_000 });
    asterisk.call({ to: 'stasis-mine' });
    expect((await heard).application).toBe('mine');
  });

  it('is not asked for again when the connection breaks later', async () => {
    await client.start(['hello', 'mine']);
    const told = client.waitFor('replaced');
    await rival.start('hello');
    await told;
    const back = until(client, 'open');
    asterisk.faults.dropSocket('mine');
    await back;
    expect(rival.state).toBe('open');
    const heard = rival.waitFor('StasisStart', { timeoutMs: 5_000 });
    asterisk.call({ to: 'stasis-hello' });
    await heard;
  });

  it('can be started again, which takes it back', async () => {
    await client.start('hello');
    const lost = until(client, 'replaced');
    await rival.start('hello');
    await lost;
    const replaced = until(rival, 'replaced');
    await client.start('hello');
    await replaced;
    expect(client.state).toBe('open');
  });

  it('is taken back where the option says so, with the delays of reconnecting', async () => {
    await client.close();
    const delays: number[] = [];
    const delay = (attempt: number): number => {
      delays.push(attempt);
      return 1;
    };
    client = await connect(asterisk.url, asterisk.username, asterisk.password, {
      whenReplaced: 'takeBack',
      reconnect: { delay },
    });
    const changes = watchStates(client);
    await client.start('hello');
    const told = client.waitFor('replaced');
    const back = until(client, 'reconnecting').then(() => until(client, 'open'));
    const lost = until(rival, 'replaced');
    await rival.start('hello');
    expect(await told).toMatchObject({ app: 'hello', takingBack: true });
    await Promise.all([back, lost]);
    expect(names(changes)).toEqual(['connecting', 'open', 'reconnecting', 'open']);
    expect(changes[2]?.error?.message).toContain('taken over the application hello');
    expect(delays).toEqual([1]);
  });
});
