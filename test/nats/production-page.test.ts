import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { freePort } from '../../scripts/free-port.js';
import { House } from './support/house.js';
import { programOf, runCode } from './support/page.js';

/** The program of the page that has these words, which serves its health at a port. */
function programWith(words: string, port: number): string {
  return programOf('docs/production.md', words).replace(/\.listen\(\d+\)/, `.listen(${port})`);
}

/** The status that is told at a path, over a connection that is kept open. */
function statusAt(port: number, path: string, agent: Agent): Promise<number | undefined> {
  return new Promise((resolve) => {
    const request = get({ port, path, agent }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode));
    });
    request.once('error', () => resolve(undefined));
  });
}

/** How a program ends that is told to, while somebody keeps connections to it open. */
async function endOf(code: string, port: number, env: Record<string, string>): Promise<unknown> {
  const child = runCode(code, env);
  const ended = once(child, 'exit');
  const agent = new Agent({ keepAlive: true });
  await expect.poll(() => statusAt(port, '/ready', agent)).toBe(200);
  const silent = connect(port, '127.0.0.1').on('error', () => undefined);
  await once(silent, 'connect');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 8_000);
  const [exit] = await ended;
  clearTimeout(late);
  silent.destroy();
  agent.destroy();
  return exit;
}

it('the worker of the page ends by itself once it has drained, whoever is connected to its health', async () => {
  await using house = await House.open();
  const asterisk = await house.asterisk('a');
  await house.relay(asterisk);
  const port = await freePort();
  const fleet = `
    import { AriClient } from 'asterisk-ari';
    import { connectFleet } from 'asterisk-ari/nats';
    const fleet = await connectFleet({ client: AriClient, servers: '${house.nats.url}', apps: ['ivr'] });`;
  expect(await endOf(fleet + programWith('fleet.drain', port), port, {})).toBe(0);
});

it('so does the one with a client', async () => {
  await using house = await House.open();
  const { url, username, password } = await house.asterisk('a');
  const port = await freePort();
  const env = { ARI_URL: url, ARI_USERNAME: username, ARI_PASSWORD: password };
  expect(await endOf(programWith('client.idle', port), port, env)).toBe(0);
});
