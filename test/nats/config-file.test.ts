import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
