// asterisk-ari/outbound and asterisk-ari/media on the server of an application with Express or Fastify.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { AriClient, connect } from 'asterisk-ari';
import { openMedia, startMediaServer } from 'asterisk-ari/media';
import { serve } from 'asterisk-ari/outbound';
import { startAsterisk } from 'asterisk-ari/testing';

/** Each answers at /hello, and nowhere else. */
const frameworks = {
  async express() {
    const { default: express } = await import('express');
    const app = express();
    app.get('/hello', (_request, response) => response.send('hello'));
    const server = createServer(app);
    return { server, listen: () => new Promise((resolve) => server.listen(0, '127.0.0.1', resolve)) };
  },
  async fastify() {
    const { default: fastify } = await import('fastify');
    const app = fastify();
    app.get('/hello', () => 'hello');
    await app.ready();
    return { server: app.server, listen: () => app.listen({ port: 0, host: '127.0.0.1' }) };
  },
};

const credentials = { username: 'pbx', password: 'pbx-secret' };
const { server, listen } = await frameworks[process.argv[2]]();
let onConnection;
const connected = new Promise((resolve) => {
  onConnection = resolve;
});
const worker = await serve({ client: AriClient, server, path: '/ari', ...credentials }, onConnection);
const mediaServer = await startMediaServer({ server, path: '/media', ...credentials });
await listen();
const { port } = server.address();
assert.equal(worker.port, port);

const uri = `ws://127.0.0.1:${port}/ari?worker=1`;
const asterisk = await startAsterisk({
  outbound: [{ uri, ...credentials, connectionType: 'per_call_config', apps: ['ivr'] }],
});

// A call, with requests over the socket.
asterisk.call({ to: 'stasis-ivr' });
const connection = await connected;
assert.equal(connection.requestUrl, '/ari?worker=1');
const { channel } = await connection.call();
await channel.answer();
await channel.hangup();
assert.equal(await connection.closed, undefined);

// Media.
const client = await connect(asterisk.url, asterisk.username, asterisk.password);
await client.start('voice');
const fields = Object.entries({ uri: `ws://127.0.0.1:${port}/media`, protocols: 'media', ...credentials });
await client.asterisk.updateObject({
  configClass: 'res_websocket_client',
  objectType: 'websocket_client',
  id: 'worker',
  fields: fields.map(([attribute, value]) => ({ attribute, value })),
});
const media = await openMedia(client, {
  app: 'voice',
  format: 'slin16',
  through: mediaServer,
  external_host: 'worker',
});
assert.equal(media.info.frameBytes, 640);
await media.close();

// The routes are where they were, and who is not let in is told so.
const at = (path, headers = {}) => fetch(`http://127.0.0.1:${port}${path}`, { headers });
assert.equal(await (await at('/hello')).text(), 'hello');
assert.equal((await at('/ari')).status, 404);

await client.close();
await asterisk.close();
await worker.close();
await mediaServer.close();
assert.equal(server.listenerCount('upgrade'), 0);
assert.equal(await (await at('/hello')).text(), 'hello');
server.close();
server.closeAllConnections();
