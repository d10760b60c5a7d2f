import { AriClient, AriValidationError } from 'asterisk-ari';
import {
  attendedTransfer,
  blindTransfer,
  Conference,
  connect,
  dial,
  Queue,
  recordMessage,
  supervise,
} from 'asterisk-ari/flows';
import { serve } from 'asterisk-ari/outbound';
import { startAsterisk } from 'asterisk-ari/testing';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

const credentials = { username: 'pbx', password: 'pbx-secret' };
const message = { name: 'm', format: 'wav' };
const target = { app: 'ivr', targets: ['PJSIP/alice'] };

const clients: AriClient[] = [];
const open: AsyncDisposable[] = [];

beforeAll(async () => {
  const server = await serve({ client: AriClient, port: 0, ...credentials }, (connection) => {
    clients.push(connection.client);
  });
  open.push(server);
  for (const [entityId, app] of [
    ['a', 'ivr'],
    ['b', 'ivr'],
    ['b', 'other'],
  ] as const) {
    const outbound = [{ uri: `ws://127.0.0.1:${server.port}/`, ...credentials, apps: [app], reconnectInterval: 20 }];
    open.push(await startAsterisk({ outbound, entityId }));
    await vi.waitUntil(() => clients.length === open.length - 1 && clients.every(({ state }) => state === 'open'));
  }
});

afterAll(async () => {
  for (const each of open.toReversed()) await each[Symbol.asyncDispose]();
});

/** A client of one Asterisk with two channels, one of another one with a channel and a bridge, and another one of that. */
function parties() {
  const [client, other, same] = clients as [AriClient, AriClient, AriClient];
  const [own, second] = [client.channels.handle('1'), client.channels.handle('2')];
  return {
    client,
    other,
    same,
    own,
    second,
    foreign: other.channels.handle('1'),
    foreignBridge: other.bridges.handle('b'),
  };
}

type Parties = ReturnType<typeof parties>;

it.each<[flow: string, run: (parties: Parties) => Promise<unknown>, what: string]>([
  [
    'connect',
    ({ client, own, other }) => connect(client, { channels: [own, other.channels.handle('9')] }),
    "option 'channels[1]'",
  ],
  [
    'connect',
    ({ client, second, foreign }) => connect(client, { channels: [foreign, second] }),
    "option 'channels[0]'",
  ],
  [
    'connect',
    ({ client, own, second, foreignBridge }) => connect(client, { channels: [own, second], bridge: foreignBridge }),
    "option 'bridge'",
  ],
  ['dial', ({ client, foreign }) => dial(client, { ...target, caller: foreign }), "option 'caller'"],
  [
    'blindTransfer',
    ({ client, second, foreign }) => blindTransfer(client, { ...target, transferee: foreign, transferrer: second }),
    "option 'transferee'",
  ],
  [
    'attendedTransfer',
    ({ client, second, foreign }) => attendedTransfer(client, { ...target, transferee: second, transferrer: foreign }),
    "option 'transferrer'",
  ],
  [
    'blindTransfer',
    ({ client, own, second, foreignBridge }) =>
      blindTransfer(client, { ...target, transferee: own, transferrer: second, bridge: foreignBridge }),
    "option 'bridge'",
  ],
  [
    'supervise',
    ({ client, second, foreign }) => supervise(client, { supervisor: foreign, channel: second, app: 'ivr' }),
    "option 'supervisor'",
  ],
  [
    'supervise',
    ({ client, second, foreign }) => supervise(client, { supervisor: second, channel: foreign, app: 'ivr' }),
    "option 'channel'",
  ],
  ['enter', ({ client, foreign }) => new Queue(client, { app: 'ivr' }).enter(foreign), 'channel'],
  ['join', ({ client, foreign }) => new Conference(client).join(foreign), 'channel'],
  [
    'recordMessage',
    ({ own, foreignBridge }) => recordMessage(own, { ...message, bridge: foreignBridge }),
    "option 'bridge'",
  ],
  ['recordMessage', ({ own, other }) => recordMessage(own, { ...message, client: other }), "option 'client'"],
])('%s refuses what is of another Asterisk than the rest', async (flow, run, what) => {
  const refused = run(parties());
  await expect(refused).rejects.toBeInstanceOf(AriValidationError);
  await expect(refused).rejects.toThrow(`${flow}: ${what} must be of the same Asterisk as the rest, `);
});

it('lets through what another connection to the same Asterisk has', async () => {
  const { other, same } = parties();
  const joining = new Conference(other).join(same.channels.handle('1'));
  await expect(joining).resolves.toMatchObject({ reason: 'hangup' });
});
