// asterisk-ari/outbound: a connection that the double opens for a call.
import assert from 'node:assert/strict';
import { AriClient } from 'asterisk-ari';
import { serve } from 'asterisk-ari/outbound';
import { startAsterisk } from 'asterisk-ari/testing';

const credentials = { username: 'pbx', password: 'pbx-secret' };
let onConnection;
const connected = new Promise((resolve) => {
  onConnection = resolve;
});
const server = await serve({ client: AriClient, port: 0, ...credentials }, onConnection);
const asterisk = await startAsterisk({
  outbound: [
    { uri: `ws://127.0.0.1:${server.port}/`, ...credentials, connectionType: 'per_call_config', apps: ['ivr'] },
  ],
});

asterisk.call({ to: 'stasis-ivr' });
const connection = await connected;
assert.equal(connection.kind, 'perCall');
const { channel, args } = await connection.call();
assert.deepEqual(args, []);
await channel.answer();
await channel.hangup();
assert.equal(await connection.closed, undefined);

await asterisk.close();
await server.close();
