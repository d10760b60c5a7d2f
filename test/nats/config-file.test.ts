import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { freePort } from '../../scripts/free-port.js';
import { makeAuthority } from '../faults/support/certificates.js';
import { programs, run } from './support/program.js';

/** The configuration of a relay in docs/nats.md. */
function documented(): Record<string, unknown> {
  const page = readFileSync(new URL('../../docs/nats.md', import.meta.url), 'utf8');
  const [, text = ''] = /```json\n(.*?)```/s.exec(page) ?? [];
  return JSON.parse(text) as Record<string, unknown>;
}

/** Names of all options, as a file has them. */
function optionNames(): string[] {
  const help = execFileSync(process.execPath, [programs.relay, '--help'], { encoding: 'utf8' });
  const flags = [...help.matchAll(/^ {2}--([a-z-]+)/gm)].map(([, flag = '']) => flag);
  return flags.map((flag) => flag.replaceAll(/-([a-z])/g, (_all, letter: string) => letter.toUpperCase()));
}

/** What stands in place of other options, and what no file has. */
const others = ['password', 'natsToken', 'natsCredentials', 'version', 'help', 'config'];

/** Where nobody is. */
const settings = {
  url: 'http://127.0.0.1:9',
  username: 'ari',
  password: 'x',
  apps: 'ivr',
  nats: 'nats://127.0.0.1:9',
};

it('the documented configuration of a relay has all options, and is taken as it is, with names in a list or a text', async () => {
  const config = documented();
  expect([...Object.keys(config), ...others].toSorted()).toEqual([...new Set([...optionNames(), 'help'])].toSorted());
  const folder = mkdtempSync(join(tmpdir(), 'ari-relay-'));
  const { ca, client } = makeAuthority('DNS:localhost');
  const contents = { ca, cert: client.cert, key: client.key, natsCa: ca, natsCert: client.cert, natsKey: client.key };
  const files = Object.entries({ ...contents, passwordFile: 'ari-secret' }).map(([name, content]) => {
    writeFileSync(join(folder, name), content);
    return [name, join(folder, name)] as const;
  });
  const nats = `nats://127.0.0.1:${await freePort()}`;
  for (const lists of [
    { apps: config['apps'], nats: [nats] },
    { apps: 'ivr,queue', nats },
  ]) {
    const path = join(folder, 'config.json');
    writeFileSync(path, JSON.stringify({ ...config, ...Object.fromEntries(files), ...lists, healthPort: 0 }));
    const { ended, lines } = run('relay', ['--config', path]);
    // It goes as far as it can without a server.
    expect([await ended, lines.join('\n')]).toEqual([
      1,
      expect.stringContaining('no NATS server takes the connection'),
    ]);
  }
  rmSync(folder, { recursive: true });
});

it('a value that is none is named as it stands in the file: an empty list, and what is only as good as true', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ari-relay-'));
  const path = join(folder, 'config.json');
  const wrong = [
    [{ apps: [] }, "'apps' in --config must not be an empty list"],
    [{ nats: [] }, "'nats' in --config must not be an empty list"],
    [{ apps: ['ivr', 1] }, "'apps' in --config must be a text, a number, true or false, or a list of texts"],
    [{ px: 'yes' }, `'px' in --config must be true or false, not "yes"`],
    [{ subscribeAll: 1 }, "'subscribeAll' in --config must be true or false, not 1"],
    [{ px: [] }, "'px' in --config must be true or false, not []"],
  ] as const;
  for (const [given, words] of wrong) {
    writeFileSync(path, JSON.stringify({ ...settings, ...given }));
    const { ended, lines } = run('relay', ['--config', path]);
    expect([await ended, lines.join('\n')]).toEqual([2, `ari-relay: ${words}`]);
  }
  rmSync(folder, { recursive: true });
});

it('an address for health that is taken is named as it was given', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ari-relay-'));
  const path = join(folder, 'config.json');
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  writeFileSync(path, JSON.stringify({ ...settings, healthPort: port }));
  const refused = async (env: Record<string, string>): Promise<unknown> => {
    const { ended, lines } = run('relay', ['--config', path], env);
    return [await ended, lines.join('\n')];
  };
  expect(await refused({})).toEqual([
    1,
    expect.stringContaining(`'healthPort' in --config ${port}, --health-host 127`),
  ]);
  expect(await refused({ ARI_RELAY_HEALTH_PORT: String(port), ARI_RELAY_HEALTH_HOST: '127.0.0.1' })).toEqual([
    1,
    expect.stringContaining(`ARI_RELAY_HEALTH_PORT ${port}, ARI_RELAY_HEALTH_HOST 127.0.0.1`),
  ]);
  taken.close();
  rmSync(folder, { recursive: true });
});
