import { AriAbortError, AriError, AriValidationError, connect, UnauthorizedError } from 'asterisk-ari';
import { startAsterisk, type TestAsterisk } from 'asterisk-ari/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let asterisk: TestAsterisk;

beforeEach(async () => {
  asterisk = await startAsterisk();
});

afterEach(() => asterisk.close());

const patience = { timeoutMs: 5000 };

describe('running', () => {
  it('start() resolves when the connection is open, stop() when it is closed; then it can start again', async () => {
    await using client = await connect(asterisk.url, asterisk.username, asterisk.password);
    const states: string[] = [];
    client.on('state', ({ state }) => states.push(state));
    expect(client.state).toBe('closed');
    await client.start('hello');
    expect(client.state).toBe('open');
    await expect(client.start('other')).rejects.toThrow(/already started for hello/);
    await client.stop();
    expect(client.state).toBe('closed');
    await client.start(['hello', 'other']);
    await client.stop();
    expect(states.filter((state) => state !== 'connecting')).toEqual(['open', 'closed', 'open', 'closed']);
  });

  it('run() ends with stop(), with its signal, and with close()', async () => {
    await using client = await connect(asterisk.url, asterisk.username, asterisk.password);
    const open = async (): Promise<unknown> => client.waitFor('state', { where: ({ state }) => state === 'open' });
    const stopped = client.run('hello');
    await open();
    await client.stop();
    await stopped;
    const controller = new AbortController();
    const aborted = client.run('hello', { signal: controller.signal });
    await open();
    controller.abort();
    await aborted;
    await client.run('hello', { signal: AbortSignal.abort() });
    const closed = client.run('hello');
    await open();
    await client.close();
    await closed;
    await expect(client.start('hello')).rejects.toThrow(AriError);
  });

  it('start() is given up by its signal', async () => {
    await using client = await connect(asterisk.url, asterisk.username, asterisk.password);
    await expect(client.start('hello', { signal: AbortSignal.abort() })).rejects.toThrow(AriAbortError);
    expect(client.state).toBe('closed');
  });

  it('several applications share a connection, and events.eventWebsocket is another name of start', async () => {
    await using client = await connect(asterisk.url, asterisk.username, asterisk.password);
    await client.events.eventWebsocket({ app: ['one', 'two'] });
    const names = (await client.applications.list()).map(({ name }) => name);
    expect(names.sort()).toEqual(['one', 'two']);
    const heard = client.waitFor('StasisStart', { ...patience, where: ({ application }) => application === 'two' });
    await client.channels.originate({ endpoint: 'Local/wait@default', app: 'two' });
    expect((await heard).channel.state).toBe('Up');
  });

  it('names of applications are checked before anything is sent', async () => {
    await using client = await connect(asterisk.url, asterisk.username, asterisk.password);
    await expect(client.start([])).rejects.toThrow(AriValidationError);
    await expect(client.start('a,,b')).rejects.toThrow(/1 to 73 bytes/);
    await expect(client.start('x'.repeat(74))).rejects.toThrow(/1 to 73 bytes/);
  });

  it('tells when an application is registered and deregistered, also one that asks late', async () => {
    await using client = await connect(asterisk.url, asterisk.username, asterisk.password);
    const told: string[] = [];
    client.onApplicationRegistered('hello', (app) => told.push(`+${app}`));
    client.onApplicationDeregistered('hello', (app) => told.push(`-${app}`));
    const closed = client.onApplicationRegistered('hello', () => told.push('never'));
    closed.close();
    await client.start('hello');
    client.onApplicationRegistered('hello', () => told.push('+late'));
    client.onApplicationRegistered('other', () => told.push('never'));
    await client.stop();
    expect(told).toEqual(['+hello', '+late', '-hello']);
  });
});

describe('connecting', () => {
  it('takes a URL with a prefix, with or without a slash, and with /ari', async () => {
    await using prefixed = await startAsterisk({ prefix: 'asterisk' });
    const base = new URL('/asterisk', prefixed.url).href;
    for (const url of [base, `${base}/`, `${base}/ari`, `${base}/ari/`]) {
      await using client = await connect({ url, username: prefixed.username, password: prefixed.password });
      await client.start('hello');
      expect((await client.applications.list()).map(({ name }) => name)).toEqual(['hello']);
    }
  });

  it('two clients to two servers with other credentials share nothing', async () => {
    await using other = await startAsterisk({ users: { someone: { password: 'else' } } });
    await using here = await connect(asterisk.url, asterisk.username, asterisk.password);
    await using there = await connect(other.url, 'someone', 'else');
    await here.start('hello');
    await there.start('hello');
    const heard: string[] = [];
    here.on('StasisStart', ({ channel }) => heard.push(`here ${channel.id}`));
    there.channels.on('StasisStart', (channel) => heard.push(`there ${channel.id}`));
    const arrived = [here.waitFor('StasisStart', patience), there.waitFor('StasisStart', patience)];
    await here.channels.originate({ endpoint: 'Local/wait@default', app: 'hello', channelId: 'a' });
    await there.channels.originate({ endpoint: 'Local/wait@default', app: 'hello', channelId: 'b' });
    await Promise.all(arrived);
    expect(heard.sort()).toEqual(['here a', 'there b']);
    await expect(connect(other.url, asterisk.username, asterisk.password)).rejects.toThrow(UnauthorizedError);
  });

  const wrong: [object, RegExp][] = [
    [{ url: 'ftp://pbx/' }, /option 'url' must begin with http: or https:/],
    [{ url: 'pbx' }, /option 'url' must be that of an HTTP server/],
    [{ url: 'http://hey:peekaboo@pbx/' }, /option 'url' must not hold credentials/],
    [{ username: 'a:b' }, /option 'username' .*no colon/],
    [{ password: '' }, /option 'password' must be a string that is not empty/],
    [{ timeoutMs: -1 }, /option 'timeoutMs' must be a whole number, at least 0/],
    [{ timeout: 5 }, /option 'timeout' does not exist; allowed are url/],
  ];

  it.each(wrong)('refuses %j', async (options, message) => {
    const error = await connect({ url: 'http://pbx/', username: 'a', password: 'b', ...options }).catch(
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(AriValidationError);
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).not.toContain('peekaboo');
  });
});
