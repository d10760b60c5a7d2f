import { afterAll, beforeAll, expect, it } from 'vitest';
import { emit } from '../../../codegen/emit/index.js';
import { readApi } from '../../../codegen/generate.js';
import { TypeScriptProject } from '../../support/typescript-project.js';
import { STRICTEST } from '../support/fuzz.js';
import { names } from './fixtures/names.js';
import { odd } from './fixtures/odd.js';
import { places } from './fixtures/places.js';
import { playbacks } from './fixtures/playbacks.js';
import { values } from './fixtures/values.js';

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
  made.variables = { A: 1, B: { value: 2 } };
  // @ts-expect-error variables are texts or numbers
  made.variables = { A: true };
  // @ts-expect-error data are read only
  transfer.extension = '1';
}
`;

let project: TypeScriptProject;

beforeAll(() => {
  project = new TypeScriptProject(STRICTEST.split(' '));
});

afterAll(() => {
  project.remove();
});

it('the bindings of every fixture and of the oldest bundled branches compile under strict flags, and hold', async () => {
  const models = Object.entries({ odd, places, playbacks, values, names: names() });
  for (const version of ['16', '18']) {
    const { model } = await readApi({ kind: 'bundled', version });
    models.push([`v${version}`, model]);
  }
  for (const [name, model] of models) {
    for (const [path, text] of emit(model)) {
      project.write(`${name}/${path}`, text);
    }
  }
  project.write('usage.ts', usage);

  const { output, status } = project.compile();
  expect(output).toBe('');
  expect(status).toBe(0);
}, 60_000);
