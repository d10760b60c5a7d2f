import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';

const run = promisify(execFile);
let project: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'stripping-'));
  mkdirSync(join(project, 'node_modules'));
  symlinkSync(process.cwd(), join(project, 'node_modules/asterisk-ari'), 'junction');
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
});

afterEach(() => rmSync(project, { recursive: true, force: true }));

const source = `
import { connect, release, type Channel } from './ari/index.ts';
import { startAsterisk } from 'asterisk-ari/testing';

const asterisk = await startAsterisk({ version: '20' });
const { url, username, password } = asterisk;
const client = await connect({ url, username, password, validation: 'full' });
const answered = new Promise<string>((resolve) => {
  client.channels.on('StasisStart', async (channel: Channel) => {
    await channel.answer();
    resolve((await channel.getChannelVar({ variable: 'CHANNEL(state)' })).value);
  });
});
await client.start('hello');
asterisk.call({ to: 'stasis-hello' });
console.log(release, await answered);
await client.close();
await asterisk.close();
`;

/** Node 20 does not strip types itself. */
const loader = 'typescript' in process.features ? [] : ['--import', import.meta.resolve('tsx')];

it('bindings that import one another as .ts run as they are', async () => {
  const args = ['--asterisk-version', '20', '--out', 'ari', '--import-extension', '.ts', '--quiet'];
  await run(process.execPath, [resolve('codegen/bin/ari-codegen.js'), ...args], { cwd: project });
  writeFileSync(join(project, 'main.ts'), source);
  const { stdout } = await run(process.execPath, [...loader, 'main.ts'], { cwd: project });
  expect(stdout).toBe('20.20.1 Up\n');
}, 60_000);
