import type { AriClient, Channel } from 'asterisk-ari';
import { gather, menu, recordMessage, supervise } from 'asterisk-ari/flows';

declare const client: AriClient;
declare const channel: Channel;

const bridge = client.bridges.handle();
await gather(channel, { length: 4, maxDigits: 8 }); // TS2322
await gather(channel, { minDigits: 1, length: 4 }); // TS2322
await menu(channel, { choices: { 1: () => 1 }, length: 1 }); // TS2353
await recordMessage(channel, { name: 'message', bridge, snoop: { app: 'flow' } }); // TS2345
await supervise(client, { supervisor: channel, channel }); // TS2769
