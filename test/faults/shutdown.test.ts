import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { startAsterisk, type TestAsterisk } from 'asterisk-ari/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RawAsterisk, refuseWith } from './support/raw-asterisk.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

let asterisk: TestAsterisk;
let raw: RawAsterisk;

beforeEach(async () => {
  asterisk = await startAsterisk();
  raw = await RawAsterisk.start();
});

afterEach(async () => {
  await asterisk.close();
  await raw[Symbol.asyncDispose]();
});

const prelude = `
  import { connect, AriClient } from 'asterisk-ari';
  const [url, password] = process.argv.slice(1);
  const options = { url, username: 'ari', password, timeoutMs: 1_000, reconnect: { delay: () => 60_000 } };
  const failed = (error) => error.name;
  const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
`;

/** What is left when nothing of the client should be: pipes to this process do not count. */
const epilogue = `
  await sleep(0);
  console.log(process.getActiveResourcesInfo().filter((name) => name !== 'PipeWrap').join() || 'nothing left');
`;

/** Runs a program until it ends by itself, and returns what it printed. */
async function run(code: string, url = asterisk.url, password = 'ari-secret'): Promise<string> {
  const args = ['--input-type=module', '-e', prelude + code + epilogue, url, password];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const timer = setTimeout(() => {
    output += '(did not end by itself)';
    child.kill('SIGKILL');
  }, 15_000);
  const code_ = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearTimeout(timer);
  return `${output.trim()} (${code_})`;
}

describe('a process ends by itself', () => {
  it('after close(), where device states had to be unsubscribed from', async () => {
    const output = await run(`
      const client = await connect(options);
      await client.start('hello', { subscribeAll: true });
      await client.close();
    `);
    expect(output).toBe('nothing left (0)');
  });

  it('after close(), with everything in use', async () => {
    const output = await run(`
      const client = await connect(options);
      await client.start('hello');
      client.channels.on('StasisStart', (channel) => channel.on('StasisEnd', () => undefined));
      const channel = client.channels.handle();
      const started = channel.waitFor('StasisStart');
      await channel.originateWithId({ endpoint: 'Local/wait@default', app: 'hello' });
      await started;
      const waits = [
        channel.waitFor('ChannelDestroyed').catch(failed),
        client.waitFor('StasisEnd', { timeoutMs: 60_000 }).catch(failed),
        client.stream('StasisEnd').next().then(({ done }) => done),
        client.asterisk.ping({ timeoutMs: 0 }).catch(failed),
      ];
      await client.close();
      await client.close();
      console.log((await Promise.all(waits)).join());
      console.log(await client.waitFor('StasisEnd').catch(failed), client.on('StasisEnd', () => undefined).closed);
    `);
    expect(output).toBe('AriAbortError,AriAbortError,true,AriAbortError\nAriAbortError true\nnothing left (0)');
  });

  it('with a client that was only made, or only connected', async () => {
    const output = await run(`
      new AriClient(options);
      await connect(options);
    `);
    expect(output).toContain('(0)');
    expect(output).not.toContain('did not end');
  });

  it('after a connect() that failed: refused, unknown user, no answer', async () => {
    const connecting = `console.log(await connect(options).catch(failed));`;
    expect(await run(connecting, 'http://127.0.0.1:1/')).toBe('AriConnectionError\nnothing left (0)');
    expect(await run(connecting, asterisk.url, 'wrong')).toBe('UnauthorizedError\nnothing left (0)');
    raw.answer = () => undefined;
    expect(await run(connecting, raw.url)).toBe('AriTimeoutError\nnothing left (0)');
  });

  it('after a start() that failed: refused, or without an answer', async () => {
    const starting = `
      const client = await connect(options);
      console.log(await client.start('hello').catch(failed), client.state);
      await client.close();
    `;
    raw.refusal = refuseWith(403);
    expect(await run(starting, raw.url)).toBe('ForbiddenError closed\nnothing left (0)');
    raw.refusal = () => undefined;
    expect(await run(starting, raw.url)).toBe('AriTimeoutError closed\nnothing left (0)');
  });

  it('after run() was aborted while connecting, while open, and while waiting to reconnect', async () => {
    const running = (untilState: string): string => `
      const client = await connect(options);
      const controller = new AbortController();
      const run = client.run('hello', { signal: controller.signal });
      if (client.state !== '${untilState}') {
        await client.waitFor('state', { where: ({ state }) => state === '${untilState}' });
      }
      controller.abort();
      await run;
      console.log(client.state);
      await client.close();
    `;
    expect(await run(running('open'))).toBe('closed\nnothing left (0)');
    raw.refusal = () => undefined;
    expect(await run(running('connecting'), raw.url)).toBe('closed\nnothing left (0)');
    raw.refusal = undefined;
    const cutting = setInterval(() => raw.sockets.forEach((socket) => socket.terminate()), 50);
    expect(await run(running('reconnecting'), raw.url)).toBe('closed\nnothing left (0)');
    clearInterval(cutting);
  });

  // Windows has no signal that a process can prepare for its end at.
  it.runIf(process.platform !== 'win32')('that drains: no new calls, the running ones to their end', async () => {
    const environment = { ...process.env, ARI_URL: asterisk.url, ARI_USERNAME: 'ari', ARI_PASSWORD: 'ari-secret' };
    const child = spawn(process.execPath, ['--import', 'tsx', 'examples/graceful-drain.ts', '--serve'], {
      cwd: root,
      env: environment,
      stdio: 'ignore',
    });
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    await expect.poll(() => asterisk.journal.requestsTo({ path: '/events' }).length, { timeout: 10_000 }).toBe(1);
    const running = asterisk.call({ to: 'stasis-graceful-drain', from: '100' });
    await expect.poll(() => running.state).toBe('talking');
    child.kill('SIGTERM');
    // It is draining when it sends a call on: until then, calls end as if nobody had asked for it.
    await expect
      .poll(
        () => {
          asterisk.call({ to: 'stasis-graceful-drain', from: '200' }).hangup();
          return asterisk.journal.requestsTo({ method: 'POST' }).some(({ path }) => path.endsWith('/continue'));
        },
        { timeout: 5_000 },
      )
      .toBe(true);
    expect(child.exitCode).toBeNull();
    expect(running.state).toBe('talking');
    running.hangup();
    expect(await ended).toBe(0);
  });

  it('after the connection was given up', async () => {
    const cutting = setInterval(() => raw.sockets.forEach((socket) => socket.terminate()), 50);
    const output = await run(
      `
      const client = await connect({ ...options, reconnect: false });
      console.log(await client.run('hello').catch(failed), client.state);
      await client.close();
    `,
      raw.url,
    );
    clearInterval(cutting);
    expect(output).toBe('AriConnectionError closed\nnothing left (0)');
  });
});
