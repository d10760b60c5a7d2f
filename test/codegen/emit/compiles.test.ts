import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { emit } from '../../../codegen/emit/index.js';
import { readApi } from '../../../codegen/generate.js';
import { odd } from './fixtures/odd.js';
import { places } from './fixtures/places.js';
import { playbacks } from './fixtures/playbacks.js';
import { values } from './fixtures/values.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The strictest flags that a user's project may have; what the bindings promise is used, or must be refused. */
const flags =
  'strict exactOptionalPropertyTypes noUncheckedIndexedAccess noPropertyAccessFromIndexSignature noImplicitOverride ' +
  'noImplicitReturns noUnusedLocals noUnusedParameters verbatimModuleSyntax isolatedModules erasableSyntaxOnly ' +
  'noEmit skipLibCheck';
const compilerOptions = {
  ...Object.fromEntries(flags.split(' ').map((flag) => [flag, true])),
  target: 'ES2022',
  lib: ['ES2023', 'ESNext.Disposable'],
  module: 'NodeNext',
  types: ['node'],
  typeRoots: [join(root, 'node_modules/@types')],
  paths: {
    'asterisk-ari/runtime': [join(root, 'src/runtime.ts')],
    'asterisk-ari/validation': [join(root, 'src/validation.ts')],
  },
};

const usage = `
import { AriClient, type Channel } from './places/index.js';
import type { AriEvent, ReferTo } from './places/index.js';
import type { ThingsMakeParams } from './values/index.js';

const client = new AriClient({ url: 'http://localhost:8088/', username: 'me', password: 'secret' });
const id: string = client.channels.handle('1').id;
client.channels.on('Dial', ({ peer, caller }, event) => [peer.id, caller?.id, event.peer.creationtime, id]);
client.channels.on('Replaced', (channel) => channel?.hangup());
client.channels.on('ChannelUserevent', (channel: Channel) => channel.hangup());
client.channels.on('ChannelTransfer', (channels) => channels['refer_to.connected_channel'].hangup());
// @ts-expect-error cannot carry a channel
client.channels.on('ApplicationReplaced', () => undefined);
// @ts-expect-error may be absent
client.channels.on('Replaced', (channel) => channel.hangup());

export function told(event: AriEvent, made: ThingsMakeParams, transfer: ReferTo): void {
  if (event.type === 'ChannelTransfer') event.refer_to.connected_channel?.hangup();
  // @ts-expect-error no such event
  if (event.type === 'Nonsense') return;
  made.only = ['build', 'system'];
  made.only = 'build';
  // @ts-expect-error not one of its values
  made.only = 'bild';
  made.variables = { A: '1', B: { value: '2', report_events: true } };
  // @ts-expect-error variables are texts
  made.variables = { A: 1 };
  // @ts-expect-error data are read only
  transfer.extension = '1';
}
`;

let folder: string;

function write(path: string, text: string): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ari-emit-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

it('the bindings of every fixture and of the oldest bundled branches compile under strict flags, and hold', async () => {
  const models = Object.entries({ odd, places, playbacks, values });
  for (const version of ['16', '18']) {
    const { model } = await readApi({ kind: 'bundled', version });
    models.push([`v${version}`, model]);
  }
  for (const [name, model] of models) {
    for (const [path, text] of emit(model)) {
      write(`${name}/${path}`, text);
    }
  }
  write('usage.ts', usage);
  write('package.json', '{ "type": "module" }');
  write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['**/*.ts'] }));

  const tsc = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder], {
    encoding: 'utf8',
  });
  expect(tsc.stdout + tsc.stderr).toBe('');
  expect(tsc.status).toBe(0);
}, 60_000);
