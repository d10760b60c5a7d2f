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
import { expect, it } from 'vitest';

const options = { url: 'http://127.0.0.1:9/', username: 'ari', password: 'secret' };
const [client, other] = [new AriClient(options), new AriClient(options)];
const [own, second] = [client.channels.handle('1'), client.channels.handle('2')];
const [foreign, foreignBridge] = [other.channels.handle('1'), other.bridges.handle('b')];
const target = { app: 'ivr', targets: ['PJSIP/alice'] };
const message = { name: 'm', format: 'wav' };

it.each<[flow: string, run: () => Promise<unknown>, what: string]>([
  ['connect', () => connect(client, { channels: [own, other.channels.handle('9')] }), "option 'channels[1]'"],
  ['connect', () => connect(client, { channels: [foreign, second] }), "option 'channels[0]'"],
  ['connect', () => connect(client, { channels: [own, second], bridge: foreignBridge }), "option 'bridge'"],
  ['dial', () => dial(client, { ...target, caller: foreign }), "option 'caller'"],
  [
    'blindTransfer',
    () => blindTransfer(client, { ...target, transferee: foreign, transferrer: second }),
    "option 'transferee'",
  ],
  [
    'attendedTransfer',
    () => attendedTransfer(client, { ...target, transferee: second, transferrer: foreign }),
    "option 'transferrer'",
  ],
  [
    'blindTransfer',
    () => blindTransfer(client, { ...target, transferee: own, transferrer: second, bridge: foreignBridge }),
    "option 'bridge'",
  ],
  ['supervise', () => supervise(client, { supervisor: foreign, channel: second, app: 'ivr' }), "option 'supervisor'"],
  ['supervise', () => supervise(client, { supervisor: second, channel: foreign, app: 'ivr' }), "option 'channel'"],
  ['enter', () => new Queue(client, { app: 'ivr' }).enter(foreign), 'channel'],
  ['join', () => new Conference(client).join(foreign), 'channel'],
  ['recordMessage', () => recordMessage(own, { ...message, bridge: foreignBridge }), "option 'bridge'"],
  ['recordMessage', () => recordMessage(own, { ...message, client: other }), "option 'client'"],
])('%s refuses what is of another client than the rest', async (flow, run, what) => {
  const refused = run();
  await expect(refused).rejects.toBeInstanceOf(AriValidationError);
  await expect(refused).rejects.toThrow(`${flow}: ${what} must be of the same client, not of another one`);
});
