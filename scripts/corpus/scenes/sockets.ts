import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { Scene, SceneScript } from '../scene.js';
import type { Json } from '../types.js';

export const sockets: readonly SceneScript[] = [
  {
    name: 'requests over the event connection',
    since: 22,
    async run(scene) {
      const socket = await scene.listen('corpus-rest');
      const request = (request_id: string, method: string, uri: string): void => {
        socket.send(JSON.stringify({ type: 'RESTRequest', transaction_id: 'tx', request_id, method, uri }));
      };
      request('with-body', 'GET', 'asterisk/ping');
      request('without-body', 'POST', 'asterisk/variable?variable=CORPUS&value=1');
      request('refused', 'GET', 'channels/not-there');
      request('elsewhere', 'GET', 'nothing/here');
      socket.send('not JSON');
      for (const id of ['with-body', 'without-body', 'refused', 'elsewhere', '']) {
        await scene.until('RESTResponse', ({ request_id }) => request_id === id);
      }
    },
  },
  {
    name: 'Asterisk connects to an application of ours',
    since: 22,
    async run(scene) {
      const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
      server.on('connection', (socket) => {
        socket.on('message', (data) => scene.hear(JSON.parse((data as Buffer).toString()) as Json));
      });
      try {
        await once(server, 'listening');
        await connectTo(scene, (server.address() as AddressInfo).port);
        await scene.until('ApplicationRegistered');
        await disconnect(scene);
        await scene.until('ApplicationUnregistered');
      } finally {
        for (const socket of server.clients) {
          socket.terminate();
        }
        server.close();
      }
    },
  },
];

const client = { configClass: 'res_websocket_client', objectType: 'websocket_client', id: 'corpus-client' };
const connection = { configClass: 'res_ari', objectType: 'outbound_websocket', id: 'corpus-out' };

async function connectTo(scene: Scene, port: number): Promise<void> {
  await scene.call('asterisk.updateObject', {
    ...client,
    fields: [
      { attribute: 'uri', value: `ws://127.0.0.1:${port}/` },
      { attribute: 'protocols', value: 'ari' },
      { attribute: 'connection_type', value: 'persistent' },
    ],
  });
  await scene.call('asterisk.updateObject', {
    ...connection,
    fields: [
      { attribute: 'websocket_client_id', value: 'corpus-client' },
      { attribute: 'apps', value: 'corpus-outbound' },
      { attribute: 'local_ari_user', value: 'ari' },
    ],
  });
  await scene.call('asterisk.reloadModule', { moduleName: 'res_ari.so' });
}

async function disconnect(scene: Scene): Promise<void> {
  await scene.call('asterisk.deleteObject', connection);
  await scene.call('asterisk.reloadModule', { moduleName: 'res_ari.so' });
}
