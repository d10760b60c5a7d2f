import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { readFileSync } from 'node:fs';
import { startAsterisk } from 'asterisk-ari/testing';
import { describe, expect, it } from 'vitest';
import { names, runExample } from './all.js';
import { startServing } from './serving.js';

describe('the demonstration of', () => {
  it.each(names)('%s', async (name) => {
    // At a real clock's pace: what callers do in the middle of a prompt has to come in the middle of it.
    await using asterisk = await startAsterisk({ clock: 'real', speed: 10, sounds: { 'asterisk-friend': 2180 } });
    await runExample(name, asterisk);
    expect(asterisk.channelIds).toEqual([]);
  });
});

describe('an example as a program', () => {
  const run = async (...args: readonly string[]) => {
    const { ARI_URL: _url, ARI_USERNAME: _username, ARI_PASSWORD: _password, ...env } = process.env;
    const child = spawn(process.execPath, ['--import', 'tsx', ...args], { stdio: 'pipe', env, timeout: 30_000 });
    const closed = once(child, 'close');
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
    const [status] = (await closed) as [number | null];
    return { stdout, stderr, status };
  };

  it('needs no configuration, and ends by itself', async () => {
    const { status, stdout, stderr } = await run('examples/hello.ts');
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^Asterisk 22\.[\d.]+ at http:\/\/127\.0\.0\.1:\d+, application hello\nann calls\n/);
    expect(stdout).toMatch(/\nover\n$/);
    expect(status).toBe(0);
  });

  it.each([
    ['--serve', '--serve needs an Asterisk: set ARI_URL'],
    ['--server', '--server is not known'],
  ])('says what is wrong with how it was started: %s', async (mode, complaint) => {
    const { status, stderr } = await run('examples/hello.ts', mode);
    expect(stderr).toContain(complaint);
    expect(status).toBe(1);
  });

  it('serves callers of an Asterisk until it is interrupted, and ends their calls as it should', async () => {
    await using asterisk = await startAsterisk();
    const settings = { ARI_URL: asterisk.url, ARI_USERNAME: asterisk.username, ARI_PASSWORD: asterisk.password };
    const program = startServing('examples/graceful-drain.ts', settings);
    await program.says('Stasis(graceful-drain) leads here');
    const ann = asterisk.call({ to: 'stasis-graceful-drain' });
    await ann.hears('sound:hello-world');
    program.interrupt();
    await program.says('SIGINT: ends as soon as it may');
    const bob = asterisk.call({ to: 'stasis-graceful-drain', from: '200' });
    await bob.ended();
    expect(ann.state).toBe('talking');
    ann.hangup();
    expect(await program.ended()).toBe(0);
  });
});

it('the index names every example, with what it says of itself', () => {
  const index = readFileSync('docs/examples.md', 'utf8');
  expect(names.filter((name) => !index.includes(`](../examples/${name}.ts)`))).toEqual([]);
  expect(names.filter((name) => !readFileSync(`examples/${name}.ts`, 'utf8').startsWith('/**\n * '))).toEqual([]);
});
